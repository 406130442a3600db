"""Links: what is behind them is read and told, one receipt for each, or what is in the way."""

from __future__ import annotations

from typing import Any

from link_servers import Answer
from page_samples import FOLDER
from pdf_samples import article_pdf
from stage import ann, ben, client  # noqa: F401
from talk_articles import (
    BAKERY,
    LIGHTHOUSE,
    OBSERVATORY,
    asks,
    from_bot,
    labels,
    presses,
    saves,
    unhurried,  # noqa: F401
)
from talk_samples import IN_THE_PIECES, WALK
from talk_sites import (
    MOST_BYTES,
    SECONDS,
    Paper,
    page_of,
    patient_sites,
    site,  # noqa: F401
    stage,  # noqa: F401
)

from bot.playground import PersonHandle
from bot.playground.handles import text_of
from bot.texts import Texts
from index import Obstacle

TEXTS = Texts()
KEEPER = ("Who is the keeper of the lighthouse?", "Marta Lindqvist")
BAKER = ("Who is the baker of the night bakery?", "Ilse Kowalczyk")
ORIGIN = {"type": "hidden_user", "name": "Dora"}
WALLS = {
    "login/sign-in-form": Obstacle.LOGIN,
    "list/front-page": Obstacle.LIST,
    "consent/before-you-continue": Obstacle.CONSENT,
    "bot_check/verify-human": Obstacle.BOT_CHECK,
    "paywall/subscribe-to-continue": Obstacle.PAYWALL,
    "video/player-page": Obstacle.VIDEO,
    "script/react-app": Obstacle.SCRIPT,
}
FORBIDDEN = (
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
)


def told_of(link: str, obstacle: Obstacle) -> str:
    """What is said of a link that leads to no article."""
    return "\n".join((link, *TEXTS.refused(obstacle)))


def behind_words(links: list[str]) -> dict[str, Any]:
    """A text whose words are links, which may then be anything."""
    entities = [
        {"type": "text_link", "offset": 2 * number, "length": 1, "url": link}
        for number, link in enumerate(links)
    ]
    return {"text": " ".join("x" for _ in links), "entities": entities}


def count_of(person: PersonHandle) -> str:
    """How many articles somebody has."""
    return text_of(asks(person, "/stats")).partition(":")[0]


def waits_for_several(person: PersonHandle, count: int) -> list[str]:
    """The first lines of what is said, once it is so much that is not a notice."""
    seen: dict[int, str] = {}

    def enough(message: dict[str, Any]) -> bool:
        seen[int(message["message_id"])] = text_of(message)
        done = [text for text in seen.values() if not text.startswith("Opening")]
        return len(done) == count

    person.waits_for(enough)
    return [text for text in seen.values() if not text.startswith("Opening")]


def test_a_link_is_read_told_of_and_can_be_asked(ann: PersonHandle, site: Paper) -> None:
    link = site.has("/news/lighthouse", page_of(LIGHTHOUSE))
    (message,) = ann.sends(link)
    receipt = ann.waits_for("✓ Saved")
    _, title, told, *_ = text_of(receipt).split("\n")
    assert title == LIGHTHOUSE.split("\n")[0]
    assert told.startswith("Valley Courier · ")
    assert labels(receipt) == ["Undo"]
    answer = asks(ann, KEEPER[0])
    assert text_of(answer).startswith(f"{KEEPER[1]}\n")
    for said in (receipt, answer):
        assert said["reply_to_message"]["message_id"] == message["message_id"]
    assert any(entity.get("url") == link for entity in answer["entities"])


def test_several_links_have_a_receipt_each_and_one_can_be_undone(
    ann: PersonHandle, site: Paper
) -> None:
    articles = {"/a": LIGHTHOUSE, "/b": BAKERY, "/c": OBSERVATORY}
    links = [site.has(path, page_of(article)) for path, article in articles.items()]
    ann.sends("\n".join(links))
    said = waits_for_several(ann, 3)
    assert sorted(text.split("\n")[1] for text in said) == sorted(
        article.split("\n")[0] for article in articles.values()
    )
    bakery = next(each for each in from_bot(ann) if "bakery" in text_of(each))
    assert text_of(presses(ann, bakery, "Undo")).startswith("Deleted: “The night bakery")
    assert count_of(ann) == "You have 2 articles"
    assert text_of(asks(ann, KEEPER[0])).startswith(f"{KEEPER[1]}\n")


