"""What the interface promises and this version does not have yet: refused by name, never ignored."""

from __future__ import annotations

__all__ = ["COMMANDS", "OPTIONS", "SIDES"]

COMMANDS = (
    "audit",
    "history",
)

# By command.
OPTIONS = {
    "api": ("--check", "--write"),
    "check": ("--publish",),
}

# What one side of `semver diff` may be besides a path.
SIDES = ("api:",)
