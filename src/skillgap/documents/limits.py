"""How much of one file is read: the settings' bounds, under the name that this package uses."""

from skillgap.settings import Limits

__all__ = ["Limits"]
