"""Is one page one address, and is no other page's address taken for it?"""

import pytest

from corpus.extraction.urls import canonical, is_home, record_id, source_host, unwrap

ARABIC = "https://site.example/%D8%A8%D9%84%D8%AF%D8%A9"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://site.example/a?utm_source=x&fbclid=y", "https://site.example/a"),
        ("https://site.example/a#respond", "https://site.example/a"),
        ("https://site.example/?p=12&replytocom=3", "https://site.example/?p=12"),
        ("HTTPS://Site.Example:443/a", "https://site.example/a"),
        ("https://site.example", "https://site.example/"),
        ("https://site.example/a/amp/", "https://site.example/a/"),
        ("https://site.example/a/feed", "https://site.example/a/"),
        ("https://site.example/a/print/", "https://site.example/a/"),
        ("https://site.example/a/comment-page-2/", "https://site.example/a/"),
        ("https://site.example/a;jsessionid=0F?id=1", "https://site.example/a?id=1"),
        ("https://site.example/a?PHPSESSID=0f&id=1&noamp=mobile", "https://site.example/a?id=1"),
        ("https://site.example/amp", "https://site.example/"),
        ("https://xn--ngbln.example/a", "https://خبز.example/a"),
        ("https://site.example/%d8%a8%d9%84%d8%af%d8%a9", ARABIC),
        ("https://site.example/بلدة", ARABIC),
        ("https://site.example/a%2Fb", "https://site.example/a%2Fb"),
        (
            "https://web.archive.org/web/20220524180026if_/https://site.example/a",
            "https://site.example/a",
        ),
    ],
)
def test_spellings_of_one_address_are_one(url, expected):
    assert canonical(url) == expected
    assert canonical(expected) == expected


def test_a_story_number_is_no_session():
    """Old portals number their stories so."""
    url = "https://site.example/modules.php?name=News&sid=12"
    assert canonical(url) == url
    assert canonical("https://site.example/?p=12&lang=ar") == "https://site.example/?p=12&lang=ar"


def test_letters_are_one_in_every_form():
    composed, decomposed = (
        "https://site.example/\u0622\u0628",
        "https://site.example/\u0627\u0653\u0628",
    )
    assert canonical(composed) == canonical(decomposed)
    assert canonical("https://site.example/%D8%A2%D8%A8") == canonical(decomposed)


def test_the_home_page_of_a_language_is_a_home_page():
    homes = ("https://site.example/", "https://site.example/ar/", "https://site.example/?lang=en")
    assert [is_home(url) for url in homes] == [True, True, True]
    assert not is_home("https://site.example/?p=12&lang=en")
    assert not is_home("https://site.example/bread/")
    page = "https://site.example/ar/bread/"
    assert canonical(page, "https://site.example/ar/") == page


def test_a_page_for_telephones_is_the_page():
    desktop = "https://www.site.example/bread/"
    assert canonical("https://m.site.example/bread/", desktop) == desktop
    assert canonical("https://m.site.example/bread/", "https://n.example/bread/") == (
        "https://m.site.example/bread/"
    )


def test_a_saved_copy_declares_the_saved_address():
    saved = "https://web.archive.org/web/20140512id_/https://site.example/?p=12"
    assert canonical(saved, "/2014/05/bread/") == "https://site.example/2014/05/bread/"


@pytest.mark.parametrize("kind", ["", "if_", "id_", "js_", "im_", "cs_"])
@pytest.mark.parametrize("host", ["", "//web.archive.org", "http://web.archive.org"])
def test_an_address_of_the_wayback_machine_is_the_saved_one_in_every_form(kind, host):
    wrapped = f"{host}/web/20220524180026{kind}/https://site.example/a"
    assert unwrap(wrapped) == canonical("https://site.example/?p=5", wrapped)
    assert unwrap(wrapped) == "https://site.example/a"


def test_a_declared_address_counts_on_its_own_site():
    url = "https://site.example/?p=12"
    assert canonical(url, "/2014/05/bread/") == "https://site.example/2014/05/bread/"
    assert canonical(url, "https://www.site.example/b") == "https://www.site.example/b"
    assert canonical(url, "https://other.example/b") == url
    assert canonical("https://site.example/a", "https://site.example/") == "https://site.example/a"
    assert canonical(url, "http://[broken") == url


def test_the_source_is_the_host_without_www():
    assert source_host("https://www.Site.example:8080/a") == "site.example"
    assert source_host("file:///srv/a.html") == ""
    assert source_host("http://[broken") == ""


def test_an_id_is_sixteen_hex_digits_of_the_address():
    assert record_id("https://site.example/a") == record_id(canonical("https://site.example/a#x"))
    assert len(record_id("https://site.example/a")) == 16
    assert record_id("https://site.example/a") != record_id("https://site.example/b")


def test_a_page_under_http_and_https_has_one_id():
    assert record_id("http://site.example/a") == record_id("https://site.example/a")
    assert record_id("http://site.example/a") != record_id("http://www.site.example/a")


@pytest.mark.parametrize(
    "url", ["", "a b", "http://", "://", "http://site.example:port/", "\ud800"]
)
def test_no_address_is_a_fault(url):
    assert isinstance(canonical(url, "x"), str)
    assert len(record_id(canonical(url))) == 16
