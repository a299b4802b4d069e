"""How far tanks and sites lie from rivers, and how far those lines are to be trusted."""
