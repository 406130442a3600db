from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest
from telegram_html import Shown, shown

from bot import render
from bot.markup import LIMIT, units
from bot.texts import Texts
from index import Answer, Hit, Outcome, StoredArticle

TEXTS = Texts()
TEXT = (
    "The lighthouse\n\n"
    "The lamp was lit on Monday. Its keeper, Agnes Moray, climbed the steps. Nobody fell.\n\n"
    "It stands on rocks & <sand>.\n\n"
    "Tickets are sold at the pier."
)
PASSAGE = TEXT.index("The lamp")
END = TEXT.index("\n\nIt stands")
NAME = TEXT.index("Agnes")
HIT = Hit(7, "The lighthouse", TEXT[PASSAGE:END], PASSAGE, END, 0.9, NAME, NAME + 11)
OTHER = Hit(8, "The <harbour>", "The <harbour>\nThe trust paid.", 0, 29, 0.4)
ARTICLE = StoredArticle(
    id=7,
    title="The lighthouse",
    author="Ida Frost",
    site="example.org",
    published=date(2022, 7, 28),
    source='https://example.org/a?b="c"&d=e',
    added=datetime(2024, 3, 10, 8, 5, tzinfo=timezone.utc),
    words=412,
    passages=3,
)
HARBOUR = replace(ARTICLE, id=8, title="The <harbour>", author=None, source="harbour.txt")
ANSWER = Answer("Who?", Outcome.ANSWER, "Agnes Moray", 0.9, (HIT, OTHER))
ARTICLES = {7: ARTICLE, 8: HARBOUR}


def answered(answer: Answer) -> Shown:
    return shown(render.answer(answer, ARTICLES, TEXTS))


def test_an_answer_is_its_words_its_proof_the_passage_and_where_it_is_from() -> None:
    assert render.answer(ANSWER, ARTICLES, TEXTS) == (
        "<b>Agnes Moray</b>\n\n"
        "“Its keeper, <b>Agnes Moray</b>, climbed the steps.”\n"
        "<blockquote expandable>The lamp was lit on Monday. Its keeper, <b>Agnes Moray</b>, "
        "climbed the steps. Nobody fell.</blockquote>\n"
        '<a href="https://example.org/a?b=&quot;c&quot;&amp;d=e">The lighthouse</a>'
        " · Ida Frost · example.org · 28 July 2022"
    )
    assert answered(ANSWER).links == ('https://example.org/a?b="c"&d=e',)


def test_a_passage_that_is_no_more_than_the_sentence_is_not_shown_again() -> None:
    start, end = TEXT.index("Its keeper"), TEXT.index(" Nobody")
    alone = replace(HIT, text=TEXT[start:end], start=start, end=end)
    assert answered(replace(ANSWER, passages=(alone,))).of("blockquote") == []
    titled = f"The lighthouse\n{TEXT[start:end]}"
    moved = len("The lighthouse\n")
    below_title = replace(HIT, text=titled, start=start - moved, end=end)
    assert answered(replace(ANSWER, passages=(below_title,))).of("blockquote") == []


def test_a_sentence_that_is_itself_a_quotation_gets_no_second_marks() -> None:
    text = "It was dusk. “I am Agnes Moray.” Nobody spoke."
    start = text.index("Agnes")
    hit = Hit(7, "T", text, 0, len(text), 0.9, start, start + 11)
    lines = answered(replace(ANSWER, passages=(hit,))).text.split("\n")
    assert lines[2] == "“I am Agnes Moray.”"


def test_an_answer_in_the_title_is_shown_in_its_passage() -> None:
    text = "The lighthouse\nIt was lit on Monday."
    hit = Hit(7, "The lighthouse", text, 0, len(text), 0.9, 4, 14)
    seen = answered(replace(ANSWER, answer="lighthouse", passages=(hit,)))
    assert seen.of("b") == ["lighthouse"] * 3
    assert seen.of("blockquote") == [text]


def test_a_title_without_an_address_is_in_italics() -> None:
    seen = shown(render.answer(ANSWER, {7: replace(ARTICLE, source="lighthouse.txt")}, TEXTS))
    assert seen.links == ()
    assert seen.of("i") == ["The lighthouse"]


def test_an_article_that_has_gone_since_is_known_by_its_title() -> None:
    assert shown(render.answer(ANSWER, {}, TEXTS)).text.endswith("\nThe lighthouse")


