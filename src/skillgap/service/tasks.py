"""What the service has done in a worker process: importable functions over plain values."""

from __future__ import annotations

from ..isolation.worker import analyzer_for
from ..report import Report
from ..settings import Limits
from ..types import Options
from .uploads import Sent


def analyze_json(
    data: bytes, name: str, options: Options, job: Sent | None, taxonomy: str | None, limits: Limits
) -> str:
    """The Report as JSON."""
    return _report(data, name, options, job, taxonomy, limits).to_json(indent=None)


def analyze_html(
    data: bytes, name: str, options: Options, job: Sent | None, taxonomy: str | None, limits: Limits
) -> str:
    """The report as a page of its own."""
    raise NotImplementedError


def _report(
    data: bytes, name: str, options: Options, job: Sent | None, taxonomy: str | None, limits: Limits
) -> Report:
    analyzer = analyzer_for(taxonomy)
    analyzer.limits = limits
    return analyzer.analyze(data, name=name, options=options)
