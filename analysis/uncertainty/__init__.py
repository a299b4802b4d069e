"""How much of a result is real: what the tanks leave open, years of few images, other link distances."""
