"""The system's own resolver, asked for nothing that leaves the machine."""

from __future__ import annotations

import asyncio
import socket
import threading

import pytest
from link_servers import done

from index.links.resolving import SystemResolver


def test_the_system_knows_loopback() -> None:
    assert done(SystemResolver().resolve("127.0.0.1", 80)) == ["127.0.0.1"]
    assert done(SystemResolver().resolve("::1", 80)) == ["::1"]


def test_a_name_that_does_not_exist_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(OSError, match="not known"):
        done(SystemResolver().resolve("ferry.example", 80))


def test_names_that_take_long_keep_nobody_else_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty of them, more than the threads that an event loop has for others."""
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: release.wait(20) and [])

    async def work() -> str:
        names = [SystemResolver().resolve(f"slow{number}.example", 80) for number in range(40)]
        given_up = [asyncio.wait_for(name, 0.05) for name in names]
        errors = await asyncio.gather(*given_up, return_exceptions=True)
        assert all(isinstance(error, asyncio.TimeoutError) for error in errors)
        return await asyncio.wait_for(asyncio.to_thread(lambda: "done"), 5)

    before = set(threading.enumerate())
    try:
        assert done(work()) == "done"
    finally:
        release.set()
        for thread in set(threading.enumerate()) - before:
            thread.join(5)
