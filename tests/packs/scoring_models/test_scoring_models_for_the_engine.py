from decimal import Decimal

import pytest

from zhuoyue.engine.scoring.models import Guidance
from zhuoyue.engine.scoring.reading import model_from_data
from zhuoyue.packs.scoring_models import shipped_scoring_models

MODELS = shipped_scoring_models()
EDGES = [(0, 5), (10, 25), (30, 45), (50, 65), (70, 85), (90, 100)]


@pytest.mark.parametrize("key", sorted(MODELS))
def test_the_engine_reads_every_shipped_model(key):
    assert model_from_data(MODELS[key].for_engine()).key == key


@pytest.mark.parametrize("key", ["percent-bands-adli", "percent-bands-letci", "process-results"])
def test_percent_bands(key):
    model = model_from_data(MODELS[key].for_engine())
    assert [(int(band.low), int(band.high)) for band in model.bands] == EDGES
    assert [band.name for band in model.bands] == ["尚无", "起步", "初成", "有效", "成熟", "标杆"]
    assert (model.step, model.guidance) == (Decimal(5), Guidance.GUIDE_ONLY)


def test_process_and_results_have_their_own_dimensions():
    sets = dict(model_from_data(MODELS["process-results"].for_engine()).dimensions)
    assert [dimension.key for dimension in sets["process"]] == ["approach", "deployment", "learning", "integration"]
    assert [dimension.key for dimension in sets["results"]] == ["levels", "trends", "comparisons", "integration"]


@pytest.mark.parametrize("key", ["percent-bands-adli", "percent-bands-letci"])
def test_every_dimension_has_a_line_for_every_band_in_both_languages(key):
    model = MODELS[key]
    bands = {band.key for band in model.bands}
    assert len(model.dimensions) == 4
    for dimension in model.dimensions:
        assert set(dimension.lines) == set(dimension.lines_en) == bands
        assert len(set(dimension.lines.values())) == len(bands)


def test_grades_rise_and_points_count_in_ones():
    grades = model_from_data(MODELS["grades-four"].for_engine())
    assert [(grade.key, grade.value) for grade in grades.grades] == [
        ("reactive", 0),
        ("early", 1),
        ("mature", 2),
        ("role-model", 3),
    ]
    points = model_from_data(MODELS["plain-points"].for_engine())
    assert (points.step, points.low, points.high) == (1, 0, None)


def test_a_computed_model_for_any_item_keeps_one_list():
    model = MODELS["percent-bands-adli"]
    plain = model.model_copy(
        update={
            "guidance": "computed",
            "dimensions": tuple(each.model_copy(update={"applies_to": "any"}) for each in model.dimensions),
        }
    )
    read = model_from_data(plain.for_engine())
    assert read.guidance == Guidance.COMPUTED
    assert [name for name, _ in read.dimensions] == [""]
