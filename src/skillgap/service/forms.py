"""The multipart forms as OpenAPI has them: they are parsed by hand, so they are described by hand."""

from __future__ import annotations

from typing import Any

from .uploads import _LEVELS, _OCR

_TEXTS = {"type": "array", "items": {"type": "string"}}
OPTIONS: dict[str, Any] = {
    "role": {**_TEXTS, "description": "Compare with these roles only (ids); all without it."},
    "level": {"type": "string", "enum": list(_LEVELS), "description": "Depth that is expected."},
    "target": {"type": "number", "minimum": 0, "maximum": 100, "description": "Score of the plan."},
    "hours": {"type": "number", "minimum": 0, "description": "Hours that the plan may take."},
    "budget": {"type": "number", "minimum": 0, "description": "USD that the plan may cost."},
    "free": {"type": "boolean", "description": "Only courses that are free in full."},
    "learn": {**_TEXTS, "description": "As if these skills were there too."},
    "unlearn": {**_TEXTS, "description": "As if these skills were not there."},
    "declare": {**_TEXTS, "description": "Skills that the person says are there as well."},
    "dispute": {**_TEXTS, "description": "Skills that the person says are not there."},
    "as_of": {
        "type": "string",
        "pattern": r"^(19|20)\d{2}-(0[1-9]|1[0-2])$",
        "description": "“Present”.",
    },
    "redact": {"type": "boolean", "description": "Leave name and contact data out."},
    "ocr": {"type": "string", "enum": list(_OCR), "description": "Reading of scans."},
    "password": {"type": "string", "description": "For an encrypted file."},
}
_FILE = {"type": "string", "format": "binary"}
POSTING = {
    "type": "string",
    "description": "A job posting as text or as a file, to compare with as if it were a role.",
}


def form(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """A `requestBody` of multipart/form-data."""
    schema = {"type": "object", "properties": properties, "required": required}
    return {"required": True, "content": {"multipart/form-data": {"schema": schema}}}


ANALYSIS_BODY = form(
    {"file": {**_FILE, "description": "The résumé."}, "job": POSTING, **OPTIONS}, ["file"]
)
POSTING_BODY = form({"job": POSTING}, ["job"])
_FILES = {"type": "array", "items": _FILE, "description": "The résumés."}
_MORE = {
    "type": "boolean",
    "description": "true: more files follow by …/files, and the batch is not done before them.",
}
BATCH_BODY = form(
    {
        "files": _FILES,
        "role": {"type": "string", "description": "The role that all are compared with."},
        "job": {**POSTING, "description": "A job posting (text or file) in place of a role."},
        "blind": {"type": "boolean", "description": "Codes in place of names, everywhere."},
        "more": _MORE,
        **{name: OPTIONS[name] for name in ("level", "as_of", "redact", "ocr")},
    },
    [],
)
MORE_BODY = form({"files": _FILES, "more": _MORE}, [])
