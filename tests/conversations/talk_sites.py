"""Web sites on loopback whose links people send: real servers, and pages that are made up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import escape

import pytest
from link_servers import HTML, Answer, Site, served
from stage import RunningBot, assert_discreet, running

from bot.playground import Playground
from index import IndexSettings

SECONDS = 5.0
"""That a site has for its answer."""
MOST_BYTES = 60_000
"""That a page may have."""
PATIENCE = 15.0
"""Seconds after which nobody comes any more."""
NOBODY = Answer(b"<html><body><h1>Not found</h1></body></html>", 404)


@dataclass
class Paper:
    """A newspaper's site: what is at its paths, which may change."""

    site: Site
    pages: dict[str, Answer]
    gates: dict[str, threading.Event] = field(default_factory=dict)
    """Paths that are answered when they are let go."""

    @property
    def asked(self) -> list[str]:
        """The paths that it was asked for, in order."""
        return [asked.path for asked in self.site.asked]

    def has(self, path: str, page: str | bytes | Answer, media_type: str = HTML[1]) -> str:
        """Put something at a path; its address."""
        if not isinstance(page, Answer):
            data = page.encode() if isinstance(page, str) else page
            page = Answer(data, headers=(("Content-Type", media_type),))
        self.pages[path] = page
        return self.site.link(path)

    def holds(self, path: str) -> threading.Event:
        """Have a path wait for its answer; what lets it go."""
        self.gates[path] = threading.Event()
        return self.gates[path]


@contextmanager
def paper() -> Iterator[Paper]:
    """A site that has nothing yet."""
    pages: dict[str, Answer] = {}
    gates: dict[str, threading.Event] = {}

    def answer(path: str) -> Answer:
        if path in gates:
            gates[path].wait(PATIENCE)
        return pages.get(path, NOBODY)

    with served(answer) as site:
        try:
            yield Paper(site, pages, gates)
        finally:
            for gate in gates.values():
                gate.set()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """A bot that may open links to the sites of this machine, by its number only."""
    index = IndexSettings(
        allowed_hosts=("127.0.0.1",), link_seconds=SECONDS, max_link_bytes=MOST_BYTES
    )
    with Playground() as playground:
        data = tmp_path_factory.mktemp("bot")
        with running(playground, data, index, access="everyone") as bot:
            yield bot
        assert_discreet(bot, playground)


@pytest.fixture
def site() -> Iterator[Paper]:
    with paper() as made:
        yield made


@contextmanager
def patient_sites(pages: list[str]) -> Iterator[list[str]]:
    """Sites of one page each that answer only once all of them are being asked; their links."""
    everybody = threading.Barrier(len(pages))

    def answer(page: str, _: str) -> Answer:
        try:
            everybody.wait(PATIENCE)
        except threading.BrokenBarrierError:
            return NOBODY
        return Answer(page.encode())

    with ExitStack() as stack:
        sites = [stack.enter_context(served(partial(answer, page))) for page in pages]
        yield [site.link("/story") for site in sites]


def page_of(article: str, canonical: str = "") -> str:
    """A page with an article, whose first line is its title."""
    title, *paragraphs = [escape(part) for part in article.split("\n\n")]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        '<meta property="og:site_name" content="Valley Courier"></head><body>'
        f'<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>{title}</h1>'
        f"{body}</article><footer>Imprint</footer></body></html>"
    )


def feed_of(title: str, links: dict[str, str]) -> str:
    """A feed of articles: titles by address."""
    items = "".join(
        f"<item><title>{escape(named)}</title><link>{escape(link)}</link></item>"
        for link, named in links.items()
    )
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title>{items}</channel></rss>"
    )
