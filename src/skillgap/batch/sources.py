"""Where the résumés of a batch come from: files, folders, globs, archives, lists and URLs.

Everything is listed in a fixed order: places as they are named, what is in a folder or an archive by
name. Archives are not unpacked: their members are read when their turn comes.
"""

from __future__ import annotations

import csv
import glob
import os
import stat
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ..errors import (
    ConfigError,
    CorruptDocument,
    EncryptedDocument,
    ExtraMissing,
    FileMissing,
    UnsupportedFormat,
)
from .entries import NewFile

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
MEMBER = "::"  # between an archive and its member
_JUNK = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_MAGIC = frozenset("*?[")
_PATHS = ("path", "file", "resume", "filename", "url")
_IDS = ("candidate", "candidate_id", "candidate id", "id")


def absolute(path: str | Path) -> str:
    """The path from the root, links as they stand."""
    return os.path.abspath(path)  # noqa: PTH100 (Path.absolute keeps "..")


def is_url(text: str) -> bool:
    """Whether fsspec is to open it."""
    return "://" in text


def list_files(places: Iterable[str], *, without: Iterable[str] = ()) -> Iterator[NewFile]:
    """All files of all places. Paths that begin with one of `without` (our own output) are left out.

    Raises FileMissing for a place that does not exist.
    """
    avoid = tuple(absolute(path) for path in without)
    for place in places:
        for file in _place(place):
            if not (avoid and (file.source or "").startswith(avoid)):
                yield file


def _place(place: str) -> Iterator[NewFile]:
    if is_url(place):
        yield from _from_url(place)
        return
    path = Path(place)
    if path.is_dir():
        yield from _folder(path)
    elif path.exists():
        if path.suffix.lower() == ".csv":
            yield from _from_list(path)
        else:
            yield from _file(path, path.name)
    elif _MAGIC & set(place):
        found = sorted(glob.glob(place, recursive=True))  # noqa: PTH207 (any root)
        if not found:
            raise FileMissing(f"Nothing matches {place}.", "Check the pattern and the folder.")
        for match in found:
            if not Path(match).is_dir() and not junk(Path(match).name):
                yield from _file(Path(match), Path(match).name)
    else:
        raise FileMissing(
            f"There is no file or folder {place}.", "Check the path and its spelling."
        )


def _folder(root: Path) -> Iterator[NewFile]:
    """Files below a folder, by name; links to folders are not followed, they may go in circles."""
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as entries:
                inside = sorted((e for e in entries if not junk(e.name)), key=lambda e: e.name)
        except OSError as error:
            shown = Path(folder).relative_to(root).as_posix()
            yield NewFile(
                absolute(folder),
                f"{shown}/",
                error=(FileMissing.code, f"The folder can't be read: {error.strerror}."),
            )
            continue
        pending.extend(Path(e.path) for e in reversed(inside) if e.is_dir(follow_symlinks=False))
        for entry in inside:
            if not entry.is_dir():
                path = Path(entry.path)
                yield from _file(path, path.relative_to(root).as_posix())


def junk(name: str) -> bool:
    """What systems leave in folders, locks of open documents, and gold files of `evaluate`."""
    lowered = name.casefold()
    return lowered.startswith((".", "~$")) or lowered in _JUNK or lowered.endswith(".gold.json")


def _file(path: Path, name: str, candidate: str | None = None) -> Iterator[NewFile]:
    key = absolute(path)
    try:
        facts = path.stat()
    except OSError as error:
        reason = (FileMissing.code, f"The file can't be read: {error.strerror}.")
        yield NewFile(key, name, candidate, error=reason)
        return
    if not stat.S_ISREG(facts.st_mode):
        reason = (UnsupportedFormat.code, "It is no file but a pipe, a socket or a device.")
        yield NewFile(key, name, candidate, error=reason)
    elif candidate is None and name.lower().endswith(ARCHIVES):
        yield from _archive(path, name)
    else:
        yield NewFile(key, name, candidate, source=key, size=facts.st_size)


