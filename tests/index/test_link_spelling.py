"""An address is understood as people write it, and refused where it could mean something else."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import LinkError
from index.links.spelling import has_scheme, link_url, port_of, shown_host
from index.obstacles import Obstacle


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://ferry.example/news?id=7", "https://ferry.example/news?id=7"),
        ("  HTTP://Ferry.EXAMPLE/News\n", "http://ferry.example/News"),
        ("https://ferry.example./", "https://ferry.example/"),
        ("https://ferry.example/news#second-part", "https://ferry.example/news"),
        ("https://ferry.example:443/", "https://ferry.example/"),
        ("http://ferry.example:8080/", "http://ferry.example:8080/"),
        ("https://bücher.example/übersicht", "https://xn--bcher-kva.example/%C3%BCbersicht"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://my_shop.ferry.example/", "https://my_shop.ferry.example/"),
        ("http://1.1.1.1/", "http://1.1.1.1/"),
        ("http://[2606:4700:4700::1111]:8080/", "http://[2606:4700:4700::1111]:8080/"),
    ],
)
def test_an_address_is_asked_for_as_it_means(address: str, asked: str) -> None:
    assert str(link_url(address)) == asked


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("ferry.example", "https://ferry.example"),
        ("www.ferry.example/news", "https://www.ferry.example/news"),
        ("//ferry.example/news", "https://ferry.example/news"),
        ("ferry.example:8080/news", "https://ferry.example:8080/news"),
        ("ferry.example/a:b", "https://ferry.example/a:b"),
    ],
)
def test_an_address_without_scheme_is_taken_for_https(address: str, asked: str) -> None:
    assert not has_scheme(address)
    assert str(link_url(address)) == asked


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "file:/etc/passwd",
        "gopher://ferry.example/1",
        "ftp://ferry.example/news.txt",
        "mailto:anna@ferry.example",
        "tel:004912345",
        "data:text/html,hello",
        "javascript:alert(1)",
        "about:blank",
        "ws://ferry.example/",
        "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
        "view-source:https://ferry.example/",
    ],
)
def test_every_other_scheme_is_refused(address: str) -> None:
    with pytest.raises(LinkError) as refused:
        link_url(address)
    assert refused.value.obstacle is Obstacle.ADDRESS
    assert "http://" in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://anna:secret@ferry.example/",
        "https://anna@ferry.example/",
        "https://:secret@ferry.example/",
        "https://ferry.example@127.0.0.1/",
        "https://ferry.example\\@127.0.0.1/",
        "anna@ferry.example",
    ],
)
def test_a_name_or_password_in_the_address_is_refused(address: str) -> None:
    with pytest.raises(LinkError, match="password") as refused:
        link_url(address)
    assert refused.value.obstacle is Obstacle.ADDRESS


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",  # decimal
        "0177.0.0.1",  # octal
        "017700000001",
        "0x7f.0.0.1",  # hexadecimal
        "0x7f.1",
        "0x7f000001",
        "0X7F000001",
        "0x",
        "127.1",  # short
        "127.0.1",
        "127.0.0.1.2",
        "0",
        "1.2.3.256",
        "ferry.1",
        "%31%32%37.0.0.1",
        "①②⑦.0.0.1",
        "[127.0.0.1]",
        "[fe80::1%25eth0]",
        "[::1",
        "::1",
    ],
)
def test_an_ip_address_in_an_unusual_form_is_refused(host: str) -> None:
    with pytest.raises(LinkError) as refused:
        link_url(f"http://{host}/")
    assert refused.value.obstacle is Obstacle.ADDRESS


def test_dots_of_other_scripts_are_dots() -> None:
    assert link_url("http://127。0。0。1/").host == "127.0.0.1"
    assert link_url("http://127.0.0.1./").host == "127.0.0.1"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "   ",
        "https://",
        "https:///news",
        "https:ferry.example",
        "https://fer ry.example/",
        "https://fer\try.example/",
        "https://ferry.example/a\r\nHost: other.example",
        "https://ferry..example/",
        "https://.ferry.example/",
        "https://ferry.example../",
        "https://ferry!.example/",
        f"https://{'a' * 64}.example/",
        f"https://{'a.' * 127}example/",
        "https://ferry.example:99999/",
        "https://ferry.example:0/",
        "https://ferry.example:-1/",
        "https://ferry.example:port/",
        f"https://ferry.example/{'a' * 5000}",
        "https://ferry.example/\ud800",
        "\x00",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(LinkError) as refused:
        link_url(address)
    assert refused.value.obstacle is Obstacle.ADDRESS
    assert refused.value.hint


def test_the_port_is_that_of_the_scheme_unless_one_is_given() -> None:
    assert port_of(link_url("http://ferry.example/")) == 80
    assert port_of(link_url("https://ferry.example/")) == 443
    assert port_of(link_url("https://ferry.example:8443/")) == 8443


def test_a_host_is_shown_as_people_write_it() -> None:
    assert shown_host(link_url("https://bücher.example/")) == "bücher.example"
    assert shown_host(link_url("https://xn--a.example/")) == "xn--a.example"


@given(
    st.one_of(
        st.text(),
        st.builds("http://{}/{}".format, st.text(), st.text()),
        st.builds("https://{}:{}".format, st.text("0123456789abcdefx.[]:%@-"), st.integers()),
    )
)
def test_whatever_is_sent_is_understood_or_refused(address: str) -> None:
    with suppress(LinkError):
        url = link_url(address)
        assert url.scheme in ("http", "https")
        assert url.raw_host
        assert link_url(str(url)) == url
