"""The chat page in a real Chromium: a playground with a bot, and a hand to use the page with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from page_bot import PageBot
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot.playground import Playground

ANN, BEN, CLEO = 1001, 1002, 1003
GROUP = -1_001_000_000_001
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1100, "height": 800}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True, slots=True)
class Town:
    """A playground with its bot, and the page API for what happens outside the page."""

    playground: Playground
    api: httpx.Client

    def post(self, path: str, **body: object) -> Any:
        """Call the page API; the answer as JSON."""
        answer = self.api.post(f"api/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def say(self, person: int, text: str, chat: int | None = None) -> int:
        """Write as a person; the id of the (first) message."""
        sent = self.post(f"chats/{chat or person}/messages", **{"from": person, "text": text})
        return int(sent["messages"][0]["message_id"])

    def newcomer(self, name: str) -> int:
        """Somebody who has never written."""
        return int(self.post("people", first_name=name)["person"]["id"])

    def group(self, title: str, people: list[int], **kind: bool) -> int:
        """A group of these people, with the bot; the first is its creator."""
        chat = int(self.post("groups", title=title, people=people, **kind)["chat"]["id"])
        self.change(chat, "add", self._bot(), by=people[0])
        return chat

    def channel(self, title: str, owner: int, readers: list[int]) -> int:
        """A channel in which posts say who wrote them, with the bot."""
        told = {"title": title, "owner": owner, "subscribers": readers, "signs": True}
        chat = int(self.post("channels", **told)["chat"]["id"])
        self.change(chat, "add", self._bot(), by=owner)
        return chat

    def topic(self, chat: int, name: str) -> int:
        """A topic that Ann opens in a forum."""
        return int(self.post(f"chats/{chat}/topics", **{"from": ANN, "name": name})["topic"])

    def change(self, chat: int, action: str, who: int, by: int, **more: bool) -> None:
        """Let somebody add, remove or promote somebody."""
        told = {"from": by, "action": action, "who": who, **more}
        self.post(f"chats/{chat}/members", **told)

    def _bot(self) -> int:
        return int(self.api.get("api/world").json()["bot"]["id"])


@dataclass(frozen=True, slots=True)
class ChatPage:
    """The page, as a person uses it."""

    page: Page
    town: Town
    person: int

    @property
    def log(self) -> Locator:
        """The messages."""
        return self.page.get_by_role("log")

    @property
    def box(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_role("textbox", name="Message", exact=True)

    def message(self, text: str) -> Locator:
        """The messages that hold a text."""
        return self.log.get_by_role("article").filter(has_text=text)

    def send(self, text: str) -> None:
        """Write a message and press Enter."""
        self.box.fill(text)
        self.box.press("Enter")

    def choose(self, message: Locator, action: str) -> None:
        """Choose an action from the menu of a message."""
        message.hover()
        message.get_by_role("button", name="Actions for").click()
        self.page.get_by_role("menuitem", name=action).click()

    def go_to(self, chat: str) -> None:
        """Open another chat of the list."""
        self.page.get_by_role("link", name=chat).click()


Visit = Callable[..., ChatPage]


def grave_findings(page: Page) -> list[str]:
    """What axe finds of serious or critical impact."""
    found = Axe().run(page).response["violations"]
    return [
        f"{finding['id']}: {node['target']} {node['failureSummary']}"
        for finding in found
        if finding["impact"] in ("serious", "critical")
        for node in finding["nodes"]
    ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, once for a file of tests."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium is installed: on Debian and Ubuntu, apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    """A playground with a bot, once for a file: each test brings people of its own."""
    with (
        Playground() as playground,
        PageBot(playground),
        httpx.Client(base_url=playground.url) as api,
    ):
        yield Town(playground, api)


@pytest.fixture
def visit(browser: Browser, town: Town) -> Iterator[Visit]:
    """Open the page: as somebody new who has pressed START, or as `person`, in `chat`."""
    faults: list[str] = []
    names = (f"Dora {number}" for number in count(1))
    with ExitStack() as open_pages:

        def open_page(
            person: int | None = None, chat: int | None = None, **context: Any
        ) -> ChatPage:
            somebody = person or town.newcomer(next(names))
            if person is None:
                town.say(somebody, "/start")
            calm = {"viewport": DESKTOP, "reduced_motion": "reduce"}
            opened = browser.new_context(**{**calm, **context})
            open_pages.callback(opened.close)
            page = opened.new_page()
            page.set_default_timeout(10_000)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.goto(f"{town.playground.url}#chat={chat or somebody}&as={somebody}")
            foot = page.locator("#composer, #start-bar")
            expect(foot.filter(visible=True)).to_have_count(1)
            return ChatPage(page, town, somebody)

        yield open_page
    assert not faults, "the page's script failed"
