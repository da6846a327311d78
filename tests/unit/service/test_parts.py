"""The service's parts, each by itself."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from skillgap.batch.tables import metadata
from skillgap.errors import ConfigError, SkillgapError
from skillgap.service.accept import HTML, JSON, negotiated
from skillgap.service.cache import MOST_BYTES, AnswerCache
from skillgap.service.logs import JsonLines
from skillgap.service.page import _environment, _files
from skillgap.service.problems import Problem, status_of
from skillgap.service.security import RateLimit
from skillgap.service.settings import ServiceSettings, described
from skillgap.service.storage import Store, database_url
from skillgap.service.texts import PAGE, SCRIPT
from skillgap.service.uploads import safe_name


@pytest.mark.parametrize(
    ("accept", "want"),
    [
        ("*/*", JSON),
        ("application/json", JSON),
        ("text/html", HTML),
        ("text/*", HTML),
        ("text/html,application/xhtml+xml,*/*;q=0.8", HTML),
        ("text/html;q=0.2, application/json;q=0.9", JSON),
        ("TEXT/HTML", HTML),
        ("text/html;q=nan, application/*", JSON),
    ],
)
def test_what_a_client_likes_best(accept: str, want: str) -> None:
    assert negotiated(accept, JSON, HTML) == want


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "text/html;q=x", "", ";;,"])
def test_what_can_not_be_given(accept: str) -> None:
    with pytest.raises(Problem) as caught:
        negotiated(accept, JSON, HTML)
    assert caught.value.status == 406


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("cv.pdf", "cv.pdf"),
        ("../../x/cv.pdf", "cv.pdf"),
        ("C:\\a\\cv.pdf", "cv.pdf"),
        ("a\x00\x1b[31mb\u202e.md", "a[31mb.md"),
        ("", "upload"),
        (" .. ", "upload"),
        ("é" * 300, "é" * 120),
    ],
)
def test_safe_names(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_rates_are_counted_for_each_caller_and_filled_again() -> None:
    now = [0.0]
    rates = RateLimit(2, lambda: now[0])
    for _ in range(2):
        rates.take("a")
        rates.take("b")
    with pytest.raises(Problem) as caught:
        rates.take("a")
    assert caught.value.status == 429
    assert caught.value.headers == {"Retry-After": "31"}
    now[0] = 31
    rates.take("a")
    with pytest.raises(Problem):
        rates.take("a")


def test_the_cache_forgets_the_oldest() -> None:
    cache = AnswerCache(2)
    for name in "abc":
        cache.put(name, name.encode())
    assert [cache.get(n) for n in "abc"] == [None, b"b", b"c"]
    cache.put("big", bytes(MOST_BYTES + 1))
    assert cache.get("big") is None
    cache.put("large", bytes(MOST_BYTES - 1))
    assert [cache.get(n) for n in "bc"] == [None, b"c"]
    assert AnswerCache.key("me", b"x", 1) != AnswerCache.key("you", b"x", 1)
    off = AnswerCache(0)
    off.put("a", b"a")
    assert off.get("a") is None


def test_every_error_has_a_status() -> None:
    def tree(kind: type[SkillgapError]) -> list[type[SkillgapError]]:
        return [kind, *(c for s in kind.__subclasses__() for c in tree(s))]

    for kind in tree(SkillgapError)[1:]:
        error = kind.__new__(kind)
        assert status_of(error) in (400, 413, 415, 422, 503, 504), kind


def test_the_migrations_make_the_tables_that_the_ledger_uses(tmp_path: Path) -> None:
    settings = ServiceSettings(database_url=f"sqlite:///{tmp_path}/x.sqlite3")
    for _ in range(2):  # a second start finds all done
        store = Store(settings)
        with store.ledger.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, metadata) == []
            assert context.get_current_revision() == "0001"
        store.close()
    assert (tmp_path / "x.sqlite3").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "url",
    ["nonsense", "mysql://x/y", "sqlite://", "postgresql+nothing://x/y", "sqlite:////no/such/x.db"],
)
def test_databases_that_can_not_be(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Store(ServiceSettings(database_url=url))
    assert "SKILLGAP_DATABASE_URL" in str(caught.value)


def test_a_password_of_the_database_is_never_told() -> None:
    with pytest.raises(ConfigError) as caught:
        Store(ServiceSettings(database_url="postgresql://u:secret@127.0.0.1:1/x"))
    assert "secret" not in str(caught.value)
    assert database_url("postgres://u@h/d").startswith("postgresql+psycopg://")


def test_logs_are_lines_of_json_and_tell_no_exception_text() -> None:
    def line(message: str, error: Exception | None = None) -> dict[str, object]:
        info = (type(error), error, None) if error else None
        record = logging.LogRecord("x", logging.INFO, "", 0, message, (), info)
        written = JsonLines().format(record)
        assert "\n" not in written
        parsed: dict[str, object] = json.loads(written)
        return parsed

    assert line('{"status": 200}')["status"] == 200
    assert line("{broken")["message"] == "{broken"
    told = line("failed\nsecret", ValueError("secret"))
    assert told["error"] == "ValueError"
    assert "secret" not in json.dumps(told)


def test_the_page_says_only_what_stands_in_its_texts() -> None:
    source = _environment().loader.get_source(_environment(), "page.html.j2")[0]  # type: ignore[union-attr]
    used = set(re.findall(r"\bt\.(\w+)", source))
    assert used == set(PAGE)
    script = b"".join(v for k, v in _files().items() if k.endswith(".js")).decode()
    assert set(re.findall(r"\btexts\.(\w+)", script)) == set(SCRIPT)
    assert len(script) < 25_000
    assert "innerHTML" not in script
    assert "style=" not in re.sub(r"<iframe.*", "", source)


def test_settings_are_described() -> None:
    names = [name for name, _, _ in described()]
    assert "SKILLGAP_DATABASE_URL" in names
    assert all(what for _, _, what in described())
    assert "secret" not in repr(ServiceSettings(api_keys="secret"))
