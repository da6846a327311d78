"""What is written: no cell runs, same bytes each time, and programs can open it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from skillgap.batch import tabular
from skillgap.batch.audit import Groups, audit
from skillgap.batch.audit_xlsx import write_audit
from skillgap.batch.insight import look_at
from skillgap.batch.page import write_html
from skillgap.batch.ranking import Choice, Ranking
from skillgap.batch.record import Settings, plain, write_record
from skillgap.batch.xlsx import write_xlsx
from skillgap.taxonomy.model import Taxonomy

from .made import ledger_of, row

# Solid data bars are an extension of the format that openpyxl leaves out, with a warning.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

EVIL = '=HYPERLINK("http://example.com","x")'
MARKUP = "<script>alert(1)</script>"


def settings(**more: object) -> Settings:
    facts: dict[str, object] = {
        "role": "engineer", "role_label": "Engineer", "level": "mid", "as_of": "2026-11",
        "blind": False, "plan": False, "ocr": "auto", "timeout": 30.0, "select": None,
        "cutoff": None, "near": 1, "target": 80.0, "skillgap": "1", "taxonomy": "1",
        "taxonomy_sha256": "0" * 64, "model": "1",
    }  # fmt: skip
    return Settings(**(facts | more))  # type: ignore[arg-type]


@pytest.fixture
def ranking(tmp_path: Path) -> Iterator[Ranking]:
    rows = {
        "a": row(80, 0.1, person=EVIL, reasons=("+1", MARKUP), courses=0),
        "@b": row(40, 0.1, person="Zoë", gaps=("-2+3",), courses=1),
        EVIL: row(10, 0.1, met=(), partial=("python",)),
    }
    ledger, batch = ledger_of(tmp_path, rows, {"-c": "no_text"})
    yield Ranking(ledger, batch, choice=Choice(count=1))
    ledger.close()


@pytest.mark.parametrize("start", list("=+-@\t\r\n"))
def test_no_text_begins_a_formula(start: str) -> None:
    assert plain(f"{start}1").startswith("'")


def test_other_cells_stay_as_they_are() -> None:
    assert [plain(v) for v in ("a=b", "", -5, None)] == ["a=b", "", -5, None]


def test_csv(tmp_path: Path, ranking: Ranking) -> None:
    path = tmp_path / "r.csv"
    tabular.write_csv(path, ranking)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["rank"] for r in rows] == ["1", "2", "3", ""]
    assert [r["status"] for r in rows] == ["assessed"] * 3 + ["not assessed"]
    assert rows[0]["name"] == "'" + EVIL
    assert rows[1]["name"] == "Zoë"
    assert rows[3]["candidate"] == "'-c"
    assert rows[3]["score"] == ""
    assert not any(v[:1] in "=+-@" for r in rows for v in r.values() if v)


def test_parquet(tmp_path: Path, ranking: Ranking) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra “parquet” is not installed")
    path = tmp_path / "r.parquet"
    tabular.write_parquet(path, ranking)
    rows = parquet.read_table(path).to_pylist()
    assert [(r["rank"], r["score"]) for r in rows] == [
        (1, 80.0),
        (2, 40.0),
        (3, 10.0),
        (None, None),
    ]
    assert list(rows[0]) == list(tabular.COLUMNS)


def test_workbook(tmp_path: Path, ranking: Ranking, small: Taxonomy) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    role = small.roles["engineer"]
    insight = look_at(ranking, role, small, 1)
    paths = [tmp_path / "1.xlsx", tmp_path / "2.xlsx"]
    for path in paths:
        write_xlsx(path, ranking, role, insight, settings(select=1), {"data-scientist": "DS"})
    assert paths[0].read_bytes() == paths[1].read_bytes()
    book = openpyxl.load_workbook(paths[0])
    assert book.sheetnames == [
        "Ranking", "Skills", "Pool", "Pool skills", "Not assessed", "Settings",
    ]  # fmt: skip
    cells = [c for sheet in book for line in sheet.iter_rows() for c in line]
    assert not any(c.data_type == "f" for c in cells)
    assert not any(isinstance(c.value, str) and c.value[:1] in "=+-@" for c in cells if c.value)
    sheet = book["Ranking"]
    head = [c.value for c in sheet[3]]
    assert [r[head.index("Rank")].value for r in sheet.iter_rows(min_row=4)] == [1, 2, 3]
    assert [r[head.index("Selected")].value for r in sheet.iter_rows(min_row=4)] == [
        "yes",
        None,
        None,
    ]
    assert {"Decision", "Decided by", "Reason for the decision"} <= set(head)
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref
    kinds = {r.type for rules in sheet.conditional_formatting for r in rules.rules}
    assert "dataBar" in kinds
    marks = [[c.value for c in line[3:]] for line in book["Skills"].iter_rows(min_row=3)]
    assert [line[0] for line in marks] == ["●", "●", "◐"]
    assert book["Not assessed"]["C4"].value == "no_text"
    assert book["Pool"]._charts


def test_blind_workbook_has_no_names(tmp_path: Path, ranking: Ranking, small: Taxonomy) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    role = small.roles["engineer"]
    path = tmp_path / "b.xlsx"
    insight = look_at(ranking, role, small)
    write_xlsx(path, ranking, role, insight, settings(blind=True, near=0), {})
    head = [c.value for c in openpyxl.load_workbook(path)["Ranking"][3]]
    assert "Name" not in head
    assert "Courses away" not in head


def test_page(tmp_path: Path, ranking: Ranking, small: Taxonomy) -> None:
    role = small.roles["engineer"]
    path = tmp_path / "r.html"
    write_html(path, ranking, role, look_at(ranking, role, small, 1), settings(), {})
    text = path.read_text(encoding="utf-8")
    assert MARKUP not in text
    assert "&lt;script&gt;" in text
    assert text.count("<script>") == 1
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text
    assert "http://" not in text.replace(EVIL.replace('"', "&#34;"), "")
    assert "https://" not in text


def test_audit_workbook_and_record(tmp_path: Path, ranking: Ranking, small: Taxonomy) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    groups = Groups(("sex",), {"a": ("F",), "@b": ("M",)})
    write_audit(tmp_path / "a.xlsx", audit(ranking, groups), settings(select=1))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Scoring rates", "Selection rates", "Assessed", "Settings"]
    assert "Input for an independent auditor" in book["Scoring rates"]["A1"].value
    output = tmp_path / "out.csv"
    output.write_text("x")
    role = small.roles["engineer"]
    for blind in (False, True):
        write_record(
            tmp_path / "run.json", ranking._ledger, ranking._batch, settings(blind=blind),
            look_at(ranking, role, small), started="s", finished="f", output=output,
        )  # fmt: skip
        record = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
        assert len(record["inputs"]) == 4
        assert record["inputs"][3]["code"] == "no_text"
        assert ("name" in record["inputs"][0]) is not blind
        assert record["output"]["sha256"].startswith("2d711642b726b044")
        assert record["pool"]["assessed"] == 3


def test_what_decides_a_run_changes_its_fingerprint_and_the_choice_does_not() -> None:
    one = settings()
    assert replace(one, select=5).fingerprint() == one.fingerprint()
    for other in ({"role": "x"}, {"as_of": "2026-10"}, {"model": "2"}, {"blind": True}):
        assert replace(one, **other).fingerprint() != one.fingerprint()  # type: ignore[arg-type]
