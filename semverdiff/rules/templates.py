"""Templates of titles, messages and reasons: text with placeholders such as `$name`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from semverdiff.rules.subjects import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.compare import Subject

    Meaning = Callable[[str], str | None]
    """What a placeholder stands for, by its name; `None` if that is not known."""

__all__ = ["placeholders_in", "sentence", "title"]

_PLACEHOLDER = re.compile(r"\$([a-z_]+)")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_LONGEST = 100
_GAP = " ... "


def placeholders_in(template: str) -> list[str]:
    """Return the names of the placeholders of a template."""
    return _PLACEHOLDER.findall(template)


def title(template: str, subject: Subject) -> str:
    """Return the title of a rule: `$a` stands for the subject with its article."""
    filled = template.replace("$a", SUBJECTS[subject].phrase)
    return filled[0].upper() + filled[1:]


def sentence(template: str, meaning: Meaning) -> str:
    """Return a message or reason; a part in square brackets with an unknown placeholder is left out."""
    if "$" not in template:
        return template
    if "[" in template:
        template, optional = _optional_parts(template)
        for part, names, behind in optional:
            template += part + behind if all(map(meaning, names)) else behind
    form, names = _form(template)
    return form % tuple([_shortened(meaning(name) or "?") for name in names])


# Templates are few, and those of a release are filled thousands of times.
@cache
def _optional_parts(template: str) -> tuple[str, list[tuple[str, list[str], str]]]:
    """Return what a template begins with; each part in brackets, its placeholders, and what stands behind."""
    begin, *rest = _OPTIONAL.split(template)
    optional = [
        (part, placeholders_in(part), behind) for part, behind in zip(rest[::2], rest[1::2], strict=True)
    ]
    return begin, optional


@cache
def _form(template: str) -> tuple[str, list[str]]:
    """Return a template for the operator `%`, and the placeholders that it has."""
    return _PLACEHOLDER.sub("%s", template.replace("%", "%%")), placeholders_in(template)


def _shortened(text: str) -> str:
    """Return a text without its middle if no sentence can hold it; the forms are shown in full elsewhere."""
    if len(text) <= _LONGEST:
        return text
    half = (_LONGEST - len(_GAP)) // 2
    return f"{text[:half]}{_GAP}{text[-half:]}"
