"""Styles in files, loaded and saved, and the one that is remembered."""
