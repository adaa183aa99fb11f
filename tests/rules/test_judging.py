"""What a difference means: levels by context, position and policy; certainty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from semverdiff.compare import Change, Condition, Difference, Fact, Position, Subject
from semverdiff.compare.details import Texts
from semverdiff.config.policies import Policies
from semverdiff.rules import Certainty, Finding, all_rules, judge, rule
from semverdiff.versions import Level

DEFAULTS = Policies()
RULES = tuple(all_rules())


def difference(rule_id: str, symbol: str = "Order.id", position: Position | None = None) -> Difference:
    entry = rule(rule_id)
    assert entry is not None
    fact = rule_id.removeprefix(f"{entry.subject}-")
    return Difference(
        Subject(entry.subject), Fact(fact), symbol, "shop", (), Change.MODIFIED, position=position
    )


def holding(told: Difference, *conditions: Condition) -> Difference:
    return replace(told, conditions=frozenset(conditions))


def judged(told: Difference, policies: Policies = DEFAULTS, *, strict: bool = False) -> Finding:
    return judge(told, policies, strict=strict)


known_facts = st.sampled_from(
    [(Subject(entry.subject), Fact(entry.id.removeprefix(f"{entry.subject}-"))) for entry in RULES]
)
facts = known_facts | st.tuples(st.sampled_from(Subject), st.sampled_from(Fact))
symbols = st.sampled_from(
    ["createOrder(quantity)", "Order.id", "Client[get users/{}]", "(package)", "(module)", "Client.init"]
)
differences = st.builds(
    lambda fact, **rest: Difference(subject=fact[0], fact=fact[1], **rest),
    facts,
    symbol=symbols | st.text(max_size=12),
    module=st.sampled_from(["shop", "shop.orders", ""]),
    trail=st.just(()),
    change=st.sampled_from(Change),
    position=st.none() | st.sampled_from(Position),
    conditions=st.frozensets(st.sampled_from(Condition)),
    detail=st.dictionaries(
        st.sampled_from(["name", "owner", "old", "new", "type", "kind", "arguments"]), st.text(max_size=9)
    ).map(lambda details: Texts(tuple(details.items()))),
    undecided=st.none() | st.just("'A' and 'B' are types of a package that is not at hand"),
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
def test_every_difference_gives_a_finding(told: Difference, decided: Policies, strict: bool) -> None:  # noqa: FBT001
    finding = judge(told, decided, strict=strict)
    assert finding.level in {Level.PATCH, Level.MINOR, Level.MAJOR}
    assert finding.message
    assert finding.explanation
    assert (finding.rule, finding.symbol, finding.module) == (told.rule, told.symbol, told.module)


@pytest.mark.slow
@given(differences, policies)
def test_strict_never_lowers_a_level(told: Difference, decided: Policies) -> None:
    assert judge(told, decided, strict=True).level >= judge(told, decided, strict=False).level


@pytest.mark.slow
@given(differences)
def test_a_default_that_is_written_down_changes_nothing(told: Difference) -> None:
    written = Policies(
        enum_member_added="by-position",
        constant_value_changed="minor",
        construct_output_records="yes",
        open_classes="use",
        ambiguous_arguments="major",
        zero_minor="breaking-minor",
        undecided="major",
    )
    assert judged(told, written) == judged(told)


@pytest.mark.slow
@given(differences, policies)
def test_not_knowing_the_position_never_lowers_a_level(told: Difference, decided: Policies) -> None:
    unknown = judged(replace(told, position=None), decided)
    assert unknown.level >= judged(told, decided).level


@pytest.mark.slow
@given(differences, policies)
def test_not_being_decided_never_lowers_a_level(told: Difference, decided: Policies) -> None:
    # A dependency that nobody could read is the one case that a policy may call minor.
    strictly = replace(decided, undecided="major")
    known = replace(told, undecided=None)
    unknown = judged(replace(told, undecided="it"), strictly)
    assert unknown.level >= judged(known, strictly).level
    assert unknown.certainty is not Certainty.PROVED


def test_a_sure_row_gives_a_proved_finding() -> None:
    finding = judged(difference("record-field-removed"))
    assert (finding.level, finding.certainty) == (Level.MAJOR, Certainty.PROVED)
    assert finding.message == "field 'id' is removed"
    assert finding.explanation == "Clients that read the field or construct the record with it are refused."
    assert finding.client == "var x = r.id;"


@pytest.mark.parametrize(
    ("position", "level", "strict"),
    [
        (Position.IN, Level.MINOR, Level.MAJOR),
        (Position.OUT, Level.MAJOR, Level.MAJOR),
        (Position.BOTH, Level.MAJOR, Level.MAJOR),
    ],
)
def test_the_position_decides(position: Position, level: Level, strict: Level) -> None:
    told = difference("type-widened", "Id", position)
    assert (judged(told).level, judged(told, strict=True).level) == (level, strict)
    assert judged(told).certainty is Certainty.PROVED


def test_without_a_position_the_highest_level_of_the_row_is_assumed() -> None:
    finding = judged(difference("type-widened", "Id"))
    assert (finding.level, finding.certainty) == (Level.MAJOR, Certainty.ASSUMED)
    assert finding.explanation is not None
    assert finding.explanation.endswith("Its position or context is not known; the safe reading counts.")


def test_a_position_that_does_not_matter_need_not_be_known() -> None:
    finding = judged(holding(difference("method-isolated-added", "C.f"), Condition.SEALED))
    assert (finding.level, finding.certainty) == (Level.MINOR, Certainty.PROVED)


def test_without_an_owner_the_highest_level_is_assumed() -> None:
    told = difference("class-method-added", "C.f")
    assert (judged(told).level, judged(told).certainty) == (Level.MINOR, Certainty.ASSUMED)
    assert judged(told, strict=True).level is Level.MAJOR


@pytest.mark.parametrize(
    ("owner", "position", "level"),
    [
        ("sealed", Position.IN, Level.MAJOR),
        ("open class", Position.BOTH, Level.MAJOR),
        ("open object type", Position.OUT, Level.MAJOR),
        ("open object type", Position.IN, Level.MINOR),
        ("open object type", Position.BOTH, Level.MAJOR),
    ],
)
def test_who_can_implement_a_member_decides(owner: Condition, position: Position, level: Level) -> None:
    told = holding(difference("method-return-error-added", "C.f", position), owner)
    assert (judged(told).level, judged(told).certainty) == (level, Certainty.PROVED)


def test_a_policy_of_the_project_decides() -> None:
    told = holding(difference("class-method-added", "C.f"), Condition.OPEN_CLASS)
    assert judged(told).level is Level.MINOR
    assert judged(told, Policies(open_classes="implement")).level is Level.MAJOR


def test_a_sentence_of_the_contract_decides() -> None:
    told = difference("package-platform-changed", "(package)")
    assert judged(told).level is Level.MINOR
    assert judged(holding(told, Condition.PLATFORM_BECOMES_ANY)).level is Level.PATCH


def test_what_could_not_be_told_apart_is_read_the_safe_way() -> None:
    told = replace(difference("record-field-type-narrowed"), undecided="'x:A' is not at hand")
    finding = judged(replace(told, position=Position.OUT))
    assert (finding.level, finding.certainty) == (Level.MAJOR, Certainty.ASSUMED)
    assert finding.explanation is not None
    assert finding.explanation.endswith("Not decided: 'x:A' is not at hand; the safe reading counts.")


def test_an_unread_dependency_is_left_to_the_policy() -> None:
    told = replace(difference("package-dependency-major-changed", "(package)"), undecided="it is unread")
    finding = judged(told, Policies(undecided="minor"))
    assert (finding.level, finding.certainty) == (Level.MINOR, Certainty.UNDECIDED)
    assert judged(told).level is Level.MAJOR


def test_the_meaning_of_a_contract_annotation_is_undecided() -> None:
    finding = judged(difference("contract-annotation-changed", "f"))
    assert (finding.level, finding.certainty) == (Level.MAJOR, Certainty.UNDECIDED)
    assert judged(difference("contract-annotation-changed"), Policies(undecided="minor")).level is Level.MINOR


def test_that_a_service_is_an_api_is_assumed() -> None:
    assert judged(difference("service-removed", "/orders")).certainty is Certainty.ASSUMED


def test_a_fact_without_a_rule_is_a_gap_and_never_a_patch() -> None:
    finding = judged(replace(difference("record-field-removed"), fact="exploded"))
    assert (finding.level, finding.certainty) == (Level.MAJOR, Certainty.UNDECIDED)
    assert finding.message == "'Order.id' is changed in a way that the catalogue has no rule for"
    assert finding.explanation is not None
    assert "`record-field-exploded`" in finding.explanation


@pytest.mark.slow
@given(differences)
def test_a_rule_of_the_catalogue_is_never_a_gap(told: Difference) -> None:
    assert ("the catalogue has no rule" in judged(told).message) == (rule(told.rule) is None)


def test_a_tolerated_use_is_called_so() -> None:
    told = difference("record-field-optional-added")
    explanation = judged(told).explanation or ""
    assert explanation.endswith("This use is tolerated; with --strict it is major.")
    explanation = judged(told, strict=True).explanation or ""
    assert explanation.endswith("Without --strict this use is tolerated: minor.")


@pytest.mark.slow
@given(differences, policies)
def test_a_patch_shows_no_client_that_breaks(told: Difference, decided: Policies) -> None:
    finding = judged(told, decided)
    assert finding.client is None or finding.level > Level.PATCH


@pytest.mark.slow
@given(differences, policies)
def test_the_same_difference_gives_the_same_finding(told: Difference, decided: Policies) -> None:
    assert judged(told, decided) == judged(replace(told), decided)
