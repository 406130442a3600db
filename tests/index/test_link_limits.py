"""No link takes more time, memory or connections than the settings give it."""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from itertools import repeat

import pytest
from link_servers import HTML, PAGE, Answer, Site, done, opened, refusal, served

from index.links.fetching import SIDE_BY_SIDE, Fetched, Fetcher
from index.obstacles import Obstacle
from index.settings import IndexSettings

MEGABYTE = 1_000_000


async def all_at_once(site: Site, paths: list[str], link_seconds: float = 20) -> list[Fetched]:
    """What all the paths of a site give."""
    settings = IndexSettings(allowed_hosts=(site.place,), link_seconds=link_seconds)
    fetcher = Fetcher(settings)
    pages = await asyncio.gather(*(fetcher.fetch(site.link(path)) for path in paths))
    await fetcher.close()
    return pages


def test_a_page_that_declares_too_much_is_not_downloaded() -> None:
    with served({"/": Answer(b"a" * 900, declared=10_000_001)}) as site:
        started = time.monotonic()
        error = refusal(site)
        assert error.obstacle is Obstacle.TOO_LARGE
        assert "10 MB" in str(error)
        assert time.monotonic() - started < 5


def test_a_page_that_never_ends_is_cut_off() -> None:
    sent = []

    def endless() -> Iterator[bytes]:
        for piece in repeat(bytes(65_536)):
            sent.append(len(piece))
            yield piece

    with served({"/": Answer(pieces=endless)}) as site:
        assert refusal(site).obstacle is Obstacle.TOO_LARGE
    assert sum(sent) < 30 * MEGABYTE  # what the system buffers is sent, though not read


def test_a_page_of_just_the_limit_is_read() -> None:
    with served(lambda path: Answer(b"a" * int(path[1:]))) as site:
        assert len(opened(site, "/1000", max_link_bytes=1000).data) == 1000
        assert refusal(site, "/1001", max_link_bytes=1000).obstacle is Obstacle.TOO_LARGE


def bombs() -> Mapping[str, tuple[str, bytes]]:
    zeros = bytes(11 * MEGABYTE)
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return {
        "gzip": ("gzip", gzip.compress(zeros)),
        "deflate": ("deflate", zlib.compress(zeros, 9)),
        "raw deflate": ("deflate", raw.compress(zeros) + raw.flush()),
        "gzip in many files": ("gzip", gzip.compress(bytes(MEGABYTE)) * 11),
    }


@pytest.mark.parametrize("kind", bombs())
def test_a_bomb_of_a_few_kilobytes_does_not_go_off(kind: str) -> None:
    encoding, bomb = bombs()[kind]
    assert len(bomb) < 20_000
    with served({"/": Answer(bomb, headers=(HTML, ("Content-Encoding", encoding)))}) as site:
        assert refusal(site).obstacle is Obstacle.TOO_LARGE


def test_a_packed_page_that_holds_nothing_is_cut_off() -> None:
    nothing = gzip.compress(b"") * 2000

    def endless() -> Iterator[bytes]:
        yield from repeat(nothing)

    answer = Answer(headers=(HTML, ("Content-Encoding", "gzip")), pieces=endless)
    with served({"/": answer}) as site:
        assert refusal(site, max_link_bytes=MEGABYTE).obstacle is Obstacle.TOO_LARGE


def dripping() -> Iterator[bytes]:
    yield from repeat(b"a")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(pieces=dripping, pause=0.05),
        Answer(pause=60),
        Answer(b"", 302, (("Location", "/"),), pause=0.1),
    ],
    ids=["drips", "silent", "redirects"],
)
def test_a_link_takes_no_longer_than_its_time(answer: Answer) -> None:
    with served({"/": answer}) as site:
        started = time.monotonic()
        error = refusal(site, link_seconds=0.4, max_redirects=1000)
        assert 0.4 <= time.monotonic() - started < 3
        assert error.obstacle is Obstacle.TOO_SLOW
        assert "0.4 seconds" in str(error)


def test_links_are_fetched_side_by_side_and_not_too_many() -> None:
    together = threading.Barrier(SIDE_BY_SIDE, timeout=20)
    lock = threading.Lock()
    now, most = 0, 0

    def answer(path: str) -> Answer:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        together.wait()
        time.sleep(0.1)
        with lock:
            now -= 1
        return Answer(path.encode())

    with served(answer) as site:
        count = 2 * SIDE_BY_SIDE
        pages = done(all_at_once(site, [f"/{number}" for number in range(count)]))
        assert [page.data for page in pages] == [f"/{number}".encode() for number in range(count)]
    assert most == SIDE_BY_SIDE


def test_waiting_for_a_turn_costs_a_link_no_time() -> None:
    with served(lambda path: Answer(pause=0.45)) as site:
        paths = ["/"] * 5 * SIDE_BY_SIDE
        assert len(done(all_at_once(site, paths, link_seconds=1.9))) == len(paths)


def test_a_link_that_is_given_up_leaves_its_turn_to_others() -> None:
    async def work(site: Site) -> Fetched:
        fetcher = Fetcher(IndexSettings(allowed_hosts=(site.place,), link_seconds=5))
        slow = [asyncio.create_task(fetcher.fetch(site.link("/slow"))) for _ in range(8)]
        await asyncio.sleep(0.1)
        for task in slow:
            task.cancel()
        page = await fetcher.fetch(site.link("/news"))
        await fetcher.close()
        return page

    with served({"/slow": Answer(pause=60)}) as site:
        assert done(work(site)).data == PAGE.encode()
