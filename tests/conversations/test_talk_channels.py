"""A channel: what is posted there is kept, silently; its people ask it in chats of their own."""

from __future__ import annotations

from picture_samples import encoded, page
from stage import RunningBot, ann, ben, client, stage  # noqa: F401
from talk_articles import BAKERY, LIGHTHOUSE, OBSERVATORY, presses, unhurried  # noqa: F401
from talk_libraries import kept_by, until_kept
from talk_shared import chooses, said

from bot.playground import PersonHandle, PlaygroundClient
from bot.playground.handles import text_of

KEEPER = "Who is the keeper of the lighthouse?"
BAKER = "Who is the baker of the night bakery?"


def channel_of(
    client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle, *, username: str | None = None
) -> int:
    """A channel of Ann's that Ben reads, so far without the bot."""
    title = f"Valley Post {ann.id}"
    return client.add_channel(title, ann, username=username, subscribers=[ben], signs=True)


def title_of(client: PlaygroundClient, chat: int) -> str:
    return str(client.chat(chat)["title"])


def assert_silent(client: PlaygroundClient, channel: int) -> None:
    assert not [each for each in client.messages(channel) if each.get("from", {}).get("is_bot")]


def test_what_ann_posts_answers_bens_questions_as_it_reads_after_her_edit(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = channel_of(client, ann, ben, username=f"valley_post_{ann.id}")
    ann.adds_bot(channel, admin=True)
    (post,) = ann.sends(LIGHTHOUSE, chat=channel)
    number = post["message_id"]
    (kept,) = until_kept(stage, channel, lambda found: len(found) == 1)
    assert kept.article.source == f"https://t.me/valley_post_{ann.id}/{number}"
    assert (kept.article.site, kept.article.author) == (title_of(client, channel), ann.first_name)
    chooses(ben, title_of(client, channel))
    answer = said(ben, KEEPER)
    assert answer.startswith("Marta Lindqvist\n")
    assert f"From the articles of {title_of(client, channel)}" in answer

    ann.edits(number, LIGHTHOUSE.replace("Marta Lindqvist", "Ragna Dahl"), chat=channel)
    until_kept(stage, channel, lambda found: "Ragna Dahl" in found[0].text and len(found) == 1)
    assert said(ben, KEEPER).startswith("Ragna Dahl\n")
    ann.edits(number, "The lighthouse is closed.", chat=channel)
    until_kept(stage, channel, lambda found: found[0].text == "The lighthouse is closed.")
    assert_silent(client, channel)


def test_an_album_is_one_article_and_a_picture_alone_none(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = channel_of(client, ann, ben)
    ann.adds_bot(channel, admin=True)
    picture = encoded(page("", ("Nothing to see.",)), "JPEG", quality=60)
    ann.sends_photo(picture, chat=channel)
    ann.sends_photos([picture, picture], BAKERY[:900], chat=channel)
    ann.uploads({"comet.txt": OBSERVATORY.encode()}, caption="From our archive", chat=channel)
    album, file = until_kept(stage, channel, lambda found: len(found) == 2)
    assert album.text == BAKERY[:900].strip()
    assert file.text == f"From our archive\n\n{OBSERVATORY.strip()}"
    last = client.messages(channel)[-1]["message_id"]
    assert file.article.source == f"https://t.me/c/{str(channel)[4:]}/{last}"
    assert_silent(client, channel)


def test_older_posts_that_ann_forwards_go_to_the_channel_and_bens_to_his_own(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = channel_of(client, ann, ben)
    title = title_of(client, channel)
    older = [ann.sends(text, chat=channel)[0]["message_id"] for text in (LIGHTHOUSE, BAKERY)]
    ann.adds_bot(channel, admin=True)
    ann.sends(OBSERVATORY, chat=channel)
    until_kept(stage, channel, lambda found: len(found) == 1)

    ben.forwards(older, from_chat=channel)
    assert text_of(ben.waits_for("✓ Saved 2 articles:"))
    assert len(kept_by(stage, channel)) == 1
    ann.forwards(older, from_chat=channel)
    receipt = ann.waits_for("✓ Saved to")
    assert text_of(receipt).startswith(f"✓ Saved to {title}: 2 articles.\n")
    _, lighthouse, bakery = kept_by(stage, channel)
    assert [lighthouse.text, bakery.text] == [LIGHTHOUSE.strip(), BAKERY.strip()]
    assert kept_by(stage, ann.id) == []
    chooses(ben, title)
    assert said(ben, BAKER).startswith("Ilse Kowalczyk\n")

    assert "Deleted" in text_of(presses(ann, receipt, "Undo"))
    assert len(kept_by(stage, channel)) == 1
    assert said(ben, BAKER).startswith(f"Not in the articles of {title}.")
    assert len(kept_by(stage, ben.id)) == 2


def test_who_runs_the_channel_no_longer_keeps_its_posts_for_themselves(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    channel = channel_of(client, ann, ben)
    ann.adds_bot(channel, admin=True)
    ann.promotes(ben, channel)
    (post,) = ben.sends(LIGHTHOUSE, chat=channel)
    until_kept(stage, channel, lambda found: len(found) == 1)
    (other,) = ben.sends(BAKERY, chat=channel)
    until_kept(stage, channel, lambda found: len(found) == 2)
    ben.forwards([post["message_id"]], from_chat=channel)
    assert "has these already" in text_of(ben.waits_for("already"))
    ann.promotes(ben, channel, admin=False)
    ben.forwards([other["message_id"]], from_chat=channel)
    ben.waits_for("✓ Saved")
    assert [each.text for each in kept_by(stage, ben.id)] == [BAKERY.strip()]
