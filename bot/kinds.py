"""What an article was read from, in words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.refusals import Refusals
from index import Format, StoredArticle

_PAGED = frozenset({Format.PDF, Format.SCAN})
_TOLD = _PAGED | {Format.WORD, Format.OPENDOCUMENT, Format.RTF, Format.EPUB, Format.MAIL}


@dataclass(frozen=True, slots=True)
class Kinds(Refusals):
    """In English. A page shows its site, and of a text nothing needs to be said."""

    read_pdf: str = "PDF"
    read_pdf_pages: str = "PDF, {pages}"
    read_docx: str = "Word document"
    read_odt: str = "OpenDocument text"
    read_rtf: str = "RTF document"
    read_epub: str = "e-book chapter"
    read_mail: str = "mail"
    read_picture: str = "{pages}, read by text recognition"
    read_scan: str = "scanned PDF, read by text recognition"
    read_scan_pages: str = "scanned PDF, {pages}, read by text recognition"
    page_one: str = "{count:,} page"
    page_many: str = "{count:,} pages"
    picture_one: str = "picture"
    picture_many: str = "{count:,} pictures"

    def read_from(self, article: StoredArticle) -> str:
        """What an article was read from: `PDF, 12 pages`; empty where it goes without saying."""
        pages, read_as = article.pages, article.format
        if read_as is Format.PICTURE:
            one, many = self.picture_one, self.picture_many
            counted = (many if pages > 1 else one).format(count=pages)
            return self.read_picture.format(pages=counted)
        if read_as not in _TOLD:
            return ""
        counted = (self.page_one if pages == 1 else self.page_many).format(count=pages)
        name = f"read_{read_as.value}"
        sentence: str = getattr(self, f"{name}_pages" if pages and read_as in _PAGED else name)
        return sentence.format(pages=counted)
