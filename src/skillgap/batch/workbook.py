"""Sheets written row by row: nothing is kept in memory, and every text is written as text."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .record import NOTICE, Settings, plain

_INK = "#22313A"


class Workbook:
    """One workbook under way."""

    def __init__(self, path: Path, as_of: str) -> None:
        import xlsxwriter

        self.book = xlsxwriter.Workbook(
            path,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "nan_inf_to_errors": True,
            },
        )
        year, _, month = as_of.partition("-")
        made = datetime.datetime(int(year), int(month or 1), 1)  # not today: same input, same bytes
        self.book.set_properties({"title": "skillgap", "comments": NOTICE, "created": made})
        base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        add = self.book.add_format
        self.text = add({**base, "text_wrap": True, "indent": 1})
        self.cell = add(base)
        self.head = add(
            {
                **base,
                "bold": True,
                "font_color": "white",
                "bg_color": _INK,
                "text_wrap": True,
                "valign": "vcenter",
            }
        )
        self.title = add({**base, "bold": True, "font_size": 14})
        self.note = add({**base, "italic": True, "font_color": "#5A6770"})
        self.number = add({**base, "num_format": "0.0"})
        self.percent = add({**base, "num_format": "0 %"})
        self.ratio = add({**base, "num_format": "0.00"})
        self.fill_in = add(
            {
                **base,
                "bg_color": "#FFFBE6",
                "border": 1,
                "border_color": "#E5DDB8",
                "text_wrap": True,
                "locked": False,
            }
        )
        self.upright = add(
            {**base, "bold": True, "rotation": 60, "align": "left", "valign": "bottom"}
        )
        self.middle = add({**base, "align": "center"})

    def sheet(self, name: str, widths: Sequence[float], *, landscape: bool = True) -> Any:
        """A new sheet with column widths, ready to be printed on one page's width."""
        sheet = self.book.add_worksheet(name)
        for i, width in enumerate(widths):
            sheet.set_column(i, i, width)
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(8 if landscape else 9)  # A3, A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def row(self, sheet: Any, row: int, values: Sequence[Any], formats: Any) -> None:
        """Write a row; None leaves a cell empty, text never becomes a formula or a link."""
        several = isinstance(formats, (list, tuple))
        for column, value in enumerate(values):
            form = formats[column] if several else formats
            if value is None or value == "":
                sheet.write_blank(row, column, None, form)
            elif isinstance(value, str):
                sheet.write_string(row, column, plain(value), form)
            else:
                sheet.write_number(row, column, value, form)

    def close(self) -> None:
        """Write it."""
        self.book.close()


def height(cells: Sequence[Any], widths: Sequence[float]) -> float:
    """Points that a row of wrapped texts needs: programs don't all work it out themselves."""
    lines = max(
        math.ceil(len(c) / w) if isinstance(c, str) else 1
        for c, w in zip(cells, widths, strict=True)
    )
    return 13.0 * max(1, lines) + 3


def settings_sheet(book: Workbook, settings: Settings) -> None:
    """The sheet that says what made the rest."""
    sheet = book.sheet("Settings", [30, 100], landscape=False)
    book.row(sheet, 0, ["Setting", "Value"], book.head)
    for i, (name, value) in enumerate(settings.shown()):
        sheet.set_row(i + 1, height([name, value], [30, 100]))
        book.row(sheet, i + 1, [name, value], book.text)
