"""The toolbox: provider and algorithms. Reads parameters, calls analysis or sources, writes sinks."""
