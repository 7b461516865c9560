from django.utils.translation import get_language


def in_english() -> bool:
    """Whether texts are read in English now. Asked here and nowhere else."""
    return (get_language() or "").startswith("en")
