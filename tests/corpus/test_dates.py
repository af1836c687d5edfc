"""Are written dates read right, and never silently wrong?"""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from corpus.extraction.dates import read_date

ROWS = list(csv.DictReader(Path(__file__).with_name("dates.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_a_date_is_read_as_its_country_writes_it(row):
    captured = datetime.fromisoformat(row["captured"]) if row["captured"] else None
    found = read_date(row["text"], captured)
    if not row["moment"]:
        assert found is None
        return
    assert found is not None
    expected = datetime.fromisoformat(row["moment"])
    # The table names the day of the moon that was seen; the rule is a day more or less.
    tolerance = timedelta(days=1) if "Hijri, converted" in row["habit"] else timedelta()
    assert abs(found.moment - expected) <= tolerance
    assert (found.precision, found.approximate) == (row["precision"], row["approximate"] == "yes")
