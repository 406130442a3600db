"""Articles that nobody published, and short ways to save them and to ask about them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import httpx
import pytest

from bot.pace import Pace
from bot.playground import Playground
from bot.playground.handles import PersonHandle, text_of

Message = dict[str, Any]

LIGHTHOUSE = """\
The lighthouse at Grey Point is lit again

After eleven dark winters the lighthouse at Grey Point is lit again. The keeper, Marta Lindqvist, \
climbed the 214 steps on Friday evening and turned the lamp on by hand.

The repair cost 340,000 crowns. The money came from the fishing village below, where every boat \
gave a tenth of its spring catch.

"A ship without a light is a guess," said the harbour master, Olav Berge. He expects the ferry to \
Sandholm to run at night from October on.

The lens was ground in the town of Velden in 1911. Two of its prisms broke in the storm that put \
the light out, and a glass school in Velden made new ones from the old drawings.

Visitors may climb the tower on Sundays between ten and four. Children under six stay at the foot \
of the stairs, where the keeper's dog looks after them.
"""
"""Of several paragraphs, with a name, a sum, a year and a place to ask for."""

BAKERY = """\
The night bakery of Tarn Street

The night bakery of Tarn Street opens at two in the morning. Its baker, Ilse Kowalczyk, sells \
nothing but rye bread and a sweet roll with caraway.

She bought the oven in the spring from a closed convent for 900 crowns. It took six men and a \
borrowed crane to bring it through the window.

Most of her customers drive buses. The first line of the day stops in front of the shop for three \
minutes longer than the timetable says, and the company has stopped asking why.
"""

OBSERVATORY = """\
A comet over the Karst Observatory

The Karst Observatory has found a comet. Its discoverer, Tomas Arnesen, saw it as a smear on a \
plate of the twelfth of March and first took it for a fingerprint.

The comet will pass the earth on the ninth of September at a distance of forty million kilometres. \
It needs no telescope after the first week of that month.

The observatory is run by a school for surveyors, and its roof is opened with a bicycle chain.
"""

SECRET_WORDS = "marmalade heron"
"""Words of `SECRET` that occur nowhere else."""
SECRET = """\
The marmalade heron of Lake Osk

A heron that eats marmalade lives at Lake Osk. The innkeeper, Petra Vance, calls it the marmalade \
heron and puts a saucer on the jetty for it each morning.

Ornithologists from the city have counted its visits since May. It came on sixty-one days of \
seventy, always before seven, and never when the innkeeper's brother stood on the jetty.
"""

SHORT_TITLES = (
    "The ferry of Aldham",
    "A bridge for otters",
    "Snow in the orchard",
    "The clock of Brevik",
    "Nine maps of one island",
    "The honey tax",
    "A school on the tram",
    "Rain on the salt road",
)
"""Of eight small articles."""


def small_article(title: str) -> str:
    """A few sentences under a title."""
    return (
        f"{title}\n\nThis is told of it by those who were there: {title.lower()} was the talk of "
        "the valley for a whole summer. The mayor, who had been against it, changed his mind in "
        "August and wrote a letter of two pages to say so.\n"
    )


def small_files() -> dict[str, bytes]:
    """The eight small articles as files, by name."""
    return {
        f"{number}.txt": small_article(title).encode()
        for number, title in enumerate(SHORT_TITLES, 1)
    }


def sentences(article: str) -> list[str]:
    """The sentences of an article, for looking whether any of them is left somewhere."""
    found = [part.strip() for part in article.replace("\n", ". ").split(". ")]
    return [part for part in found if len(part) > 25]


REPORTS = f"Three reports from the valley\n\n{LIGHTHOUSE}\n{BAKERY}\n{OBSERVATORY}"
"""Of several passages."""


@pytest.fixture(scope="module", autouse=True)
def unhurried() -> Iterator[None]:
    """Nobody waits for the limit of one message a second, which the playground does not have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.application.Pace", partial(Pace, private=(30, 1.0)))
        yield


def saves(person: PersonHandle, text: str, **more: Any) -> Message:
    """Send an article and wait for its receipt; returns the person's message."""
    (message,) = person.sends(text, **more)
    person.waits_for("✓ Saved")
    return message


def asks(person: PersonHandle, question: str, **more: Any) -> Message:
    """Send a question, or a command; returns the first thing that the bot writes."""
    person.sends(question, **more)
    return person.waits_for(lambda message: True)


def presses(person: PersonHandle, message: Message, button: str) -> Message:
    """Press a button; returns the message as the bot has changed it, or its new message."""
    person.presses(message, button)
    return person.waits_for(lambda message: True)


def marked(message: Message, kind: str) -> list[str]:
    """The parts of a message that have a format."""
    units = text_of(message).encode("utf-16-le")
    return [
        units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
        for entity in message.get("entities", [])
        if entity["type"] == kind
    ]


def labels(message: Message) -> list[str]:
    """What stands on a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def from_bot(person: PersonHandle) -> list[Message]:
    """The bot's messages in a person's chat, as they are now."""
    return [message for message in person.messages() if message["from"]["is_bot"]]


def forged(playground: Playground, person: PersonHandle, data: str) -> Message:
    """A message of the bot's in a person's chat with a button that the program never made.

    Whoever writes a client of their own can press any button they think of.
    """
    button = {"text": "Forged", "callback_data": data}
    told = {
        "chat_id": person.id,
        "text": "A forged button",
        "reply_markup": {"inline_keyboard": [[button]]},
    }
    url = f"{playground.base_url}{playground.token}/sendMessage"
    sent: Message = httpx.post(url, json=told, trust_env=False).json()["result"]
    return sent
