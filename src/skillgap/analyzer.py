"""Wires the stages together; the only place that knows them all.

read (documents) → structure and mentions (nlp) → profile → match (matching) → plan → Report
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from . import compose, profile
from .documents import read
from .matching.copied import copied_runs, without_runs, words_in
from .matching.matcher import Matcher
from .matching.path import on_the_way
from .matching.posting import ROLE_ID, Posting
from .nlp.load import load_extractor
from .nlp.structure import load_lexicon, read_structure
from .planning import make_plan
from .redact import BLACK, Redactor
from .report import Report
from .resources import locate
from .settings import Limits
from .taxonomy.load import load_taxonomy
from .taxonomy.model import Role, Taxonomy
from .types import (
    Annotations,
    Box,
    Document,
    Notice,
    Options,
    PartialDate,
    Picture,
    RoleMatch,
    SkillProfile,
)

Source = bytes | str | os.PathLike[str] | BinaryIO


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one résumé, before any role is looked at."""

    document: Document
    annotations: Annotations
    profile: SkillProfile
    as_of: PartialDate


class Analysis(NamedTuple):
    """A report with the reading that it rests on and the options as they were understood."""

    report: Report
    reading: Reading
    options: Options


class Analyzer:
    """Analyzes résumés against one taxonomy. Make one and use it for many: loading is what costs.

    `taxonomy` is a loaded Taxonomy, the path of another one or of an overlay, or None (built in).
    """

    def __init__(
        self, taxonomy: Taxonomy | str | Path | None = None, *, limits: Limits | None = None
    ) -> None:
        self.taxonomy = taxonomy if isinstance(taxonomy, Taxonomy) else load_taxonomy(taxonomy)
        self.limits = limits or Limits()
        self._lexicon = load_lexicon(locate("taxonomy") / "sections.yaml")

    @cached_property
    def matcher(self) -> Matcher:
        """The scorer, loaded when the first role is compared."""
        return Matcher(self.taxonomy)

    @cached_property
    def extractor(self):  # type: ignore[no-untyped-def]
        """The spaCy pipeline, loaded when the first document is read."""
        return load_extractor(self.taxonomy)

    def warm_up(self) -> None:
        """Load all that an analysis needs, so that the first file is as quick as the next."""
        _ = self.extractor, self.matcher.space

    def analyze(
        self,
        source: Source,
        roles: Sequence[str] = (),
        *,
        name: str | None = None,
        job: Posting | Source | None = None,
        options: Options | None = None,
        **more: Any,
    ) -> Report:
        """Analyze one résumé.

        `source` is a path, bytes or a binary file; `roles` ids or labels (all, if empty and no `job`);
        `job` a posting to compare with, read or not; options are the fields of `types.Options`, as one
        object or by name. Raises the errors of `errors`.
        """
        options = replace(options or Options(), **more)
        return self.examine(source, roles, name=name, job=job, options=options).report

    def examine(
        self,
        source: Source,
        roles: Sequence[str] = (),
        *,
        name: str | None = None,
        job: Posting | Source | None = None,
        options: Options | None = None,
    ) -> Analysis:
        """The same as `analyze`, with the reading beside the report: `html` needs both."""
        options = options or Options()
        asked = [self.taxonomy.role(r) for r in (*options.roles, *roles)]
        posting = job if isinstance(job, Posting) or job is None else self.posting(job)
        chosen = asked if asked or posting else list(self.taxonomy.roles.values())
        options = replace(options, roles=tuple(r.id for r in asked))
        reading = self.read(source, name=name, options=options)
        return Analysis(self.report(reading, chosen, options, posting), reading, options)

    def html(self, source: Source, analysis: Analysis, *, top: int = 3) -> str:
        """An analysis as one self-contained HTML page, with the marked pages or text.

        `source` is what was analyzed; a file object is read from its start again.
        """
        from .render.html import render_html

        document, options = analysis.reading.document, analysis.options
        skills = self.taxonomy.skills.values()
        hide = Redactor(document, analysis.reading.annotations.contact, options.redact)
        return render_html(
            analysis.report,
            top=top,
            labels={s.id: s.label for s in skills},
            groups={s.id: self.taxonomy.groups.get(s.group, s.group) for s in skills},
            pictures=self.pictures(source, analysis),
            text=hide.text(document.text, 0),
        )

    def pictures(self, source: Source, analysis: Analysis) -> tuple[Picture, ...]:
        """The document's pages as they look, the person blacked out where the options say `redact`.

        () for formats without pages.
        """
        from .documents.pictures import page_pictures

        document, options = analysis.reading.document, analysis.options
        if not document.pages:
            return ()
        shown = Redactor(document, analysis.reading.annotations.contact, options.redact).text(
            document.text, 0
        )
        black: list[Box] = []
        plain: list[Box] = []
        for w in document.words if options.redact else ():
            place = black if BLACK in shown[w.start : w.end] else plain
            place.append(Box(w.page, w.x0, w.top, w.x1, w.bottom))
        return page_pictures(
            _bytes_of(source),
            password=options.password,
            black=black if options.redact else None,
            plain=plain,
            limits=self.limits,
        )

    def posting(
        self, source: Source, *, name: str | None = None, role_id: str = ROLE_ID, title: bool = True
    ) -> Posting:
        """A job posting as a role profile, read as résumés are read.

        `title=False` leaves out the skills that its title names.
        """
        from .matching.posting import read_role

        document = read(source, name=name, limits=self.limits)
        mentions = self.extractor.extract(document)
        return read_role(document, mentions, self.taxonomy, role_id=role_id, use_title=title)

    def read(
        self, source: Source, *, name: str | None = None, options: Options | None = None
    ) -> Reading:
        """Read one résumé and find what it says; no role is looked at."""
        options = options or Options()
        as_of = options.as_of or this_month()
        document = read(
            source, name=name, password=options.password, ocr=options.ocr, limits=self.limits
        )
        structure = read_structure(document, self._lexicon, as_of)
        mentions = self.extractor.extract(
            document, structure.sections, structure.entries, structure.contact.spans
        )
        annotations = Annotations(
            sections=structure.sections,
            entries=structure.entries,
            education=structure.education,
            contact=structure.contact,
            mentions=mentions,
            language=structure.language,
            notices=structure.notices,
        )
        built = profile.build_profile(annotations, self.taxonomy, as_of)
        return Reading(document, annotations, built, as_of)

    def report(
        self,
        reading: Reading,
        roles: Iterable[Role] = (),
        options: Options | None = None,
        posting: Posting | None = None,
    ) -> Report:
        """The written report of a reading against roles and a posting; without, of what was found.

        What the person declares or disputes counts in scores, and leaves `skills` as they were found.
        """
        options = options or Options()
        learn = self._ids(options.learn)
        unlearn = self._ids(options.unlearn)
        declare, dispute = self._ids(options.declare), self._ids(options.dispute)
        if posting is not None:
            reading = self.without_copies(reading, posting)
        found = reading.profile
        if learn or unlearn:
            found = profile.with_changes(found, self.taxonomy, learn, unlearn)
        have = found
        if declare or dispute:
            have = profile.with_corrections(found, self.taxonomy, declare, dispute)
        chosen = [*([posting.role] if posting else ()), *roles]
        matches = self.matcher.match(have, chosen, options.level) if chosen else ()
        by_id = {role.id: role for role in chosen}
        matches = tuple(
            self._completed(m, by_id[m.role], reading, have, options, posting) for m in matches
        )
        plans = {
            m.role: make_plan(m, by_id[m.role], have, self.taxonomy, options)
            for m in (matches[: options.plans] if options.plan else ())
        }
        return compose.report(
            taxonomy=self.taxonomy,
            model=self.extractor.version,
            document=reading.document,
            annotations=reading.annotations,
            profile=found,
            matches=matches,
            roles=by_id,
            plans=plans,
            options=replace(
                options,
                learn=learn,
                unlearn=unlearn,
                declare=declare,
                dispute=dispute,
                as_of=reading.as_of,
            ),
        )

    def _ids(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.taxonomy.skill(name).id for name in names))

    def _completed(
        self,
        match: RoleMatch,
        role: Role,
        reading: Reading,
        have: SkillProfile,
        options: Options,
        posting: Posting | None,
    ) -> RoleMatch:
        """A match with what the posting asks beyond skills, and a nearer role where one was named."""
        if posting is not None and role is posting.role:
            from .matching.asked import judge
            from .matching.posting_rules import load_rules

            answers = judge(
                posting.demands,
                without_runs(reading.document.text, posting.document.text),
                reading.annotations,
                have,
                load_rules(),
                reading.as_of,
            )
            match = replace(match, asked=answers)
        if options.plan and (posting is not None or role.id in options.roles):
            others = self.taxonomy.roles.values()
            nearer = on_the_way(match, role, have, self.matcher, others, options.level)
            match = replace(match, on_the_way=nearer)
        return match

    def without_copies(self, reading: Reading, posting: Posting) -> Reading:
        """A reading in which what is pasted from the posting is the posting's, and not the person's."""
        text = reading.document.text
        runs = copied_runs(text, posting.document.text)
        if not runs:
            return reading
        notes = reading.annotations
        # The person's own words are read without the pasted ones: these must not even serve as the
        # context in which an ambiguous word of the person's becomes a skill.
        own = list(text)
        for a, b in runs:
            own[a:b] = (c if c.isspace() else " " for c in text[a:b])
        mine = self.extractor.extract(
            replace(reading.document, text="".join(own)),
            notes.sections,
            notes.entries,
            notes.contact.spans,
        )
        copied = (
            m._replace(status="other", reason="copied from the posting")
            for m in notes.mentions
            if any(a <= m.start < b for a, b in runs)
        )
        mentions = tuple(sorted((*mine, *copied), key=lambda m: (m.start, m.end)))
        notice = Notice(
            "posting_copied",
            f"{words_in(text, runs)} words stand in the posting word for word. Skills that only these "
            "passages name are not counted: say in your own words where you used them.",
        )
        education = tuple(
            e for e in notes.education if not any(a <= e.span[0] < b for a, b in runs)
        )
        notes = replace(
            notes, mentions=mentions, education=education, notices=(*notes.notices, notice)
        )
        built = profile.build_profile(notes, self.taxonomy, reading.as_of)
        return replace(reading, annotations=notes, profile=built)


def _bytes_of(source: Source) -> bytes:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if isinstance(source, str | os.PathLike):
        return Path(source).read_bytes()
    source.seek(0)
    return source.read()


def this_month() -> PartialDate:
    """What "present" means unless told otherwise."""
    today = datetime.date.today()
    return PartialDate(today.year, today.month)


def analyze(source: Source, roles: Sequence[str] = (), **options: Any) -> Report:
    """Analyze one résumé with the built-in taxonomy; see `Analyzer` for many."""
    return Analyzer().analyze(source, roles, **options)
