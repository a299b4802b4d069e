"""What a layer of tanks holds: its columns, and its tanks as arrays, read beside the window."""
