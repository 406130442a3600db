"""In a group the bot keeps and answers what it is asked to, from the group's own articles."""

from __future__ import annotations

from stage import ann, ben, client, newcomer, stage  # noqa: F401
from talk_articles import BAKERY, LIGHTHOUSE, OBSERVATORY, labels, presses, unhurried  # noqa: F401
from talk_together import asks_in, did, group_of, name_of

from bot.playground import PersonHandle, PlaygroundClient
from bot.playground.handles import text_of
from bot.tongues import texts_in

HERE = texts_in("en", in_group=True)


def test_people_talk_and_the_bot_speaks_only_when_it_is_spoken_to(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    cleo, bot = newcomer(client), name_of(client)
    chat = group_of(client, [ann, ben, cleo])
    since = client.cursor()
    (post,) = ben.sends(LIGHTHOUSE, chat=chat)
    cleo.sends("Who would have thought that?", chat=chat)
    ann.sends("Not me.", chat=chat, reply_to=post["message_id"])
    ann.sends("/roll@dice_bot", chat=chat)
    ben.edits(post["message_id"], LIGHTHOUSE + "\nBen", chat=chat)
    # What is said to the bot comes after all this.
    receipt = asks_in(cleo, chat, bot, reply_to=post["message_id"])
    assert text_of(receipt).startswith("✓ Saved\nThe lighthouse at Grey Point")
    assert did(client, chat, since)[:5] == ["message", "message", "message", "message", "edit"]
    assert [each["from"]["is_bot"] for each in client.messages(chat)[-3:]] == [False, False, True]

    answer = asks_in(ann, chat, f"{bot}, who is the keeper of the lighthouse?")
    assert "Marta Lindqvist" in text_of(answer)
    assert answer["reply_to_message"]["message_id"] == post["message_id"]
    assert "Marta Lindqvist" in answer["quote"]["text"]
    # The group's articles are the group's.
    ben.sends("Who is the keeper of the lighthouse?")
    ben.waits_for("You have no articles yet")


def test_a_file_a_text_and_a_command_save_and_ask(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    bot, chat = name_of(client), group_of(client, [ann, ben])
    ben.uploads({"bakery.txt": BAKERY.encode()}, caption=bot, chat=chat)
    ben.waits_for("✓ Saved", chat=chat)
    ann.sends(f"{bot}\n{OBSERVATORY}", chat=chat)
    assert "comet" in text_of(ann.waits_for("✓ Saved", chat=chat))
    (post,) = ben.sends(LIGHTHOUSE, chat=chat)
    assert text_of(asks_in(ann, chat, "/add", reply_to=post["message_id"])).startswith("✓ Saved")
    assert "Ilse Kowalczyk" in text_of(asks_in(ann, chat, "/ask Who is the baker?"))
    answer = asks_in(ben, chat, f"/ask{bot} Who discovered the comet?")
    assert "Tomas Arnesen" in text_of(answer)
    # A question to an answer of the bot's needs no mention, and an edit is followed.
    (asked,) = ben.sends(
        "Who is the keeper of the lighthouse?", chat=chat, reply_to=answer["message_id"]
    )
    assert HERE.not_in_article in text_of(ben.waits_for(HERE.not_in_article, chat=chat))
    ben.edits(asked["message_id"], "When will the comet pass the earth?", chat=chat)
    ben.waits_for("ninth of September", chat=chat)
    listed = text_of(asks_in(ann, chat, "/articles"))
    assert listed.startswith(HERE.list_heading)
    for title in ("night bakery", "comet", "lighthouse"):
        assert title in listed


def test_what_a_message_became_is_for_who_sent_it_and_for_administrators(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    cleo, bot = newcomer(client), name_of(client)
    chat = group_of(client, [ann, ben, cleo])
    receipt = asks_in(ben, chat, f"{bot} {BAKERY}")
    cleo.presses(receipt, "Undo")
    assert HERE.alert_not_yours in str(client.events(cleo.since, chat=chat))
    ben.presses(receipt, "Undo")
    gone = ben.waits_for("Deleted", chat=chat)
    ann.presses(gone, "Put it back")  # she owns the group
    ann.waits_for("It is back", chat=chat)
    cleo.sends("/export", chat=chat)
    cleo.waits_for(HERE.alert_administrators_only, chat=chat)
    ann.sends("/export", chat=chat)
    assert ann.waits_for(lambda message: "document" in message, chat=chat)
    # Anybody reads on.
    answer = asks_in(ben, chat, f"{bot} Who is the baker of the night bakery?")
    assert "In context" in labels(answer)
    cleo.presses(answer, "In context")
    cleo.waits_for("opens at two in the morning", chat=chat)


def test_two_groups_have_nothing_in_common(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    bot = name_of(client)
    first, second = group_of(client, [ann, ben]), group_of(client, [ben, ann])
    asks_in(ann, first, f"{bot} {LIGHTHOUSE}")
    said = text_of(asks_in(ben, second, f"{bot} Who is the keeper of the lighthouse?"))
    assert said == HERE.no_articles
