"""Pages of the recommending body, by subject."""
