"""What the command prints: every sentence a person reads, fitted to the terminal (mostly pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.fitting import (
    ASCII,
    UNICODE,
    Signs,
    answer_in,
    counted,
    one_line,
    shortened,
    shown,
    titled,
)
from bot.fitting import proof_of as proof_of
from index import (
    Answer,
    CheckReport,
    CuttingsError,
    Earlier,
    Format,
    Hit,
    Outcome,
    Receipt,
    ReceiptStatus,
    Span,
    StoredArticle,
    sentence_around,
)

PROOF_LIMIT = 600
PASSAGE_LIMIT = 400
OTHER_LIMIT = 160
NEAREST_SHOWN = 3
WORTH_SEEING = 0.1
"""The relevance a further passage needs; below, it is about something else."""

RECOGNISED = "read by text recognition"
FORMATS = {
    Format.TEXT: "text",
    Format.MARKDOWN: "Markdown",
    Format.PAGE: "web page",
    Format.PDF: "PDF",
    Format.WORD: "Word document",
    Format.OPENDOCUMENT: "OpenDocument text",
    Format.RTF: "RTF",
    Format.EPUB: "e-book",
    Format.MAIL: "e-mail",
    Format.PICTURE: f"picture, {RECOGNISED}",
    Format.SCAN: f"scanned PDF, {RECOGNISED}",
}
"""What an article was read from, in words."""

NO_ARTICLES = "There are no articles yet. Add one: cuttings add FILE"
NOT_IN_ARTICLES = "Not in your articles."
NEAREST = "The nearest passages:"
NO_EXACT_ANSWER = "No exact answer, but these passages may hold it:"
OTHERS = "See also:"
STOPPED = "Stopped. What was acknowledged is kept."


def terminal(*, stderr: bool = False) -> Console:
    """A console for standard output or error; off a terminal it neither colours nor wraps."""
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    console.soft_wrap = not console.is_terminal
    return console


def signs_of(console: Console) -> Signs:
    """The signs that the console's encoding has."""
    try:
        "".join(UNICODE).encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


def receipt_line(receipt: Receipt, signs: Signs) -> Text:
    """One line for one source: added, read again, already here, or what is wrong and what to do."""
    if receipt.status is ReceiptStatus.FAILED or receipt.article is None:
        line = Text(f"{signs.failed} ", style="red")
        error = shown(receipt.error or "It was not added.")
        source = one_line(receipt.source)
        line.append(error if source in error else f"{source}: {error}", "default")
        if receipt.hint:
            line.append(f" {shown(receipt.hint)}", "dim")
        return line
    article = receipt.article
    title = titled(article.title, signs)
    if receipt.status is ReceiptStatus.KNOWN:
        return Text(f"{signs.known} already here #{article.id} {title}", style="dim")
    line = Text(f"{signs.added} ", style="green")
    done = "read again" if receipt.status is ReceiptStatus.UPDATED else "added"
    sizes = [counted(article.pages, "page")] if article.pages else []
    sizes.append(counted(article.words, "word"))
    told = (f"{done} #{article.id} {title}", *_read_from(article), *sizes)
    line.append(f" {signs.dot} ".join(told), "default")
    return line


def _read_from(article: StoredArticle) -> list[str]:
    return [FORMATS[article.format]] if article.format else []


def origin_line(article: StoredArticle, signs: Signs, page: int | None = None) -> Text:
    """Title, author, site, date, page and id of an article, those that are known."""
    published = article.published
    date = _written(published) if published else None
    known = (article.author, article.site, date, page and f"page {page}", f"#{article.id}")
    parts = [titled(article.title, signs), *(one_line(part) for part in known if part)]
    return Text(f" {signs.dot} ".join(parts))


def earlier_line(earlier: Earlier, signs: Signs) -> Text:
    """What an older article says instead, the words in bold, and which that is."""
    words = one_line(earlier.answer)
    words, _ = shortened(words, OTHER_LIMIT, Span(0, 0), signs.ellipsis)
    hit = earlier.passage
    page = f", page {hit.page}" if hit.page else ""
    place = f", from {titled(hit.title, signs)}{page}, {_written(earlier.day)}"
    return Text.assemble("Earlier: ", (words, "bold"), f"{place} {signs.dot} #{hit.article}")


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def answer_lines(answer: Answer, origin: StoredArticle | None, signs: Signs) -> list[Text]:
    """The answer, its proof and where it is from; or, kindly, that there is none."""
    hits = answer.passages
    if answer.outcome is Outcome.ANSWER and answer.answer is not None:
        proof = proof_of(answer)
        lines = [Text(one_line(answer.answer), style="bold"), Text()]
        if proof is not None:
            lines.append(proof_line(proof, signs))
        if origin is not None:
            lines.append(origin_line(origin, signs, proof.page if proof else None))
        lines += [earlier_line(earlier, signs) for earlier in answer.earlier]
        others = [hit for hit in hits if hit is not proof and hit.relevance >= WORTH_SEEING]
        told = origin.id if origin else None
        return lines + _passage_lines(others, OTHERS, signs, OTHER_LIMIT, named=told)
    if answer.outcome is Outcome.PASSAGES:
        return _passage_lines(hits, NO_EXACT_ANSWER, signs, PASSAGE_LIMIT, style="default")[1:]
    nearest = _passage_lines(hits[:NEAREST_SHOWN], NEAREST, signs, OTHER_LIMIT)
    return [Text(NOT_IN_ARTICLES), *nearest]


