"""What the service has done in a worker process: importable functions over plain values."""

from __future__ import annotations

from typing import Any

from ..analyzer import Analysis, Analyzer
from ..isolation.worker import analyzer_for
from ..matching.posting import Posting
from ..settings import Limits
from ..taxonomy.model import Role
from ..types import Options
from .uploads import Sent


def analyze_json(
    data: bytes, name: str, options: Options, job: Sent | None, taxonomy: str | None, limits: Limits
) -> str:
    """The Report as JSON."""
    _, analysis = _examine(data, name, options, job, taxonomy, limits)
    return analysis.report.to_json(indent=None)


def analyze_both(
    data: bytes, name: str, options: Options, job: Sent | None, taxonomy: str | None, limits: Limits
) -> tuple[str, str]:
    """The Report as JSON, and as a page of its own: who sees the page often asks for its facts."""
    analyzer, analysis = _examine(data, name, options, job, taxonomy, limits)
    return analysis.report.to_json(indent=None), analyzer.html(data, analysis)


def _examine(
    data: bytes, name: str, options: Options, job: Sent | None, taxonomy: str | None, limits: Limits
) -> tuple[Analyzer, Analysis]:
    analyzer = _analyzer(taxonomy, limits)
    posting = analyzer.posting(job.data, name=job.name) if job else None
    return analyzer, analyzer.examine(data, name=name, job=posting, options=options)


def read_posting(job: Sent, taxonomy: str | None, limits: Limits) -> Posting:
    """A posting, to compare many résumés with."""
    return _analyzer(taxonomy, limits).posting(job.data, name=job.name)


def read_role(
    job: Sent, taxonomy: str | None, limits: Limits
) -> tuple[Role, list[dict[str, Any]], list[str]]:
    """A posting's role profile, what it asks beyond skills, and skills that only boilerplate names."""
    from dataclasses import replace

    from ..matching.posting_yaml import role_id

    read = read_posting(job, taxonomy, limits)
    role = replace(read.role, id=role_id(read.role.label, analyzer_for(taxonomy).taxonomy))
    asked = [{"kind": d.kind, "text": d.text, "firm": d.firm} for d in read.demands]
    return role, asked, list(read.left_out)


def _analyzer(taxonomy: str | None, limits: Limits) -> Analyzer:
    analyzer = analyzer_for(taxonomy)
    analyzer.limits = limits
    return analyzer
