"""Administrative units: townships, counties and what is above them."""
