"""Saved pages with and without an article in them, of made-up sites.

They were written in four batches. Those of `seen` were looked at while the rules were written;
those of the others were written before the rules were tried on them, and each batch was then used
to mend the rules. In that first try 34 of 38 walls and lists of `unseen` were refused for the
right reason, 12 of 18 of `later`, and 12 of 16 of `held_out`; of 29 articles one was refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.errors import NoArticleError
from index.formats.html import read_html
from index.obstacles import Obstacle

FOLDER = Path(__file__).parent / "pages"


@dataclass(frozen=True, slots=True)
class PageSample:
    """A saved page and what is to be said about it."""

    path: Path

    @property
    def name(self) -> str:
        """Batch, kind and name, such as `seen/list/front-page`."""
        return self.path.relative_to(FOLDER).with_suffix("").as_posix()

    @property
    def expected(self) -> Obstacle | None:
        """Why it is refused, None for an article."""
        kind = self.path.parent.name
        return None if kind == "article" else Obstacle(kind)

    def obstacle(self) -> Obstacle | None:
        """Why `read_html` refuses it, None where it does not."""
        try:
            read_html(self.path.read_text("utf-8"), self.path.name)
        except NoArticleError as error:
            return error.obstacle
        return None


SAMPLES = tuple(map(PageSample, sorted(FOLDER.glob("*/*/*.html"))))
WALLS = tuple(sample for sample in SAMPLES if sample.expected)
ARTICLES = tuple(sample for sample in SAMPLES if sample.expected is None)
