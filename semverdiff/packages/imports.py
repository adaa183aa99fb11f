"""What sources import, found by their text: nothing is parsed, and an import in a template counts as one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.packages.model import Module

__all__ = ["imported_modules", "imports_java", "imports_of"]

# Possessive: what a comment took is never taken apart again, which `//////` could be in a million ways.
_SPACE = rb"(?:[ \t\f\r\n]|//[^\r\n]*+)*+"
_KEYWORD = b"import"
_BLANKS = b" \t\f"
_ENDS = b";\r\n"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# SPEC, Identifiers: a letter may be written by its number, and a backslash makes others a part of a name.
_NAME = rb"(?:[\w'\x80-\xff]|\\u\{[0-9A-Fa-f]{1,8}\}|\\[^\r\n])++"
_PARTS = rb"%b(?:%b\.%b%b)*+" % (_NAME, _SPACE, _SPACE, _NAME)
_IMPORT = _SPACE.join([rb"import(?!\w)", rb"(%b)" % _NAME, rb"/", rb"(%b)" % _PARTS])
_LONGEST_PLAIN = 200
_PLAIN_WORDS = (1, 3)  # the name, and `as` with a prefix
_ESCAPE = r"\\(?:u\{0*([0-9A-Fa-f]{1,6})\}|(.))"
_LAST_CODE_POINT = 0x10FFFF
_JAVA = "jballerina.java."


def imported_modules(modules: Iterable[Module]) -> frozenset[tuple[str, str]]:
    """Return organization and full name of each module that sources import with its organization."""
    contents = {file.content for module in modules for file in module.files}
    return frozenset().union(*map(imports_of, contents))


def imports_of(content: bytes) -> frozenset[tuple[str, str]]:
    """Return organization and full name of each module that a source imports with its organization."""
    return frozenset((_plain(organization), _plain(name)) for organization, name in _written(content))


def _written(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield organization and name of each import as they are written.

    The keyword is looked for as bytes: a pattern for what stands before it would be tried at every line
    break, which takes longer than all else that is done with many a source.
    """
    at = content.find(_KEYWORD)
    while at >= 0:
        end = at + len(_KEYWORD)
        if _begins_a_statement(content, at):
            plain = _written_plainly(content, end)
            found = re.compile(_IMPORT).match(content, at) if plain is None else None
            if plain is not None:
                yield plain
            elif found is not None:
                yield found[1], found[2]
                end = found.end()
        at = content.find(_KEYWORD, end)


def _written_plainly(content: bytes, start: int) -> tuple[bytes, bytes] | None:
    """Return organization and name behind the keyword; `None` for what is not written as nearly all are.

    That is in one piece, of ASCII letters, with nothing behind it but a prefix: no pattern need be compiled.
    """
    end = content.find(b";", start, start + _LONGEST_PLAIN)
    if end < 0 or content[start] not in b" \t":
        return None
    statement = content[start:end]
    organization, slash, further = statement.partition(b"/")
    words = further.split()
    if not slash or len(words) not in _PLAIN_WORDS or words[1:2] not in ([], [b"as"]):
        return None
    organization, name = organization.strip(b" \t"), words[0]
    is_plain = (
        not further[:1].isspace()
        and organization.replace(b"_", b"").isalnum()
        and all(part.replace(b"_", b"").isalnum() for part in name.split(b"."))
    )
    return (organization, name) if is_plain else None


def _begins_a_statement(content: bytes, at: int) -> bool:
    """Return whether what stands there is the first of a file, a line or a statement."""
    while at > 0 and content[at - 1] in _BLANKS:
        at -= 1
    return (
        at == 0
        or content[at - 1] in _ENDS
        or (at == len(_BYTE_ORDER_MARK) and content.startswith(_BYTE_ORDER_MARK))
    )


def _plain(name: bytes) -> str:
    """Return the name that is meant: without quotes, escapes, and what stands between its parts."""
    if name.translate(None, b"._").isalnum():  # as most are: three patterns less to compile
        return name.decode()
    parts = b"".join(re.findall(rb"%b|\." % _NAME, re.sub(rb"//[^\r\n]*", b"", name)))
    return re.sub(_ESCAPE, _character, parts.decode(errors="replace").replace("'", ""))


def _character(escape: re.Match[str]) -> str:
    code, character = escape.groups()
    if code is None:
        return str(character)
    point = int(code, 16)
    return chr(point) if point <= _LAST_CODE_POINT else escape.group()


def imports_java(content: bytes) -> bool:
    """Return whether a source calls Java; the pattern is compiled with the first file that may need it."""
    # ASCII letters are written as they are, or by their numbers. A backslash alone is found fast.
    may_import = b"jballerina" in content or (b"\\" in content and b"\\u{" in content)
    return may_import and any(
        organization == "ballerina" and f"{name}.".startswith(_JAVA)
        for organization, name in imports_of(content)
    )
