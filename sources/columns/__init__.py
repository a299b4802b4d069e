"""What the columns of a source mean: roles, words, numbers, dates."""
