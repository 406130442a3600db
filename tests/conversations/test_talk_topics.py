"""In a forum the bot speaks in the topic that it is spoken to in; the articles are the group's."""

from __future__ import annotations

from stage import ann, ben, client, stage  # noqa: F401
from talk_articles import BAKERY, LIGHTHOUSE, unhurried  # noqa: F401
from talk_together import asks_in, did, group_of, keeps_quietly, name_of

from bot.playground import PersonHandle, PlaygroundClient
from bot.playground.handles import text_of


def test_receipts_and_answers_come_in_the_topic_they_were_asked_in(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    bot, chat = name_of(client), group_of(client, [ann, ben], forum=True)
    news, talk = ann.opens_topic(chat, "News"), ann.opens_topic(chat, "Talk")
    since = client.cursor()
    ann.sends(f"{bot} {LIGHTHOUSE}", chat=chat, topic=news)
    receipt = ann.waits_for("✓ Saved", chat=chat)
    assert receipt["message_thread_id"] == news
    shown = [each for each in client.events(since, chat=chat) if each["type"] == "typing"]
    assert {each.get("topic", each.get("message_thread_id")) for each in shown} == {news}

    answer = asks_in(ben, chat, f"{bot} who is the keeper of the lighthouse?", topic=talk)
    assert answer["message_thread_id"] == talk
    assert "Marta Lindqvist" in text_of(answer)
    assert "quote" not in answer  # what it is from stands in another topic
    ben.presses(answer, "In context")
    assert ben.waits_for("eleven dark winters", chat=chat)["message_thread_id"] == talk

    general = asks_in(ben, chat, f"{bot} how many steps has the tower?")
    assert "is_topic_message" not in general
    proved = asks_in(ann, chat, f"{bot} who is the keeper of the lighthouse?", topic=news)
    assert proved["message_thread_id"] == news
    assert "Marta Lindqvist" in proved["quote"]["text"]
    for command in ("/articles", "/stats", "/help", "/ask"):
        assert asks_in(ann, chat, command, topic=news)["message_thread_id"] == news


def test_in_a_topic_only_replies_to_the_bot_are_for_it(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    bot, chat = name_of(client), group_of(client, [ann, ben], forum=True)
    news = ann.opens_topic(chat, "News")
    since = client.cursor()
    (post,) = ben.sends(BAKERY, chat=chat, topic=news)
    ann.sends("Who is the baker?", chat=chat, topic=news)
    receipt = asks_in(ann, chat, bot, topic=news, reply_to=post["message_id"])
    assert text_of(receipt).startswith("✓ Saved")
    assert did(client, chat, since)[:2] == ["message", "message"]
    answer = asks_in(ben, chat, "Who is the baker?", topic=news, reply_to=receipt["message_id"])
    assert "Ilse Kowalczyk" in text_of(answer)
    assert answer["message_thread_id"] == news


def test_what_is_kept_quietly_in_a_topic_is_found_from_another(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    bot, chat = name_of(client), group_of(client, [ann, ben], forum=True)
    keeps_quietly(ann, chat)
    news, talk = ann.opens_topic(chat, "News"), ann.opens_topic(chat, "Talk")
    # A paste in two messages, each of which replies to what the topic began with.
    long = f"{LIGHTHOUSE}\n{BAKERY * 8}"
    posts = ben.sends(long, chat=chat, topic=news)
    assert len(posts) == 2
    marked = ben.waits_for_event("reaction", chat=chat)
    assert marked["message_id"] == posts[0]["message_id"]
    answer = asks_in(ann, chat, f"{bot} who is the keeper of the lighthouse?", topic=talk)
    assert "Marta Lindqvist" in text_of(answer)
    assert answer["message_thread_id"] == talk
    listed = text_of(asks_in(ann, chat, "/stats", topic=talk))
    assert listed.startswith("This group has 1 article")
