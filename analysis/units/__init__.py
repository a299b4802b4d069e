"""Administrative units: which tanks stand in them, and what they hold year by year."""
