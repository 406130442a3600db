"""A person's chat answers from a group's or a channel's articles, while they belong there."""

from __future__ import annotations

from stage import RunningBot, ann, ben, client, stage  # noqa: F401
from talk_articles import LIGHTHOUSE, asks, forged, labels, presses, saves, unhurried  # noqa: F401
from talk_shared import BELLS, WELL, WHO_CAST, WHO_HEARD, chooses, holds, said

from bot.playground import PersonHandle, PlaygroundClient
from bot.playground.handles import text_of

KEEPER = "Who is the keeper of the lighthouse?"
CLOSED = "I can't show you these articles: one of us is not in this group or channel any more."


def circle(stage: RunningBot, client: PlaygroundClient, *people: PersonHandle) -> int:
    """A group with the bot in it, whose library tells of the bells."""
    title = f"Bell ringers {people[0].id}"
    group = client.add_group(title, people)
    people[0].adds_bot(group)
    people[0].waits_for("", chat=group)
    holds(stage, group, BELLS)
    return group


def title_of(client: PlaygroundClient, chat: int) -> str:
    return str(client.chat(chat)["title"])


def test_a_member_reads_what_the_group_keeps_and_an_outsider_does_not(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = circle(stage, client, ann)
    title = title_of(client, group)
    saves(ann, LIGHTHOUSE)
    chooses(ann, title)
    answer = asks(ann, WHO_CAST)
    assert text_of(answer).startswith("Hedda Moss\n")
    assert text_of(answer).endswith(f"\nFrom the articles of {title}")
    assert said(ann, KEEPER).startswith(f"Not in the articles of {title}.")
    # Ben is not in the group, and no button of his own making lets him in.
    assert said(ben, "/use").startswith("I know of no group or channel that we are both in.")
    press = ben.presses(forged(stage.playground, ben, f"use:{group}"), "Forged")
    assert press["text"] == CLOSED
    assert said(ben, WHO_CAST).startswith("You have no articles yet.")
    # In their chats of their own nothing has changed.
    home = asks(ann, "/use")
    assert labels(home) == ["My own articles"]
    presses(ann, home, "My own articles")
    assert said(ann, KEEPER).startswith("Marta Lindqvist\n")
    assert said(ann, WHO_CAST).startswith("Not in your articles.")


def test_who_is_removed_reads_no_more_of_it_at_once(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    group = circle(stage, client, ann, ben)
    title = title_of(client, group)
    chooses(ben, title)
    answer = asks(ben, WHO_CAST)
    assert text_of(answer).startswith("Hedda Moss\n")
    listed = asks(ben, "/articles")
    ann.removes(ben, group)
    assert ben.presses(answer, "In context")["text"] == CLOSED
    assert ben.presses(listed, "1")["text"] == CLOSED
    again = said(ben, WHO_CAST, reply_to=answer["message_id"])
    assert again == (
        f"I can't read the articles of {title} for you any more: one of us is not in it now."
    )
    ben.sends("/stats")
    told, own = (ben.waits_for(each) for each in ("I answer from your own", "no articles yet"))
    assert text_of(told).startswith(f"I can't read the articles of {title}")
    assert text_of(own).startswith("You have no articles yet.")
    assert "Hedda" not in said(ben, WHO_CAST)


def test_subscribers_read_a_channels_articles_and_only_its_admins_delete_them(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = client.add_channel(f"Wells of the valley {ann.id}", ann, subscribers=[ben])
    title = title_of(client, channel)
    ann.adds_bot(channel, admin=True)
    holds(stage, channel, WELL)
    for person in (ann, ben):
        chooses(person, title)
        assert said(person, WHO_HEARD).startswith("Carl Tvedt\n")
        assert said(person, "/stats").startswith(f"{title} has 1 article")
    listed = presses(ben, asks(ben, "/articles"), "1")
    assert text_of(listed).endswith(f"From the articles of {title}")
    assert ben.presses(listed, "Delete")["text"] == "Only administrators can do this there."
    asked = presses(ann, presses(ann, asks(ann, "/articles"), "1"), "Delete")
    presses(ann, asked, "Yes, delete")
    assert said(ben, WHO_HEARD) == f"There are no articles in {title} yet."
