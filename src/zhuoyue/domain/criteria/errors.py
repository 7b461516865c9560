"""What keeps the outline of a draft from being changed, with what to do about it."""


class OutlineError(Exception):
    """The change would leave an outline that is none; says why, and nothing has changed."""
