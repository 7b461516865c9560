"""Where the rules hide applicants, an examiner meets a code name in every door; where they do not, the name."""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from tests import review_cast
from tests.factories import pack_text

from zhuoyue.domain.dossiers.models import Snapshot
from zhuoyue.domain.review.enums import StageKind
from zhuoyue.domain.review.queries.blind import called, code_name, code_of, mask_of
from zhuoyue.kernel.mail import OutboxMail

pytestmark = pytest.mark.django_db
REVIEW = "        visibility: blind_to_each_other\n"
CONSENSUS = "        title: {zh: 专家会审, en: Consensus}\n"


@pytest.fixture
def blind():
    """Two applications whose names only the office knows; both examiners have scored, and consensus is open."""
    text = pack_text()
    assert REVIEW in text
    assert CONSENSUS in text
    text = text.replace(REVIEW, "        visibility: double_blind\n")
    text = text.replace(CONSENSUS, f"{CONSENSUS}        visibility: double_blind\n")
    review = review_cast.make_review(applications=2, experts=2, text=text)
    for application in range(2):
        for place in range(2):
            review.score(place, 40 + 20 * place, application=application)
    review.move_on(StageKind.CONSENSUS)
    return review


def secrets_of(application):
    organisation = application.organisation
    return {organisation.name, organisation.credit_code, application.number} - {""}


def addresses_of(review):
    """Every page an examiner reads of two applications, and every list."""
    for name in ("home", "books", "consensus_list", "visits", "record"):
        yield reverse(f"expert:{name}") + "?view=all"
    yield reverse("expert:books") + "?view=all&sort=name"
    for place, application in enumerate(review.applications):
        pair = review.pair(0, place)
        yield from (reverse(f"expert:{name}", args=[pair.pk]) for name in ("book", "dossier"))
        yield from (reverse("expert:item", args=[pair.pk, node.code]) for node in review.nodes[:2])
        entry = review.entry(StageKind.CONSENSUS, place)
        yield reverse("expert:consensus", args=[entry.pk])
        yield reverse("expert:consensus_record", args=[entry.pk])
        assert entry.application_id == application.pk


def read(answer):
    """The words of a page or of a workbook, and the name under which it is saved."""
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    return content.decode() + answer.headers.get("Content-Disposition", "")


def test_no_page_list_or_workbook_names_an_applicant(blind, client):
    client.force_login(blind.leader)
    codes = [code_of(application.pk) for application in blind.applications]
    assert len(set(codes)) == 2
    seen = ""
    for address in addresses_of(blind):
        text = read(client.get(address))
        seen += text
        for application in blind.applications:
            assert not [word for word in secrets_of(application) if word in text], address
    assert all(code in seen for code in codes)


def test_what_the_applicant_wrote_is_there_without_its_name(blind, client):
    client.force_login(blind.leader)
    text = read(client.get(reverse("expert:dossier", args=[blind.pair().pk])))
    assert f"{code_of(blind.applications[0].pk)}在" in text
    assert "准时交付率" in text
    assert "证书.pdf" not in text


def test_files_are_not_handed_out(blind, client):
    client.force_login(blind.leader)
    held = Snapshot.objects.get(pk=blind.applications[0].snapshot_id).content["evidence"][0]["file"]
    assert client.get(reverse("expert:file", args=[blind.pair().pk, held])).status_code == 404


def test_sorting_by_name_tells_nothing(blind, client):
    """Two names change places; the list stays as it is."""
    client.force_login(blind.leader)
    address = reverse("expert:books") + "?view=all&sort=name"

    def order():
        return re.findall("申报([A-Z2-7]{6})", read(client.get(address)))

    before = order()
    assert len(before) == 2
    first, second = (application.organisation for application in blind.applications)
    first.name, second.name = second.name, first.name
    first.save()
    second.save()
    assert order() == before


def test_letters_to_examiners_name_no_applicant(blind):
    people = {expert.person.email for expert in blind.experts}
    for letter in OutboxMail.objects.filter(to__in=people):
        for application in blind.applications:
            assert not [word for word in secrets_of(application) if word in letter.subject + letter.text]


def test_where_nothing_is_hidden_the_name_stands(client):
    review = review_cast.make_review(experts=2)
    application = review.applications[0]
    assert called(review.run(), application).title == application.title
    client.force_login(review.leader)
    for name in ("home", "books"):
        assert application.organisation.name in read(client.get(reverse(f"expert:{name}")))


def test_former_names_go_too_and_other_values_stay():
    review = review_cast.make_review(experts=1)
    application = review.applications[0]
    application.organisation.former_names = ["旧厂名"]
    given = {"answers": {"a": f"旧厂名现名{application.organisation.name}"}, "points": [1, None, True]}
    code = code_of(application.pk)
    run = review.run()
    assert mask_of(run, application) is None
    run.hides_applicants = True
    assert mask_of(run, application).over(given) == {"answers": {"a": f"{code}现名{code}"}, "points": [1, None, True]}
    assert code in code_name(application.pk)
