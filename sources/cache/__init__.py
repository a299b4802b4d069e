"""Data sets kept on this computer: content by checksum, with where it came from, and folders to carry it."""
