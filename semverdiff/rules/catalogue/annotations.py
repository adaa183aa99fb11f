"""Facts about annotations, declared and put on API elements (compatibility contract, 2.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.model import Certainty
from semverdiff.rules.tables import always, fact, major, minor, on, otherwise, patch, tolerated, when

if TYPE_CHECKING:
    from semverdiff.rules.entries import Effect, Fact

__all__ = ["FACTS"]

_WRITE = """\
@$prefix:$name
public type Mine record {};"""
_WRITE_VALUE = """\
@$prefix:$name {key: value}
public type Mine record {};"""
_READ = "$old_optional value = (typeof v).@$prefix:$name;"
_MEANING_ELSEWHERE = (
    "Network clients or accepted values may break: "
    "a compiler plugin or library gives the annotation its meaning."
)


def _annotation(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always("annotation", effect))


FACTS = (
    _annotation(
        "added",
        "An annotation was added.",
        "annotation '$name' is added",
        minor("Nobody breaks: names of other modules are always written with a prefix."),
    ),
    _annotation(
        "removed",
        "An annotation was removed.",
        "annotation '$name' is removed",
        major("Clients that use the annotation find it unknown.", _WRITE),
    ),
    _annotation(
        "renamed",
        "An annotation was renamed.",
        "annotation '$name' is renamed[ to '$new']",
        major("Clients that use the old name find it unknown.", _WRITE),
    ),
    _annotation(
        "visibility-reduced",
        "An annotation is no longer public.",
        "'public' qualifier is removed from annotation '$name'",
        major("Clients of other modules no longer see the annotation.", _WRITE),
    ),
    _annotation(
        "attach-point-added",
        "An annotation may be put on more things.",
        "attach point[ '$new'] of annotation '$owner' is added",
        minor("Nobody breaks: the old attach points remain."),
    ),
    _annotation(
        "attach-point-removed",
        "An annotation may be put on fewer things.",
        "attach point[ '$old'] of annotation '$owner' is removed",
        major("Clients that put the annotation there are refused."),
    ),
    _annotation(
        "source-added",
        "`source` was added to an attach point.",
        "'source' is added to attach point[ '$new'] of annotation '$owner'",
        major(
            "Clients that read the annotation at run time find none.",
            "var value = (typeof v).@$prefix:$name;",
        ),
    ),
    _annotation(
        "source-removed",
        "`source` was removed from an attach point.",
        "'source' is removed from attach point[ '$old'] of annotation '$owner'",
        minor("Nobody breaks: the annotation is available at run time, too."),
    ),
    _annotation(
        "const-added",
        "An annotation became const.",
        "'const' qualifier is added",
        major("Clients that give a value which is not constant are refused."),
    ),
    _annotation(
        "const-removed",
        "An annotation is no longer const.",
        "'const' qualifier is removed",
        minor("Nobody breaks: constant values still fit."),
    ),
    _annotation(
        "type-changed",
        "An annotation has another value: added, dropped, unrelated, repeatable or no longer repeatable.",
        "type of annotation '$name' is changed[ from '$old' to '$new']",
        major("Clients that give the value, or read it, as the old type are refused.", _READ),
    ),
    _annotation(
        "type-widened",
        "The value of an annotation accepts more.",
        "type of annotation '$name' is widened[ from '$old' to '$new']",
        major("Clients that read the value as the old type are refused.", _READ),
    ),
    _annotation(
        "type-narrowed",
        "The value of an annotation accepts less.",
        "type of annotation '$name' is narrowed[ from '$old' to '$new']",
        major("Clients that give a value of the old type are refused.", _WRITE_VALUE),
    ),
    _annotation(
        "type-respelled",
        "The value type of an annotation is written differently.",
        "type of annotation '$name' is written differently[: '$new' for '$old']",
        patch("Nobody breaks: the types are equal."),
    ),
    _annotation(
        "metadata-changed",
        "An annotation on an API element changed that carries no contract (`@display`, ...).",
        "annotation[ '$annotation'] of '$symbol' is $verb",
        patch("Nobody breaks: the annotation carries no contract."),
    ),
    fact(
        "annotation-changed",
        "An annotation on an API element changed that a compiler plugin or library reads as contract.",
        "contract annotation[ '$annotation'] of '$symbol' is $verb",
        on(
            "contract",
            when("policy undecided = minor", then=tolerated(_MEANING_ELSEWHERE)),
            otherwise(major(_MEANING_ELSEWHERE)),
        ),
        certainty=Certainty.UNDECIDED,
    ),
)
