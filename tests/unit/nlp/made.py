"""Documents made by hand for tests: plain text, and lines with places on a page."""

from __future__ import annotations

from skillgap.types import Document, Line, Page, PartialDate, Word

AS_OF = PartialDate(2026, 11)


def plain(text: str) -> Document:
    """A document without geometry, as a text file gives it."""
    text = text.strip("\n") + "\n"
    lines, at = [], 0
    for row in text.split("\n"):
        if row.strip():
            lines.append(Line(at, at + len(row)))
        at += len(row) + 1
    return Document("cv.txt", "0" * 64, "text/plain", "text", text, tuple(lines))


def page(*rows: str, size: float = 10.0, x0: float = 50.0) -> Document:
    """A page of rows. Marks in front of a row: # bold, ## larger and bold, ^ larger, > indented,
    | right column; an empty row leaves a gap. Tabs stand for wide gaps.
    """
    text, lines, words, top = "", [], [], 40.0
    for row in rows:
        if not row:
            top += size
            text += "\n"
            continue
        marks = row[: len(row) - len(row.lstrip("#^>|"))]
        bold, large = "#" in marks, "##" in marks or "^" in marks
        indent, column = 14.0 * (">" in marks), int("|" in marks)
        body = row.lstrip("#^>|").strip()
        height = size * (1.3 if large else 1.0)
        start, x = len(text), x0 + indent + 260 * column
        left = x
        for number, part in enumerate(body.split(" ")):
            if number:
                text += " "
                x += height * 0.3
            for k, piece in enumerate(part.split("\t")):
                if k:
                    text += "\t"
                    x += 90.0
                begin = len(text)
                text += piece
                right = x + len(piece) * height * 0.5
                words.append(Word(begin, len(text), 1, x, top, right, top + height, height, bold))
                x = right
        lines.append(Line(start, len(text), 1, left, top, x, top + height, height, bold, column))
        text += "\n"
        top += height * 1.2
    return Document(
        "cv.pdf", "0" * 64, "application/pdf", "made", text, tuple(lines), tuple(words),
        (Page(1, 595.0, 842.0, 0, len(text)),),
    )  # fmt: skip
