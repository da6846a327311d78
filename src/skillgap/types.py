"""The values that pass from stage to stage: frozen, with tuples, and nothing of any library inside.

    bytes ─▶ Document ─▶ Annotations ─▶ SkillProfile ─▶ RoleMatch ─▶ Plan
             documents   nlp            profile         matching     planning

Spans are half-open character offsets into `Document.text`, which is never rewritten once it exists.
Geometry is in PDF points with the origin at the top left; pages count from 1. A format without pages
(plain text, HTML, …) has `Document.pages == ()`, and its lines carry page 0 and no geometry.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from .errors import ConfigError

Status = Literal["claimed", "aspired", "negated", "other"]
Via = Literal["label", "pattern", "paraphrase"]
Importance = Literal["essential", "important", "useful"]
Depth = Literal["aware", "can_do", "leads"]
Level = Literal["entry", "mid", "senior"]
Verdict = Literal["say_it", "prove_it", "learn_it"]
SectionKind = Literal[
    "header",  # name and contact data above the first heading
    "summary",
    "experience",
    "projects",
    "skills",
    "education",
    "certifications",
    "publications",
    "awards",
    "volunteering",
    "languages",
    "interests",
    "references",
    "other",
]


class Box(NamedTuple):
    """A rectangle on a page, in points, origin top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class PartialDate(NamedTuple):
    """A year, with its month (1-12) where the document gives one (else 0)."""

    year: int
    month: int = 0

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `YYYY` or `YYYY-MM`; ValueError for anything else."""
        year, _, month = text.strip().partition("-")
        date = cls(int(year), int(month) if month else 0)
        if not 1900 <= date.year <= 2100 or not 0 <= date.month <= 12:
            raise ValueError(text)
        return date


# ── documents ────────────────────────────────────────────────────────────────────────────────────


class Word(NamedTuple):
    """One word with its place. `text` is `document.text[start:end]`."""

    start: int
    end: int
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0  # font size in points
    bold: bool = False
    italic: bool = False


class Line(NamedTuple):
    """One line of a column, in reading order. `text` is `document.text[start:end]`."""

    start: int
    end: int
    page: int = 0
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0  # the size most of its characters have
    bold: bool = False  # most of it is bold
    column: int = 0  # 0 = full width or the leftmost column of its page
    level: int = 0  # heading level where the format says so (HTML, DOCX, Markdown), else 0
    furniture: bool = False  # a header or footer that pages repeat


class Page(NamedTuple):
    """One page: its number from 1, its size in points, its span of the text."""

    number: int
    width: float
    height: float
    start: int
    end: int


class Picture(NamedTuple):
    """A page as it looks: its number from 1, its size in points, and the picture's bytes."""

    page: int
    width: float
    height: float
    media_type: str
    data: bytes


class Notice(NamedTuple):
    """Something the reader of the report must know; `code` is one of the contract's warning codes."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader saw: one text, and where each word of it stands.

    Text that a person cannot see is not in `text`. Words and lines are in reading order and their
    spans ascend. Lines are separated by newlines, larger gaps by an empty line.
    """

    name: str  # file name without its folder, or "-"
    sha256: str
    media_type: str
    reader: str  # which reader gave the text, for example "pdfium" or "pdfplumber"
    text: str
    lines: tuple[Line, ...]
    words: tuple[Word, ...] = ()
    pages: tuple[Page, ...] = ()
    ocr: bool = False
    notices: tuple[Notice, ...] = ()
    data: object | None = None  # the parsed object where the format is data already (JSON Resume)

    def line_text(self, line: Line) -> str:
        """The text of one line."""
        return self.text[line.start : line.end]

    def line_at(self, offset: int) -> Line | None:
        """The line that holds an offset; None between lines."""
        i = bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return self.lines[i] if i >= 0 and offset < self.lines[i].end else None

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """The rectangles that cover a span: one for each line it runs over; () without pages."""
        i = bisect_right(self.words, start, key=lambda word: word.end)
        j = bisect_left(self.words, end, key=lambda word: word.start)
        boxes: list[Box] = []
        ends_line = -1
        for word in self.words[i:j]:
            line = self.line_at(word.start)
            mark = line.start if line else word.start
            b = boxes[-1] if boxes else Box(0, 0, 0, 0, 0)
            # A word that is broken at a line's end stands on one line of the text and two of the page.
            level = b.top < (word.top + word.bottom) / 2 < b.bottom
            if mark == ends_line and b.page == word.page and level:
                boxes[-1] = Box(
                    b.page,
                    min(b.x0, word.x0),
                    min(b.top, word.top),
                    max(b.x1, word.x1),
                    max(b.bottom, word.bottom),
                )
            else:
                boxes.append(Box(word.page, word.x0, word.top, word.x1, word.bottom))
            ends_line = mark
        return tuple(boxes)


# ── nlp ──────────────────────────────────────────────────────────────────────────────────────────


class Section(NamedTuple):
    """A section. `title` is the heading as it stands ("" where there is none); the span includes it."""

    kind: SectionKind
    title: str
    start: int
    end: int
    body: int = 0  # offset where the text after the heading starts
    page: int | None = None


class Entry(NamedTuple):
    """A dated item of experience, projects or volunteering."""

    kind: Literal["position", "project", "volunteering"]
    title: str
    organization: str
    start: PartialDate | None
    end: PartialDate | None  # None: unknown, or still going on where `current`
    current: bool
    months: int | None  # inclusive length, None where the dates don't tell
    span: tuple[int, int]
    location: str = ""


