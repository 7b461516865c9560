"""Faces: read the request, call queries and actions, render."""
