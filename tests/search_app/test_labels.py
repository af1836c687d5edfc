"""Is every string of the interface there in both languages, and nowhere else?

Number 22 of design/reader.md.
"""

import re
import string
from pathlib import Path

import pytest

import search_app
from indexer.notices import _WORDS as NOTICES
from search_app.labels import UIS, labels, load_labels

TEMPLATES = sorted((Path(search_app.__file__).parent / "templates").glob("*.html"))
ARABIC = re.compile("[\u0600-\u06ff]")
FIELD = re.compile(r"\{(\w+)\}")
READ_BY_PEOPLE = re.compile(r'\b(?:title|aria-label|placeholder|alt)="([^"]*)"')


def forms(label):
    """The strings of one label in one language."""
    if isinstance(label, dict):
        return list(label.values())
    return label if isinstance(label, list) else [label]


@pytest.mark.parametrize("key", load_labels())
def test_every_label_is_in_both_languages(key):
    label = load_labels()[key]
    english, arabic = forms(label["en"]), forms(label["ar"])
    assert all(text.strip() for text in english + arabic)
    if key not in (
        "site.other-language",
        "dates.hint",
        "guide.binds",
    ):  # each is written in the other script too
        assert not ARABIC.search("".join(english))
    assert key == "site.other-language" or any(
        ARABIC.search(text) for text in arabic
    ) or not any(map(str.isalpha, FIELD.sub("", "".join(arabic))))  # fmt: skip


@pytest.mark.parametrize("key", load_labels())
def test_both_languages_name_the_same_values(key):
    label = load_labels()[key]

    def named(ui):
        texts = forms(label[ui])
        fields = {
            name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name
        }
        return fields - {"n"}  # "one article" needs no number

    assert named("en") == named("ar")


def test_a_counted_label_has_a_form_for_every_number():
    for key, label in load_labels().items():
        for ui in UIS:
            if isinstance(label[ui], dict):
                assert "other" in label[ui], key


def test_arabic_numbers_choose_their_form():
    said = [labels("ar").plain("articles", n=n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 103, 1234)]
    assert said == [
        "لا مقالات", "مقالة واحدة", "مقالتان", "3 مقالات", "10 مقالات", "11 مقالة", "99 مقالة",
        "100 مقالة", "103 مقالات", "1,234 مقالة",
    ]  # fmt: skip


def test_every_notice_of_the_index_has_a_label():
    assert {f"notice.{code}" for code in NOTICES} <= load_labels().keys()


def test_the_guide_in_the_documents_is_the_guide_of_the_page():
    document = (Path(search_app.__file__).parents[1] / "docs" / "search-guide.md").read_text(
        "utf-8"
    )
    table = [line.strip("| ").split(" | ") for line in document.splitlines() if line[:1] == "|"][2:]
    told = {
        bare(english): (re.findall("`(.+?)`", typed), bare(arabic))
        for english, typed, arabic in table
    }
    told.pop(bare(load_labels()["guide.dates"]["en"]))
    rows = [label for key, label in load_labels().items() if key.startswith("guide.row.")]
    assert {bare(row["en"]): (row["examples"], bare(row["ar"])) for row in rows} == told


def bare(text):
    """Without the signs of Markdown and of direction, and without its last sign."""
    return re.sub("[`\u200e\u200f]", "", text).rstrip(".:")


def test_every_label_that_a_template_asks_for_exists():
    asked = {
        key
        for template in TEMPLATES
        for key in re.findall(r'say(?:\.plain)?\("([\w.-]+)"[,)]', template.read_text("utf-8"))
    }
    assert len(asked) > 100
    assert asked - load_labels().keys() == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_words_of_its_own(template):
    text = re.sub(r"\{#.*?#\}", "", template.read_text("utf-8"), flags=re.S)
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.S)
    attributes = " ".join(READ_BY_PEOPLE.findall(text))
    visible = re.sub(r"<[^>]*>", " ", text)
    # SHA-256 is called so in every language.
    words = re.findall(r"[^\W\d_]{2,}", visible.replace("SHA-256", "") + attributes)
    assert words == []


def test_values_in_a_sentence_are_isolated_and_escaped():
    said = labels("en")("notice.lone-symbol", detail="<b> دير")
    assert str(said) == "<bdi>&lt;b&gt; دير</bdi> holds no word and was left out."


def test_values_with_braces_are_values():
    assert "{n}{0.__class__}" in labels("ar")("notice.lone-symbol", detail="{n}{0.__class__}")
