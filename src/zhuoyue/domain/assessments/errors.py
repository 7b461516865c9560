class AssessmentRefusedError(Exception):
    """What was asked for cannot be: the standard cannot be judged by, the item is not one of it. Says so in words."""
