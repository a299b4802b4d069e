"""The dock that reads: a chart of the tanks by year, and the history of a site or a unit that is clicked."""
