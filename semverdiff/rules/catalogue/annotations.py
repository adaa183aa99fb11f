"""Annotations, declared and put on API elements (compatibility contract, 2.10)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact, Subject
from semverdiff.config import Policy, PolicyValue
from semverdiff.rules.conditions import PolicyIs
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import always, major, minor, on, otherwise, patch, tolerated, when
from semverdiff.rules.model import Certainty
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    KEEP_OLD_NAME,
    NEW_NAME,
    SECOND_DECLARATION,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


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


ENTRIES = (
    Entry(
        fact=Fact.ADDED,
        title="An annotation was added.",
        message="annotation '$name' is added",
        levels=always(
            Subject.ANNOTATION,
            minor("Nobody breaks: names of other modules are always written with a prefix."),
        ),
        example=Code("Audited", "", "public annotation Audited on type;"),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="An annotation was removed.",
        message="annotation '$name' is removed",
        levels=always(Subject.ANNOTATION, major("Clients that use the annotation find it unknown.", _WRITE)),
        remediation=DEPRECATE_FIRST,
        example=Code("Audited", "public annotation Audited on type;", ""),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="An annotation was renamed.",
        message="annotation '$name' is renamed[ to '$new']",
        levels=always(Subject.ANNOTATION, major("Clients that use the old name find it unknown.", _WRITE)),
        remediation=KEEP_OLD_NAME,
        example=Code("Audited", "public annotation Audited on type;", "public annotation Recorded on type;"),
    ),
    Entry(
        fact=Fact.VISIBILITY_REDUCED,
        title="An annotation is no longer public.",
        message="'public' qualifier is removed from annotation '$name'",
        levels=always(
            Subject.ANNOTATION, major("Clients of other modules no longer see the annotation.", _WRITE)
        ),
        remediation=DEPRECATE_FIRST,
        example=Code("Audited", "public annotation Audited on type;", "annotation Audited on type;"),
    ),
    Entry(
        fact=Fact.ATTACH_POINT_ADDED,
        title="An annotation may be put on more things.",
        message="attach point[ '$new'] of annotation '$declaring' is added",
        levels=always(Subject.ANNOTATION, minor("Nobody breaks: the old attach points remain.")),
        example=Code(
            "Audited", "public annotation Audited on type;", "public annotation Audited on type, class;"
        ),
    ),
    Entry(
        fact=Fact.ATTACH_POINT_REMOVED,
        title="An annotation may be put on fewer things.",
        message="attach point[ '$old'] of annotation '$declaring' is removed",
        levels=always(Subject.ANNOTATION, major("Clients that put the annotation there are refused.")),
        remediation=DEPRECATE_FIRST,
        example=Code(
            "Audited", "public annotation Audited on type, class;", "public annotation Audited on type;"
        ),
    ),
    Entry(
        fact=Fact.SOURCE_ADDED,
        title="`source` was added to an attach point.",
        message="'source' is added to attach point[ '$new'] of annotation '$declaring'",
        levels=always(
            Subject.ANNOTATION,
            major(
                "Clients that read the annotation at run time find none.",
                "var value = (typeof v).@$prefix:$name;",
            ),
        ),
        remediation=SECOND_DECLARATION,
        example=Code(
            "Audited",
            "public const annotation Audited on type;",
            "public const annotation Audited on source type;",
        ),
    ),
    Entry(
        fact=Fact.SOURCE_REMOVED,
        title="`source` was removed from an attach point.",
        message="'source' is removed from attach point[ '$old'] of annotation '$declaring'",
        levels=always(
            Subject.ANNOTATION, minor("Nobody breaks: the annotation is available at run time, too.")
        ),
        example=Code(
            "Audited",
            "public const annotation Audited on source type;",
            "public const annotation Audited on type;",
        ),
    ),
    Entry(
        fact=Fact.CONST_ADDED,
        title="An annotation became const.",
        message="'const' qualifier is added",
        levels=always(
            Subject.ANNOTATION, major("Clients that give a value which is not constant are refused.")
        ),
        remediation=SECOND_DECLARATION,
        example=Code(
            "Audited", "public annotation Audited on type;", "public const annotation Audited on type;"
        ),
    ),
    Entry(
        fact=Fact.CONST_REMOVED,
        title="An annotation is no longer const.",
        message="'const' qualifier is removed",
        levels=always(Subject.ANNOTATION, minor("Nobody breaks: constant values still fit.")),
        example=Code(
            "Audited", "public const annotation Audited on type;", "public annotation Audited on type;"
        ),
    ),
    Entry(
        fact=Fact.TYPE_CHANGED,
        title=(
            "An annotation has another value: added, dropped, unrelated, repeatable or no longer repeatable."
        ),
        message="type of annotation '$name' is changed[ from '$old' to '$new']",
        levels=always(
            Subject.ANNOTATION,
            major("Clients that give the value, or read it, as the old type are refused.", _READ),
        ),
        remediation=NEW_NAME,
        example=Code(
            "Audited",
            "public annotation map<int> Audited on type;",
            "public annotation map<string> Audited on type;",
        ),
    ),
    Entry(
        fact=Fact.TYPE_WIDENED,
        title="The value of an annotation accepts more.",
        message="type of annotation '$name' is widened[ from '$old' to '$new']",
        levels=always(
            Subject.ANNOTATION, major("Clients that read the value as the old type are refused.", _READ)
        ),
        remediation=SECOND_FOR_WIDER,
        example=Code(
            "Audited",
            "public annotation map<int> Audited on type;",
            "public annotation map<int|string> Audited on type;",
        ),
    ),
    Entry(
        fact=Fact.TYPE_NARROWED,
        title="The value of an annotation accepts less.",
        message="type of annotation '$name' is narrowed[ from '$old' to '$new']",
        levels=always(
            Subject.ANNOTATION, major("Clients that give a value of the old type are refused.", _WRITE_VALUE)
        ),
        remediation=KEEP_ACCEPTING,
        example=Code(
            "Audited",
            "public annotation map<int|string> Audited on type;",
            "public annotation map<int> Audited on type;",
        ),
    ),
    Entry(
        fact=Fact.TYPE_RESPELLED,
        title="The value type of an annotation is written differently.",
        message="type of annotation '$name' is written differently[: '$new' for '$old']",
        levels=always(Subject.ANNOTATION, patch("Nobody breaks: the types are equal.")),
        example=Code(
            "Audited",
            "public annotation map<int|string> Audited on type;",
            "public annotation map<string|int> Audited on type;",
        ),
    ),
    Entry(
        fact=Fact.METADATA_CHANGED,
        title="An annotation on an API element changed that carries no contract (`@display`, ...).",
        message="annotation[ '$annotation'] of '$symbol' is $verb",
        levels=always(Subject.ANNOTATION, patch("Nobody breaks: the annotation carries no contract.")),
        example=Code(
            "createOrder",
            before="""\
@display {label: "Order"}
public function createOrder() = external;""",
            after="""\
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
