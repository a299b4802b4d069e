"""From tables to layers: sinks, fields, styles, metadata."""
