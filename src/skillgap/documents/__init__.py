"""Documents: bytes of any usual format become one `Document` with its text and places.

`read` is the only door. Nothing of any PDF library is loaded before it is called.
"""

from __future__ import annotations

from skillgap.documents.limits import Limits
from skillgap.documents.reader import Source, read

__all__ = ["Limits", "Source", "read"]
