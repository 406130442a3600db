"""The connection goes to the IP address that was checked, for the site that the link names."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import trustme
from link_servers import Answer, FakeResolver, Network, Site, done, served

from index.errors import LinkError
from index.links.fetching import Fetched, Fetcher
from index.links.transport import direct_transport
from index.obstacles import Obstacle
from index.settings import IndexSettings

PUBLIC, OTHER = "1.2.3.4", "1.2.3.5"


async def fetched(
    links: list[str], network: Network, resolver: FakeResolver, *allowed: str
) -> list[Fetched | LinkError]:
    """What the links give, one after the other, from one Fetcher."""
    fetcher = Fetcher(IndexSettings(allowed_hosts=allowed), resolver, network)
    results: list[Fetched | LinkError] = []
    for link in links:
        try:
            results.append(await fetcher.fetch(link))
        except LinkError as error:
            results.append(error)
    await fetcher.close()
    return results


def only(results: list[Fetched | LinkError]) -> Fetched:
    (result,) = results
    assert isinstance(result, Fetched), result
    return result


def test_a_name_that_changes_its_answer_is_connected_to_where_it_was_checked() -> None:
    """It is asked for once: what it says the second time leads nowhere."""
    with served() as inside, served({"/": Answer(b"outside")}) as outside:
        resolver = FakeResolver({"ferry.example": [PUBLIC]}, then={"ferry.example": ["127.0.0.1"]})
        network = Network({PUBLIC: outside})
        links = [f"http://ferry.example:{inside.port}/"]
        assert only(done(fetched(links, network, resolver))).data == b"outside"
        assert resolver.asked == ["ferry.example"]
        assert network.addresses == [PUBLIC]
        assert not inside.connections
        assert outside.asked[0].headers["host"] == f"ferry.example:{inside.port}"


def test_a_name_that_changes_its_answer_before_a_redirect_is_refused() -> None:
    with served() as inside, served({"/": Answer.onward("/next")}) as outside:
        resolver = FakeResolver({"ferry.example": [PUBLIC]}, then={"ferry.example": ["127.0.0.1"]})
        network = Network({PUBLIC: outside})
        links = [f"http://ferry.example:{inside.port}/"]
        (error,) = done(fetched(links, network, resolver))
        assert isinstance(error, LinkError)
        assert error.obstacle is Obstacle.FORBIDDEN
        assert network.addresses == [PUBLIC]
        assert not inside.connections


def test_nothing_below_looks_up_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    getaddrinfo = asyncio.base_events.BaseEventLoop.getaddrinfo

    async def noted(
        self: asyncio.BaseEventLoop, host: object, *rest: object, **more: object
    ) -> object:
        asked.append(host)
        return await getaddrinfo(self, host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", noted)
    with served() as site:
        resolver = FakeResolver({"wiki.local": ["127.0.0.1"]})
        link = site.link(host="wiki.local")
        assert only(done(fetched([link], Network(), resolver, "wiki.local"))).address == link
    assert not [host for host in asked if host != "127.0.0.1"]


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    with served() as site:
        resolver = FakeResolver({"ferry.example": ["2606:4700:4700::1111", OTHER, PUBLIC]})
        network = Network({PUBLIC: site})
        assert only(done(fetched(["http://ferry.example/"], network, resolver))).data
        assert network.addresses == ["2606:4700:4700::1111", OTHER, PUBLIC]


def test_not_every_address_of_a_long_list_is_tried() -> None:
    network = Network()
    resolver = FakeResolver({"ferry.example": [f"1.2.3.{number}" for number in range(200)]})
    (error,) = done(fetched(["http://ferry.example/"], network, resolver))
    assert isinstance(error, LinkError)
    assert error.obstacle is Obstacle.UNREACHABLE
    assert len(network.attempts) == 4


def test_an_address_without_scheme_falls_back_to_http() -> None:
    with served() as site:
        resolver = FakeResolver({"wiki.local": ["127.0.0.1"]})
        place = f"wiki.local:{site.port}"
        page = only(done(fetched([f"{place}/news"], Network(), resolver, place)))
        assert page.address == f"http://{place}/news"
        (error,) = done(fetched([f"https://{place}/news"], Network(), resolver, place))
        assert isinstance(error, LinkError)
        assert error.obstacle is Obstacle.UNREACHABLE


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@contextmanager
def secure(authority: trustme.CA, *names: str) -> Iterator[tuple[Site, Network]]:
    """A site with a certificate for these names, and a network that trusts its authority."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    limits = httpx.Limits(max_keepalive_connections=0)
    with served(context=context) as site:
        wire = httpx.AsyncHTTPTransport(verify=trusting, trust_env=False, limits=limits)
        yield site, Network({PUBLIC: site}, wire)


def test_a_certificate_is_checked_against_the_name_in_the_link(authority: trustme.CA) -> None:
    with secure(authority, "ferry.example", "xn--bcher-kva.example") as (site, network):
        hosts = ("ferry.example", "xn--bcher-kva.example", "other.example")
        resolver = FakeResolver({host: [PUBLIC] for host in hosts})
        links = ["https://ferry.example/", "https://bücher.example./", "https://other.example/"]
        good, idn, wrong = done(fetched(links, network, resolver))
        assert isinstance(good, Fetched)
        assert isinstance(idn, Fetched)
        assert isinstance(wrong, LinkError)
        assert wrong.obstacle is Obstacle.UNREACHABLE
        assert "certificate" in str(wrong)
        assert site.names == list(hosts)
        assert [asked.headers["host"] for asked in site.asked] == list(hosts[:2])
        assert network.addresses == [PUBLIC] * 3


def test_a_certificate_for_an_ip_address_is_checked_against_it(authority: trustme.CA) -> None:
    with secure(authority, "127.0.0.1") as (site, network):
        resolver = FakeResolver({"ferry.example": [PUBLIC]})
        links = [site.link(), "https://ferry.example/"]
        good, wrong = done(fetched(links, network, resolver, site.place))
        assert isinstance(good, Fetched)
        assert isinstance(wrong, LinkError)
        assert site.names == [None, "ferry.example"]


def test_an_untrusted_certificate_is_not_got_around(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by the environment nor, for a link without scheme, by http."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with secure(authority, "wiki.local") as (site, _):
        network = Network({}, direct_transport(1))
        resolver = FakeResolver({"wiki.local": ["127.0.0.1"]})
        links = [f"wiki.local:{site.port}/"]
        (wrong,) = done(fetched(links, network, resolver, "wiki.local"))
        assert isinstance(wrong, LinkError)
        assert "certificate" in str(wrong)
        assert len(network.attempts) == 1
        assert not site.asked


def test_no_connection_is_kept_for_another_site_at_the_same_address(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one was kept, the second site would be read with the first one's certificate."""
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    monkeypatch.setattr(ssl, "create_default_context", lambda *_, **__: trusting)
    wire = direct_transport(8)
    monkeypatch.undo()
    with secure(authority, "ferry.example") as (site, _):
        network = Network({PUBLIC: site}, wire)
        resolver = FakeResolver({"ferry.example": [PUBLIC], "other.example": [PUBLIC]})
        links = ["https://ferry.example/", "https://other.example/"]
        good, wrong = done(fetched(links, network, resolver))
        assert isinstance(good, Fetched)
        assert isinstance(wrong, LinkError)
        assert site.connections == 2


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with served() as proxy, served({"/": Answer(b"the site")}) as site:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.link())
        network = Network({}, direct_transport(1))
        page = only(done(fetched([site.link()], network, FakeResolver({}), site.place)))
        assert page.data == b"the site"
        assert not proxy.connections
