"""Files of every form into one table: containers, encodings, layers, geometry in degrees."""
