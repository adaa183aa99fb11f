"""Where a Semver.toml may let reports be written: it comes with the sources, which anybody may have sent."""

from __future__ import annotations

import re

__all__ = ["output_mistake"]

# What reports are called. A name without an ending is none that a program is started by.
_ENDINGS = frozenset({"", ".htm", ".html", ".json", ".log", ".md", ".out", ".sarif", ".txt", ".xml"})
_VERSION_CONTROL = frozenset({"cvs", "_darcs"})  # the others begin with a dot
_ABSOLUTE = re.compile(r"[/\\~]|[A-Za-z]:")
_SEPARATOR = re.compile(r"[/\\]")
# Windows reads `git~1`, `a.` and `a:b` as other names than they are.
_ALIAS = re.compile(r"[:~]|[. ]\Z")


def output_mistake(file: str) -> str:
    """Return what is wrong with the path of a report in a Semver.toml; an empty text if it is right.

    It stays in the directory of that file, and out of everything whose name begins with a dot: histories and
    hooks (`.git`), workflows (`.github`), settings of editors.
    """
    parts = _SEPARATOR.split(file)
    name = parts[-1]
    if _ABSOLUTE.match(file) or ".." in parts:
        return f"'{file}' leads out of the project: expected a file below the directory of Semver.toml"
    for part in parts:
        if part == ".":
            continue
        if part.startswith(".") or part.lower() in _VERSION_CONTROL:
            return f"'{file}' is not for reports: expected no hidden file or directory, found '{part}'"
        if not part.isprintable() or _ALIAS.search(part):
            return f"'{file}' has another name on other systems: expected letters, digits, '-' and '_'"
    dot = name.rfind(".")
    if dot >= 0 and name[dot:].lower() not in _ENDINGS:
        endings = ", ".join(sorted(_ENDINGS - {""}))
        return f"'{file}' is not named like a report: expected one of {endings}, found '{name[dot:]}'"
    return ""
