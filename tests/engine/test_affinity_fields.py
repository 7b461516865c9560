import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.engine.affinity import AffinityError, Field, Profile, affinities

INDUSTRY = Field("industry", 3, prefix=2)
REGION = Field("region", 1, prefix=4)


def one(asks, offers, *fields, **options):
    return affinities([Profile(asks)], [Profile(offers)], fields=fields, **options)


@pytest.mark.parametrize(
    ("asked", "offered", "worth"),
    [
        ("C2632", "C2632", 1.0),
        ("C2632", "C2641", 0.6),
        ("C2632", "C26", 0.6),
        ("C26", "C2632", 0.6),
        ("C2632", "C31", 0.0),
        ("C2632", "D2632", 0.0),
    ],
)
def test_codes_of_one_branch_are_worth_what_they_share(asked, offered, worth):
    found = one((("industry", (asked,)),), (("industry", (offered,)),), Field("industry", 1, prefix=3))
    assert found.w[0] == pytest.approx(worth)


def test_codes_without_hierarchy_match_entirely_or_not_at_all():
    field = Field("expertise", 1)
    assert one((("expertise", ("lean", "six sigma")),), (("expertise", ("lean",)),), field).w[0] == 0.5
    assert one((("expertise", ("lean",)),), (("expertise", ("lean office",)),), field).w[0] == 0
    assert one((("expertise", ("lean",)),), (), field).w[0] == 0


def test_a_field_of_which_nothing_is_said_leaves_its_weight_to_the_others():
    asks = (("industry", ("C2632",)),)
    offers = (("industry", ("C2632",)), ("region", ("420111",)))
    assert one(asks, offers, INDUSTRY, REGION).w[0] == 1
    assert one((*asks, ("region", ("310000",))), offers, INDUSTRY, REGION).w[0] == 0.75
    assert one((), offers, INDUSTRY, REGION).w[0] == 0


def test_only_the_pairs_asked_about_are_compared():
    profiles = [Profile((("industry", (code,)),)) for code in ("C10", "C20", "C30")]
    found = affinities(profiles, profiles, fields=[INDUSTRY], pairs=([0, 0, 2], [0, 1, 2]))
    assert found.w.tolist() == [1, 0, 1]
    everything = affinities(profiles, profiles, fields=[INDUSTRY])
    assert everything.w.reshape(3, 3).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert affinities([], [], fields=[INDUSTRY]).w.size == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"fields": [Field("a", -1)]}, "negative"),
        ({"fields": [Field("a", 0)]}, "positive"),
        ({"fields": []}, "positive"),
        ({"fields": [Field("a", 1), Field("a", 1)]}, "different names"),
        ({"fields": [Field("text", 1)]}, "different names"),
        ({"fields": [Field("a", 1)], "pairs": ([0], [1])}, "no profile"),
    ],
)
def test_meaningless_questions_are_refused(options, sentence):
    with pytest.raises(AffinityError, match=sentence):
        affinities([Profile()], [Profile()], **options)


codes = st.lists(st.text("C123", min_size=1, max_size=4), max_size=3, unique=True).map(tuple)
profiles = st.builds(
    lambda industry, region, text: Profile((("industry", industry), ("region", region)), text),
    codes,
    codes,
    st.text("质量管理 lean six sigma", max_size=20),
)


@given(st.lists(profiles, min_size=1, max_size=4), st.lists(profiles, min_size=1, max_size=4))
def test_affinity_lies_between_0_and_1_and_is_the_sum_of_its_explained_parts(asks, offers):
    found = affinities(asks, offers, fields=[INDUSTRY, REGION], text_weight=2)
    for i, j, w in zip(found.p, found.r, found.w, strict=True):
        told = found.explain(int(i), int(j))
        assert -1e-12 <= w <= 1 + 1e-12
        assert told.affinity == pytest.approx(w)
        assert sum(part.points for part in told.parts) == pytest.approx(w)
        assert sum(part.share for part in told.parts) == pytest.approx(1 if told.parts else 0)