def proof_line(hit: Hit, signs: Signs) -> Text:
    """The sentence that proves the answer, the answer in bold."""
    found = answer_in(hit)
    assert found is not None
    sentence = sentence_around(hit.text, found)
    plain = one_line(hit.text[sentence.start : sentence.end])
    keep = Span(found.start - sentence.start, found.end - sentence.start)
    plain, keep = shortened(plain, PROOF_LIMIT, keep, signs.ellipsis)
    before, after = signs.marks(plain)
    line = Text(f"{before}{plain}{after}")
    moved = len(before)
    line.stylize("bold", keep.start + moved, keep.end + moved)
    return line


def _passage_lines(
    hits: Sequence[Hit],
    heading: str,
    signs: Signs,
    limit: int,
    *,
    named: int | None = None,
    style: str = "dim",
) -> list[Text]:
    """The passages below a heading; `named` is the article whose title was told already."""
    if not hits:
        return []
    lines = [Text(), Text(heading, style=style)]
    for hit in hits:
        keep = answer_in(hit)
        # Without an answer to keep in place, the title is left out: it is told before it.
        text = hit.text if keep else hit.text.removeprefix(f"{hit.title}\n")
        plain, _ = shortened(one_line(text), limit, keep or Span(0, 0), signs.ellipsis)
        plain = " ".join(plain.split())
        title = "" if hit.article == named else f" {titled(hit.title, signs)}"
        page = f", page {hit.page}" if hit.page else ""
        lines.append(Text(f"  #{hit.article}{title}{page}: {plain}", style=style))
        named = hit.article
    return lines


def articles_table(articles: Iterable[StoredArticle]) -> Table:
    """The articles as a table, for a terminal."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("ID", justify="right", no_wrap=True)
    table.add_column("Title", overflow="fold", ratio=1)
    table.add_column("Site", overflow="ellipsis", no_wrap=True, max_width=24)
    table.add_column("Date", no_wrap=True)
    table.add_column("Words", justify="right", no_wrap=True)
    for article in articles:
        table.add_row(
            str(article.id),
            Text(one_line(article.title)),
            Text(one_line(article.site or "")),
            article.published.isoformat() if article.published else "",
            f"{article.words:,}",
        )
    return table


def article_line(article: StoredArticle) -> str:
    """One article as tab-separated columns, for pipes: id, title, site, date, words."""
    published = article.published.isoformat() if article.published else ""
    title, site = one_line(article.title), one_line(article.site or "")
    return "\t".join((str(article.id), title, site, published, str(article.words)))


def article_head(article: StoredArticle) -> list[Text]:
    """What is known of an article, a line each."""
    lengths = (
        (article.pages, "page"),
        (article.words, "word"),
        (article.passages, "passage"),
    )
    rows = {
        "Title": article.title,
        "Author": article.author,
        "Site": article.site,
        "Date": article.published.isoformat() if article.published else None,
        "Source": article.source,
        "Read from": ", ".join(_read_from(article)),
        "Language": article.language,
        "Added": f"{article.added:%Y-%m-%d %H:%M} UTC",
        "Length": ", ".join(counted(number, thing) for number, thing in lengths if number),
    }
    return [
        Text.assemble((f"{name}: ", "dim"), one_line(value))
        for name, value in rows.items()
        if value
    ]


def check_lines(report: CheckReport, signs: Signs) -> list[Text]:
    """What the check found, and what the library uses."""
    things = (
        (report.articles, "article"),
        (report.passages, "passage"),
        (report.vectors, "vector"),
    )
    sizes = [*(counted(number, thing) for number, thing in things), f"{report.bytes / 1e6:,.1f} MB"]
    versions = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    lines = [
        Text(f"Library {report.library}: " + f" {signs.dot} ".join(sizes)),
        Text(f"Encoder: {report.encoder}, {counted(report.dimension, 'number')} a passage"),
        Text(f"Reader: {report.reader}"),
        Text(f"Versions: {versions}", style="dim"),
        *(Text(f"{signs.known} {note}") for note in report.notes),
        *(Text(f"{signs.failed} {problem}", style="red") for problem in report.problems),
    ]
    return lines if report.problems else [*lines, Text(f"{signs.added} The library is whole.")]


def report(error: CuttingsError) -> None:
    """Say on standard error what went wrong and what to do next."""
    console = terminal(stderr=True)
    console.print(Text.assemble(("error: ", "bold red"), shown(str(error))))
    if error.hint:
        console.print(Text(shown(error.hint)))
