from tests.web.secretariat.settings_cast import edition, office, pages, stage, watcher, watching

__all__ = ["edition", "office", "pages", "stage", "watcher", "watching"]
