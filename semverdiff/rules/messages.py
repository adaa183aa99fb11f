"""Templates into sentences: titles, messages and reasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff.rules.subjects import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.compare.facts import Subject

__all__ = ["PLACEHOLDER", "sentence", "title"]

PLACEHOLDER = re.compile(r"\$([a-z_]+)")
"""What a template leaves open, by its name."""

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_LONGEST = 100


def title(template: str, subject: Subject) -> str:
    """Return the title of a rule: `$a` stands for the subject with its article."""
    filled = sentence(template, {"a": SUBJECTS[subject].phrase})
    return filled[0].upper() + filled[1:]


def sentence(template: str, known: Mapping[str, str]) -> str:
    """Return a template with its placeholders filled; an optional part with an unknown one is left out."""
    if "$" not in template:
        return template
    kept = _OPTIONAL.sub(
        lambda part: part[1] if all(key in known for key in PLACEHOLDER.findall(part[1])) else "", template
    )
    return PLACEHOLDER.sub(lambda key: _shortened(known.get(key[1], "?")), kept)


def _shortened(text: str) -> str:
    """Return a text without its middle if no sentence can hold it; the forms are shown in full elsewhere."""
    if len(text) <= _LONGEST:
        return text
    half = (_LONGEST - 5) // 2
    return f"{text[:half]} ... {text[-half:]}"
