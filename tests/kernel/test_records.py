from zhuoyue.kernel.records import LineField


def test_a_line_is_a_plain_text_to_migrations():
    name, path, _args, kwargs = LineField(max_length=20, name="title").deconstruct()
    assert (path, kwargs) == ("django.db.models.CharField", {"max_length": 20})
    assert name is None or name == "title"
