from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.vein_modules import module_of
from support.vein_sources import api_of

from semverdiff import vein
from semverdiff.changes import DependencyVersions
from semverdiff.config import Policies, PolicyValue
from semverdiff.rules import Certainty
from semverdiff.vein import catalogue
from semverdiff.vein.dependencies import compare_dependencies, shards_met
from semverdiff.vein.difference import Condition, Fact, Subject
from semverdiff.vein.evaluation import evaluate
from semverdiff.vein.module import (
    ClassFlag,
    FieldFlag,
    MethodFlag,
    ModuleClass,
    ModuleField,
    ModuleMethod,
    ModuleParameter,
    ModuleType,
    Signature,
)
from semverdiff.vein.rule import EXAMPLE_FILE
from semverdiff.vein.shard import ShardDependency
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.rules import Finding
    from semverdiff.vein.difference import VeinDifference
    from semverdiff.vein.rule import VeinRule

RULES = list(catalogue.all_rules())
WRITTEN = [rule for rule in RULES if not rule.is_compiled]
M, m, p = Level.MAJOR, Level.MINOR, Level.PATCH

# The table of the reference: the levels of each subject and fact, in the order of rows.
LEVELS = {
    "vein-class-removed": [M],
    "vein-class-moved": [M],
    "vein-class-added": [m],
    "vein-class-visibility-narrowed": [M],
    "vein-class-visibility-widened": [m],
    "vein-class-kind-changed": [M],
    "vein-class-static-added": [M],
    "vein-class-static-removed": [M],
    "vein-class-abstract-added": [M],
    "vein-class-abstract-removed": [m],
    "vein-class-base-removed": [M],
    "vein-class-base-added": [m],
    "vein-interface-base-added": [M],
    "vein-type-parameter-renamed": [M, p],
    "vein-constraint-added": [M],
    "vein-constraint-removed": [m],
    "vein-alias-retargeted": [M],
    "vein-delegate-signature-changed": [M],
    "vein-aspect-parameters-changed": [M],
    "vein-aspect-use-added": [m, p],
    "vein-aspect-use-removed": [p],
    "vein-method-removed": [M],
    "vein-constructor-removed": [M],
    "vein-property-removed": [M],
    "vein-field-removed": [M],
    "vein-method-added": [m],
    "vein-constructor-added": [m],
    "vein-property-added": [m],
    "vein-field-added": [m],
    "vein-method-overload-added": [m],
    "vein-interface-method-added": [M],
    "vein-interface-property-added": [M],
    "vein-method-abstract-added": [M],
    "vein-method-override-added": [p],
    "vein-method-override-removed": [p],
    "vein-method-signature-changed": [M],
    "vein-constructor-signature-changed": [M],
    "vein-method-return-type-changed": [M],
    "vein-method-type-arguments-changed": [M],
    "vein-method-parameter-renamed": [p],
    "vein-method-moved-to-base": [p, M],
    "vein-method-static-added": [M],
    "vein-method-static-removed": [M],
    "vein-property-static-added": [M],
    "vein-field-static-removed": [M],
    "vein-method-virtual-removed": [M],
    "vein-method-virtual-added": [m],
    "vein-method-visibility-narrowed": [M],
    "vein-constructor-visibility-widened": [m],
    "vein-constructor-implicit-removed": [M],
    "vein-property-type-changed": [M],
    "vein-property-setter-removed": [M],
    "vein-property-getter-removed": [M],
    "vein-property-setter-added": [M, m],
    "vein-property-to-field": [M],
    "vein-field-to-property": [M],
    "vein-property-to-computed": [M],
    "vein-field-type-changed": [M],
    "vein-field-readonly-added": [M],
    "vein-field-literal-removed": [M],
    "vein-field-readonly-removed": [m],
    "vein-field-literal-added": [m],
    "vein-field-constant-value-changed": [m],
    "vein-struct-field-added": [M],
    "vein-struct-field-removed": [M],
    "vein-struct-field-reordered": [M],
    "vein-struct-field-type-changed": [M],
    "vein-package-dependency-changed": [M, p],
}


