"""Rules about types as a whole."""

from __future__ import annotations

from typing import Final

from semverdiff.rules.model import Certainty
from semverdiff.vein.difference import Condition, Fact, Subject
from semverdiff.vein.rule import VeinRow, VeinRule
from semverdiff.versions import Level

__all__ = ["TYPE_RULES"]

# Each kind of type as an example declares it.
_DECLARED: Final = {
    Subject.ALIAS: "global alias Meters <| f64;",
    Subject.ASPECT: "aspect logged();",
    Subject.CLASS: "public class Circle { }",
    Subject.DELEGATE: "global alias OnDone <| (code: i32): void;",
    Subject.INTERFACE: "public interface IShape { }",
    Subject.STRUCT: "public struct Point { }",
}
_VISIBLE: Final = (Subject.ALIAS, Subject.CLASS, Subject.INTERFACE, Subject.STRUCT)
_WITH_MEMBERS: Final = (Subject.CLASS, Subject.INTERFACE, Subject.STRUCT)

_GONE: Final = "Clients that name it no longer compile, and linked ones no longer load."
_GREW: Final = "The API grew."
_DOCUMENTED: Final = "The documents forbid what clients did until now, though nothing enforces it today."
_NAMES_IT: Final = "let value: {type};"
_KEEP: Final = (
    "Keep the old declaration until the next major version, and say in its documentation what replaces it."
)


def _hidden(declared: str) -> str:
    return declared.replace("public ", "internal ").replace("global alias", "alias")


def _spaced(space: str, declared: str) -> str:
    return f'#space "{space}"\n{declared}'


def _always(level: Level, reason: str) -> tuple[VeinRow, ...]:
    return (VeinRow(level, reason),)


def _kinds() -> list[VeinRule]:
    """Return the rules that hold for every kind of type."""
    found = []
    for about, declared in _DECLARED.items():
        found += [
            VeinRule(
                about=about,
                fact=Fact.REMOVED,
                title=f"A public {about} is removed.",
                message=f"{about} '{{symbol}}' is removed",
                rows=_always(Level.MAJOR, _GONE),
                old=declared,
                new="",
                client=_NAMES_IT,
                advice=_KEEP,
            ),
            VeinRule(
                about=about,
                fact=Fact.ADDED,
                title=f"A public {about} is added.",
                message=f"{about} '{{symbol}}' is added",
                rows=_always(Level.MINOR, _GREW),
                old="",
                new=declared,
            ),
            VeinRule(
                about=about,
                fact=Fact.MOVED,
                title=f"A public {about} moved to another '#space'.",
                message=f"{about} '{{symbol}}' moved from '#space' {{before}} to {{after}}",
                rows=_always(Level.MAJOR, "Clients look for it where it was, and so does what is linked."),
                old=_spaced("shapes", declared),
                new=_spaced("shapes/plain", declared),
                client=_NAMES_IT,
                advice="Leave the type in its '#space'.",
            ),
            VeinRule(
                about=about,
                fact=Fact.KIND_CHANGED,
                title=f"A public {about} became another kind of type.",
                message=f"'{{symbol}}' was declared as {about}, and is another kind of type: {{after}}",
                rows=_always(Level.MAJOR, "What clients do with the one they cannot do with the other."),
                old=declared,
                new=_other_kind(about),
                client=_NAMES_IT,
                advice="Give the new type a new name.",
            ),
        ]
    return found


def _other_kind(about: Subject) -> str:
    """Return a type of the same name that is of another kind."""
    return {
        Subject.ALIAS: "public class Meters { }",
        Subject.ASPECT: "public class loggedAspect { }",
        Subject.CLASS: "public interface Circle { }",
        Subject.DELEGATE: "public class OnDone { }",
        Subject.INTERFACE: "public class IShape { }",
        Subject.STRUCT: "public class Point { }",
    }[about]


