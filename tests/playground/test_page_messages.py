"""Messages of every kind on the chat page: quotes, buttons, hidden words, links, rich ones."""

from __future__ import annotations

import random
from typing import Any

import pytest
from page_bot import ENTITIES, PASSAGE
from page_browser import ChatPage, Town, Visit, browser, town, visit
from playwright.sync_api import Locator, expect

__all__ = ["browser", "town", "visit"]
SENTENCE = "She turned the lamp by hand"
ARTICLE = "The lighthouse was lit again. " * 40 + f"\n\nThe keeper climbed at dusk. {SENTENCE}."
KINDS = "bold italic underline strikethrough code pre blockquote expandable_blockquote spoiler"
OTHERS = "text_link url mention hashtag bot_command email custom_emoji something_new"


@pytest.fixture
def kinds(visit: Visit) -> ChatPage:
    """A chat with messages of every kind."""
    chat = visit()
    chat.send("/kinds")
    expect(chat.message("سُمّي")).to_be_visible()
    return chat


def words_of(message: Locator) -> str:
    """The text of a message as it stands in the page, hidden parts included."""
    return message.locator(".text").text_content() or ""


def test_a_click_on_a_native_quote_goes_to_the_sentence_and_marks_it(visit: Visit) -> None:
    chat = visit()
    chat.send(ARTICLE)
    for line in range(3):
        chat.town.say(chat.person, f"Line {line}\n\n\n\n\nand more")
    answer = chat.message("The last sentence.")
    sentence = chat.log.locator("mark")
    answer.get_by_role("button", name=SENTENCE).click()
    expect(sentence).to_have_text(SENTENCE)
    expect(sentence).to_be_in_viewport()


def test_a_quote_inside_a_folded_quote_unfolds_it(kinds: ChatPage) -> None:
    folded = kinds.message("The Keeper's Log")
    folded.locator(".fold-body").click()
    select(folded, PASSAGE.splitlines()[-1])
    kinds.choose(folded, "Reply with this quote")
    kinds.send("Why eight times?")
    folded.get_by_role("button", name="Show less").click()
    kinds.log.locator(".own").last.get_by_role("button", name="8. The lamp").click()
    expect(kinds.log.locator("mark")).to_be_in_viewport()
    expect(folded.get_by_role("button", name="Show less")).to_be_visible()


def test_selected_words_are_quoted_in_the_reply(visit: Visit) -> None:
    chat = visit()
    chat.send("The keeper climbed at dusk. She turned the lamp.")
    article = chat.log.locator(".own").filter(has_text="dusk")
    select(article, "climbed at dusk")
    chat.choose(article, "Reply with this quote")
    expect(chat.page.locator("#context")).to_contain_text("climbed at dusk")
    chat.send("Which dusk?")
    own = chat.log.locator(".own").filter(has_text="Which dusk?")
    expect(own.get_by_role("button", name="climbed at dusk")).to_be_visible()
    expect(chat.page.locator("#context")).to_be_hidden()


def select(message: Locator, words: str) -> None:
    """Select words of a message that stand in one text node."""
    message.locator(".text").evaluate(
        """(text, words) => {
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(
                    walker.currentNode, at, walker.currentNode, at + words.length);
                return;
            }
            throw new Error("not found");
        }""",
        words,
    )


def test_a_button_brings_a_toast_or_a_dialog(kinds: ChatPage) -> None:
    kinds.page.get_by_role("button", name="Toast").click()
    expect(kinds.page.get_by_role("status").filter(has_text="A little toast.")).to_be_visible()
    alert = kinds.page.get_by_role("button", name="Alert")
    alert.click()
    dialog = kinds.page.get_by_role("dialog", name="Cuttings")
    expect(dialog).to_contain_text("A little alert.")
    kinds.page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(alert).to_be_focused()


def test_a_button_that_changes_its_message_keeps_the_focus(kinds: ChatPage) -> None:
    more = kinds.page.get_by_role("button", name="More", exact=True)
    more.press("Enter")
    message = kinds.message("More of it.")
    expect(message).to_contain_text("edited")
    expect(message.get_by_role("button", name="More", exact=True)).to_be_focused()


def test_an_expandable_quote_opens_and_closes_by_keyboard(kinds: ChatPage) -> None:
    message = kinds.message("The Keeper's Log")
    quote = message.locator("blockquote")
    toggle = message.get_by_role("button", name="Show the whole quote")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    folded = quote.evaluate("quote => quote.clientHeight")
    toggle.focus()
    kinds.page.keyboard.press("Enter")
    shown = message.get_by_role("button", name="Show less of the quote")
    expect(shown).to_have_attribute("aria-expanded", "true")
    assert quote.evaluate("quote => quote.clientHeight") > 2 * folded
    kinds.page.keyboard.press("Space")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    assert quote.evaluate("quote => quote.clientHeight") == folded


def test_hidden_words_are_shown_by_keyboard(kinds: ChatPage) -> None:
    words = kinds.log.get_by_text("hidden words", exact=True)
    expect(words).to_be_hidden()
    spoiler = kinds.log.get_by_role("button", name="Hidden words")
    spoiler.focus()
    kinds.page.keyboard.press("Enter")
    expect(words).to_be_visible()
    expect(spoiler).to_have_count(0)


