"""Takes the screenshots of the README from the real bot in the playground.

python docs/screenshots.py
"""

from __future__ import annotations

import asyncio
import shutil
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright
from pydantic import SecretStr

from bot.application import open_archive
from bot.playground import Playground, PlaygroundClient
from bot.playground.world import FIRST_PERSON
from bot.running import run
from bot.samples import samples_folder
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from index import IndexSettings

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SETTLED = 900
"""Milliseconds until nothing moves any more."""


def main() -> None:
    """Talk to the bot and take the pictures."""
    with Playground() as playground, TemporaryDirectory() as folder:
        settings = BotSettings(
            token=SecretStr(playground.token), api_url=playground.url, owner=FIRST_PERSON
        )
        loop, stop = asyncio.new_event_loop(), asyncio.Event()
        with open_archive(IndexSettings(), Path(folder)) as archive:
            archive.load()
            store = Store(Path(folder))
            serving = run(settings, archive, store, stop, lambda started: None)
            bot = threading.Thread(target=lambda: loop.run_until_complete(serving))
            bot.start()
            try:
                talk_and_look(playground)
            finally:
                loop.call_soon_threadsafe(stop.set)
                bot.join()
                store.close()


def talk_and_look(playground: Playground) -> None:
    """The conversation of the README."""
    with PlaygroundClient(playground.url) as client, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, BROWSERS)), None),
            args=["--no-sandbox"],
        )
        ann = client.person("Ann")
        ann.sends("/start")
        ann.waits_for("Cuttings")
        ann.sends((samples_folder() / "ferry-returns-to-ostrel.txt").read_text("utf-8"))
        ann.waits_for("Saved")
        ann.sends("Who is the captain of the Patient Margit?")
        ann.waits_for("Teodora Vint")
        picture(chromium, playground.url, "answer.png", 1000, 720, dark=False)
        ann.sends("Who won the football cup?")
        ann.waits_for("Not in your articles")
        picture(chromium, playground.url, "phone.png", 390, 720, dark=True)
        group = talk_in_a_group(client)
        picture(chromium, playground.url, "group.png", 1000, 720, dark=False, chat=group)
        chromium.close()


def talk_in_a_group(client: PlaygroundClient) -> int:
    """People read together, and the bot keeps what they post; the group's number."""
    ann, ben, cleo = (client.person(name) for name in ("Ann", "Ben", "Cleo"))
    group = client.add_group("Friends of the ferry", [ann, ben, cleo])
    ann.adds_bot(group, admin=True)
    ann.waits_for("Mention me", chat=group)
    ann.sends("/settings", chat=group)
    ann.presses(ann.waits_for("Quiet saving", chat=group), "Save quietly")
    article = (samples_folder() / "ferry-returns-to-ostrel.txt").read_text("utf-8")
    ben.sends(article, chat=group)
    ben.waits_for_event("reaction", chat=group)
    cleo.sends("Finally! I can visit my aunt.", chat=group)
    cleo.sends("@cuttings_bot who is the captain of the Patient Margit?", chat=group)
    answer = cleo.waits_for("Teodora Vint", chat=group)
    ann.sends("and where did she grow up?", chat=group, reply_to=answer["message_id"])
    ann.waits_for("I looked for", chat=group)
    return group


def picture(
    chromium: Browser,
    url: str,
    name: str,
    width: int,
    height: int,
    *,
    dark: bool,
    chat: int = FIRST_PERSON,
) -> None:
    """A chat as Ann sees it."""
    page = chromium.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=2,
        color_scheme="dark" if dark else "light",
    )
    page.goto(f"{url}#chat={chat}&as={FIRST_PERSON}")
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=str(HERE / name))
    page.close()


if __name__ == "__main__":
    main()
