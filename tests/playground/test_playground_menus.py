"""Which of the bot's menus and descriptions somebody sees, by chat, standing and language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playground_bot import Json, Table, laid


@pytest.fixture
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def sets(table: Table, name: str, scope: Json, language: str = "") -> None:
    commands = [{"command": name, "description": "x"}]
    table.does("setMyCommands", commands=commands, scope=scope, language_code=language)


def test_the_narrowest_scope_counts_and_ones_own_language_before_all_others(table: Table) -> None:
    ann = table.somebody()
    karl = table.client.add_person("Karl", language_code="de-AT")
    group = table.client.add_group("Harbour", [ann, karl])
    ann.adds_bot(group)
    sets(table, "default", {"type": "default"})
    assert ann.menu() == ann.menu(group) == [{"command": "default", "description": "x"}]
    sets(table, "private", {"type": "all_private_chats"})
    sets(table, "privat", {"type": "all_private_chats"}, "de")
    sets(table, "groups", {"type": "all_group_chats"})
    sets(table, "runs", {"type": "all_chat_administrators"})
    shown = [person.menu(chat)[0]["command"] for person in (ann, karl) for chat in (None, group)]
    assert shown == ["private", "runs", "privat", "groups"]
    sets(table, "here", {"type": "chat", "chat_id": group})
    assert [one.menu(group)[0]["command"] for one in (ann, karl)] == ["here", "here"]
    sets(table, "boss", {"type": "chat_administrators", "chat_id": group})
    assert [one.menu(group)[0]["command"] for one in (ann, karl)] == ["boss", "here"]
    sets(table, "mine", {"type": "chat_member", "chat_id": group, "user_id": karl.id})
    assert [one.menu(group)[0]["command"] for one in (ann, karl)] == ["boss", "mine"]
    table.does("deleteMyCommands", scope={"type": "all_private_chats"}, language_code="de")
    assert karl.menu()[0]["command"] == "private"


def test_a_description_is_shown_in_the_language_of_who_looks(table: Table) -> None:
    karl = table.client.add_person("Karl", language_code="de")
    table.does("setMyDescription", description="Keeps articles.")
    table.does("setMyDescription", description="Bewahrt Artikel auf.", language_code="de")
    shown = table.client.request("GET", f"chats/{karl.id}/commands", params={"as": karl.id})
    assert shown["description"] == "Bewahrt Artikel auf."
