"""The fingerprint of the program that judges: results of two programs are kept apart by it."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import semverdiff
from semverdiff import packages

__all__ = ["fingerprint"]

# What reads sources beside this program.
_PARSER = "tree-sitter"
# Files that say how something is shown or asked for, and never what is judged. Folders end in a slash.
_NO_PART = ("cli/", "audit/", "reports/templates/")
_ENDINGS = frozenset({".py", ".so", ".pyd", ".scm"})


def fingerprint() -> str:
    """Return the version of this program and a digest of the files that decide what is judged.

    It is the same wherever the program is installed: a version that is worked on has another one after
    each change.
    """
    root = Path(semverdiff.__file__).parent
    names = sorted(
        name
        for file in root.rglob("*")
        if file.suffix in _ENDINGS and not (name := file.relative_to(root).as_posix()).startswith(_NO_PART)
    )
    pieces = [version(_PARSER).encode()]
    for name in names:
        content = (root / name).read_bytes()
        pieces.append(b"%s\0%d\0%s" % (name.encode(), len(content), content))
    return f"{semverdiff.__version__}-{packages.digest_of(pieces).hex()[:16]}"
