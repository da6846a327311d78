"""The audit's tables as a workbook of their own: groups never stand beside a ranking."""

from __future__ import annotations

from pathlib import Path

from .audit import Audit
from .record import Settings, replacing_path
from .workbook import Workbook, settings_sheet


def write_audit(path: Path, audit: Audit, settings: Settings) -> None:
    """Write it: a sheet each for scoring, selection, and who was assessed at all."""
    names = {"scoring": "Scoring rates", "selection": "Selection rates", "assessed": "Assessed"}
    counted = {"scoring": "Above the median", "selection": "Selected", "assessed": "Assessed"}
    with replacing_path(path) as temporary:
        book = Workbook(temporary, settings.as_of)
        for kind, name in names.items():
            tables = [t for t in audit.tables if t.kind == kind]
            if not tables:
                continue
            sheet = book.sheet(name, [34, 9, 16, 9, 9, 9, 9, 9, 9, 18, 14])
            book.row(sheet, 0, [f"{audit.title}: {name.lower()}"], book.title)
            of = "" if audit.median is None else f" Median score {audit.median:.1f}."
            book.row(
                sheet, 1, [f"{settings.role_label}.{of} 95 % intervals: Wilson, Katz."], book.note
            )
            row = 3
            for one in tables:
                what = f"{one.attribute} ({one.people} people, {one.unknown} unknown)"
                book.row(sheet, row, [what], book.title)
                head = ["Group", "People", counted[kind], "Rate", "from", "to", "Impact ratio"]
                head += ["from", "to", "Under four fifths", "Under 2 %"]
                book.row(sheet, row + 1, head, book.head)
                row += 2
                for g in one.groups:
                    values = [g.group, g.people, g.counted, g.rate, g.low, g.high]
                    values += [g.ratio, g.ratio_low, g.ratio_high]
                    values += ["yes" if m else None for m in (g.below_four_fifths, g.small)]
                    forms = [book.text, *[book.cell] * 2, *[book.percent] * 3, *[book.ratio] * 3]
                    book.row(sheet, row, values, [*forms, *[book.cell] * 2])
                    row += 1
                row += 1
        settings_sheet(book, settings)
        book.close()
