"""Is a site's profile written so that a person can read it, change it, and have it read again?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import BrokenProfile
from corpus.extraction import Shared, Site, site_from_toml, site_to_toml

SITE = Site(
    "daftar.example/ar",
    40,
    (
        Shared("كل الصور من أصحابها", 40, "https://daftar.example/ar/1", inside=2),
        Shared('Say "no"', 9),
    ),
    (Shared("الدفتر", 40),),
    "main > div.q4",
    "twins",
    confirmed=True,
)

counts = st.integers(0, 10**6)
shared = st.builds(Shared, st.text(), counts, st.text(), st.booleans(), counts)
sites = st.builds(
    Site,
    st.text(),
    counts,
    st.lists(shared, max_size=4).map(tuple),
    st.lists(shared, max_size=2).map(tuple),
    st.sampled_from([None, "div", "td.a-b_c:nth-of-type(12)", "main.x.ي > p > div.z"]),
    st.sampled_from(["pages", "twins"]),
    st.booleans(),
)


@given(sites)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again_exactly(site):
    assert site_from_toml(site_to_toml(site)) == site


@pytest.mark.parametrize(
    "text",
    ['"', "\\", "\\u0041", "\x00\x1f\x7f\x85", "\r\n", "\u200f\u2067\u2069\ufeff", "'''", "#"],
)
def test_marks_and_controls_are_read_again_and_do_not_show(text):
    written = site_to_toml(Site(lines=(Shared(f"a {text} b", 3),)))
    assert site_from_toml(written).lines[0].text == f"a {text} b"
    assert all(each.isprintable() for each in written.split("\n"))


def test_a_profile_tells_first_what_the_site_is_then_each_line_with_its_veto():
    rows = [row for row in site_to_toml(SITE).splitlines() if row and row[0] != "#"]
    assert rows == [
        'name = "daftar.example/ar"',
        "pages = 40",
        'evidence = "twins"',
        "confirmed = true",
        'container = "main > div.q4"',
        "[[lines]]",
        'text = "كل الصور من أصحابها"',
        "pages = 40",
        "inside = 2",
        'example = "https://daftar.example/ar/1"',
        "keep = false",
        "[[lines]]",
        'text = "Say \\"no\\""',
        "pages = 9",
        "inside = 0",
        "keep = false",
        "[[values]]",
        'text = "الدفتر"',
        "pages = 40",
        "inside = 0",
        "keep = false",
    ]


def test_what_a_person_leaves_out_is_as_in_a_new_site():
    assert site_from_toml("") == Site()
    assert site_from_toml('[[lines]]\ntext = "a"\n') == Site(lines=(Shared("a"),))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "a', "line 1"),
        ("pages = 3\n\npages = 4", "line 3"),
        ('pages = "3"', "pages must be a whole number"),
        ("pages = true", "pages must be a whole number"),
        ("confirmed = 1", "confirmed must be true or false"),
        ('evidence = "rumour"', "evidence must be"),
        ('container = "div p"', "container must name an element"),
        ('lines = "a"', "lines must be a list"),
        ('lines = ["a"]', "row 1 of lines, text is missing"),
        ('[[lines]]\ntext = "a"\n[[lines]]\npages = 3', "row 2 of lines, text is missing"),
        ('[[lines]]\ntext = "a"\nkeep = "yes"', "row 1 of lines, keep must be true or false"),
        ("[[values]]\ntext = 3", "row 1 of values, text must be a text"),
        ('[[lines]]\ntext = "a"\nkep = true', "row 1 of lines, kep is no word of a profile"),
        ('nme = "a"', "nme is no word of a profile; there are name, pages, lines, values,"),
        ('[[lines]]\ntext = "a"\nkep = true', "text, pages, example, keep and inside."),
        ("keep = true", "keep belongs below a row, [[lines]] or [[values]]."),
        ("pages = -1", "pages must not be negative"),
        ("pages = " + "9" * 5000, "no TOML"),
        ("lines = " + "[" * 5000, "no TOML"),
    ],
)
def test_a_broken_profile_is_told_in_one_line_that_names_the_row(text, told):
    with pytest.raises(BrokenProfile) as error:
        site_from_toml(text)
    assert told in str(error.value)
    assert "\n" not in str(error.value)
