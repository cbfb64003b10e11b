"""Engines beyond this machine, one file each; each is an extra that is imported when it is asked for."""
