"""A playground on its table: what a bot calls, and what people do there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from bot.playground import PersonHandle, Playground, PlaygroundClient

Json = dict[str, Any]
GROUP = -1_001_000_000_001


class Table:
    """A running playground, a client for its people and the plain calls of a bot."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.client = PlaygroundClient(playground.url)
        self.http = httpx.Client(base_url=playground.url, timeout=30, trust_env=False)
        self._count = 0

    def close(self) -> None:
        self.client.close()
        self.http.close()

    def call(self, method: str, parameters: Json | None = None, **more: Any) -> httpx.Response:
        """Call a method with JSON parameters."""
        path = f"/bot{self.playground.token}/{method}"
        return self.http.post(path, json=parameters or {}, **more)

    def does(self, method: str, **parameters: Any) -> Any:
        """The result of a call that must succeed."""
        response = self.call(method, parameters)
        body = response.json()
        assert response.status_code == 200, body
        assert body["ok"] is True
        return body["result"]

    def refused(self, method: str, **parameters: Any) -> str:
        """The description of a call that must be refused, its code before it."""
        response = self.call(method, parameters)
        body = response.json()
        assert body["ok"] is False, body
        assert body["error_code"] == response.status_code
        return f"{body['error_code']} {body['description']}"

    def somebody(self) -> PersonHandle:
        """A new person who has started the bot."""
        person = self.stranger()
        person.sends("/start")
        self.forgets()
        return person

    def stranger(self) -> PersonHandle:
        """A new person who never wrote to the bot."""
        self._count += 1
        return self.client.add_person(f"Person {self._count}", f"person_{self._count}")

    def says(self, person: PersonHandle, text: str, **more: Any) -> Json:
        """A message of the bot to a person."""
        sent: Json = self.does("sendMessage", chat_id=person.id, text=text, **more)
        return sent

    def updates(self, offset: int = 0, **more: Any) -> list[Json]:
        """What is queued for the bot."""
        found: list[Json] = self.does("getUpdates", offset=offset, **more)
        return found

    def messages(self) -> list[Json]:
        """The queued messages, which are then acknowledged."""
        found = self.updates()
        self.forgets()
        return [update["message"] for update in found if "message" in update]

    def forgets(self) -> None:
        """Acknowledge everything."""
        found = self.updates(-1)
        if found:
            self.updates(found[-1]["update_id"] + 1)


@contextmanager
def laid(**settings: Any) -> Iterator[Table]:
    """A table with a fresh playground."""
    with Playground(**settings) as playground:
        table = Table(playground)
        try:
            yield table
        finally:
            table.close()
