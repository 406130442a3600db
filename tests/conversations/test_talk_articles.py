"""The list of articles, deleting and having back, and what the commands tell."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from stage import RunningBot, ann, client, newcomer, running, stage  # noqa: F401
from talk_articles import (  # noqa: F401
    BAKERY,
    LIGHTHOUSE,
    SECRET,
    SHORT_TITLES,
    Message,
    asks,
    from_bot,
    labels,
    marked,
    presses,
    saves,
    sentences,
    small_files,
    unhurried,
)

from bot.playground import Playground, PlaygroundClient
from bot.playground.handles import PersonHandle, buttons_of, text_of
from bot.trash import Trash

ASKED = "Who is the keeper of the lighthouse?"


def test_eight_articles_are_listed_on_two_pages(ann: PersonHandle) -> None:
    ann.uploads(small_files())
    ann.waits_for("✓ Saved 8 articles")
    first = asks(ann, "/articles")
    assert text_of(first).startswith("Your articles")
    assert "1–6 of 8" in text_of(first)
    assert "‹ Previous" not in labels(first)
    second = presses(ann, first, "Next ›")
    assert second["message_id"] == first["message_id"]
    assert "7–8 of 8" in text_of(second)
    assert "Next ›" not in labels(second)
    shown = [title for page in (first, second) for title in marked(page, "bold")[1:]]
    assert sorted(shown) == sorted(SHORT_TITLES)
    assert text_of(presses(ann, second, "‹ Previous")) == text_of(first)


def test_articles_are_searched_by_a_word(ann: PersonHandle) -> None:
    ann.uploads(small_files())
    ann.waits_for("✓ Saved 8 articles")
    found = asks(ann, "/articles OTTERS")
    assert marked(found, "bold") == ["Articles with “OTTERS”", "A bridge for otters"]
    assert len(_openers(found)) == 1
    assert "None of your articles has “whale”" in text_of(asks(ann, "/articles whale"))


def test_the_search_button_tells_how_to_search(ann: PersonHandle) -> None:
    ann.uploads(small_files())
    ann.waits_for("✓ Saved 8 articles")
    assert "Send /articles and a word" in text_of(presses(ann, asks(ann, "/articles"), "Search"))


def test_an_article_is_opened_from_the_list_and_leads_back_to_it(ann: PersonHandle) -> None:
    saves(ann, LIGHTHOUSE)
    listed = asks(ann, "/articles")
    opened = presses(ann, listed, *_openers(listed))
    assert "155 words · saved " in text_of(opened)
    (begins,) = marked(opened, "blockquote")
    assert begins.startswith("After eleven dark winters")
    assert labels(opened) == ["Delete", "All articles"]
    assert text_of(presses(ann, opened, "All articles")) == text_of(listed)


def test_deleting_asks_once_and_can_be_thought_better_of(ann: PersonHandle) -> None:
    saves(ann, LIGHTHOUSE)
    opened = _opens_the_article(ann)
    question = presses(ann, opened, "Delete")
    assert text_of(question).startswith("Delete “The lighthouse at Grey Point is lit again”?")
    assert text_of(presses(ann, question, "Keep it")) == text_of(opened)
    assert "1 article" in text_of(asks(ann, "/stats"))


def test_what_was_deleted_can_be_had_back_and_is_quoted_again(ann: PersonHandle) -> None:
    article = saves(ann, LIGHTHOUSE)
    question = presses(ann, _opens_the_article(ann), "Delete")
    deleted = presses(ann, question, "Yes, delete")
    assert text_of(deleted).startswith("Deleted: “The lighthouse at Grey Point is lit again”.")
    assert "no articles yet" in text_of(asks(ann, ASKED))
    assert text_of(presses(ann, deleted, "Put it back")).startswith("It is back: “The lighthouse")
    answer = asks(ann, ASKED)
    assert text_of(answer).startswith("Marta Lindqvist")
    assert answer["reply_to_message"]["message_id"] == article["message_id"]
    assert "Marta Lindqvist" in answer["quote"]["text"]


def test_when_the_time_to_put_back_is_up_the_button_and_every_word_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.application.Trash", partial(Trash, kept_for=1.0))
    with (
        Playground() as playground,
        running(playground, tmp_path, access="everyone"),
        PlaygroundClient(playground.url) as client,
    ):
        ann = newcomer(client)
        article = saves(ann, SECRET)
        question = asks(ann, "/delete", reply_to=article["message_id"])
        deleted = presses(ann, question, "Yes, delete")
        assert labels(deleted) == ["Put it back"]
        gone = ann.waits_for(lambda message: labels(message) == [])
        assert text_of(gone) == "Deleted: “The marmalade heron of Lake Osk”"
        assert "no articles yet" in text_of(asks(ann, "/stats"))
        assert not [one for one in sentences(SECRET) if _is_on_disk(tmp_path, one.encode())]


def test_delete_in_reply_to_an_article_its_receipt_or_an_answer_names_that_article(
    ann: PersonHandle,
) -> None:
    lighthouse, _ = saves(ann, LIGHTHOUSE), saves(ann, BAKERY)
    receipt = from_bot(ann)[0]
    answer = asks(ann, ASKED)
    for message in (lighthouse, receipt, answer):
        question = asks(ann, "/delete", reply_to=message["message_id"])
        assert text_of(question).startswith("Delete “The lighthouse at Grey Point is lit again”?")
    assert text_of(presses(ann, question, "Keep it")) == "All right, I keep it."
    assert "2 articles" in text_of(asks(ann, "/stats"))


def test_delete_alone_shows_the_list_to_choose_from(ann: PersonHandle) -> None:
    saves(ann, LIGHTHOUSE)
    listed = presses(ann, asks(ann, "/delete"), "All articles")
    assert marked(listed, "bold")[1:] == ["The lighthouse at Grey Point is lit again"]
    assert len(_openers(listed)) == 1


def test_stats_counts_articles_words_and_passages(ann: PersonHandle) -> None:
    saves(ann, LIGHTHOUSE)
    saves(ann, BAKERY)
    assert text_of(asks(ann, "/stats")) == "You have 2 articles: 249 words in 2 passages."


def test_start_and_help_tell_what_to_do(ann: PersonHandle) -> None:
    assert text_of(asks(ann, "/start")).startswith("Hello, I'm Cuttings.")
    told = text_of(asks(ann, "/help"))
    menu = {command["command"] for command in ann.client.request("GET", "world")["bot"]["commands"]}
    kept = {"articles", "delete", "export", "import", "privacy", "settings", "stats"}
    assert menu == kept | {"help", "use", "watch"}
    assert all(f"/{command}" in told for command in menu - {"help"})
    assert "/help shows those I know" in text_of(asks(ann, "/dance"))


def test_deleting_everything_leaves_no_sentence_of_an_article_on_the_disk(
    stage: RunningBot, ann: PersonHandle
) -> None:
    wanted = [sentence.encode() for sentence in sentences(SECRET)]
    saves(ann, SECRET)
    answer = asks(ann, "What does the innkeeper at Lake Osk put on the jetty?")
    assert all(_is_on_disk(stage.data, sentence) for sentence in wanted)
    told = asks(ann, "/privacy")
    assert text_of(told).startswith("What I keep")
    question = presses(ann, told, "Delete everything")
    assert "1 article, and all I remember" in text_of(question)
    done = presses(ann, question, "Yes, delete everything")
    assert text_of(done) == "Everything is deleted. I remember nothing of this chat."
    assert labels(done) == []
    assert not [sentence for sentence in wanted if _is_on_disk(stage.data, sentence)]
    assert not _is_on_disk(stage.data, b"innkeeper")
    assert "too old" in ann.presses(answer, buttons_of(answer)[0]["text"])["text"]
    assert "no articles yet" in text_of(asks(ann, "/stats"))


def test_everything_is_kept_when_deleting_it_is_thought_better_of(ann: PersonHandle) -> None:
    saves(ann, LIGHTHOUSE)
    question = presses(ann, asks(ann, "/privacy"), "Delete everything")
    assert text_of(presses(ann, question, "Keep everything")) == "All right, I keep it."
    assert "1 article" in text_of(asks(ann, "/stats"))


def _openers(listed: Message) -> list[str]:
    """What the buttons carry that open the articles of a list."""
    found = [str(button["callback_data"]) for button in buttons_of(listed)]
    return [data for data in found if data.startswith("open:")]


def _opens_the_article(person: PersonHandle) -> Message:
    """The card of a person's one article, opened from the list."""
    listed = asks(person, "/articles")
    return presses(person, listed, *_openers(listed))


def _is_on_disk(folder: Path, words: bytes) -> bool:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return any(words in path.read_bytes() for path in files)


def test_what_is_being_read_when_everything_is_deleted_is_not_kept(ann: PersonHandle) -> None:
    privacy = asks(ann, "/privacy")
    ann.presses(privacy, "Delete everything")
    sure = ann.waits_for("This cannot be undone")
    ann.sends("\n\n".join(f"{LIGHTHOUSE}\nPart {number} of it." for number in range(3)))
    ann.presses(sure, "Yes, delete everything")
    ann.waits_for("Everything is deleted", timeout=60)
    assert text_of(asks(ann, "/stats")).startswith("You have no articles yet")
