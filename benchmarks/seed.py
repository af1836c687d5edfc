"""Is the one real page of the archive found under every spelling, and its boilerplate under none?

    python benchmarks/seed.py ../shared/seed

Puts the published text into a page with menus, author box, related posts, comment form and footer;
imports, indexes and searches it. Stops at the first promise that does not hold.
"""

import html
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from results import write_section

import corpus
import indexer

TITLE = "Battles that were announced"
SPELLINGS = ("Deir Ezzor", "Dier Ezzor", "Deir al-Zour", "دير الزور")
BOILERPLATE = ("Leave a Reply", "Related Posts", "About The Author", "email address", "menu")
ACTORS = {"islamic-state", "free-syrian-army", "syrian-government-forces"}
LOCATIONS = {"deir-ez-zor", "idlib", "daraa", "raqqa"}


def make_page(text: str) -> corpus.Page:
    """The text as a page of a WordPress theme."""
    article, _, author = text.partition("About The Author")
    author = author.partition("Related Posts")[0]
    paragraphs = "\n".join(f"<p>{html.escape(p)}</p>" for p in article.split("\n\n") if p.strip())
    markup = f"""<!DOCTYPE html>
<html lang="en"><head><title>{TITLE} - Sound and Picture</title></head>
<body class="post-template-default single single-post">
<header><nav class="menu"><ul><li><a href="/">Home</a></li>
<li><a href="/reports/">Reports menu</a></li>
<li><a href="/hama/">News from Hama</a></li></ul></nav></header>
<article class="post"><h1 class="entry-title">{TITLE}</h1>
<div class="entry-content">{paragraphs}</div>
<div class="author-box"><h3>About The Author</h3><p>{html.escape(author.strip())}</p></div>
<div class="related-posts"><h3>Related Posts</h3><ul>
<li><a href="/a/">Aleppo under siege</a></li></ul></div>
<div id="respond" class="comment-respond"><h3>Leave a Reply</h3>
<form><p>Your email address will not be published.</p></form></div></article>
<footer><p>Copyright. Contact us in Damascus.</p></footer></body></html>"""
    return corpus.Page(
        url="https://archive.example/fake-battles/",
        content=markup.encode(),
        captured=datetime(2020, 1, 1, tzinfo=UTC),
        content_type="text/html; charset=utf-8",
    )


def main() -> None:
    (seed,) = Path(sys.argv[1]).glob("*.txt")
    record = corpus.extract(make_page(seed.read_text("utf-8")))
    with tempfile.TemporaryDirectory() as scratch:
        indexer.build_index([record], scratch)
        with indexer.open_index(scratch) as index:
            for spelling in SPELLINGS:
                assert index.search(spelling).total == 1, spelling
            for words in BOILERPLATE:
                assert index.search(words).total == 0, words
            facets = index.search().facets
    actors = {value.id for value in facets["actor"]}
    locations = {value.id for value in facets["location"]}
    assert actors >= ACTORS, actors
    listed = {value.id for value in facets["actor"] if not value.by_rule}
    assert locations >= LOCATIONS, locations
    assert not locations & {"hama", "aleppo", "damascus"}, locations
    body = (
        f"Found by {', '.join(SPELLINGS)}; not by {', '.join(BOILERPLATE)}.\n\n"
        f"Actors: {', '.join(sorted(listed))}, and {len(actors - listed)} people by rule, whose "
        f"names are not written here. Places: {', '.join(sorted(locations))}.\n\n"
        f"Cut: {', '.join(sorted({removed.reason for removed in record.removed}))}."
    )
    write_section("Seed page", body)
    print(body)


if __name__ == "__main__":
    main()