def _visibility() -> list[VeinRule]:
    found = []
    for about in _VISIBLE:
        declared = _DECLARED[about]
        found += [
            VeinRule(
                about=about,
                fact=Fact.VISIBILITY_NARROWED,
                title=f"A public {about} is no longer public.",
                message=f"{about} '{{symbol}}' is no longer public",
                rows=_always(Level.MAJOR, _DOCUMENTED),
                old=declared,
                new=_hidden(declared),
                client=_NAMES_IT,
                advice=_KEEP,
            ),
            VeinRule(
                about=about,
                fact=Fact.VISIBILITY_WIDENED,
                title=f"A {about} became public.",
                message=f"{about} '{{symbol}}' is public now",
                rows=_always(Level.MINOR, _GREW),
                old=_hidden(declared),
                new=declared,
            ),
        ]
    return found


def _statics_and_bases() -> list[VeinRule]:
    """Return the rules about `static` and the bases of classes, interfaces and structs."""
    found = []
    for about in _WITH_MEMBERS:
        declared = _DECLARED[about]
        static = declared.replace("public ", "public static ")
        name = declared.split()[2]
        based = declared.replace(name, f"{name} : IBase")
        base_added = (
            _always(Level.MAJOR, "Whoever implements it has to implement the new base as well.")
            if about is Subject.INTERFACE
            else _always(Level.MINOR, _GREW)
        )
        found += [
            VeinRule(
                about=about,
                fact=Fact.STATIC_ADDED,
                title=f"A {about} became static.",
                message=f"{about} '{{symbol}}' is static now",
                rows=_always(Level.MAJOR, "To make a value of it is an error now."),
                old=declared,
                new=static,
                client="let value = new {type}();",
                advice="Add a static class beside it.",
            ),
            VeinRule(
                about=about,
                fact=Fact.STATIC_REMOVED,
                title=f"A {about} is no longer static.",
                message=f"{about} '{{symbol}}' is no longer static",
                rows=_always(
                    Level.MAJOR,
                    "Static calls still link, but what clients may do with the type is another thing.",
                ),
                old=static,
                new=declared,
            ),
            VeinRule(
                about=about,
                fact=Fact.BASE_REMOVED,
                title=f"A {about} lost a base.",
                message=f"{about} '{{symbol}}' is no longer a {{before}}",
                rows=_always(
                    Level.MAJOR, "Clients that use it as its base, or members of that, no longer compile."
                ),
                old=f"public interface IBase {{ }}\n{based}",
                new=f"public interface IBase {{ }}\n{declared}",
                client="let value: {before} = given;",
                advice="Keep the base.",
            ),
            VeinRule(
                about=about,
                fact=Fact.BASE_ADDED,
                title=f"A {about} got a base.",
                message=f"{about} '{{symbol}}' is a {{after}} now",
                rows=base_added,
                old=f"public interface IBase {{ }}\n{declared}",
                new=f"public interface IBase {{ }}\n{based}",
                client="class Mine : {type} {{ }}" if about is Subject.INTERFACE else None,
                advice="Add a new interface with both bases." if about is Subject.INTERFACE else None,
            ),
        ]
    return found


def _abstractness() -> list[VeinRule]:
    """Return the rules about `abstract`, which interfaces are without the word."""
    found = []
    for about in (Subject.CLASS, Subject.STRUCT):
        declared = _DECLARED[about]
        abstract = declared.replace("public ", "public abstract ")
        found += [
            VeinRule(
                about=about,
                fact=Fact.ABSTRACT_ADDED,
                title=f"A {about} became abstract.",
                message=f"{about} '{{symbol}}' is abstract now",
                rows=_always(Level.MAJOR, _DOCUMENTED),
                old=declared,
                new=abstract,
                client="let value = new {type}();",
                advice="Add an abstract class as its base.",
            ),
            VeinRule(
                about=about,
                fact=Fact.ABSTRACT_REMOVED,
                title=f"A {about} is no longer abstract.",
                message=f"{about} '{{symbol}}' is no longer abstract",
                rows=_always(Level.MINOR, _GREW),
                old=abstract,
                new=declared,
            ),
        ]
    return found


