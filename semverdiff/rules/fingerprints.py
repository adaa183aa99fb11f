"""The fingerprint of a finding: the same after a move or a reformatting, another for another cause."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from semverdiff.rules.messages import name_beside_symbol

if TYPE_CHECKING:
    from semverdiff.changes import Excerpt
    from semverdiff.compare import Difference

try:
    # The same function as `hashlib.blake2b`, which loads OpenSSL for others: a thirtieth of a short run.
    from _blake2 import blake2b
except ImportError:  # pragma: no cover (another implementation of Python, or a later version of this one)
    from hashlib import blake2b

__all__ = ["fingerprint", "fingerprint_of"]

_DIGEST_BYTES = 8
# A blank that no two words need between them.
_NEEDLESS_BLANK = r" (?:(?<!\w )|(?!\w))"


def fingerprint(difference: Difference) -> str:
    """Return 16 hex digits for rule, module, symbol and both forms; places and layout do not count.

    A name that the symbol lacks counts as well: the dependencies of a package share a symbol.
    """
    about = difference.rule, difference.module, difference.symbol, name_beside_symbol(difference) or ""
    return fingerprint_of(about, difference.old, difference.new)


def fingerprint_of(about: tuple[str, ...], old: Excerpt | None, new: Excerpt | None) -> str:
    """Return 16 hex digits for what a finding is about, in words that do not change, and both forms."""
    cause = (*about, _form(old), _form(new))
    return blake2b("\0".join(cause).encode(), digest_size=_DIGEST_BYTES).hexdigest()


def _form(excerpt: Excerpt | None) -> str:
    """Return the text without white space that means nothing; a missing form is not an empty one."""
    if excerpt is None:
        return "-"
    return "+" + _needless_blanks().sub("", " ".join(excerpt.text.split()))


@cache
def _needless_blanks() -> re.Pattern[str]:
    return re.compile(_NEEDLESS_BLANK)
