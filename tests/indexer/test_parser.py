"""Is every query read as its writer meant it, and is none refused?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.notices import in_words
from indexer.query import And, Everything, Facet, Near, Not, Or, Parsed, Phrase, Prefix, Word
from indexer.reading.lexer import MOST_NESTING, MOST_PARTS
from indexer.reading.parser import parse_query


def written(node) -> str:
    """A tree in one line: `a b | c` is Or(And(a, b), c)."""
    match node:
        case Word(text, mode, field):
            sign = {"plain": "", "exact": "=", "close": "~"}[mode]
            return f"{field + ':' if field else ''}{sign}{text}"
        case Phrase(text, field):
            return f'{field + ":" if field else ""}"{text}"'
        case Prefix(text, field):
            return f"{field + ':' if field else ''}{text}*"
        case Near(left, right, distance):
            return f"[{left} {distance} {right}]"
        case Facet(facet, value):
            return f"{facet}:{{{value}}}"
        case Not(part):
            return f"-{written(part)}"
        case And(parts):
            return "(" + " ".join(map(written, parts)) + ")"
        case Or(parts):
            return "(" + " | ".join(map(written, parts)) + ")"
        case Everything():
            return "everything"


def tree(q):
    return written(parse_query(q).root)


def codes(q):
    return [notice.code for notice in parse_query(q).notices]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("bridge", "bridge"),
        ("bridge river", "(bridge river)"),
        ('"free army"', '"free army"'),
        ("“free army”", '"free army"'),
        ("„free army“", '"free army"'),
        ("«الجيش الحر»", '"الجيش الحر"'),
        ("»الجيش الحر«", '"الجيش الحر"'),
        ("“الجيش الحر“", '"الجيش الحر"'),
        ("‘free army’", '"free army"'),
        ("'free army'", '"free army"'),
        ("'Ayn al-'Arab", "(Ayn al-'Arab)"),
        ("the 'new' army", "(the new army)"),
        ("«the “free” army»", '"the “free” army"'),
        ('"free army”', '"free army"'),
        ("‘Ayn al-Arab", "(Ayn al-Arab)"),
        ("Ra’s al-Ayn", "(Ra’s al-Ayn)"),
        ("school OR hospital", "(school | hospital)"),
        ("مدرسة أو مشفى", "(مدرسة | مشفى)"),
        ("مدرسة او مشفى", "(مدرسة | مشفى)"),
        ("school || hospital", "(school | hospital)"),
        ("school AND hospital && bridge", "(school hospital bridge)"),
        ("school and hospital or bridge", "(school and hospital or bridge)"),
        ("airport -Damascus", "(airport -Damascus)"),
        ("airport NOT Damascus", "(airport -Damascus)"),
        ("مطار ليس دمشق", "(مطار -دمشق)"),
        ("airport AND NOT Damascus", "(airport -Damascus)"),
        ('-"free army" bridge', '(-"free army" bridge)'),
        ("bridge -(river OR lake)", "(bridge -(river | lake))"),
        ("bridge NOT NOT river", "(bridge river)"),
        ("evacuat*", "evacuat*"),
        ("الحسك*", "الحسك*"),
        ("al-Hasak*", "(al Hasak*)"),
        ("title:bridge", "title:bridge"),
        ("Title:bridge", "title:bridge"),
        ("title: bridge", "title:bridge"),
        ('title:"old bridge"', 'title:"old bridge"'),
        ("title:(bridge OR river)", "(title:bridge | title:river)"),
        ("title:evacuat*", "title:evacuat*"),
        ("title:=bridge", "title:=bridge"),
        ("-title:bridge", "-title:bridge"),
        ("actor:Daesh", "actor:{Daesh}"),
        ('location:"دير الزور"', "location:{دير الزور}"),
        ("location:deir-ez-zor", "location:{deir-ez-zor}"),
        ("-actor:داعش", "-actor:{داعش}"),
        ("siege NEAR/5 bread", "[siege 5 bread]"),
        ("siege NEAR bread", "[siege 5 bread]"),
        ("siege NEAR/2 bread NEAR/0 oven", "([siege 2 bread] [bread 0 oven])"),
        ("near/5", "near/5"),
        ("=الباب", "=الباب"),
        ("~Mayadeen", "~Mayadeen"),
        ("=OR", "=OR"),
        ("+bridge", "bridge"),
        ("bread.", "bread"),
        ("bread?", "bread"),
    ],
)
def test_the_language_of_the_search_guide_is_read(q, expected):
    assert tree(q) == expected
    assert codes(q) in ([], ["only-negative"])


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Deir Ezzor OR Raqqa", "((Deir Ezzor) | Raqqa)"),
        ("Raqqa OR Deir Ezzor airport", "(Raqqa | (Deir Ezzor airport))"),
        ("a OR b OR c d", "(a | b | (c d))"),
        ("(school OR hospital) Idlib", "((school | hospital) Idlib)"),
        ("-Damascus OR airport", "(-Damascus | airport)"),
    ],
)
def test_or_joins_all_that_stands_on_its_two_sides(q, expected):
    assert tree(q) == expected


@pytest.mark.parametrize(
    "q", ["Deir-ez-Zour", "Deir ez-Zor", "bridge - river", "bridge – river", "--help", "a -- b"]
)
def test_a_hyphen_in_a_word_or_between_spaces_excludes_nothing(q):
    assert "-" not in tree(q).replace("ez-Zor", "").replace("Deir-ez-Zour", "")


def test_waw_is_a_letter_of_words_and_never_an_operator():
    assert tree("خبز و ماء") == "(خبز و ماء)"
    assert tree("وبالكتاب") == "وبالكتاب"


def test_arabic_punctuation_separates_words():
    assert tree("خبز،ماء؛ملح؟") == "(خبز ماء ملح)"
    assert tree("Idlib,Aleppo; why?") == "(Idlib Aleppo why)"
    assert tree("1,000") == "1,000"


@pytest.mark.parametrize(
    ("q", "expected", "told"),
    [
        ('"free army', '"free army"', ["quote-closed"]),
        ("«الجيش الحر", '"الجيش الحر"', ["quote-closed"]),
        ('bridge "', "bridge", ["quote-closed"]),
        ("(bridge (river", "(bridge river)", ["parenthesis-repaired"]),
        ("bridge) river)", "(bridge river)", ["parenthesis-repaired"]),
        ("bridge ()", "bridge", ["parenthesis-repaired"]),
        ("OR", "everything", ["operator-dropped"]),
        ("AND bridge OR", "bridge", ["operator-dropped", "operator-dropped"]),
        ("bridge OR OR river", "(bridge | river)", ["operator-dropped"]),
        ("bridge NOT", "bridge", ["operator-dropped"]),
        ("bridge NEAR/5", "bridge", ["operator-dropped"]),
        ('bridge NEAR/5 "old river"', '(bridge "old river")', ["operator-dropped"]),
        ("*", "everything", ["lone-symbol"]),
        ("bridge *", "bridge", ["lone-symbol"]),
        ("*zor", "zor", ["lone-symbol"]),
        ("b*", "b", ["prefix-too-short"]),
        ("bridge 😀", "bridge", ["lone-symbol"]),
        ("-😀 bridge", "bridge", ["lone-symbol"]),
        ("= bridge", "bridge", ["lone-symbol"]),
        ("a:b", "a:b", ["unknown-field"]),
        ("-bridge", "-bridge", ["only-negative"]),
        ("-bridge ليس نهر", "(-bridge -نهر)", ["only-negative"]),
        ("title:", "title", []),
        ("24/7", "24/7", []),
        ("https://example.org/a", "https://example.org/a", []),
        ("me@example.org", "me@example.org", []),
        ("'", "everything", []),
        ("", "everything", []),
        ("؟", "everything", []),
    ],
)
def test_what_cannot_be_read_is_repaired_and_told(q, expected, told):
    assert tree(q) == expected
    assert codes(q) == told


def test_signs_of_direction_and_control_characters_do_not_count():
    assert parse_query("\u202bالجسر\u202c \u200fأو\u200f \u2067نهر\u2069").root == Or(
        (Word("الجسر", start=1), Word("نهر", start=14))
    )
    assert tree("old\x00bridge") == "(old bridge)"
    assert tree("bridge\ud800") == "bridge"
    assert tree("\ufeffbridge") == "bridge"


def test_a_part_knows_where_it_stands_in_the_query():
    q = '\u200eold -title:bridge "free army" actor:x'
    first, excluded, phrase, facet = parse_query(q).root.parts
    places = [first.start, excluded.part.start, phrase.start, facet.start]
    assert [q[place] for place in places] == ["o", "b", "f", "x"]


def test_long_queries_are_cut_at_a_word_and_told():
    parsed = parse_query("مطار " * 10_000)
    assert [word.text for word in parsed.root.parts] == ["مطار"] * MOST_PARTS
    assert {"too-long", "too-many-words"} == {notice.code for notice in parsed.notices}
    assert tree("bridge " + "x" * 600) == "bridge"
    assert tree("bridge" + " " * 600) == "bridge"
    assert codes("bridge" + " " * 600) == []


def test_brackets_nested_too_deeply_are_left_out():
    within = "(a OR " * MOST_NESTING + "b" + ")" * MOST_NESTING
    assert "too-deep" not in codes(within)
    deep = "(" * 200 + "a OR b" + ")" * 200 + " c"
    assert tree(deep) == "((a | b) c)"
    assert codes(deep) == ["too-deep"]


def test_every_notice_has_words():
    for q in ('"a', "(a", "OR", "*", "a*", "a " * 999, "(" * 99, "a:b", "-a", "{0} {detail}:x"):
        assert all(in_words(notice) for notice in parse_query(q).notices)


def depth(node) -> int:
    match node:
        case And(parts) | Or(parts):
            return 1 + max(map(depth, parts))
        case Not(part):
            return depth(part)
        case _:
            return 0


def leaves(node) -> int:
    match node:
        case And(parts) | Or(parts):
            return sum(map(leaves, parts))
        case Not(part):
            return leaves(part)
        case _:
            return 1


PIECES = st.sampled_from(
    [
        *'"“”«»()-=~*:/+,.;?!&|[]{}^\\ \t\n\x00\u202e\u200fـ😀\ud800',
        *("OR", "AND", "NOT", "NEAR/5", "NEAR/99999999999999999999", "أو", "ليس", "و"),
        *("title:", "actor:", "location:", "foo:", " OR ", " NOT ", " -", " (", ") "),
        *("x", "bridge", "الجسر", "دير الزور", "٢٠١٤", "a’b", "‘"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=150).map("".join) | st.text(max_size=600))
def test_nothing_that_is_typed_raises_or_breaks_the_limits(q):
    parsed = parse_query(q)
    assert isinstance(parsed, Parsed)
    assert depth(parsed.root) <= 2 * MOST_NESTING + 3
    assert leaves(parsed.root) <= 2 * MOST_PARTS
    assert all(in_words(notice) for notice in parsed.notices)
    assert parse_query(q) == parsed
