"""Every error that skillgap raises on purpose, one tree.

    SkillgapError                 code, message (what was found), hint (what to do)
    ├── InputError                this input could not be analysed
    │   ├── FileMissing           file_missing         no such file, or it may not be read
    │   ├── IsAFolder             is_a_folder          a folder where a file is expected
    │   ├── EmptyFile             empty_file           nothing in it
    │   ├── UnsupportedFormat     unsupported_format   by content, not by name
    │   ├── CorruptDocument       corrupt_document     the format's own reader gave up
    │   ├── EncryptedDocument     encrypted_document   password missing or wrong
    │   ├── NoText                no_text              pictures only, or nothing to read
    │   ├── DocumentTooLarge      document_too_large   bytes, pages, characters or memory
    │   ├── ReadTimedOut          read_timed_out       over its time limit
    │   └── ReaderCrashed         reader_crashed       the worker process died
    ├── UnknownName               (with the nearest names)
    │   ├── UnknownRole           unknown_role
    │   ├── UnknownSkill          unknown_skill
    │   └── UnknownCourse         unknown_course
    ├── ConfigError               config_error         an option or setting makes no sense
    └── ResourceError
        ├── ResourceMissing       resource_missing     taxonomy/ or models/ not found
        ├── ExtraMissing          extra_missing        an optional dependency is not installed
        ├── TaxonomyError         taxonomy_error       with file and line
        └── ModelMismatch         model_mismatch       the model was built from another taxonomy

No exception of a library crosses a layer: the module that calls the library maps it to one of these.
Each surface turns them into its own form in one place (exit status, problem+json, a row of a batch).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = [
    "ConfigError",
    "CorruptDocument",
    "DocumentTooLarge",
    "EmptyFile",
    "EncryptedDocument",
    "ExtraMissing",
    "FileMissing",
    "InputError",
    "IsAFolder",
    "ModelMismatch",
    "NoText",
    "ReadTimedOut",
    "ReaderCrashed",
    "ResourceError",
    "ResourceMissing",
    "SkillgapError",
    "TaxonomyError",
    "UnknownCourse",
    "UnknownName",
    "UnknownRole",
    "UnknownSkill",
    "UnsupportedFormat",
]


class SkillgapError(Exception):
    """Base of all errors of this package.

    `code` is stable and machine-readable, `message` says what was found, `hint` what to do about it.
    """

    code = "skillgap_error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders (pebble, Dask): rebuild without the constructors of subclasses.
        return (_rebuild, (type(self), self.message, self.hint, dict(self.__dict__)))


def _rebuild(cls: type[SkillgapError], message: str, hint: str, state: dict[str, object]) -> object:
    error = cls.__new__(cls)
    SkillgapError.__init__(error, message, hint)
    error.__dict__.update(state)
    return error


class InputError(SkillgapError):
    """This input could not be analysed; other inputs may well be."""

    code = "input_error"


class FileMissing(InputError):
    """There is no such file, or it may not be read."""

    code = "file_missing"


class IsAFolder(InputError):
    """A folder was given where one file is expected."""

    code = "is_a_folder"


class EmptyFile(InputError):
    """The file has no bytes."""

    code = "empty_file"


class UnsupportedFormat(InputError):
    """The content is of no format that can be read."""

    code = "unsupported_format"


class CorruptDocument(InputError):
    """The content claims a format and breaks its rules beyond repair."""

    code = "corrupt_document"


class EncryptedDocument(InputError):
    """A password is needed, or the given one is wrong."""

    code = "encrypted_document"


class NoText(InputError):
    """The document opens and has no text to read."""

    code = "no_text"


class DocumentTooLarge(InputError):
    """More bytes, pages, characters or memory than allowed."""

    code = "document_too_large"


class ReadTimedOut(InputError):
    """Reading took longer than its time limit."""

    code = "read_timed_out"


class ReaderCrashed(InputError):
    """The process that read the document died."""

    code = "reader_crashed"


class UnknownName(SkillgapError):
    """An id or label that the taxonomy does not have; `nearest` holds close ones."""

    code = "unknown_name"
    what = "name"
    command = "skillgap roles"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        lowered = {k.casefold(): k for k in known}
        close = difflib.get_close_matches(name.casefold(), list(lowered), n=3, cutoff=0.5)
        self.nearest = tuple(lowered[c] for c in close)
        did = f"Did you mean {', '.join(self.nearest)}? " if self.nearest else ""
        super().__init__(f"There is no {self.what} “{name}”.", f"{did}See `{self.command}`.")


class UnknownRole(UnknownName):
    """No role of that id or label."""

    code = "unknown_role"
    what = "role"
    command = "skillgap roles"


class UnknownSkill(UnknownName):
    """No skill of that id or label."""

    code = "unknown_skill"
    what = "skill"
    command = "skillgap skills"


class UnknownCourse(UnknownName):
    """No course of that id."""

    code = "unknown_course"
    what = "course"
    command = "skillgap courses"


class ConfigError(SkillgapError):
    """An option or a setting that makes no sense."""

    code = "config_error"


class ResourceError(SkillgapError):
    """The package's own data or parts are missing or do not fit together."""

    code = "resource_error"


class ResourceMissing(ResourceError):
    """taxonomy/ or models/ was not found; the message lists the places tried."""

    code = "resource_missing"


class ExtraMissing(ResourceError):
    """An optional dependency is needed and not installed."""

    code = "extra_missing"

    def __init__(self, what: str, extra: str, message: str = "") -> None:
        super().__init__(
            message or f"{what} needs a part that is not installed.",
            f"Install {what if message else 'it'} with `pip install 'skillgap[{extra}]'` and run again.",
        )
        self.extra = extra


class TaxonomyError(ResourceError):
    """A taxonomy file breaks a rule; `problems` holds `file:line: what` strings."""

    code = "taxonomy_error"

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        shown = "\n".join(self.problems[:20])
        more = f"\n… and {len(self.problems) - 20} more" if len(self.problems) > 20 else ""
        super().__init__(f"{len(self.problems)} problem(s) in the taxonomy:\n{shown}{more}")


class ModelMismatch(ResourceError):
    """The saved pipeline was built from another taxonomy or by another version."""

    code = "model_mismatch"
