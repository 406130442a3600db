"""Several people and chats on the chat page: switching, forwarding, blocking."""

from __future__ import annotations

import re

from page_browser import ANN, BEN, CLEO, GROUP, Town, Visit, browser, town, visit
from playwright.sync_api import expect

__all__ = ["browser", "town", "visit"]


def test_one_switches_the_person_and_sees_their_chat(visit: Visit, town: Town) -> None:
    town.say(ANN, "A secret of Ann's")
    chat = visit(ANN)
    expect(chat.message("You wrote: A secret of Ann's")).to_be_visible()
    chat.page.get_by_role("button", name="Be Ben").click()
    expect(chat.page.get_by_text("You are Ben")).to_be_visible()
    expect(chat.message("A secret of Ann's")).to_have_count(0)
    expect(chat.page).to_have_url(re.compile(f"#chat={BEN}&as={BEN}$"))
    chat.page.go_back()
    expect(chat.page.get_by_text("You are Ann")).to_be_visible()
    expect(chat.message("You wrote: A secret of Ann's")).to_be_visible()


def test_a_person_is_added_in_a_dialog(visit: Visit) -> None:
    chat = visit(ANN)
    chat.page.get_by_role("button", name="Add a person").click()
    dialog = chat.page.get_by_role("dialog", name="Add a person")
    expect(dialog.get_by_label("First name")).to_be_focused()
    chat.page.keyboard.type("Eve Moray")
    dialog.get_by_label("Username").fill("@evemoray")
    dialog.get_by_role("button", name="Add").click()
    expect(chat.page.get_by_text("You are Eve Moray")).to_be_visible()
    expect(chat.page.get_by_role("button", name="Be Eve Moray")).to_contain_text("EM")
    expect(chat.page.get_by_role("button", name="START", exact=True)).to_be_visible()


def test_a_group_shows_who_wrote_what_and_whom_the_bot_answers(visit: Visit, town: Town) -> None:
    chat = visit(ANN, GROUP)
    town.say(BEN, "Has anybody read it?", GROUP)
    town.say(CLEO, "I have, @cuttings_bot", GROUP)
    expect(chat.message("Has anybody read it?")).to_contain_text("Ben")
    expect(chat.message("You wrote: I have")).to_contain_text("Cuttings")
    expect(chat.message("You wrote: Has anybody")).to_have_count(0)
    chat.page.get_by_role("button", name="Be Ben").click()
    expect(chat.log.locator(".own")).to_contain_text(["Has anybody read it?"])


def test_what_was_not_seen_is_counted(visit: Visit, town: Town) -> None:
    chat = visit(ANN, ANN)
    town.say(CLEO, "News for the circle", GROUP)
    group = chat.page.get_by_role("link", name="Reading circle")
    expect(group).to_contain_text("1 unread")
    expect(group).to_contain_text("Cleo: News for the circle")
    expect(chat.page.get_by_role("button", name="Be Ben")).to_have_attribute(
        "aria-label", re.compile("unread message")
    )
    group.click()
    expect(group).not_to_contain_text("unread")


def test_messages_are_selected_and_forwarded_with_a_comment(visit: Visit, town: Town) -> None:
    town.say(BEN, "First of two", GROUP)
    town.say(BEN, "Second of two", GROUP)
    town.say(ANN, "/start")
    chat = visit(ANN, GROUP)
    chat.choose(chat.message("First of two"), "Select")
    chat.message("Second of two").get_by_role("checkbox").check()
    expect(chat.page.get_by_text("2 messages")).to_be_visible()
    chat.page.get_by_role("button", name="Forward").click()
    dialog = chat.page.get_by_role("dialog", name="Forward 2 messages")
    dialog.get_by_label("Cuttings").check()
    dialog.get_by_label("Comment").fill("Look at these")
    dialog.get_by_role("button", name="Forward").click()
    expect(chat.page.get_by_role("heading", level=2, name="Cuttings")).to_be_visible()
    expect(chat.message("Second of two").first).to_contain_text("Forwarded from Ben")
    texts = chat.log.locator(".own").locator(".text").all_text_contents()
    assert texts[-3:] == ["Look at these", "First of two", "Second of two"]


def test_a_post_can_be_made_up_as_if_a_channel_had_published_it(visit: Visit) -> None:
    chat = visit()
    chat.page.get_by_role("button", name="More actions in this chat").click()
    chat.page.get_by_role("menuitem", name="Forward a post").click()
    dialog = chat.page.get_by_role("dialog", name="Forward a post")
    expect(dialog.get_by_label("Text")).to_be_focused()
    dialog.get_by_label("Text").fill("Snow on the pass\n\nIt closed on Friday. #weather")
    dialog.get_by_label("Name").fill("The Hollin Courier")
    dialog.get_by_role("button", name="Forward").click()
    post = chat.log.locator(".own").filter(has_text="Snow on the pass")
    expect(post).to_contain_text("Forwarded from The Hollin Courier")
    post.hover()
    post.get_by_role("button", name="Actions for").click()
    expect(chat.page.get_by_role("menuitem", name="Reply")).to_be_visible()
    expect(chat.page.get_by_role("menuitem", name="Edit")).to_have_count(0)


def test_the_bot_is_blocked_and_unblocked(visit: Visit) -> None:
    chat = visit()
    chat.page.get_by_role("button", name="More actions in this chat").click()
    chat.page.get_by_role("menuitem", name="Block Cuttings").click()
    unblock = chat.page.get_by_role("button", name="UNBLOCK Cuttings")
    expect(unblock).to_be_visible()
    chat.page.reload()
    expect(unblock).to_be_visible()
    expect(chat.box).to_be_hidden()
    unblock.click()
    expect(unblock).to_be_hidden()
    chat.send("Here again")
    expect(chat.message("You wrote: Here again")).to_be_visible()


def test_a_long_chat_shows_its_end_and_finds_what_is_further_up(visit: Visit, town: Town) -> None:
    first = town.say(BEN, "The very first line", GROUP)
    for number in range(205):
        town.say(BEN, f"Line {number}", GROUP)
    reply = {"from": CLEO, "text": "To the first", "reply_to": first}
    town.post(f"chats/{GROUP}/messages", **reply)
    chat = visit(ANN, GROUP)
    expect(chat.message("To the first")).to_be_in_viewport()
    expect(chat.page.locator(f"[data-id='{first}']")).to_have_count(0)
    chat.message("To the first").get_by_role("button", name="The very first line").click()
    expect(chat.page.locator(f"[data-id='{first}']")).to_be_in_viewport()
    expect(chat.page.locator(f"[data-id='{first}']")).to_be_focused()
