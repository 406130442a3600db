"""Chats that Telegram Desktop has exported are taken in: with progress, stopped, gone on with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stage import RunningBot, ann, ben, client, newcomer, running, stage  # noqa: F401
from talk_articles import asks, labels, presses, unhurried  # noqa: F401
from talk_libraries import kept_by, until_kept
from talk_shared import chooses, said

from bot.playground import PersonHandle, Playground, PlaygroundClient
from bot.playground.handles import text_of

MANY = 240
FIRST = 100
HOW_MANY_CRATES = "How many crates came in with boat 7?"


@pytest.fixture(scope="module", autouse=True)
def in_small_parts() -> Iterator[None]:
    """So that there is a middle of an import of some hundred posts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.post_import.AT_ONCE", 20)
        yield


def export_of(channel: int, title: str, count: int) -> bytes:
    """The export of a channel with so many short posts, and a notice."""
    number = -channel - 10**12
    messages: list[dict[str, Any]] = [
        {
            "id": FIRST + each,
            "type": "message",
            "date": "2024-05-01T12:00:00",
            "date_unixtime": str(1_714_557_600 + 60 * each),
            "from": title,
            "from_id": f"channel{number}",
            "text": [
                f"Report {each}\n\nBoat {each} came into the harbour with ",
                {"type": "bold", "text": f"{7 * each} crates"},
                " of mackerel.",
            ],
            "text_entities": [],
        }
        for each in range(1, count + 1)
    ]
    messages.insert(0, {"id": 0, "type": "service", "action": "create_channel", "text": ""})
    told = {"name": title, "type": "private_channel", "id": number, "messages": messages}
    return json.dumps(told, indent=1).encode()


def channel_of(
    bot: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> tuple[int, str]:
    """A channel of Ann's with the bot in it, that Ben reads; it holds one post."""
    title = f"Boat Post {ann.id}"
    channel = client.add_channel(title, ann, subscribers=[ben])
    ann.adds_bot(channel, admin=True)
    ann.sends("Here you read what the boats bring in.", chat=channel)
    until_kept(bot, channel, lambda found: len(found) == 1)
    return channel, title


def test_anns_export_becomes_the_channels_articles_which_ben_asks(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel, title = channel_of(stage, client, ann, ben)
    data = export_of(channel, title, 12)
    ann.uploads({"result.json": data})
    asked = ann.waits_for("which you run")
    assert labels(asked) == [title, "My own articles"]
    ann.presses(asked, title)
    told = ann.waits_for("taken in")
    assert told["message_id"] == asked["message_id"]
    assert text_of(told) == f"✓ 12 articles taken in.\nThey are among the articles of {title}."
    assert (
        kept_by(stage, channel)[7].article.source
        == f"https://t.me/c/{-channel - 10**12}/{FIRST + 7}"
    )
    chooses(ben, title)
    assert said(ben, HOW_MANY_CRATES).startswith("49")

    # Ben's is his own, wherever he says that it shall go.
    ben.uploads({"result.json": data})
    assert text_of(ben.waits_for("taken in")) == "✓ 12 articles taken in."
    assert (len(kept_by(stage, channel)), len(kept_by(stage, ben.id))) == (13, 12)
    # A second time there is nothing new.
    ann.uploads({"result.json": data})
    ann.presses(ann.waits_for("which you run"), title)
    assert text_of(ann.waits_for("already")).startswith("You have all of these already.")
    assert len(kept_by(stage, channel)) == 13


def test_an_import_that_the_bots_end_cut_off_goes_on_at_its_next_start_and_adds_nothing_twice(
    tmp_path: Path,
) -> None:
    with Playground() as playground, PlaygroundClient(playground.url) as client:
        ann, ben = newcomer(client), newcomer(client)
        with running(playground, tmp_path, access="everyone") as bot:
            channel, title = channel_of(bot, client, ann, ben)
            ann.uploads({"result.json": export_of(channel, title, MANY)})
            asked = ann.waits_for("which you run")
            ann.presses(asked, title)
            assert labels(ann.waits_for("Taking in…")) == ["Stop"]
            until_kept(bot, channel, lambda found: len(found) > 1)
        before = len(kept_by(bot, channel))
        assert 1 < before < MANY
        with running(playground, tmp_path, access="everyone") as bot:
            told = ann.waits_for("taken in", 60)
            assert text_of(told).startswith(f"✓ {MANY} articles taken in.")
            assert told["message_id"] == asked["message_id"]
            kept = kept_by(bot, channel)
            assert len({each.article.address for each in kept}) == len(kept) == MANY + 1
            chooses(ben, title)
            assert said(ben, HOW_MANY_CRATES).startswith("49")


def test_ann_stops_an_import_and_goes_on_with_it(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel, title = channel_of(stage, client, ann, ben)
    ann.uploads({"result.json": export_of(channel, title, MANY)})
    ann.presses(ann.waits_for("which you run"), title)
    shown = ann.waits_for("Taking in…")
    assert ann.presses(shown, "Stop")["text"] == "I stop in a moment."
    stopped = ann.waits_for("Stopped")
    assert labels(stopped) == ["Go on"]
    held = len(kept_by(stage, channel))
    assert held < MANY
    # Ben's chat is not held up by it.
    assert said(ben, "/stats").startswith("You have no articles yet.")
    ann.presses(stopped, "Go on")
    assert text_of(ann.waits_for("taken in", 60)).startswith(f"✓ {MANY} articles taken in.")
    assert len(kept_by(stage, channel)) == MANY + 1
