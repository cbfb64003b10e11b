"""Questions on top of sweeps: what is due to what, what matters, which mix, what holds up."""
