"""What people are told about a page without an article."""

from __future__ import annotations

from index.errors import NoArticleError
from index.obstacles import Obstacle

_PASTE = "Open it in a browser, copy the article, and paste the text."
_OPEN_ONE = "Open one of its articles and send that one's link, or paste the text."

_SENTENCES: dict[Obstacle, tuple[str, str]] = {
    Obstacle.LIST: ("This page is a list of links, not an article.", _OPEN_ONE),
    Obstacle.VIDEO: (
        "This page holds a recording or pictures, and hardly any text.",
        "If there is a transcript, copy it, and paste the text.",
    ),
    Obstacle.LOGIN: (
        "This page asks to log in first.",
        "Log in to it in a browser, copy the article, and paste the text.",
    ),
    Obstacle.CONSENT: (
        "This page asks to agree to cookies before it shows the article.",
        "Open it in a browser, answer the question, copy the article, and paste the text.",
    ),
    Obstacle.BOT_CHECK: (
        "This page wants to be sure that a person is reading it.",
        _PASTE,
    ),
    Obstacle.PAYWALL: (
        "This page shows only the beginning of the article to those who do not subscribe.",
        "If you can read all of it in a browser, copy the article, and paste the text.",
    ),
    Obstacle.SCRIPT: ("This page stays empty until a browser has run its programs.", _PASTE),
    Obstacle.NOT_FOUND: (
        "The site says that this page does not exist, or no longer.",
        "Check the link, or paste the text of the article.",
    ),
    Obstacle.SITE_ERROR: (
        "The site is out of order, or no longer there.",
        "Try again later, or paste the text of the article.",
    ),
    Obstacle.NO_ARTICLE: (
        "There is no article in this page.",
        "Open the page in a browser, copy the article, and paste the text.",
    ),
}


def refusal(obstacle: Obstacle = Obstacle.NO_ARTICLE) -> NoArticleError:
    """Return the error that names why a page gives no article, and what to do instead."""
    message, hint = _SENTENCES[obstacle]
    return NoArticleError(message, hint, obstacle)
