"""`skillgap serve`: the HTTP service with its page."""

from __future__ import annotations

from typing import Any

import click

from ..errors import ConfigError


class WithSettings(click.Command):
    """Help that lists the environment variables."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the settings below the options."""
        from ..service.settings import described

        with formatter.section("Environment"):
            formatter.write_dl(
                [
                    (name, f"{what} [{default}]" if default else what)
                    for name, default, what in described()
                ]
            )


@click.command(cls=WithSettings)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--workers", type=click.IntRange(1), help="Processes that analyze [SKILLGAP_WORKERS]."
)
def serve(host: str, port: int, workers: int | None) -> None:
    """Start the HTTP service with its page."""
    import uvicorn
    from pydantic import ValidationError

    from ..service.app import create_app
    from ..service.logs import set_up
    from ..service.settings import ServiceSettings

    given: dict[str, Any] = {"workers": workers} if workers else {}
    try:
        settings = ServiceSettings(**given)
    except ValidationError as error:
        said = "; ".join(f"SKILLGAP_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigError(said, "See `skillgap serve --help`.") from None
    app = create_app(settings)
    set_up(settings.log_level)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=30,
        )
    )
    app.state.stopping = lambda: server.should_exit  # ends what would stream for ever
    server.run()
    if not server.started:
        raise SystemExit(1)
