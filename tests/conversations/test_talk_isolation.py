"""The strongest attacks once more, on the real bot: nobody is told or loses what is another's."""

from __future__ import annotations

import json
from collections.abc import Sequence

import httpx
from stage import Message, RunningBot, ann, ben, client, stage  # noqa: F401
from talk_articles import SECRET, asks, presses, saves, unhurried  # noqa: F401
from talk_libraries import kept_by
from talk_shared import BELLS, WELL, WHO_CAST, WHO_HEARD, chooses, holds, said

from bot.playground import PersonHandle, PlaygroundClient
from bot.playground.handles import buttons_of, text_of

NAME = "@cuttings_bot"
WHO_SAW = "Who puts a saucer on the jetty for the heron?"
SECRETS = ("Petra", "Vance", "marmalade", "Hedda", "Carl Tvedt", "Osk")
NEWS = """\
New bells for Orrin Bridge

The bells of Orrin Bridge were cast again in May. The founder of the bells is Bruno Falk now, who \
brought a kiln of his own.
"""


def presses_forged(
    stage: RunningBot, person: PersonHandle, chat: int, every: Sequence[str]
) -> None:
    """Press buttons that somebody has thought of, each below a message of the bot's."""
    url = f"{stage.playground.base_url}{stage.playground.token}/sendMessage"
    for data in dict.fromkeys(every):
        buttons = {"inline_keyboard": [[{"text": data, "callback_data": data}]]}
        told = {"chat_id": chat, "text": "Forged", "reply_markup": buttons}
        sent: Message = httpx.post(url, json=told, trust_env=False).json()["result"]
        person.presses(sent, data)


def offered(*messages: Message) -> list[str]:
    """What the buttons of these messages carry."""
    return [each["callback_data"] for message in messages for each in buttons_of(message)]


def everything_in(client: PlaygroundClient, chat: int) -> str:
    """All that stands in a chat."""
    return json.dumps(client.messages(chat), ensure_ascii=False)


def assert_untold(client: PlaygroundClient, chat: int) -> None:
    told = everything_in(client, chat)
    assert not [secret for secret in SECRETS if secret in told]


def test_the_buttons_of_one_chat_do_nothing_in_another(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    ann.sends(SECRET)
    receipt = ann.waits_for("✓ Saved")
    answer = asks(ann, WHO_SAW)
    assert "Petra" in text_of(answer)
    listed = asks(ann, "/articles")
    data = offered(receipt, answer, listed)
    opened = presses(ann, listed, "1")
    data += offered(opened)
    data += offered(presses(ann, opened, "Delete"))
    number = data[0].partition(":")[2]
    data += [f"{verb}:{number}" for verb in ("question", "answer", "save", "goon", "unpost")]
    data += [f"more:{number}:0", "forget", "settings", "zone:1", f"use:{ann.id}", "newlist"]
    asks(ben, "/start")
    group = client.add_group(f"Herons {ben.id}", [ben])
    ben.adds_bot(group)
    for chat in (ben.id, group):
        presses_forged(stage, ben, chat, data)
        assert_untold(client, chat)
    (kept,) = kept_by(stage, ann.id)
    assert kept.text.startswith("The marmalade heron")
    assert "Petra" in said(ann, WHO_SAW)


def test_nobody_is_answered_from_another_persons_articles(
    client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    saves(ann, SECRET)
    for question in (WHO_SAW, f"/ask {WHO_SAW}", f"/watch {WHO_SAW}", "/articles", "/export"):
        asks(ben, question)
    assert ben.asks_inline(WHO_SAW) == []
    assert_untold(client, ben.id)


def test_who_was_removed_hears_nothing_of_what_they_used(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    title = f"Ringers {ann.id}"
    group = client.add_group(title, [ann, ben])
    ann.adds_bot(group)
    ann.waits_for("", chat=group)
    chooses(ben, title)
    begun = asks(ben, f"/watch {WHO_CAST}")
    assert text_of(begun).startswith("I ask this")
    ann.removes(ben, group)
    ann.sends(f"{NAME} {NEWS}", chat=group)
    ann.waits_for("✓", chat=group)
    assert title in text_of(ben.waits_for("so I don't ask this any more"))
    holds(stage, group, BELLS)
    for question in (WHO_CAST, "/articles", "/stats", "/use"):
        ben.sends(question)
    ben.waits_for("I know of no group")
    assert "Falk" not in everything_in(client, ben.id)
    assert_untold(client, ben.id)


def test_a_member_cannot_take_away_what_another_has_sent(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = client.add_group(f"Well {ann.id}", [ann, ben])
    ann.adds_bot(group)
    ann.sends(f"{NAME} {WELL}", chat=group)
    first = ann.waits_for("✓ Saved", chat=group)
    (again,) = ben.sends(f"{NAME} {WELL}", chat=group)
    ben.waits_for("already", chat=group)
    (kept,) = kept_by(stage, group)
    last = int(offered(first)[0].split(":")[1]) + 5
    numbers = range(max(1, last - 10), last)
    data = [f"{verb}:{number}" for number in numbers for verb in ("undo", "question", "feed")]
    data = [each + ":1" if each.startswith("feed") else each for each in data]
    data += [f"remove:{kept.article.id}:{number}" for number in numbers]
    data += [f"remove:{kept.article.id}", "forgetall", "quiet:1"]
    presses_forged(stage, ben, group, data)
    ben.edits(again["message_id"], f"{NAME} {NEWS}", chat=group)
    ben.sends(f"/export{NAME}", chat=group)
    ben.waits_for("administrators", chat=group)
    assert kept_by(stage, group) == [kept]
    ann.sends(f"{NAME} {WHO_HEARD}", chat=group)
    assert "Carl Tvedt" in text_of(ann.waits_for("Carl Tvedt", chat=group))


def test_a_channels_posts_reach_its_library_from_nobody_who_only_reads_it(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = client.add_channel(f"Wells {ann.id}", ann, subscribers=[ben])
    (post,) = ann.sends(WELL, chat=channel)
    asks(ann, "/start")
    ann.adds_bot(channel, admin=True)
    ann.waits_for("Wells")
    ben.forwards([post["message_id"]], from_chat=channel)
    ben.waits_for("✓ Saved")
    number = -channel - 10**12
    message = {"id": 5, "type": "message", "date_unixtime": "1714557600", "text": BELLS}
    export = {"name": "Wells", "type": "private_channel", "id": number, "messages": [message]}
    ben.uploads({"result.json": json.dumps(export).encode()})
    ben.waits_for("taken in")
    assert kept_by(stage, channel) == []
    assert len(kept_by(stage, ben.id)) == 2
