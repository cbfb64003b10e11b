"""Space-filling sweeps: ranges, points, designs made of them, and what they print."""
