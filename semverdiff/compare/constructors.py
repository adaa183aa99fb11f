"""Constructors that became ambiguous in unions that did not change, because a record in them did.

`f({x: 1, y: 2})` fits one member of `A|B` alone until the record A takes `y`, too. Nothing of the function
changed then, so that whatever has a union with a changed type in it is looked at once more.
"""

from __future__ import annotations

import re
from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.compare.declarations import declaration_differences, declaration_place
from semverdiff.compare.facts import Fact, Subject
from semverdiff.syntax.nodes import ObjectType, RecordType, TypeDefinition
from semverdiff.syntax.words import first_words, holds, last_word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from semverdiff.api import Origin
    from semverdiff.compare.context import Context
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.mentions import Match

    Mentioning = Callable[[Iterable[str]], Mapping[str, Iterable[Match]]]

__all__ = ["Constructors", "types_of_other_constructors"]

_AMBIGUOUS = frozenset(
    {
        Fact.PARAMETER_REST_TYPE_WIDENED_AMBIGUOUS,
        Fact.PARAMETER_TYPE_WIDENED_AMBIGUOUS,
        Fact.REST_TYPE_WIDENED_AMBIGUOUS,
        Fact.TYPE_WIDENED_AMBIGUOUS,
        Fact.WIDENED_AMBIGUOUS,
    }
)
_SUBJECTS = frozenset({Subject.ENUM_MEMBER, Subject.MAP, Subject.RECORD, Subject.RECORD_FIELD, Subject.TYPE})
# After these a type may take other constructors, whatever their subject is.
_OF_OTHER_KIND = frozenset({(Subject.OBJECT, Fact.TYPE_TO_CLASS), (Subject.SYMBOL, Fact.KIND_CHANGED)})
# After these a type takes other expressions: in a record that has it in a field, other constructors.
_OF_OTHER_EXPRESSIONS = frozenset({Subject.ENUM_MEMBER, Subject.SYMBOL, Subject.TYPE})
# What constructors a type takes is the same after these.
_HARMLESS = frozenset(
    {
        Fact.DEFAULT_VALUE_CHANGED,
        Fact.INCLUSION_RESPELLED,
        Fact.RESPELLED,
        Fact.REST_TYPE_RESPELLED,
        Fact.TYPE_RESPELLED,
    }
)
_ALIAS = "type_definition"
# Members of unions that no list, mapping or `new` constructor makes; an array of them is made by one.
_PLAIN = frozenset({b"boolean", b"byte", b"decimal", b"error", b"float", b"int", b"never", b"string", b"xml"})
# Forms of types with further types inside.
_WITH_OTHERS = frozenset({b"function", b"object", b"record"})
_OPENING = (b"(", b"[", b"{", b"//")
_CLOSING = (b")", b"]", b"}", b">")
_AFTER_NAME = b"? \t\r\n"
_AFTER_MEMBER = rb"[,;=(){}]"


def types_of_other_constructors(
    differences: Iterable[Difference], organization: str = ""
) -> dict[Origin, bool]:
    """Return the types that may take other constructors than before, by module and name.

    With each goes whether it may take other kinds of expressions: then a record that has it in a field takes
    other constructors, too. Modules of another package have its `organization` in front.
    """
    changed: dict[Origin, bool] = {}
    prefix = f"{organization}/" if organization else ""
    for one in differences:
        if _changes_constructors(one):
            name = prefix + one.module, one.trail[0].name
            changed[name] = changed.get(name, False) or one.subject in _OF_OTHER_EXPRESSIONS
    return changed


def _changes_constructors(one: Difference) -> bool:
    """Return whether a type may take other constructors than before, or other expressions inside of these."""
    if (one.subject, one.fact) in _OF_OTHER_KIND:
        return True
    return one.subject in _SUBJECTS and one.fact not in _HARMLESS


class _Text(msgspec.Struct, frozen=True):
    """What the text of a declaration tells of the types in it, without a look at any name.

    `united` are the words that stand beside a bar between two members that constructors make. In
    a member with brackets any name may be, and so it may where names are spelt with escapes, or a comment
    stands between: then `may_unite` any. `included` are the words behind an asterisk; `is_name` says that a
    type may be a further name for another one.
    """

    united: frozenset[bytes]
    may_unite: bool
    included: frozenset[bytes]
    is_name: bool


class _Spread(msgspec.Struct):
    """What leads to types that changed, as far as text tells.

    `matches` are the declarations that may have one of them in a union, `names` all that may take other
    constructors than before.
    """

    matches: list[Match]
    names: dict[Origin, bool]


