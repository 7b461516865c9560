"""Django plumbing that knows no award word."""
