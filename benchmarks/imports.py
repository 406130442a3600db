"""Imports a chat that Telegram Desktop has exported, and kills the bot in the middle of it.

The bot runs as a process of its own in a playground; its owner sends it `result.json` of a channel
with made-up posts. At random moments the bot is killed with SIGKILL and started again. In the end
every post must be there once, and the same file sent again must bring nothing new.

    python -m benchmarks.imports [--posts 5000] [--kills 2] [--seed 0] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from benchmarks.articles import sample_articles
from benchmarks.load_stage import ROOT, Served, served_playground
from bot.libraries import library_name
from bot.playground import PlaygroundClient
from bot.playground.handles import PersonHandle, text_of
from index import Archive, IndexSettings
from index.sentences import paragraphs, sentences

SENTENCES = (2, 8)
"""The fewest and the most sentences of a post."""
CHANNEL = 1_234_567_890
FIRST_POST = 1_714_557_600
"""Unix seconds."""
PATIENCE = 1800.0
LOOK_AGAIN = 0.2
"""Seconds between two looks at how far it is."""


@dataclass(slots=True)
class Figures:
    """What the import came to."""

    posts: int
    megabytes: float
    kills: int = 0
    killed_at: list[int] = field(default_factory=list)
    """How many articles were there when the bot was killed."""
    seconds: float = 0.0
    """From the sending of the file to the last word about it, restarts and all."""
    seconds_starting: float = 0.0
    """Of these, from each start of the bot after a kill to the next article."""
    progress_told: int = 0
    articles: int = 0
    doubles: int = 0
    """Articles beyond one for each address."""
    missing: int = 0
    problems: int = 0
    """That `cuttings check` finds."""
    messages: int = 0
    """Of the bot's, for the whole import."""
    last_word: str = ""
    second_seconds: float = 0.0
    second_word: str = ""
    """What is said when the same file is sent again."""


def run(posts: int, kills: int, seed: int, console: Console) -> Figures:
    """Import so many posts, killing the bot so many times."""
    generator = random.Random(seed)
    data_file = exported(posts, generator)
    figures = Figures(posts, round(len(data_file) / 1e6, 1))
    moments = sorted(int(generator.uniform(0.05, 0.95) * posts) for _ in range(kills))
    with (
        TemporaryDirectory(prefix="cuttings-imports-") as folder,
        served_playground() as served,
        PlaygroundClient(served.url) as client,
    ):
        data, owner = Path(folder), client.add_person("Ann")
        bot = _Bot(served, data, owner.id)
        bot.start()
        try:
            _import(bot, owner, data_file, moments, generator, figures, console)
            _look(client, data, owner.id, figures)
            with console.status("sending it again"):
                begun = time.monotonic()
                owner.uploads({"result.json": data_file})
                figures.second_word = text_of(owner.waits_for(_is_final, PATIENCE))
                figures.second_seconds = round(time.monotonic() - begun, 1)
            figures.doubles += _count(data, owner.id) - figures.articles
        finally:
            bot.kill()
    return figures


def exported(posts: int, generator: random.Random) -> bytes:
    """The export of a channel with so many posts of shuffled real sentences."""
    found = [
        article.text[sentence.start : sentence.end]
        for article in sample_articles()
        for part in paragraphs(article.text)
        for sentence in sentences(article.text, part)
    ]
    messages = []
    for number in range(1, posts + 1):
        chosen = generator.choices(found, k=generator.randint(*SENTENCES))
        text = [f"Report {number}\n\n", {"type": "bold", "text": chosen[0]}, *chosen[1:]]
        seconds = FIRST_POST + 600 * number
        messages.append(
            {
                "id": number,
                "type": "message",
                "date": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)),
                "date_unixtime": str(seconds),
                "from": "Harbour Post",
                "from_id": f"channel{CHANNEL}",
                "text": text,
                "text_entities": [
                    each if isinstance(each, dict) else {"type": "plain", "text": each}
                    for each in text
                ],
            }
        )
    chat = {"name": "Harbour Post", "type": "public_channel", "id": CHANNEL, "messages": messages}
    return json.dumps(chat, indent=1, ensure_ascii=False).encode()


