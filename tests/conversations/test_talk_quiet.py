"""With quiet saving a group's links, files and long posts are kept, with a reaction each."""

from __future__ import annotations

from stage import ann, ben, client  # noqa: F401
from talk_articles import BAKERY, LIGHTHOUSE, OBSERVATORY, unhurried  # noqa: F401
from talk_sites import Paper, page_of, site, stage  # noqa: F401
from talk_together import asks_in, did, group_of, keeps_quietly, name_of

from bot.playground import PersonHandle, PlaygroundClient
from bot.playground.handles import text_of


def test_what_people_send_one_another_is_kept_and_found(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
    site: Paper,
) -> None:
    bot, chat = name_of(client), group_of(client, [ann, ben])
    keeps_quietly(ann, chat)
    since = client.cursor()
    comet = site.has("/comet", page_of(OBSERVATORY))
    kept = [
        *ben.sends(LIGHTHOUSE, chat=chat),
        *ben.uploads({"bakery.txt": BAKERY.encode()}, chat=chat),
        *ann.sends(f"Look at this: {comet}", chat=chat),
    ]
    ben.sends("Who would have thought that?", chat=chat)
    ann.sends(f"{comet}/nowhere", chat=chat)
    while did(client, chat, since).count("reaction") < len(kept):
        client.events(client.cursor(), 1.0, chat)
    marked = {
        message["message_id"]: message["reactions"]
        for message in client.messages(chat)
        if message.get("reactions")
    }
    assert set(marked) == {message["message_id"] for message in kept}
    assert set(did(client, chat, since)) <= {"message", "reaction"}
    assert not any(m["from"]["is_bot"] for m in client.messages(chat)[-len(kept) - 2 :])

    keeper = asks_in(ben, chat, f"{bot} who is the keeper of the lighthouse?")
    assert "Marta Lindqvist" in text_of(keeper)
    baker = asks_in(ann, chat, f"{bot} who is the baker of the night bakery?")
    assert "Ilse Kowalczyk" in text_of(baker)
    assert text_of(asks_in(ben, chat, f"{bot} {comet}")).startswith("This group has it already")


def test_an_edit_is_read_silently_and_replies_ask_the_post(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    bot, chat = name_of(client), group_of(client, [ann, ben])
    keeps_quietly(ann, chat)
    (post,) = ben.sends(LIGHTHOUSE, chat=chat)
    ben.waits_for_event("reaction", chat=chat)
    ben.edits(post["message_id"], LIGHTHOUSE.replace("Marta Lindqvist", "Jonas Ekdal"), chat=chat)
    since = client.cursor()
    answer = asks_in(ann, chat, f"{bot} who is the keeper?", reply_to=post["message_id"])
    assert "Jonas Ekdal" in text_of(answer)
    assert "edit" not in did(client, chat, since)
    known = asks_in(ann, chat, bot, reply_to=post["message_id"])
    assert text_of(known).startswith("This group has it already")


def test_only_administrators_switch_it_on(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    chat = group_of(client, [ann, ben])
    said = text_of(asks_in(ben, chat, "/settings"))
    assert "administrators" in said
    shown = asks_in(ann, chat, "/settings")
    ben.presses(shown, "Save quietly")
    ben.sends(LIGHTHOUSE, chat=chat)
    assert "no articles" in text_of(asks_in(ben, chat, "/stats"))
    assert "reaction" not in did(client, chat, ben.since)
