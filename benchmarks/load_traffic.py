"""Many chats that ask at once, and a long article that is added beside."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console

from benchmarks.articles import made_up, sample_articles
from benchmarks.load_stage import (
    Served,
    Ticks,
    bot_in_thread,
    libraries_for,
    people,
    served_playground,
)
from bot.application import open_archive
from bot.libraries import library_name
from bot.playground import PlaygroundClient
from bot.samples import sample_questions
from index import Archive, IndexSettings, Outcome
from index.split import split

SENDERS = 16
PATIENCE = 900.0
"""Seconds after which a chat counts as unanswered."""
NOTICE, FAILURE = "One moment", "Something went wrong"


def questions(count: int) -> list[str]:
    """So many questions, those about the samples again and again."""
    return list(islice(cycle(sample_questions()), count))


def measure_answers(
    data: Path, source: Path, chats: int, threads: int, console: Console
) -> dict[str, Any]:
    """Answers a second of the bot, beside those of the library, before it and after."""
    with served_playground() as served, PlaygroundClient(served.url) as client:
        ids = people(client, chats)
        libraries_for(ids, data, source, console)
        asked = list(zip(ids, questions(chats), strict=True))
        ticks = Ticks()
        with console.status("asking the bare library"):
            before = _bare(data, asked, threads)
        with console.status("asking the bot"), bot_in_thread(served, data, threads, ticks):
            seconds, unanswered = _asked(client, asked)
        with console.status("asking the bare library"):
            after = _bare(data, asked, threads)
    bare = (before + after) / 2
    return {
        "answers_per_second": chats / seconds,
        "bare_seconds": [before, after],
        "answers_ratio": bare / seconds,
        "unanswered": unanswered,
        "answers_stall_ms": ticks.longest(),
    }


def measure_stall(
    data: Path, source: Path, passages: int, threads: int, console: Console
) -> dict[str, Any]:
    """How late the loop is while a long article is added in a chat and another asks."""
    with served_playground() as served, PlaygroundClient(served.url) as client:
        reader, asker = people(client, 2)
        libraries_for([asker], data, source, console)
        text = long_article(passages)
        ticks = Ticks()
        with bot_in_thread(served, data, threads, ticks) as (archive, _):
            ticks.late.clear()
            added, seconds = threading.Event(), []
            client_of_reader = client.person("Asker 0")
            client_of_reader.uploads({"long.txt": text.encode()})

            def wait() -> None:
                client_of_reader.waits_for("Saved", timeout=PATIENCE)
                added.set()

            waiting = threading.Thread(target=wait)
            waiting.start()
            with console.status("adding a long article"):
                for question in cycle(sample_questions()):
                    if added.is_set():
                        break
                    begun = time.perf_counter()
                    ask_one(client, asker, question)
                    seconds.append(time.perf_counter() - begun)
                    time.sleep(0.5)
            waiting.join()
            stored = archive.library(library_name(reader)).totals().passages
    return {
        "passages": stored,
        "stall_ms": ticks.longest(),
        "stall_999_ms": ticks.quantile(0.999),
        "answered_meanwhile": len(seconds),
        "answer_seconds_meanwhile": median(seconds),
    }


def long_article(passages: int) -> str:
    """The text of an article of at least so many passages."""
    parts: list[str] = []
    missing = passages
    for article in made_up(sample_articles()):
        parts.append(article.text)
        missing -= len(split(article.text))
        if missing <= 0:
            text = "\n\n".join(parts)
            missing = passages - len(split(text))  # joined, they make fewer
            if missing <= 0:
                return text
    raise AssertionError


def _bare(data: Path, asked: list[tuple[int, str]], threads: int) -> float:
    """Seconds that the library takes for the same questions from as many threads."""
    with open_archive(IndexSettings(), data) as archive, ThreadPoolExecutor(threads) as pool:
        archive.load()
        begun = time.perf_counter()
        answers = list(pool.map(lambda each: _bare_answer(archive, *each), asked))
        seconds = time.perf_counter() - begun
    if all(outcome is Outcome.NOTHING for outcome in answers):
        raise RuntimeError("The library answers nothing.")
    return seconds


def _bare_answer(archive: Archive, chat: int, question: str) -> Outcome:
    return archive.library(library_name(chat)).ask(question).outcome


def _asked(client: PlaygroundClient, asked: list[tuple[int, str]]) -> tuple[float, int]:
    """Seconds until the last of all these chats has its answer, and how many got none."""
    after = client.cursor()
    begun = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as senders:
        sending = [senders.submit(_say, client, chat, question) for chat, question in asked]
        waiting = {chat for chat, _ in asked}
        failed = 0
        while waiting and time.perf_counter() - begun < PATIENCE:
            for event in client.events(after, wait=5.0):
                after = max(after, event["id"])
                if event["type"] in ("message", "edit") and event["message"]["from"]["is_bot"]:
                    said = event["message"]["text"]
                    if not said.startswith(NOTICE):
                        waiting.discard(event["chat_id"])
                    failed += said.startswith(FAILURE)
        seconds = time.perf_counter() - begun
        for each in sending:
            each.result()
    return seconds, failed + len(waiting)


def _say(client: PlaygroundClient, chat: int, text: str) -> None:
    client.request("POST", f"chats/{chat}/messages", json={"from": chat, "text": text})


def ask_one(client: PlaygroundClient, chat: int, question: str) -> None:
    seconds, unanswered = _asked(client, [(chat, question)])
    if unanswered:
        raise RuntimeError(f"No answer in {seconds:.0f} s.")


__all__ = ["Served", "ask_one", "long_article", "measure_answers", "measure_stall", "questions"]