def test_an_untitled_article_is_called_so() -> None:
    seen = shown(render.article_card(replace(ARTICLE, title=" \u200b\n"), "", TEXTS))
    assert seen.of("b") == [TEXTS.untitled]


def test_an_endless_sentence_and_passage_are_cut_around_the_answer() -> None:
    text = "so " * 3000 + "Agnes Moray " + "and " * 3000
    start = text.index("Agnes")
    hit = Hit(7, "T", text, 0, len(text), 0.9, start, start + 11)
    seen = answered(replace(ANSWER, passages=(hit,)))
    assert seen.of("b") == ["Agnes Moray"] * 3
    (folded,) = seen.of("blockquote")
    assert folded.startswith("…so ")
    assert folded.endswith(" and…")
    assert len(folded) > 2000


def test_passages_without_an_exact_answer_are_offered_as_such() -> None:
    hits = (replace(HIT, answer_start=None, answer_end=None), OTHER, OTHER, HIT)
    seen = answered(Answer("Who?", Outcome.PASSAGES, None, 0.2, hits))
    assert seen.text.startswith(TEXTS.no_exact_answer)
    assert seen.of("b") == ["The lighthouse", "The <harbour>"]
    assert seen.of("blockquote") == [HIT.text, "The trust paid.", "The trust paid."]


def test_no_answer_is_said_plainly_with_the_nearest_passages_folded_below() -> None:
    nothing = Answer("Who?", Outcome.NOTHING, None, 0.0, (OTHER, HIT, OTHER, OTHER))
    seen = answered(nothing)
    assert seen.text.startswith("Not in your articles.\n\nThe nearest passages:\n")
    assert seen.of("b") == ["The <harbour>", "The lighthouse", "The <harbour>"]
    (folded,) = seen.of("blockquote")
    assert folded.startswith("The <harbour>\nThe trust paid.\n\nThe lighthouse\nThe lamp")
    assert answered(replace(nothing, passages=())).text == "Not in your articles."


def test_a_page_shows_one_passage_whole_and_its_place() -> None:
    html = render.passage_page(HIT, ARTICLE, 2, 7, TEXTS)
    seen = shown(html)
    assert seen.of("blockquote") == [HIT.text]
    assert seen.of("b") == ["Agnes Moray"]
    assert seen.text.endswith("28 July 2022\n2 of 7")
    assert "expandable" not in html


def test_in_context_a_passage_stands_between_its_neighbours() -> None:
    seen = shown(render.in_context(TEXT, HIT, ARTICLE, TEXTS))
    lines = seen.text.split("\n")
    assert lines[:5] == [
        "The lighthouse",
        HIT.text,
        "It stands on rocks & <sand>.",
        "…",
        "",
    ]
    assert seen.of("blockquote") == [HIT.text]
    assert seen.of("b") == ["Agnes Moray"]


def test_in_context_the_first_and_the_last_paragraph_have_no_ellipsis() -> None:
    start = TEXT.index("Tickets")
    last = Hit(7, "T", TEXT[start:], start, len(TEXT), 0.5)
    lines = shown(render.in_context(TEXT, last, None, TEXTS)).text.split("\n")
    assert lines[:2] == ["…", "It stands on rocks & <sand>."]
    assert "…" not in lines[1:]


def test_in_context_long_neighbours_are_cut_beside_the_passage() -> None:
    before, after = "so " * 20_000, "and " * 20_000
    text = f"{before}\n\nAgnes Moray fell.\n\n{after}"
    start = text.index("Agnes")
    hit = Hit(7, "T", text[start : start + 17], start, start + 17, 0.9, start, start + 11)
    seen = shown(render.in_context(text, hit, None, TEXTS))
    above, below = seen.text.split("Agnes Moray fell.")
    assert above.startswith("…so ")
    assert above.endswith(" so\n")
    assert below.startswith("\nand ")
    assert "and…\n\nT" in below
    assert len(above) > 1500
    assert len(below) > 1500


def test_an_answer_tells_the_page_it_is_on() -> None:
    paged = replace(HIT, page=7)
    for html in (
        render.answer(replace(ANSWER, passages=(paged,)), ARTICLES, TEXTS),
        render.passage_page(paged, ARTICLE, 1, 3, TEXTS),
        render.in_context(TEXT, paged, ARTICLE, TEXTS),
    ):
        assert "28 July 2022 · page 7" in shown(html).text
    offered = (replace(paged, answer_start=None), replace(paged, answer_start=None, page=9))
    html = render.answer(Answer("Who?", Outcome.PASSAGES, None, 0.2, offered), ARTICLES, TEXTS)
    assert html.count(" · page 7") == html.count(" · page 9") == 1


