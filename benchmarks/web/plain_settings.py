"""The same settings around pages that say nothing: what any signed-in page costs before it begins."""

from zhuoyue.config.settings import *  # noqa: F403 - all of them, but for the addresses

ROOT_URLCONF = "plain_pages"
