"""skillgap: from a résumé to the skills that a role in generative AI still asks for.

    from skillgap import Analyzer
    report = Analyzer().analyze("resume.pdf", roles=["mlops-engineer"])

Names are loaded when they are first used, so `import skillgap` itself is quick and loads no library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from .analyzer import Analyzer, analyze
    from .errors import SkillgapError
    from .report import Report

__all__ = ["Analyzer", "Report", "SkillgapError", "__version__", "analyze"]

_HOMES = {
    "Analyzer": "analyzer",
    "analyze": "analyzer",
    "Report": "report",
    "SkillgapError": "errors",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
