"""`cuttings run` and `cuttings playground`."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import typer

from bot import console
from bot.alone import only_bot
from bot.application import open_archive
from bot.commands.opening import all_settings, data_folder
from bot.logs import set_up_logging
from bot.options import Options
from bot.playground import Playground
from bot.playground.world import FIRST_PERSON
from bot.running import Started, run
from bot.samples import samples_folder
from bot.settings import Settings
from bot.store.store import Store
from bot.telegram_settings import BotSettings

HOW_TO_BEGIN = """\
Cuttings has no token yet, and a Telegram bot needs one. To get it:

1. In Telegram, open @BotFather and send /newbot. It asks for a name and gives you a token.
2. Write the token into config.toml in this folder:

   [bot]
   token = "123456:ABC..."

   or into the environment: CUTTINGS_BOT__TOKEN
3. Start again.
"""
OFFER = "Without a token you can try the very same bot in your browser, in the playground."
PORT = 8765

log = logging.getLogger(__name__)


def run_bot(options: Options, *, or_playground: bool) -> None:
    """Run the Telegram bot; without a token, tell how to get one and offer the playground."""
    settings = all_settings(options)
    if settings.bot.token.get_secret_value():
        with ExitStack() as stack:
            set_up_logging()
            _serve(settings, settings.bot, data_folder(options), stack, _told_by_telegram)
        return
    out = console.terminal()
    out.print(HOW_TO_BEGIN)
    out.print(OFFER)
    if or_playground or (
        sys.stdin.isatty() and sys.stdout.isatty() and typer.confirm("Start it?", default=True)
    ):
        out.print()
        playground(options, port=PORT, bot=True)
    else:
        out.print("Start it with: cuttings playground")
        raise typer.Exit(1)


def playground(options: Options, *, port: int, bot: bool) -> None:
    """Serve a Telegram of one's own, and the bot in it."""
    settings = all_settings(options)
    out = console.terminal()
    set_up_logging(logging.WARNING)  # who tries it wants no log lines
    with ExitStack() as stack:
        served = _playground(port, stack)
        out.print(f"The playground is at {served.url}")
        if not bot:
            out.print(f"Bot API:  {served.base_url}")
            out.print(f"Files:    {served.base_file_url}")
            out.print(f"Token:    {served.token}")
            out.print("Ctrl-C ends it.")
            asyncio.run(_until_stopped())
            return
        chosen = settings.bot.model_copy(
            update={
                "token": type(settings.bot.token)(served.token),
                "api_url": served.url.rstrip("/"),
                "owner": FIRST_PERSON,
                "access": "owner",
            }
        )
        folder = options.data or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="cuttings-playground-"))
        )
        out.print("Open it in a browser, press START, paste an article and ask about it.")
        out.print(f"No article at hand? Drop a file from {samples_folder()} onto the page.")
        if options.data is None:
            out.print("What you do there is forgotten when you end it with Ctrl-C.")
        _serve(settings, chosen, folder, stack, lambda started: None)


def _playground(port: int, stack: ExitStack) -> Playground:
    """The playground at its usual port, or another when that is taken."""
    try:
        return stack.enter_context(Playground(port=port))
    except OSError:
        return stack.enter_context(Playground())


def _serve(
    settings: Settings,
    bot: BotSettings,
    data: Path,
    stack: ExitStack,
    started: Callable[[Started], None],
) -> None:
    stack.enter_context(only_bot(data))
    archive = stack.enter_context(open_archive(settings.index, data))
    if outdated := archive.outdated():
        log.warning(
            "libraries wait to be encoded anew",
            extra={"libraries": len(outdated), "command": "cuttings reencode --all"},
        )
    store = Store(data)
    stack.callback(store.close)

    async def serve() -> None:
        await run(bot, archive, store, _stop_signal(), started)

    asyncio.run(serve())


def _stop_signal() -> asyncio.Event:
    """An event that Ctrl-C and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # on Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop


async def _until_stopped() -> None:
    await _stop_signal().wait()


def _told_by_telegram(started: Started) -> None:
    out = console.terminal()
    out.print(f"@{started.username} is running. Ctrl-C ends it.")
    if started.claim_code:
        out.print()
        out.print("It has no owner yet. Whoever opens this link first owns it:")
        out.print(f"  https://t.me/{started.username}?start={started.claim_code}")
        out.print(f"or sends it: /start {started.claim_code}")
