"""Reports of every shape, with texts that nobody would write and some that only an attacker would."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from semverdiff.changes import Change, Excerpt, Position, Step
from semverdiff.errors import Mistake
from semverdiff.reports import (
    ChangeSet,
    Counts,
    DecidedSettings,
    Declared,
    ErrorEntry,
    Gate,
    Outcome,
    Report,
    ReportedPackage,
    Skipped,
    StaleSuppression,
    Tone,
)
from semverdiff.rules import Certainty, Finding, Suppression
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

__all__ = ["findings", "hostile_texts", "law", "reports"]

# No deadline: how fast a report is drawn is not what a law is about.
law = settings(deadline=None, max_examples=60)

_T = TypeVar("_T")


def _values(
    kind: Callable[..., _T], *parts: SearchStrategy[object], **named: SearchStrategy[object]
) -> SearchStrategy[_T]:
    """Draw values of a kind, all of whose parts are given: their annotations are not looked at."""
    drawn = st.tuples(st.tuples(*parts), st.fixed_dictionaries(named))
    return drawn.map(lambda arguments: kind(*arguments[0], **arguments[1]))


_MARKUP = ("<script>", "</style>", "&amp;", '"', "'", "{{ x }}", "`", "%s", "[++]")
_CONTROLS = ("\x1b[31m", "\r\n", "\t", "\x00", "\u202e", "\u2028", "\ud800")
_WORDS = ("Order", "ගා", "漢", " ")

hostile_texts = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from([*_MARKUP, *_CONTROLS, *_WORDS]), max_size=6).map("".join),
)
_maybe_text = st.none() | hostile_texts
_numbers = st.integers(1, 10_000)
_excerpts = st.none() | _values(Excerpt, hostile_texts, hostile_texts, _numbers, _numbers)
_kinds = st.sampled_from(
    ["function", "record", "class", "enum", "service", "remote function", "field", "enum member", "parameter",
     "module", "listener"]
)  # fmt: skip
_steps = _values(Step, _kinds, hostile_texts)

findings = _values(
    Finding,
    rule=st.sampled_from(
        ["record-field-removed", "function-added", "function-body-changed", "type-respelled"]
    ),
    level=st.sampled_from([Level.PATCH, Level.MINOR, Level.MAJOR]),
    certainty=st.sampled_from(tuple(Certainty)),
    symbol=st.sampled_from(["(package)", "(module)"]) | hostile_texts,
    module=st.sampled_from(["shop", "shop.http"]) | hostile_texts,
    position=st.none() | st.sampled_from(tuple(Position)),
    message=hostile_texts,
    explanation=_maybe_text,
    client=_maybe_text,
    client_program=_maybe_text,
    old=_excerpts,
    new=_excerpts,
    fingerprint=st.sampled_from(["0123456789abcdef", "fedcba9876543210"]),
    trail=st.lists(_steps, max_size=4).map(tuple),
    change=st.sampled_from(tuple(Change)),
    suppressed=st.none() | _values(Suppression, hostile_texts, _maybe_text, st.booleans()),
)

_sides = _values(
    ReportedPackage,
    hostile_texts,
    hostile_texts,
    hostile_texts,
    st.sampled_from(["directory", "bala", "git", "central", "repository", "api"]),
    hostile_texts,
    _maybe_text,
    _maybe_text,
    st.booleans(),
)
_counts = _values(Counts, _numbers, _numbers, _numbers, _numbers, _numbers)
_skipped = st.lists(_values(Skipped, hostile_texts, hostile_texts), max_size=2).map(tuple)
_change_sets = _values(
    ChangeSet,
    baseline=st.none() | _sides,
    reason=hostile_texts,
    required_bump=st.none() | st.sampled_from(Level),
    findings=st.lists(findings, max_size=3).map(tuple),
    skipped=_skipped,
)
_stale = _values(
    StaleSuppression,
    about=hostile_texts,
    rule=_maybe_text,
    symbol=_maybe_text,
    module=_maybe_text,
    fingerprint=_maybe_text,
    reason=hostile_texts,
    until=_maybe_text,
    line=st.none() | _numbers,
)
_mistakes = _values(
    Mistake,
    hostile_texts,
    _maybe_text,
    st.none() | _numbers,
    st.none() | st.integers(1, 80),
    _maybe_text,
)

reports = _values(
    Report,
    outcome=st.sampled_from(tuple(Outcome)),
    tone=st.sampled_from(tuple(Tone)),
    candidate=st.none() | _sides,
    baseline=st.none() | _sides,
    baseline_reason=_maybe_text,
    gates=st.lists(_values(Gate, hostile_texts, st.booleans(), hostile_texts), max_size=2).map(tuple),
    declared_bump=st.none() | st.sampled_from(tuple(Declared)),
    required_bump=st.none() | st.sampled_from(Level),
    required_version=_maybe_text,
    suggested_version=_maybe_text,
    counts=_counts,
    findings=st.lists(findings, max_size=8).map(tuple),
    unused_suppressions=st.lists(_stale, max_size=2).map(tuple),
    expired_suppressions=st.lists(_stale, max_size=2).map(tuple),
    relaxed_settings=st.lists(hostile_texts, max_size=2).map(tuple),
    settings=_values(
        DecidedSettings,
        base=_maybe_text,
        accepted_suppressions=st.lists(hostile_texts, max_size=2).map(tuple),
        accepted_settings=st.lists(hostile_texts, max_size=2).map(tuple),
        refused=st.lists(hostile_texts, max_size=2).map(tuple),
        weaker=st.lists(hostile_texts, max_size=2).map(tuple),
    ),
    change_set=st.none() | _change_sets,
    skipped=_skipped,
    notes=st.lists(hostile_texts, max_size=2).map(tuple),
    errors=st.lists(_values(ErrorEntry, st.just("broken-manifest"), _mistakes, _maybe_text), max_size=2).map(
        tuple
    ),
    summary=hostile_texts,
    folder=hostile_texts,
)