class Constructors:
    """What follows from types that take other constructors than before. Each text is looked at once.

    `mentioning` gives the declarations that mention each of several names.
    """

    def __init__(self, context: Context, mentioning: Mentioning) -> None:
        self._context = context
        self._mentioning = mentioning
        self._texts: dict[bytes, _Text] = {}

    def ambiguous(self, changed: Mapping[Origin, bool], compared: Collection[Origin]) -> Iterator[Difference]:
        """Yield what became ambiguous in declarations that did not change, and so are not `compared`.

        `changed` are the types that may take other constructors, of other packages as well.
        """
        for match in self._spread(changed).matches:
            place = declaration_place(self._context, match) if match.name not in compared else None
            if place is not None:
                found = declaration_differences(replace(place, unchanged=True))
                yield from (one for one in found if one.fact in _AMBIGUOUS)

    def holders(self, changed: Mapping[Origin, bool]) -> dict[Origin, bool]:
        """Return these types, and the public ones that may take other constructors because of them."""
        names = self._spread(changed).names
        return {name: takes_others for name, takes_others in names.items() if self._is_stated(name)}

    def _spread(self, changed: Mapping[Origin, bool]) -> _Spread:
        """Return what leads to these types.

        What includes such a type, or is another name for it, stands for it. A name that clients cannot write
        brings its unions to whatever mentions it. With each name goes whether it may take other kinds of
        expressions than before.
        """
        names = {name: changed[name] for name in sorted(changed) if self._is_stated(name)}
        waiting = deque((name, False, takes_others) for name, takes_others in names.items())
        followed = set(waiting)
        found: dict[Origin, Match] = {}
        mentioning: dict[str, Iterable[Match]] = {}
        while waiting:
            (_, key), brings_union, takes_others = waiting.popleft()
            name = key.encode()
            if key not in mentioning:
                # All that wait are asked about together. (The difference of a set and the keys of a table
                # would look at each of the keys.)
                asked = (key, *(one for (_, one), _, _ in waiting))
                mentioning |= self._mentioning({one for one in asked if one not in mentioning})
            for match in mentioning[key]:
                item = match.located.item
                text = self._text(item.content)
                has_union = brings_union or text.may_unite or name in text.united
                if has_union:
                    found.setdefault(match.name, match)
                stands_for = text.is_name or name in text.included
                # What only holds a type takes what it took, unless expressions of another kind fit there.
                if item.kind != _ALIAS or not (has_union or stands_for or takes_others):
                    continue
                brings = has_union and not self._context.is_anchor(*match.name)
                is_structure = _is_structure(self._context, match)
                if is_structure and not (stands_for or brings or takes_others):
                    # Saves work only: its unions are looked at there, and others know it as a record.
                    continue
                following = (match.name, brings, takes_others and not is_structure)
                if following not in followed:
                    followed.add(following)
                    waiting.append(following)
                    names[match.name] = names.get(match.name, False) or following[2]
        return _Spread(list(found.values()), names)

    def _is_stated(self, name: Origin) -> bool:
        """Return whether a type is compared at its own name: one of another package, or a public one."""
        return name[0] not in self._context.old.modules or self._context.is_anchor(*name)

    def _text(self, content: bytes) -> _Text:
        known = self._texts.get(content)
        if known is None:
            known = self._texts[content] = _text(content)
        return known


def _is_structure(context: Context, match: Match) -> bool:
    """Return whether a type is a record or object type in both versions, and no union with one."""
    for surface in (context.old, context.new):
        declared = surface.declaration(match.module, match.key)
        if not isinstance(declared, TypeDefinition) or not isinstance(declared.type, RecordType | ObjectType):
            return False
    return True


def _text(content: bytes) -> _Text:
    """Return what a text tells of types: what stands on either side of a bar, and behind an asterisk."""
    united: set[bytes] = set()
    may_unite = False
    pieces = content.replace(b"{|", b"{").replace(b"|}", b"}").replace(b"||", b" ").split(b"|")
    members = [piece for piece in pieces if piece.strip(_AFTER_NAME) not in _PLAIN]
    for left, right in pairwise(members):
        before, after = last_word(left), first_words(right, 2)
        if not _ends_plain(left, before) and not _begins_plain(right, after):
            united.update(before, after)
            may_unite = may_unite or b"\\" in content or _is_nested(left, right, after)
    included = frozenset(word for inclusion in content.split(b"*")[1:] for word in first_words(inclusion, 2))
    is_name = not holds(content, b"record") and not holds(content, b"object")
    return _Text(frozenset(united), may_unite, included, is_name)


def _ends_plain(piece: bytes, row: list[bytes]) -> bool:
    """Return whether what stands before a bar, with its last word, is a plain member."""
    end = piece.rstrip(_AFTER_NAME)
    return bool(row) and row[-1] in _PLAIN and end.endswith(row[-1]) and not _ends_with_comment(end)


def _ends_with_comment(piece: bytes) -> bool:
    return holds(piece.rpartition(b"\n")[2], b"//")


def _begins_plain(piece: bytes, row: list[bytes]) -> bool:
    """Return whether what stands behind a bar, with its first words, is a plain member and no array."""
    if not row or row[0] not in _PLAIN:
        return False
    piece = piece.lstrip()
    rest = piece.removeprefix(row[0])
    return rest != piece and rest.lstrip(_AFTER_NAME)[:1] not in {b"[", b"<"}


def _is_nested(left: bytes, right: bytes, row: list[bytes]) -> bool:
    """Return whether a member on either side of a bar is written with brackets, or may be."""
    end, start = left.rstrip(_AFTER_NAME), right.lstrip()
    if end.endswith(_CLOSING) or start.startswith(_OPENING) or _ends_with_comment(end):
        return True
    member = re.split(_AFTER_MEMBER, right, maxsplit=1)[0]
    return b"[" in member or b"<" in member or not _WITH_OTHERS.isdisjoint(row)
