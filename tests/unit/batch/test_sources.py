"""Where files come from: every kind of place, in a fixed order, whatever stands there."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from skillgap.batch.sources import Members, list_files, open_url
from skillgap.errors import ConfigError, CorruptDocument, EncryptedDocument, FileMissing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    (root / "b" / "deep").mkdir(parents=True)
    for name in ("z.pdf", "a.txt", "b/y.md", "b/deep/x.html"):
        (root / name).write_text(name)
    for junk in (".DS_Store", "Thumbs.db", "~$z.docx", "z.gold.json"):
        (root / junk).write_text("junk")
    return root


def names(*places: object, **more: object) -> list[str]:
    return [f.name for f in list_files(map(str, places), **more)]  # type: ignore[arg-type]


def test_folders_are_listed_to_the_bottom_by_name_without_junk(folder: Path) -> None:
    assert names(folder) == ["a.txt", "z.pdf", "b/y.md", "b/deep/x.html"]


def test_files_patterns_and_what_is_not_there(folder: Path) -> None:
    assert names(folder / "z.pdf", folder / "*.txt") == ["z.pdf", "a.txt"]
    assert names(folder / "**" / "*.html") == ["x.html"]
    with pytest.raises(FileMissing, match="nowhere"):
        names(folder / "nowhere")
    with pytest.raises(FileMissing, match="Nothing matches"):
        names(folder / "*.odt")


def test_our_own_output_is_left_out(folder: Path) -> None:
    (folder / "ranking.xlsx").write_text("x")
    (folder / "ranking.xlsx.ledger").write_text("x")
    assert "ranking.xlsx" not in names(folder, without=[str(folder / "ranking.xlsx")])
    assert len(names(folder, without=[str(folder / "ranking.xlsx")])) == 4


def test_links_to_folders_and_pipes_hold_nothing_up(folder: Path) -> None:
    (folder / "loop").symlink_to(folder)
    (folder / "gone.pdf").symlink_to(folder / "nothing.pdf")
    os.mkfifo(folder / "pipe.pdf")
    found = {f.name: f.error for f in list_files([str(folder)])}
    assert not any(name.startswith("loop/") for name in found)
    assert found["pipe.pdf"] is not None
    assert found["pipe.pdf"][0] == "unsupported_format"
    assert found["gone.pdf"] is not None
    assert found["gone.pdf"][0] == "file_missing"


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize("make", [zipped, tarred])
def test_archives_are_read_member_by_member(tmp_path: Path, make: object) -> None:
    ending = "zip" if make is zipped else "tgz"
    members = {"a.txt": b"first", "__MACOSX/a.txt": b"junk", "in/b.txt": b"second" * 1000}
    archive = make(tmp_path / f"all.{ending}", members)  # type: ignore[operator]
    files = list(list_files([str(archive)]))
    assert [f.name for f in files] == [f"all.{ending}/a.txt", f"all.{ending}/in/b.txt"]
    reader = Members(100)
    assert reader.read(str(files[0].source)) == b"first"
    assert reader.read(str(files[1].source)) == (b"second" * 1000)[:100]
    assert reader.read(str(files[0].source)) == b"first", "backward"
    with pytest.raises(CorruptDocument):
        reader.read(f"{archive}::nothing")
    reader.close()


def test_a_broken_archive_is_one_failed_file_and_not_the_end(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 no")
    (tmp_path / "good.txt").write_text("good")
    found = {f.name: f.error for f in list_files([str(tmp_path)])}
    assert found["good.txt"] is None
    assert found["bad.zip"] is not None
    assert found["bad.zip"][0] == "corrupt_document"


def test_a_locked_member_says_so(tmp_path: Path) -> None:
    path = zipped(tmp_path / "locked.zip", {"a.txt": b"secret"})
    data = bytearray(path.read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):  # the flag “encrypted” in both headers
        at = data.find(mark) + (6 if mark == b"PK\x03\x04" else 8)
        data[at] |= 1
    path.write_bytes(data)
    (file,) = list_files([str(path)])
    with pytest.raises(EncryptedDocument):
        Members(100).read(str(file.source))


def test_a_list_gives_paths_and_ids(folder: Path) -> None:
    given = folder.parent / "list.csv"
    given.write_text(
        "Candidate_ID,Path\nC-7,in/z.pdf\n,in/a.txt\nC-8,in/none.pdf\n", encoding="utf-8-sig"
    )
    found = [(f.candidate, f.name, f.error and f.error[0]) for f in list_files([str(given)])]
    assert found == [
        ("C-7", "in/z.pdf", None),
        (None, "in/a.txt", None),
        ("C-8", "in/none.pdf", "file_missing"),
    ]
    given.write_text("who,where\n1,2\n")
    with pytest.raises(ConfigError, match="path"):
        names(given)


def test_urls_of_files_folders_and_patterns() -> None:
    fsspec = pytest.importorskip("fsspec", reason="the extra “remote” is not installed")
    system = fsspec.filesystem("memory")
    for name in ("one.txt", "sub/two.txt", ".hidden"):
        with system.open(f"/bucket/{name}", "wb") as file:
            file.write(name.encode())
    try:
        assert names("memory://bucket") == ["one.txt", "sub/two.txt"]
        assert names("memory://bucket/one.txt") == ["one.txt"]
        assert names("memory://bucket/*.txt") == ["one.txt"]
        (file,) = list_files(["memory://bucket/one.txt"])
        with open_url(str(file.source)) as opened:
            assert opened.read() == b"one.txt"
        with pytest.raises(FileMissing):
            names("memory://bucket/none")
        with pytest.raises(FileMissing):
            open_url("memory://bucket/none")
    finally:
        system.rm("/bucket", recursive=True)
