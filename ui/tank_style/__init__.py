"""The dock that styles tanks, sites and units, in named styles beside the user's own."""
