"""Polling for updates: offsets, long polls, two pollers, kinds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playground_bot import GROUP, Table, laid

CONFLICT = (
    "409 Conflict: terminated by other getUpdates request;"
    " make sure that only one bot instance is running"
)


@pytest.fixture
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def test_an_update_comes_again_until_an_offset_above_it_acknowledges_it(table: Table) -> None:
    ann = table.client.person("Ann")
    for text in ("a", "b", "c"):
        ann.sends(text)
    first = table.updates()
    assert texts(first) == ["a", "b", "c"]
    assert table.updates() == first
    ids = [update["update_id"] for update in first]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    assert table.updates(ids[0]) == first
    assert table.updates(ids[1]) == first[1:]
    assert table.updates() == first[1:]
    assert table.updates(ids[2] + 1) == []
    assert table.updates() == []


def test_a_limit_takes_the_oldest_and_a_negative_offset_keeps_the_newest(table: Table) -> None:
    ann = table.client.person("Ann")
    for text in ("a", "b", "c", "d"):
        ann.sends(text)
    assert texts(table.updates(limit=1)) == ["a"]
    assert texts(table.updates(-2)) == ["c", "d"]
    assert texts(table.updates()) == ["c", "d"]
    assert table.does("getWebhookInfo")["pending_update_count"] == 2


def test_a_long_poll_ends_when_something_comes(table: Table) -> None:
    answers: list[tuple[float, list[dict[str, Any]]]] = []

    def poll() -> None:
        found = table.updates(timeout=20)
        answers.append((time.monotonic(), found))

    thread = threading.Thread(target=poll)
    thread.start()
    time.sleep(0.2)
    assert not answers
    sent = time.monotonic()
    table.client.person("Ann").sends("now")
    thread.join(5)
    came, found = answers[0]
    assert texts(found) == ["now"]
    assert came - sent < 1


def test_a_long_poll_ends_empty_after_its_time(table: Table) -> None:
    begun = time.monotonic()
    assert table.updates(timeout=1) == []
    assert 0.9 < time.monotonic() - begun < 3


def test_a_second_poller_ends_the_first_with_409(table: Table) -> None:
    refusals: list[str] = []
    thread = threading.Thread(
        target=lambda: refusals.append(table.refused("getUpdates", timeout=20))
    )
    thread.start()
    time.sleep(0.2)
    assert table.updates() == []
    thread.join(5)
    assert refusals == [CONFLICT]


def test_what_a_poller_that_died_was_given_is_given_again(table: Table) -> None:
    path = f"/bot{table.playground.token}/getUpdates"
    with httpx.Client(base_url=table.playground.url) as dying, pytest.raises(httpx.ReadTimeout):
        dying.post(path, json={"timeout": 20}, timeout=0.2)
    table.client.person("Ann").sends("kept")
    assert texts(table.updates(timeout=5)) == ["kept"]


def test_only_allowed_kinds_are_queued_and_the_choice_is_remembered(table: Table) -> None:
    ann = table.client.person("Ann")
    sent = ann.sends("a")[0]
    table.updates(allowed_updates=["edited_message"])
    ann.sends("b")
    ann.edits(sent["message_id"], "a2")
    kinds = [sorted(update)[0] for update in table.updates()]
    assert kinds == ["message", "edited_message"]
    ann.blocks()
    ann.blocks(False)
    assert len(table.updates()) == 2
    table.updates(allowed_updates=[])
    ann.blocks()
    assert "my_chat_member" in table.updates()[-1]


def test_dropping_pending_updates_drops_them(table: Table) -> None:
    table.client.person("Ann").sends("a")
    table.does("deleteWebhook")
    assert len(table.updates()) == 1
    table.does("deleteWebhook", drop_pending_updates=True)
    assert table.updates() == []


def test_of_a_group_the_bot_sees_what_concerns_it(table: Table) -> None:
    ann, ben = table.client.person("Ann"), table.client.person("Ben")
    of_bot = table.does("sendMessage", chat_id=GROUP, text="I am here")
    of_ben = ben.sends("just talk", chat=GROUP)[0]
    ann.sends("more talk", chat=GROUP, reply_to=of_ben["message_id"])
    ann.sends("/help", chat=GROUP)
    ann.sends("/help@cuttings_bot", chat=GROUP)
    ann.sends("/help@another_bot", chat=GROUP)
    ann.sends("hello @Cuttings_Bot", chat=GROUP)
    ann.sends("hello @cuttings_bother", chat=GROUP)
    ann.sends("thank you", chat=GROUP, reply_to=of_bot["message_id"])
    found = table.updates()
    assert texts(found) == ["/help", "/help@cuttings_bot", "hello @Cuttings_Bot", "thank you"]
    assert found[0]["message"]["chat"] == {
        "id": GROUP,
        "title": "Reading circle",
        "type": "supergroup",
    }
    assert table.does("getMe")["can_read_all_group_messages"] is False


def test_without_privacy_mode_the_bot_sees_everything_in_a_group() -> None:
    with laid(privacy_mode=False) as table:
        table.client.person("Ann").sends("just talk", chat=GROUP)
        assert texts(table.updates()) == ["just talk"]
        assert table.does("getMe")["can_read_all_group_messages"] is True


def test_a_bot_that_left_a_group_hears_and_says_nothing_there(table: Table) -> None:
    assert table.does("leaveChat", chat_id=GROUP) is True
    table.client.person("Ann").sends("/help", chat=GROUP)
    assert [sorted(update)[0] for update in table.updates()] == ["my_chat_member"]
    refusal = "403 Forbidden: bot is not a member of the supergroup chat"
    assert table.refused("sendMessage", chat_id=GROUP, text="x") == refusal
