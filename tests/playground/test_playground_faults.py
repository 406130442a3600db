"""Failures on purpose."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest
from playground_bot import Table, laid

from bot.playground.client import PlaygroundError


@pytest.fixture
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def test_a_429_tells_how_long_to_wait_and_nothing_is_sent(table: Table) -> None:
    ann = table.somebody()
    table.client.fails("sendMessage", "429", retry_after=7)
    response = table.call("sendMessage", {"chat_id": ann.id, "text": "x"})
    assert response.status_code == 429
    assert response.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert len(ann.messages()) == 1
    table.says(ann, "the next one arrives")


@pytest.mark.parametrize(
    ("kind", "description"),
    [
        ("500", "500 Internal Server Error"),
        ("502", "502 Bad Gateway"),
        ("403", "403 Forbidden"),
        ("400", "400 Bad Request"),
    ],
)
def test_other_refusals_happen_as_often_as_wanted(
    table: Table, kind: str, description: str
) -> None:
    ann = table.somebody()
    table.client.fails("sendMessage", kind, count=2)
    for _ in range(2):
        assert table.refused("sendMessage", chat_id=ann.id, text="x") == description
    table.says(ann, "y")
    assert [message["text"] for message in ann.messages()] == ["/start", "y"]


def test_a_refusal_may_have_words_of_its_own(table: Table) -> None:
    words = "Bad Request: can't parse entities: on purpose"
    table.client.fails("sendMessage", "400", description=words)
    assert table.refused("sendMessage", chat_id=1, text="x") == f"400 {words}"


@pytest.mark.parametrize("kind", ["500", "disconnect", "timeout"])
def test_a_call_may_take_effect_and_only_its_answer_be_lost(table: Table, kind: str) -> None:
    ann = table.somebody()
    table.client.fails("sendMessage", kind, deliver=True)
    try:
        table.call("sendMessage", {"chat_id": ann.id, "text": "arrived"}, timeout=0.3)
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.ReadTimeout):
        assert kind != "500"
    else:
        assert kind == "500"
    assert ann.messages()[-1]["text"] == "arrived"
    assert len(ann.messages()) == 2


def test_a_lost_connection_and_silence_without_effect(table: Table) -> None:
    ann = table.somebody()
    told = {"chat_id": ann.id, "text": "x"}
    table.client.fails("sendMessage", "disconnect")
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        table.call("sendMessage", told)
    table.client.fails("sendMessage", "timeout")
    begun = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        table.call("sendMessage", told, timeout=0.3)
    assert time.monotonic() - begun >= 0.3
    assert len(ann.messages()) == 1
    table.says(ann, "y")


def test_a_star_is_every_method_but_polling_and_faults_can_be_taken_back(table: Table) -> None:
    table.client.fails("*", "500", count=3)
    assert table.updates() == []
    assert table.refused("getMe").startswith("500")
    assert table.refused("getMyCommands").startswith("500")
    table.client.heals()
    assert table.does("getMe")["is_bot"] is True
    table.client.fails("getupdates", "500")
    assert table.refused("getUpdates").startswith("500")


def test_a_fault_that_there_is_not_is_refused(table: Table) -> None:
    with pytest.raises(PlaygroundError, match="no fault of the kind 'fire'"):
        table.client.fails("sendMessage", "fire")
    with pytest.raises(PlaygroundError, match="at least once"):
        table.client.fails("sendMessage", "500", count=0)


def test_a_server_that_stops_holds_nobody_up() -> None:
    with laid() as table:
        table.client.fails("getMe", "timeout")
        path = f"{table.playground.base_url}{table.playground.token}/getMe"
        with httpx.Client() as waiting, pytest.raises(httpx.ReadTimeout):
            waiting.get(path, timeout=0.1)
        begun = time.monotonic()
    assert time.monotonic() - begun < 2
