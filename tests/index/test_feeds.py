"""Feeds are known by how they begin, and name their articles, newest first."""

from __future__ import annotations

from datetime import date

import pytest

from index.links.feeds import is_feed, read_feed
from index.records import Document, FeedEntry

ADDRESS = "https://tamsel-post.example/feed"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<rss version="2.0"><channel><title>The Tamsel &amp; Orlsby Post</title>
<item><title>Kites &lt;b&gt;rise&lt;/b&gt;</title><link>/2024/kites</link>
<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate></item>
<item><title>Eels return</title><link>https://tamsel-post.example/2024/eels</link>
<pubDate>Wed, 06 Mar 2024 10:00:00 GMT</pubDate></item>
<item><title>Eels again</title><link>https://tamsel-post.example/2024/eels</link></item>
<item><title>A trap</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title>
<entry><title>Kites</title><link href="https://a.example/k"/><updated>2024-03-05T10:00:00Z</updated>
</entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel><title>Old</title></channel>
<item><title>Kites</title><link>https://a.example/k</link></item></rdf:RDF>"""


def document(text: str, media_type: str | None = None) -> Document:
    return Document(text.encode(), address=ADDRESS, media_type=media_type)


def test_an_rss_feed_names_its_articles_newest_first_and_each_once() -> None:
    feed = read_feed(document(RSS))
    assert feed.title == "The Tamsel & Orlsby Post"
    assert feed.entries[-1] == FeedEntry(
        "https://tamsel-post.example/2024/kites", "Kites rise", date(2024, 3, 5)
    )
    assert [entry.address.rpartition("/")[2] for entry in feed.entries] == ["eels", "kites"]


@pytest.mark.parametrize("text", [ATOM, RDF], ids=["atom", "rdf"])
def test_atom_and_old_rss_are_feeds_too(text: str) -> None:
    assert is_feed(document(text))
    assert [entry.address for entry in read_feed(document(text)).entries] == ["https://a.example/k"]


def test_a_feed_is_known_by_its_beginning_or_by_its_type() -> None:
    assert is_feed(document(RSS, "text/html"))
    assert is_feed(document("\ufeff" + ATOM))
    assert is_feed(document("<broken", "application/rss+xml"))


@pytest.mark.parametrize(
    "text", ["<!doctype html><html><p>rss</p></html>", "<svg/>", "An article about <rss>.", ""]
)
def test_what_only_speaks_of_feeds_is_none(text: str) -> None:
    assert not is_feed(document(text, "text/html"))


def test_a_broken_feed_names_what_it_can_or_nothing() -> None:
    assert read_feed(document(RSS[: RSS.index("Eels return")])).entries
    assert read_feed(document("<rss>&undefined;")).entries == ()


def test_an_entity_of_a_feed_is_not_filled_in() -> None:
    declared = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    feed = read_feed(document(RSS.replace("<rss", f"{declared}<rss").replace("Kites", "&e;Kites")))
    assert all("localhost" not in entry.title for entry in feed.entries)
