import pytest

from factories import organisation
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.kernel.versions import StaleError, save_edit

pytestmark = pytest.mark.django_db


def test_an_edit_raises_the_version():
    thing = organisation("甲")
    save_edit(thing, expected=1, fields={"name": "乙"})
    assert thing.name == "乙"
    stored = Organisation.objects.get()
    assert (stored.name, stored.version, thing.version) == ("乙", 2, 2)


def test_a_stale_edit_shows_both_texts_and_changes_nothing():
    thing = organisation("甲")
    save_edit(thing, expected=1, fields={"name": "先到"})
    with pytest.raises(StaleError) as caught:
        save_edit(thing, expected=1, fields={"name": "后到", "address": ""})
    assert caught.value.differences == {"name": ("先到", "后到")}
    assert Organisation.objects.get().name == "先到"


def test_a_stale_edit_to_the_same_text_is_no_conflict():
    thing = organisation("甲")
    save_edit(thing, expected=1, fields={"name": "乙"})
    save_edit(thing, expected=1, fields={"name": "乙"})
    assert thing.version == 2
