from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter, ValidationError

from zhuoyue.packs.programmes.schema.dates import Date, Moment, Relative, read_moment
from zhuoyue.packs.programmes.schema.phases import Phase, Submission

SHANGHAI = ZoneInfo("Asia/Shanghai")
TITLE = {"zh": "阶段", "en": "Phase"}


@pytest.mark.parametrize(
    ("text", "grain", "first", "until"),
    [
        ("2021-06-30", "day", (2021, 6, 30), (2021, 7, 1)),
        ("2021-06-30T17:30", "hour", (2021, 6, 30, 17, 30), (2021, 6, 30, 17, 30)),
        ("2021-06-30T17:00:00", "hour", (2021, 6, 30, 17), (2021, 6, 30, 17)),
        ("2021-12", "month", (2021, 12, 1), (2022, 1, 1)),
        ("2021-08-early", "third", (2021, 8, 1), (2021, 8, 11)),
        ("2021-08-mid", "third", (2021, 8, 11), (2021, 8, 21)),
        ("2020-02-late", "third", (2020, 2, 21), (2020, 3, 1)),
        ("2019-Q4", "quarter", (2019, 10, 1), (2020, 1, 1)),
        ("2021-H1", "half", (2021, 1, 1), (2021, 7, 1)),
        (2015, "year", (2015, 1, 1), (2016, 1, 1)),
    ],
)
def test_a_date_is_read_in_its_own_precision(text, grain, first, until):
    moment = read_moment(text)
    assert (moment.grain, str(moment)) == (grain, str(text))
    assert moment.begins(SHANGHAI) == datetime(*first, tzinfo=SHANGHAI)
    assert moment.ends(SHANGHAI) == datetime(*until, tzinfo=SHANGHAI)
    assert read_moment(moment) is moment


@pytest.mark.parametrize("text", ["2021-13", "2021-02-30", "2021-Q5", "30.6.2021", "2021-06-30T25:00", "", None, True])
def test_any_other_writing_is_refused(text):
    with pytest.raises(ValidationError, match="cannot be read"):
        TypeAdapter(Date).validate_python(text)


def test_a_date_may_be_counted_from_something_else():
    relative = {"after": "approval_signed", "offset": 5, "unit": "working_days"}
    read = TypeAdapter(Date).validate_python(relative)
    assert read == Relative(after="approval_signed", offset=5, unit="working_days")
    assert TypeAdapter(Date).validate_python(read) is read
    assert isinstance(TypeAdapter(Date).validate_python("2021"), Moment)


def test_a_phase_spans_its_dates_in_the_programmes_zone():
    phase = Phase.model_validate({"key": "one", "title": TITLE, "start": "2021-05", "end": "2021-06"})
    assert phase.span(SHANGHAI) == (datetime(2021, 5, 1, tzinfo=SHANGHAI), datetime(2021, 7, 1, tzinfo=SHANGHAI))
    undated = Phase.model_validate({"key": "one", "title": TITLE, "undated": True})
    assert undated.span(SHANGHAI) == (None, None)


def test_a_submission_closes_after_its_day_and_grace():
    plan = {"key": "one", "title": TITLE, "what": "application", "to": "office", "grace_minutes": 10}
    submission = Submission.model_validate({**plan, "deadline": "2021-08-15"})
    assert submission.closes(SHANGHAI) == datetime(2021, 8, 16, tzinfo=SHANGHAI) + timedelta(minutes=10)
    assert Submission.model_validate(plan).closes(SHANGHAI) is None
