"""Commands that a CI system would obey in its log, written so that it does not.

A runner reads what a step prints, line by line, and does what it finds there: it sets variables, masks texts,
adds files to an artifact, folds lines. Names, documentation and code of a package stand in reports, and may
come from anybody:

* GitHub, Forgejo and Gitea obey `::name ...::` at the beginning of a line, and `##[name ...]` anywhere in it;
* Azure Pipelines obeys `##vso[...]` and `##[...]`, TeamCity `##teamcity[...]`, anywhere in a line;
* GitLab and Travis obey `section_start:1:name` and `travis_fold:start:name`.

Lines may be wrapped, and logs be copied into others, so that none of these is left anywhere in a text. A
blank tears them apart where people read; JSON and HTML write one character by its number, and mean the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["without_commands"]

# The character behind which a text is torn apart, or that is written by its number.
_COMMAND = (
    r":(?=:[A-Za-z])|\#(?=\#[A-Za-z]{0,16}\[)"
    r"|(?<=section)_(?=(?:start|end):[0-9])|(?<=travis)_(?=(?:fold|time):[a-z])"
)
# Without one of these a text has no command: few have, so that few runs compile the pattern.
_MARKS = ("::", "##", "section_", "travis_")
# Styles and scripts of a page are our own, and read no entities.
_OWN = r"(?s)(<(style|script)\b.*?</\2>)"


def without_commands(text: str, format_name: str) -> str:
    """Return a text of a format without what a CI system obeys; JSON, HTML and XML mean the same."""
    if not _may_have_command(text):
        return text
    match format_name:
        case "github":
            # Its own commands are what it is for; it has torn apart those of the texts in them.
            return text
        case "json" | "sarif" | "gitlab":
            return re.sub(_COMMAND, lambda found: f"\\u{ord(found[0]):04x}", text)
        case "html" | "junit":
            return _outside(text, _as_entities)
        case _:
            return re.sub(_COMMAND, lambda found: f"{found[0]} ", text)


def _may_have_command(text: str) -> bool:
    return any(mark in text for mark in _MARKS)


def _as_entities(part: str) -> str:
    # The style of a page has marks; what it shows has hardly ever one.
    if not _may_have_command(part):
        return part
    return re.sub(_COMMAND, lambda found: f"&#{ord(found[0])};", part)


def _outside(page: str, change: Callable[[str], str]) -> str:
    """Return a page that is changed outside of its styles and scripts."""
    changed, at = [], 0
    for own in re.finditer(_OWN, page):
        changed += [change(page[at : own.start()]), own[0]]
        at = own.end()
    return "".join([*changed, change(page[at:])])
