"""Markets: pure functions, arrays in, arrays out."""
