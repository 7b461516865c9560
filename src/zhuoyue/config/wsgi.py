import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoyue.config.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - the settings are named above
from django.urls import get_resolver  # noqa: E402 - the apps must be loaded

from zhuoyue.config.page_cache import PageCache  # noqa: E402 - the apps must be loaded

if not settings.DEBUG:
    application = PageCache(application)
    # Code and tables that live as long as the process need not be looked through for garbage with every page:
    # a fifth of the time of a page went there.
    get_resolver().url_patterns  # noqa: B018 - loads every face
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)
