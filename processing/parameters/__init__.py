"""Parameters that several algorithms share, and what is wrong with their values."""