class Education(NamedTuple):
    """One course of study."""

    degree: str
    institution: str
    start: PartialDate | None
    end: PartialDate | None
    span: tuple[int, int]
    field: str = ""


class Contact(NamedTuple):
    """Who the résumé is about. `spans` are all places of the text that give it (for redaction)."""

    name: str = ""
    email: str = ""
    phone: str = ""
    location: str = ""
    links: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


class Mention(NamedTuple):
    """One place of the text that names a skill. `text[start:end]` is the surface form."""

    start: int
    end: int
    skill: str  # concept id
    status: Status = "claimed"
    via: Via = "label"
    confidence: float = 1.0  # 0..1, that this place means this skill
    section: int = -1  # index into Annotations.sections
    entry: int = -1  # index into Annotations.entries
    reason: str = ""  # which rule gave the status or the sense, for --verbose and debugging


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that was recognised in one document."""

    sections: tuple[Section, ...] = ()
    entries: tuple[Entry, ...] = ()
    education: tuple[Education, ...] = ()
    contact: Contact = Contact()
    mentions: tuple[Mention, ...] = ()
    language: str = "en"  # ISO 639-1, "" unknown
    notices: tuple[Notice, ...] = ()


# ── profile ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ProfiledSkill:
    """One skill of a person, merged over its mentions."""

    skill: str
    status: Status
    confidence: float
    mentions: tuple[int, ...] = ()  # indices into Annotations.mentions
    implied_by: tuple[str, ...] = ()  # skills that imply it, where no mention names it
    months: int | None = None
    last_used: PartialDate | None = None
    current: bool = False  # used in a position or project that still goes on
    used: bool = False  # mentioned inside a position, project or volunteering entry
    depth: float = 1.0  # 0..1, how far the evidence goes (docs/scoring.md)

    @property
    def implied(self) -> bool:
        """True where only other skills speak for it."""
        return not self.mentions and bool(self.implied_by)


@dataclass(frozen=True, slots=True)
class SkillProfile:
    """What a person can do, by skill id."""

    skills: dict[str, ProfiledSkill] = field(default_factory=dict)

    def claimed(self) -> dict[str, ProfiledSkill]:
        """Those that count."""
        return {k: s for k, s in self.skills.items() if s.status == "claimed"}


# ── matching and planning ────────────────────────────────────────────────────────────────────────


class Coverage(NamedTuple):
    """How many requirements of one importance are met, in part met, and asked for."""

    met: int
    partial: int
    total: int


class Matched(NamedTuple):
    """A requirement that something of the profile meets, wholly or in part."""

    id: str  # the skill that is asked for (of a group: the one that meets it)
    label: str
    importance: Importance
    contribution: float  # points of the score
    partial: bool
    via: str | None = None  # the related or narrower skill that counts for it
    group: str | None = None
    members: tuple[str, ...] = ()  # of a group: all the asked-for skills that count, best first


class Missing(NamedTuple):
    """A requirement that is not met, or met in part, with what to do about it."""

    id: str  # skill id, or the group's id
    label: str
    importance: Importance
    gain: float  # points that the score rises by with this skill (one more of a group) learned
    partial: bool
    nearest: str | None
    any_of: tuple[str, ...]  # members of a group that would close it and are not there yet
    verdict: Verdict
    advice: str
    courses: tuple[str, ...]
    project: str | None
    steps: tuple[float, ...] = ()  # points for the first, second … member of a group learned


class Asked(NamedTuple):
    """What a role or posting asks beyond skills; shown, never scored."""

    kind: Literal["years", "degree", "certificate", "language", "location", "authorization"]
    text: str
    met: Literal["yes", "no", "unknown"]
    evidence: str | None = None


class OnTheWay(NamedTuple):
    """A nearer role on the way to a far one."""

    role: str
    label: str
    score: float  # of the nearer role now
    score_after: float  # of the far role, once the nearer one's main requirements are met


class PlannedCourse(NamedTuple):
    """A course of the plan and the requirements that it is there for."""

    id: str
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Courses in the order to take them."""

    target: float
    courses: tuple[PlannedCourse, ...]
    hours: float
    hours_estimated: bool
    cost: float | None  # USD; None where a price is unknown
    score_after: float
    uncovered: tuple[str, ...]
    optimal: bool


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """One role against one profile."""

    role: str
    label: str
    score: float  # 0..100
    band: str
    similarity: float  # 0..1
    coverage: dict[Importance, Coverage]
    matched: tuple[Matched, ...]
    missing: tuple[Missing, ...]
    beyond: tuple[str, ...] = ()
    versus_next: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    rank: int = 0
    on_the_way: OnTheWay | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asks of one analysis; the same for command, service and batch."""

    roles: tuple[str, ...] = ()  # ids; () = all
    level: Level = "mid"
    target: float | None = None
    hours: float | None = None
    budget: float | None = None
    free: bool = False
    plan: bool = True
    plans: int | None = None  # how many of the best roles get a plan; None: all
    learn: tuple[str, ...] = ()
    unlearn: tuple[str, ...] = ()
    declare: tuple[str, ...] = ()  # what the person says is there as well
    dispute: tuple[str, ...] = ()  # what the person says is not there
    as_of: PartialDate | None = None  # or its text, YYYY-MM
    ocr: Literal["auto", "always", "never"] = "auto"
    password: str | None = field(default=None, repr=False)
    redact: bool = False

    def __post_init__(self) -> None:
        as_of: Any = self.as_of
        if isinstance(as_of, str):
            try:
                object.__setattr__(self, "as_of", PartialDate.parse(as_of))
            except ValueError:
                raise ConfigError(f"{as_of!r} is no month.", "Write it as 2026-11.") from None
