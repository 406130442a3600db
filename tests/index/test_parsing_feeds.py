"""Feeds are read in the parser's processes, as documents are."""

from __future__ import annotations

from datetime import date

from test_feeds import ADDRESS, RSS

from index.parsing.parser import Parser
from index.records import Document, FeedEntry
from index.settings import IndexSettings


def test_a_feed_comes_back_from_its_process_whole() -> None:
    with Parser(IndexSettings()) as parser:
        feed = parser.feed(Document(RSS.encode(), address=ADDRESS))
        empty = parser.feed(Document(b"<rss>\x00&nonsense;", address=ADDRESS))
    assert feed.address == ADDRESS
    assert feed.title == "The Tamsel & Orlsby Post"
    assert feed.entries[-1] == FeedEntry(
        "https://tamsel-post.example/2024/kites", "Kites rise", date(2024, 3, 5)
    )
    assert empty.entries == ()