def test_links_are_opened_side_by_side(ann: PersonHandle) -> None:
    pages = [page_of(article) for article in (LIGHTHOUSE, BAKERY, OBSERVATORY)]
    with patient_sites(pages) as links:
        ann.sends(" ".join(links))
        said = waits_for_several(ann, 3)
    assert all(text.startswith("✓ Saved") for text in said)


def test_a_question_below_a_link_is_asked_of_it(ann: PersonHandle, site: Paper) -> None:
    saves(ann, BAKERY)
    link = site.has("/lighthouse", page_of(LIGHTHOUSE))
    (message,) = ann.sends(f"{link}\nHow much did the repair cost?")
    answer = ann.waits_for("340,000 crowns\n")
    assert answer["reply_to_message"]["message_id"] == message["message_id"]


def test_variants_of_an_address_are_one_article(ann: PersonHandle, site: Paper) -> None:
    link = site.has("/news/lighthouse", page_of(LIGHTHOUSE))
    # What is for phones and for paper is shorter; one of them says which page it is a copy of.
    *_, before, last = LIGHTHOUSE.strip().split("\n\n")
    for_phones, to_print = LIGHTHOUSE.replace(last, ""), LIGHTHOUSE.replace(before, "")
    variants = [
        f"{site.has('/news/lighthouse?utm_source=letter&fbclid=7', page_of(LIGHTHOUSE))}#top",
        site.has("/amp/news/lighthouse", page_of(for_phones)),
        site.has("/print?of=lighthouse", page_of(to_print, canonical=link)),
    ]
    ann.sends(link)
    ann.waits_for("✓ Saved")
    for variant in variants:
        again = text_of(asks(ann, variant))
        assert again.startswith(("You have this already:", "✓ Read again")), again
        assert count_of(ann) == "You have 1 article"


def test_a_page_that_has_changed_is_read_again(ann: PersonHandle, site: Paper) -> None:
    link = site.has("/news/lighthouse", page_of(LIGHTHOUSE))
    ann.sends(link)
    ann.waits_for("✓ Saved")
    site.has("/news/lighthouse", page_of(LIGHTHOUSE.replace("Marta Lindqvist", "Agnes Brandt")))
    ann.sends(link)
    ann.waits_for("✓ Read again")
    assert count_of(ann) == "You have 1 article"
    assert text_of(asks(ann, KEEPER[0])).startswith("Agnes Brandt\n")
    assert "Lindqvist" not in text_of(asks(ann, "Marta Lindqvist"))


def test_pages_without_an_article_are_told_for_what_they_are(
    ann: PersonHandle, site: Paper
) -> None:
    expected = set()
    for name, obstacle in WALLS.items():
        page = (FOLDER / "seen" / f"{name}.html").read_bytes()
        expected.add(told_of(site.has(f"/{name}", page), obstacle))
    ann.sends(" ".join(each.split("\n")[0] for each in expected))
    assert set(waits_for_several(ann, len(WALLS))) == expected
    assert count_of(ann) == "You have no articles yet. Send me one"


def test_a_link_that_leads_to_no_page_is_told_why(ann: PersonHandle, site: Paper) -> None:
    large = page_of(f"The long street\n\n{'It goes on and on. ' * MOST_BYTES}")
    film = site.has("/film", b"\x00\x00\x00\x18ftypmp42" + bytes(500), "video/mp4")
    circle = site.has("/round", Answer.onward("/round"))
    expected = {
        told_of(site.site.link("/nobody-knows"), Obstacle.NOT_FOUND),
        told_of(site.has("/large", large), Obstacle.TOO_LARGE),
        told_of(site.has("/broken", Answer(b"Oh", 503)), Obstacle.SITE_ERROR),
        told_of(site.has("/closed", Answer(b"No", 403)), Obstacle.REFUSED),
        told_of(film, Obstacle.NO_PAGE),
        told_of(circle, Obstacle.REDIRECTS),
    }
    ann.sends(" ".join(each.split("\n")[0] for each in expected))
    assert set(waits_for_several(ann, len(expected))) == expected
    assert count_of(ann) == "You have no articles yet. Send me one"


