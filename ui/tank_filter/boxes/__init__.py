"""The groups of the dock: each asks for some fields of the filter, and shows what stands."""
