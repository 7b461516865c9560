"""Faults between the parts of a pack that is well formed: what a reader of one part alone cannot see."""
