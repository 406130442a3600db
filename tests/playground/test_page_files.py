"""Files on the chat page: from the paper clip, dropped, taken away again."""

from __future__ import annotations

from page_browser import Visit, browser, town, visit
from playwright.sync_api import FilePayload, expect

__all__ = ["browser", "town", "visit"]


def text_file(name: str, content: str) -> FilePayload:
    """A file as the file chooser gives it."""
    return {"name": name, "mimeType": "text/plain", "buffer": content.encode()}


def test_a_file_from_the_file_chooser_reaches_the_bot_with_its_caption(visit: Visit) -> None:
    chat = visit()
    with chat.page.expect_file_chooser() as chooser:
        chat.page.get_by_role("button", name="Attach files").click()
    chooser.value.set_files(text_file("bridge.txt", "A wooden footbridge."))
    expect(chat.page.get_by_role("list", name="Files to send")).to_contain_text("bridge.txt")
    chat.send("A caption")
    own = chat.log.locator(".own").filter(has_text="bridge.txt")
    expect(own).to_contain_text("A caption")
    expect(own).to_contain_text("20 bytes")
    expect(chat.message("bridge.txt: 20 bytes")).to_be_visible()
    expect(chat.page.get_by_role("list", name="Files to send")).to_be_hidden()


def test_several_files_are_an_album_and_one_can_be_taken_away_before(visit: Visit) -> None:
    chat = visit()
    names = ("one.txt", "two.txt", "three.txt")
    chat.page.locator("#files").set_input_files([text_file(name, name) for name in names])
    chat.page.get_by_role("button", name="Remove two.txt").click()
    chat.page.get_by_role("button", name="Send").click()
    own = chat.log.locator(".own").filter(has_text=".txt")
    expect(own).to_have_count(2)
    albums = own.evaluate_all("files => files.map(file => file.dataset.album)")
    assert albums[0] == albums[1] != ""
    expect(own.nth(1)).to_have_class("message own album last")


def test_a_dropped_file_waits_to_be_sent(visit: Visit) -> None:
    chat = visit()
    dropped = chat.page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["Snow closed the pass."], "snow.md"));
            return transfer;
        }"""
    )
    for event in ("dragenter", "dragover"):
        chat.log.dispatch_event(event, {"dataTransfer": dropped})
    expect(chat.page.get_by_text("Drop files to send them")).to_be_visible()
    chat.log.dispatch_event("drop", {"dataTransfer": dropped})
    expect(chat.page.get_by_text("Drop files to send them")).to_be_hidden()
    chat.page.get_by_role("button", name="Send").click()
    expect(chat.message("snow.md: 21 bytes")).to_be_visible()


def test_what_the_playground_refuses_stays_to_be_sent(visit: Visit) -> None:
    chat = visit()
    chat.page.locator("#files").set_input_files(text_file("empty.txt", ""))
    chat.page.get_by_role("button", name="Send").click()
    expect(chat.page.get_by_role("alert")).to_contain_text("empty file")
    expect(chat.page.get_by_role("list", name="Files to send")).to_contain_text("empty.txt")