def test_links_into_private_networks_are_not_opened(ann: PersonHandle, site: Paper) -> None:
    """This machine may be opened by its number, which the settings name, and by no other name."""
    port = site.site.port
    links = [*FORBIDDEN, f"http://paper.localhost:{port}/", f"http://127.0.0.2:{port}/"]
    links.append(site.has("/elsewhere", Answer.onward(f"http://localhost:{port}/secret")))
    links.append(site.has("/away", Answer.onward("http://10.0.0.1/secret")))
    ann.sends(**behind_words(links))
    said = set(waits_for_several(ann, len(links)))
    assert said == {told_of(link, Obstacle.FORBIDDEN) for link in links}
    assert sorted(site.asked) == ["/away", "/elsewhere"]
    assert count_of(ann) == "You have no articles yet. Send me one"


def test_what_is_no_web_address_is_not_opened(ann: PersonHandle, site: Paper) -> None:
    links = [site.site.link("/").replace("//", "//ann:secret@"), "http://0177.0.0.1/"]
    ann.sends(" ".join(links))
    said = waits_for_several(ann, len(links))
    assert all(text.endswith("\n".join(TEXTS.refused(Obstacle.ADDRESS))) for text in said)
    ann.sends("file:///etc/passwd")
    assert not text_of(ann.waits_for(lambda message: True)).startswith("✓")
    assert not site.asked
    assert count_of(ann) == "You have no articles yet. Send me one"


def test_a_slow_site_holds_up_nobody_else(
    ann: PersonHandle, ben: PersonHandle, site: Paper
) -> None:
    saves(ben, BAKERY)
    slow = site.has("/slow", page_of(OBSERVATORY))
    site.holds("/slow")
    quick = site.has("/quick", page_of(LIGHTHOUSE))
    ann.sends(f"{slow}\n{quick}")
    ann.waits_for("✓ Saved\nThe lighthouse")
    assert text_of(asks(ben, BAKER[0])).startswith(f"{BAKER[1]}\n")
    assert text_of(asks(ben, quick)).startswith("✓ Saved")
    assert not [each for each in from_bot(ann) if "too long" in text_of(each)]
    late = ann.waits_for(TEXTS.refused_too_slow, timeout=4 * SECONDS)
    assert text_of(late) == told_of(slow, Obstacle.TOO_SLOW)


def test_a_document_behind_a_link_is_read(ann: PersonHandle, site: Paper) -> None:
    ann.sends(site.has("/walk.pdf", article_pdf(WALK), "application/pdf"))
    assert "PDF, 3 pages" in text_of(ann.waits_for("✓ Saved"))
    question, words = IN_THE_PIECES[2]
    first, *_, last = text_of(asks(ann, question)).split("\n")
    assert (first, last.rpartition(" · ")[2]) == (words, "page 3")


def test_a_link_behind_words_and_one_in_a_forward_are_opened(
    ann: PersonHandle, site: Paper
) -> None:
    behind = site.has("/behind", page_of(LIGHTHOUSE))
    entity = {"type": "text_link", "offset": 5, "length": 4, "url": behind}
    ann.sends("Read this", entities=[entity])
    ann.waits_for("✓ Saved\nThe lighthouse")
    forwarded = site.has("/forwarded", page_of(BAKERY))
    ann.forwards_from(ORIGIN, {"text": f"Look what I found: {forwarded}"})
    ann.waits_for("✓ Saved\nThe night bakery")
    assert count_of(ann) == "You have 2 articles"


def test_another_chat_has_nothing_of_what_a_link_gave(
    ann: PersonHandle, ben: PersonHandle, site: Paper
) -> None:
    ann.sends(site.has("/lighthouse", page_of(LIGHTHOUSE)))
    ann.waits_for("✓ Saved")
    assert text_of(asks(ben, KEEPER[0])).startswith("You have no articles yet")
