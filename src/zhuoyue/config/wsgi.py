import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoyue.config.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - the settings are named above

from zhuoyue.config.page_cache import PageCache  # noqa: E402 - the apps must be loaded

if not settings.DEBUG:
    application = PageCache(application)
