"""What sources import, found by their text: nothing is parsed, and an import in a template counts as one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.packages.model import Module

__all__ = ["imported_modules", "imports_java", "imports_of"]

# Possessive: what a comment took is never taken apart again, which `//////` could be in a million ways.
_SPACE = rb"(?:[ \t\f\r\n]|//[^\r\n]*+)*+"
_BEGINNING = rb"(?:\A(?:\xef\xbb\xbf)?|[;\r\n])[ \t\f]*import(?!\w)"
_IMPORT = _SPACE.join([_BEGINNING, rb"([\w']+)", rb"/", rb"([\w.']+)"])
_JAVA_IMPORT = _SPACE.join([_BEGINNING, rb"'?ballerina", rb"/", rb"'?jballerina", rb"\.", rb"'?java(?!\w)"])


def imported_modules(modules: Iterable[Module]) -> frozenset[tuple[str, str]]:
    """Return organization and full name of each module that sources import with its organization."""
    contents = {file.content for module in modules for file in module.files}
    return frozenset().union(*map(imports_of, contents))


def imports_of(content: bytes) -> frozenset[tuple[str, str]]:
    """Return organization and full name of each module that a source imports with its organization."""
    return frozenset(
        (_plain(organization), _plain(name)) for organization, name in re.findall(_IMPORT, content)
    )


def _plain(name: bytes) -> str:
    return name.decode(errors="replace").replace("'", "")


def imports_java(content: bytes) -> bool:
    """Return whether a source calls Java; the pattern is compiled with the first file that may need it."""
    return b"jballerina" in content and re.search(_JAVA_IMPORT, content) is not None
