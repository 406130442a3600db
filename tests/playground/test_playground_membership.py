"""Coming and going: the bot's own, with what it is told and may do after, and people's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playground_bot import Json, Table, laid

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
def ben(table: Table) -> PersonHandle:
    return table.somebody()


def changes(table: Table) -> list[tuple[int, str, str]]:
    """Who changed how the bot stands, and how."""
    found: list[Json] = [u["my_chat_member"] for u in table.updates() if "my_chat_member" in u]
    return [
        (one["from"]["id"], one["old_chat_member"]["status"], one["new_chat_member"]["status"])
        for one in found
    ]


def test_a_bot_that_is_brought_is_told_by_whom_and_then_sees_the_message(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = table.client.add_group("Harbour", [ann, ben])
    ben.adds_bot(group)
    first, second = table.updates()
    assert first["my_chat_member"]["chat"]["id"] == group
    assert changes(table) == [(ben.id, "left", "member")]
    assert [one["id"] for one in second["message"]["new_chat_members"]] == [4200000001]
    assert second["message"]["from"]["id"] == ben.id
    assert table.does("getChatMember", chat_id=group, user_id=4200000001)["status"] == "member"
    with pytest.raises(PlaygroundError, match="in this chat already"):
        ann.adds_bot(group)
    with pytest.raises(PlaygroundError, match="is not in this chat"):
        table.somebody().adds_bot(group)
    with pytest.raises(PlaygroundError, match="no administrator"):
        ben.adds_bot(table.client.add_group("Quay", [ann, ben]), admin=True)


def test_a_bot_may_come_as_an_administrator_and_be_made_one(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = table.client.add_group("Harbour", [ann, ben])
    ann.adds_bot(group, admin=True)
    ann.promotes_bot(group, admin=False)
    with pytest.raises(PlaygroundError, match="no administrator"):
        ben.promotes_bot(group)
    ann.promotes_bot(group)
    with pytest.raises(PlaygroundError, match="made or unmade"):
        ann.promotes_bot(group)
    assert changes(table) == [
        (ann.id, "left", "administrator"),
        (ann.id, "administrator", "member"),
        (ann.id, "member", "administrator"),
    ]


@pytest.mark.parametrize(("basic", "kind"), [(False, "supergroup"), (True, "group")])
def test_a_bot_that_is_removed_is_told_and_may_do_nothing_there(
    table: Table, ann: PersonHandle, ben: PersonHandle, basic: bool, kind: str
) -> None:
    group = table.client.add_group("Harbour", [ann, ben], basic=basic)
    ann.adds_bot(group)
    table.forgets()
    with pytest.raises(PlaygroundError, match="no administrator"):
        ben.removes_bot(group)
    ann.removes_bot(group)
    found = table.updates()
    assert changes(table) == [(ann.id, "member", "kicked")]
    # Of a supergroup it hears nothing once it is out; of a basic group it does.
    gone = [u["message"]["left_chat_member"]["is_bot"] for u in found if "message" in u]
    assert gone == [True] * basic
    ben.sends("/hello @cuttings_bot", chat=group)
    assert len(table.updates()) == len(found)
    reason = f"403 Forbidden: bot was kicked from the {kind} chat"
    for method, more in (
        ("sendMessage", {"text": "x"}),
        ("sendChatAction", {"action": "typing"}),
        ("deleteMessage", {"message_id": 1}),
        ("getChatMember", {"user_id": ann.id}),
        ("getChatAdministrators", {}),
        ("getChatMemberCount", {}),
        ("setMessageReaction", {"message_id": 1, "reaction": []}),
        ("leaveChat", {}),
    ):
        assert table.refused(method, chat_id=group, **more) == reason
    ann.adds_bot(group)
    assert changes(table)[-1] == (ann.id, "kicked", "member")
    assert table.does("sendMessage", chat_id=group, text="back")["text"] == "back"


@pytest.mark.parametrize(("basic", "kind"), [(False, "supergroup"), (True, "group")])
def test_a_bot_that_leaves_says_so_and_is_no_member_any_more(
    table: Table, ann: PersonHandle, basic: bool, kind: str
) -> None:
    group = table.client.add_group("Harbour", [ann], basic=basic)
    ann.adds_bot(group)
    table.forgets()
    assert table.does("leaveChat", chat_id=group) is True
    assert changes(table) == [(4200000001, "member", "left")]
    assert len(table.updates()) == 1
    assert ann.messages(group)[-1]["left_chat_member"]["is_bot"] is True
    reason = f"403 Forbidden: bot is not a member of the {kind} chat"
    assert table.refused("sendMessage", chat_id=group, text="x") == reason
    assert table.refused("getChatMember", chat_id=group, user_id=ann.id) == reason
    assert table.client.chat(group)["bot"] == "left"


def test_people_come_and_go_and_the_group_is_told(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    cleo = table.somebody()
    group = table.client.add_group("Harbour", [ann])
    ann.adds_bot(group)
    table.forgets()
    ben.joins(group)
    ann.adds(cleo, group)
    ben.leaves(group)
    ann.removes(cleo, group)
    told = table.messages()
    assert [
        (message["from"]["id"], sorted({*message} & {"new_chat_members", "left_chat_member"}))
        for message in told
    ] == [
        (ben.id, ["new_chat_members"]),
        (ann.id, ["new_chat_members"]),
        (ben.id, ["left_chat_member"]),
        (ann.id, ["left_chat_member"]),
    ]
    assert table.client.chat(group)["members"] == [ann.id, 4200000001]
    ben.joins(group)
    with pytest.raises(PlaygroundError, match="was removed from this chat"):
        cleo.joins(group)
    with pytest.raises(PlaygroundError, match="cannot join"):
        ben.joins(group)
    with pytest.raises(PlaygroundError, match="is not in this chat"):
        cleo.sends("x", chat=group)
    with pytest.raises(PlaygroundError, match="cannot be removed"):
        ann.removes(ann, group)
    with pytest.raises(PlaygroundError, match="no administrator"):
        ben.removes(ann, group)


def test_who_is_restricted_does_not_write(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = table.client.add_group("Harbour", [ann, ben])
    ann.restricts(ben, group)
    assert ben.id in table.client.chat(group)["members"]
    with pytest.raises(PlaygroundError, match="may not write here"):
        ben.sends("x", chat=group)
    with pytest.raises(PlaygroundError, match="cannot be restricted"):
        ann.restricts(ann, group)


def test_changes_of_people_are_told_to_an_administrator_that_asks_for_them(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = table.client.add_group("Harbour", [ann])
    ann.adds_bot(group)
    ben.joins(group)
    table.forgets()
    table.updates(allowed_updates=["chat_member"])
    ben.leaves(group)
    assert table.updates() == []
    ann.promotes_bot(group)
    ben.joins(group)
    change = table.updates()[-1]["chat_member"]
    assert change["new_chat_member"]["user"]["id"] == ben.id
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "left",
        "member",
    )
    assert len(table.updates()) == 1


@pytest.mark.parametrize(
    "told", [{"action": "dance"}, {}, {"action": "add", "who": 5}, {"action": "add", "who": "Ann"}]
)
def test_an_action_that_makes_no_sense_is_told_so(
    table: Table, ann: PersonHandle, told: Json
) -> None:
    group = table.client.add_group("Harbour", [ann])
    with pytest.raises(PlaygroundError):
        table.client.request("POST", f"chats/{group}/members", json={"from": ann.id, **told})


def test_a_private_chat_is_for_two(table: Table, ann: PersonHandle, ben: PersonHandle) -> None:
    acts: list[Callable[[], None]] = [
        lambda: ben.joins(ann.id),
        lambda: ann.leaves(ann.id),
        lambda: ann.adds(ben, ann.id),
        lambda: ann.removes_bot(ann.id),
        lambda: ann.promotes_bot(ann.id),
    ]
    for act in acts:
        with pytest.raises(PlaygroundError):
            act()
