"""What an article was read from, in words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.refusals import Refusals
from bot.wording import Forms
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
    page_forms: Forms = Forms(one="{count} page", other="{count} pages")
    picture_one: str = "picture"
    picture_forms: Forms = Forms(one="{count} picture", other="{count} pictures")

    def read_from(self, article: StoredArticle) -> str:
        """What an article was read from: `PDF, 12 pages`; empty where it goes without saying."""
        pages, read_as = article.pages, article.format
        if read_as is Format.PICTURE:
            several = self.counted(self.picture_forms, pages)
            return self.read_picture.format(pages=several if pages > 1 else self.picture_one)
        if read_as not in _TOLD:
            return ""
        name = f"read_{read_as.value}"
        sentence: str = getattr(self, f"{name}_pages" if pages and read_as in _PAGED else name)
        return sentence.format(pages=self.counted(self.page_forms, pages))