def test_a_question_that_was_heard_stands_above_its_answer() -> None:
    html = render.answer(ANSWER, ARTICLES, TEXTS, heard="who <lit> the lamp")
    assert html.startswith("<i>I heard: “who &lt;lit&gt; the lamp”</i>\n\n<b>Agnes Moray</b>\n")
    text = "so " * 3000 + "Agnes Moray " + "and " * 3000
    start = text.index("Agnes")
    hit = Hit(7, "T", text, 0, len(text), 0.9, start, start + 11)
    long = render.answer(replace(ANSWER, passages=(hit,)), ARTICLES, TEXTS, heard="who " * 900)
    assert units(long) <= LIMIT
    hits = (hit, replace(hit, article=8), hit)
    offered = Answer("Who?", Outcome.PASSAGES, None, 0.2, hits)
    assert units(render.answer(offered, ARTICLES, TEXTS, heard="who " * 900)) <= LIMIT


def test_a_page_of_articles_is_numbered_and_says_where_it_is() -> None:
    assert render.article_list([ARTICLE, HARBOUR], 6, 37, None, TEXTS) == (
        "<b>Your articles</b>\n\n"
        "7. <b>The lighthouse</b>\nIda Frost · example.org · 28 July 2022 · 412 words\n"
        "8. <b>The &lt;harbour&gt;</b>\nexample.org · 28 July 2022 · 412 words\n\n"
        "7–8 of 37"
    )
    assert "of 1" not in render.article_list([ARTICLE], 0, 1, None, TEXTS)


def test_a_list_says_what_was_searched_for_and_when_there_is_nothing() -> None:
    assert shown(render.article_list([ARTICLE], 0, 1, "<sea>", TEXTS)).of("b")[0] == (
        "Articles with “<sea>”"
    )
    assert "“<sea>”" in shown(render.article_list([], 0, 0, "<sea>", TEXTS)).text
    assert render.article_list([], 0, 0, None, TEXTS) == TEXTS.no_articles
    assert render.article_list([], 40, 37, None, TEXTS) == TEXTS.list_empty_page


def test_a_page_of_a_long_list_tells_its_place_as_numbers_are_written() -> None:
    assert render.article_list([ARTICLE], 1_199, 31_000, None, TEXTS).endswith(
        "1,200–1,200 of 31,000"
    )


def test_a_card_shows_an_article_and_how_it_begins() -> None:
    seen = shown(render.article_card(ARTICLE, TEXT[:END], TEXTS))
    assert seen.text == (
        "The lighthouse · Ida Frost · example.org · 28 July 2022\n"
        "412 words · saved 10 March 2024\n" + HIT.text
    )
    assert seen.of("blockquote") == [HIT.text]
    assert shown(render.article_card(ARTICLE, " ", TEXTS)).of("blockquote") == []


def test_statistics_are_counted() -> None:
    said = "You have 37 articles: 31,000 words in 412 passages."
    assert render.stats(37, 31_000, 412, TEXTS) == said
    assert render.stats(0, 0, 0, TEXTS) == TEXTS.no_articles


@pytest.mark.parametrize("same", ["example.org", "Ida Frost"])
def test_an_author_who_is_the_site_is_named_once(same: str) -> None:
    article = replace(ARTICLE, author=same, site=same)
    assert render.article_list([article], 0, 1, None, TEXTS).count(same) == 1


def hit_of(text: str, words: str, title: str) -> Hit:
    start = text.index(words)
    return Hit(7, title, text, 0, len(text), 0.9, start, start + len(words))


def test_a_proof_from_a_list_is_shown_without_its_bullet() -> None:
    text = "What the parrot needs:\n- It sleeps on the parcel scales.\n- It eats figs."
    hit = hit_of(text, "the parcel scales", "A parrot")
    shown = render.answer(replace(ANSWER, answer="the parcel scales", passages=(hit,)), {}, TEXTS)
    assert "“It sleeps on <b>the parcel scales</b>.”" in shown


def test_the_title_stands_once_in_context() -> None:
    text = "A parrot at the post\n\nIt sleeps on the parcel scales. Nobody minds."
    hit = hit_of(text, "the parcel scales", "A parrot at the post")
    assert render.in_context(text, hit, None, TEXTS).count("A parrot at the post") == 1
