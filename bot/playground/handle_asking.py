"""What a person types behind the bot's name in any chat, and what they choose of its offers."""

from __future__ import annotations

from contextlib import suppress

from bot.playground.handle_base import Handle
from bot.playground.values import Json


class Asking(Handle):
    """Somebody who asks the bot inline."""

    def types_inline(self, query: str, *, chat: int | None = None, offset: str = "") -> str:
        """Type a query without waiting for the answer; returns its id."""
        self.since = self.client.cursor()
        told = {"query": query, "chat": chat, "offset": offset}
        path = f"people/{self.id}/inline"
        return str(self.client.request("POST", path, json=told)["query_id"])

    def waits_for_inline(self, query_id: str, timeout: float = 10.0) -> Json | None:
        """The answer to a query with its `results`; None if none comes within so many seconds."""
        kept = self._answer(query_id)
        if kept is not None:
            return kept
        with suppress(TimeoutError):
            self.event(
                lambda event: event["type"] == "inline_answer" and event["query_id"] == query_id,
                timeout,
                self.id,
                "an answer to the query",
            )
        return self._answer(query_id)

    def asks_inline(
        self, query: str, *, chat: int | None = None, timeout: float = 10.0
    ) -> list[Json]:
        """The results that are offered; TimeoutError if the bot does not answer."""
        answer = self.waits_for_inline(self.types_inline(query, chat=chat), timeout)
        if answer is None:
            raise TimeoutError(f"Nothing was offered for {query!r} in {timeout:g} s.")
        found: list[Json] = answer["results"]
        return found

    def chooses_inline(
        self, query_id: str, result_id: str, chat: int | None = None, *, topic: int | None = None
    ) -> Json:
        """Send a result into a chat."""
        self.since = self.client.cursor()
        told = {"result": result_id, "chat": self.chat_or_own(chat), "topic": topic}
        answer = self.client.request("POST", f"inline/{query_id}/choose", json=told)
        message: Json = answer["messages"][0]
        return message

    def _answer(self, query_id: str) -> Json | None:
        answer: Json | None = self.client.request("GET", f"inline/{query_id}")["answer"]
        return answer
