"""Every address declares who may open it, and the names it uses exist."""

from django.urls import URLPattern, get_resolver

from zhuoyue.kernel import access


def patterns(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback
        else:
            yield from patterns(entry, prefix + str(entry.pattern))


def test_every_address_declares_its_access():
    undeclared = [address for address, view in patterns() if not hasattr(view, "declared")]
    assert undeclared == []


def test_every_declared_permission_exists():
    for _address, view in patterns():
        assert access.conditions_of(view.declared.permission)
