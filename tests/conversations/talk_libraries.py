"""What libraries hold, looked at from outside of the bot."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stage import RunningBot, models

from bot.application import open_archive
from bot.libraries import library_name
from index import StoredArticle

PATIENCE = 30.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An article with its words."""

    article: StoredArticle
    text: str


def kept_by(bot: RunningBot, chat: int) -> list[Kept]:
    """The articles of a chat, in the order in which they were added."""
    loaded = models()
    with open_archive(bot.index, bot.data, encoder=loaded.encoder, reader=loaded.reader) as archive:
        library = archive.library_for_adding(library_name(chat))
        found = library.articles()
        return [Kept(article, library.text(article.id)) for article in reversed(found)]


def until_kept(bot: RunningBot, chat: int, met: Callable[[Sequence[Kept]], bool]) -> Sequence[Kept]:
    """Wait for what a chat's library comes to hold; that."""
    deadline = time.monotonic() + PATIENCE
    while not met(found := kept_by(bot, chat)):
        assert time.monotonic() < deadline, [each.article.title for each in found]
        time.sleep(0.1)
    return found