class _Bot:
    """`cuttings run`, for which one person is its owner."""

    def __init__(self, served: Served, data: Path, owner: int) -> None:
        self._environment = {
            **{name: value for name, value in os.environ.items() if "CUTTINGS" not in name},
            "PYTHONPATH": str(ROOT),
            "CUTTINGS_BOT__TOKEN": served.token,
            "CUTTINGS_BOT__API_URL": served.url.rstrip("/"),
            "CUTTINGS_BOT__OWNER": str(owner),
            "CUTTINGS_DATA": str(data),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "bot.cli", "run"]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, env=self._environment, stdout=quiet, stderr=quiet)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None


def _import(
    bot: _Bot,
    owner: PersonHandle,
    data_file: bytes,
    moments: list[int],
    generator: random.Random,
    figures: Figures,
    console: Console,
) -> None:
    data = Path(bot._environment["CUTTINGS_DATA"])
    begun = time.monotonic()
    owner.uploads({"result.json": data_file})
    since = owner.since
    with console.status("importing"):
        for moment in moments:
            _until(data, owner.id, moment)
            time.sleep(generator.uniform(0, 1.0))
            bot.kill()
            figures.kills += 1
            there = _count(data, owner.id)
            figures.killed_at.append(there)
            started = time.monotonic()
            bot.start()
            _until(data, owner.id, there + 1)
            figures.seconds_starting += time.monotonic() - started
        owner.since = since
        figures.last_word = text_of(owner.waits_for(_is_final, PATIENCE))
    figures.seconds = round(time.monotonic() - begun, 1)
    figures.seconds_starting = round(figures.seconds_starting, 1)


def _look(client: PlaygroundClient, data: Path, owner: int, figures: Figures) -> None:
    """What is in the library, and what was said."""
    with Archive(data, IndexSettings()) as archive:
        library = archive.library(library_name(owner))
        articles = library.articles()
        figures.problems = len(library.check().problems)
    addresses = {article.address for article in articles}
    figures.articles = len(articles)
    figures.doubles = len(articles) - len(addresses)
    figures.missing = figures.posts - len(addresses)
    said = [each for each in client.events(0) if each.get("chat_id") == owner and _is_of_bot(each)]
    figures.messages = len({each["message"]["message_id"] for each in said})
    figures.progress_told = sum("Taking in" in text_of(each["message"]) for each in said)


def _is_of_bot(event: dict[str, Any]) -> bool:
    message = event.get("message")
    return bool(message and message.get("from", {}).get("is_bot"))


def _is_final(message: dict[str, Any]) -> bool:
    return bool(re.search(r"taken in|already", text_of(message)))


def _count(data: Path, owner: int) -> int:
    with Archive(data, IndexSettings()) as archive:
        return archive.library_for_adding(library_name(owner)).totals().articles


def _until(data: Path, owner: int, articles: int) -> None:
    """Wait until there are so many."""
    begun = time.monotonic()
    while _count(data, owner) < articles:
        if time.monotonic() - begun > PATIENCE:
            raise RuntimeError("The import does not get on.")
        time.sleep(LOOK_AGAIN)


def main() -> None:
    """Import, print; the exit status is 1 if anything is missing or there twice."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--posts", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    figures = run(arguments.posts, arguments.kills, arguments.seed, Console(stderr=True))
    if arguments.json:
        print(json.dumps(asdict(figures)))
    else:
        for name, value in asdict(figures).items():
            print(f"{name.replace('_', ' ')}: {value}")
    sys.exit(bool(figures.doubles or figures.missing or figures.problems))


if __name__ == "__main__":
    main()
