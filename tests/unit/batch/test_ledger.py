"""The ledger: each file once, whoever dies when."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from skillgap.batch.ledger import MOST_ATTEMPTS, Ledger, NewFile, Outcome
from skillgap.batch.tables import metadata

CANARY = b"canary-7f3a-nobody-may-keep-this"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger.file(tmp_path / "ledger.db")
    yield ledger
    ledger.close()


def filled(ledger: Ledger, count: int = 5) -> str:
    batch = ledger.new_batch({"role": "x"})
    ledger.add(batch, (NewFile(f"k{i}", f"n{i}", source=f"/f{i}") for i in range(count)))
    ledger.seal(batch)
    return batch


def test_files_are_claimed_in_order_and_once(ledger: Ledger) -> None:
    batch = filled(ledger)
    first, second = ledger.claim("a", 2, 60), ledger.claim("b", 9, 60)
    assert [c.n for c in first] == [1, 2]
    assert [c.n for c in second] == [3, 4, 5]
    assert ledger.claim("c", 9, 60) == []
    assert ledger.progress(batch).claimed == 5


def test_a_key_is_added_once_however_often_it_is_given(ledger: Ledger) -> None:
    batch = ledger.new_batch({})
    assert ledger.add(batch, [NewFile("a", "1"), NewFile("b", "2"), NewFile("a", "3")]) == 2
    assert ledger.add(batch, [NewFile("b", "4"), NewFile("c", "5")]) == 1
    assert [(r["n"], r["name"]) for r in ledger.inputs(batch)] == [(1, "1"), (2, "2"), (3, "5")]


def test_a_result_closes_the_claim_and_only_its_owner_can(ledger: Ledger) -> None:
    batch = filled(ledger, 2)
    ledger.claim("a", 2, 60)
    done = Outcome(1, row="{}", score=50.0, similarity=0.5)
    assert ledger.finish(batch, "b", [done]) == 0
    assert ledger.finish(batch, "a", [done, Outcome(2, code="no_text", detail="?")]) == 2
    assert ledger.finish(batch, "a", [done]) == 0, "a second result for the same file"
    progress = ledger.progress(batch)
    assert (progress.done, progress.failed, progress.over, progress.total) == (1, 1, 2, 2)
    assert [r["n"] for r in ledger.scored(batch)] == [1]
    assert [r["code"] for r in ledger.failed(batch)] == ["no_text"]


def test_a_lease_that_is_over_is_claimed_by_another_and_late_results_are_refused(
    ledger: Ledger,
) -> None:
    batch = filled(ledger, 1)
    ledger.claim("slow", 1, 0.0)
    time.sleep(0.01)
    assert [c.n for c in ledger.claim("quick", 1, 60)] == [1]
    assert ledger.finish(batch, "slow", [Outcome(1, row="{}", score=1.0)]) == 0
    assert ledger.finish(batch, "quick", [Outcome(1, row="{}", score=2.0)]) == 1
    assert [r["score"] for r in ledger.scored(batch)] == [2.0]


def test_a_file_that_kills_its_process_again_and_again_is_given_up(ledger: Ledger) -> None:
    batch = filled(ledger, 1)
    for _ in range(MOST_ATTEMPTS):
        assert ledger.claim("a", 1, 0.0)
        time.sleep(0.01)
    assert ledger.claim("a", 1, 60) == []
    assert [r["code"] for r in ledger.failed(batch)] == ["reader_crashed"]


def test_claims_given_back_are_no_attempts(ledger: Ledger) -> None:
    batch = filled(ledger, 1)
    for _ in range(MOST_ATTEMPTS + 3):
        assert ledger.claim("a", 1, 60)
        assert ledger.release(batch) == 1
    assert ledger.progress(batch).queued == 1


def test_many_threads_claim_each_file_once(ledger: Ledger) -> None:
    batch = filled(ledger, 120)
    got: list[int] = []
    lock = threading.Lock()

    def work(owner: str) -> None:
        while claims := ledger.claim(owner, 3, 60):
            ledger.finish(batch, owner, [Outcome(c.n, row="{}", score=0.0) for c in claims])
            with lock:
                got.extend(c.n for c in claims)

    threads = [threading.Thread(target=work, args=(f"t{i}",)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == list(range(1, 121))
    assert ledger.progress(batch).done == 120


def test_reading_does_not_hold_up_writing(ledger: Ledger) -> None:
    batch = filled(ledger, 3)
    ledger.claim("a", 3, 60)
    ledger.finish(batch, "a", [Outcome(1, row="{}", score=1.0)])
    rows = ledger.scored(batch)
    next(rows)
    start = time.monotonic()
    ledger.finish(batch, "a", [Outcome(2, row="{}", score=2.0)])
    assert time.monotonic() - start < 5
    rows.close()  # type: ignore[attr-defined]


def test_uploaded_bytes_go_when_they_are_read_and_all_goes_on_delete(
    ledger: Ledger, tmp_path: Path
) -> None:
    batch = ledger.new_batch({}, owner="key", lifetime=3600)
    other = ledger.new_batch({}, owner="key")
    ledger.add(batch, [NewFile("a", "a", bytes=CANARY), NewFile("b", CANARY.decode(), bytes=b"1")])
    ledger.add(other, [NewFile("a", "stays")])
    (first, _) = ledger.claim("w", 2, 60, batch=batch)
    assert first.bytes == CANARY
    ledger.finish(batch, "w", [Outcome(1, row=CANARY.decode(), report=CANARY, score=1.0)])
    row = ledger.one(batch, 1)
    assert row is not None
    assert row["bytes"] is None
    assert ledger.delete_batch(batch)
    assert not ledger.delete_batch(batch)
    assert ledger.batch(batch) is None
    assert ledger.progress(other).total == 1
    for path in tmp_path.iterdir():
        assert CANARY not in path.read_bytes(), path.name


def test_a_batch_is_seen_by_its_owner_until_it_expires(ledger: Ledger) -> None:
    kept = ledger.new_batch({}, owner="a", lifetime=3600)
    over = ledger.new_batch({}, owner="a", lifetime=-1)
    assert ledger.batch(kept, owner="a")
    assert ledger.batch(kept, owner="b") is None
    assert ledger.batch(over, owner="a") is None
    assert ledger.delete_expired() == 1
    assert len(kept) >= 32, "the id could be guessed"


@pytest.mark.parametrize("dialect", [postgresql.dialect(), sqlite.dialect()])
def test_the_tables_fit_both_databases(dialect: object) -> None:
    made = [
        str(CreateTable(t).compile(dialect=dialect))  # type: ignore[arg-type]
        for t in metadata.sorted_tables
    ]
    assert len(made) == 2
