import math

import numpy as np
import pytest

from zhuoyue.engine.affinity import Field, Profile, affinities, compare_texts
from zhuoyue.engine.affinity.terms import terms_of

STEEL = "本公司生产热轧钢板，推行全面质量管理和六西格玛改进。"
HOSPITAL = "三级甲等医院，重视患者安全与护理质量。"
FURNACE = "长期从事钢板轧制工艺与高炉质量管理。"


def test_chinese_gives_runs_of_characters_and_english_words_and_pairs():
    assert sorted(terms_of("质量管")) == sorted(["质", "量", "管", "质量", "量管", "质量管"])
    assert terms_of("管理管理")["管理"] == 2
    assert terms_of("Lean office, LEAN") == {"lean": 2, "office": 1, "lean office": 1, "office lean": 1}
    assert "工 lean" not in terms_of("six工lean")
    assert terms_of("六西格玛 six sigma")["six sigma"] == 1
    assert terms_of("，。!") == {}


def test_the_likeness_is_the_cosine_of_its_definition():
    left, right = ["a b a", "c"], ["a c"]
    model = compare_texts(left, right)
    texts = [terms_of(text) for text in (*left, *right)]
    df = {term: sum(term in text for text in texts) for text in texts for term in text}

    def vector(text):
        return {t: (1 + math.log(n)) * (1 + math.log(4 / (1 + df[t]))) for t, n in text.items()}

    def cosine(a, b):
        size = math.sqrt(sum(x * x for x in a.values()) * sum(x * x for x in b.values()))
        return sum(a[t] * b.get(t, 0) for t in a) / size

    expected = [cosine(vector(texts[i]), vector(texts[2])) for i in (0, 1)]
    assert model.likeness(np.array([0, 1]), np.array([0, 0])) == pytest.approx(expected)


def test_the_own_trade_is_nearer_than_another():
    model = compare_texts([STEEL, HOSPITAL], [FURNACE])
    steel, hospital = model.likeness(np.array([0, 1]), np.array([0, 0]))
    assert steel > 2 * hospital > 0
    terms = dict(model.contributions(0, 0, most=100))
    assert {"钢板", "质量管"} <= set(terms)
    assert sum(terms.values()) == pytest.approx(steel)
    assert list(terms.values()) == sorted(terms.values(), reverse=True)


def test_few_pairs_and_all_pairs_are_compared_alike():
    rng = np.random.default_rng(0)
    texts = ["".join(rng.choice(list("质量管理卓越绩效标杆"), 12)) for _ in range(60)]
    model = compare_texts(texts, texts)
    i, j = np.divmod(np.arange(3600), 60)
    everything = model.likeness(i, j)
    few = rng.choice(3600, 100, replace=False)
    assert np.allclose(model.likeness(i[few], j[few]), everything[few])
    assert np.allclose(everything.reshape(60, 60).diagonal(), 1)
    assert model.likeness(i[:0], j[:0]).size == 0


def test_fields_and_text_are_explained_in_words():
    found = affinities(
        [Profile((("industry", ("C3130",)),), STEEL), Profile()],
        [Profile((("industry", ("C3120",)),), FURNACE), Profile((), "")],
        fields=[Field("industry", 1, prefix=3)],
        text_weight=1,
    )
    told = found.explain(0, 0, terms=2)
    assert [part.name for part in told.parts] == ["industry", "text"]
    assert told.parts[0].matches[0].worth == pytest.approx(0.6)
    assert len(told.parts[1].terms) == 2
    assert told.affinity == pytest.approx(found.w[0])
    assert "industry 0.300 (C3130~C3120)" in told.sentence
    assert found.explain(1, 0).sentence == "Affinity 0.000: the application says nothing to compare."
    assert "industry 0.000 (nothing in common)" in found.explain(0, 1).sentence
