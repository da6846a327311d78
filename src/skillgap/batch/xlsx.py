"""The workbook for people who hire: ranking, skills, the pool's gaps, what was not assessed, settings.

Rows are written as they come and never kept, so memory stays flat. Every text is written as text.
"""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from ..taxonomy.model import Role
from .insight import Insight
from .ranking import Ranking
from .record import NOTICE, Settings, replacing_path
from .workbook import Workbook, height, settings_sheet

MOST_ROWS = 1_048_575 - 3  # of a sheet, beside what stands above
_DECISIONS = ["invite", "talk by phone", "hold", "decline"]
_RANKING = (
    ("Rank", 6),
    ("Candidate", 24),
    ("Name", 18),
    ("Score", 12),
    ("± error", 7),
    ("Band", 11),
    ("Essential", 10),
    ("Why", 40),
    ("What is missing", 40),
    ("Best role", 17),
    ("Courses away", 8),
    ("Selected", 9),
    ("Please note", 16),
    ("Same text as", 18),
    ("Decision", 12),
    ("Decided by", 12),
    ("Reason for the decision", 28),
)
_TEAL, _SAND, _RED = "#5B9AA0", "#F1E3C6", "#D98880"
_MET, _PART = "●", "◐"


def write_xlsx(
    path: Path,
    ranking: Ranking,
    role: Role,
    insight: Insight,
    settings: Settings,
    labels: dict[str, str],
) -> None:
    """The whole workbook. `labels` are the roles' labels by id."""
    with replacing_path(path) as temporary:
        book = Workbook(temporary, settings.as_of)
        _ranking(book, ranking, insight, settings, labels)
        _skills(book, ranking, role)
        _pool(book, insight, settings)
        _missed(book, ranking, insight)
        settings_sheet(book, settings)
        book.close()


def _ranking(
    book: Workbook, ranking: Ranking, insight: Insight, settings: Settings, labels: dict[str, str]
) -> None:
    shown = [
        i
        for i, (name, _) in enumerate(_RANKING)
        if not (name == "Name" and settings.blind)
        and not (name == "Courses away" and not settings.near)
        and not (name == "Selected" and not ranking.choice.asked)
        and not (name == "Same text as" and not insight.duplicates)
    ]
    names = [_RANKING[i][0] for i in shown]
    sheet = book.sheet("Ranking", [_RANKING[i][1] for i in shown])
    last = min(insight.assessed, MOST_ROWS) + 2
    score = names.index("Score")
    decision = names.index("Decision")
    sheet.freeze_panes(3, 2)
    sheet.repeat_rows(2)
    sheet.autofilter(2, 0, max(last, 3), len(shown) - 1)
    sheet.set_row(0, 22)
    book.row(sheet, 0, [f"{settings.role_label}: {insight.assessed} candidates"], book.title)
    book.row(
        sheet, 1, [f"{NOTICE} Candidates of one rank can't be told apart by this score."], book.note
    )
    sheet.set_row(2, 30)
    book.row(sheet, 2, names, book.head)
    sheet.conditional_format(
        3,
        score,
        max(last, 3),
        score,
        {
            "type": "data_bar",
            "bar_color": _TEAL,
            "bar_solid": True,
            "min_type": "num",
            "max_type": "num",
            "min_value": 0,
            "max_value": 100,
        },
    )
    sheet.data_validation(
        3,
        decision,
        max(last, 3),
        decision,
        {
            "validate": "list",
            "source": _DECISIONS,
            "ignore_blank": True,
            "error_type": "warning",
            "input_message": "A person decides.",
        },
    )
    formats = [book.text] * len(_RANKING)
    for i, (name, _) in enumerate(_RANKING):
        if name in ("Score", "± error"):
            formats[i] = book.number
        elif name in ("Rank", "Courses away"):
            formats[i] = book.middle
        elif name.startswith(("Deci", "Reason")):
            formats[i] = book.fill_in
    for one in ranking.ranked():
        if one.place > MOST_ROWS:
            break
        row = one.row
        met, partial, asked = row.essential
        values = [
            one.rank,
            one.candidate,
            row.person,
            row.score,
            row.deviation,
            row.band,
            f"{met} of {asked}" + (f", {partial} in part" if partial else ""),
            "; ".join(row.reasons),
            "; ".join(row.gaps),
            labels.get(row.best_role, row.best_role),
            row.courses,
            one.selected,
            "; ".join(row.warnings).replace("_", " "),
            "; ".join(one.aliases),
            None,
            None,
            None,
        ]
        cells = [values[i] for i in shown]
        sheet.set_row(one.place + 2, height(cells, [_RANKING[i][1] for i in shown]))
        book.row(sheet, one.place + 2, cells, [formats[i] for i in shown])


