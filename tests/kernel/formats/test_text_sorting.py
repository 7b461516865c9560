from zhuoyue.kernel.formats import sort_key


def test_names_sort_by_pinyin_not_by_code_point():
    names = ["武汉", "北京", "上海", "安徽", "重庆"]
    assert sorted(names, key=sort_key) == ["安徽", "北京", "重庆", "上海", "武汉"]


def test_a_shorter_syllable_stands_before_a_longer_one():
    assert sort_key("西安") < sort_key("先")


def test_tones_decide_between_equal_syllables():
    assert sorted(["骂", "麻", "妈", "马"], key=sort_key) == ["妈", "麻", "马", "骂"]


def test_equal_readings_still_have_one_order():
    assert sort_key("张") != sort_key("章")


def test_a_given_reading_replaces_the_guess():
    assert sort_key("单强") < sort_key("山")
    assert sort_key("单强", "Shan4 qiang2") > sort_key("山")


def test_letters_sort_without_regard_to_case():
    assert sort_key("abc公司") < sort_key("ABD公司")
