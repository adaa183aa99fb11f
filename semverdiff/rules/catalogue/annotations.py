"""Annotations, declared and put on API elements (compatibility contract, 2.10)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact, Subject
from semverdiff.config import Policy, PolicyValue
from semverdiff.rules.conditions import PolicyIs
from semverdiff.rules.effects import major, minor, on, otherwise, patch, tolerated, when
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code
from semverdiff.rules.model import Certainty
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    NEW_NAME,
    SECOND_DECLARATION,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


_MEANING_ELSEWHERE = (
    "Network clients or accepted values may break: "
    "a compiler plugin or library gives the annotation its meaning."
)

_ANNOTATION = Element(Subject.ANNOTATION, "annotation '$name'", partial(Code, "Audited"))
_TYPE = _ANNOTATION.of("type")
_CONST = _ANNOTATION.named("'const' qualifier")


ENTRIES = (
    # annotation-added, annotation-removed, annotation-renamed, annotation-visibility-reduced
    *_ANNOTATION.existence(
        "an annotation",
        Use.ANNOTATE,
        "public annotation Audited on type;",
        "public annotation Recorded on type;",
    ),
    _ANNOTATION.entry(
        Fact.ATTACH_POINT_ADDED,
        "An annotation may be put on more things.",
        "attach point[ '$new'] of annotation '$declaring' is added",
        minor("Nobody breaks: the old attach points remain."),
        ("public annotation Audited on type;", "public annotation Audited on type, class;"),
    ),
    _ANNOTATION.entry(
        Fact.ATTACH_POINT_REMOVED,
        "An annotation may be put on fewer things.",
        "attach point[ '$old'] of annotation '$declaring' is removed",
        major("Clients that put the annotation there are refused.", Use.ANNOTATE),
        ("public annotation Audited on type, class;", "public annotation Audited on type;"),
        DEPRECATE_FIRST,
    ),
    _ANNOTATION.entry(
        Fact.SOURCE_ADDED,
        "`source` was added to an attach point.",
        "'source' is added to attach point[ '$new'] of annotation '$declaring'",
        major(
            "Clients that read the annotation at run time find none.",
            Use.READ_ANNOTATION,
        ),
        ("public const annotation Audited on type;", "public const annotation Audited on source type;"),
        SECOND_DECLARATION,
    ),
    _ANNOTATION.entry(
        Fact.SOURCE_REMOVED,
        "`source` was removed from an attach point.",
        "'source' is removed from attach point[ '$old'] of annotation '$declaring'",
        minor("Nobody breaks: the annotation is available at run time, too."),
        ("public const annotation Audited on source type;", "public const annotation Audited on type;"),
    ),
    _CONST.added(
        Fact.CONST_ADDED,
        "An annotation became const.",
        major("Clients that give a value which is not constant are refused.", Use.ANNOTATE_NOT_CONSTANT),
        ("public annotation map<int> Audited on type;", "public const annotation map<int> Audited on type;"),
        SECOND_DECLARATION,
    ),
    _CONST.removed(
        Fact.CONST_REMOVED,
        "An annotation is no longer const.",
        minor("Nobody breaks: constant values still fit."),
        ("public const annotation Audited on type;", "public annotation Audited on type;"),
    ),
    _TYPE.changed(
        Fact.TYPE_CHANGED,
        "An annotation has another value: added, dropped, unrelated, repeatable or no longer repeatable.",
        major("Clients that give the value, or read it, as the old type are refused.", Use.READ_ANNOTATION),
        ("public annotation map<int> Audited on type;", "public annotation map<string> Audited on type;"),
    ),
    _TYPE.widened(
        Fact.TYPE_WIDENED,
        "The value of an annotation accepts more.",
        major("Clients that read the value as the old type are refused.", Use.READ_ANNOTATION),
        ("public annotation map<int> Audited on type;", "public annotation map<int|string> Audited on type;"),
    ),
    _TYPE.narrowed(
        Fact.TYPE_NARROWED,
        "The value of an annotation accepts less.",
        major("Clients that give a value of the old type are refused.", Use.ANNOTATE),
        ("public annotation map<int|string> Audited on type;", "public annotation map<int> Audited on type;"),
    ),
    _TYPE.respelled(
        Fact.TYPE_RESPELLED,
        "The value type of an annotation is written differently.",
        (
            "public annotation map<int|string> Audited on type;",
            "public annotation map<string|int> Audited on type;",
        ),
    ),
    _ANNOTATION.shown(partial(Code, "createOrder")).entry(
        Fact.METADATA_CHANGED,
        "An annotation on an API element changed that carries no contract (`@display`, ...).",
        "annotation[ '$annotation'] of '$symbol' is $verb",
        patch("Nobody breaks: the annotation carries no contract."),
        (
            """\
@display {label: "Order"}
public function createOrder() = external;""",
            """\
@display {label: "Create order"}
public function createOrder() = external;""",
        ),
    ),
    Entry(
        fact=Fact.ANNOTATION_CHANGED,
        title=(
            "An annotation on an API element changed that a compiler plugin or library reads as contract."
        ),
        message="contract annotation[ '$annotation'] of '$symbol' is $verb",
        levels=on(
            Subject.CONTRACT,
            when(PolicyIs(Policy.UNDECIDED, PolicyValue.MINOR), then=tolerated(_MEANING_ELSEWHERE)),
            otherwise(major(_MEANING_ELSEWHERE)),
        ),
        remediation=NEW_NAME,
        example=Code(
            "Name",
            """\
import ballerina/constraint;

@constraint:String {maxLength: 80}
public type Name string;""",
            """\
import ballerina/constraint;

@constraint:String {maxLength: 40}
public type Name string;""",
        ),
        certainty=Certainty.UNDECIDED,
    ),
)
