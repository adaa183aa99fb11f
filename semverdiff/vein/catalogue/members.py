"""Rules about members of types."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from semverdiff.rules.model import Certainty
from semverdiff.vein.difference import Condition, Fact, Subject
from semverdiff.vein.rule import VeinRow, VeinRule
from semverdiff.versions import Level

__all__ = ["MEMBER_RULES"]

_GONE: Final = "Clients that use it no longer compile, and linked ones no longer find it."
_GREW: Final = "The API grew."
_DOCUMENTED: Final = "The documents forbid what clients did until now, though nothing enforces it today."
_LINKED: Final = "Clients may compile, but link names hold what was there."
_STATIC: Final = "Clients reach it in another way, through the type or through a value."
_KEEP: Final = "Keep the old declaration until the next major version, and add the new one beside it."
_WORDS: Final = {
    Subject.CONSTRUCTOR: "public new(radius: f64) { }",
    Subject.FIELD: "public radius: f64;",
    Subject.METHOD: "public grow(by: f64): void { }",
    Subject.PROPERTY: "public Name: string { get; set; }",
}
_USES: Final = {
    Subject.CONSTRUCTOR: "let value = new {type}(given);",
    Subject.FIELD: "let value = given.{name};",
    Subject.METHOD: "given.{name}(value);",
    Subject.PROPERTY: "let value = given.{name};",
}


def _in_class(*members: str) -> str:
    return f"public class Circle {{ {' '.join(members)} }}"


def _rule(
    about: Subject, fact: Fact, texts: tuple[str, str], rows: tuple[VeinRow, ...], code: tuple[str, str]
) -> VeinRule:
    """Return a rule; `texts` are its title and its message, and `code` the members of both versions."""
    breaks = any(row.level is Level.MAJOR for row in rows)
    return VeinRule(
        about=about,
        fact=fact,
        title=texts[0],
        message=texts[1],
        rows=rows,
        old=_in_class(code[0]),
        new=_in_class(code[1]),
        client=_USES.get(about) if breaks else None,
        advice=_KEEP if breaks else None,
    )


def _always(level: Level, reason: str) -> tuple[VeinRow, ...]:
    return (VeinRow(level, reason),)


_MAJOR_GONE: Final = _always(Level.MAJOR, _GONE)
_MINOR: Final = _always(Level.MINOR, _GREW)


def _common() -> list[VeinRule]:
    """Return the rules that hold for every kind of member."""
    found = []
    for about, member in _WORDS.items():
        # A class without a constructor has one without parameters, which would be another rule's.
        beside = "public new() { } " if about is Subject.CONSTRUCTOR else ""
        with_member, hidden = beside + member, beside + member.replace("public ", "private ", 1)
        if beside:
            hidden = beside + member.replace("public ", "private ")
        found += [
            _rule(
                about,
                Fact.REMOVED,
                (f"A {about} is removed.", f"{about} '{{symbol}}' is removed"),
                _MAJOR_GONE,
                (with_member, beside),
            ),
            _rule(
                about,
                Fact.ADDED,
                (f"A {about} is added.", f"{about} '{{symbol}}' is added"),
                _MINOR,
                (beside, with_member),
            ),
            _rule(
                about,
                Fact.VISIBILITY_NARROWED,
                (f"A {about} is less visible.", f"{about} '{{symbol}}' is {{after}}, no longer {{before}}"),
                _always(Level.MAJOR, _DOCUMENTED),
                (with_member, hidden),
            ),
            _rule(
                about,
                Fact.VISIBILITY_WIDENED,
                (f"A {about} is more visible.", f"{about} '{{symbol}}' is {{after}}, no longer {{before}}"),
                _MINOR,
                (hidden, with_member),
            ),
        ]
        if about is Subject.CONSTRUCTOR:
            continue
        static = member.replace("public ", "public static ")
        found += [
            _rule(
                about,
                Fact.STATIC_ADDED,
                (f"A {about} became static.", f"{about} '{{symbol}}' is static now"),
                _always(Level.MAJOR, _STATIC),
                (member, static),
            ),
            _rule(
                about,
                Fact.STATIC_REMOVED,
                (f"A {about} is no longer static.", f"{about} '{{symbol}}' is no longer static"),
                _always(Level.MAJOR, _STATIC),
                (static, member),
            ),
        ]
    return found


def _callables() -> list[VeinRule]:
    """Return the rules that constructors and methods share."""
    found = []
    for about, member in ((one, _WORDS[one]) for one in (Subject.CONSTRUCTOR, Subject.METHOD)):
        found += [
            _rule(
                about,
                Fact.SIGNATURE_CHANGED,
                (f"A {about} takes something else.", f"{about} '{{symbol}}' is {{after}} now"),
                _MAJOR_GONE,
                (member, member.replace("f64", "string")),
            ),
            _rule(
                about,
                Fact.PARAMETER_RENAMED,
                (
                    f"A parameter of a {about} has another name.",
                    f"parameter '{{before}}' of {about} '{{symbol}}' is called '{{after}}'",
                ),
                _always(Level.PATCH, "There are no named arguments."),
                (member, member.replace("(by", "(amount").replace("(radius", "(size")),
            ),
            _with_certainty(
                _rule(
                    about,
                    Fact.TYPE_ARGUMENTS_CHANGED,
                    (
                        f"A {about} takes or returns other type arguments.",
                        f"{about} '{{symbol}}': {{before}} became {{after}}",
                    ),
                    _always(Level.MAJOR, "Clients that compile anew pass, or get, other values."),
                    (member.replace("f64", "Span<u8>"), member.replace("f64", "Span<i32>")),
                )
            ),
        ]
    return found


def _with_certainty(rule: VeinRule) -> VeinRule:
    return replace(rule, certainty=Certainty.ASSUMED)


_GROW: Final = _WORDS[Subject.METHOD]
_METHODS: Final = [
    _rule(
        Subject.CONSTRUCTOR,
        Fact.IMPLICIT_REMOVED,
        (
            "A class has its first constructor, so that it lost the one without parameters.",
            "'{symbol}' is no longer there: the class has a constructor of its own",
        ),
        _MAJOR_GONE,
        ("", _WORDS[Subject.CONSTRUCTOR]),
    ),
    _rule(
        Subject.METHOD,
        Fact.OVERLOAD_ADDED,
        ("A method of a name that exists is added.", "method '{symbol}' is added beside others of its name"),
        _always(Level.MINOR, "Calls may bind to it: the first overload that fits wins."),
        (_GROW, f"{_GROW} {_GROW.replace('f64', 'string')}"),
    ),
    _rule(
        Subject.METHOD,
        Fact.OVERRIDE_ADDED,
        ("A method that a base has is overridden.", "'{symbol}' overrides what the base has"),
        _always(Level.PATCH, "Callers had it from the base already."),
        ("", _GROW.replace("public ", "public override ")),
    ),
    _rule(
        Subject.METHOD,
        Fact.OVERRIDE_REMOVED,
        (
            "A method that a base has is overridden no longer.",
            "'{symbol}' no longer overrides what the base has",
        ),
        _always(Level.PATCH, "Callers have it from the base."),
        (_GROW.replace("public ", "public override "), ""),
    ),
    _rule(
        Subject.METHOD,
        Fact.ABSTRACT_ADDED,
        ("Heirs have to implement a method.", "'{symbol}' is abstract"),
        _always(Level.MAJOR, "Classes of clients that have it as a base do not implement it."),
        ("", "public abstract grow(by: f64): void;"),
    ),
    _rule(
        Subject.METHOD,
        Fact.RETURN_TYPE_CHANGED,
        ("A method returns another type.", "method '{symbol}' returns {after}, no longer {before}"),
        _always(Level.MAJOR, _LINKED),
        (_GROW, _GROW.replace("void", "f64")),
    ),
    _rule(
        Subject.METHOD,
        Fact.VIRTUAL_ADDED,
        ("A method can be overridden.", "method '{symbol}' can be overridden now"),
        _MINOR,
        (_GROW, _GROW.replace("public ", "public virtual ")),
    ),
    _rule(
        Subject.METHOD,
        Fact.VIRTUAL_REMOVED,
        ("A method can be overridden no longer.", "method '{symbol}' can be overridden no longer"),
        _always(Level.MAJOR, _DOCUMENTED),
        (_GROW.replace("public ", "public virtual "), _GROW),
    ),
    VeinRule(
        about=Subject.METHOD,
        fact=Fact.MOVED_TO_BASE,
        title="A method is in a base now.",
        message="method '{symbol}' is in {after} now",
        rows=(
            VeinRow(Level.PATCH, "Clients find it in the direct base.", Condition.TO_DIRECT_BASE),
            VeinRow(Level.MAJOR, "The compiler looks into the direct base and no further up."),
        ),
        old=(
            "public class Shape { }\npublic class Round : Shape { }\n"
            f"public class Circle : Round {{ {_GROW} }}"
        ),
        new=(
            f"public class Shape {{ {_GROW} }}\npublic class Round : Shape {{ }}\n"
            "public class Circle : Round { }"
        ),
        client=_USES[Subject.METHOD],
        advice="Move it to the direct base, or keep an override.",
    ),
]


def _of_interface(about: Subject, noun: str, member: str) -> VeinRule:
    return VeinRule(
        about=about,
        fact=Fact.ADDED,
        title=f"An interface has one more {noun}.",
        message=f"{noun} '{{symbol}}' is added to an interface",
        rows=_always(Level.MAJOR, "Classes of clients that implement the interface lack it."),
        old="public interface IShape { }",
        new=f"public interface IShape {{ {member} }}",
        client="class Mine : {type} {{ }}",
        advice="Add a new interface with it.",
    )


_RADIUS, _NAME = _WORDS[Subject.FIELD], _WORDS[Subject.PROPERTY]
_READONLY: Final = _RADIUS.replace("public ", "public readonly ")
_CONSTANT: Final = _RADIUS.replace("public ", "public const ").replace(";", " = 1;")
_DATA: Final = [
    _of_interface(Subject.INTERFACE_METHOD, "method", "area(): f64;"),
    _of_interface(Subject.INTERFACE_PROPERTY, "property", "Name: string { get; }"),
    _rule(
        Subject.PROPERTY,
        Fact.TYPE_CHANGED,
        ("A property has another type.", "property '{symbol}' is {after}, no longer {before}"),
        _MAJOR_GONE,
        (_NAME, _NAME.replace("string", "i32")),
    ),
    _rule(
        Subject.PROPERTY,
        Fact.GETTER_REMOVED,
        ("A property can be read no longer.", "property '{symbol}' can be read no longer"),
        _MAJOR_GONE,
        (_NAME, _NAME.replace("get; ", "")),
    ),
    _rule(
        Subject.PROPERTY,
        Fact.SETTER_REMOVED,
        ("A property can be written no longer.", "property '{symbol}' can be written no longer"),
        _MAJOR_GONE,
        (_NAME, _NAME.replace("set; ", "")),
    ),
    _rule(
        Subject.PROPERTY,
        Fact.SETTER_ADDED,
        ("A property can be written.", "property '{symbol}' can be written now"),
        (
            VeinRow(
                Level.MAJOR,
                "Classes of clients that implement the interface lack it.",
                Condition.ON_INTERFACE,
            ),
            VeinRow(Level.MINOR, _GREW),
        ),
        (_NAME.replace("set; ", ""), _NAME),
    ),
    _rule(
        Subject.PROPERTY,
        Fact.TO_FIELD,
        ("A property became a field.", "property '{symbol}' is a field now"),
        _always(Level.MAJOR, _LINKED),
        ("public radius: f64 { get; }", _RADIUS),
    ),
    _with_certainty(
        _rule(
            Subject.PROPERTY,
            Fact.TO_COMPUTED,
            ("A property is computed.", "property '{symbol}' is computed now"),
            _always(
                Level.MAJOR,
                "Today's compiler finds properties of other modules by the field that it adds to them.",
            ),
            ("public radius: f64 { get; }", "public radius: f64 |> 1;"),
        )
    ),
    _rule(
        Subject.FIELD,
        Fact.TO_PROPERTY,
        ("A field became a property.", "field '{symbol}' is a property now"),
        _always(Level.MAJOR, _LINKED),
        (_RADIUS, "public radius: f64 { get; }"),
    ),
    _rule(
        Subject.FIELD,
        Fact.TYPE_CHANGED,
        ("A field has another type.", "field '{symbol}' is {after}, no longer {before}"),
        _MAJOR_GONE,
        (_RADIUS, _RADIUS.replace("f64", "f32")),
    ),
    _rule(
        Subject.FIELD,
        Fact.READONLY_ADDED,
        ("A field can be written no longer.", "field '{symbol}' is read only now"),
        _always(Level.MAJOR, _DOCUMENTED),
        (_RADIUS, _READONLY),
    ),
    _rule(
        Subject.FIELD,
        Fact.READONLY_REMOVED,
        ("A field can be written.", "field '{symbol}' is no longer read only"),
        _MINOR,
        (_READONLY, _RADIUS),
    ),
    _rule(
        Subject.FIELD,
        Fact.LITERAL_ADDED,
        ("A field became a constant.", "field '{symbol}' is a constant now"),
        _MINOR,
        (_RADIUS.replace("public ", "public static "), _CONSTANT),
    ),
    _rule(
        Subject.FIELD,
        Fact.LITERAL_REMOVED,
        ("A field is no longer a constant.", "field '{symbol}' is no longer a constant"),
        _always(Level.MAJOR, "Clients that need a constant no longer compile."),
        (_CONSTANT, _RADIUS.replace("public ", "public static ")),
    ),
    _rule(
        Subject.FIELD,
        Fact.CONSTANT_VALUE_CHANGED,
        ("A constant has another value.", "constant '{symbol}' is {after}, no longer {before}"),
        _always(Level.MINOR, "Clients that were compiled before may hold the old value."),
        (_CONSTANT, _CONSTANT.replace("1", "2")),
    ),
]


def _layout(fact: Fact, title: str, message: str, fields: tuple[str, str]) -> VeinRule:
    return VeinRule(
        about=Subject.STRUCT_FIELD,
        fact=fact,
        title=title,
        message=message,
        rows=_always(Level.MAJOR, "Modules of clients hold where the fields of the struct lie in memory."),
        old=f"public struct Point {{ {fields[0]} }}",
        new=f"public struct Point {{ {fields[1]} }}",
        client="let value = point.{name};",
        advice="Add a new struct.",
        is_compiled=True,
    )


_X, _Y = "public x: i32;", "public y: i32;"
_LAYOUTS: Final = [
    _layout(
        Fact.ADDED,
        "A struct has one more field.",
        "field '{symbol}' is added to a struct",
        (_X, f"{_X} {_Y}"),
    ),
    _layout(
        Fact.REMOVED,
        "A struct has a field less.",
        "field '{symbol}' of a struct is removed",
        (f"{_X} {_Y}", _X),
    ),
    _layout(
        Fact.REORDERED,
        "The fields of a struct have another order.",
        "field '{before}' of '{symbol}' stands where '{after}' stood",
        (f"{_X} {_Y}", f"{_Y} {_X}"),
    ),
    _layout(
        Fact.TYPE_CHANGED,
        "A field of a struct has another type.",
        "field '{symbol}' of a struct is {after}, no longer {before}",
        (_X, _X.replace("i32", "i64")),
    ),
]

MEMBER_RULES: Final = (*_common(), *_callables(), *_METHODS, *_DATA, *_LAYOUTS)
"""All rules about members."""
