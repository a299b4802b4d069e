"""Ready styles of layers of sites and of units."""
