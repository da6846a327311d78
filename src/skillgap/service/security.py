"""Who may call, how often, and what browsers are told."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from collections import OrderedDict
from collections.abc import Callable

from fastapi import Request

from ..errors import ConfigError
from ..render.html import SCRIPT
from .problems import Problem
from .settings import ServiceSettings

# A report's one script unfolds its tables for paper; it is known by its hash, here and in the page
# that shows the report in a frame (which inherits the page's policy).
_PRINTING = f"'sha256-{base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'"
# The page loads nothing from elsewhere and runs only its own script; data: is for page pictures.
POLICY = (
    f"default-src 'none'; script-src 'self' {_PRINTING}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
REPORT_POLICY = (
    f"default-src 'none'; script-src {_PRINTING}; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
KNOWN_CALLERS = 10_000
WRONG_KEYS_A_MINUTE = 20


class Keys:
    """The keys that may use the service, as hashes."""

    def __init__(self, given: str) -> None:
        parts = [part.strip() for part in given.split(",")]
        self._hashes = tuple(_stored(part) for part in parts if part)
        if given.strip() and not self._hashes:
            raise ConfigError("SKILLGAP_API_KEYS holds no key.", "Name one, or leave it empty.")

    def owner(self, request: Request) -> str:
        """Whose request it is: the hash of its key, "" where no keys are set. Problem 401 otherwise."""
        if not self._hashes:
            return ""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        given = (
            token.strip() if scheme.lower() == "bearer" else request.headers.get("x-api-key", "")
        )
        hashed = _hash(given)
        # Every key is compared, each in constant time, so that time tells nothing of them.
        found = [hmac.compare_digest(hashed, known) for known in self._hashes]
        if given and any(found):
            return hashed
        raise Problem(
            401,
            "unauthorized",
            "Send a valid key as `Authorization: Bearer KEY` or `X-API-Key: KEY`.",
            {"WWW-Authenticate": "Bearer"},
        )


def _stored(key: str) -> str:
    """The hash of a key as it is set; ConfigError for a hash that is none, which would lock all out."""
    if not key.startswith("sha256:"):
        return _hash(key)
    digits = key.removeprefix("sha256:").lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise ConfigError(
            "A key in SKILLGAP_API_KEYS is no sha256.", "Write sha256: and 64 hexadecimal digits."
        )
    return digits


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


class RateLimit:
    """A bucket of a minute's requests for each caller, filled again evenly."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str) -> None:
        """Count one request; Problem 429 with Retry-After where there are too many."""
        if not self._most:
            return
        now = self._clock()
        left, then = self._buckets.pop(caller, (float(self._most), now))
        left = min(float(self._most), left + (now - then) * self._most / 60)
        if left < 1:
            self._buckets[caller] = (left, now)
            wait = int((1 - left) * 60 / self._most) + 1
            raise Problem(
                429,
                "too_many_requests",
                f"More than {self._most} requests a minute; wait {wait} s.",
                {"Retry-After": str(wait)},
            )
        self._buckets[caller] = (left - 1, now)
        while len(self._buckets) > KNOWN_CALLERS:
            self._buckets.popitem(last=False)


def caller_of(request: Request, owner: str) -> str:
    """Who is counted: the key, or the address where there are no keys."""
    return owner or (request.client.host if request.client else "")


def allowed_origins(settings: ServiceSettings) -> list[str]:
    """Origins for CORS."""
    return [o.strip() for o in settings.cors_origins.split(",") if o.strip()]
