"""A use that does not fit what changed has no client, and what is missing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from clients.test_law import contents, sides
from msgspec import structs
from support.packages import package

from semverdiff.api import Outlines, Surface
from semverdiff.clients import Use, Writer
from semverdiff.compare import compare
from semverdiff.rules import all_rules
from semverdiff.syntax import outline

if TYPE_CHECKING:
    from semverdiff.clients import Client
    from semverdiff.compare import Difference
    from semverdiff.rules import Rule

RULES = {rule.id: rule for rule in all_rules()}


def of_example(rule: Rule) -> tuple[Writer, list[Difference]]:
    """Return a writer between the versions of a rule's example, and the differences that the rule judges."""
    old, new = (Surface(package(*contents(rule.example, one)), Outlines()) for one in sides(rule.example))
    return Writer(old, new), [one for one in compare(old, new) if one.rule == rule.id]


def client(rule: str, use: Use) -> Client:
    writer, (first, *_) = of_example(RULES[rule])
    return writer.client(first, use)


UNFIT = {
    "an annotation that is new": (
        "annotation-added",
        Use.ANNOTATE,
        "the old version declares no public annotation 'Audited'",
    ),
    "an annotation without a value": (
        "annotation-attach-point-added",
        Use.ANNOTATE_NOT_CONSTANT,
        "the old annotation takes no value",
    ),
    "no inclusion": (
        "annotation-added",
        Use.ASSIGN_TO_INCLUDED,
        "it is not known which type was included",
    ),
    "no lost value": (
        "annotation-added",
        Use.COMPARE_FIELD,
        "no single value that is lost can be written",
    ),
    "no open constructor": (
        "annotation-added",
        Use.CONSTRUCT_AMBIGUOUSLY,
        "it is not known which constructor is ambiguous",
    ),
    "a name that is new": (
        "class-added",
        Use.ASSIGN_TO_OLD,
        "the old version declares no public 'Cart'",
    ),
    "no change of a type": (
        "annotation-added",
        Use.WRITE_RESULT,
        "it is not known what may no longer be written",
    ),
    "a function as a type": (
        "annotation-metadata-changed",
        Use.ASSIGN_TO_OLD,
        "the old type has no other spelling",
    ),
    "a function as a record": (
        "annotation-metadata-changed",
        Use.CONSTRUCT_FROM_OWN,
        "the old 'createOrder' is no record",
    ),
    "a function as an enum": (
        "annotation-metadata-changed",
        Use.EXHAUST,
        "the old version declares no enum of the name",
    ),
    "a function as an object": (
        "annotation-metadata-changed",
        Use.IMPLEMENT,
        "'createOrder' is no object type",
    ),
    "a function as a listener": (
        "annotation-metadata-changed",
        Use.LISTEN,
        "the listener is no class",
    ),
    "a function as a constant": (
        "annotation-metadata-changed",
        Use.NAME_VALUE,
        "the old version declares no constant of the name",
    ),
    "a function as an error": (
        "annotation-metadata-changed",
        Use.OWN_ERROR,
        "the detail has several parts",
    ),
    "a function as a value": (
        "annotation-metadata-changed",
        Use.READ,
        "the old version declares no value of the name",
    ),
    "a function as a variable": (
        "annotation-metadata-changed",
        Use.WRITE,
        "the type of the old variable is not written",
    ),
    "a parameter of a function as a whole": (
        "annotation-metadata-changed",
        Use.CALL_AMBIGUOUSLY,
        "the old version has no parameter 'createOrder'",
    ),
    "a function that is given to no parameter": (
        "annotation-metadata-changed",
        Use.GIVE_FUNCTION,
        "the difference is about no parameter",
    ),
    "a parameter that takes no function": (
        "function-parameter-declared-field-set-changed",
        Use.GIVE_FUNCTION,
        "the parameter takes no function",
    ),
    "a type test of nothing": (
        "annotation-metadata-changed",
        Use.CALL_IN_TYPE_TEST,
        "the result has no type to test",
    ),
    "a comparison of nothing": (
        "callback-parameter-mutable-member-narrowed",
        Use.COMPARE_RESULT,
        "only errors are left to compare",
    ),
    "no included record, by a field": (
        "annotation-metadata-changed",
        Use.CALL_WITH_FIELD,
        "the old version includes no record",
    ),
    "no included record, as a whole": (
        "annotation-metadata-changed",
        Use.CALL_WITH_RECORD,
        "the old version includes no record",
    ),
    "a parameter that takes no keys": (
        "callback-isolated-added",
        Use.CALL_WITH_KEY,
        "the old type takes no further keys",
    ),
    "a method of a whole class": (
        "class-client-qualifier-added",
        Use.CALL,
        "the old version declares no such method",
    ),
    "a parameter of a whole class": (
        "class-client-qualifier-added",
        Use.CALL_AMBIGUOUSLY,
        "the old version declares no such method",
    ),
    "a class that is no listener": (
        "class-client-qualifier-added",
        Use.LISTEN_BY_METHOD,
        "the old listener has no attach",
    ),
    "a field that is new, of a class": (
        "class-field-added",
        Use.READ,
        "the old version has no field 'total'",
    ),
    "a field that is new, of a record": (
        "record-field-against-rest-type-added",
        Use.READ,
        "the old version has no field 'note'",
    ),
    "a field that is new, of an error": (
        "error-detail-field-defaultable-added",
        Use.CONSTRUCT_WITH_FIELD,
        "the old detail has no field 'code'",
    ),
    "a member that is new, of an enum": (
        "enum-member-added",
        Use.NAME_VALUE,
        "the old enum has no such member",
    ),
    "a detail that is no record": (
        "error-detail-type-changed",
        Use.OWN_ERROR,
        "the detail is no record",
    ),
    "a key of a closed record": (
        "record-field-declared-field-set-changed",
        Use.READ_KEY,
        "the old record takes no further keys",
    ),
    "a field of a record without any": (
        "record-rest-type-widened-ambiguous",
        Use.READ,
        "the old record declares no field",
    ),
    "a field that can be written, of a record without any": (
        "record-rest-type-widened-ambiguous",
        Use.WRITE,
        "the old record has no field that can be written",
    ),
    "a write into a type without structure": (
        "callback-parameter-rest-type-changed",
        Use.WRITE_INTO,
        "what may no longer be written is not found by the form of the type",
    ),
    "a write into fields that are all readonly": (
        "record-field-readonly-added",
        Use.WRITE_RESULT,
        "it is not known what may no longer be written",
    ),
    "a listener whose init fails": (
        "init-body-changed",
        Use.LISTEN,
        "a value of its type may be an error",
    ),
}


