"""Numbers and rules in, numbers out: no Django, no clock, no I/O, no hidden randomness."""
