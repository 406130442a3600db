"""A receipt tells what became of what was sent, and what was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest
from telegram_html import shown

from bot import render
from bot.texts import Texts
from index import Format, Obstacle, Receipt, ReceiptStatus, StoredArticle

TEXTS = Texts()
ARTICLE = StoredArticle(
    id=7,
    title="The lighthouse",
    author="Ida Frost",
    site="example.org",
    published=date(2022, 7, 28),
    source="https://example.org/a",
    added=datetime(2024, 3, 10, 8, 5, tzinfo=timezone.utc),
    words=412,
    passages=3,
)
ADDED = Receipt("lighthouse.txt", ReceiptStatus.ADDED, ARTICLE)
KNOWN = Receipt("lighthouse.txt", ReceiptStatus.KNOWN, ARTICLE)
FAILED = Receipt(
    "page.html", ReceiptStatus.FAILED, None, "There is no article in it.", "Run `cuttings add`."
)


def test_a_receipt_tells_what_was_saved() -> None:
    assert render.receipt([ADDED], TEXTS) == (
        "✓ Saved\n<b>The lighthouse</b>\nIda Frost · example.org · 28 July 2022 · 412 words\n\n"
        + TEXTS.saved_hint
    )
    assert render.receipt([ADDED], TEXTS, again=True).startswith("✓ Read again\n<b>The lighthouse")
    assert render.receipt([KNOWN], TEXTS).startswith("You have this already:\n<b>The lighthouse")


def test_a_failed_receipt_names_the_obstacle_and_what_to_do_in_a_chat() -> None:
    assert render.receipt([FAILED], TEXTS) == (
        f"<b>page.html</b>\nThere is no article in it.\n{TEXTS.advice_paste}"
    )
    told = replace(FAILED, source="", error=TEXTS.file_too_large, hint="")
    assert render.receipt([told], TEXTS) == TEXTS.file_too_large
    assert shown(render.receipt([replace(FAILED, error=None)], TEXTS)).text


def test_what_is_said_of_an_obstacle_is_for_a_chat_whatever_the_error_says() -> None:
    walled = replace(FAILED, error="HTTP 401", hint="Run it again.", obstacle=Obstacle.LOGIN)
    assert render.receipt([walled], TEXTS) == (
        "<b>page.html</b>\nThis page asks to log in, so I can't read it.\n"
        "Open it yourself, copy the article and paste it here."
    )


def test_a_receipt_names_no_setting() -> None:
    error = "It is 9 characters long, more than the 5 that max_article_characters allows."
    html = render.receipt([replace(FAILED, error=error, hint="Raise it.")], TEXTS)
    assert html == f"<b>page.html</b>\n{TEXTS.refused_too_large}\n{TEXTS.advice_parts}"


@pytest.mark.parametrize(
    ("read_as", "pages", "said"),
    [
        (Format.TEXT, 0, "412 words"),
        (Format.MARKDOWN, 0, "412 words"),
        (Format.PAGE, 0, "412 words"),
        (None, 0, "412 words"),
        (Format.PDF, 0, "PDF · 412 words"),
        (Format.PDF, 1, "PDF, 1 page · 412 words"),
        (Format.PDF, 1200, "PDF, 1,200 pages · 412 words"),
        (Format.SCAN, 12, "scanned PDF, 12 pages, read by text recognition · 412 words"),
        (Format.WORD, 0, "Word document · 412 words"),
        (Format.OPENDOCUMENT, 0, "OpenDocument text · 412 words"),
        (Format.RTF, 0, "RTF document · 412 words"),
        (Format.EPUB, 0, "e-book chapter · 412 words"),
        (Format.MAIL, 0, "mail · 412 words"),
        (Format.PICTURE, 0, "picture, read by text recognition · 412 words"),
        (Format.PICTURE, 3, "3 pictures, read by text recognition · 412 words"),
    ],
)
def test_a_receipt_says_what_was_read(read_as: Format | None, pages: int, said: str) -> None:
    article = replace(ARTICLE, format=read_as, pages=pages)
    html = render.receipt([replace(ADDED, article=article)], TEXTS)
    assert html.split("\n")[2] == f"Ida Frost · example.org · 28 July 2022 · {said}"
    assert said in shown(render.article_card(article, "", TEXTS)).text


def test_a_receipt_shows_the_first_lines_of_what_was_recognised() -> None:
    html = render.receipt([ADDED], TEXTS, beginning="The <lamp>\n\n" + "was lit again " * 50)
    (begins,) = shown(html).of("blockquote")
    assert begins.startswith("The <lamp>\n\nwas lit again")
    assert len(begins) <= 350
    assert html.endswith(f"</blockquote>\n{TEXTS.saved_hint}")


def test_what_has_changed_behind_an_address_was_read_again() -> None:
    changed = replace(ADDED, status=ReceiptStatus.UPDATED, replaced=3)
    assert render.receipt([changed], TEXTS).startswith("✓ Read again\n<b>The lighthouse")
    html = render.receipt([changed, ADDED], TEXTS)
    assert html.startswith("✓ Saved 2 articles:\n• <b>The lighthouse</b> · read again\n")


def test_a_feed_is_offered_by_its_name() -> None:
    assert render.feed_offer("Quay & Post", 7, 20, TEXTS) == (
        "This is a feed: “Quay &amp; Post”, with 7 articles. Shall I read them?"
    )
    assert render.feed_offer(" ", 90, 20, TEXTS) == (
        "This is a feed: without a name, with 90 articles. Shall I read the latest of them?"
    )


def test_several_receipts_share_one_message() -> None:
    assert render.receipt([ADDED, KNOWN, FAILED, FAILED], TEXTS) == (
        "Saved 1 of 4 articles:\n"
        "• <b>The lighthouse</b> · 412 words\n"
        "• <b>The lighthouse</b> · already here\n"
        "✗ page.html: There is no article in it.\n"
        "✗ page.html: There is no article in it.\n\n" + TEXTS.advice_paste
    )
    assert render.receipt([ADDED, ADDED], TEXTS).startswith("✓ Saved 2 articles:\n")
    assert render.receipt([KNOWN, KNOWN], TEXTS).startswith(TEXTS.known_several)
    assert render.receipt([KNOWN, FAILED], TEXTS).startswith(TEXTS.saved_none)
    assert "\nand 5 more" in render.receipt([ADDED] * 25, TEXTS)
