"""Photos and voice messages on the chat page: shown, opened, played, attached, pasted."""

from __future__ import annotations

import base64

import pytest
from handmade_media import png, silence
from page_browser import DESKTOP, PHONE, Town, Visit, browser, grave_findings, town, visit
from playwright.sync_api import FilePayload, Page, expect

from bot.playground import PlaygroundClient

__all__ = ["browser", "town", "visit"]


PARTS = (".photo", ".words")


def picture(name: str, width: int, height: int) -> FilePayload:
    """A picture as the file chooser gives it."""
    return {"name": name, "mimeType": "image/png", "buffer": png(width, height)}


def attach(page: Page, *files: FilePayload) -> None:
    page.locator("#files").set_input_files(list(files))


def test_an_attached_picture_is_a_photo_in_the_size_that_clients_send(visit: Visit) -> None:
    chat = visit()
    attach(chat.page, picture("page.png", 2000, 1000))
    tray = chat.page.get_by_role("list", name="Files to send")
    expect(tray.locator("img")).to_be_visible()
    chat.send("A page of the log")
    expect(chat.message("Seen: a JPEG of 1280 x 640")).to_be_visible()
    own = chat.message("A page of the log").first
    shown = own.get_by_role("button", name="Open the photo").locator("img")
    expect(shown).to_have_js_property("naturalWidth", 1280)
    expect(tray).to_be_hidden()


def test_pictures_attached_together_are_an_album_and_other_files_stay_files(visit: Visit) -> None:
    chat = visit()
    note: FilePayload = {"name": "n.txt", "mimeType": "text/plain", "buffer": b"A note."}
    attach(chat.page, picture("a.png", 300, 200), picture("b.png", 200, 300), note)
    chat.send("All of it")
    expect(chat.message("n.txt: 7 bytes")).to_be_visible()
    expect(chat.message("Seen: a JPEG of 200 x 300")).to_be_visible()
    own = chat.log.locator(".own")
    albums = own.evaluate_all("all => all.slice(1).map(one => one.dataset.album ?? '')")
    assert albums[0] == albums[1] != ""
    assert albums[2] == ""
    expect(own.nth(1)).to_contain_text("All of it")
    expect(own.nth(3)).not_to_contain_text("All of it")


