from pathlib import Path

from zhuoyue.config import messages

TEMPLATE = """{% translate "五" context "栏" %}
{% translate "一" %}{% trans '二' %}<c-x title="{% translate '三' %}" />{% state_badge "late" _("四") %}
{% blocktranslate trimmed with n=count %}
  共{{ n }}份，100%
{% endblocktranslate %}{% blocktranslate count n=n %}一份{% plural %}{{ n }}份{% endblocktranslate %}"""


def test_texts_of_a_template_are_found_as_django_looks_them_up():
    assert set(messages.texts_of_template(TEMPLATE)) == {
        ("栏\x04五",),
        ("一",),
        ("二",),
        ("三",),
        ("四",),
        ("共%(n)s份，100%%",),
        ("一份", "%(n)s份"),
    }


def test_texts_of_python_are_found_in_its_syntax():
    source = '_("甲")\ngettext_lazy("乙")\nngettext("丙", "丙们", 2)\nother("丁")\n_(name)\npgettext("栏", "戊")\n'
    assert set(messages.texts_of_python(source)) == {("甲",), ("乙",), ("丙", "丙们"), ("栏\x04戊",)}


def test_one_word_may_have_another_english_in_another_context(tmp_path):
    one = app(tmp_path, '_("专家")\npgettext("nav", "专家")\n')
    catalogue = messages.merge(one, messages.texts_of(one, set()))
    catalogue["专家"].string = "Expert"
    catalogue.get("专家", "nav").string = "Experts"
    one.catalogue.parent.mkdir(parents=True)
    one.catalogue.write_bytes(messages.as_text(catalogue))
    again = messages.merge(one, messages.texts_of(one, set()))
    assert (again["专家"].string, again.get("专家", "nav").string) == ("Expert", "Experts")


def app(folder: Path, source: str) -> messages.App:
    (folder / "views.py").write_text(source, encoding="utf-8")
    return messages.App(folder)


def test_merging_keeps_what_is_translated_and_drops_what_is_gone(tmp_path):
    first = app(tmp_path, '_("留")\n_("去")\n')
    catalogue = messages.merge(first, messages.texts_of(first, set()))
    for text, english in (("留", "stay"), ("去", "go")):
        catalogue[text].string = english
    first.catalogue.parent.mkdir(parents=True)
    first.catalogue.write_bytes(messages.as_text(catalogue))
    second = app(tmp_path, '_("留")\n_("新%(n)s") % {"n": 1}\n')
    merged = messages.merge(second, messages.texts_of(second, set()))
    assert messages.missing_in(merged) == ["新%(n)s"]
    assert merged["留"].string == "stay"
    assert merged.get("去") is None
    messages.compile_catalogue(second)
    assert second.catalogue.with_suffix(".mo").exists()


def test_the_same_texts_give_the_same_bytes(tmp_path):
    one = app(tmp_path, '_("甲")\n')
    texts = messages.texts_of(one, set())
    assert messages.as_text(messages.merge(one, texts)) == messages.as_text(messages.merge(one, texts))
