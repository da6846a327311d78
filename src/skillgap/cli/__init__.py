"""The command line. Each sub-command is in a module of its own, loaded when it is called."""

from .app import main

__all__ = ["main"]
