"""Tanks and sites: one row each, out of whatever shape the source has."""