def rule_named(rule_id: str) -> VeinRule:
    found = catalogue.rule(rule_id)
    assert found is not None, rule_id
    return found


def example_differences(rule: VeinRule) -> tuple[VeinDifference, ...]:
    return vein.compare_apis(*(api_of(text) if text else api_of("") for text in (rule.old, rule.new)))


def judged(differences: tuple[VeinDifference, ...], *, clients: bool = True) -> tuple[Finding, ...]:
    return evaluate(differences, Policies(), strict=False, clients=clients)


def test_levels_are_those_of_the_reference() -> None:
    for rule_id, levels in LEVELS.items():
        assert [row.level for row in rule_named(rule_id).rows] == levels, rule_id


@pytest.mark.parametrize("rule", WRITTEN, ids=lambda rule: rule.id)
def test_the_example_of_a_rule_gives_its_finding(rule: VeinRule) -> None:
    found = example_differences(rule)
    # The first constructor is added as well, and so is what a base has now.
    beside = {
        "vein-constructor-implicit-removed": {"vein-constructor-added"},
        "vein-method-moved-to-base": {"vein-method-added"},
    }
    assert {one.rule for one in found} - beside.get(rule.id, set()) == {rule.id}
    for text in (rule.old, rule.new):
        api = api_of(text or "")
        assert vein.compare_apis(api, api) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_breaks_and_how_to_avoid_it(rule: VeinRule) -> None:
    assert rule.title.endswith(".")
    assert rule.rows[-1].condition is None
    assert all(row.reason.endswith(".") for row in rule.rows)
    assert rule.subject == f"vein-{rule.about}"
    assert rule.levels == sorted({row.level for row in rule.rows}, reverse=True)
    assert rule.highest_level == rule.levels[0]
    if rule.highest_level < M:
        assert rule.client is None
        assert rule.remediation is None
    page = catalogue.rule_page(rule.id)
    assert page is not None
    assert (page.id, page.title, page.remediation) == (rule.id, rule.title, rule.remediation)
    assert len(page.levels) == len(rule.rows)
    assert set(page.before) | set(page.after) <= {EXAMPLE_FILE}


def test_ids_are_sorted_and_known() -> None:
    ids = [rule.id for rule in RULES]
    assert ids == sorted(set(ids))
    assert [rule.id for rule in catalogue.all_rules()] == ids
    assert catalogue.rule(ids[0]) is RULES[0]
    assert catalogue.rule("vein-nothing") is None
    assert catalogue.rule_page("vein-nothing") is None


def test_a_finding_has_the_words_and_places_of_its_difference() -> None:
    differences = example_differences(rule_named("vein-field-type-changed"))
    (finding,) = judged(differences)
    assert (finding.rule, finding.level, finding.certainty) == (
        "vein-field-type-changed",
        M,
        Certainty.PROVED,
    )
    assert finding.message == "field 'Circle.radius' is Float, no longer Double"
    assert (finding.symbol, finding.module) == ("Circle.radius", "demo")
    assert (finding.old, finding.new) == (differences[0].old, differences[0].new)
    assert (finding.trail, finding.change) == (differences[0].trail, differences[0].change)
    assert finding.client == "let value = given.radius;"
    assert finding.client_program is not None
    assert '#use "demo"' in finding.client_program
    assert finding.title == "A field has another type."
    (without,) = judged(differences, clients=False)
    assert (without.client, without.client_program) == (None, None)


def test_what_breaks_nobody_has_no_client() -> None:
    moved, _ = example_differences(rule_named("vein-method-moved-to-base"))
    (finding,) = judged((moved,))
    assert (finding.level, finding.client) == (M, "given.grow(value);")
    (nearer,) = judged((replace(moved, conditions=frozenset({Condition.TO_DIRECT_BASE})),))
    assert (nearer.level, nearer.client) == (p, None)


