"""The ranking as one HTML page that needs nothing else: no network, no fonts, no library."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from ..taxonomy.model import Role
from .insight import Insight
from .ranking import Ranking
from .record import NOTICE, Settings, replacing

_HERE = Path(__file__).parent / "templates"


def write_html(
    path: Path,
    ranking: Ranking,
    role: Role,
    insight: Insight,
    settings: Settings,
    labels: dict[str, str],
) -> None:
    """Write the page, row by row."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    script = (_HERE / "ranking.js").read_text(encoding="utf-8")
    style = (_HERE / "ranking.css").read_text(encoding="utf-8")
    pieces = environment.get_template("ranking.html").generate(
        ranked=ranking.ranked(),
        missed=ranking.not_assessed(),
        role=role,
        insight=insight,
        settings=settings,
        labels=labels,
        selection=ranking.choice.asked,
        notice=NOTICE,
        script=script,
        style=style,
        script_hash=_source(script),
        style_hash=_source(style),
    )
    with replacing(path) as file:
        file.writelines(pieces)


def _source(text: str) -> str:
    """What a content security policy calls an inline script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
