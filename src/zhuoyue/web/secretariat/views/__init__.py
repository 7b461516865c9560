"""The pages of the secretariat, by subject."""
