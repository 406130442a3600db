"""Talking with the bot on the chat page."""

from __future__ import annotations

import re

from page_browser import ANN, ChatPage, Town, Visit, browser, town, visit
from playwright.sync_api import Browser, expect

from bot.playground import Playground

__all__ = ["browser", "town", "visit"]
PASTE = "\n\n".join(
    f"Paragraph {number}. " + "The keeper trimmed the lamp and wrote the log. " * 12
    for number in range(1, 13)
)[:6000]


def test_an_empty_chat_offers_start_and_start_begins_it(visit: Visit, town: Town) -> None:
    chat = visit(town.newcomer("Newcomer"))
    expect(chat.box).to_be_hidden()
    chat.page.get_by_role("button", name="START", exact=True).click()
    expect(chat.message("/start")).to_be_visible()
    expect(chat.message("Welcome!")).to_be_visible()
    expect(chat.box).to_be_focused()
    expect(chat.page.get_by_role("button", name="START", exact=True)).to_be_hidden()


def test_a_message_and_its_answer_appear(visit: Visit) -> None:
    chat = visit()
    chat.box.press_sequentially("Who lit")
    chat.box.press("Shift+Enter")
    chat.box.press_sequentially("the lamp?")
    chat.box.press("Enter")
    expect(chat.box).to_have_value("")
    own = chat.log.locator(".own").filter(has_text="Who lit")
    expect(own.locator(".text")).to_have_text("Who lit\nthe lamp?", use_inner_text=True)
    expect(chat.message("You wrote: Who lit")).to_be_in_viewport()


def test_a_paste_of_6000_characters_becomes_two_messages(visit: Visit) -> None:
    chat = visit()
    assert len(PASTE) == 6000
    chat.page.evaluate("() => document.getElementById('message').focus()")
    chat.page.keyboard.insert_text(PASTE)
    expect(chat.page.locator("#hint")).to_contain_text("6,000 characters")
    chat.box.press("Enter")
    pieces = chat.log.locator(".own").filter(has_text="Paragraph")
    expect(pieces).to_have_count(2)
    texts = " ".join(pieces.locator(".text").all_text_contents())
    assert texts.split() == PASTE.split()


def test_what_looks_like_markup_is_shown_as_it_was_written(visit: Visit) -> None:
    chat = visit()
    chat.send("<img src=x onerror=alert(1)> & <b>not bold</b>")
    own = chat.log.locator(".own").last
    expect(own.locator(".text")).to_have_text("<img src=x onerror=alert(1)> & <b>not bold</b>")
    expect(chat.log.locator("img")).to_have_count(0)


def test_an_own_message_is_edited_from_its_menu(visit: Visit) -> None:
    chat = visit()
    chat.send("Who lid the lamp?")
    message = chat.log.locator(".own").filter(has_text="lamp")
    chat.choose(message, "Edit")
    expect(chat.box).to_have_value("Who lid the lamp?")
    chat.send("Who lit the lamp?")
    expect(message.locator(".text")).to_have_text("Who lit the lamp?")
    expect(message).to_contain_text("edited")
    expect(chat.box).to_have_value("")


def test_arrow_up_edits_the_last_message_and_escape_leaves_it(visit: Visit) -> None:
    chat = visit()
    chat.send("One")
    expect(chat.message("You wrote: One")).to_be_visible()
    chat.box.press("ArrowUp")
    expect(chat.box).to_have_value("One")
    expect(chat.page.get_by_text("Edit message")).to_be_visible()
    chat.box.press("Escape")
    expect(chat.box).to_have_value("")
    expect(chat.page.get_by_text("Edit message")).to_be_hidden()


def test_an_own_message_is_deleted_after_a_question(visit: Visit) -> None:
    chat = visit()
    chat.send("A slip")
    expect(chat.message("You wrote: A slip")).to_be_visible()
    chat.choose(chat.log.locator(".own").filter(has_text="A slip"), "Delete")
    chat.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(chat.log.locator(".own").filter(has_text="A slip")).to_have_count(0)
    expect(chat.message("You wrote: A slip")).to_be_visible()


def test_the_bot_is_seen_typing_and_drafting_until_it_answers(visit: Visit) -> None:
    chat = visit()
    chat.send("/think")
    typing = chat.page.get_by_text("Cuttings is typing…")
    draft = chat.log.get_by_text("Let me see")
    expect(typing).to_be_visible()
    expect(draft).to_be_visible()
    expect(chat.message("Thought.")).to_be_visible()
    expect(typing).to_be_hidden()
    expect(draft).to_have_count(0)


def test_commands_are_suggested_while_one_is_typed(visit: Visit) -> None:
    chat = visit()
    options = chat.page.get_by_role("option")
    chat.box.press_sequentially("/")
    expect(options).to_have_count(3)
    chat.box.press_sequentially("h")
    expect(options).to_have_text(["/help what this bot does"])
    chat.box.press("Enter")
    expect(chat.message("You wrote: /help")).to_be_visible()
    chat.page.get_by_role("button", name="Commands").click()
    chat.box.press("ArrowDown")
    chat.box.press("Tab")
    expect(chat.box).to_have_value("/help ")


def test_a_keyboard_of_the_bot_sends_its_words(visit: Visit) -> None:
    chat = visit()
    chat.send("/keys")
    chat.page.get_by_role("button", name="Yes", exact=True).click()
    expect(chat.message("You wrote: Yes")).to_be_visible()
    expect(chat.page.get_by_role("button", name="No", exact=True)).to_be_hidden()


def test_the_playground_s_refusals_are_told_and_nothing_written_is_lost(visit: Visit) -> None:
    chat = visit()
    chat.page.route("**/messages", lambda route: route.abort())
    chat.send("Written while it was down")
    expect(chat.page.get_by_role("alert")).to_contain_text("does not answer")
    expect(chat.box).to_have_value("Written while it was down")


def test_news_below_are_counted_while_one_reads_further_up(visit: Visit) -> None:
    chat = visit()
    for number in range(12):
        chat.town.say(chat.person, f"Line {number}\n\n\nand more")
    expect(chat.message("You wrote: Line 11")).to_be_in_viewport()
    chat.send("/think")
    expect(chat.page.get_by_text("Cuttings is typing…")).to_be_visible()
    chat.log.evaluate("log => log.scrollTo(0, 0)")
    pill = chat.page.get_by_role("button", name="to the end")
    expect(pill).to_have_text("1 new")
    pill.click()
    expect(chat.message("Thought.")).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_a_playground_that_was_started_anew_is_found_again(browser: Browser) -> None:
    with Playground() as before:
        page = browser.new_page()
        page.goto(before.url)
        page.get_by_role("button", name="START", exact=True).click()
        expect(page.get_by_role("article")).to_have_count(1)
        port = before.port
    expect(page.get_by_text("Connecting again")).to_be_visible()
    with Playground(port=port, people=["Zoe"]):
        expect(page.get_by_text("Connecting again")).to_be_hidden(timeout=15_000)
        expect(page.get_by_text(re.compile("You are Zoe"))).to_be_visible()
        expect(page.get_by_role("article")).to_have_count(0)
        page.close()


def test_what_was_begun_is_kept_for_each_chat(visit: Visit, town: Town) -> None:
    chat: ChatPage = visit(ANN)
    town.say(ANN, "/start")
    chat.box.fill("half a question")
    chat.go_to("Reading circle")
    expect(chat.box).to_have_value("")
    chat.go_to("Cuttings")
    expect(chat.box).to_have_value("half a question")