@pytest.mark.parametrize(("rule", "use", "missing"), UNFIT.values(), ids=UNFIT)
def test_a_use_that_does_not_fit_has_no_client_and_the_reason_is_given(
    rule: str, use: Use, missing: str
) -> None:
    found = client(rule, use)
    assert (found.line, found.program, found.missing) == (None, None, missing)


RESULTS = {
    "a write into what is only widened": (
        "[int, int]",
        "[int, int|string]",
        Use.WRITE_RESULT,
        "what may no longer be written is not found by the form of the type",
    ),
    "a comparison of a list with a mapping": (
        "int[]",
        "map<int>",
        Use.COMPARE_RESULT,
        "no single value that is lost can be written",
    ),
}


@pytest.mark.parametrize(("old", "new", "use", "missing"), RESULTS.values(), ids=RESULTS)
def test_a_use_of_a_result_that_does_not_fit_what_changed_has_no_client(
    old: str, new: str, use: Use, missing: str
) -> None:
    texts = (f'public function f() returns {one} {{ panic error(""); }}' for one in (old, new))
    sides = [Surface(package(text), Outlines()) for text in texts]
    (only,) = compare(*sides)
    found = Writer(*sides).client(only, use)
    assert (found.line, found.program, found.missing) == (None, None, missing)


def test_a_difference_about_no_declaration_has_no_client() -> None:
    writer, (first, *_) = of_example(RULES["function-removed"])
    for use in (Use.CALL, Use.CONSTRUCT):
        found = writer.client(structs.replace(first, trail=()), use)
        assert (found.program, found.missing) == (None, "the difference is about no declaration")


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_of_every_use_there_is_a_program_that_parses_or_the_reason_why_not(rule: str) -> None:
    writer, differences = of_example(RULES[rule])
    wrong = []
    for use in Use:
        for found in (writer.client(one, use) for one in differences[:1]):
            program, missing = found.program, found.missing
            if program is None:
                wrong += [] if missing and found.line is None else [(use, "no reason")]
            elif missing is not None or outline(program.encode()).damages:
                wrong.append((use, program))
    assert wrong == []
