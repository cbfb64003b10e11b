"""The thirteen phases of a quarter, one file each, every one with a `run(eco)`."""
