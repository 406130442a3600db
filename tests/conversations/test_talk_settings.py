"""/settings in a group and in a chat of one's own, with people who may and who may not."""

from __future__ import annotations

import pytest
from talk_articles import LIGHTHOUSE, labels
from talk_circles import (  # noqa: F401
    Circle,
    all_is_looked_at,
    circle,
    kept_in,
    owned,
    unhurried_groups,
)

from bot.playground.handles import text_of
from bot.texts import Texts
from bot.tongues import texts_in


@pytest.fixture
def group(circle: Circle) -> int:
    """Ben runs it, Cleo is in it, and Ann, who owns the bot, has brought it."""
    made = circle.client.add_group("Reading circle", [circle.ben, circle.cleo, circle.ann])
    circle.ann.adds_bot(made)
    circle.ann.waits_for("Hello", chat=made)
    return made


def test_administrators_choose_the_language_of_a_group(
    circle: Circle,
    group: int,
) -> None:
    circle.cleo.sends("/settings@cuttings_bot", chat=group)
    circle.cleo.waits_for(Texts().settings_administrators, chat=group)
    circle.ben.sends("/settings@cuttings_bot", chat=group)
    shown = circle.ben.waits_for("How I am set in this chat", chat=group)
    assert labels(shown) == ["Save quietly", "Language", "Time zone"]
    for person in (circle.cleo, circle.ann):
        assert person.presses(shown, "Language")["text"] == Texts().alert_administrators_only
    circle.ben.presses(shown, "Language")
    choice = circle.ben.waits_for(Texts().language_which, chat=group)
    assert circle.cleo.presses(choice, "Deutsch")["text"] == Texts().alert_administrators_only
    german = texts_in("de", in_group=True)
    circle.ben.presses(choice, "Deutsch")
    shown = circle.ben.waits_for(german.settings_heading, chat=group)
    assert "Deutsch" in text_of(shown)
    receipt = text_of(kept_in(circle.cleo, group, LIGHTHOUSE))
    assert receipt.startswith(german.saved)
    assert german.saved_hint in receipt
    # Another group, and Cleo's own chat, are not spoken to in German for that.
    other = circle.client.add_group("Chess club", [circle.cleo, circle.ann])
    circle.ann.adds_bot(other)
    assert text_of(circle.ann.waits_for("Hello", chat=other)) == Texts().group_joined


def test_quiet_saving_says_what_it_needs_until_it_has_it(
    circle: Circle,
    group: int,
) -> None:
    circle.ben.sends("/settings@cuttings_bot", chat=group)
    shown = circle.ben.waits_for(Texts().quiet_off, chat=group)
    circle.ben.presses(shown, "Save quietly")
    circle.ben.waits_for(Texts().quiet_blind, chat=group)
    circle.ben.promotes_bot(group)
    circle.ben.sends("/settings@cuttings_bot", chat=group)
    shown = circle.ben.waits_for(Texts().quiet_on, chat=group)
    assert Texts().quiet_blind not in text_of(shown)
    circle.cleo.sends(LIGHTHOUSE, chat=group)
    circle.cleo.waits_for_event("reaction", chat=group)
    circle.ben.presses(shown, "Stop saving quietly")
    circle.ben.waits_for(Texts().quiet_off, chat=group)


def test_a_time_zone_is_chosen_by_button_or_by_city(circle: Circle) -> None:
    ann = circle.ann
    ann.sends("/settings")
    shown = ann.waits_for("Time zone: UTC")
    ann.presses(shown, "Time zone")
    page = ann.waits_for(Texts().zone_which)
    ann.presses(page, "Next ›")
    page = ann.waits_for(lambda message: any("Kyiv" in label for label in labels(message)))
    ann.presses(page, next(label for label in labels(page) if "Kyiv" in label))
    ann.waits_for("Time zone: Kyiv")
    ann.sends("/settings Buenos Aires")
    ann.waits_for("Time zone: Buenos Aires")
    ann.sends("/settings Atlantis")
    ann.waits_for("I know of no time zone that is named after “Atlantis”.")


def test_a_forged_button_changes_nothing_of_a_group(
    circle: Circle,
    group: int,
) -> None:
    circle.ben.sends("/settings@cuttings_bot", chat=group)
    shown = circle.ben.waits_for("How I am set in this chat", chat=group)
    for label in ("Save quietly", "Time zone"):
        answer = circle.cleo.presses(shown, label)
        assert answer["text"] == Texts().alert_administrators_only
    all_is_looked_at(circle.ann)
    circle.ben.sends("/settings@cuttings_bot", chat=group)
    again = circle.ben.waits_for("How I am set in this chat", chat=group)
    assert Texts().quiet_off in text_of(again)
    assert "Time zone: UTC" in text_of(again)


def test_each_language_and_kind_of_chat_has_its_menu(
    circle: Circle,
    group: int,
) -> None:
    dora = circle.client.add_person("Dora", language_code="de")
    texts = texts_in("de")
    private = {each["command"]: each["description"] for each in dora.menu()}
    assert private["settings"] == texts.command_settings
    assert "use" in private
    in_group = {each["command"]: each["description"] for each in circle.cleo.menu(group)}
    assert in_group["settings"] == Texts().command_settings
    assert "use" not in in_group
