from pathlib import Path

from zhuoyue.config import environment


def test_a_data_folder_that_is_made_is_the_owners_alone(monkeypatch, tmp_path):
    place = tmp_path / "on the way" / "data"
    monkeypatch.setenv("ZHUOYUE_DATA", str(place))
    assert environment.data_folder() == place
    assert place.stat().st_mode & 0o777 == 0o700


def test_one_that_stands_keeps_its_rights(monkeypatch, tmp_path):
    place = Path(tmp_path, "data")
    place.mkdir()
    place.chmod(0o750)
    monkeypatch.setenv("ZHUOYUE_DATA", str(place))
    assert environment.data_folder() == place
    assert place.stat().st_mode & 0o777 == 0o750
