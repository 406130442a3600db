"""Why a file, a picture or a link gave no article, and what to do instead, for a chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.labels import Labels
from index import Obstacle


@dataclass(frozen=True, slots=True)
class Refusals(Labels):
    """A sentence for each obstacle, by its word, and what to do about it."""

    # The file or text
    refused_not_found: str = "There is nothing at this address any more."
    refused_empty: str = "There are no words in it."
    refused_not_text: str = "This is a kind of file that I can't read."
    refused_encoding: str = "I can't make out the letters of this text."
    refused_too_large: str = "It is longer than I can read."
    refused_encrypted: str = "It is locked with a password, so I can't read it."
    refused_damaged: str = "This file is damaged; I can't make sense of it."
    refused_too_hard: str = "I tried to read this, and had to give up: it is too much for me."
    refused_needs_ocr: str = (
        "I can't read text in pictures here. Who runs me can give me what it takes."
    )
    refused_no_words_seen: str = "I looked at the picture and could make out no text in it."
    refused_needs_voice: str = (
        "I can't understand speech here. Who runs me can give me what it takes."
    )
    refused_nothing_heard: str = "I listened, and could make out no words."

    # The link
    refused_address: str = "This is not an address that I can open."
    refused_forbidden: str = (
        "This address leads into a private network, and I open only public pages."
    )
    refused_unreachable: str = "I could not reach this site."
    refused_too_slow: str = "This site took too long to answer."
    refused_redirects: str = "This link leads from one address to the next and never arrives."
    refused_refused: str = "This site does not let me in."
    refused_site_error: str = "This site is out of order at the moment."
    refused_no_page: str = "There is a film, a sound or a program behind this link, not a page."

    # The page
    refused_list: str = "This page is a list of articles, not one of them."
    refused_feed: str = "This is a feed, a list of a site's latest articles, not one of them."
    refused_video: str = "This page is about a video, and I can only read text."
    refused_login: str = "This page asks to log in, so I can't read it."
    refused_consent: str = "This page first asks for consent, which I can't give for you."
    refused_bot_check: str = "This site lets in only who proves to be human, and I am not."
    refused_paywall: str = "This article is for subscribers, and I can see only its beginning."
    refused_script: str = "This page shows its words only in a browser, so I see none."
    refused_no_article: str = "There is no article on this page that I could make out."

    # What to do instead
    advice_paste: str = "Paste the text of the article here, and I will keep it."
    advice_copy: str = "Open it yourself, copy the article and paste it here."
    advice_parts: str = "Send it in smaller parts."
    advice_kinds: str = (
        "I read PDF, Word and OpenDocument files, RTF, e-books (EPUB), saved web pages and mails, "
        "plain text, pictures of text, and .zip files of these. Or paste the text here."
    )
    advice_unlock: str = "Save it without a password and send that, or paste its text here."
    advice_resend: str = "Save it anew and send it again, or paste its text here."
    advice_picture: str = "Send a sharper picture, straight from above, or paste the text here."
    advice_type: str = "Type your question, and I will answer it."
    advice_check_link: str = "Look whether the link is complete, and send it again."
    advice_later: str = "Try again later; or open it yourself, copy the article and paste it here."
    advice_one: str = "Open an article in it, and send me its link."
    advice_feed: str = "Send me the link of the feed, or of an article in it."

    def refused(self, obstacle: Obstacle) -> tuple[str, str]:
        """What is wrong, and what to do instead."""
        said: str = getattr(self, f"refused_{obstacle.value}")
        advice: str = getattr(self, f"advice_{_ADVICE[obstacle]}")
        return said, advice


_ADVICE: Mapping[Obstacle, str] = MappingProxyType(
    {
        Obstacle.NOT_FOUND: "check_link",
        Obstacle.EMPTY: "paste",
        Obstacle.NOT_TEXT: "kinds",
        Obstacle.ENCODING: "paste",
        Obstacle.TOO_LARGE: "parts",
        Obstacle.ENCRYPTED: "unlock",
        Obstacle.DAMAGED: "resend",
        Obstacle.TOO_HARD: "paste",
        Obstacle.NEEDS_OCR: "paste",
        Obstacle.NO_WORDS_SEEN: "picture",
        Obstacle.NEEDS_VOICE: "type",
        Obstacle.NOTHING_HEARD: "type",
        Obstacle.ADDRESS: "check_link",
        Obstacle.FORBIDDEN: "copy",
        Obstacle.UNREACHABLE: "later",
        Obstacle.TOO_SLOW: "later",
        Obstacle.REDIRECTS: "copy",
        Obstacle.REFUSED: "copy",
        Obstacle.SITE_ERROR: "later",
        Obstacle.NO_PAGE: "paste",
        Obstacle.LIST: "one",
        Obstacle.FEED: "feed",
        Obstacle.VIDEO: "paste",
        Obstacle.LOGIN: "copy",
        Obstacle.CONSENT: "copy",
        Obstacle.BOT_CHECK: "copy",
        Obstacle.PAYWALL: "copy",
        Obstacle.SCRIPT: "copy",
        Obstacle.NO_ARTICLE: "copy",
    }
)
