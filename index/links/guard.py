"""Where a link may lead: to the public Internet, and to the private hosts that a setting names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address

import httpx

from index.errors import LinkError, SettingsError
from index.links.networks import is_public
from index.links.resolving import Resolver
from index.links.spelling import PORTS, is_host, is_ip, port_of, shown_host
from index.obstacles import Obstacle

_FIRST_FREE_PORT = 1024
_MORE_THAN_A_HOST = re.compile(r"[/?#@]")
_LOOK_AGAIN = "Check the address for typing mistakes, or try again later."


@dataclass(frozen=True, slots=True)
class AllowedHost:
    """A host that may be opened though it is private; at every port if none is named."""

    host: str
    port: int | None = None

    @classmethod
    def named(cls, entry: str) -> AllowedHost:
        """Read an entry such as `wiki.local`, `192.168.1.5:8080` or `[::1]:8080`.

        Raises SettingsError for what is no host.
        """
        text = entry.strip()
        if is_ip(text):
            return cls(_canonical(text))
        try:
            # With http, httpx would take the port 80 away.
            url = httpx.URL("" if _MORE_THAN_A_HOST.search(text) else f"host://{text}")
        except httpx.InvalidURL:
            url = httpx.URL()
        host = _canonical(url.raw_host.decode("ascii"))
        if not is_host(host):
            raise SettingsError(
                f"{entry!r} in allowed_hosts is not the name of a host.",
                hint="Write a name or an IP address, with its port if you like: "
                'allowed_hosts = ["wiki.local", "192.168.1.5:8080", "[::1]:8080"]',
            )
        return cls(host, url.port)

    def covers(self, host: str, port: int) -> bool:
        """Tell whether this is the host, by the name or address that a link itself gives."""
        return self.host == host and self.port in (None, port)


class Guard:
    """Decides on each request, before anything is sent, which addresses it may go to."""

    def __init__(self, allowed_hosts: Iterable[str], resolver: Resolver) -> None:
        self._allowed = tuple(AllowedHost.named(entry) for entry in allowed_hosts)
        self._resolver = resolver

    async def addresses(self, url: httpx.URL) -> list[str]:
        """Return the IP addresses to connect to, all of them public or all of a host allowed.

        Raises LinkError: FORBIDDEN where any of its addresses is not public, ADDRESS for a port
        that no website is at, UNREACHABLE for a host that does not exist.
        """
        host, port = _canonical(url.raw_host.decode("ascii")), port_of(url)
        if any(allowed.covers(host, port) for allowed in self._allowed):
            return await self._found(url, host, port)
        if port < _FIRST_FREE_PORT and port not in PORTS.values():
            # Mail and the like, which misunderstand what is sent to them.
            raise LinkError(
                f"Links to port {port} are not opened, since no website is there.",
                _LOOK_AGAIN,
                Obstacle.ADDRESS,
            )
        if host == "localhost" or host.endswith(".localhost"):
            raise _forbidden()
        found = await self._found(url, host, port)
        if not all(is_public(address) for address in found):
            raise _forbidden()
        return found

    async def _found(self, url: httpx.URL, host: str, port: int) -> list[str]:
        if is_ip(host):
            return [host]
        try:
            found = await self._resolver.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise _unknown(url) from error
        if not found:
            raise _unknown(url)
        return list(dict.fromkeys(found))


def _canonical(host: str) -> str:
    return str(ip_address(host)) if is_ip(host) else host.lower().removesuffix(".")


def _forbidden() -> LinkError:
    return LinkError(
        "This address leads into a private network, and such links are not opened.",
        "Paste the text of the page instead.",
        Obstacle.FORBIDDEN,
    )


def _unknown(url: httpx.URL) -> LinkError:
    return LinkError(
        f"There is no site named {shown_host(url)}, or it cannot be found now.", _LOOK_AGAIN
    )
