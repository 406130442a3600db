"""Groups, topics, channels and inline cards on the chat page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from page_browser import (
    ANN,
    BEN,
    CLEO,
    DESKTOP,
    PHONE,
    ChatPage,
    Town,
    Visit,
    browser,
    grave_findings,
    town,
    visit,
)
from playwright.sync_api import Locator, expect

__all__ = ["browser", "town", "visit"]


def said(town: Town, chat: int) -> dict[str, Any]:
    """The last message of a chat."""
    found: dict[str, Any] = town.api.get(f"api/chats/{chat}/messages").json()["messages"][-1]
    return found


def own(chat: ChatPage, text: str) -> Locator:
    return chat.log.locator(".own").filter(has_text=text)


def in_menu(chat: ChatPage, action: str) -> None:
    """Choose from the menu of the open chat."""
    chat.page.get_by_role("button", name="More actions in this chat").click()
    chat.page.get_by_role("menuitem", name=action).click()


def test_a_group_shows_names_standings_and_what_happened(visit: Visit, town: Town) -> None:
    group = town.group("Harbour friends", [ANN, BEN, CLEO])
    town.change(group, "promote", BEN, by=ANN)
    town.say(ANN, "Is there a new timetable?", group)
    town.say(BEN, "Since May.", group)
    chat = visit(CLEO, group)
    expect(chat.log.get_by_text("Ann added Cuttings")).to_be_visible()
    expect(chat.message("Is there a new timetable?")).to_contain_text("Annowner")
    expect(chat.message("Since May.")).to_contain_text("Benadmin")
    town.change(group, "promote", BEN, by=ANN, admin=False)
    expect(chat.message("Since May.")).not_to_contain_text("admin")
    town.change(group, "leave", BEN, by=BEN)
    expect(chat.log.get_by_text("Ben left")).to_be_visible()
    expect(chat.page.get_by_role("button", name="3 members, with Cuttings")).to_be_visible()


def test_one_writes_as_another_and_takes_along_what_was_begun(visit: Visit, town: Town) -> None:
    group = town.group("Rope makers", [ANN, BEN])
    chat = visit(ANN, group)
    chat.box.fill("Good morning")
    chat.page.get_by_role("button", name="You write as Ann").press("Enter")
    expect(chat.page.get_by_role("menuitemradio", name="Ann")).to_be_focused()
    chat.page.keyboard.press("ArrowDown")
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_role("button", name="You write as Ben")).to_be_visible()
    expect(chat.box).to_be_focused()
    expect(chat.box).to_have_value("Good morning")
    chat.box.press("Enter")
    expect(own(chat, "Good morning")).to_be_visible()
    assert said(town, group)["from"]["id"] == BEN


def test_only_an_administrator_writes_without_a_name(visit: Visit, town: Town) -> None:
    group = town.group("The committee", [ANN, BEN])
    chat = visit(ANN, group)
    chat.page.get_by_role("button", name="You write as Ann").click()
    chat.page.get_by_role("menuitemradio", name="The committee").click()
    chat.send("It is decided.")
    expect(own(chat, "It is decided.")).to_be_visible()
    assert said(town, group)["sender_chat"]["id"] == group
    chat.page.get_by_role("button", name="Be Ben").click()
    expect(chat.message("It is decided.")).to_contain_text("The committeeadmin")
    chat.page.get_by_role("button", name="You write as Ben").click()
    expect(chat.page.get_by_role("menuitemradio")).to_have_text(["AAnnowner", "BBen"])


def test_a_topic_shows_its_own_messages_and_all_shows_them_with_its_name(
    visit: Visit, town: Town
) -> None:
    forum = town.group("Village hall", [ANN, BEN], forum=True)
    ferries, roof = town.topic(forum, "Ferries"), town.topic(forum, "The roof")
    town.post(f"chats/{forum}/messages", **{"from": BEN, "text": "It leaks", "topic": roof})
    chat = visit(ANN, forum)
    expect(chat.message("It leaks").get_by_role("button", name="The roof")).to_be_visible()
    tabs = chat.page.get_by_role("navigation", name="Topics").get_by_role("button")
    expect(tabs).to_have_text(["All", "General", "Ferries", "The roof", ""])
    tabs.get_by_text("Ferries").click()
    expect(chat.message("It leaks")).to_have_count(0)
    expect(chat.page).to_have_url(re.compile(f"&topic={ferries}$"))
    chat.send("@cuttings_bot when?")
    expect(chat.message("You wrote: @cuttings_bot when?")).to_be_visible()
    assert said(town, forum)["message_thread_id"] == ferries
    town.post(f"chats/{forum}/messages", **{"from": BEN, "text": "It drips", "topic": roof})
    expect(tabs.filter(has_text="The roof")).to_contain_text("news")
    chat.page.reload()
    expect(chat.message("You wrote")).to_be_visible()
    expect(chat.message("It drips")).to_have_count(0)
    tabs.get_by_text("General").click()
    chat.send("Good morning")
    expect(own(chat, "Good morning")).to_be_visible()
    assert "message_thread_id" not in said(town, forum)


def test_a_topic_is_opened_and_deleted(visit: Visit, town: Town) -> None:
    chat = visit(ANN, town.group("The choir", [ANN, BEN], forum=True))
    chat.page.get_by_role("button", name="New topic").click()
    chat.page.get_by_role("dialog").get_by_label("Name").fill("Concerts")
    chat.page.keyboard.press("Enter")
    tab = chat.page.get_by_role("button", name="Concerts", exact=True)
    expect(tab).to_have_attribute("aria-pressed", "true")
    expect(chat.log.get_by_text("Ann opened the topic Concerts")).to_be_visible()
    in_menu(chat, "Delete this topic")
    expect(tab).to_have_count(0)
    expect(chat.page.get_by_role("button", name="All")).to_have_attribute("aria-pressed", "true")


def test_a_channel_has_posts_and_only_its_administrators_write(visit: Visit, town: Town) -> None:
    channel = town.channel("The Hollin Courier", ANN, [BEN])
    chat = visit(ANN, channel)
    chat.send("Snow on the pas")
    post = chat.message("Snow on the pas")
    expect(post).to_contain_text("Ann, ")
    expect(chat.log.locator(".own, .sender")).to_have_count(0)
    chat.choose(post, "Edit")
    chat.send("Snow on the pass")
    expect(chat.message("Snow on the pass")).to_contain_text("edited")
    chat.page.get_by_role("button", name="Be Ben").click()
    expect(chat.page.get_by_text("Ben reads this channel")).to_be_visible()
    expect(chat.box).to_be_hidden()
    chat.message("Snow on the pass").hover()
    chat.message("Snow on the pass").get_by_role("button", name="Actions for").click()
    items = chat.page.get_by_role("menuitem")
    expect(items).to_have_text(["Copy text", "Forward", "Select"])
    chat.page.keyboard.press("Escape")
    chat.page.get_by_role("button", name="Write as…").click()
    chat.page.get_by_role("menuitemradio", name="Ann").click()
    expect(chat.box).to_be_focused()


def test_cards_are_offered_behind_the_bot_s_name_and_sent_by_keyboard(
    visit: Visit, town: Town
) -> None:
    group = town.group("Card players", [ANN, BEN])
    chat = visit(BEN, group)
    chat.box.press_sequentially("@cuttings_bot lamps")
    cards = chat.page.get_by_role("option")
    expect(cards).to_have_text(
        ["Open your articles", re.compile("A long card.*About lamps"), re.compile("A short card")]
    )
    expect(chat.page.locator("[aria-selected=true]")).to_have_count(0)
    for _ in range(3):
        chat.box.press("ArrowDown")
    expect(cards.last).to_have_attribute("aria-selected", "true")
    chat.box.press("Enter")
    expect(own(chat, "A short card on lamps")).to_contain_text("via @cuttings_bot")
    expect(chat.box).to_have_value("")
    expect(cards).to_have_count(0)
    # Without choosing, the words are a message like any other.
    chat.box.press_sequentially("@cuttings_bot who lit it?")
    expect(cards).to_have_count(3)
    chat.box.press("Enter")
    expect(chat.message("You wrote: @cuttings_bot who lit it?")).to_be_visible()
    expect(cards).to_have_count(0)


def test_the_button_above_the_cards_leads_to_the_bot(visit: Visit, town: Town) -> None:
    chat = visit(BEN, town.channel("Lamp news", BEN, []))
    chat.box.press_sequentially("@cuttings_bot ")
    chat.page.get_by_role("option", name="Open your articles").click()
    chat.page.get_by_role("button", name="START", exact=True).click()
    expect(chat.message("Welcome! from-a-card")).to_be_visible()


def test_a_group_and_a_channel_are_made_and_the_bot_is_promoted_and_removed(visit: Visit) -> None:
    chat = visit(ANN, ANN)
    chat.page.get_by_role("button", name="New group or channel").click()
    chat.page.get_by_role("menuitem", name="New group").click()
    dialog = chat.page.get_by_role("dialog", name="New group")
    dialog.get_by_label("Name").fill("Sunday walkers")
    dialog.get_by_label("Cleo").uncheck()
    dialog.get_by_role("button", name="Create").click()
    expect(chat.page.get_by_role("heading", level=2, name="Sunday walkers")).to_be_visible()
    status = chat.page.locator("#chat-status")
    expect(status).to_contain_text(", with Cuttings")
    expect(status).not_to_contain_text("admin")
    in_menu(chat, "Make Cuttings an administrator")
    expect(status).to_contain_text("with Cuttings as admin")
    in_menu(chat, "Make Cuttings an ordinary member")
    expect(status).not_to_contain_text("admin")
    in_menu(chat, "Remove Cuttings")
    expect(status).to_contain_text("without Cuttings")
    in_menu(chat, "Add Cuttings")
    expect(status).to_contain_text(", with Cuttings")
    chat.page.get_by_role("button", name="New group or channel").click()
    chat.page.get_by_role("menuitem", name="New channel").click()
    dialog = chat.page.get_by_role("dialog", name="New channel")
    dialog.get_by_label("Name", exact=True).fill("Walks")
    dialog.get_by_role("button", name="Create").click()
    expect(chat.box).to_have_attribute("placeholder", "Post in Walks")
    expect(status).to_contain_text("subscribers, with Cuttings")


def test_members_are_promoted_removed_and_added(visit: Visit, town: Town) -> None:
    chat = visit(ANN, town.group("Bell ringers", [ANN, BEN]))
    chat.page.locator("#chat-status").get_by_role("button").click()
    dialog = chat.page.get_by_role("dialog", name="Bell ringers")
    ben, cleo = (dialog.get_by_role("listitem").filter(has_text=name) for name in ("Ben", "Cleo"))
    ben.get_by_role("button", name="Change Ben").click()
    chat.page.get_by_role("menuitem", name="Make an administrator").click()
    expect(ben).to_contain_text("admin")
    ben.get_by_role("button", name="Change Ben").click()
    chat.page.get_by_role("menuitem", name="Remove").click()
    expect(ben).to_contain_text("not here")
    cleo.get_by_role("button", name="Add Cleo").click()
    expect(cleo).to_contain_text("member")
    dialog.get_by_role("button", name="Done").click()
    expect(chat.log.get_by_text("Ann removed Ben")).to_be_visible()
    expect(chat.log.get_by_text("Ann added Cleo")).to_be_visible()


def test_the_page_follows_a_group_that_becomes_a_supergroup(visit: Visit, town: Town) -> None:
    basic = town.group("Old friends", [ANN, BEN], basic=True)
    chat = visit(ANN, basic)
    in_menu(chat, "Turn into a supergroup")
    expect(chat.log.get_by_text("This is a supergroup now")).to_be_visible()
    expect(chat.page.get_by_text("Old friends has become a supergroup.")).to_be_visible()
    expect(chat.page.get_by_role("link", name="Old friends")).to_have_count(1)
    expect(chat.page).not_to_have_url(re.compile(f"chat={basic}&"))
    chat.send("@cuttings_bot still here?")
    expect(chat.message("You wrote: @cuttings_bot still here?")).to_be_visible()


def test_who_is_removed_is_told_and_finds_the_bot_s_own_chat(visit: Visit, town: Town) -> None:
    group = town.group("The short-lived", [ANN, BEN])
    chat = visit(BEN, group)
    town.change(group, "remove", BEN, by=ANN)
    expect(chat.page.get_by_text("Ben is no longer in The short-lived.")).to_be_visible()
    expect(chat.page.get_by_role("heading", level=2, name="Cuttings")).to_be_visible()
    town.change(group, "add", BEN, by=ANN)
    chat.go_to("The short-lived")
    expect(chat.log.get_by_text("Ann added Ben")).to_be_visible()


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"]
)
def test_axe_finds_nothing_grave_among_several(
    visit: Visit, town: Town, viewport: dict[str, int], scheme: str
) -> None:
    forum = town.group("All of it", [ANN, BEN, CLEO], forum=True)
    topic = town.topic(forum, "Ferries")
    town.post(f"chats/{forum}/messages", **{"from": ANN, "text": "/kinds", "topic": topic})
    town.post(f"chats/{forum}/messages", **{"from": CLEO, "text": "Later", "anonymous": False})
    chat = visit(BEN, forum, viewport=viewport, color_scheme=scheme)
    page = chat.page
    expect(chat.log.get_by_label("Reactions")).to_have_text("👍")
    sizes = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(sizes) <= 0
    chat.box.press_sequentially("@cuttings_bot lamps")
    expect(page.get_by_role("option")).to_have_count(3)
    chat.box.press("ArrowDown")
    assert grave_findings(page) == []
    chat.box.fill("")
    page.get_by_role("button", name="You write as").click()
    assert grave_findings(page) == []
    page.get_by_role("menuitemradio", name="Ann").click()
    page.locator("#chat-status").get_by_role("button").click()
    page.get_by_role("button", name="Change Ben").click()
    assert grave_findings(page) == []
