"""A link's bytes, fetched safely: within limits of time, size, redirects and destination."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import metadata

import httpx

from index.errors import LinkError
from index.links.answers import onward, require_page
from index.links.guard import Guard
from index.links.inflating import ACCEPTED, Inflater
from index.links.resolving import Resolver, SystemResolver
from index.links.spelling import has_scheme, link_url
from index.links.transport import GuardedTransport, direct_transport
from index.obstacles import Obstacle
from index.settings import IndexSettings

SIDE_BY_SIDE = 8
"""Links that one Fetcher opens at the same time; more wait for their turn."""

_CONNECT_SHARE = 0.25
"""Of the time for a link, how much one connection may take, so that another can be tried."""
_LATER = "Try again later, or paste its text."


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stands at an address, unpacked."""

    address: str
    """Where it was found in the end, without the fragment."""
    media_type: str
    """As the site says, in lower case, without parameters: it need not be true."""
    charset: str | None
    """As the site says: it need not be true, nor exist."""
    data: bytes


class Fetcher:
    """Opens links, as many side by side as `SIDE_BY_SIDE`, within one event loop.

    Every redirect is checked as the link itself is. Nothing is kept from one link to the next: no
    cookies, no connections. `transport` does the sending, once an IP address has been checked.
    """

    def __init__(
        self,
        settings: IndexSettings,
        resolver: Resolver | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Make ready; raises SettingsError for an entry of `allowed_hosts` that is no host."""
        self._settings = settings
        guard = Guard(settings.allowed_hosts, resolver or SystemResolver())
        self._transport = GuardedTransport(guard, transport or direct_transport(SIDE_BY_SIDE))
        self._turns = asyncio.Semaphore(SIDE_BY_SIDE)
        self._headers = {
            "User-Agent": _user_agent(),
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "en,*;q=0.5",
            "Accept-Encoding": ACCEPTED,
        }

    async def fetch(self, address: str) -> Fetched:
        """Return what the link leads to; without a scheme it is `https`, or else `http`.

        Raises LinkError, whose obstacle is ADDRESS, FORBIDDEN, UNREACHABLE, TOO_SLOW, REDIRECTS,
        NOT_FOUND, REFUSED, SITE_ERROR, NO_PAGE, TOO_LARGE or DAMAGED.
        """
        seconds = self._settings.link_seconds
        async with self._turns:
            try:
                return await asyncio.wait_for(self._fetched(address), seconds)
            except asyncio.TimeoutError:
                raise LinkError(
                    f"The page took longer than {seconds:g} seconds.", _LATER, Obstacle.TOO_SLOW
                ) from None

    async def close(self) -> None:
        """Close what is still open."""
        await self._transport.aclose()

    async def _fetched(self, address: str) -> Fetched:
        url = link_url(address)
        try:
            return await self._followed(url)
        except _NotConnectedError:
            if has_scheme(address):
                raise
            return await self._followed(url.copy_with(scheme="http"))

    async def _followed(self, url: httpx.URL) -> Fetched:
        cookies = httpx.Cookies()  # some sites lead in a circle without them
        for _ in range(self._settings.max_redirects + 1):
            async with self._answer(url, cookies) as response:
                location = onward(response)
                if location is None:
                    media_type = require_page(response)
                    charset = response.charset_encoding
                    return Fetched(str(url), media_type, charset, await self._body(response))
            url = _joined(url, location)
        raise LinkError(
            f"This link leads on more than {self._settings.max_redirects} times, or in a circle.",
            "Open it in a browser and send the address of the page that it ends at.",
            Obstacle.REDIRECTS,
        )

    @asynccontextmanager
    async def _answer(
        self, url: httpx.URL, cookies: httpx.Cookies
    ) -> AsyncIterator[httpx.Response]:
        """The answer to one request, its body not yet read, closed in the end."""
        connect = self._settings.link_seconds * _CONNECT_SHARE
        timeout = httpx.Timeout(None, connect=connect)  # the rest is cut off as a whole
        request = httpx.Request(
            "GET", url, headers=self._headers, extensions={"timeout": timeout.as_dict()}
        )
        request.headers.encoding = "utf-8"  # there are cookies that are not ASCII
        cookies.set_cookie_header(request)
        try:
            response = await self._transport.handle_async_request(request)
            response.request = request
            cookies.extract_cookies(response)
            try:
                yield response
            finally:
                await response.aclose()
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise _not_connected(error) from error
        except httpx.TransportError as error:
            raise LinkError("The connection to the site broke off.", _LATER) from error

    async def _body(self, response: httpx.Response) -> bytes:
        limit = self._settings.max_link_bytes
        declared = response.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            raise _too_large(limit)
        inflater = Inflater(response.headers.get("content-encoding", ""))
        body = bytearray()
        received = 0
        async for chunk in response.aiter_raw():
            received += len(chunk)
            for piece in inflater.pieces(chunk):
                body += piece
                if len(body) > limit:
                    raise _too_large(limit)
            if received > limit:  # a packed body can be long and hold nothing
                raise _too_large(limit)
        inflater.finish()
        return bytes(body)


class _NotConnectedError(LinkError):
    """Nothing answers at the address, so that another way may be tried."""


def _not_connected(error: httpx.TransportError) -> LinkError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            # Not tried without encryption: somebody may be in between.
            return LinkError(
                "The site cannot prove that it is the one it says it is: its certificate is wrong.",
                "Check the address, or paste the text of the page.",
            )
        cause = cause.__cause__ or cause.__context__
    return _NotConnectedError("Nothing answers at this address.", _LATER)


def _joined(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return link_url(str(url.join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise LinkError(
            "This link leads on to something that is no address.", _LATER, Obstacle.ADDRESS
        ) from error


def _too_large(limit: int) -> LinkError:
    return LinkError(
        f"This page is larger than {limit / 1_000_000:g} MB, too large to be opened.",
        "Paste the part that you want to keep.",
        Obstacle.TOO_LARGE,
    )


def _user_agent() -> str:
    try:
        version = metadata.version("cuttings")
    except metadata.PackageNotFoundError:  # run from a folder, not installed
        version = "0"
    return f"Cuttings/{version} (self-hosted; reads a page when a person sends its link)"
