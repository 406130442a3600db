"""The chat page on a phone, in the dark, by keyboard, and under the eyes of axe."""

from __future__ import annotations

from typing import Any

import pytest
from page_browser import (
    ANN,
    BEN,
    DESKTOP,
    GROUP,
    PHONE,
    ChatPage,
    Town,
    Visit,
    browser,
    grave_findings,
    town,
    visit,
)
from playwright.sync_api import Page, expect

__all__ = ["browser", "town", "visit"]


def write_of_every_kind(town: Town) -> None:
    """Messages of every kind in the group: the bot's answers, files, forwards, rich ones."""
    town.say(ANN, "/kinds@cuttings_bot", GROUP)
    town.say(BEN, "What do you say, @cuttings_bot, about https://example.org?", GROUP)
    origin = {"type": "channel", "title": "The Morning Post"}
    table = {"type": "table", "cells": [[{"text": "Year", "is_header": True}, {"text": "1911"}]]}
    heading = {"type": "heading", "text": "A new bridge", "size": 1}
    quote = {"type": "pullquote", "text": "It replaces a ferry.", "credit": "The mayor"}
    for message in (
        {"text": "Snow on the pass #weather"},
        {"caption": "A picture of the pass"},
        {"rich_message": {"blocks": [heading, quote, table]}},
    ):
        town.post(f"chats/{GROUP}/forwards", **{"from": ANN, "origin": origin, "message": message})
    files = [("file", ("one.txt", b"1")), ("file", ("two.txt", b"2"))]
    album = town.api.post(
        f"api/chats/{GROUP}/documents", data={"from": str(BEN), "caption": "Two"}, files=files
    )
    assert album.is_success


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_grave(
    visit: Visit, town: Town, viewport: dict[str, int], scheme: str
) -> None:
    write_of_every_kind(town)
    chat = visit(ANN, GROUP, viewport=viewport, color_scheme=scheme)
    expect(chat.message("سُمّي").last).to_be_visible()
    expect(chat.message("You wrote: What do you say").last).to_be_visible()
    page = chat.page
    for folded in chat.log.get_by_role("button", name="Show the whole quote").all()[-1:]:
        folded.click()
    chat.log.get_by_role("button", name="Hidden words").last.click()
    chat.message("You wrote").last.get_by_role("button", name="@cuttings_bot").last.click()
    page.keyboard.type("/")
    assert grave_findings(page) == []
    if viewport is PHONE:
        page.get_by_role("button", name="People and chats").click()
        assert grave_findings(page) == []
        return
    chat.choose(chat.message("You wrote").last, "Reply")
    page.get_by_role("button", name="More actions in this chat").click()
    assert grave_findings(page) == []
    page.get_by_role("menuitem", name="Forward a post").click()
    assert grave_findings(page) == []


def test_an_empty_chat_is_as_good(visit: Visit, town: Town) -> None:
    chat = visit(town.newcomer("Newcomer"), color_scheme="dark")
    assert grave_findings(chat.page) == []


def test_on_a_phone_the_chats_are_in_a_drawer(visit: Visit) -> None:
    chat: ChatPage = visit(viewport=PHONE)
    chats = chat.page.get_by_role("complementary", name="People and chats")
    opener = chat.page.get_by_role("button", name="People and chats")
    expect(chats).to_be_hidden()
    opener.click()
    expect(chats).to_be_visible()
    expect(chat.page.get_by_role("button", name="Close the list")).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chats).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    chat.page.get_by_role("button", name="Be Ann").click()
    expect(chats).to_be_hidden()
    opener.click()
    chat.go_to("Reading circle")
    expect(chats).to_be_hidden()
    expect(chat.page.get_by_role("heading", level=2, name="Reading circle")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_the_window(visit: Visit, width: int) -> None:
    chat = visit(viewport={"width": width, "height": 640})
    chat.send("/kinds " + "W" * 300)
    expect(chat.message("سُمّي")).to_be_visible()
    sizes: dict[str, Any] = chat.page.evaluate(
        """() => ({
            log: document.getElementById("log").scrollWidth
                - document.getElementById("log").clientWidth,
            page: document.documentElement.scrollWidth - innerWidth,
            text: document.getElementById("message").offsetWidth,
        })"""
    )
    assert sizes["log"] <= 0
    assert sizes["page"] <= 0
    assert sizes["text"] > 100


def test_dark_colours_come_from_the_system_or_from_the_button_and_stay(visit: Visit) -> None:
    def ground(page: Page) -> str:
        colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return colour

    light = visit(color_scheme="light")
    dark = visit(color_scheme="dark")
    assert ground(light.page) != ground(dark.page)
    light.page.get_by_role("button", name="Dark colours").click()
    assert ground(light.page) == ground(dark.page)
    light.page.reload()
    expect(light.page.get_by_role("button", name="Light colours")).to_be_visible()
    assert ground(light.page) == ground(dark.page)


def test_a_conversation_is_possible_by_keyboard_alone(visit: Visit) -> None:
    chat = visit()
    keyboard = chat.page.keyboard
    keyboard.type("Who lit the lamp?")
    keyboard.press("Enter")
    answer = chat.message("You wrote: Who lit the lamp?")
    expect(answer).to_be_visible()
    keyboard.press("Shift+Tab")  # the paper clip
    keyboard.press("Shift+Tab")  # the commands
    keyboard.press("Shift+Tab")  # the last message's menu
    expect(answer.get_by_role("button", name="Actions for")).to_be_focused()
    keyboard.press("Enter")
    expect(chat.page.get_by_role("menuitem", name="Reply")).to_be_focused()
    keyboard.press("ArrowDown")
    expect(chat.page.get_by_role("menuitem", name="Copy text")).to_be_focused()
    keyboard.press("Escape")
    expect(answer.get_by_role("button", name="Actions for")).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("Enter")
    expect(chat.box).to_be_focused()
    keyboard.type("And why?")
    keyboard.press("Enter")
    own = chat.log.locator(".own").filter(has_text="And why?")
    expect(own.get_by_role("button", name="You wrote: Who lit")).to_be_visible()


def test_typing_anywhere_means_the_message_box(visit: Visit) -> None:
    chat = visit()
    expect(chat.message("Welcome!")).to_be_visible()
    chat.message("Welcome!").locator(".text").click()
    expect(chat.box).not_to_be_focused()
    chat.page.keyboard.type("Hello")
    expect(chat.box).to_have_value("Hello")


def test_new_messages_are_read_out(visit: Visit) -> None:
    chat = visit()
    chat.send("Anybody?")
    spoken = chat.page.locator("[aria-live=polite]")
    expect(spoken).to_contain_text("Cuttings: You wrote: Anybody?")
