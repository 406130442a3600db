"""Channels: posts, their edits, who may write there, and what is forwarded from them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playground_bot import Json, Table, laid
from telegram import Update

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


def a_channel(
    table: Table, owner: PersonHandle, readers: list[PersonHandle], *, signs: bool = False
) -> int:
    """A new channel in which the bot is an administrator, who has heard of nothing there yet."""
    channel = table.client.add_channel("Harbour News", owner, subscribers=readers, signs=signs)
    owner.adds_bot(channel)
    table.forgets()
    return channel


def test_a_post_stands_in_the_name_of_the_channel(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = a_channel(table, ann, [ben])
    sent = ann.sends("The lamp is lit.", chat=channel)[0]
    assert sent["written_by"]["id"] == ann.id
    update = table.updates()[-1]
    post: Json = update["channel_post"]
    assert post == {
        "message_id": 1,
        "sender_chat": {"id": channel, "title": "Harbour News", "type": "channel"},
        "chat": {"id": channel, "title": "Harbour News", "type": "channel"},
        "date": post["date"],
        "text": "The lamp is lit.",
    }
    read = Update.de_json(update, None)
    assert read.effective_user is None
    assert read.effective_message is not None
    assert not read.effective_message.api_kwargs


def test_an_edited_post_is_told_as_one_and_who_runs_the_channel_may_edit_any(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = a_channel(table, ann, [ben])
    sent = ann.sends("The lamp is out.", chat=channel)[0]["message_id"]
    with pytest.raises(PlaygroundError, match="Only who wrote"):
        ben.edits(sent, "x", chat=channel)
    ann.promotes(ben, channel)
    ben.edits(sent, "The lamp is lit.", chat=channel)
    found = [update for update in table.updates() if "edited_channel_post" in update]
    assert [update["edited_channel_post"]["text"] for update in found] == ["The lamp is lit."]
    assert found[0]["edited_channel_post"]["edit_date"]


def test_an_album_is_posted_as_one_and_signed_where_the_channel_signs(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = a_channel(table, ann, [ben], signs=True)
    ann.uploads({"a.txt": b"a", "b.txt": b"b"}, caption="Two", chat=channel)
    posts = [update["channel_post"] for update in table.updates()]
    assert len({post["media_group_id"] for post in posts}) == 1
    assert {post["author_signature"] for post in posts} == {ann.first_name}
    assert [post.get("caption") for post in posts] == ["Two", None]
    forwarded = ben.forwards([post["message_id"] for post in posts], from_chat=channel)
    assert [message["forward_origin"]["message_id"] for message in forwarded] == [1, 2]
    assert forwarded[0]["forward_origin"] == {
        "type": "channel",
        "date": posts[0]["date"],
        "chat": {"id": channel, "title": "Harbour News", "type": "channel"},
        "message_id": 1,
        "author_signature": ann.first_name,
    }
    assert len({message["media_group_id"] for message in forwarded}) == 1


def test_readers_read_and_do_not_post(table: Table, ann: PersonHandle, ben: PersonHandle) -> None:
    channel = a_channel(table, ann, [ben])
    ann.sends("The lamp is lit.", chat=channel)
    assert ben.messages(channel)[-1]["text"] == "The lamp is lit."
    refused = pytest.raises(PlaygroundError, match="Only administrators post")
    with refused:
        ben.sends("x", chat=channel)
    with refused:
        ben.uploads({"a.txt": b"x"}, chat=channel)
    with refused:
        ben.forwards_from({"type": "user", "name": "x"}, {"text": "x"}, chat=channel)
    with pytest.raises(PlaygroundError, match="is not in this chat"):
        table.somebody().forwards([1], from_chat=channel)


def test_the_bot_posts_only_where_it_runs_the_channel(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = a_channel(table, ann, [ben])
    sent = table.does("sendMessage", chat_id=channel, text="From the bot")
    assert "from" not in sent
    assert sent["sender_chat"]["id"] == channel
    assert "written_by" not in sent
    assert ann.waits_for("From the bot", 2, chat=channel)["written_by"]["is_bot"] is True
    assert table.updates() == []
    table.does("editMessageText", chat_id=channel, message_id=sent["message_id"], text="Again")
    public = table.client.add_channel("Open News", ann, username="@open_news")
    for chat in (public, "@Open_News"):
        assert table.does("getChat", chat_id=chat)["active_usernames"] == ["open_news"]
        refused = table.refused("sendMessage", chat_id=chat, text="x")
        assert refused == "403 Forbidden: bot is not a member of the channel chat"
    refused = table.refused("getChatMember", chat_id=public, user_id=ann.id)
    assert refused == "400 Bad Request: member list is inaccessible"
    with pytest.raises(PlaygroundError, match="taken"):
        table.client.add_channel("Open News", ann, username="open_news")


def test_in_a_channel_a_bot_is_an_administrator_or_nothing(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = table.client.add_channel("Harbour News", ann, subscribers=[ben])
    with pytest.raises(PlaygroundError, match="no administrator"):
        ben.adds_bot(channel)
    table.forgets()
    ann.adds_bot(channel)
    changes = [update["my_chat_member"] for update in table.updates()]
    assert [change["new_chat_member"]["status"] for change in changes] == ["administrator"]
    assert changes[0]["new_chat_member"]["can_post_messages"] is True
    assert changes[0]["from"]["id"] == ann.id
    assert ann.messages(channel) == []
    ann.promotes_bot(channel, admin=False)
    assert table.updates()[-1]["my_chat_member"]["new_chat_member"]["status"] == "left"
    refused = table.refused("sendMessage", chat_id=channel, text="x")
    assert refused == "403 Forbidden: bot is not a member of the channel chat"


def test_people_come_to_a_channel_and_go_silently(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = a_channel(table, ann, [])
    ben.joins(channel)
    assert table.does("getChatMemberCount", chat_id=channel) == 3
    ben.leaves(channel)
    assert table.does("getChatMember", chat_id=channel, user_id=ben.id)["status"] == "left"
    assert ann.messages(channel) == []
    assert table.updates() == []


def test_a_forward_that_is_told_of_a_known_channel_is_of_that_channel(
    table: Table, ann: PersonHandle
) -> None:
    channel = table.client.add_channel("Quay News", ann, username="quay_news")
    origin = {"type": "channel", "title": "Another", "username": "@quay_news", "message_id": 7}
    sent = ann.forwards_from(origin, {"text": "An older post"})[0]
    assert sent["forward_origin"]["chat"]["id"] == channel
    assert sent["forward_origin"]["chat"]["title"] == "Quay News"
    assert sent["forward_origin"]["message_id"] == 7
