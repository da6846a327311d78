"""Which form of an answer a client likes best."""

from __future__ import annotations

from .problems import Problem

JSON, HTML = "application/json", "text/html"


def negotiated(accept: str, *offered: str) -> str:
    """The media type of those offered that an `Accept` header likes best; the first wins a tie.

    Problem 406 where it wants none of them.
    """
    liked: dict[str, float] = {}
    for part in accept.split(","):
        kind, *parameters = (p.strip() for p in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 0.0
        liked[kind.lower()] = max(quality, liked.get(kind.lower(), 0.0))

    def quality_of(kind: str) -> float:
        family = kind.split("/")[0] + "/*"
        return next((liked[k] for k in (kind, family, "*/*") if k in liked), 0.0)

    best = max(offered, key=quality_of)
    if not quality_of(best) > 0:
        raise Problem(406, "not_acceptable", f"The answer is {' or '.join(offered)}.")
    return best