def test_what_is_assumed_or_undecided_says_why() -> None:
    (difference,) = example_differences(rule_named("vein-field-type-changed"))
    (assumed,) = judged((replace(difference, assumed="it rests on that"),))
    assert assumed.certainty is Certainty.ASSUMED
    assert (assumed.explanation or "").endswith("Assumed: it rests on that.")
    undecided = replace(difference, undecided="it was not read", assumed="that")
    (finding,) = judged((undecided,))
    assert (finding.certainty, finding.level) == (Certainty.UNDECIDED, M)
    assert "Not decided: it was not read." in (finding.explanation or "")
    lenient = Policies(undecided=PolicyValue.MINOR)
    (finding,) = evaluate((undecided,), lenient, strict=True, clients=False)
    assert finding.level is m


def test_a_change_that_has_no_rule_is_a_break_that_is_to_be_reported() -> None:
    (known,) = example_differences(rule_named("vein-field-type-changed"))
    unknown = replace(known, subject=Subject.PACKAGE, conditions=frozenset())
    assert catalogue.rule(unknown.rule) is None
    (finding,) = judged((unknown,))
    assert (finding.level, finding.certainty, finding.client) == (M, Certainty.UNDECIDED, None)
    assert "please report it" in (finding.explanation or "")
    assert finding.message.startswith(f"'{unknown.symbol}' is changed")


def test_a_client_of_a_member_names_its_type() -> None:
    old = api_of("public class A { public new(n: i32) { } public new() { } }")
    found = judged(vein.compare_apis(old, api_of("public class A { public new() { } }")))
    assert [one.client for one in found] == ["let value = new A(given);"]


def test_a_change_without_a_trail_is_called_by_its_symbol() -> None:
    for rule in WRITTEN:
        for difference in example_differences(rule):
            (finding,) = judged((replace(difference, trail=(), symbol="Whole"),))
            assert "Whole" in f"{finding.message} {finding.client}", rule.id


def test_fingerprints_tell_causes_apart_and_not_places() -> None:
    def prints(old: str, new: str) -> list[str]:
        return [one.fingerprint for one in judged(vein.compare_apis(api_of(old), api_of(new)))]

    old, new = "public class A : B, C { }", "public class A { }"
    assert len(set(prints(old, new))) == 2
    assert prints(old, new) == prints(f"\n\n{old}", f"\n  {new}")


def test_what_a_source_calls_a_thing_cannot_hurt_a_terminal_or_a_template() -> None:
    (finding,) = judged(vein.compare_apis(api_of(""), api_of("public class A { }")))
    assert finding.message == "class 'A' is added"
    (difference,) = vein.compare_apis(api_of(""), api_of("public class A { }"))
    (finding,) = judged((replace(difference, symbol="{x}\x1b[2J"),))
    assert finding.message == "class '{x}\\u{1B}[2J' is added"
    for hostile in (replace(difference, undecided="\x1b[2J"), replace(difference, assumed="\x1b[2J")):
        (finding,) = judged((hostile,))
        assert "\\u{1B}[2J" in (finding.explanation or "")
        assert "\x1b" not in (finding.explanation or "")


# Dependencies.


def dependencies(old: str, new: str, met: frozenset[str] | None) -> list[tuple[str, Level, Certainty]]:
    """Return names, levels and certainties of what differs between `name@version` lists."""

    def side(text: str, file: str) -> tuple[str, list[ShardDependency]]:
        return file, [ShardDependency(*one.split("@")) for one in text.split()]

    found = compare_dependencies(side(old, "manifest.json"), side(new, "demo.vproj"), met)
    findings = evaluate(found, Policies(), strict=False, clients=True)
    return [(one.trail[0].name, one.level, one.certainty) for one in findings]


