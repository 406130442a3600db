"""The bot about itself and its chats; tokens, and methods that there are not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playground_bot import GROUP, Table, laid
from telegram import Bot, ChatFullInfo, Message, Update

from bot.playground import Playground
from bot.playground.methods import METHODS


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def test_a_bot_knows_itself(table: Table) -> None:
    me = table.does("getMe")
    assert me["id"] == int(table.playground.token.split(":")[0])
    assert (me["first_name"], me["username"]) == ("Cuttings", "cuttings_bot")


@pytest.mark.parametrize(
    ("token", "code", "description"),
    [
        ("4200000001:" + "x" * 35, 401, "Unauthorized"),
        ("no-token", 404, "Not Found"),
        ("12:ab", 404, "Not Found"),
    ],
)
def test_a_wrong_token_is_refused(table: Table, token: str, code: int, description: str) -> None:
    response = table.http.post(f"/bot{token}/getMe")
    assert response.status_code == code
    assert response.json() == {"ok": False, "error_code": code, "description": description}


def test_what_the_playground_does_not_know_it_refuses(table: Table) -> None:
    for method in ("sendPhoto", "sendPoll", "setWebhook", "sendInvoice", "nonsense"):
        assert table.refused(method, chat_id=1) == "404 Not Found"


def test_every_method_of_the_playground_is_one_of_telegrams() -> None:
    known = {name.replace("_", "").lower() for name in dir(Bot)}
    assert set(METHODS) <= known


def test_bodies_that_cannot_be_read_are_refused(table: Table) -> None:
    path = f"/bot{table.playground.token}/sendMessage"
    for body, kind in (
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b"x", "multipart/form-data; boundary=y"),
        (b"x", "multipart/form-data"),
    ):
        response = table.http.post(path, content=body, headers={"content-type": kind})
        assert (response.status_code, response.json()["ok"]) == (400, False)


def test_commands_are_kept_by_scope_and_language(table: Table) -> None:
    help_command = {"command": "help", "description": "What I can do"}
    ask = {"command": "ask", "description": "Ask"}
    before = table.client.cursor()
    assert table.does("setMyCommands", commands=[help_command]) is True
    table.does("setMyCommands", commands=[ask], language_code="de")
    table.does("setMyCommands", commands=[ask], scope={"type": "chat", "chat_id": GROUP})
    assert table.does("getMyCommands") == [help_command]
    assert table.does("getMyCommands", language_code="de") == [ask]
    assert table.does("getMyCommands", scope={"type": "all_private_chats"}) == []
    assert table.client.world()["bot"]["commands"] == [help_command]
    events = [event for event in table.client.events(before) if event["type"] == "commands"]
    assert events[0]["commands"] == [help_command]
    assert table.does("deleteMyCommands") is True
    assert table.does("getMyCommands") == []


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"commands": [{"command": "Two Words", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            {"commands": [{"command": "a", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            {"commands": [{"command": f"c{n}", "description": "x"} for n in range(101)]},
            "BOT_COMMANDS_TOO_MUCH",
        ),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ({"commands": [], "language_code": "English"}, "invalid language code specified"),
    ],
)
def test_commands_that_telegram_does_not_take_are_refused(
    table: Table, parameters: dict[str, Any], description: str
) -> None:
    found = table.refused("setMyCommands", **parameters)
    assert found == f"400 Bad Request: {description}"


def test_descriptions_are_kept_and_limited(table: Table) -> None:
    table.does("setMyDescription", description="Keeps articles")
    table.does("setMyShortDescription", short_description="Cuttings")
    assert table.does("getMyDescription") == {"description": "Keeps articles"}
    assert table.does("getMyDescription", language_code="de") == {"description": "Keeps articles"}
    assert table.does("getMyShortDescription") == {"short_description": "Cuttings"}
    assert table.does("getMyName") == {"name": "Cuttings"}
    assert "too long" in table.refused("setMyDescription", description="x" * 513)
    assert "too long" in table.refused("setMyShortDescription", short_description="x" * 121)


def test_chats_and_their_members_are_told(table: Table) -> None:
    ann = table.somebody()
    for chat in (ann.id, GROUP):
        full = ChatFullInfo.de_json(table.does("getChat", chat_id=chat), None)
        assert full.id == chat
    assert table.does("getChatMemberCount", chat_id=GROUP) == 4
    bot = table.does("getMe")["id"]
    statuses = {
        user: table.does("getChatMember", chat_id=GROUP, user_id=user)["status"]
        for user in (1001, 1002, bot, ann.id)
    }
    assert statuses == {1001: "creator", 1002: "member", bot: "member", ann.id: "left"}
    owners = table.does("getChatAdministrators", chat_id=GROUP)
    assert [owner["user"]["id"] for owner in owners] == [1001]
    assert "no administrators" in table.refused("getChatAdministrators", chat_id=ann.id)
    member = table.refused("getChatMember", chat_id=GROUP, user_id=5)
    assert member == "400 Bad Request: PARTICIPANT_ID_INVALID"


def test_a_bot_reacts_with_an_emoji_that_telegram_knows(table: Table) -> None:
    ann = table.somebody()
    sent = ann.sends("x")[0]
    target = {"chat_id": ann.id, "message_id": sent["message_id"]}
    eyes = {"type": "emoji", "emoji": "👀"}
    assert table.does("setMessageReaction", **target, reaction=[eyes]) is True
    assert ann.waits_for_event("reaction", 2)["reaction"] == [eyes]
    assert ann.messages()[-1]["reactions"] == [eyes]
    heart = {"type": "emoji", "emoji": "❤\ufe0f"}
    table.does("setMessageReaction", **target, reaction=[heart])
    wrong = {"type": "emoji", "emoji": "🦉"}
    invalid = table.refused("setMessageReaction", **target, reaction=[wrong])
    assert invalid == "400 Bad Request: REACTION_INVALID"
    many = table.refused("setMessageReaction", **target, reaction=[eyes, heart])
    assert many == "400 Bad Request: REACTIONS_TOO_MANY"
    table.does("setMessageReaction", **target, reaction=[])
    assert "reactions" not in ann.messages()[-1]
    ann.edits(sent["message_id"], "y")
    assert "reactions" not in table.updates()[-1]["edited_message"]
    table.forgets()


def assert_kept(raw: Any, read: Any) -> None:
    """Everything of `raw` is in `read`, which may say more."""
    if isinstance(raw, dict):
        for name, value in raw.items():
            assert_kept(value, read[name])
    elif isinstance(raw, list):
        assert len(raw) == len(read)
        for value, other in zip(raw, read, strict=True):
            assert_kept(value, other)
    else:
        assert raw == read


def test_messages_lose_nothing_on_their_way_through_the_library_of_the_bot(table: Table) -> None:
    ann = table.somebody()
    target = table.says(ann, "a <b>bold</b> word", parse_mode="HTML")
    ann.sends("why? see a.org", reply_to=target["message_id"], quote="bold")
    ann.uploads({"a.txt": b"a", "b.txt": b"b"}, caption="two")
    channel = {"type": "channel", "title": "News", "username": "news", "message_id": 3}
    ann.forwards_from(channel, {"text": "post"}, comment="look")
    ann.sends_rich([{"type": "paragraph", "text": "x"}])
    edited = ann.edits(ann.sends("old")[0]["message_id"], "new")
    assert edited["text"] == "new"
    ann.blocks()
    updates = table.updates()
    assert len(updates) == 9
    for raw in updates:
        assert_kept(raw, Update.de_json(raw, None).to_dict())
    assert_kept(target, Message.de_json(target, None).to_dict())
    table.forgets()


def test_a_playground_wants_a_token_that_could_be_one() -> None:
    with pytest.raises(ValueError, match="A token is a number"):
        Playground("nonsense")
