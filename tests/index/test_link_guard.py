"""A link that leads anywhere but to the public Internet is refused before any connection."""

from __future__ import annotations

import pytest
from link_servers import Answer, FakeResolver, Network, Site, done, served

from index.errors import LinkError, SettingsError
from index.links.fetching import Fetched, Fetcher
from index.links.guard import AllowedHost
from index.obstacles import Obstacle
from index.settings import IndexSettings

PUBLIC = "1.2.3.4"


def fetched(
    link: str,
    resolver: FakeResolver | None = None,
    network: Network | None = None,
    **settings: object,
) -> Fetched:
    """What one link gives."""

    async def work() -> Fetched:
        made = IndexSettings.model_validate(settings)
        fetcher = Fetcher(made, resolver or FakeResolver({}), network or Network())
        try:
            return await fetcher.fetch(link)
        finally:
            await fetcher.close()

    return done(work())


def refused(
    link: str, resolver: FakeResolver | None = None, sites: dict[str, Site] | None = None
) -> LinkError:
    """Why a link is refused, which must be before anything is connected to."""
    network = Network(sites)
    with pytest.raises(LinkError) as error:
        fetched(link, resolver, network)
    assert not network.attempts
    return error.value


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1.",
        "127.255.0.3",
        "0.0.0.0",
        "169.254.169.254",
        "10.0.0.7",
        "172.16.3.4",
        "192.168.1.1",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:7f00:1::1]",
        "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "127。0。0。1",
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_private_ip_address_is_refused(scheme: str, host: str) -> None:
    error = refused(f"{scheme}://{host}:8080/")
    assert error.obstacle is Obstacle.FORBIDDEN
    assert "private network" in str(error)


@pytest.mark.parametrize("host", ["2130706433", "0177.0.0.1", "0x7f.1", "0x7f000001", "127.1", "0"])
def test_another_form_of_a_private_ip_address_is_refused(host: str) -> None:
    resolver = FakeResolver({host: ["127.0.0.1"]})
    assert refused(f"http://{host}/", resolver).obstacle is Obstacle.ADDRESS
    assert not resolver.asked


@pytest.mark.parametrize(
    "link",
    ["file:///etc/passwd", "gopher://1.2.3.4/", "ftp://1.2.3.4/a.txt", "http://anna:pw@1.2.3.4/"],
)
def test_other_schemes_and_passwords_are_refused(link: str) -> None:
    assert refused(link).obstacle is Obstacle.ADDRESS


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST", "localhost.", "printer.localhost", "wiki.example", "WIKI.example."],
)
def test_a_name_of_a_private_host_is_refused(host: str) -> None:
    resolver = FakeResolver({"wiki.example": ["10.0.0.7"]})
    error = refused(f"http://{host}/", resolver)
    assert error.obstacle is Obstacle.FORBIDDEN
    assert "10." not in str(error) + error.hint


@pytest.mark.parametrize(
    "found",
    [
        ["10.0.0.7", PUBLIC],
        [PUBLIC, "10.0.0.7"],
        [PUBLIC, "1.2.3.5", "1.2.3.6", "1.2.3.7", "1.2.3.8", "10.0.0.7"],
        [PUBLIC, "::1"],
        [PUBLIC, "::ffff:10.0.0.7"],
        [PUBLIC, "fe80::1%eth0"],
        [PUBLIC, "no address"],
    ],
)
def test_one_private_address_among_public_ones_is_enough(found: list[str]) -> None:
    with served() as site:
        error = refused(
            "http://ferry.example/", FakeResolver({"ferry.example": found}), {PUBLIC: site}
        )
        assert error.obstacle is Obstacle.FORBIDDEN
        assert not site.connections


def test_a_host_that_does_not_exist_is_told() -> None:
    error = refused("https://bücher.example/")
    assert error.obstacle is Obstacle.UNREACHABLE
    assert "bücher.example" in str(error)
    assert refused("https://a.example/", FakeResolver({"a.example": []})).obstacle is error.obstacle


@pytest.mark.parametrize("port", [1, 22, 25, 110, 587, 1023])
def test_ports_of_other_services_are_refused(port: int) -> None:
    error = refused(f"http://{PUBLIC}:{port}/")
    assert error.obstacle is Obstacle.ADDRESS
    assert str(port) in str(error)


@pytest.mark.parametrize("port", [80, 443, 1024, 8080, 65535])
def test_ports_of_websites_are_connected_to(port: int) -> None:
    network = Network()
    with pytest.raises(LinkError):
        fetched(f"http://{PUBLIC}:{port}/", network=network)
    assert network.addresses == [PUBLIC]


