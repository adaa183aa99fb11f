"""What the interface promises and this version does not have yet: refused by name, never ignored."""

from __future__ import annotations

__all__ = ["COMMANDS"]

COMMANDS = ("audit",)
