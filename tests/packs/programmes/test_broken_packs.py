"""Each broken pack differs from good.yaml in one slip; what is said about it stands in expected.json."""

import json
from pathlib import Path

import pytest

from zhuoyue.packs.programmes import Known, SourceError, check_pack, load_pack

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.yaml"))
EXPECTED = json.loads((HERE / "broken" / "expected.json").read_text())
KNOWN = Known(
    editions={"sample-criteria": {"1.1", "1.2", "1.3"}},
    scoring_models={"process-results", "plain-points"},
)


def test_there_are_more_than_twenty_kinds():
    assert len(BROKEN) >= 20
    assert {path.stem for path in BROKEN} == set(EXPECTED)


def test_the_pack_they_come_from_is_good():
    assert check_pack(HERE / "good.yaml", known=KNOWN) == ()


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_it_gets_file_line_and_remedy(path):
    messages = check_pack(path, known=KNOWN)
    told = [
        {"line": found.line, "path": found.path, "code": found.code, "remedy": found.remedy_zh} for found in messages
    ]
    assert told == EXPECTED[path.stem]
    for message in messages:
        assert message.file == path.name
        assert f"{path.name}:{message.line}" in str(message)
        assert all((message.text_zh, message.text_en, message.remedy_en))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_line_is_where_the_files_differ(path):
    """Within the lines around the slip: a syntax fault may only show on the line after it."""
    good, bad = (HERE / "good.yaml").read_text().splitlines(), path.read_text().splitlines()
    slip = next(number for number, (one, two) in enumerate(zip(good, bad, strict=False), 1) if one != two)
    assert min(abs(found.line - slip) for found in check_pack(path, known=KNOWN)) <= 8


def test_faults_of_form_come_all_at_once_and_stop_the_loading():
    text = (HERE / "good.yaml").read_text().replace("rank: 2", "rank: zwei").replace("days: 5", "dayz: 5")
    with pytest.raises(SourceError) as refused:
        load_pack(text, name="two.yaml")
    assert [message.code for message in refused.value.messages] == ["int-type", "extra-forbidden"]
    assert "是否想写“days”？" in str(refused.value)
    assert "Did you mean “days”?" in refused.value.messages[1].in_language("en")