def test_a_public_site_is_opened() -> None:
    with served() as site:
        network = Network({PUBLIC: site})
        resolver = FakeResolver({"ferry.example": [PUBLIC]})
        assert b"The ferry is back" in fetched("http://ferry.example/", resolver, network).data


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://localhost:{port}/",
        "//127.0.0.1:{port}/",
        "http://wiki.example:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.7/",
        "http://anna:secret@ferry.example/",
        "http://ferry.example:25/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/",
        "ftp://ferry.example/",
        "javascript:alert(1)",
        "http://[::1/",
        "http://ferry.example:port/",
        "https:///",
    ],
)
def test_a_redirect_is_checked_like_a_link(location: str) -> None:
    resolver = FakeResolver({"ferry.example": [PUBLIC], "wiki.example": ["127.0.0.1"]})
    with served() as inside:
        led = Answer.onward(location.format(port=inside.port))
        with served({"/": led}) as outside:
            network = Network({PUBLIC: outside})
            with pytest.raises(LinkError) as error:
                fetched("http://ferry.example/", resolver, network)
            assert error.value.obstacle in (Obstacle.FORBIDDEN, Obstacle.ADDRESS)
            assert network.addresses == [PUBLIC]
            assert outside.connections == 1
        assert not inside.connections


def test_a_page_that_sends_browsers_on_is_not_followed() -> None:
    with served() as inside:
        page = f'<meta http-equiv="refresh" content="0; url={inside.link()}">'.encode()
        headers = (("Content-Type", "text/html"), ("Refresh", f"0; url={inside.link()}"))
        with served({"/": Answer(page, headers=headers)}) as outside:
            network = Network({PUBLIC: outside})
            assert fetched(f"http://{PUBLIC}/", network=network).data == page
        assert not inside.connections


def test_a_named_private_host_is_opened() -> None:
    with served() as site:
        page = fetched(site.link("/news"), allowed_hosts=[site.place])
        assert page.address == site.link("/news")
        names = FakeResolver({"wiki.local": ["127.0.0.1"], "localhost": ["127.0.0.1"]})
        for host in ("wiki.local", "WIKI.LOCAL.", "localhost"):
            assert fetched(
                site.link(host=host), names, allowed_hosts=["Wiki.Local", "localhost"]
            ).data
        assert site.connections == 4


def test_other_names_of_an_allowed_host_stay_refused() -> None:
    names = ("wiki.local", "a.wiki.local", "a.example")
    resolver = FakeResolver({name: ["127.0.0.1"] for name in names})
    with served() as site:
        allowed = ["wiki.local", site.place]
        for host in ("a.example", "a.wiki.local", "localhost", "[::ffff:127.0.0.1]", "127.0.0.2"):
            network = Network()
            with pytest.raises(LinkError) as error:
                fetched(site.link(host=host), resolver, network, allowed_hosts=allowed)
            assert error.value.obstacle is Obstacle.FORBIDDEN
            assert not network.attempts
        assert not site.connections


def test_a_host_that_is_allowed_with_its_port_is_refused_at_others() -> None:
    with served() as site, served() as other:
        allowed = [site.place]
        assert fetched(site.link(), allowed_hosts=allowed).data
        with pytest.raises(LinkError) as error:
            fetched(other.link(), allowed_hosts=allowed)
        assert error.value.obstacle is Obstacle.FORBIDDEN
        assert not other.connections


@pytest.mark.parametrize(
    ("entry", "host", "port"),
    [
        ("wiki.local", "wiki.local", None),
        (" Wiki.Local. ", "wiki.local", None),
        ("wiki.local:80", "wiki.local", 80),
        ("bücher.local:8080", "xn--bcher-kva.local", 8080),
        ("192.168.1.5", "192.168.1.5", None),
        ("192.168.1.5:8080", "192.168.1.5", 8080),
        ("[::1]:8080", "::1", 8080),
        ("[::1]", "::1", None),
        ("::1", "::1", None),
        ("0:0:0:0:0:0:0:1", "::1", None),
    ],
)
def test_allowed_hosts_are_names_or_ip_addresses(entry: str, host: str, port: int | None) -> None:
    assert AllowedHost.named(entry) == AllowedHost(host, port)


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "*",
        "*.local",
        "http://wiki.local",
        "wiki.local/page",
        "anna@wiki.local",
        "192.168.1.0/24",
        "127.1",
        "wiki local",
        "wiki.local:port",
        "[::1",
    ],
)
def test_an_allowed_host_that_is_none_is_a_fault_of_the_settings(entry: str) -> None:
    with pytest.raises(SettingsError, match="allowed_hosts") as error:
        Fetcher(IndexSettings(allowed_hosts=(entry,)))
    assert "wiki.local" in error.value.hint
