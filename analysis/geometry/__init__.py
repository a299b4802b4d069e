"""Shapes on the ground: distances, links between points, unions of discs, hulls."""
