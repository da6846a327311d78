from __future__ import annotations

import pytest

from skillgap.errors import ConfigError
from skillgap.service.cache import SECONDS, AnswerCache
from skillgap.service.security import Keys


def test_answers_are_forgotten_by_number_and_by_time() -> None:
    now = 0.0
    cache = AnswerCache(2, clock=lambda: now)
    for name in ("a", "b", "c"):
        cache.put(name, b"x")
    assert [cache.get(n) for n in ("a", "b", "c")] == [None, b"x", b"x"]
    now = SECONDS + 1
    assert cache.get("c") is None


@pytest.mark.parametrize("given", [",", " , ", "sha256:abc", "good,sha256:" + "g" * 64])
def test_keys_that_are_none_are_told_and_never_open_the_service(given: str) -> None:
    with pytest.raises(ConfigError):
        Keys(given)
