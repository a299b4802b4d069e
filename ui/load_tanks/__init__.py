"""The dialog that loads tanks: a file, what its columns mean, and what will come of it."""
