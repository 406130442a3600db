"""Groups with several people: who sees what, who runs them, who writes without a name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playground_bot import GROUP, Json, Table, laid
from telegram import ChatMember, Update
from telegram.constants import ChatMemberStatus

from bot.playground import PersonHandle
from bot.playground.client import PlaygroundError


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


@pytest.fixture
def ann(table: Table) -> Iterator[PersonHandle]:
    yield table.somebody()
    table.forgets()


@pytest.fixture
def ben(table: Table) -> PersonHandle:
    return table.somebody()


def a_group(
    table: Table,
    people: list[PersonHandle],
    *,
    admin: bool = False,
    forum: bool = False,
    basic: bool = False,
) -> int:
    """A new group with the bot, who has heard of nothing there yet."""
    group = table.client.add_group("Harbour", people, forum=forum, basic=basic)
    people[0].adds_bot(group, admin=admin)
    table.forgets()
    return group


def texts(table: Table) -> list[str]:
    """What the bot was told in messages."""
    return [message.get("text", "") for message in table.messages()]


def test_a_new_group_has_its_people_and_not_the_bot(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    before = table.client.cursor()
    group = table.client.add_group(" Harbour ", [ann, ben])
    told = table.client.chat(group)
    assert (told["type"], told["title"], told["is_forum"]) == ("supergroup", "Harbour", False)
    assert told["members"] == [ann.id, ben.id]
    assert told["standings"] == {str(ann.id): "creator", str(ben.id): "member"}
    assert told["bot"] == "left"
    assert group not in (GROUP, *(chat for chat in (ann.id, ben.id)))
    event = table.client.events(before, chat=group)[0]
    assert (event["type"], event["chat"]) == ("chat", told)
    assert table.refused("getChat", chat_id=group) == "400 Bad Request: chat not found"
    assert table.refused("sendMessage", chat_id=group, text="x").endswith("chat not found")
    ben.sends("/hello", chat=group)
    assert texts(table) == []


def test_groups_have_messages_of_their_own_and_basic_ones_share_their_count(
    table: Table, ann: PersonHandle
) -> None:
    one, other = a_group(table, [ann]), a_group(table, [ann])
    assert ann.sends("x", chat=one)[0]["message_id"] == ann.sends("x", chat=other)[0]["message_id"]
    basic = a_group(table, [ann], basic=True)
    assert basic > -(10**9) > one
    in_private = ann.sends("x")[0]["message_id"]
    assert ann.sends("x", chat=basic)[0]["message_id"] == in_private + 1


@pytest.mark.parametrize("basic", [False, True])
def test_privacy_mode_hides_talk_from_a_member_and_not_from_an_administrator(
    table: Table, ann: PersonHandle, ben: PersonHandle, basic: bool
) -> None:
    group = a_group(table, [ann, ben], basic=basic)
    ben.sends("just talk", chat=group)
    ben.sends("well, @cuttings_bot?", chat=group)
    assert texts(table) == ["well, @cuttings_bot?"]
    ann.promotes_bot(group)
    said = ben.sends("more talk", chat=group)[0]
    ben.edits(said["message_id"], "better talk", chat=group)
    found = [update for update in table.updates() if "my_chat_member" not in update]
    assert [next(k for k in update if k != "update_id") for update in found] == [
        "message",
        "edited_message",
    ]
    ann.promotes_bot(group, admin=False)
    table.forgets()
    ben.sends("yet more talk", chat=group)
    assert texts(table) == []


def test_a_reply_in_a_supergroup_has_a_thread_that_is_no_topic(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = a_group(table, [ann, ben], admin=True)
    first = ann.sends("first", chat=group)[0]
    second = ben.sends("second", chat=group, reply_to=first["message_id"])[0]
    third = ann.sends("third", chat=group, reply_to=second["message_id"])[0]
    assert "message_thread_id" not in first
    for reply in (second, third):
        assert reply["message_thread_id"] == first["message_id"]
        assert "is_topic_message" not in reply
    refused = table.refused(
        "sendMessage", chat_id=group, text="x", message_thread_id=first["message_id"]
    )
    assert refused == "400 Bad Request: message thread not found"
    basic = a_group(table, [ann, ben], basic=True)
    first = ann.sends("first", chat=basic)[0]
    reply = ben.sends("second", chat=basic, reply_to=first["message_id"])[0]
    assert "message_thread_id" not in reply


def test_an_administrator_may_write_in_the_name_of_the_group(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = a_group(table, [ann, ben])
    sent = ann.sends("/hello", chat=group, anonymous=True)[0]
    assert sent["written_by"]["id"] == ann.id
    told = table.messages()[0]
    assert told["from"] == {
        "id": 1087968824,
        "is_bot": True,
        "first_name": "Group",
        "username": "GroupAnonymousBot",
    }
    assert told["sender_chat"] == told["chat"]
    assert "written_by" not in told
    assert ann.heard(group) == []
    ann.edits(sent["message_id"], "/hello again", chat=group)
    with pytest.raises(PlaygroundError, match="Only administrators of a supergroup"):
        ben.sends("x", chat=group, anonymous=True)
    with pytest.raises(PlaygroundError, match="Only administrators of a supergroup"):
        ann.sends("x", chat=a_group(table, [ann], basic=True), anonymous=True)
    forwarded = ben.forwards([sent["message_id"]], from_chat=group)[0]
    assert forwarded["forward_origin"]["type"] == "chat"
    assert forwarded["forward_origin"]["sender_chat"]["id"] == group


def test_who_runs_a_group_is_told_as_the_library_reads_it(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    cleo = table.somebody()
    group = a_group(table, [ann, ben])
    ann.promotes(ben, group)
    runs = table.does("getChatAdministrators", chat_id=group)
    assert [(one["user"]["id"], one["status"]) for one in runs] == [
        (ann.id, "creator"),
        (ben.id, "administrator"),
    ]
    assert table.does("getChatMemberCount", chat_id=group) == 3
    read = [ChatMember.de_json(one, None) for one in runs]
    assert [one.status for one in read] == [ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR]
    assert member(table, group, cleo) == {"user": user(cleo), "status": "left"}
    cleo.joins(group)
    assert member(table, group, cleo)["status"] == "member"
    ann.restricts(cleo, group, is_member=False)
    restricted = ChatMember.de_json(member(table, group, cleo), None)
    assert restricted.status == ChatMemberStatus.RESTRICTED
    assert restricted.to_dict()["is_member"] is False
    assert table.does("getChatMemberCount", chat_id=group) == 3
    ben.removes(cleo, group)
    assert ChatMember.de_json(member(table, group, cleo), None).status == ChatMemberStatus.BANNED


def member(table: Table, group: int, person: PersonHandle) -> Json:
    found: Json = table.does("getChatMember", chat_id=group, user_id=person.id)
    return found


def user(person: PersonHandle) -> Json:
    told: Json = next(
        p for p in person.client.request("GET", "world")["people"] if p["id"] == person.id
    )
    return told


def test_only_who_runs_a_group_deletes_what_others_wrote(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = a_group(table, [ann, ben])
    of_ann, of_ben = (one.sends("x", chat=group)[0]["message_id"] for one in (ann, ben))
    with pytest.raises(PlaygroundError, match="Only who wrote a message"):
        ben.deletes(of_ann, chat=group)
    refused = table.refused("deleteMessage", chat_id=group, message_id=of_ben)
    assert refused == "400 Bad Request: message can't be deleted"
    ann.deletes(of_ben, chat=group)
    ann.promotes_bot(group)
    assert table.does("deleteMessage", chat_id=group, message_id=of_ann) is True
    assert [m for m in ann.messages(group) if "text" in m] == []


def test_a_button_in_a_group_tells_who_pressed_it(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = a_group(table, [ann, ben])
    keys = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    sent = table.does("sendMessage", chat_id=group, text="Here.", reply_markup=keys)
    ben.taps(sent, "More")
    query = table.updates()[-1]["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (ben.id, group)
    with pytest.raises(PlaygroundError, match="is not in this chat"):
        table.somebody().taps(sent, "More")


def test_a_reaction_of_the_bot_stands_at_the_message_in_the_group(
    table: Table, ann: PersonHandle
) -> None:
    group = a_group(table, [ann])
    sent = ann.sends("https://harbour.example/news", chat=group)[0]
    reaction = [{"type": "emoji", "emoji": "✍"}]
    there = {"chat_id": group, "message_id": sent["message_id"]}
    assert table.does("setMessageReaction", **there, reaction=reaction) is True
    assert ann.waits_for_event("reaction", 2, chat=group)["message_id"] == sent["message_id"]
    assert ann.messages(group)[-1]["reactions"] == reaction
    wrong = table.refused(
        "setMessageReaction", **there, reaction=[{"type": "emoji", "emoji": "✅"}]
    )
    assert wrong == "400 Bad Request: REACTION_INVALID"


def test_a_group_is_told_in_full(table: Table, ann: PersonHandle) -> None:
    group = a_group(table, [ann], forum=True)
    full = table.does("getChat", chat_id=group)
    assert (full["type"], full["title"], full["is_forum"]) == ("supergroup", "Harbour", True)
    assert full["permissions"]["can_send_messages"] is True


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"title": "", "people": [1001]}, "1 to 128 characters"),
        ({"title": "x" * 129, "people": [1001]}, "1 to 128 characters"),
        ({"title": "x", "people": []}, "at least one person"),
        ({"title": "x", "people": "Ann"}, "list of people"),
        ({"title": "x", "people": [5]}, "no such person"),
        ({"title": "x", "people": [1001], "forum": True, "basic": True}, "Only supergroups"),
    ],
)
def test_a_group_that_cannot_be_is_not_made(table: Table, told: Json, reason: str) -> None:
    with pytest.raises(PlaygroundError, match=reason):
        table.client.request("POST", "groups", json=told)


def test_the_library_of_a_bot_reads_every_update_of_a_group(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = table.client.add_group("Harbour", [ann], forum=True)
    ann.adds_bot(group, admin=True)
    ben.joins(group)
    topic = ann.opens_topic(group, "Ferries")
    ben.sends("hello", chat=group, topic=topic)
    ann.sends("hello", chat=group, anonymous=True)
    ben.leaves(group)
    ann.removes_bot(group)
    read = [Update.de_json(update, None) for update in table.updates()]
    assert len(read) == 8
    for update in read:
        assert not (update.effective_message and update.effective_message.api_kwargs)
        assert not update.api_kwargs
        assert update.effective_chat is not None
        assert update.effective_chat.is_forum is True
