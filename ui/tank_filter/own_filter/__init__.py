"""The user's own filter of a layer: kept while ours stands beside it, saved, and given back."""