@pytest.mark.parametrize(
    ("old", "new", "met", "found"),
    [
        ("std@1.0", "std@1.0.0", None, []),
        ("std@1.0", "STD@1.0", None, []),
        ("std@1.0", "std@1.1", frozenset({"std"}), [("std", p, Certainty.PROVED)]),
        ("std@1.0", "std@2.0", frozenset({"std"}), [("std", M, Certainty.PROVED)]),
        ("std@1.0", "std@2.0", frozenset(), [("std", p, Certainty.PROVED)]),
        ("std@1.0", "std@2.0", None, [("std", M, Certainty.ASSUMED)]),
        ("std@1.0", "std@x", frozenset({"std"}), [("std", M, Certainty.PROVED)]),
        ("std@x", "std@x", None, []),
        ("std@x", "std@y", None, [("std", M, Certainty.ASSUMED)]),
        ("std@1.0", "std@1.1", None, [("std", p, Certainty.PROVED)]),
        ("Std@1.0", "Std@2.0", frozenset({"std"}), [("Std", M, Certainty.PROVED)]),
        ("std@1.0", "", None, [("std", p, Certainty.PROVED)]),
        ("", "b@1.0 a@1.0", None, [("a", p, Certainty.PROVED), ("b", p, Certainty.PROVED)]),
    ],
)
def test_dependencies_are_compared(
    old: str, new: str, met: frozenset[str] | None, found: list[tuple[str, Level, Certainty]]
) -> None:
    assert dependencies(old, new, met) == found


def test_a_dependency_has_its_versions_and_the_files_that_list_them() -> None:
    old = ("manifest.json", [ShardDependency("std", "1.0")])
    (found,) = compare_dependencies(old, ("demo.vproj", [ShardDependency("std", "1.1")]), None)
    assert found.dependency == DependencyVersions("std", "1.0", "1.1")
    assert found.old is not None
    assert found.new is not None
    assert (found.old.file, found.new.file) == ("manifest.json", "demo.vproj")
    assert (found.subject, found.fact, found.symbol) == (
        Subject.PACKAGE,
        Fact.DEPENDENCY_CHANGED,
        "(package)",
    )
    (finding,) = evaluate((found,), Policies(), strict=False, clients=False)
    assert finding.message == "the shard is built with std 1.1, no longer with std 1.0"
    assert finding.dependency == found.dependency


def test_shards_are_met_by_the_types_that_a_module_mentions() -> None:
    def of(module: str) -> ModuleType:
        return ModuleType(module, "other", "Any")

    signature = Signature((ModuleParameter("a", of("Parameters")),), of("Returned"))
    method = ModuleMethod("f", MethodFlag.PUBLIC, signature)
    field = ModuleField("x", of("Fields"), FieldFlag.PUBLIC)
    one = ModuleClass(
        ModuleType("demo", "demo", "A"), ClassFlag(0), (of("Bases"), of("")), (method,), (field,)
    )
    module = replace(module_of(one), dependencies=(("std", "1.0"),))
    assert shards_met(module) == {"bases", "fields", "parameters", "returned"}


def test_every_kind_of_type_has_the_rules_that_a_comparison_can_ask_for() -> None:
    kinds = ("alias", "aspect", "class", "delegate", "interface", "struct")
    asked = {
        *((kind, fact) for kind in kinds for fact in ("added", "removed", "moved", "kind-changed")),
        *((kind, f"visibility-{fact}") for kind in kinds[::2] for fact in ("narrowed", "widened")),
        *((kind, fact) for kind in kinds[2::2] for fact in ("static-added", "static-removed")),
        *(
            (kind, fact)
            for kind in ("struct", "class", "interface")
            for fact in ("base-added", "base-removed")
        ),
        *((kind, fact) for kind in ("struct", "class") for fact in ("abstract-added", "abstract-removed")),
    }
    for kind, fact in asked:
        assert catalogue.rule(f"vein-{kind}-{fact}") is not None, (kind, fact)


def test_a_rule_that_is_not_known_has_neither_a_page_nor_an_entry() -> None:
    assert catalogue.rule_page("vein-unheard-of") is None
    assert catalogue.rule_entry("vein-unheard-of") is None
