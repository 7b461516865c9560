import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhuoyue.kernel.files import KINDS, Limits, receive

ALL = Limits(max_bytes=2 * 1024 * 1024, kinds=tuple(KINDS))


@pytest.fixture
def hand_in():
    """Receive bytes under a name, as an upload arrives."""

    def give(content, name="材料.pdf", limits=ALL, by=None, **given):
        upload = SimpleUploadedFile("x", content)
        upload._name = name  # as it was sent, past Django's own cleaning
        return receive(upload, limits=limits, by=by, **given)

    return give
