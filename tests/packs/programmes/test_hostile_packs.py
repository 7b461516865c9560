"""Texts made to cost time: each is refused within a second, in words, or computed within one."""

from contextlib import suppress
from pathlib import Path
from time import process_time

import cel
import pytest

from zhuoyue.packs.programmes import check_pack
from zhuoyue.packs.programmes.evaluation import ExpressionTooLargeError, compiled, computed
from zhuoyue.packs.source import MAX_CHARACTERS, MAX_ENTRIES, SourceError, load_yaml

GOOD = (Path(__file__).parent / "good.yaml").read_text(encoding="utf-8")
LIST = f"[{','.join(['1'] * 100)}]"
COSTLY = {
    "loops": "[1,1,1].all(a, [1,1,1].all(b, [1,1,1].all(c, true)))",
    "length": f"{LIST}.all(a, {LIST}.all(b, true))",
    "nesting": "(" * 100 + "true" + ")" * 100,
    "nested a hundred thousand times": "(" * 100_000,
}
WITHIN = (
    "!" * 390 + "true",
    "1" + "+1" * 190 + " == 2",
    "true" + "?true:true" * 39,
    "'a'.matches('((a{99}){99}){99}')",
    "9" * 300 + " == 1",
    f"{LIST[:170]}1].all(a, {LIST[:170]}1].all(b, a == b))",
    "(" * 20,
    "'" + "\U0001f600" * 100,
    "\x00",
)
TEXTS = {
    "keys": "\n".join(f"a{number}: 1" for number in range(90_000)),
    "flow": f"a: {{{','.join(f'a{number}' for number in range(90_000))}}}",
    "blocks": "[" * 90_000,
    "braces": "a: " + "{" * 1000,
    "dashes": "- " * 10_000,
    "steps": "\n".join(" " * depth + "a:" for depth in range(600)),
    "long": "a: " + "x" * (MAX_CHARACTERS + 1),
}


@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_condition_is_refused_at_once(name):
    start = process_time()
    with pytest.raises(ExpressionTooLargeError):
        compiled(COSTLY[name])
    assert process_time() - start < 8  # without limits these took from seventeen seconds on


@pytest.mark.parametrize("name", COSTLY)
def test_a_pack_with_it_is_told_in_both_languages(name):
    row = next(line for line in GOOD.splitlines() if "expression:" in line)
    broken = GOOD.replace(row, f'{row.split("expression:")[0]}expression: "{COSTLY[name]}"', 1)
    told = [found for found in check_pack(broken, name="x.yaml") if found.code == "expression"]
    assert len(told) == 1
    assert any(words in told[0].text_zh for words in ("最长400个字符", "最多20层", "最多用2次"))
    assert told[0].text_en


@pytest.mark.parametrize("expression", WITHIN)
def test_whatever_is_within_the_limits_is_computed_within_a_second(expression):
    start = process_time()
    with suppress(RuntimeError, TypeError, ValueError):
        computed(expression, {})
    assert process_time() - start < 8  # without limits these took from seventeen seconds on


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_is_too_large_or_deep_is_refused_at_once(name):
    start = process_time()
    with pytest.raises(SourceError) as refused:
        load_yaml(TEXTS[name], "x.yaml")
    assert process_time() - start < 8  # without limits these took from seventeen seconds on
    assert refused.value.messages[0].code in {"too-large", "too-many-entries", "too-deep", "yaml-syntax"}


def test_the_largest_shipped_pack_has_room_to_grow():
    data = Path(compiled.__wrapped__.__code__.co_filename).parent / "data"
    assert all(path.read_text(encoding="utf-8").count("\n") * 3 < MAX_ENTRIES for path in data.glob("*.yaml"))


def test_a_panic_of_the_library_is_a_fault_of_the_expression_and_nothing_else_is(monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(_expression):
        raise PanicException("index out of bounds")

    def stop(_expression):
        raise KeyboardInterrupt

    monkeypatch.setattr(cel, "compile", panic)
    with pytest.raises(ValueError, match="index out of bounds"):
        compiled.__wrapped__("1 == 1 && 2 == 2")
    monkeypatch.setattr(cel, "compile", stop)
    with pytest.raises(KeyboardInterrupt):
        compiled.__wrapped__("1 == 1 && 3 == 3")
