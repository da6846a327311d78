"""`/healthz`, `/readyz`, `/metrics`: for whoever keeps the service running."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client import generate_latest as written

from .problems import Problem, documented
from .workers import Workers

router = APIRouter(tags=["operating"])


class Metrics:
    """Counters of this process; labels are routes and statuses, never anything of a client's."""

    def __init__(self, workers: Workers) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "skillgap_requests_total",
            "Requests",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "skillgap_request_seconds", "Time of a request", ("route",), registry=self.registry
        )
        self._files = Counter(
            "skillgap_batch_files_total",
            "Files of batches that this process has done",
            ("outcome",),
            registry=self.registry,
        )
        Gauge(
            "skillgap_analyses_under_way", "Analyses running or waiting", registry=self.registry
        ).set_function(lambda: workers.under_way)
        Gauge("skillgap_ready", "1 when the model is loaded", registry=self.registry).set_function(
            lambda: float(workers.ready)
        )

    def count_files(self, outcome: str, number: int) -> None:
        """Count files of batches."""
        self._files.labels(outcome).inc(number)

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)


@router.get("/healthz", summary="Alive")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", summary="Ready", responses=documented(503))
def readyz(request: Request) -> dict[str, object]:
    """The model is loaded, the workers take tasks, the database answers; 503 until then."""
    workers: Workers = request.app.state.workers
    if not (workers.ready and request.app.state.runner.alive):
        raise Problem(503, "not_ready", "The model is not loaded yet.", {"Retry-After": "5"})
    request.app.state.store.ping()
    return {"status": "ready", "versions": workers.versions}


@router.get("/metrics", summary="Prometheus metrics", response_class=Response)
def metrics(request: Request) -> Response:
    """Counters in Prometheus' text format."""
    made: Metrics = request.app.state.metrics
    return Response(written(made.registry), media_type=CONTENT_TYPE_LATEST)