def test_a_command_in_a_message_is_sent_by_a_click(kinds: ChatPage) -> None:
    kinds.message("and the end").get_by_role("button", name="/help").click()
    expect(kinds.message("You wrote: /help")).to_be_visible()


def test_links_lead_outside_in_a_new_tab(kinds: ChatPage) -> None:
    link = kinds.log.get_by_role("link", name="a link")
    expect(link).to_have_attribute("href", "https://example.org/a")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_link_to_the_bot_offers_start_with_its_payload(kinds: ChatPage) -> None:
    kinds.log.get_by_role("link", name="Start").click()
    expect(kinds.box).to_be_hidden()
    kinds.page.get_by_role("button", name="START", exact=True).click()
    expect(kinds.message("Welcome! from-a-link")).to_be_visible()


def test_the_address_of_the_page_can_hold_a_payload_too(visit: Visit, town: Town) -> None:
    chat = visit(town.newcomer("Owner"))
    chat.page.goto(f"{town.playground.url}#as={chat.person}&start=code-7")
    start = chat.page.get_by_role("button", name="START", exact=True)
    expect(start).to_be_focused()  # once the new address has been read
    start.click()
    expect(chat.message("Welcome! code-7")).to_be_visible()


def test_a_reaction_and_a_file_of_the_bot_are_shown(kinds: ChatPage) -> None:
    expect(kinds.log.get_by_label("Reactions")).to_have_text("👍")
    file = kinds.log.get_by_role("link", name="library.json")
    expect(file).to_contain_text("8 bytes")
    with kinds.page.expect_download() as download:
        file.click()
    assert download.value.suggested_filename == "library.json"
    assert download.value.path().read_bytes() == b"A file.\n"


def test_the_text_of_a_message_is_copied(visit: Visit) -> None:
    chat = visit(permissions=["clipboard-read", "clipboard-write"])
    chat.send("Two\nlines 🙂")
    chat.choose(chat.log.locator(".own").filter(has_text="Two"), "Copy text")
    expect(chat.page.get_by_text("Copied.")).to_be_visible()
    assert chat.page.evaluate("navigator.clipboard.readText()") == "Two\nlines 🙂"


def test_formatting_never_changes_the_words(kinds: ChatPage) -> None:
    shown = words_of(kinds.message("and the end"))
    assert shown.startswith("bold, italic, underlined, struck, code, hidden words, a link,")
    assert "<" not in shown
    assert shown.count("\n") == ENTITIES.count("\n")


def test_any_entities_leave_the_text_as_it_is(visit: Visit) -> None:
    """The page measures selections and quotes by the text, so no unit of it may be lost."""
    chance = random.Random(20_24)
    cases: list[dict[str, Any]] = []
    for _ in range(300):
        text = "".join(chance.choices("ab \n🙂م‎", k=chance.randrange(1, 40)))
        units = len(text.encode("utf-16-le")) // 2
        entities = [
            {
                "type": chance.choice([*KINDS.split(), *OTHERS.split()]),
                "offset": (offset := chance.randrange(units)),
                "length": chance.randrange(1, units - offset + 2),
                "url": chance.choice(["https://example.org", "javascript:alert(1)", "::"]),
            }
            for _ in range(chance.randrange(8))
        ]
        cases.append({"text": text, "entities": entities})
    chat = visit()
    faults, links = chat.page.evaluate(
        """async (cases) => {
            const { formatted } = await import("./entities.js");
            const links = new Set();
            const faults = cases.filter(({ text, entities }) => {
                const shown = formatted(text, entities);
                shown.querySelectorAll("a").forEach((link) => links.add(link.protocol));
                return shown.textContent !== text;
            });
            return [faults, [...links]];
        }""",
        cases,
    )
    assert faults == []
    assert set(links) <= {"http:", "https:", "mailto:"}


def test_a_rich_message_is_shown_with_all_its_words(visit: Visit) -> None:
    chat = visit()
    blocks = [
        {"type": "heading", "text": "A new bridge", "size": 1},
        {"type": "paragraph", "text": ["The town of ", {"type": "bold", "text": "Tallow"}, "."]},
        {
            "type": "list",
            "items": [{"label": "1.", "blocks": [{"type": "paragraph", "text": "Oak"}]}],
        },
        {"type": "table", "cells": [[{"text": "Year", "is_header": True}, {"text": "1911"}]]},
        {"type": "details", "summary": "Costs", "blocks": [{"type": "paragraph", "text": "340"}]},
    ]
    town, path = chat.town, f"chats/{chat.person}/messages"
    town.post(path, **{"from": chat.person, "rich_message": {"blocks": blocks}})
    message = chat.message("A new bridge")
    for words in ("The town of Tallow.", "1.", "Oak", "Year", "1911", "Costs", "340"):
        expect(message).to_contain_text(words)
    expect(message.locator("strong")).to_have_text("Tallow")
    expect(message.get_by_role("row")).to_have_text("Year1911")
