"""An address as people and sites write it: what of it may be opened, before anyone is asked."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, ip_address

import httpx

from index.errors import LinkError
from index.obstacles import Obstacle

PORTS = {"http": 80, "https": 443}

_LONGEST = 4096
"""Characters; a Telegram message has no more."""
# "x.org:8080/y" has a port, "mailto:someone" and "tel:0049" a scheme.
_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:|[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_COPY_ANEW = "Copy the whole address from the browser and send it again."


def has_scheme(address: str) -> bool:
    """Tell whether an address says how it is to be opened, as `https://` does."""
    return bool(_SCHEME.match(address.strip()))


def link_url(address: str) -> httpx.URL:
    """Return the address as it is asked for: with `https` where it has no scheme, without fragment.

    Raises LinkError with Obstacle.ADDRESS for every other scheme, a name or password in it, a port
    below 1024 that is not a website's, and an IP address that is written in an unusual form.
    """
    text = address.strip()
    if not has_scheme(text):
        text = f"https://{text.lstrip('/')}"
    if len(text) > _LONGEST:
        raise _not_an_address("This link is too long to be opened.")
    try:
        url = httpx.URL(text).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise _not_an_address() from error
    if url.scheme not in PORTS:
        raise _not_an_address(
            "Only links that begin with http:// or https:// can be opened.",
            hint="For anything else, send the file or paste its text.",
        )
    if url.userinfo:
        raise _not_an_address(
            "This link holds a name or a password, and such links are not opened.",
            hint="Send it without what stands before the @ sign.",
        )
    host = url.raw_host.decode("ascii").removesuffix(".")
    if not is_host(host):
        raise _not_an_address()
    if not 0 < port_of(url) < 65536:
        raise _not_an_address()
    return url.copy_with(host=host)


def is_host(host: str) -> bool:
    """Tell whether this is a host's name, in lower case and ASCII, or its IP address.

    What systems take for an IP address in short, decimal, octal or hexadecimal form is neither.
    """
    if is_ip(host):
        return True
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    return not _NUMBER.fullmatch(labels[-1])


def is_ip(host: str) -> bool:
    """Tell whether a host is given by an IP address (IPv6 without brackets)."""
    try:
        ip = ip_address(host)
    except ValueError:
        return False
    return isinstance(ip, IPv4Address) or not ip.scope_id


def port_of(url: httpx.URL) -> int:
    """The port that is connected to."""
    return PORTS[url.scheme] if url.port is None else url.port


def shown_host(url: httpx.URL) -> str:
    """The host as people write it: bücher.example, not xn--bcher-kva.example."""
    try:
        return url.host
    except ValueError:  # no such name: it only looks like an encoded one
        return url.raw_host.decode("ascii")


def _not_an_address(
    message: str = "This is not an address that can be opened.", hint: str = _COPY_ANEW
) -> LinkError:
    return LinkError(message, hint, Obstacle.ADDRESS)
