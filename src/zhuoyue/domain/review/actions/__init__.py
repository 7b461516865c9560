"""Writes of the review, by subject."""
