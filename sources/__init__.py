"""Where data comes from: files, archives, field roles, values. No widgets."""
