import pytest

from zhuoyue.kernel.formats import characters


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("   \n\t\u3000\u00a0", 0),
        ("质量管理", 4),
        ("质量，管理。", 6),
        ("“卓越”绩效", 6),
        ("提高——再提高……", 9),
        ("GB/T 19580-2012", 2),
        ("符合GB/T 19580-2012标准", 6),
        ("合格率99.5%", 4),
        ("Six Sigma 项目", 4),
        ("don’t stop", 2),
        ("质量’管理", 5),
        ("ａｂ１", 3),
        ("カイゼン", 4),
        ("阿·木", 3),
        ("𠮷野家", 3),
        ("质\u200b量\ufeff", 2),
        ("葛\U000e0100城", 2),
        ("re\u00adengineering", 1),
        ("第一行\n第二行", 6),
        ("a,b;c", 1),
        ("①②③", 3),
    ],
)
def test_characters_are_counted_like_a_word_processor_does(text, count):
    assert characters(text) == count


def test_the_count_of_a_joined_text_is_the_sum_at_chinese_borders():
    assert characters("质量" + "abc" + "管理") == characters("质量") + characters("abc") + characters("管理")
