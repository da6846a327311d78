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
from typing import Any, BinaryIO

from . import compose, profile
from .documents import read
from .matching.matcher import Matcher
from .nlp.load import load_extractor
from .nlp.structure import load_lexicon, read_structure
from .planning import make_plan
from .report import Report
from .resources import locate
from .settings import Limits
from .taxonomy.load import load_taxonomy
from .taxonomy.model import Role, Taxonomy
from .types import Annotations, Document, Options, PartialDate, SkillProfile

Source = bytes | str | os.PathLike[str] | BinaryIO


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one résumé, before any role is looked at."""

    document: Document
    annotations: Annotations
    profile: SkillProfile
    as_of: PartialDate


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
        options: Options | None = None,
        **more: Any,
    ) -> Report:
        """Analyze one résumé.

        `source` is a path, bytes or a binary file; `roles` ids or labels (all, if empty); options are
        the fields of `types.Options`, as one object or by name. Raises the errors of `errors`.
        """
        options = replace(options or Options(), **more)
        asked = [self.taxonomy.role(r) for r in (*options.roles, *roles)]
        chosen = asked or list(self.taxonomy.roles.values())
        reading = self.read(source, name=name, options=options)
        return self.report(reading, chosen, options)

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
        self, reading: Reading, roles: Iterable[Role] = (), options: Options | None = None
    ) -> Report:
        """The written report of a reading against roles; without roles, of what was found alone."""
        options = options or Options()
        learn = tuple(self.taxonomy.skill(s).id for s in options.learn)
        unlearn = tuple(self.taxonomy.skill(s).id for s in options.unlearn)
        have = reading.profile
        if learn or unlearn:
            have = profile.with_changes(have, self.taxonomy, learn, unlearn)
        chosen = list(roles)
        matches = self.matcher.match(have, chosen, options.level) if chosen else ()
        by_id = {role.id: role for role in chosen}
        plans = {
            m.role: make_plan(m, by_id[m.role], have, self.taxonomy, options)
            for m in (matches if options.plan else ())
        }
        return compose.report(
            taxonomy=self.taxonomy,
            model=self.extractor.version,
            document=reading.document,
            annotations=reading.annotations,
            profile=have,
            matches=matches,
            roles=by_id,
            plans=plans,
            options=replace(options, learn=learn, unlearn=unlearn, as_of=reading.as_of),
        )


def this_month() -> PartialDate:
    """What "present" means unless told otherwise."""
    today = datetime.date.today()
    return PartialDate(today.year, today.month)


def analyze(source: Source, roles: Sequence[str] = (), **options: Any) -> Report:
    """Analyze one résumé with the built-in taxonomy; see `Analyzer` for many."""
    return Analyzer().analyze(source, roles, **options)
