import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoyue.config.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - the settings are named above
from django.urls import get_resolver  # noqa: E402 - the apps must be loaded

from zhuoyue.config.memory import Thrifty  # noqa: E402 - the apps must be loaded
from zhuoyue.config.page_cache import PageCache  # noqa: E402 - the apps must be loaded

if not settings.DEBUG:
    get_resolver().url_patterns  # noqa: B018 - loads every face
    gc.set_threshold(1_000, 5, 2)
    application = PageCache(Thrifty(application))
