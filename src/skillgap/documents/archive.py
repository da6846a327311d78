"""Members of a zip container and their XML, with guards against bombs."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

from skillgap.documents.limits import Limits
from skillgap.errors import CorruptDocument, DocumentTooLarge, EncryptedDocument

_DEPTH = 400  # elements within elements; honest documents stay below 100
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_WIDE_ENTITIES = re.compile("<!(?:DOCTYPE|ENTITY)", re.I)


class Archive:
    """A zip file whose members are read within the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._left = limits.unpacked
        self.names = self._zip.namelist()
        if len(self.names) > 20_000:
            raise _bomb()

    def read(self, name: str) -> bytes:
        """A member's bytes; b"" where there is none."""
        if name not in self.names:
            return b""
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise EncryptedDocument(
                "The document is encrypted.", "Save it again without a password."
            )
        if info.file_size > self._left:
            raise _bomb()
        try:
            with self._zip.open(info) as member:
                data = member.read(self._left + 1)
        except (
            zipfile.BadZipFile,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as e:
            raise _damaged(name) from e
        except MemoryError:
            raise  # `read` says what that means
        except Exception as e:  # zlib.error and its like in other compressions
            raise _damaged(name) from e
        self._left -= len(data)
        if self._left < 0:
            raise _bomb()
        return data

    def xml(self, name: str) -> ET.Element | None:
        """A member as an element tree; None where there is none."""
        data = self.read(name)
        return parse_xml(data, name) if data else None


def parse_xml(data: bytes, name: str) -> ET.Element:
    """XML without a document type (no entities, no outside files) and of bounded depth."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") and _WIDE_ENTITIES.search(
        data.decode("utf-16", "replace")
    )
    if _ENTITIES.search(data) or wide:
        raise CorruptDocument(
            f"The part {name} declares a document type, which such files never have.",
            "Save it again from a word processor.",
        )
    depth = 0
    root: ET.Element | None = None
    try:
        for event, element in ET.iterparse(io.BytesIO(data), ("start", "end")):
            if event == "start":
                depth += 1
                if root is None:
                    root = element
                if depth > _DEPTH:
                    raise CorruptDocument(
                        f"The part {name} is nested without end.",
                        "Save it again from a word processor.",
                    )
            else:
                depth -= 1
    except ET.ParseError as error:
        raise _damaged(name) from error
    except (ValueError, LookupError) as error:
        raise _damaged(name) from error
    if root is None:
        raise _damaged(name)
    return root


def _damaged(name: str) -> CorruptDocument:
    return CorruptDocument(
        f"The part {name} of the file is damaged.", "Save the file again and retry."
    )


def _bomb() -> DocumentTooLarge:
    return DocumentTooLarge(
        "The file unpacks to far more than a document holds.",
        "Save it again from a word processor, without large pictures.",
    )
