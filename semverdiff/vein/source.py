"""The reader of sources of Vein: declarations only, bodies and initial values are skipped by their brackets.

The grammar is that of the compiler's own parser at v0.30.11. Keywords are such in any case. Nothing recurses:
types nest as deep as somebody likes to write them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.errors import Mistake, SourceError
from semverdiff.vein.declarations import (
    Accessor,
    AspectUse,
    Constraint,
    MemberForm,
    SourceAlias,
    SourceMember,
    SourceParameter,
    SourceType,
    SourceUnit,
    TypeForm,
)
from semverdiff.vein.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Final, TypeVar

    from semverdiff.packages import SourceFile
    from semverdiff.vein.declarations import WrittenType

    Item = TypeVar("Item")

__all__ = ["is_ignored", "read_source", "read_sources"]

_MODIFIERS: Final = frozenset(
    (
        *("public", "protected", "private", "internal", "static", "virtual", "abstract", "override"),
        *("extern", "async", "readonly", "const", "global"),
    )
)
_TYPE_WORDS: Final = frozenset(form.value for form in TypeForm)
_CONSTRUCTORS: Final = {"new": MemberForm.CONSTRUCTOR, "delete": MemberForm.DESTRUCTOR}


def read_sources(files: Iterable[SourceFile]) -> tuple[SourceUnit, ...]:
    """Return the declarations of files, without those that the compiler is told to ignore.

    Raises `SourceError` with a mistake for each file that is not UTF-8 or does not parse.
    """
    units, mistakes = [], []
    for file in files:
        try:
            text = file.content.decode("utf-8-sig")
            if not is_ignored(text):
                units.append(read_source(text, file.path))
        except UnicodeDecodeError:
            mistakes.append(Mistake("expected UTF-8, found other bytes", file.path))
        except SourceError as error:
            mistakes.extend(error.mistakes)
    if mistakes:
        raise SourceError(mistakes=tuple(mistakes))
    return tuple(units)


def is_ignored(text: str) -> bool:
    """Return whether the compiler leaves a source out, as it says in its first line."""
    return text.startswith("#ignore")


def read_source(text: str, file: str) -> SourceUnit:
    """Return the declarations of one source. Raises `SourceError` where the text is wrong, or too long."""
    if len(text) > limits.MODULE_SOURCE_CHARACTERS:
        message = f"expected at most {limits.MODULE_SOURCE_CHARACTERS:,} characters, found {len(text):,}"
        raise SourceError(mistakes=(Mistake(message, file),))
    return _Reader(Tokens(text, file)).unit(file)


class _Head(msgspec.Struct, frozen=True):
    """What stands before a declaration: aspects in brackets, and modifiers in lower case."""

    aspects: tuple[AspectUse, ...]
    modifiers: frozenset[str]
    start: int
    line: int
    column: int


class _Reader:
    """The declarations of a source, in the order of its grammar."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def unit(self, file: str) -> SourceUnit:
        """Return everything that the file declares."""
        spaces: list[str] = []
        uses: list[str] = []
        types: list[SourceType] = []
        aliases: list[SourceAlias] = []
        while self._tokens.next:
            if self._tokens.next == "#":
                self._directive(spaces, uses)
                continue
            head = self._head()
            if self._tokens.next.lower() == "alias":
                aliases.append(self._alias(head))
            else:
                types.append(self._type_declaration(head))
        return SourceUnit(file, "".join(spaces), tuple(uses), tuple(types), tuple(aliases))

    def _directive(self, spaces: list[str], uses: list[str]) -> None:
        tokens = self._tokens
        start = tokens.start
        tokens.expect("#")
        if tokens.accept_word("use"):
            uses.append(tokens.string())
        elif tokens.accept_word("space"):
            if spaces:
                tokens.fail("expected one '#space' in a file, found a second one", start)
            spaces.append(tokens.string())
        else:
            tokens.fail("expected 'space' or 'use' behind '#'")

    def _head(self) -> _Head:
        tokens = self._tokens
        uses: list[AspectUse] = []
        if tokens.accept("["):
            uses += self._list(self._aspect_use)
            tokens.expect("]")
        start = tokens.start
        modifiers = set()
        while tokens.next.lower() in _MODIFIERS:
            modifiers.add(tokens.advance().lower())
        return _Head(tuple(uses), frozenset(modifiers), start, *tokens.position(start))

    def _aspect_use(self) -> AspectUse:
        name = self._tokens.name("an aspect")
        return AspectUse(name, self._tokens.skip_brackets() if self._tokens.next == "(" else "")

    def _alias(self, head: _Head) -> SourceAlias:
        tokens = self._tokens
        if head.aspects or head.modifiers - {"global"}:
            tokens.fail("expected no aspect and no modifier but 'global' before an alias")
        tokens.advance()
        name = tokens.name("an alias")
        type_parameters = self._type_parameters()
        tokens.expect("<|")
        if tokens.next not in {"(", "<"}:
            target = self._type()
            text = tokens.text_from(head.start)
            tokens.expect(";")
            return SourceAlias(
                name, "global" in head.modifiers, text, head.line, head.column, target, type_parameters
            )
        type_parameters += self._type_parameters()
        parameters = self._parameters()
        tokens.expect(":")
        target, constraints = self._type(), self._constraints()
        text = tokens.text_from(head.start)
        self._skip_body()
        return SourceAlias(
            name,
            "global" in head.modifiers,
            text,
            head.line,
            head.column,
            target,
            type_parameters,
            parameters,
            constraints,
        )

    def _type_declaration(self, head: _Head) -> SourceType:
        tokens = self._tokens
        word = tokens.next.lower()
        if word not in _TYPE_WORDS:
            tokens.fail("expected a class, interface, struct, aspect or alias")
        tokens.advance()
        form = TypeForm(word)
        name = tokens.name(f"{'an' if word[0] in 'ai' else 'a'} {word}")
        if form is TypeForm.ASPECT:
            parameters = self._parameters()
            text = tokens.text_from(head.start)
            tokens.expect(";")
            return SourceType(
                form, name, head.modifiers, head.aspects, text, head.line, head.column, parameters=parameters
            )
        type_parameters = self._type_parameters()
        bases = self._list(self._type) if tokens.accept(":") else []
        constraints = self._constraints()
        text = tokens.text_from(head.start)
        tokens.expect("{")
        members = []
        while not tokens.accept("}"):
            members.append(self._member())
        return SourceType(
            form,
            name,
            head.modifiers,
            head.aspects,
            text,
            head.line,
            head.column,
            type_parameters,
            tuple(bases),
            constraints,
            tuple(members),
        )

    def _member(self) -> SourceMember:
        tokens, head = self._tokens, self._head()
        name = tokens.name("a member")
        if tokens.next == ":":
            return self._field_or_property(name, head)
        form = _CONSTRUCTORS.get(name.lower(), MemberForm.METHOD)
        type_parameters = self._type_parameters()
        parameters = self._parameters()
        returned: WrittenType = ()
        constraints: tuple[Constraint, ...] = ()
        if form is MemberForm.METHOD:
            tokens.expect(":")
            returned, constraints = self._type(), self._constraints()
        text = tokens.text_from(head.start)
        self._skip_body()
        return SourceMember(
            form,
            name,
            head.modifiers,
            head.aspects,
            text,
            head.line,
            head.column,
            type=returned,
            type_parameters=type_parameters,
            parameters=parameters,
            constraints=constraints,
        )

    def _field_or_property(self, name: str, head: _Head) -> SourceMember:
        tokens = self._tokens
        tokens.expect(":")
        type_ = self._type()
        text = tokens.text_from(head.start)
        value, accessors, is_computed = None, {}, False
        match tokens.next:
            case "|>":
                form, is_computed = MemberForm.PROPERTY, True
                tokens.skip_expression()
                accessors = {"get": Accessor(head.modifiers)}
            case "{":
                form = MemberForm.PROPERTY
                accessors, is_computed = self._accessors(head)
            case _:
                form = MemberForm.FIELD
                if tokens.accept("="):
                    value = tokens.skip_expression()
                else:
                    tokens.expect(";")
        return SourceMember(
            form,
            name,
            head.modifiers,
            head.aspects,
            text,
            head.line,
            head.column,
            type=type_,
            value=value,
            accessors=accessors,
            is_computed=is_computed,
        )

    def _accessors(self, owner: _Head) -> tuple[dict[str, Accessor], bool]:
        """Return how a property is read and written, and whether by code of its own."""
        tokens = self._tokens
        found: dict[str, Accessor] = {}
        is_computed = False
        start = tokens.start
        tokens.expect("{")
        while not tokens.accept("}"):
            head, word = self._head(), tokens.next.lower()
            if word not in {"get", "set"} or word in found:
                tokens.fail("expected 'get' or 'set', each once")
            tokens.advance()
            found[word] = Accessor(head.modifiers or owner.modifiers)
            if tokens.next == "{":
                is_computed = True
                tokens.skip_brackets()
            else:
                tokens.expect(";")
        if not found:
            tokens.fail("expected 'get' or 'set' in the brackets", start)
        return found, is_computed

    def _skip_body(self) -> None:
        match self._tokens.next:
            case ";":
                self._tokens.advance()
            case "{":
                self._tokens.skip_brackets()
            case "|>":
                self._tokens.skip_expression()
            case _:
                self._tokens.fail("expected ';', '{' or '|>'")

    def _parameters(self) -> tuple[SourceParameter, ...]:
        tokens = self._tokens
        tokens.expect("(")
        parameters = [] if tokens.next == ")" else self._list(self._parameter)
        tokens.expect(")")
        return tuple(parameters)

    def _parameter(self) -> SourceParameter:
        tokens = self._tokens
        while tokens.next.lower() in _MODIFIERS:
            tokens.advance()
        name = tokens.name("a parameter")
        tokens.expect(":")
        return SourceParameter(name, self._type())

    def _type_parameters(self) -> tuple[str, ...]:
        tokens = self._tokens
        if not tokens.accept("<"):
            return ()
        start = tokens.start
        names = self._list(lambda: tokens.name("a type parameter"))
        tokens.expect(">")
        if sum(map(len, names)) > limits.NAME_CHARACTERS:
            tokens.fail(f"expected type parameters of at most {limits.NAME_CHARACTERS} characters", start)
        return tuple(names)

    def _constraints(self) -> tuple[Constraint, ...]:
        return tuple(self._list(self._constraint)) if self._tokens.accept_word("when") else ()

    def _constraint(self) -> Constraint:
        subject = self._type()
        if not self._tokens.accept_word("is"):
            self._tokens.fail("expected 'is'")
        return Constraint(subject, self._type())

    def _list(self, item: Callable[[], Item]) -> list[Item]:
        """Return one item or more, with commas between them."""
        items = [item()]
        while self._tokens.accept(","):
            items.append(item())
        return items

    def _type(self) -> WrittenType:
        """Return a type, which may hold others, as a list of what it is made of."""
        tokens = self._tokens
        parts: list[str] = []
        depth = 0
        while True:
            name = tokens.name("a type")
            while tokens.accept("."):
                name = tokens.name("a type")
            parts.append(name)
            if tokens.accept("<"):
                parts.append("<")
                depth += 1
                continue
            self._end_type(parts)
            while depth and tokens.accept(">"):
                parts.append(">")
                depth -= 1
                self._end_type(parts)
            if not depth:
                return tuple(parts)
            tokens.expect(",")
            parts.append(",")

    def _end_type(self, parts: list[str]) -> None:
        if self._tokens.accept("["):
            self._tokens.expect("]")
            parts.append("[]")
