"""Filters kept by name: in the project, and in files."""
