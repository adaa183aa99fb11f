"""What a difference means for clients: levels by context, position and policy; certainty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from semverdiff.changes import Change, Position, Step
from semverdiff.compare import Condition, Difference, Fact, Subject, details
from semverdiff.config import Policies, PolicyValue
from semverdiff.rules import Certainty, Finding, all_rules, evaluate, finding_of, rule
from semverdiff.versions import Level

DEFAULTS = Policies()
RULES = tuple(all_rules())


def difference(rule_id: str, symbol: str = "Order.id", position: Position | None = None) -> Difference:
    entry = rule(rule_id)
    assert entry is not None
    fact = entry.entry.fact
    trail = (Step("thing", symbol.rpartition(".")[2]),)
    return Difference(entry.subject, fact, symbol, "shop", trail, Change.MODIFIED, position=position)


def holding(given: Difference, *conditions: Condition) -> Difference:
    return replace(given, conditions=frozenset(conditions))


def found(given: Difference, policies: Policies = DEFAULTS, *, strict: bool = False) -> Finding:
    return finding_of(given, policies, strict=strict)


facts = st.sampled_from([(entry.subject, entry.entry.fact) for entry in RULES]) | st.tuples(
    st.sampled_from(tuple(Subject)), st.sampled_from(tuple(Fact))
)
symbols = st.sampled_from(
    ["createOrder(quantity)", "Order.id", "Client[get users/{}]", "(package)", "(module)", "Client.init"]
)
differences = st.builds(
    lambda fact, **rest: Difference(subject=fact[0], fact=fact[1], **rest),
    facts,
    symbol=symbols | st.text(max_size=12),
    module=st.sampled_from(["shop", "shop.orders", ""]),
    trail=st.just(()),
    change=st.sampled_from(tuple(Change)),
    position=st.none() | st.sampled_from(tuple(Position)),
    conditions=st.frozensets(st.sampled_from(tuple(Condition))),
    detail=st.none()
    | st.builds(details.Renamed, st.text(max_size=9), st.text(max_size=9))
    | st.builds(details.AttachPointsChanged)
    | st.builds(details.Opened, st.booleans()),
    undecided=st.none() | st.just("'A' and 'B' are types of a package that could not be read"),
)
policies = st.builds(
    Policies,
    enum_member_added=st.sampled_from(["by-position", "minor"]),
    constant_value_changed=st.sampled_from(["minor", "major"]),
    construct_output_records=st.sampled_from(["yes", "no"]),
    open_classes=st.sampled_from(["use", "implement"]),
    ambiguous_arguments=st.sampled_from(["major", "minor"]),
    undecided=st.sampled_from(["major", "minor"]),
)


@pytest.mark.slow
@given(differences, policies, st.booleans())
def test_every_difference_gives_a_finding(given: Difference, chosen: Policies, strict: bool) -> None:  # noqa: FBT001 (data)
    finding = finding_of(given, chosen, strict=strict)
    assert finding.level in {Level.PATCH, Level.MINOR, Level.MAJOR}
    assert finding.message
    assert finding.explanation
    assert (finding.rule, finding.symbol, finding.module) == (given.rule, given.symbol, given.module)


@pytest.mark.slow
@given(differences, policies)
def test_strict_never_lowers_a_level(given: Difference, chosen: Policies) -> None:
    assert finding_of(given, chosen, strict=True).level >= finding_of(given, chosen, strict=False).level


@pytest.mark.slow
@given(differences)
def test_a_default_that_is_written_down_changes_nothing(given: Difference) -> None:
    written = Policies(
        enum_member_added=PolicyValue.BY_POSITION,
        constant_value_changed=PolicyValue.MINOR,
        construct_output_records=PolicyValue.YES,
        open_classes=PolicyValue.USE,
        ambiguous_arguments=PolicyValue.MAJOR,
        zero_minor=PolicyValue.BREAKING_MINOR,
        undecided=PolicyValue.MAJOR,
    )
    assert found(given, written) == found(given)


@pytest.mark.slow
@given(differences, policies)
def test_not_knowing_the_position_never_lowers_a_level(given: Difference, chosen: Policies) -> None:
    unknown = found(replace(given, position=None), chosen)
    assert unknown.level >= found(given, chosen).level


@pytest.mark.slow
@given(differences, policies)
def test_not_being_decided_never_lowers_a_level(given: Difference, chosen: Policies) -> None:
    # A dependency that nobody could read is the one case that a policy may call minor.
    strictly = replace(chosen, undecided="major")
    known = replace(given, undecided=None)
    unknown = found(replace(given, undecided="it"), strictly)
    assert unknown.level >= found(known, strictly).level
    assert unknown.certainty is not Certainty.PROVED


def test_a_sure_row_gives_a_proved_finding() -> None:
    finding = found(difference("record-field-removed"))
    assert (finding.level, finding.certainty) == (Level.MAJOR, Certainty.PROVED)
    assert finding.message == "field 'id' is removed"
    assert finding.explanation == "Clients that read the field or construct the record with it are refused."
    assert (finding.client, finding.client_program) == (None, None)  # nobody asked for it


@pytest.mark.parametrize(
    ("position", "level", "strict"),
    [
        (Position.IN, Level.MINOR, Level.MAJOR),
        (Position.OUT, Level.MAJOR, Level.MAJOR),
        (Position.BOTH, Level.MAJOR, Level.MAJOR),
    ],
)
def test_the_position_decides(position: Position, level: Level, strict: Level) -> None:
    given = difference("type-widened", "Id", position)
    assert (found(given).level, found(given, strict=True).level) == (level, strict)
    assert found(given).certainty is Certainty.PROVED


def test_without_a_position_the_highest_level_of_the_row_is_assumed() -> None:
    finding = found(difference("type-widened", "Id"))
    assert (finding.level, finding.certainty) == (Level.MAJOR, Certainty.ASSUMED)
    assert finding.explanation is not None
    assert finding.explanation.endswith("Its position or context is not known; the safe reading counts.")


def test_a_position_that_does_not_matter_need_not_be_known() -> None:
    finding = found(holding(difference("method-isolated-added", "C.f"), Condition.SEALED))
    assert (finding.level, finding.certainty) == (Level.MINOR, Certainty.PROVED)


def test_without_an_owner_the_highest_level_is_assumed() -> None:
    given = difference("class-method-added", "C.f")
    assert (found(given).level, found(given).certainty) == (Level.MINOR, Certainty.ASSUMED)
    assert found(given, strict=True).level is Level.MAJOR


@pytest.mark.parametrize(
    ("owner", "position", "level"),
    [
        (Condition.SEALED, Position.IN, Level.MAJOR),
        (Condition.OPEN_CLASS, Position.BOTH, Level.MAJOR),
        (Condition.OPEN_OBJECT_TYPE, Position.OUT, Level.MAJOR),
        (Condition.OPEN_OBJECT_TYPE, Position.IN, Level.MINOR),
        (Condition.OPEN_OBJECT_TYPE, Position.BOTH, Level.MAJOR),
    ],
)
def test_who_can_implement_a_member_decides(owner: Condition, position: Position, level: Level) -> None:
    given = holding(difference("method-return-error-added", "C.f", position), owner)
    assert (found(given).level, found(given).certainty) == (level, Certainty.PROVED)


def test_a_policy_of_the_project_decides() -> None:
    given = holding(difference("class-method-added", "C.f"), Condition.OPEN_CLASS)
    assert found(given).level is Level.MINOR
    assert found(given, Policies(open_classes=PolicyValue.IMPLEMENT)).level is Level.MAJOR


def test_a_sentence_of_the_contract_decides() -> None:
    given = difference("package-platform-changed", "(package)")
    assert found(given).level is Level.MINOR
    assert found(holding(given, Condition.PLATFORM_BECOMES_ANY)).level is Level.PATCH


def test_what_could_not_be_decided_gets_the_safe_reading() -> None:
    given = replace(difference("record-field-type-narrowed"), undecided="'x:A' could not be read")
    finding = found(replace(given, position=Position.OUT))
    assert (finding.level, finding.certainty) == (Level.MAJOR, Certainty.ASSUMED)
    assert finding.explanation is not None
    assert finding.explanation.endswith("Not decided: 'x:A' could not be read; the safe reading counts.")


def test_an_unread_dependency_is_left_to_the_policy() -> None:
    given = replace(difference("package-dependency-major-changed", "(package)"), undecided="it is unread")
    finding = found(given, Policies(undecided=PolicyValue.MINOR))
    assert (finding.level, finding.certainty) == (Level.MINOR, Certainty.UNDECIDED)
    assert found(given).level is Level.MAJOR


def test_the_meaning_of_a_contract_annotation_is_undecided() -> None:
    finding = found(difference("contract-annotation-changed", "f"))
    assert (finding.level, finding.certainty) == (Level.MAJOR, Certainty.UNDECIDED)
    assert (
        found(difference("contract-annotation-changed"), Policies(undecided=PolicyValue.MINOR)).level
        is Level.MINOR
    )
    unread = replace(difference("contract-annotation-changed", "f"), undecided="it is unread")
    assert found(unread).certainty is Certainty.UNDECIDED


def test_that_a_service_is_an_api_is_assumed() -> None:
    assert found(difference("service-removed", "/orders")).certainty is Certainty.ASSUMED


def test_a_fact_without_a_rule_is_a_gap_and_never_a_patch() -> None:
    finding = found(replace(difference("record-field-removed"), fact=Fact.SEALED))
    assert (finding.level, finding.certainty) == (Level.MAJOR, Certainty.UNDECIDED)
    assert finding.message == "'Order.id' is changed in a way that the catalogue has no rule for"
    assert finding.explanation is not None
    assert "`record-field-sealed`" in finding.explanation


@pytest.mark.slow
@given(differences)
def test_a_rule_of_the_catalogue_is_never_a_gap(given: Difference) -> None:
    assert ("the catalogue has no rule" in found(given).message) == (rule(given.rule) is None)


def test_a_tolerated_use_is_called_so() -> None:
    given = difference("record-field-optional-added")
    explanation = found(given).explanation or ""
    assert explanation == (
        "Only own types whose further fields take something else, `map` views and extra keys `id` break; "
        "values of own types that repeat the fields still fit. "
        "This use is tolerated; with --strict it is major."
    )
    explanation = found(given, strict=True).explanation or ""
    assert explanation.endswith("Without --strict this use is tolerated: minor.")


@pytest.mark.slow
@given(differences, policies)
def test_a_patch_shows_no_client_that_breaks(given: Difference, chosen: Policies) -> None:
    finding = found(given, chosen)
    assert finding.client is None or finding.level > Level.PATCH


@pytest.mark.slow
@given(differences, policies)
def test_the_same_difference_gives_the_same_finding(given: Difference, chosen: Policies) -> None:
    assert found(given, chosen) == found(replace(given), chosen)


def test_findings_keep_the_order_of_the_differences() -> None:
    several = [
        difference("type-widened", "Id"),
        difference("record-field-removed"),
        difference("enum-added", "E"),
    ]
    findings = evaluate(several, DEFAULTS, strict=False)
    assert [one.rule for one in findings] == ["type-widened", "record-field-removed", "enum-added"]


def lost(name: str, module: str = "shop") -> Difference:
    given = difference("type-json-lost", "Order", Position.OUT)
    return replace(given, detail=details.DataLost((module, name)))


def breaking(rule_id: str = "record-field-removed", name: str = "Item") -> Difference:
    return replace(difference(rule_id), trail=(Step("record", name), Step("field", "id")))


def test_a_loss_is_no_finding_beside_a_breaking_change_of_its_cause() -> None:
    findings = evaluate([breaking(), lost("Item")], DEFAULTS, strict=False)
    assert [one.rule for one in findings] == ["record-field-removed"]


@pytest.mark.parametrize(
    ("other", "loss"),
    [
        pytest.param(breaking("record-field-optional-added"), lost("Item"), id="the cause breaks nobody"),
        pytest.param(breaking(name="Other"), lost("Item"), id="another type"),
        pytest.param(breaking(), lost("Item", "shop.orders"), id="a type of another module"),
        pytest.param(replace(breaking(), trail=()), lost("Item"), id="no place"),
        pytest.param(replace(lost("Order"), trail=(Step("type", "Item"),)), lost("Item"), id="another loss"),
    ],
)
def test_a_loss_is_a_finding_of_its_own_without_one(other: Difference, loss: Difference) -> None:
    assert len(evaluate([other, loss], DEFAULTS, strict=False)) == 2
