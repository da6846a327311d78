"""What made a ranking: settings that repeat it byte for byte, and the run record with its times."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from ..errors import ConfigError
from .insight import Insight
from .ledger import Ledger
from .ranking import APART
from .rows import PRECISION, RECALL

NOTICE = (
    "The score says how well the résumé's text shows what the role asks for. It says nothing about how "
    "good somebody is at the work, and a skill that is not written is not found. A person decides."
)


@dataclass(frozen=True, slots=True)
class Settings:
    """All that decides what a ranking looks like; equal settings and files give equal bytes."""

    role: str
    role_label: str
    level: str
    as_of: str
    blind: bool
    plan: bool
    ocr: str
    timeout: float
    select: int | None
    cutoff: float | None
    near: int
    target: float
    skillgap: str
    taxonomy: str
    taxonomy_sha256: str
    model: str
    posting_sha256: str | None = None

    def shown(self) -> list[tuple[str, str]]:
        """Names and values for people."""
        chosen = "nobody marked"
        if self.select is not None:
            chosen = f"the first {self.select}"
        elif self.cutoff is not None:
            chosen = f"scores of {self.cutoff:g} and more"
        return [
            ("Role", f"{self.role_label} ({self.role})"),
            ("Level", self.level),
            ("“Present” means", self.as_of),
            ("Names shown", "no (blind)" if self.blind else "yes"),
            ("Counted as selected", chosen),
            ("Target of “courses away”", f"{self.target:g}" if self.near else "not asked"),
            ("Reading of pictures", self.ocr),
            ("Time limit a file", f"{self.timeout:g} s"),
            ("skillgap", self.skillgap),
            ("Taxonomy", f"{self.taxonomy} ({self.taxonomy_sha256[:16]})"),
            ("Model", self.model),
            ("Posting", self.posting_sha256 or "none"),
            ("Shared ranks", f"scores within {APART:g} standard error of their difference"),
            ("Extraction assumed", f"precision {PRECISION:g}, recall {RECALL:g}"),
            ("What it is not", NOTICE),
        ]

    def fingerprint(self) -> str:
        """sha256 over what must not change between the parts of one run."""
        fixed = {
            k: v
            for k, v in asdict(self).items()
            if k not in ("select", "cutoff")  # they are applied at the end
        }
        return hashlib.sha256(json.dumps(fixed, sort_keys=True).encode()).hexdigest()


def write_record(
    path: Path,
    ledger: Ledger,
    batch: str,
    settings: Settings,
    insight: Insight,
    *,
    started: str,
    finished: str,
    output: Path,
) -> None:
    """The run record: when, what with, of which bytes, to which bytes. No text of a résumé."""
    with replacing(path) as file:
        head = {
            "title": "skillgap run record",
            "started": started,
            "finished": finished,
            "settings": asdict(settings),
            "output": {"name": output.name, "sha256": sha256_of(output)},
            "pool": insight.to_dict(),
        }
        text = json.dumps(head, ensure_ascii=False, indent=1)
        file.write(text.removesuffix("\n}") + ',\n "inputs": [')
        comma = ""
        for row in ledger.inputs(batch):
            entry = {"n": row["n"], "sha256": row["sha256"], "candidate": row["candidate"]}
            if not settings.blind:
                entry["name"] = row["name"]
            if row["code"]:
                entry["code"] = row["code"]
            file.write(f"{comma}\n  {json.dumps(entry, ensure_ascii=False)}")
            comma = ","
        file.write("\n ]\n}\n")


def sha256_of(path: Path) -> str:
    """The digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """A text file that is there in full or not at all; only its owner may read it."""
    with (
        replacing_path(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as file,
    ):
        yield file


@contextmanager
def replacing_path(path: Path) -> Iterator[Path]:
    """A place to write to that takes the name `path` once all is written. ConfigError if it can't."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise ConfigError(
            f"{path} can't be written: {error.strerror}.", "Name another place with -o."
        ) from None
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def plain(value: Any) -> Any:
    """A cell as no spreadsheet will run it: text that would begin a formula gets an apostrophe."""
    if isinstance(value, str) and value[:1] in (
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "＝",
        "＋",
        "－",
        "＠",
    ):
        return "'" + value
    return value
