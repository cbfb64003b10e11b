"""Slides: the report's figures and sentences as a 16:9 deck, PDF always, PPTX with the extra."""
