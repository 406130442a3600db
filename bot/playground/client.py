"""People at the playground, for tests and benchmarks: a blocking client of the page API."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

import httpx

from bot.playground.handles import PersonHandle
from bot.playground.values import Json

_BEYOND = 10**15
"""A number that no event reaches."""


class PlaygroundError(Exception):
    """The playground refused something, and says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class PlaygroundClient:
    """Acts for the people of a playground and sees what happens there.

    It may be used from several threads at once. Refusals raise PlaygroundError.
    """

    def __init__(self, url: str, timeout: float = 90.0) -> None:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
        self._http = httpx.Client(base_url=url, timeout=timeout, limits=limits, trust_env=False)

    def __enter__(self) -> PlaygroundClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def request(self, method: str, path: str, **more: object) -> Json:
        """One request of the page API."""
        response = self._http.request(method, f"/api/{path}", **more)  # type: ignore[arg-type]
        body: Json = response.json()
        if response.is_error:
            raise PlaygroundError(response.status_code, str(body.get("error", body)))
        return body

    def world(self) -> Json:
        """Who and what there is."""
        return self.request("GET", "world")

    @property
    def group(self) -> int:
        """The id of the group."""
        chats: list[Json] = self.world()["chats"]
        return int(next(chat["id"] for chat in chats if chat["type"] == "supergroup"))

    def person(self, first_name: str) -> PersonHandle:
        """The person of that name, added if there is none."""
        for user in self.world()["people"]:
            if user["first_name"] == first_name:
                return PersonHandle(self, user["id"], first_name)
        return self.add_person(first_name)

    def add_person(
        self, first_name: str, username: str | None = None, language_code: str = "en"
    ) -> PersonHandle:
        """Somebody new."""
        told = {"first_name": first_name, "username": username, "language_code": language_code}
        person = self.request("POST", "people", json=told)["person"]
        return PersonHandle(self, person["id"], first_name)

    def add_group(
        self,
        title: str,
        people: Sequence[PersonHandle],
        *,
        forum: bool = False,
        basic: bool = False,
    ) -> int:
        """The id of a new group without the bot, whose creator comes first.

        It is a supergroup unless it is `basic`; a `forum` has topics.
        """
        told = {"title": title, "people": [one.id for one in people]}
        more = {"forum": forum, "basic": basic}
        return int(self.request("POST", "groups", json={**told, **more})["chat"]["id"])

    def add_channel(
        self,
        title: str,
        owner: PersonHandle,
        *,
        username: str | None = None,
        subscribers: Sequence[PersonHandle] = (),
        signs: bool = False,
    ) -> int:
        """The id of a new channel without the bot; if it signs, posts tell who wrote them."""
        told = {"title": title, "owner": owner.id, "username": username, "signs": signs}
        readers = [one.id for one in subscribers]
        answer = self.request("POST", "channels", json={**told, "subscribers": readers})
        return int(answer["chat"]["id"])

    def migrate(self, chat: int) -> int:
        """The id of the supergroup that takes the place of a basic group."""
        return int(self.request("POST", f"chats/{chat}/migrate")["chat"]["id"])

    def chat(self, chat: int) -> Json:
        """A chat with who is in it, its topics and how the bot stands."""
        chats: list[Json] = self.world()["chats"]
        return next(one for one in chats if one["id"] == chat)

    def messages(self, chat: int) -> list[Json]:
        """A chat's messages, oldest first."""
        found: list[Json] = self.request("GET", f"chats/{chat}/messages")["messages"]
        return found

    def cursor(self) -> int:
        """The number of the last event."""
        return int(self.request("GET", "events", params={"after": _BEYOND, "wait": 0})["cursor"])

    def events(self, after: int, wait: float = 0.0, chat: int | None = None) -> list[Json]:
        """The events after a number; if there are none, those that come within `wait` seconds."""
        query = {"after": after, "wait": wait, **({} if chat is None else {"chat": chat})}
        found: list[Json] = self.request("GET", "events", params=query)["events"]
        return found

    def file(self, file_id: str) -> bytes:
        """The bytes of a file that somebody sent."""
        response = self._http.get(f"/api/files/{file_id}")
        response.raise_for_status()
        return response.content

    def fails(
        self,
        method: str,
        kind: str,
        count: int = 1,
        *,
        retry_after: int | None = None,
        deliver: bool = False,
        description: str | None = None,
    ) -> None:
        """Let the next calls of a Bot API method go wrong; `*` is any but getUpdates."""
        fault = {
            "method": method,
            "kind": kind,
            "count": count,
            "retry_after": retry_after,
            "deliver": deliver,
            "description": description,
        }
        self.request("POST", "faults", json=fault)

    def heals(self) -> None:
        """Let nothing go wrong any more."""
        self.request("DELETE", "faults")
