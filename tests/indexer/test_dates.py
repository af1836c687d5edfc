"""Which dates does a reader's date box take?"""

from datetime import datetime

import pytest

from indexer.dates import first_instant, last_instant, read_date


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2014", "2014"),
        ("٢٠١٤", "2014"),
        ("۲۰۱۴", "2014"),
        (" 2014-06 ", "2014-06"),
        ("2014-6", "2014-06"),
        ("2014-06-30", "2014-06-30"),
        ("3/2014", "2014-03"),
        ("٣/٢٠١٤", "2014-03"),
        ("30/6/2014", "2014-06-30"),
        ("آذار 2014", "2014-03"),
        ("اذار ٢٠١٤", "2014-03"),
        ("كانون الثاني 2014", "2014-01"),
        ("يناير 2014", "2014-01"),
        ("January 2014", "2014-01"),
        ("30 حزيران 2014", "2014-06-30"),
        ("June 30, 2014", "2014-06-30"),
    ],
)
def test_dates_are_read_as_people_write_them(written, meant):
    assert read_date(written) == meant


@pytest.mark.parametrize(
    "written",
    ["", "yes", "كانون الثاني", "يناير", "2014-13", "2014-02-30", "0000", "2014 2015", "a" * 9999],
)
def test_what_is_no_date_is_none(written):
    assert read_date(written) is None


def test_a_prefix_spans_its_year_month_or_day():
    assert first_instant("2014") == datetime(2014, 1, 1)
    assert last_instant("2014") == datetime(2014, 12, 31, 23, 59, 59)
    assert first_instant("2016-02") == datetime(2016, 2, 1)
    assert last_instant("2016-02") == datetime(2016, 2, 29, 23, 59, 59)
    assert first_instant("2014-06-30") == datetime(2014, 6, 30)
    assert last_instant("2014-06-30") == datetime(2014, 6, 30, 23, 59, 59)


def test_an_instant_of_no_date_is_refused():
    for prefix in ("2014-02-30", "June", "2014-6-"):
        with pytest.raises(ValueError):
            first_instant(prefix)
