"""A link gives its bytes, or one sentence about why not."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Callable, Iterator
from itertools import repeat

import pytest
from link_servers import HTML, PAGE, Answer, Site, done, opened, refusal, served, tried

from index.errors import LinkError
from index.links.fetching import Fetched
from index.obstacles import Obstacle


def test_a_page_is_fetched_with_what_the_site_says_of_it() -> None:
    with served() as site:
        page = opened(site, "/news?id=7#part")
        assert page == Fetched(site.link("/news?id=7"), "text/html", "utf-8", PAGE.encode())


def test_the_site_is_told_who_asks_and_nothing_else() -> None:
    with served({"/": Answer.onward("/next")}) as site:
        opened(site)
        for asked in site.asked:
            assert asked.headers["user-agent"].startswith("Cuttings/")
            assert "text/html" in asked.headers["accept"]
            assert set(asked.headers) == {
                "host",
                "user-agent",
                "accept",
                "accept-language",
                "accept-encoding",
            }


def test_the_encodings_that_are_offered_are_those_that_are_read() -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}
    answers = {
        f"/{name}": Answer(pack(PAGE.encode()), headers=(HTML, ("Content-Encoding", name)))
        for name, pack in packers.items()
    }
    with served(answers) as site:
        for name in packers:
            assert opened(site, f"/{name}").data == PAGE.encode()
        assert site.asked[0].headers["accept-encoding"] == ", ".join(packers)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_another_encoding_is_not_taken_for_the_page(encoding: str) -> None:
    with served({"/": Answer(headers=(HTML, ("Content-Encoding", encoding)))}) as site:
        assert refusal(site).obstacle is Obstacle.DAMAGED


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_the_address_that_counts(status: int) -> None:
    with served({"/old": Answer.onward("new?id=7#top", status)}) as site:
        assert opened(site, "/old").address == site.link("/new?id=7")


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/news", "/news"),
        ("?page=2", "/old/?page=2"),
        ("../news", "/news"),
        ("/ü ber", "/%C3%BC%20ber"),
        ("//{place}/news", "/news"),
        ("http://{place}/news", "/news"),
    ],
)
def test_a_redirect_may_be_written_in_any_way(location: str, path: str) -> None:
    def answer(asked: str) -> Answer:
        where = location.format(place=site.place)
        return Answer.onward(where) if asked == "/old/" else Answer()

    with served(answer) as site:
        assert opened(site, "/old/").address == site.link(path)


def test_five_redirects_are_followed_and_not_six() -> None:
    answers = {f"/{step}": Answer.onward(f"/{step + 1}") for step in range(6)}
    with served(answers) as site:
        assert opened(site, "/1").address == site.link("/6")
        error = refusal(site, "/0")
        assert error.obstacle is Obstacle.REDIRECTS
        assert "5" in str(error)
        assert [asked.path for asked in site.asked[6:]] == [f"/{step}" for step in range(6)]
        assert refusal(site, "/5", max_redirects=0).obstacle is Obstacle.REDIRECTS
        assert opened(site, "/5", max_redirects=1).data


def test_a_circle_of_redirects_ends() -> None:
    with served({"/a": Answer.onward("/b"), "/b": Answer.onward("/a")}) as site:
        assert refusal(site, "/a").obstacle is Obstacle.REDIRECTS
        assert len(site.asked) == 6


def test_cookies_last_for_one_link() -> None:
    """Some sites lead in a circle until they see the cookie that they have set."""

    def answer(path: str) -> Answer:
        if "cookie" in site.asked[-1].headers:
            return Answer()
        return Answer.onward(path, 302, ("Set-Cookie", "visited=yés; Path=/"))

    with served(answer) as site:
        first, second = done(tried(site, "/one", "/two"))
        assert isinstance(first, Fetched)
        assert isinstance(second, Fetched)
        cookies = ["cookie" in asked.headers for asked in site.asked]
        assert cookies == [False, True, False, True]


@pytest.mark.parametrize(
    ("status", "obstacle"),
    [
        (300, Obstacle.UNREACHABLE),
        (304, Obstacle.UNREACHABLE),
        (400, Obstacle.UNREACHABLE),
        (401, Obstacle.REFUSED),
        (402, Obstacle.REFUSED),
        (403, Obstacle.REFUSED),
        (404, Obstacle.NOT_FOUND),
        (406, Obstacle.UNREACHABLE),
        (407, Obstacle.REFUSED),
        (410, Obstacle.NOT_FOUND),
        (418, Obstacle.UNREACHABLE),
        (429, Obstacle.SITE_ERROR),
        (451, Obstacle.REFUSED),
        (500, Obstacle.SITE_ERROR),
        (503, Obstacle.SITE_ERROR),
        (599, Obstacle.SITE_ERROR),
        (999, Obstacle.REFUSED),
    ],
)
def test_a_status_says_why_there_is_no_page(status: int, obstacle: Obstacle) -> None:
    with served({"/": Answer(b"", status)}) as site:
        assert refusal(site).obstacle is obstacle


@pytest.mark.parametrize(
    ("stated", "media_type", "charset"),
    [
        ("text/html; charset=ISO-8859-2", "text/html", "iso-8859-2"),
        ('Text/HTML;charset="utf-8"', "text/html", "utf-8"),
        ("text/html, text/html", "text/html", None),
        ("application/xhtml+xml", "application/xhtml+xml", None),
        ("application/rss+xml", "application/rss+xml", None),
        ("application/atom+xml", "application/atom+xml", None),
        ("text/xml", "text/xml", None),
        ("text/plain", "text/plain", None),
        ("text/markdown", "text/markdown", None),
        ("application/pdf", "application/pdf", None),
        ("application/epub+zip", "application/epub+zip", None),
        ("application/zip", "application/zip", None),
        ("application/rtf", "application/rtf", None),
        ("message/rfc822", "message/rfc822", None),
        ("multipart/related; boundary=x", "multipart/related", None),
        ("image/jpeg", "image/jpeg", None),
        ("image/webp", "image/webp", None),
        ("application/octet-stream", "application/octet-stream", None),
        ("", "application/octet-stream", None),
        ("html", "application/octet-stream", None),
    ],
)
def test_pages_and_documents_are_fetched(stated: str, media_type: str, charset: str | None) -> None:
    with served({"/": Answer(headers=(("Content-Type", stated),))}) as site:
        page = opened(site)
        assert (page.media_type, page.charset, page.data) == (media_type, charset, PAGE.encode())


def test_a_site_need_not_say_what_it_sends() -> None:
    with served({"/": Answer(headers=())}) as site:
        assert opened(site).media_type == "application/octet-stream"


@pytest.mark.parametrize(
    ("media_type", "word"),
    [
        ("video/mp4", "film"),
        ("audio/mpeg", "sound"),
        ("image/svg+xml", "drawing"),
        ("application/javascript", "program"),
        ("application/x-msdownload", "program"),
        ("application/vnd.android.package-archive", "program"),
        ("application/json", "data"),
        ("text/css", "data"),
        ("font/woff2", "font"),
    ],
)
def test_what_is_no_page_is_not_downloaded(media_type: str, word: str) -> None:
    begun = []

    def endless() -> Iterator[bytes]:
        begun.append(True)
        yield from repeat(bytes(65_536))

    answer = Answer(headers=(("Content-Type", media_type),), pieces=endless)
    with served({"/": answer}) as site:
        error = refusal(site)
        assert error.obstacle is Obstacle.NO_PAGE
        assert word in str(error)


def test_a_connection_that_breaks_off_gives_no_half_page() -> None:
    with served({"/": Answer(b"Half a page", declared=1000)}) as site:
        assert refusal(site).obstacle is Obstacle.UNREACHABLE


def test_a_packed_page_that_ends_too_early_is_damaged() -> None:
    half = gzip.compress(PAGE.encode())[:-12]
    with served({"/": Answer(half, headers=(HTML, ("Content-Encoding", "gzip")))}) as site:
        assert refusal(site).obstacle is Obstacle.DAMAGED


def test_nobody_at_the_address_is_told() -> None:
    with served() as site:
        pass
    assert refusal(site).obstacle is Obstacle.UNREACHABLE


@pytest.mark.parametrize(
    "said",
    [b"SSH-2.0-Server\r\n", b"HTTP/1.1 twohundred\r\n\r\n", b"", b"HTTP/1.1 200 OK\r\n: \r\n\r\n"],
)
def test_what_answers_need_not_be_a_website(said: bytes) -> None:
    async def work() -> list[Fetched | LinkError]:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readline()
            writer.write(said)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        async with server:
            return await tried(Site(server.sockets[0].getsockname()[1], "http"), "/")

    (error,) = done(work())
    assert isinstance(error, LinkError)
    assert error.obstacle is Obstacle.UNREACHABLE
