"""Is one page one address, and is no other page's address taken for it?"""

import pytest

from corpus.extraction.urls import canonical, record_id, source_host

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


@pytest.mark.parametrize(
    "url", ["", "a b", "http://", "://", "http://site.example:port/", "\ud800"]
)
def test_no_address_is_a_fault(url):
    assert isinstance(canonical(url, "x"), str)
    assert len(record_id(canonical(url))) == 16
