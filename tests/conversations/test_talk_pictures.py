"""Photos of articles are read by text recognition; what was read is shown and can be asked."""

from __future__ import annotations

import pytest
from picture_samples import HEADLINE, PARAGRAPHS, encoded, page, photo
from stage import ann, client, stage  # noqa: F401
from talk_articles import BAKERY, asks, labels, saves, unhurried  # noqa: F401

from bot.playground import PersonHandle
from bot.playground.handles import text_of
from bot.texts import Texts
from index import Obstacle

pytest.importorskip("rapidocr")

WHO_DESIGNED_IT = ("Who designed the footbridge?", "Ruben Hale")
NEXT_PAGE = (
    "The ferryman, Tomas Ekdal, has kept the oars. He hangs his washing on them, and on the day "
    "of the opening he sold coffee from the old ticket window.",
)
WHO_KEPT_THE_OARS = ("Who has kept the oars?", "Tomas Ekdal")


def test_a_photo_of_an_article_is_read_and_its_first_lines_are_shown(ann: PersonHandle) -> None:
    (sent,) = ann.sends_photo(photo())
    receipt = ann.waits_for("✓ Saved")
    _, title, told, *shown = text_of(receipt).split("\n")
    words = len(f"{HEADLINE} {' '.join(PARAGRAPHS)}".split())
    assert (title, told) == (HEADLINE, f"picture, read by text recognition · {words} words")
    assert PARAGRAPHS[0] in shown
    assert labels(receipt) == ["Undo"]
    answer = asks(ann, WHO_DESIGNED_IT[0])
    assert text_of(answer).startswith(f"{WHO_DESIGNED_IT[1]}\n")
    assert answer["reply_to_message"]["message_id"] == sent["message_id"]


def test_an_album_of_photos_is_one_article(ann: PersonHandle) -> None:
    ann.sends_photos([photo(), encoded(page("", NEXT_PAGE), "JPEG", quality=80)])
    receipt = text_of(ann.waits_for("✓ Saved"))
    assert "\n2 pictures, read by text recognition · " in receipt
    for (question, words), number in ((WHO_DESIGNED_IT, 1), (WHO_KEPT_THE_OARS, 2)):
        answer = text_of(asks(ann, question))
        assert answer.startswith(f"{words}\n")
        assert answer.endswith(f"{HEADLINE} · page {number}")
    assert text_of(asks(ann, "/stats")).startswith("You have 1 article:")


def test_a_question_below_a_photo_is_asked_of_it(ann: PersonHandle) -> None:
    saves(ann, BAKERY)
    ann.sends_photo(photo(), "Who designed it?")
    answer = ann.waits_for("Ruben Hale\n")
    assert text_of(answer).endswith(f"\n{HEADLINE}")


def test_a_photo_without_words_is_told_honestly(ann: PersonHandle) -> None:
    ann.sends_photo(encoded(page("", ()), "JPEG"))
    said = text_of(ann.waits_for(lambda message: True))
    assert said == "\n".join(Texts().refused(Obstacle.NO_WORDS_SEEN))
    assert text_of(asks(ann, "/stats")).startswith("You have no articles yet.")
