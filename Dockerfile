# syntax=docker/dockerfile:1
# Built in one stage, run in another that has neither compilers nor sources.
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY taxonomy taxonomy
COPY models models
RUN python -m venv /opt/skillgap \
 && /opt/skillgap/bin/pip install --no-cache-dir '.[postgres,ocr]'

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="skillgap" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/skillgap /opt/skillgap
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin skillgap \
 && install -d -o skillgap -g skillgap -m 700 /data
ENV PATH=/opt/skillgap/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SKILLGAP_CACHE=/data/cache \
    SKILLGAP_DATABASE_URL=sqlite:////data/batches.sqlite3
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["skillgap"]
CMD ["serve", "--host", "0.0.0.0"]
