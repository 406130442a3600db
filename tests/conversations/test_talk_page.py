"""What a newcomer does in the playground: the real bot, on the real page, in a real Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from stage import RunningBot, client, newcomer, stage  # noqa: F401
from talk_samples import CLOCK, REPAIR_COST, WHO_MOUNTED_IT

from bot.playground import PlaygroundClient

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 30_000
"""Milliseconds."""
LONG = "\n\n".join([CLOCK, *(f"{CLOCK.splitlines()[2]} It is {n} o'clock." for n in range(20))])
"""Longer than one message holds."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium is installed: on Debian and Ubuntu, apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, stage: RunningBot, client: PlaygroundClient) -> Iterator[Page]:
    """The page as somebody new sees it."""
    someone = newcomer(client)
    page = chromium.new_page(viewport={"width": 1100, "height": 900})
    page.goto(f"{stage.playground.url}#chat={someone.id}&as={someone.id}")
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield page
    page.close()


def said(page: Page, text: str) -> Locator:
    return page.get_by_role("log").get_by_role("article").filter(has_text=text).last


def write(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message", exact=True)
    box.fill(text)
    box.press("Enter")


def menu(page: Page, message: Locator, action: str) -> None:
    message.hover()
    message.get_by_role("button", name="Actions for").click()
    page.get_by_role("menuitem", name=action).click()


def test_a_newcomer_pastes_an_article_asks_presses_replies_edits_and_forgets(
    page: Page, tmp_path: Path
) -> None:
    assert len(LONG) > 4096
    page.get_by_role("button", name="START").click()
    expect(said(page, "I'm Cuttings")).to_be_visible()

    write(page, LONG)
    expect(said(page, "Saved")).to_be_visible()
    assert page.get_by_role("log").get_by_role("article").filter(has_text="Saved").count() == 1

    write(page, WHO_MOUNTED_IT)
    answer = said(page, "Bruno Keller")
    bold = answer.locator("strong, b").filter(has_text="Bruno Keller")
    expect(bold.first).to_be_visible()
    page.screenshot(path=str(screenshots(tmp_path) / "newcomer.png"))

    page.get_by_role("button", name="More passages").last.click()
    expect(page.get_by_role("button", name="Back to the answer")).to_be_visible()
    page.get_by_role("button", name="Back to the answer").click()
    page.get_by_role("button", name="In context").last.click()
    expect(page.get_by_role("button", name="Back to the answer")).to_be_visible()

    menu(page, said(page, "Saved"), "Reply")
    write(page, REPAIR_COST)
    answer = said(page, "14,300 crowns").locator("strong, b")
    expect(answer.filter(has_text="14,300 crowns").first).to_be_visible()

    write(page, "Who won the football cup?")
    expect(said(page, "Not in your articles")).to_be_visible()
    messages = page.get_by_role("log").get_by_role("article")
    own = messages.filter(has_text="Who won the football cup?", has_not_text="Not in your")
    menu(page, own, "Edit")
    write(page, "Who is the clockmaker?")
    expect(messages.filter(has_text="Not in your articles")).to_have_count(0)

    write(page, "/privacy")
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(said(page, "Everything is deleted")).to_be_visible()
    write(page, WHO_MOUNTED_IT)
    expect(said(page, "You have no articles yet")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_conversation_can_be_read_by_everybody(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.get_by_role("button", name="START").click()
    write(page, CLOCK)
    expect(said(page, "Saved")).to_be_visible()
    write(page, WHO_MOUNTED_IT)
    expect(said(page, "Bruno Keller")).to_be_visible()
    found = Axe().run(page).response["violations"]
    grave = [each["id"] for each in found if each["impact"] in ("serious", "critical")]
    assert grave == []


def screenshots(folder: Path) -> Path:
    """Where pictures go: kept if a folder is named."""
    return Path(os.environ.get("SCREENSHOTS", folder))
