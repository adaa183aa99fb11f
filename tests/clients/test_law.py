"""Every client parses, names what exists, is fine with the old version, and breaks with the new one."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from compare import test_composition as composition
from support.client_check import OWN_FILE, problems
from support.packages import package
from support.type_pairs import pair
from support.validity import mistakes

from semverdiff.api import Outlines, Surface
from semverdiff.clients import Writer
from semverdiff.compare import compare
from semverdiff.config import Policies, PolicyValue
from semverdiff.rules import Finding, all_rules, evaluate
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.rules import Rule
    from semverdiff.rules.examples import Versions

# What the types of a program do not show.
_PANICS = "-mutable-member-narrowed", "-readonly-added"  # the write compiles, and panics
_CALLBACK = "callback-"  # what the parameter of a client's function really is
_SILENT = (
    "-distinct-removed",  # a type test holds for more values
    "annotation-attach-point-removed",  # where annotations and services stand is not looked at
    "annotation-const-added",
    "annotation-source-added",
    "annotation-type-",
    "listener-attach-point-",
    "package-identity-changed",  # the organization, in a client that is checked inside of the package
)
_PAIRS = 400
_GENERATED = 600


def unseen(rule: str) -> bool:
    """Return whether a client of the rule need not be refused."""
    return rule.endswith(_PANICS) or any(part in rule for part in _SILENT)


def of_example(rule: Rule) -> Finding | None:
    """Return the finding of a rule about its own example, with its client."""
    versions = rule.example
    old, new = (Surface(package(*contents(versions, side)), Outlines()) for side in sides(versions))
    found = evaluate(compare(old, new), Policies(), strict=True, writer=Writer(old, new))
    return next((one for one in found if one.rule == rule.id), None)


def sides(versions: Versions) -> tuple[Mapping[str, str], Mapping[str, str]]:
    return versions.before, versions.after


def contents(versions: Versions, side: Mapping[str, str]) -> tuple[dict[str, str], str | None]:
    """Return the sources of a side, and its Ballerina.toml if it has one."""
    files = {path: text for path, text in side.items() if path.endswith(".bal")}
    files["lib.bal"] = f"{files.get('lib.bal', '')}\n{versions.around}"
    return files, side.get("Ballerina.toml")


RULES = {rule.id: rule for rule in all_rules()}


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_the_client_of_an_example_is_fine_before_and_refused_after(rule: str) -> None:
    found = of_example(RULES[rule])
    if found is None or found.client_program is None:
        return
    before, after = (
        problems(*contents(RULES[rule].example, side), found.client_program)
        for side in sides(RULES[rule].example)
    )
    files, manifest = contents(RULES[rule].example, RULES[rule].example.before)
    assert before == []
    assert mistakes({**files, OWN_FILE: found.client_program}, manifest) == []
    assert bool(after) or unseen(rule)


@pytest.mark.slow
def test_what_breaks_somebody_has_a_client_or_says_why_not() -> None:
    without = [
        rule.id
        for rule in RULES.values()
        if (found := of_example(rule)) is not None
        if found.level is Level.MAJOR and found.client is None and rule.rows[0].effect.client is not None
        if "No client is shown" not in (found.explanation or "")
    ]
    assert without == []


Pair = tuple[dict[str, str], dict[str, str]]


def pairs() -> Iterator[Pair]:
    """Yield pairs of versions: a change inside of a type, and the type by a new name, at random."""
    made = [
        (kind, place, body, transition)
        for kind in composition.KINDS.values()
        for place in (*composition.PLACES, *kind.places)
        for body in kind.changed
        for transition in (composition.declared, *composition.TRANSITIONS.values())
    ]
    for kind, place, body, transition in random.Random(1).sample(made, _PAIRS):  # noqa: S311 (no secret)
        old, new = composition.declared(kind, kind.body), transition(kind, body)
        yield composition.files(old, place), composition.files(new, place)


@pytest.mark.slow
def test_clients_of_random_pairs_are_fine_before_and_refused_after() -> None:
    manifest, count, wrong = composition.BOTH_MODULES, 0, []
    for old_files, new_files in pairs():
        outlines = Outlines()
        old, new = (Surface(package(files, manifest), outlines) for files in (old_files, new_files))
        for one in evaluate(compare(old, new), Policies(), strict=True, writer=Writer(old, new)):
            if one.client_program is None:
                continue
            count += 1
            before, after = (
                problems(files, manifest, one.client_program) for files in (old_files, new_files)
            )
            if before or not (after or unseen(one.rule)):
                wrong.append((one.rule, before, one.client_program, old_files, new_files))
    assert wrong == []
    assert count > _PAIRS


def broken(files: dict[str, str], program: str) -> list[str]:
    """Return what the new version refuses, or where the client panics."""
    return problems(files, None, program) or problems(files, None, program, runs=True)


@pytest.mark.slow
@pytest.mark.parametrize("constructed", [PolicyValue.YES, PolicyValue.NO])
def test_clients_of_generated_types_are_fine_before_and_refused_or_panic_after(
    constructed: PolicyValue,
) -> None:
    randomness, count, wrong = random.Random(constructed.value), 0, []  # noqa: S311 (no secret)
    policies = Policies(construct_output_records=constructed)
    for _ in range(_GENERATED):
        sources, outlines = pair(randomness), Outlines()
        old, new = (Surface(package(one), outlines) for one in (sources.old, sources.new))
        for one in evaluate(compare(old, new), policies, strict=True, writer=Writer(old, new)):
            if one.client_program is None:
                continue
            count += 1
            before = problems({"lib.bal": sources.old}, None, one.client_program)
            after = broken({"lib.bal": sources.new}, one.client_program)
            panics = one.rule.endswith(_PANICS) and not one.rule.startswith(_CALLBACK)
            if before or not (after or (unseen(one.rule) and not panics)):
                wrong.append((one.rule, before, one.client_program, sources.old, sources.new))
    assert wrong == []
    assert count > _GENERATED / 2
