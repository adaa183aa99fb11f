"""A fingerprint is the same after a move or a reformatting, and another for another cause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from semverdiff.changes import Change, Excerpt
from semverdiff.compare import Condition, Difference, Fact, Subject
from semverdiff.compare.details import PackageChanged
from semverdiff.rules.fingerprints import fingerprint

excerpts = st.none() | st.builds(
    Excerpt,
    text=st.text("ab|[]{};= ", max_size=12),
    file=st.sampled_from(["a.bal", "b.bal"]),
    line=st.integers(1, 9),
    column=st.integers(1, 9),
)
differences = st.builds(
    lambda **parts: Difference(**parts),  # noqa: PLW0108 (hypothesis would resolve the annotations)
    subject=st.just(Subject.RECORD_FIELD),
    fact=st.sampled_from([Fact.REMOVED, Fact.TYPE_CHANGED]),
    symbol=st.sampled_from(["Order.id", "Order.code"]),
    module=st.sampled_from(["shop", "shop.orders"]),
    trail=st.just(()),
    change=st.just(Change.MODIFIED),
    old=excerpts,
    new=excerpts,
)

GIVEN = Difference(
    Subject.RECORD_FIELD,
    Fact.REMOVED,
    "Order.id",
    "shop",
    (),
    Change.REMOVED,
    old=Excerpt("int id", "a.bal", 3, 5),
)
OTHERS = {
    "fact": replace(GIVEN, fact=Fact.RENAMED),
    "subject": replace(GIVEN, subject=Subject.ERROR),
    "symbol": replace(GIVEN, symbol="Order.code"),
    "module": replace(GIVEN, module="shop.orders"),
    "old form": replace(GIVEN, old=Excerpt("string id", "a.bal", 3, 5)),
    "no old form": replace(GIVEN, old=None),
    "new form": replace(GIVEN, new=Excerpt("", "a.bal", 3, 5)),
    "name": replace(GIVEN, detail=PackageChanged("1.0.0", "2.0.0", "acme/money")),
}


@pytest.mark.slow
@given(differences)
def test_has_16_hex_digits(given: Difference) -> None:
    assert len(fingerprint(given)) == 16
    assert set(fingerprint(given)) <= set("0123456789abcdef")


@pytest.mark.slow
@given(differences, st.integers(1, 99))
def test_survives_a_move(given: Difference, line: int) -> None:
    def move(excerpt: Excerpt | None) -> Excerpt | None:
        return replace(excerpt, file="moved.bal", line=line, column=line) if excerpt is not None else None

    assert fingerprint(replace(given, old=move(given.old), new=move(given.new))) == fingerprint(given)


@pytest.mark.slow
@given(differences)
def test_survives_reformatting(given: Difference) -> None:
    def spread(excerpt: Excerpt | None) -> Excerpt | None:
        if excerpt is None:
            return None
        return replace(excerpt, text="\n " + excerpt.text.replace(" ", " \t").replace("|", " | "))

    assert fingerprint(replace(given, old=spread(given.old), new=spread(given.new))) == fingerprint(given)


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_differs_for_another_cause(other: Difference) -> None:
    assert fingerprint(other) != fingerprint(GIVEN)


def test_is_the_same_in_another_context() -> None:
    elsewhere = replace(GIVEN, conditions=frozenset({Condition.SEALED}), undecided="it")
    assert fingerprint(elsewhere) == fingerprint(GIVEN)


MODULE = Difference(Subject.MODULE, Fact.REMOVED, "(module)", "shop", (), Change.REMOVED)
PINNED = {
    "one form": (GIVEN, "87a3b44fb1b46530"),
    "both forms": (replace(GIVEN, new=Excerpt("int [ ]  id", "a.bal", 3, 5)), "f86eb1ba5a603386"),
    "blanks that words need": (
        replace(GIVEN, old=Excerpt("\t record {| int  _a ;\n é\u00a0b ;\x1f|} ", "a.bal", 3, 5)),
        "169e2c4665b92985",
    ),
    "no form": (replace(GIVEN, old=None), "2e33509978f2f290"),
    "a module": (MODULE, "5947d637a4193445"),
    "the init of a module": (replace(MODULE, fact=Fact.INIT_CHANGED, symbol="init"), "9d633f7f60b785c4"),
}


@pytest.mark.parametrize(("given", "expected"), PINNED.values(), ids=PINNED)
def test_is_the_same_in_every_version_of_the_tool(given: Difference, expected: str) -> None:
    assert fingerprint(given) == expected
