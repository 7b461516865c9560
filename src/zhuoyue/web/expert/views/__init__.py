"""Pages of an expert, by subject."""
