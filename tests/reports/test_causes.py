"""What findings are grouped by, as a table, and what holds of every grouping."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from reports.strategies import findings as any_findings
from reports.strategies import law
from support.findings import finding, of_rule

from semverdiff.changes import DependencyVersions, Excerpt, Step
from semverdiff.reports import CauseKind, causes_of
from semverdiff.rules import Certainty
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.rules import Finding


def _excerpt(text: str) -> Excerpt:
    return Excerpt(text, "lib.bal", 1, 1)


def _typed(rule: str, old: str, new: str, symbol: str = "get") -> Finding:
    return replace(of_rule(rule, Level.MAJOR), old=_excerpt(old), new=_excerpt(new), symbol=symbol)


def _renamed(old: str, new: str) -> Finding:
    trail = (Step("record", "Order"), Step("field", old))
    return replace(of_rule("record-field-renamed", Level.MAJOR), trail=trail, replacement=new)


def _moved(symbol: str, module: str = "shop.errors") -> Finding:
    return replace(of_rule("symbol-moved-to-other-module", Level.MAJOR), symbol=symbol, replacement=module)


RETURN = "function-return-type-changed"
RAISED = DependencyVersions("acme/money", "1.0.0", "1.1.0")
SAME = DependencyVersions("acme/money", "1.1.0", "1.1.0")


class Row(NamedTuple):
    name: str
    findings: tuple[Finding, ...]
    causes: list[tuple[str, str, int]]


ROWS = [
    Row(
        "a type that changes alike in two places",
        (_typed(RETURN, "Order|Err", "Order|error"), _typed(RETURN, "Err|int[]", "error|int[]")),
        [("same-change", "A function returns an unrelated type: `Err` -> `error`", 2)],
    ),
    Row(
        "a type that changes in one place",
        (_typed(RETURN, "Order|Err", "Order|error"),),
        [("rule", "A function returns an unrelated type", 1)],
    ),
    Row(
        "a type that gets one member more, and one less",
        (
            _typed(RETURN, "A", "A?"),
            _typed(RETURN, "B", "B?"),
            _typed(RETURN, "A|B", "A"),
            _typed(RETURN, "C|B", "C"),
        ),
        [
            ("same-change", "A function returns an unrelated type: nothing -> `?`", 2),
            ("same-change", "A function returns an unrelated type: `|B` -> nothing", 2),
        ],
    ),
    Row(
        "types that are written alike",
        (_typed(RETURN, "A", "A"), _typed(RETURN, "B", "B")),
        [("rule", "A function returns an unrelated type", 2)],
    ),
    Row(
        "another convention for names",
        (
            _renamed("order_id", "orderId"),
            _renamed("Url", "url"),
            _typed(RETURN, "Order_body[]", "OrderBody[]"),
        ),
        [("naming", "Names of module 'shop' follow another convention", 3)],
    ),
    Row("another name", (_renamed("id", "number"),), [("rule", "A field was renamed", 1)]),
    Row(
        "moves to two modules, and what follows one of them",
        (
            _moved("NotFound"),
            _moved("Gone"),
            _moved("Tools", "shop.tools"),
            _typed("type-respelled", "NotFound & Base", "errors:NotFound & Base"),
            _typed("type-respelled", "Other & Base", "Base & Other"),
        ),
        [
            ("move", "Declarations of module 'shop' moved to 'shop.errors'", 3),
            ("move", "Declarations of module 'shop' moved to 'shop.tools'", 1),
            ("rule", "A type is written differently", 1),
        ],
    ),
    Row(
        "a dependency that was raised, and one that was not",
        (
            replace(finding(Level.MAJOR), dependency=RAISED),
            replace(_typed(RETURN, "A", "B"), dependency=RAISED),
            replace(finding(Level.MAJOR), dependency=SAME),
        ),
        [
            ("dependency", "Something changed that comes from acme/money, 1.0.0 -> 1.1.0", 2),
            ("rule", "A function was removed", 1),
        ],
    ),
    Row(
        "what could not be decided",
        (
            finding(Level.MAJOR, "undecided"),
            _typed(RETURN, "A", "B"),
            replace(_moved("X"), certainty=Certainty.UNDECIDED),
            *(replace(finding(Level.MAJOR, "undecided"), dependency=RAISED),) * 2,
        ),
        [
            ("undecided", "Could not be decided: A function was removed", 1),
            ("undecided", "Could not be decided: A symbol moved to another module of the package", 1),
            ("undecided", "Something that comes from acme/money, 1.0.0 -> 1.1.0 could not be decided", 2),
            ("rule", "A function returns an unrelated type", 1),
        ],
    ),
    Row("what is suppressed", (finding(Level.MAJOR, suppressed=True),), []),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_findings_are_grouped_by_what_made_them(row: Row) -> None:
    causes = [(one.kind.value, one.title, len(one.members)) for one in causes_of(row.findings)]
    assert sorted(causes) == sorted(row.causes)


def test_what_breaks_comes_first_then_what_happens_often() -> None:
    findings = (
        finding(Level.PATCH),
        of_rule("function-added", Level.MINOR),
        of_rule("type-removed", Level.MAJOR),
        *(of_rule("constant-removed", Level.MAJOR),) * 2,
    )
    causes = causes_of(findings)
    assert [(one.level, len(one.members)) for one in causes] == [
        (Level.MAJOR, 2), (Level.MAJOR, 1), (Level.MINOR, 1), (Level.PATCH, 1),
    ]  # fmt: skip


def test_a_cause_is_as_serious_as_the_worst_of_it() -> None:
    levels = (Level.PATCH, Level.MAJOR, Level.MINOR)
    (cause,) = causes_of([replace(finding(level), dependency=RAISED) for level in levels])
    assert (cause.kind, cause.level, cause.members) == (CauseKind.DEPENDENCY, Level.MAJOR, (0, 1, 2))


def test_what_a_rule_says_at_two_levels_has_two_causes() -> None:
    causes = causes_of((finding(Level.MINOR), finding(Level.MAJOR), finding(Level.MINOR)))
    assert [(one.kind, one.level, one.members) for one in causes] == [
        (CauseKind.RULE, Level.MAJOR, (1,)), (CauseKind.RULE, Level.MINOR, (0, 2)),
    ]  # fmt: skip


@law
@given(st.lists(any_findings, max_size=8).map(tuple))
def test_every_finding_that_counts_has_exactly_one_cause(findings: tuple[Finding, ...]) -> None:
    members = [index for cause in causes_of(findings) for index in cause.members]
    assert sorted(members) == [at for at, one in enumerate(findings) if one.suppressed is None]
