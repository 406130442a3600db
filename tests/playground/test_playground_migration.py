"""Basic groups that become supergroups: a new id, and the old one leads to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playground_bot import Table, laid
from telegram import Update

from bot.playground import PersonHandle
from bot.playground.client import PlaygroundError


@pytest.fixture
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


@pytest.fixture
def ann(table: Table) -> PersonHandle:
    return table.somebody()


@pytest.fixture
def group(table: Table, ann: PersonHandle) -> int:
    group = table.client.add_group("Harbour", [ann, table.somebody()], basic=True)
    ann.adds_bot(group)
    table.forgets()
    return group


def test_both_groups_tell_of_it_as_telegram_does(
    table: Table, ann: PersonHandle, group: int
) -> None:
    new = table.client.migrate(group)
    joined, old, fresh = table.updates()
    assert joined["my_chat_member"]["chat"] == {"id": new, "title": "Harbour", "type": "supergroup"}
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert old["message"]["chat"]["id"] == group
    assert old["message"]["from"]["id"] == ann.id
    assert old["message"]["migrate_to_chat_id"] == new
    assert fresh["message"]["chat"]["id"] == fresh["message"]["sender_chat"]["id"] == new
    assert fresh["message"]["from"]["id"] == 1087968824
    assert (fresh["message"]["message_id"], fresh["message"]["migrate_from_chat_id"]) == (1, group)
    for update in (joined, old, fresh):
        read = Update.de_json(update, None)
        assert not (read.effective_message and read.effective_message.api_kwargs)


def test_the_old_group_leads_to_the_new_one_and_takes_nothing_more(
    table: Table, ann: PersonHandle, group: int
) -> None:
    new = table.client.migrate(group)
    for method, more in (
        ("sendMessage", {"text": "x"}),
        ("sendChatAction", {"action": "typing"}),
        ("getChatMember", {"user_id": ann.id}),
        ("leaveChat", {}),
    ):
        response = table.call(method, {"chat_id": group, **more})
        assert response.status_code == 400
        assert response.json() == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new},
        }
    assert table.does("sendMessage", chat_id=new, text="x")["chat"]["id"] == new
    with pytest.raises(PlaygroundError, match="has become a supergroup"):
        ann.sends("x", chat=group)
    with pytest.raises(PlaygroundError, match="Only a basic group"):
        table.client.migrate(group)
    with pytest.raises(PlaygroundError, match="Only a basic group"):
        table.client.migrate(new)


def test_everybody_is_in_the_new_group_as_they_were_in_the_old(
    table: Table, ann: PersonHandle, group: int
) -> None:
    ann.promotes_bot(group)
    before = table.client.chat(group)
    new = table.client.chat(table.client.migrate(group))
    assert (new["standings"], new["members"]) == (before["standings"], before["members"])
    old = table.client.chat(group)
    assert (old["members"], old["became"]) == ([], new["id"])
    assert ann.sends("hello", chat=new["id"])[0]["message_id"] == 2


def test_a_group_without_the_bot_migrates_without_a_word(table: Table, ann: PersonHandle) -> None:
    group = table.client.add_group("Harbour", [ann], basic=True)
    new = table.client.migrate(group)
    assert table.updates() == []
    for chat in (group, new):
        refused = table.refused("sendMessage", chat_id=chat, text="x")
        assert refused == "400 Bad Request: chat not found"
