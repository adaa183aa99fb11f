"""A finding as far as uses are judged by it, and its facts by what they do to uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import rules
from semverdiff.clients.uses import Use as ClientUse
from semverdiff.compare import facts
from semverdiff.compare.facts import Fact, Kind, Subject
from semverdiff.enums import StrEnum
from semverdiff.impact.model import UseKind
from semverdiff.impact.touches import MODULE
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.api import Origin
    from semverdiff.rules import Finding

__all__ = [
    "CALLS",
    "CALL_USES",
    "FIELD_TYPES",
    "FURTHER_FIELDS",
    "IMPLEMENTERS",
    "LOSSES",
    "PARAMETER_TYPES",
    "RESULTS",
    "SHAPES",
    "WANTED",
    "Question",
    "Ruling",
    "Verdict",
    "question_of",
]


class Verdict(StrEnum):
    """What becomes of a use."""

    BREAKS = "breaks"
    UNKNOWN = "could not tell"
    SURVIVES = "survives"


Ruling = tuple[Verdict, str]
"""A verdict, and the reason in half a sentence."""


class Question(msgspec.Struct, frozen=True):
    """A finding as far as uses are judged by it.

    `symbol` is the declaration or member that is used, `owner` the declaration that it is a member of, or
    itself; `part` the parameter or field that changed. `uses` are those that break by the rule.
    """

    finding: Finding
    subject: Subject
    fact: Fact
    symbol: Origin
    owner: Origin
    part: str
    uses: frozenset[ClientUse]

    @property
    def is_told(self) -> bool:
        """Return whether sources tell who is concerned.

        Services are used over the network, and values of configurable variables stand in Config.toml.
        """
        return self.subject not in {Subject.CONFIGURABLE, Subject.CONTRACT, Subject.SERVICE}

    @property
    def member(self) -> str:
        """Return the name of the member by which clients know it in its declaration."""
        return self.symbol[1][len(self.owner[1]) :].lstrip(".")

    @property
    def is_member(self) -> bool:
        """Return whether it is about a member of a declaration."""
        return self.symbol != self.owner


_MEMBER_KINDS: Final = frozenset(
    {Kind.METHOD, Kind.REMOTE_METHOD, Kind.RESOURCE, Kind.FIELD, Kind.ENUM_MEMBER}
)
CALLS: Final = frozenset({UseKind.CALL, UseKind.NEW})
FIELD_TYPES: Final = frozenset(
    {
        Fact.DEFAULTABLE_TO_OPTIONAL,
        Fact.FIELD_TYPE_CHANGED,
        Fact.FIELD_TYPE_NARROWED,
        Fact.FIELD_TYPE_WIDENED,
        Fact.FINAL_FIELD_TYPE_NARROWED,
        Fact.FINAL_FIELD_TYPE_WIDENED,
        Fact.MADE_OPTIONAL,
        Fact.OPTIONAL_TO_DEFAULTABLE,
        Fact.TYPE_CHANGED,
        Fact.TYPE_NARROWED,
        Fact.TYPE_WIDENED,
        Fact.TYPE_WIDENED_AMBIGUOUS,
    }
)
FURTHER_FIELDS: Final = frozenset(
    {
        Fact.AGAINST_REST_TYPE_ADDED,
        Fact.DECLARED_FIELD_SET_CHANGED,
        Fact.DEFAULTABLE_ADDED,
        Fact.OPTIONAL_ADDED,
    }
)
WANTED: Final = frozenset({Fact.REQUIRED_ADDED, Fact.MADE_REQUIRED, Fact.DEFAULT_REMOVED})
# Uses by which a rule says that calls break, and not only implementers.
CALL_USES: Final = frozenset(
    {
        ClientUse.CALL,
        ClientUse.CALL_AMBIGUOUSLY,
        ClientUse.CALL_BY_NAME,
        ClientUse.CALL_IN_FULL,
        ClientUse.CALL_IN_TYPE_TEST,
        ClientUse.CALL_ISOLATED,
        ClientUse.CALL_WITH_CHECK,
        ClientUse.CALL_WITH_FIELD,
        ClientUse.CALL_WITH_KEY,
        ClientUse.CALL_WITH_OLD,
        ClientUse.CALL_WITH_RECORD,
        ClientUse.CALL_WITH_REST,
        ClientUse.COMPARE_RESULT,
        ClientUse.CONSTRUCT,
        ClientUse.CONSTRUCT_CHECKED,
        ClientUse.CONSTRUCT_ISOLATED,
        ClientUse.GIVE_FUNCTION,
        ClientUse.RESULT,
        ClientUse.WRITE_RESULT,
    }
)
IMPLEMENTERS: Final = frozenset(
    {Fact.FIELD_ADDED, Fact.METHOD_ADDED, Fact.REMOTE_METHOD_ADDED, Fact.RESOURCE_ADDED}
)
# What takes a name away: whatever says the name breaks. Details of errors are judged as those of records.
LOSSES: Final = facts.LOSSES - {Fact.DETAIL_FIELD_REMOVED, Fact.DETAIL_FIELD_RENAMED}
SHAPES: Final = frozenset(
    {
        Fact.INIT_ADDED,
        Fact.PARAMETERS_COLLAPSED,
        Fact.PARAMETERS_EXPANDED,
        Fact.PARAMETERS_REORDERED,
        Fact.PARAMETER_DEFAULTABLE_INSERTED,
        Fact.PARAMETER_DEFAULT_REMOVED,
        Fact.PARAMETER_REMOVED,
        Fact.PARAMETER_RENAMED,
        Fact.PARAMETER_REQUIRED_ADDED,
        Fact.PARAMETER_REST_REMOVED,
        Fact.PARAMETER_DEFAULTABLE_ADDED,
        Fact.PARAMETER_INCLUDED_ADDED,
        Fact.PARAMETER_REST_ADDED,
    }
)
"""What changes how many arguments a call has, their order or their names."""
PARAMETER_TYPES: Final = frozenset(
    {
        Fact.PARAMETER_DECLARED_FIELD_SET_CHANGED,
        Fact.PARAMETER_INCLUDED_RECORD_CHANGED,
        Fact.PARAMETER_INCLUSION_REMOVED,
        Fact.PARAMETER_INCLUSION_ADDED,
        Fact.PARAMETER_MUTABLE_MEMBER_NARROWED,
        Fact.PARAMETER_REST_TYPE_CHANGED,
        Fact.PARAMETER_REST_TYPE_NARROWED,
        Fact.PARAMETER_REST_TYPE_WIDENED,
        Fact.PARAMETER_REST_TYPE_WIDENED_AMBIGUOUS,
        Fact.PARAMETER_TYPE_CHANGED,
        Fact.PARAMETER_TYPE_NARROWED,
        Fact.PARAMETER_TYPE_WIDENED,
        Fact.PARAMETER_TYPE_WIDENED_AMBIGUOUS,
    }
)
RESULTS: Final = frozenset(
    {
        Fact.RETURN_DEPENDENT_ADDED,
        Fact.RETURN_DEPENDENT_REMOVED,
        Fact.RETURN_ERROR_ADDED,
        Fact.RETURN_ERROR_REMOVED,
        Fact.RETURN_MUTABLE_MEMBER_NARROWED,
        Fact.RETURN_NEVER,
        Fact.RETURN_ONLY_ERRORS,
        Fact.RETURN_READONLY_ADDED,
        Fact.RETURN_READONLY_REMOVED,
        Fact.RETURN_TYPE_ADDED,
        Fact.RETURN_TYPE_CHANGED,
        Fact.RETURN_TYPE_NARROWED,
        Fact.RETURN_TYPE_REMOVED,
        Fact.RETURN_TYPE_WIDENED,
        Fact.ERROR_ADDED,
    }
)


def question_of(finding: Finding) -> Question | None:
    """Return what uses are judged by; None for a finding of a rule that the catalogue has not."""
    rule = rules.rule(finding.rule)
    if rule is None:
        return None
    uses = frozenset(
        row.effect.client
        for row in rule.rows
        if row.effect.client is not None and Level.MAJOR in {row.effect.level, row.effect.strict}
    )
    owner = finding.module, ""
    name = part = ""
    for step in finding.trail:
        kind = step.kind
        if kind == Kind.PARAMETER:
            part = part or step.name
        elif kind in _MEMBER_KINDS and name:
            if rule.subject is Subject.ERROR:
                part = step.name
                continue
            symbol = f"{name}[{step.name}]" if kind == Kind.RESOURCE else f"{name}.{step.name}"
            part = step.name if kind == Kind.FIELD and not part else part
            name = symbol
        elif not name:
            name = f"@{step.name}" if kind == Kind.ANNOTATION else step.name
            owner = finding.module, name
    if rule.subject in {Subject.MODULE, Subject.PACKAGE}:
        name, owner = MODULE, (finding.module, MODULE)
    return Question(finding, rule.subject, rule.entry.fact, (finding.module, name), owner, part, uses)
