"""Makes the synthetic sample that ships with the plugin. Nothing in it was observed."""
