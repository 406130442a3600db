"""Routing: what people want with their messages, told without any command."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routing_articles import ARTICLES, COMMENTS, FERRY, LAMP, LINKED, LONG, Linked
from routing_messages import CHATTER, KEYWORDS, LAYOUTS, NOTES, QUESTIONS, STATEMENTS, Message

from bot.routing import Incoming, Intent, Route, question_in, route

MESSAGES = [*QUESTIONS, *KEYWORDS, *STATEMENTS, *NOTES, *CHATTER, *LAYOUTS]


def name(value: object) -> str | None:
    return value[:40] if isinstance(value, str) else None


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:40])
def test_a_message_is_taken_for_what_people_mean_by_it(message: Message) -> None:
    found = route(Incoming(message.text))
    assert found.intent is message.intent
    if message.doubtful is not None:
        assert found.doubtful is message.doubtful


@pytest.mark.parametrize("linked", LINKED, ids=lambda linked: linked.text[:40])
def test_a_link_is_saved_and_a_question_beside_it_asked(linked: Linked) -> None:
    found = route(Incoming(linked.text, links=linked.links))
    assert found.intent is linked.intent
    if linked.question:
        assert found.question == linked.question
    if linked.doubtful is not None:
        assert found.doubtful is linked.doubtful
    if found.intent is Intent.BOTH:
        assert found.body
        assert found.body.split("\n") == list(linked.links) or not linked.links


@pytest.mark.parametrize("text", ARTICLES, ids=name)
def test_a_pasted_article_is_saved_whole_and_without_doubt(text: str) -> None:
    assert route(Incoming(text)) == Route(Intent.SAVE, body=text)
    assert route(Incoming(text, formatted=True)) == Route(Intent.SAVE, body=text)
    assert route(Incoming(text, replies_to_article=True)) == Route(Intent.SAVE, body=text)
    assert route(Incoming(f"{text}\n{LAMP}", links=(LAMP,))).intent is Intent.SAVE


@pytest.mark.parametrize(("text", "intent", "question"), LONG, ids=name)
def test_long_text_is_asked_only_where_it_speaks_to_the_bot(
    text: str, intent: Intent, question: str | None
) -> None:
    found = route(Incoming(text))
    assert found.intent is intent
    if intent is Intent.BOTH:
        assert found.question == question
        assert found.body in ARTICLES


@pytest.mark.parametrize(("comment", "question"), COMMENTS, ids=name)
def test_a_comment_is_asked_if_it_is_a_question(comment: str, question: str | None) -> None:
    assert question_in(comment) == question
    found = route(Incoming(comment, has_file=True))
    assert found == Route(Intent.BOTH if question else Intent.SAVE, question=question)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:40])
def test_a_forward_is_saved_if_it_has_words(message: Message) -> None:
    found = route(Incoming(message.text, is_forward=True))
    words = any(unicodedata.category(char)[0] in "LN" for char in message.text.replace("1️⃣", ""))
    assert found.intent is (Intent.SAVE if words else Intent.UNCLEAR)
    assert not found.doubtful
    assert found.body == (message.text.strip() if words else None)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:40])
def test_a_file_is_saved_and_a_forwarded_caption_is_never_asked(message: Message) -> None:
    assert route(Incoming(message.text, has_file=True)).intent in (Intent.SAVE, Intent.BOTH)
    forwarded = Incoming(message.text, is_forward=True, has_file=True)
    assert route(forwarded) == Route(Intent.SAVE)


def test_a_forwarded_link_is_saved() -> None:
    assert route(Incoming(FERRY, is_forward=True, links=(FERRY,))).intent is Intent.SAVE


@pytest.mark.parametrize(
    "message", [*QUESTIONS, *KEYWORDS, *STATEMENTS], ids=lambda message: message.text[:40]
)
def test_a_short_reply_to_an_article_is_a_question(message: Message) -> None:
    found = route(Incoming(message.text, replies_to_article=True))
    assert found.intent is Intent.ASK
    assert found.question


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("why?", Intent.ASK),
        ("what is this?", Intent.ASK),
        ("and the captain", Intent.ASK),
        ("а капитан", Intent.ASK),
        ("作者", Intent.ASK),
        ("The second one, from the bakery.", Intent.ASK),
        ("thanks!", Intent.THANKS),
        ("👍", Intent.UNCLEAR),
        ("ok", Intent.UNCLEAR),
        (LAMP, Intent.SAVE),
        (f"and this one?\n{LAMP}", Intent.BOTH),
        ("Note: call her on Monday", Intent.SAVE),
    ],
)
def test_a_reply_can_still_be_something_else(text: str, intent: Intent) -> None:
    links = (LAMP,) if LAMP in text else ()
    assert route(Incoming(text, replies_to_article=True, links=links)).intent is intent


def test_what_is_copied_with_its_formatting_is_rather_saved() -> None:
    text = "Bees on the night train to Saint Orla"
    assert route(Incoming(text)).intent is Intent.ASK
    assert route(Incoming(text, formatted=True)) == Route(Intent.SAVE, True, body=text)
    question = "Who owns the bees?"
    assert route(Incoming(question, formatted=True)) == Route(Intent.ASK, True, question=question)


def test_a_question_keeps_its_words_and_loses_its_greeting() -> None:
    text = "Hello!\n\nI read  about the bridge.\nWho   built it?\n\nThanks a lot"
    assert route(Incoming(text)).question == "I read about the bridge. Who built it?"
    assert route(Incoming("Hi, good morning! Who is he?")).question == "Who is he?"


def test_a_link_that_telegram_shortens_is_one_link() -> None:
    found = route(Incoming(f"who lit it? {LAMP}", links=("skerry.example/lamp",)))
    assert found.intent is Intent.BOTH
    assert found.body == LAMP


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from([m.text for m in MESSAGES]),
    st.booleans(),
    st.booleans(),
    st.lists(st.sampled_from([FERRY, LAMP, "a.example", ""]), max_size=2),
    st.booleans(),
    st.booleans(),
)
def test_whatever_comes_is_saved_asked_or_answered_kindly(
    text: str, is_forward: bool, has_file: bool, links: list[str], formatted: bool, replies: bool
) -> None:
    text = "\n".join([text, *links])
    found = route(
        Incoming(text, is_forward, has_file, tuple(filter(None, links)), formatted, replies)
    )
    assert (found.question is not None) is (found.intent in (Intent.ASK, Intent.BOTH))
    if has_file:
        assert found.intent in (Intent.SAVE, Intent.BOTH)
        assert found.body is None
    else:
        assert (found.body is not None) is (found.intent in (Intent.SAVE, Intent.BOTH))
    if found.question is not None:
        assert found.question.strip()
    if found.body is not None:
        assert all(line in text for line in found.body.split("\n"))


def test_a_long_text_is_not_read_through() -> None:
    text = "Word, word. Why? " * 20_000
    started = time.process_time()
    assert route(Incoming(text)).intent is Intent.SAVE
    assert route(Incoming(text, replies_to_article=True)).intent is Intent.SAVE
    assert route(Incoming(f"{text}\n{LAMP}", links=(LAMP,))).intent is Intent.SAVE
    assert time.process_time() - started < 0.3


def test_the_table_speaks_many_languages() -> None:
    scripts = {
        unicodedata.name(char, "").split()[0]
        for message in MESSAGES
        for char in message.text
        if char.isalpha()
    }
    assert len(MESSAGES) + len(LINKED) + len(ARTICLES) + len(LONG) >= 80
    assert len(scripts) >= 10, scripts
