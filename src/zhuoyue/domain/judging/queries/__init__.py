"""Reads of the review, by subject."""
