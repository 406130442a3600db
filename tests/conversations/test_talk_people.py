"""The owner sees who was let in, and lets them in no longer."""

from __future__ import annotations

from pathlib import Path

from stage import newcomer, running
from talk_articles import asks, labels

from bot.playground import Playground, PlaygroundClient
from bot.playground.handles import text_of


def test_the_owner_lets_somebody_in_no_longer(tmp_path: Path) -> None:
    with Playground() as playground, PlaygroundClient(playground.url) as client:
        owner, guest = client.person("Ann"), newcomer(client)
        with running(playground, tmp_path, owner=owner.id):
            asks(owner, "/start")
            asks(guest, "hello")
            request = owner.waits_for("would like to talk to me")
            owner.presses(request, "Allow")
            guest.waits_for("I'm Cuttings")
            assert text_of(asks(guest, "hello")).startswith("Hello.")

            people = asks(owner, "/allow")
            assert labels(people) == [guest.first_name]
            owner.presses(people, guest.first_name)
            owner.waits_for("may not talk to me any more")
            assert text_of(asks(guest, "hello again")).startswith("This bot is private")
