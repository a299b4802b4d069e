"""The dock that filters tanks: what it asks of a layer, beside the user's own filter, and how it gives it back."""