@pytest.mark.parametrize("name", ["page.png", "voice.oga"])
def test_a_picture_or_a_sound_can_be_sent_as_a_file(visit: Visit, name: str) -> None:
    chat = visit()
    choice = chat.page.get_by_role("checkbox", name="Send as files")
    attach(chat.page, {"name": "note.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(choice).to_be_hidden()
    kind = "image/png" if name.endswith("png") else "audio/ogg"
    attach(chat.page, {"name": name, "mimeType": kind, "buffer": png(30, 20)})
    choice.check()
    chat.page.get_by_role("button", name="Send", exact=True).click()
    expect(chat.message(f"{name}: {len(png(30, 20))} bytes")).to_be_visible()
    attach(chat.page, picture("next.png", 30, 20))
    expect(choice).not_to_be_checked()


def test_what_only_looks_like_a_picture_is_sent_as_a_file(visit: Visit) -> None:
    chat = visit()
    narrow = picture("narrow.png", 2100, 100)
    broken: FilePayload = {"name": "broken.png", "mimeType": "image/png", "buffer": b"nothing"}
    attach(chat.page, narrow, broken)
    chat.page.get_by_role("button", name="Send", exact=True).click()
    expect(chat.message("broken.png: 7 bytes")).to_be_visible()
    expect(chat.message(f"narrow.png: {len(png(2100, 100))} bytes")).to_be_visible()


def test_a_pasted_picture_is_sent_as_a_photo(visit: Visit) -> None:
    chat = visit()
    chat.box.evaluate(
        """(box, picture) => {
            const bytes = Uint8Array.from(atob(picture), letter => letter.charCodeAt(0));
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File([bytes], "image.png", { type: "image/png" }));
            const told = { clipboardData, bubbles: true, cancelable: true };
            box.dispatchEvent(new ClipboardEvent("paste", told));
        }""",
        base64.b64encode(png(120, 90)).decode(),
    )
    expect(chat.page.get_by_role("list", name="Files to send")).to_contain_text("image.png")
    chat.box.press("Enter")
    expect(chat.message("Seen: a JPEG of 120 x 90")).to_be_visible()


def test_a_photo_opens_over_the_page_and_closes_by_keyboard(visit: Visit) -> None:
    chat = visit()
    attach(chat.page, picture("page.png", 900, 600))
    chat.box.press("Enter")
    opener = chat.log.get_by_role("button", name="Open the photo")
    opener.focus()
    chat.page.keyboard.press("Enter")
    viewer = chat.page.get_by_role("dialog", name="Photo")
    expect(viewer.get_by_role("img", name="Photo")).to_have_js_property("naturalWidth", 900)
    expect(viewer.get_by_role("button", name="Close the photo")).to_be_focused()
    assert grave_findings(chat.page) == []
    chat.page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(opener).to_be_focused()
    opener.click()
    viewer.get_by_role("img").click()
    expect(viewer).to_have_count(0)


def test_a_voice_message_has_a_player_with_its_length(visit: Visit) -> None:
    chat = visit()
    sound = silence(65)
    attach(chat.page, {"name": "v.ogg", "mimeType": "audio/ogg", "buffer": sound})
    chat.box.press("Enter")
    expect(chat.message(f"Heard: audio/ogg, {len(sound)} bytes")).to_be_visible()
    own = chat.message("Voice message, 1:05")
    player = own.locator("audio")
    expect(player).to_have_attribute("aria-label", "Voice message, 1:05")
    expect(player).to_have_js_property("duration", 65)
    player.evaluate("player => { player.currentTime = 40; }")
    expect(player).to_have_js_property("currentTime", 40)
    chat.choose(own, "Reply")
    expect(chat.page.locator("#context")).to_contain_text("Voice message")


def test_the_caption_of_a_photo_is_edited_and_the_bot_is_told(visit: Visit) -> None:
    chat = visit()
    attach(chat.page, picture("page.png", 90, 60))
    chat.box.press("Enter")
    photo = chat.log.locator(".own").filter(has=chat.page.locator(".photo"))
    chat.choose(photo, "Edit")
    chat.send("Page twelve")
    expect(photo).to_contain_text("Page twelve")
    expect(photo).to_contain_text("edited")


def test_after_a_refusal_only_what_was_not_sent_stays(visit: Visit) -> None:
    chat = visit()
    empty: FilePayload = {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""}
    attach(chat.page, picture("page.png", 90, 60), empty)
    chat.send("A page")
    expect(chat.page.get_by_role("alert")).to_contain_text("empty file")
    tray = chat.page.get_by_role("list", name="Files to send").get_by_role("listitem")
    expect(tray).to_have_count(1)
    expect(tray).to_contain_text("empty.txt")
    expect(chat.box).to_have_value("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_grave_and_nothing_too_wide(
    visit: Visit, town: Town, viewport: dict[str, int], scheme: str
) -> None:
    with PlaygroundClient(town.playground.url) as client:
        dan = client.add_person("Dan")
        dan.sends_photo(png(1280, 800), "A wide page, " * 20)
        dan.sends_photo(png(300, 1000), "A tall page, " * 20)
        dan.sends_photos([png(300, 1280), png(8, 8), png(1200, 60)])
        dan.sends_voice(silence(2), caption="A question")
    chat = visit(dan.id, viewport=viewport, color_scheme=scheme)
    attach(chat.page, picture("waits.png", 90, 60))
    expect(chat.page.get_by_role("checkbox", name="Send as files")).to_be_visible()
    expect(chat.message("A question").locator("audio")).to_be_visible()
    assert grave_findings(chat.page) == []
    beyond = chat.page.evaluate(
        """() => {
            const { right } = document.getElementById("log").getBoundingClientRect();
            const shown = [...document.querySelectorAll(".photo, .photo img, audio, .words")];
            return shown.filter(one => one.getBoundingClientRect().right > right).length
                + shown.filter(one => one.scrollWidth > one.clientWidth + 1).length;
        }"""
    )
    assert beyond == 0
    tall = chat.log.locator(".own").filter(has_text="A tall page")
    widths = [tall.locator(part).evaluate("one => one.offsetWidth") for part in PARTS]
    assert widths[0] == widths[1] < 300
