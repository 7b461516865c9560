"""What was frozen says in which format, and no reader guesses at one that it does not know."""

import pytest
from tests import applying

from zhuoyue.domain.dossiers.errors import UnknownFormatError
from zhuoyue.domain.dossiers.models import Snapshot
from zhuoyue.domain.dossiers.queries import file_in, latest_snapshot, snapshot_content
from zhuoyue.web.shared.dossier.reading import Reader, dossier_view

pytestmark = pytest.mark.django_db


def test_a_snapshot_bears_its_format_and_readers_look_at_it():
    case = applying.sent()
    snapshot = latest_snapshot(case.application.dossier)
    assert snapshot.content["format"] == 1
    file_id = snapshot.frozen["evidence"][0]["file"]
    assert snapshot_content(snapshot.pk) == snapshot.frozen
    for unknown in ({**snapshot.content, "format": 2}, {"answers": {}}):
        Snapshot.objects.filter(pk=snapshot.pk).update(content=unknown)
        stored = Snapshot.objects.get(pk=snapshot.pk)
        for read in (
            lambda stored=stored: stored.frozen,
            lambda stored=stored: file_in(stored, file_id),
            lambda: snapshot_content(snapshot.pk),
            lambda stored=stored: dossier_view(stored, reader=Reader(file_url=str, mask=None)),
        ):
            with pytest.raises(UnknownFormatError, match="known is 1"):
                read()
