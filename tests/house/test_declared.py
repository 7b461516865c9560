"""What the apps and the faces give to the common rooms meets: whoever asks finds somebody who has declared it."""

import re

from django.urls import reverse
from tests.contracts import SOURCE

from zhuoyue.kernel import links, search, subjects
from zhuoyue.web.secretariat.places import kinds_with_pages
from zhuoyue.web.shared import faces

KEY = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
COMMON = ("domain", "kernel", "web/shared")


def sources_of(folders):
    return [path for folder in folders for path in (SOURCE / folder).rglob("*.py")]


def test_every_link_that_is_asked_for_has_been_declared():
    asked = {
        name for path in sources_of(["domain", "web"]) for name in re.findall(r'links\.to\("([^"]+)"', path.read_text())
    }
    assert asked
    assert asked | {source.link for source in search.sources()} <= set(links.declared())
    for name, page in links.declared().items():
        assert links.to(name, *[KEY][: name.count(".")]) == reverse(page, args=[KEY][: name.count(".")])


def test_the_common_rooms_name_no_address_of_a_face():
    own = {"shared:", "account:"}
    namespaces = {face.home.partition(":")[0] for face in faces.faces()} | {"public"}
    named = re.compile(rf'"({"|".join(sorted(namespaces))}):\w+"')
    found = {
        f"{path.relative_to(SOURCE)}: {match}"
        for path in sources_of(COMMON)
        for match in named.findall(path.read_text())
        if f"{match}:" not in own
    }
    assert found == set()


def test_letters_write_no_path_by_hand():
    homes = [reverse(face.home).strip("/").partition("/")[0] for face in faces.faces()]
    by_hand = re.compile(rf'"/({"|".join(homes)})/(?!first/|sign)')
    found = {
        str(path.relative_to(SOURCE)) for path in sources_of(["domain", "kernel"]) if by_hand.search(path.read_text())
    }
    assert found == set()


def test_every_kind_of_thing_has_words_and_a_page_of_the_office():
    assert set(subjects.kinds()) == kinds_with_pages()
    assert all(str(kind.word) for kind in subjects.kinds().values())


def test_every_face_has_one_home_and_its_own_addresses():
    homes = [face.home for face in faces.faces()]
    assert len(set(homes)) == len(homes) >= 6
    for face in faces.faces():
        assert faces.face_of(face.home) == face
    assert faces.face_of("public:home") is None
