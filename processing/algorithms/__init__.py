"""The toolbox's algorithms, one a file."""
