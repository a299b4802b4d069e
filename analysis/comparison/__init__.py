"""Two sources compared: which of their tanks or sites are the same, by place; what each has alone."""
