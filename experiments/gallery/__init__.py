"""The gallery: which charts a results folder allows, and each of them with its frame and its words."""
