"""Reports: what a run measured and what it means, for people."""
