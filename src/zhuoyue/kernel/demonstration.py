"""Whether this data folder holds the demonstration: invented people, and letters that are shown instead of sent."""

from django.conf import settings


def mark() -> None:
    settings.DEMONSTRATION_FILE.touch()


def shows_letters() -> bool:
    """Letters to newcomers stand on the page itself; never where a mail server is named."""
    return not settings.EMAIL_HOST and bool(settings.DEMONSTRATION_FILE.exists())
