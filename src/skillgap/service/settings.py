"""What the service can be told by environment variables; `skillgap serve --help` lists them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from ..settings import Limits


class ServiceSettings(BaseSettings):
    """`SKILLGAP_…` variables. Each field's description is its documentation."""

    model_config = SettingsConfigDict(env_prefix="SKILLGAP_", extra="ignore", frozen=True)

    database_url: str = Field(
        default="sqlite:///skillgap-batches.sqlite3",
        description="Where batches are kept: SQLite by default, or postgresql+psycopg://…",
    )
    api_keys: str = Field(
        default="",
        description="Keys that may use the service, separated by commas; each as it is, or as "
        "sha256:HEX of it. Empty: everybody may.",
        repr=False,
    )
    max_upload_mb: int = Field(default=10, ge=1, description="MiB that one file may have.")
    max_batch_files: int = Field(default=10_000, ge=1, description="Files that one batch may have.")
    max_pages: int = Field(default=40, ge=1, description="Pages of a file that are read.")
    workers: int = Field(default=2, ge=1, description="Processes that analyze.")
    queue: int = Field(default=32, ge=0, description="Analyses that may wait; then 503.")
    timeout_s: float = Field(default=30.0, gt=0, description="Seconds that one file may take.")
    upload_timeout_s: float = Field(default=60.0, gt=0, description="Seconds an upload may take.")
    rate_per_minute: int = Field(
        default=0, ge=0, description="Requests a minute for each key (or address); 0: no limit."
    )
    retention_hours: float = Field(
        default=24.0, gt=0, description="Hours after which a batch and all its data are removed."
    )
    lease_s: float = Field(
        default=30.0,
        gt=0,
        description="Seconds after which another replica takes over the files of one that died.",
    )
    max_waiting_mb: int = Field(
        default=2048, ge=1, description="MiB of uploads that may wait in all batches; then 503."
    )
    cache_entries: int = Field(
        default=64, ge=0, description="Answers kept in memory for identical uploads; 0: none."
    )
    cors_origins: str = Field(
        default="", description="Origins that browsers may call from, by commas. Empty: none."
    )
    taxonomy: str = Field(default="", description="Another taxonomy, or an overlay.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error."
    )

    @property
    def limits(self) -> Limits:
        """Bounds of one document."""
        return Limits(
            bytes=self.max_upload_mb * 2**20, pages=self.max_pages, seconds=self.timeout_s
        )


def described() -> list[tuple[str, str, str]]:
    """(variable, default, what it is) for each setting."""
    return [
        (f"SKILLGAP_{name.upper()}", str(field.default), field.description or "")
        for name, field in ServiceSettings.model_fields.items()
    ]
