"""PDFs made for tests: set by fpdf2 from texts of our own, or written byte by byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 595, 842
"""A4 in points."""
SIZE = 11
LEADING = 14
DOTS = 150
"""To the inch, of the pictures of pages."""


@dataclass(frozen=True, slots=True)
class Set:
    """A line of text where it is set: from the left and from the top, in points."""

    left: float
    baseline: float
    text: str
    size: float = SIZE
    style: str = ""
    angle: float = 0


def article_pdf(text: str, title: str = "") -> bytes:
    """One column, justified, with a gap after every paragraph; `title` is its metadata's."""
    return column_pdf(text.split("\n\n"), title=title)


def column_pdf(
    paragraphs: Iterable[str],
    title: str = "",
    author: str = "",
    width: float = 420,
    gap: float = LEADING / 2,
    align: str = "J",
) -> bytes:
    pdf = _document()
    pdf.set_title(title)
    pdf.set_author(author)
    pdf.add_page()
    for paragraph in paragraphs:
        pdf.multi_cell(width, LEADING, paragraph, align=align, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(gap)
    return bytes(pdf.output())


def columns_pdf(text: str, columns: int = 2, heading: str = "", gutter: float = 18) -> bytes:
    """The text in columns with indented paragraphs, under a heading across them."""
    pdf = _document()
    pdf.add_page()
    if heading:
        pdf.set_font("Times", "B", 22)
        pdf.multi_cell(0, 28, heading, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Times", size=SIZE)
        pdf.ln(10)
    with pdf.text_columns(
        ncols=columns, gutter=gutter, text_align="JUSTIFY", line_height=LEADING / SIZE
    ) as area:
        for paragraph in text.split("\n\n"):
            with area.paragraph(first_line_indent=14) as part:
                part.write(paragraph)
    return bytes(pdf.output())


def set_pdf(
    *pages: Sequence[Set], title: str = "", size: tuple[float, float] = (WIDTH, HEIGHT)
) -> bytes:
    """Every line exactly where it is wanted."""
    pdf = _document()
    pdf.set_title(title)
    for page in pages:
        pdf.add_page(format=size)
        for line in page:
            pdf.set_font("Times", line.style, line.size)
            with pdf.rotation(line.angle, line.left, line.baseline):
                pdf.text(line.left, line.baseline, line.text)
    return bytes(pdf.output())


def lines_at(
    left: float, top: float, lines: Iterable[str], size: float = SIZE, leading: float = LEADING
) -> list[Set]:
    """Lines one below the other."""
    return [Set(left, top + leading * number, line, size) for number, line in enumerate(lines)]


def wrapped(text: str, width: float, size: float = SIZE) -> list[str]:
    """The lines of a paragraph, broken between words."""
    pdf = _document()
    pdf.set_font("Times", size=size)
    lines: list[str] = []
    for word in text.split():
        if lines and pdf.get_string_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def turned_pdf(text: str, degrees: int) -> bytes:
    """A page that is shown turned, by its /Rotate, with the text set so that it stands upright."""
    plain = article_pdf(text)
    pages = plain.count(b"/Type /Page\n")
    assert pages == 1
    return plain.replace(b"/Type /Page\n", b"/Type /Page\n/Rotate %d\n" % degrees)


def scanned_pdf(text: str, pages: int = 1) -> bytes:
    """Pictures of pages, without text."""
    return pictures_pdf([page_picture(text)] * pages)


def pictures_pdf(pictures: Iterable[Image.Image], below: str = "") -> bytes:
    """Pages that these pictures fill, with lines of text laid over their feet."""
    pdf = _document()
    pdf.set_auto_page_break(False)
    for picture in pictures:
        width, height = (side * 72 / DOTS for side in picture.size)
        pdf.add_page(format=(width, height))
        pdf.image(picture, x=0, y=0, w=width, h=height)
        pdf.set_xy(20, 20)
        pdf.multi_cell(width - 40, LEADING, below)
    return bytes(pdf.output())


def page_picture(text: str, width: int = 1000) -> Image.Image:
    """A page of text as a scanner sees it, as high as the text."""
    font = ImageFont.load_default(size=28)
    drawn: list[tuple[int, str]] = []
    y = 60
    for paragraph in text.split("\n\n"):
        line = ""
        for word in [*paragraph.split(), ""]:
            wider = f"{line} {word}".strip()
            if not word or font.getlength(wider) > width - 160:
                drawn.append((y, line))
                y += 42
                wider = word
            line = wider
        y += 30
    picture = Image.new("L", (width, max(y + 30, 500)), 255)
    draw = ImageDraw.Draw(picture)
    for y, line in drawn:
        draw.text((80, y), line, fill=0, font=font)
    return picture


def encrypted_pdf(
    text: str = "The mill by the river is older than the town.", user: str = "secret"
) -> bytes:
    """One that needs the user's password; with `user=""` only the owner's, to change it."""
    pdf = _document()
    pdf.set_encryption(
        owner_password="owner",
        user_password=user or None,
        permissions=AccessPermission.none(),
        encryption_method=EncryptionMethod.RC4,
    )
    pdf.add_page()
    pdf.multi_cell(420, LEADING, text)
    return bytes(pdf.output())


def declared_pdf(pages: int) -> bytes:
    """One page, by hand, in a document that says it has so many."""
    return written_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[3 0 R]>>" % pages,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        _stream(b"BT /F1 12 Tf 20 100 Td (The only page.) Tj ET"),
    )


def content_pdf(content: bytes, box: bytes = b"0 0 595 842", catalog: bytes = b"") -> bytes:
    """One page with this content stream; /F1 is Helvetica, /F2 its letters without meaning."""
    return written_pdf(
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R/Resources<</Font<<"
        b"/F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/F2 5 0 R>>>>>>",
        _stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        _stream(
            b"/CIDInit /ProcSet findresource begin begincmap /CMapName /X def "
            b"1 begincodespacerange <00> <ff> endcodespacerange "
            b"1 beginbfrange <21> <7e> <e021> endbfrange endcmap end"
        ),
    )


def written_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    out = BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(
        b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    )
    return out.getvalue()


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def _document() -> FPDF:
    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.set_margin(60)
    pdf.set_auto_page_break(True, margin=70)
    pdf.set_font("Times", size=SIZE)
    return pdf
