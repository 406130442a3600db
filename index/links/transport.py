"""The connection goes to the very IP address that was checked: no name is looked up again."""

from __future__ import annotations

import httpx

from index.links.guard import Guard
from index.links.spelling import is_ip

_MOST_ADDRESSES = 4
"""Of one host, tried one after the other."""


class GuardedTransport(httpx.AsyncBaseTransport):
    """Asks the guard where each request may go, and sends it there and nowhere else.

    The site is still asked by its name, and its certificate must be for that name. `inner` does
    the sending, and sees IP addresses only.
    """

    def __init__(self, guard: Guard, inner: httpx.AsyncBaseTransport) -> None:
        self._guard = guard
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to the first address that can be connected to.

        Raises LinkError when the guard refuses it, httpx.TransportError when it cannot be sent.
        """
        failure: httpx.TransportError = httpx.ConnectError("No address.")
        for address in (await self._guard.addresses(request.url))[:_MOST_ADDRESSES]:
            try:
                return await self._inner.handle_async_request(_pinned(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        raise failure

    async def aclose(self) -> None:
        """Close all connections."""
        await self._inner.aclose()


def direct_transport(connections: int) -> httpx.AsyncHTTPTransport:
    """A transport without proxies that keeps no connection for another request.

    A connection that is kept is one to an IP address, where another site with another certificate
    may be.
    """
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=0)
    return httpx.AsyncHTTPTransport(trust_env=False, limits=limits)


def _pinned(request: httpx.Request, address: str) -> httpx.Request:
    host = request.url.raw_host.decode("ascii")
    # Without a name, the certificate must be for the IP address itself.
    name = {} if is_ip(host) else {"sni_hostname": host}
    headers = request.headers.copy()
    headers["Host"] = request.url.netloc.decode("ascii")
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=headers,
        stream=request.stream,
        extensions={**request.extensions, **name},
    )