def _archive(path: Path, name: str) -> Iterator[NewFile]:
    """The members of an archive; one failed entry where it can't be opened."""
    key = absolute(path)
    try:
        for member, size in _members(path):
            if not any(junk(part) for part in PurePosixPath(member).parts):
                place = f"{key}{MEMBER}{member}"
                yield NewFile(place, f"{name}/{member}", source=place, size=size)
    except (tarfile.TarError, zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        detail = f"The archive can't be opened ({type(error).__name__})."
        yield NewFile(key, name, error=(CorruptDocument.code, detail))


def _members(path: Path) -> Iterator[tuple[str, int]]:
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            found = [(i.filename, i.file_size) for i in archive.infolist() if not i.is_dir()]
            yield from sorted(found)
    else:  # a stream: in its own order, so that it is read forward once
        with tarfile.open(path, "r|*") as stream:
            for member in stream:
                if member.isfile():
                    yield member.name, member.size


def _from_list(path: Path) -> Iterator[NewFile]:
    """A CSV with a column of paths (relative to it) or URLs, and one of candidate ids."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            header = {(h or "").strip().casefold(): h for h in rows.fieldnames or ()}
            where = next((header[h] for h in _PATHS if h in header), None)
            who = next((header[h] for h in _IDS if h in header), None)
            if where is None:
                raise ConfigError(
                    f"{path.name} has no column “path”.",
                    "Its first line names the columns: path, candidate.",
                )
            for row in rows:
                place = (row[where] or "").strip()
                ident = (row[who] or "").strip() or None if who else None
                if is_url(place):
                    yield NewFile(place, place.rsplit("/", 1)[-1], ident, source=place)
                elif place:
                    yield from _file(path.parent / place, place, ident)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"{path.name} is no CSV in UTF-8.", "Save it as “CSV UTF-8”.") from error


# ── URLs ─────────────────────────────────────────────────────────────────────────────────────────


def _fsspec() -> Any:
    try:
        import fsspec
    except ImportError:
        raise ExtraMissing("Reading URLs", "remote") from None
    return fsspec


def _from_url(url: str) -> Iterator[NewFile]:
    """A URL of one file, of a folder, or with a pattern."""
    fsspec = _fsspec()
    try:
        system, root = fsspec.core.url_to_fs(url)
        if _MAGIC & set(root):
            found, base = sorted(system.glob(root)), ""
        elif system.isdir(root):
            found, base = sorted(system.find(root)), root.rstrip("/") + "/"
        elif system.exists(root):
            found, base = [root], ""
        else:
            found, base = [], ""
    except ImportError as error:  # the protocol's own package
        raise ConfigError(f"{url} can't be opened: {error}.", "Install what it names.") from None
    except (OSError, ValueError) as error:
        raise FileMissing(f"{url} can't be opened ({type(error).__name__}).", "Check it.") from None
    if not found:
        raise FileMissing(f"There is nothing at {url}.", "Check the address.")
    for path in found:
        name = path.removeprefix(base) if base else path.rsplit("/", 1)[-1]
        if not any(junk(part) for part in name.split("/")) and not system.isdir(path):
            full = system.unstrip_protocol(path)
            yield NewFile(full, name, source=full)


def open_url(url: str) -> IO[bytes]:
    """Open what fsspec can open; FileMissing where it can't."""
    try:
        file: IO[bytes] = _fsspec().open(url, "rb").open()
        return file
    except (OSError, ValueError, ImportError) as error:
        raise FileMissing(
            f"The file can't be fetched ({type(error).__name__}).", "Check address and access."
        ) from None


def read_path(path: str, most: int) -> bytes:
    """Up to so many bytes of a file."""
    try:
        with Path(path).open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise FileMissing(
            f"The file can't be read: {error.strerror}.", "Check that it is there still."
        ) from None


class Members:
    """Reads members of archives; keeps the archive of the last one open, as they come in order."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._path = ""
        self._zip: zipfile.ZipFile | None = None
        self._tar: tarfile.TarFile | None = None

    def read(self, place: str) -> bytes:
        """Up to `most` bytes of ARCHIVE::MEMBER; CorruptDocument or EncryptedDocument where it fails."""
        path, _, member = place.partition(MEMBER)
        try:
            if path.lower().endswith(".zip"):
                return self._from_zip(path, member)
            return self._from_tar(path, member)
        except RuntimeError as error:  # zipfile's word for a password
            self.close()
            raise EncryptedDocument(
                f"The archive's member can't be opened: {error}.", "Unpack it first."
            ) from None
        except FileNotFoundError:
            raise FileMissing("The archive is gone.", "Check that it is there still.") from None
        except Exception as error:  # zlib, lzma, tarfile and zipfile each have their own
            self.close()
            raise CorruptDocument(
                f"The archive is damaged there ({type(error).__name__}).", "Pack it anew."
            ) from None

    def _from_zip(self, path: str, member: str) -> bytes:
        if self._path != path or self._zip is None:
            self.close()
            self._zip, self._path = zipfile.ZipFile(path), path
        with self._zip.open(member) as file:
            return file.read(self._most)

    def _from_tar(self, path: str, member: str) -> bytes:
        for attempt in range(2):  # onward from where the stream stands, else from its start
            if self._path != path or self._tar is None:
                self.close()
                self._tar, self._path = tarfile.open(path, "r|*"), path  # noqa: SIM115
                attempt = 1
            for info in self._tar:
                self._tar.members.clear()  # type: ignore[attr-defined]  # it would keep them all
                if info.name == member and info.isfile():
                    file = self._tar.extractfile(info)
                    return file.read(self._most) if file else b""
            self.close()
            if attempt:
                break
        raise KeyError(member)

    def close(self) -> None:
        """Close what is open."""
        for archive in (self._zip, self._tar):
            if archive is not None:
                archive.close()
        self._zip = self._tar = None
        self._path = ""
