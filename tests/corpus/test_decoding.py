"""Are bytes read as what they are, whatever they claim to be?"""

import codecs

import pytest

from corpus.extraction.decoding import decode, is_binary, scrub

TEXT = (
    "قال سكان في بلدة عين الوادي إن المياه عادت إلى أحيائهم يوم الثلاثاء بعد انقطاع طويل، "
    "وأوضح المجلس المحلي أن المضخة القديمة كانت تعمل بنصف طاقتها منذ عامين."
)


def page(charset: str | None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}<title>x</title></head><body><p>{TEXT}</p></body></html>"


@pytest.mark.parametrize("claim", [None, "windows-1256", "utf-8", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-8"])
def test_arabic_pages_are_read_though_they_claim_otherwise(encoding, claim):
    text = page(claim).replace("،", "،" if encoding != "iso-8859-6" else ",")
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding.replace("iso8859-6", "iso-8859-6") == encoding
    assert (decoded.declared, decoded.replaced) == (claim, 0)


@pytest.mark.parametrize("claim", ["utf-8", "windows-1256", "iso-8859-1"])
def test_a_header_that_lies_is_not_believed(claim):
    html = page(None)
    assert decode(html.encode(), f"text/html; charset={claim}").text == html
    assert decode(html.encode("windows-1256"), f"text/html; charset={claim}").text == html


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_utf_16_is_read_with_and_without_its_mark(encoding):
    content = page("utf-8").encode(encoding)
    assert decode(content).text == page("utf-8")
    assert not is_binary(content)


def test_a_few_broken_bytes_do_not_change_the_encoding():
    content = page("utf-8").encode()
    middle = content.index("المجلس".encode())
    decoded = decode(content[:middle] + b"\xff\xfe" + content[middle:])
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 2)
    assert decoded.text.replace("\ufffd", "") == page("utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "cp1256"])
def test_text_that_was_encoded_twice_is_put_right(encoding):
    once = page(None).encode()
    twice = "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in once).encode()
    assert decode(twice).text == page(None)


def test_french_and_german_are_not_taken_for_arabic():
    text = "<p>Les élèves étaient à l'école déjà l'été passé. Straßenkämpfe, Brücken, Öl.</p>"
    assert decode(text.encode("windows-1252")).text == text
    assert decode(text.encode("windows-1252"), "text/html; charset=iso-8859-1").text == text


def test_bytes_that_are_no_characters_are_gone():
    assert decode(b"<p>a\x00b\x08c\x7f</p>").text == "<p>abc</p>"
    assert scrub("a\ud800b\0") == "a\ufffdb"


def test_unknown_charsets_are_no_fault():
    assert decode(b'<meta charset="klingon"><p>caf\xe9</p>').text.endswith("<p>café</p>")
    assert decode(b'<meta charset="hex"><p>caf\xe9</p>').text.endswith("<p>café</p>")
    assert decode(b"").text == ""


def test_an_image_is_told_from_a_page():
    assert is_binary(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    assert not is_binary(page(None).encode("windows-1256"))
    assert not is_binary(b"")


def test_a_page_that_begins_with_long_scripts_is_judged_by_its_text():
    html = f"<script>{'var a = 1; ' * 30_000}</script>{page(None)}"
    assert decode(html.encode("windows-1256"), "text/html; charset=iso-8859-1").text == html


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_a_mark_that_lies_is_not_believed(mark, encoding):
    html = page("utf-8")
    decoded = decode(mark + html.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (html, encoding, 0)
