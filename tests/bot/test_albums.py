"""Pages photographed one by one become one article, and its pages keep their numbers."""

from __future__ import annotations

from bot.albums import joined
from index import Article, FailedSource, Format, Obstacle

FAILED = FailedSource("", "Nothing was seen.", "", Obstacle.NO_WORDS_SEEN)


def page(text: str) -> Article:
    return Article(text=text, title=text.split("\n")[0], language="en", format=Format.PICTURE)


def test_pages_are_joined_in_order_and_each_begins_where_it_says() -> None:
    (article,) = joined([page("The mill\n\nIt turns."), page("Nobody saw it."), page("End.")])
    assert article.text == "The mill\n\nIt turns.\n\nNobody saw it.\n\nEnd."
    assert [article.text[start:][:6] for start in article.pages] == ["The mi", "Nobody", "End."]
    assert (article.title, article.format, article.language) == ("The mill", Format.PICTURE, "en")


def test_a_sentence_goes_on_over_the_edge_of_a_page() -> None:
    (article,) = joined([page("The old miller"), page("sold his horse. Ada wept.")])
    assert article.text == "The old miller sold his horse. Ada wept."
    assert article.text[article.pages[1] :].startswith("sold his")
    (apart,) = joined([page("The old miller."), page("sold")])
    assert apart.text == "The old miller.\n\nsold"


def test_a_page_that_was_not_read_keeps_its_number() -> None:
    (article,) = joined([FAILED, page("Second."), FAILED, page("Fourth."), FAILED])
    assert article.text == "Second.\n\nFourth."
    assert article.pages == (0, 0, 9, 9)


def test_of_no_pages_there_is_no_article() -> None:
    assert joined([FAILED, FAILED]) == []
    assert joined([]) == []