def _skills(book: Workbook, ranking: Ranking, role: Role) -> None:
    """Candidates × what the role asks for."""
    asked = role.requirements
    sheet = book.sheet("Skills", [7, 30, 9] + [4.5] * len(asked))
    sheet.freeze_panes(2, 3)
    sheet.repeat_rows(1)
    book.row(sheet, 0, [f"{_MET} met   {_PART} in part   empty: not shown by the text"], book.note)
    sheet.set_row(1, 175)
    book.row(
        sheet,
        1,
        ["Rank", "Candidate", "Score", *(_short(r.label) for r in asked)],
        [book.head] * 3 + [book.upright] * len(asked),
    )
    formats = [book.middle, book.cell, book.number] + [book.middle] * len(asked)
    last = 1
    for one in ranking.ranked():
        last = one.place + 1
        if one.place > MOST_ROWS:
            break
        met, part = set(one.row.met), set(one.row.partial)
        marks = [_MET if r.id in met else _PART if r.id in part else None for r in asked]
        book.row(sheet, last, [one.rank, one.candidate, one.row.score, *marks], formats)
    for mark, color in ((_MET, "#BFDBD6"), (_PART, _SAND)):
        sheet.conditional_format(
            2,
            3,
            max(last, 2),
            2 + len(asked),
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{mark}"',
                "format": book.book.add_format({"bg_color": color}),
            },
        )


def _short(label: str) -> str:
    return label if len(label) <= 36 else f"{label[:35].rstrip()}…"


def _pool(book: Workbook, insight: Insight, settings: Settings) -> None:
    """What the whole pool has and lacks: what to train for."""
    widths = [44, 12, 9, 9, 9, 11, 70]
    sheet = book.sheet("Pool", widths)
    book.row(sheet, 0, ["What the pool lacks, and what teaches it"], book.title)
    book.row(
        sheet, 1, [f"Over {insight.assessed} candidates, for {settings.role_label}."], book.note
    )
    head = [
        "Requirement",
        "Importance",
        "Met",
        "In part",
        "Missing",
        "Missing",
        "Courses that teach it",
    ]
    book.row(sheet, 2, head, book.head)
    sheet.freeze_panes(3, 1)
    total = insight.assessed or 1
    forms = [book.text, book.cell, book.cell, book.cell, book.cell, book.percent, book.text]
    row = 2
    for gap in insight.gaps:
        row += 1
        values = [gap.label, gap.importance, gap.met, gap.partial, gap.missing]
        values += [gap.missing / total, "; ".join(gap.courses)]
        sheet.set_row(row, height(values, widths))
        book.row(sheet, row, values, forms)
    last = max(row, 3)
    sheet.conditional_format(
        3,
        5,
        last,
        5,
        {
            "type": "data_bar",
            "bar_color": _RED,
            "bar_solid": True,
            "min_type": "num",
            "max_type": "num",
            "min_value": 0,
            "max_value": 1,
        },
    )
    chart = book.book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for column, color in ((2, _TEAL), (3, "#E0B95B"), (4, _RED)):
        chart.add_series(
            {
                "name": ["Pool", 2, column],
                "categories": ["Pool", 3, 0, last, 0],
                "values": ["Pool", 3, column, last, column],
                "fill": {"color": color},
                "gap": 40,
            }
        )
    chart.set_title(
        {"name": f"{settings.role_label}: what the pool meets", "name_font": {"size": 12}}
    )
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}})
    chart.set_x_axis({"num_format": "0 %", "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 900, "height": 120 + 22 * max(1, len(insight.gaps))})
    sheet.insert_chart(3, 8, chart)
    counts = book.sheet("Pool skills", [44, 12, 4, 40, 12], landscape=False)
    book.row(counts, 0, ["Skill", "Candidates", None, "Best role", "Candidates"], book.head)
    counts.freeze_panes(1, 0)
    right: list[tuple[str, int]] = [(label, count) for _, label, count in insight.best_roles]
    if insight.near is not None:
        right += [("", 0)] + [
            ("at the target already" if k == 0 else f"{k} course{'s' if k > 1 else ''} away", count)
            for k, count in insight.near
        ]
    left = [(s.label, s.candidates) for s in insight.skills]
    for i, (one, other) in enumerate(zip_longest(left, right, fillvalue=(None, None))):
        other = other if other[0] else (None, None)
        book.row(counts, i + 1, [*one, None, *other], book.cell)


def _missed(book: Workbook, ranking: Ranking, insight: Insight) -> None:
    """Not assessed: no rank, and the reason."""
    widths = [8, 40, 24, 90]
    sheet = book.sheet("Not assessed", widths)
    book.row(sheet, 0, [f"{insight.not_assessed} files were not assessed"], book.title)
    note = "They are not ranked low: nothing is known of them. Ask for another file, or read them."
    book.row(sheet, 1, [note], book.note)
    book.row(sheet, 2, ["No.", "Candidate", "Code", "What was found"], book.head)
    sheet.freeze_panes(3, 0)
    for i, one in enumerate(ranking.not_assessed()):
        if i >= MOST_ROWS:
            break
        cells = [one.n, one.candidate, one.code, one.detail]
        sheet.set_row(i + 3, height(cells, widths))
        book.row(sheet, i + 3, cells, book.text)
