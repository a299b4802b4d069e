"""Small widgets that several docks use."""
