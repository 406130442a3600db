"""Groups and channels with articles, told in a few words."""

from __future__ import annotations

from typing import Any

from stage import RunningBot, models

from bot.application import open_archive
from bot.libraries import library_name
from bot.playground.handles import PersonHandle, text_of
from bot.playground.values import Json
from index import Article

BELLS = """\
The bells of Orrin Bridge

The bells of Orrin Bridge were cast again in June. The founder, Hedda Moss, melted the cracked \
ones in a field behind the station and poured four new ones before sunset.

The bells weigh 900 kilos together. A farmer lent his oxen to draw them up the hill.
"""
"""Of a group's library."""
WELL = """\
The well of Saint Aldo

The well of Saint Aldo has water again after thirty years. Its warden, Carl Tvedt, heard it at \
night and ran through the village in his socks.

The first bucket was drawn by the oldest woman of the village, who is ninety-eight.
"""
"""Of a channel's library."""
WHO_CAST = "Who cast the bells of Orrin Bridge?"
WHO_HEARD = "Who is the warden of the well?"


def holds(stage: RunningBot, chat: int, *texts: str) -> None:
    """Have a chat's library hold articles, however they came there."""
    loaded = models()
    with open_archive(
        stage.index, stage.data, encoder=loaded.encoder, reader=loaded.reader
    ) as archive:
        library = archive.library_for_adding(library_name(chat))
        articles = [Article(text=text, title=text.partition("\n")[0]) for text in texts]
        for receipt in library.add(articles):
            assert receipt.article


def chooses(person: PersonHandle, title: str) -> Json:
    """Answer from the articles of a group or channel from now on; the message that says so."""
    person.sends("/use")
    offered = person.waits_for(lambda message: True)
    person.presses(offered, title)
    return person.waits_for(title)


def said(person: PersonHandle, text: str, **more: Any) -> str:
    """Say something; the first thing that the bot says to it."""
    person.sends(text, **more)
    return text_of(person.waits_for(lambda message: True))
