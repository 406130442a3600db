"""A page without an article is refused for the right reason, and one with an article never."""

from __future__ import annotations

from functools import cache

import pytest
from page_samples import ARTICLES, SAMPLES, WALLS, PageSample

from index.errors import NoArticleError
from index.formats.html import read_html
from index.formats.html_refusals import refusal
from index.obstacles import Obstacle

AT_LEAST = 0.95

PAGE = "<html><head>{head}</head><body><article><h1>Bells</h1>{body}</article></body></html>"
BELLS = "<p>On day {} the bells of Hollau rang for the first time since the {} fire.</p>"


def prose(paragraphs: int) -> str:
    """Paragraphs of fifteen words, none of them like another."""
    return "".join(BELLS.format(number, number + 1800) for number in range(paragraphs))


@cache
def told(sample: PageSample) -> Obstacle | None:
    return sample.obstacle()


def obstacle(body: str, head: str = "", name: str = "") -> Obstacle | None:
    try:
        read_html(PAGE.format(head=head, body=body), name)
    except NoArticleError as error:
        return error.obstacle
    return None


def test_there_are_walls_and_lists_of_many_kinds_and_half_were_unseen() -> None:
    assert len(WALLS) >= 48
    assert len({sample.path.stem for sample in WALLS}) >= 40
    assert len(ARTICLES) >= 25
    unseen = [sample for sample in WALLS if not sample.name.startswith("seen/")]
    assert len(unseen) >= len(WALLS) / 2


def test_nearly_all_walls_and_lists_are_refused_for_the_right_reason() -> None:
    wrong = [(sample.name, told(sample)) for sample in WALLS if told(sample) != sample.expected]
    assert len(wrong) <= (1 - AT_LEAST) * len(WALLS), wrong


def test_no_article_is_refused() -> None:
    assert [(sample.name, told(sample)) for sample in ARTICLES if told(sample)] == []


@pytest.mark.parametrize("kind", sorted({s.expected for s in WALLS if s.expected}, key=str))
def test_each_kind_is_mostly_recognised(kind: Obstacle) -> None:
    samples = [sample for sample in SAMPLES if sample.expected is kind]
    right = [sample for sample in samples if told(sample) is kind]
    assert len(right) >= 0.75 * len(samples)


@pytest.mark.parametrize(
    "kind",
    [
        *(Obstacle.LIST, Obstacle.VIDEO, Obstacle.LOGIN, Obstacle.CONSENT, Obstacle.BOT_CHECK),
        *(Obstacle.PAYWALL, Obstacle.SCRIPT, Obstacle.NOT_FOUND, Obstacle.SITE_ERROR),
        Obstacle.NO_ARTICLE,
    ],
)
def test_each_kind_is_told_in_a_sentence_with_a_way_out(kind: Obstacle) -> None:
    error = refusal(kind)
    assert error.obstacle is kind
    assert str(error).endswith(".")
    assert "paste the text" in error.hint


def test_the_kinds_are_told_apart() -> None:
    assert len({str(refusal(sample.expected)) for sample in WALLS if sample.expected}) == 10


def test_a_stub_is_told_from_the_whole_article_by_its_length() -> None:
    unfree = '<script type="application/ld+json">{"@type": "NewsArticle", '
    unfree += '"isAccessibleForFree": "False"}</script>'
    assert obstacle(prose(2), unfree) is Obstacle.PAYWALL
    assert obstacle(prose(20), unfree) is None
    offer = "<div>Subscribe to continue reading</div>"
    assert obstacle(prose(2) + offer) is Obstacle.PAYWALL
    assert obstacle(prose(20) + offer) is None


def test_what_an_article_quotes_is_not_what_its_page_says() -> None:
    said = 'Readers saw the words "subscribe to continue reading" for an hour, the paper admits.'
    assert obstacle(f"{prose(2)}<p>{said}</p>") is None
    assert obstacle(f"{prose(2)}<p>Subscribe to continue reading.</p>") is Obstacle.PAYWALL


def test_headlines_between_the_paragraphs_of_an_article_make_no_list() -> None:
    related = "<p><a href=/a><b>ROWING CLUB FINDS ITS MISSING BOAT AGAIN</b></a></p>"
    head = '<meta property="og:type" content="article">'
    body = "".join(BELLS.format(number, number) + related for number in range(5))
    assert obstacle(body, head) is None
    assert obstacle(body) is None


def test_teasers_below_linked_headings_are_a_list_however_long() -> None:
    teaser = "<div><h2><a href=/{}>Headline number {}</a></h2>" + BELLS + "</div>"
    body = "".join(teaser.format(*[number] * 4) for number in range(40))
    assert obstacle(body) is Obstacle.LIST


def test_an_article_stays_one_beside_a_film_and_a_field_for_a_password() -> None:
    film = "<iframe src='https://films.example/embed/1' allowfullscreen></iframe>"
    login = "<form><input type=password></form>"
    assert obstacle(film + login + prose(6)) is None
    assert obstacle(film + "<p>Watch.</p>") is Obstacle.VIDEO
    assert obstacle(login + "<p>Schemmert ilno.</p>") is Obstacle.LOGIN
