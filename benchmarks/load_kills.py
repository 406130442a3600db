"""SIGKILL in the middle of many queued questions: is each answered once, and only once?"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.load_stage import ROOT, Served, libraries_for, people, served_playground
from benchmarks.load_traffic import questions
from bot.playground import PlaygroundClient

PATIENCE = 900.0
SETTLED = 8.0
"""Seconds without anything new after which nothing more is expected."""


def measure_kills(
    data: Path, source: Path, chats: int, kills: int, seed: int, console: Console
) -> dict[str, Any]:
    """Kill the bot so many times while it works through one question from each chat."""
    generator = random.Random(seed)
    with served_playground() as served, PlaygroundClient(served.url) as client:
        ids = people(client, chats)
        libraries_for(ids, data, source, console)
        with ThreadPoolExecutor(16) as senders:
            asked = zip(ids, questions(chats), strict=True)
            list(senders.map(lambda each: _say(client, *each), asked))
        in_flight: set[int] = set()
        done_kills = 0
        share = chats // (kills + 1)
        for number in range(kills):
            bot = _start(served, data)
            wanted = min(chats - 1, (number + 1) * share) - generator.randrange(max(1, share // 2))
            _wait_for_answers(client, ids, wanted)
            time.sleep(generator.uniform(0, 0.5))
            bot.kill()
            bot.wait()
            done_kills += 1
            time.sleep(0.5)
            in_flight |= set(_last_answered(client, ids, 4))
        bot = _start(served, data)
        with console.status("finishing after the kills"):
            _wait_for_answers(client, ids, chats)
            time.sleep(SETTLED)
        counts = _answers(client, ids)
        bot.terminate()
        bot.wait(60)
    twice = [chat for chat in ids if counts[chat] > 1]
    return {
        "kills": done_kills,
        "asked": chats,
        "twice": len(twice),
        "twice_in_flight": sum(chat in in_flight and counts[chat] == 2 for chat in twice),
        "lost": sum(counts[chat] == 0 for chat in ids),
    }


def _start(served: Served, data: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "CUTTINGS_BOT__TOKEN": served.token,
        "CUTTINGS_BOT__API_URL": served.url.rstrip("/"),
        "CUTTINGS_BOT__ACCESS": "everyone",
        "CUTTINGS_DATA": str(data),
    }
    command = [sys.executable, "-m", "bot.cli", "run"]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait_for_answers(client: PlaygroundClient, ids: list[int], wanted: int) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        if len(_answers(client, ids)) >= wanted:
            return
        time.sleep(0.25)
    raise RuntimeError("The bot does not answer.")


def _answers(client: PlaygroundClient, ids: list[int]) -> Counter[int]:
    """How many messages the bot has sent to each chat, deleted ones included."""
    wanted = set(ids)
    return Counter(
        event["chat_id"]
        for event in _all_events(client)
        if event["type"] == "message"
        and event["chat_id"] in wanted
        and event["message"]["from"]["is_bot"]
    )


def _last_answered(client: PlaygroundClient, ids: list[int], count: int) -> list[int]:
    """The chats that were answered last: what was sent right before a kill."""
    wanted = set(ids)
    chats = [
        event["chat_id"]
        for event in _all_events(client)
        if event["type"] == "message"
        and event["chat_id"] in wanted
        and event["message"]["from"]["is_bot"]
    ]
    return chats[-count:]


def _all_events(client: PlaygroundClient) -> list[dict[str, Any]]:
    return client.events(0)


def _say(client: PlaygroundClient, chat: int, text: str) -> None:
    client.request("POST", f"chats/{chat}/messages", json={"from": chat, "text": text})