_PARTS: Final = [
    VeinRule(
        about=Subject.ALIAS,
        fact=Fact.RETARGETED,
        title="An alias stands for another type.",
        message="alias '{symbol}' stands for {after}, no longer for {before}",
        rows=_always(
            Level.MAJOR,
            "Wherever clients write it they mean another type now, and link names hold the old one.",
        ),
        old="global alias Meters <| f64;",
        new="global alias Meters <| f32;",
        client="let value: {type} = given;",
        advice="Add another alias.",
    ),
    VeinRule(
        about=Subject.DELEGATE,
        fact=Fact.SIGNATURE_CHANGED,
        title="A delegate takes or returns something else.",
        message="delegate '{symbol}' has another signature",
        rows=_always(Level.MAJOR, "Functions that clients hand over no longer fit."),
        old="global alias OnDone <| (code: i32): void;",
        new="global alias OnDone <| (code: string): void;",
        client="let handler: {type} = given;",
        advice="Add another delegate.",
    ),
    VeinRule(
        about=Subject.ASPECT,
        fact=Fact.PARAMETERS_CHANGED,
        title="An aspect takes other arguments.",
        message="aspect '{symbol}' has other parameters",
        rows=_always(Level.MAJOR, "Where clients write it its arguments no longer fit."),
        old="aspect logged(name: string);",
        new="aspect logged(level: i32);",
        client="[{type}] class Mine {{ }}",
        advice="Add another aspect.",
    ),
    VeinRule(
        about=Subject.ASPECT_USE,
        fact=Fact.ADDED,
        title="A declaration has one more aspect.",
        message="'{symbol}' has the aspect {after}",
        rows=(
            VeinRow(
                Level.MINOR,
                "Clients are told to look for something else.",
                Condition.ADDS_DEPRECATION,
            ),
            VeinRow(Level.PATCH, "Nothing that clients write depends on it."),
        ),
        old="public class Circle { }",
        new="[logged] public class Circle { }",
    ),
    VeinRule(
        about=Subject.ASPECT_USE,
        fact=Fact.REMOVED,
        title="A declaration has an aspect no longer.",
        message="'{symbol}' no longer has the aspect {before}",
        rows=_always(Level.PATCH, "Nothing that clients write depends on it."),
        old="[logged] public class Circle { }",
        new="public class Circle { }",
    ),
    VeinRule(
        about=Subject.CONSTRAINT,
        fact=Fact.ADDED,
        title="A type parameter has one more constraint.",
        message="'{symbol}' demands {after}",
        rows=_always(Level.MAJOR, "Type arguments that fitted are refused."),
        old="public class Box<T> { }",
        new="public class Box<T> when T is Object { }",
        client="let value: {type};",
        advice="Add another type with the constraint.",
    ),
    VeinRule(
        about=Subject.CONSTRAINT,
        fact=Fact.REMOVED,
        title="A type parameter has a constraint no longer.",
        message="'{symbol}' no longer demands {before}",
        rows=_always(Level.MINOR, "More type arguments fit."),
        old="public class Box<T> when T is Object { }",
        new="public class Box<T> { }",
    ),
    VeinRule(
        about=Subject.TYPE_PARAMETER,
        fact=Fact.RENAMED,
        title="A type parameter has another name.",
        message="type parameter {before} of '{symbol}' is called {after}",
        rows=(
            VeinRow(
                Level.MAJOR,
                "Link names of the members that mention it hold its name.",
                Condition.IN_SIGNATURE,
            ),
            VeinRow(Level.PATCH, "Clients do not name it."),
        ),
        old="public class Box<T> { public value: T; }",
        new="public class Box<Item> { public value: Item; }",
        client="let item = box.value;",
        advice="Keep the name.",
        certainty=Certainty.ASSUMED,
    ),
]

TYPE_RULES: Final = (*_kinds(), *_visibility(), *_statics_and_bases(), *_abstractness(), *_PARTS)
"""All rules about types."""
