"""Sites for the tests: real servers on loopback, and a network that reaches nothing else.

`served` runs a site; `FakeResolver` answers for names; `Network` is the transport below the guard,
where a public IP address can be made to mean a server on loopback.
"""

from __future__ import annotations

import asyncio
import socket
import socketserver
import ssl
import sys
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from index.errors import LinkError
from index.links.fetching import Fetched, Fetcher
from index.links.transport import direct_transport
from index.settings import IndexSettings

Result = TypeVar("Result")

HTML = ("Content-Type", "text/html; charset=utf-8")
PAGE = "<html><body><h1>The ferry is back</h1><p>It sails again on Monday.</p></body></html>"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answers to a path."""

    body: bytes = PAGE.encode()
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (HTML,)
    pieces: Callable[[], Iterable[bytes]] | None = None
    """Instead of the body; its length is not declared."""
    pause: float = 0
    """Seconds before the answer and between its pieces."""
    declared: int | None = None
    """A length to declare that need not be true."""

    @classmethod
    def onward(cls, location: str, status: int = 302, *headers: tuple[str, str]) -> Answer:
        """A redirect."""
        return cls(b"", status, (("Location", location), *headers))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a site received it."""

    path: str
    headers: dict[str, str]
    """By their names in lower case."""


@dataclass
class Site:
    """A server that runs, and what it was asked."""

    port: int
    scheme: str
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    names: list[str | None] = field(default_factory=list)
    """The server names that TLS was asked for."""

    @property
    def place(self) -> str:
        """Host and port, as for `allowed_hosts`."""
        return f"127.0.0.1:{self.port}"

    def link(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"{self.scheme}://{host}:{self.port}{path}"


@contextmanager
def served(
    answers: Mapping[str, Answer] | Callable[[str], Answer] | None = None,
    context: ssl.SSLContext | None = None,
) -> Iterator[Site]:
    """Run a site on loopback; every path that it has no answer for is answered with `PAGE`."""
    stopping = threading.Event()
    answer_of = answers if callable(answers) else lambda path: (answers or {}).get(path, Answer())

    class Handler(socketserver.StreamRequestHandler):
        timeout = 20

        def setup(self) -> None:
            site.connections += 1
            if context is not None:
                self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def handle(self) -> None:
            if context is None and self.request.recv(1, socket.MSG_PEEK) == b"\x16":
                self.request.sendall(b"HTTP/1.1 400 No TLS here\r\n\r\n")
                return
            while lines := self._lines():
                path = lines[0].split(" ")[1]
                headers = (line.split(": ", 1) for line in lines[1:])
                site.asked.append(Asked(path, {name.lower(): value for name, value in headers}))
                if not self._send(answer_of(path)):
                    return

        def _lines(self) -> list[str]:
            lines = []
            while (line := self.rfile.readline(65_536)) not in (b"\r\n", b""):
                lines.append(line.decode("latin-1").rstrip("\r\n"))
            return lines

        def _send(self, answer: Answer) -> bool:
            """Tell whether another answer may follow."""
            stopping.wait(answer.pause)
            head = [f"HTTP/1.1 {answer.status} Said"]
            head += [f"{name}: {value}" for name, value in answer.headers]
            length = answer.declared
            if length is None and answer.pieces is None:
                length = len(answer.body)
            if length is not None:
                head.append(f"Content-Length: {length}")
            self.request.sendall("\r\n".join([*head, "", ""]).encode())
            for piece in answer.pieces() if answer.pieces else [answer.body]:
                self.request.sendall(piece)
                if stopping.wait(answer.pause):
                    return False
            return length == len(answer.body)

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()
            self.request.close()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        request_queue_size = 64

        def handle_error(self, request: object, client_address: object) -> None:
            """The client may leave, or not trust the certificate."""
            assert isinstance(sys.exc_info()[1], OSError), sys.exc_info()

    def named(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        site.names.append(name)

    if context is not None:
        context.sni_callback = named
    with Server(("127.0.0.1", 0), Handler) as server:
        site = Site(server.server_address[1], "https" if context else "http")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield site
        finally:
            stopping.set()
            server.shutdown()
            thread.join()


class FakeResolver:
    """Knows the names that it is told; `then` is what it says of them after the first time."""

    def __init__(
        self, names: Mapping[str, list[str]], then: Mapping[str, list[str]] | None = None
    ) -> None:
        self._names = names
        self._then = then or {}
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int) -> list[str]:
        names = {**self._names, **self._then} if host in self.asked else self._names
        self.asked.append(host)
        if host not in names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return names[host]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A connection that was tried: where to, and for which site."""

    address: str
    port: int | None
    host: str
    name: str | None
    """For TLS."""


class Network(httpx.AsyncBaseTransport):
    """What lies below the guard: it counts, and leads to loopback only.

    `sites` gives the IP addresses that mean a server on loopback, by its port; loopback itself is
    reached as it is, and nothing answers anywhere else.
    """

    def __init__(
        self,
        sites: Mapping[str, Site] | None = None,
        wire: httpx.AsyncHTTPTransport | None = None,
    ) -> None:
        self._sites = sites or {}
        self._wire = wire
        self.attempts: list[Attempt] = []

    @property
    def addresses(self) -> list[str]:
        return [attempt.address for attempt in self.attempts]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        address, name = request.url.host, request.extensions.get("sni_hostname")
        self.attempts.append(Attempt(address, request.url.port, request.headers["Host"], name))
        if address in self._sites:
            port = self._sites[address].port
            request.url = request.url.copy_with(host="127.0.0.1", port=port)
        elif address not in ("127.0.0.1", "::1"):
            raise httpx.ConnectError("Nothing is there.")
        self._wire = self._wire or direct_transport(8)
        return await self._wire.handle_async_request(request)

    async def aclose(self) -> None:
        if self._wire is not None:
            await self._wire.aclose()


def done(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it to its end, which must come soon."""
    return asyncio.run(asyncio.wait_for(work, 30))


async def tried(site: Site, *paths: str, **settings: object) -> list[Fetched | LinkError]:
    """What the paths of a site give, one after the other, from one Fetcher."""
    made = IndexSettings.model_validate({"allowed_hosts": [site.place], **settings})
    fetcher = Fetcher(made, FakeResolver({}))
    results: list[Fetched | LinkError] = []
    for path in paths:
        try:
            results.append(await fetcher.fetch(site.link(path)))
        except LinkError as error:
            results.append(error)
    await fetcher.close()
    return results


def opened(site: Site, path: str = "/", **settings: object) -> Fetched:
    """What a path gives."""
    (result,) = done(tried(site, path, **settings))
    assert isinstance(result, Fetched), result
    return result


def refusal(site: Site, path: str = "/", **settings: object) -> LinkError:
    """Why a path gives nothing, said in sentences that name no IP address."""
    (result,) = done(tried(site, path, **settings))
    assert isinstance(result, LinkError), result
    assert str(result).endswith(".")
    assert result.hint.endswith(".")
    assert "127.0" not in str(result) + result.hint
    return result
