class OutcomeError(Exception):
    """A step that cannot be taken now; says in words what to do first."""
