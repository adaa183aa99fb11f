"""Whoever sends a package wants the gate to hang, to run out of memory, or to give up and pass.

Work is counted here, not timed: ten times as much of something takes ten times the steps, and what is above
a limit is refused before it is read. `benchmarks/limits.py` measures the same in seconds and megabytes.
"""

from __future__ import annotations

import difflib
import hashlib
import sys
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from support.archives import build_bala
from support.packages import manifest, package, write_package
from support.sources import differences, facts, surface
from support.types import nothing_is_anchored

from semverdiff import limits
from semverdiff.api import Mentions, Type, describe, is_error, record_members, require_whole, shown_type
from semverdiff.artifact import Provenance
from semverdiff.config import parse_toml
from semverdiff.errors import ArchiveError, Mistake, SourceError
from semverdiff.packages import archive, read_archive, read_package
from semverdiff.rules import messages
from semverdiff.rules.templates import sentence
from semverdiff.syntax.nodes import Reference, TypeDefinition
from semverdiff.types.equality import Equality
from semverdiff.types.relations import TOO_LONG
from semverdiff.types.walk import Budget, BudgetExceededError, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import FrameType

    from _typeshed import TraceFunction
    from cli.conftest import Semver


# Ten times as many of something may take a little more than ten times the work, never a hundred times.
GROWTH = 15


def calls(work: Callable[[], object]) -> int:
    """Return how many functions of this program some work calls, and how many lines it runs in them."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> TraceFunction:  # noqa: ARG001 (its form)
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def client(word: str, count: int) -> str:
    """Return a client with as many resources."""
    methods = (f"resource function get {word}{at}() {{ }}" for at in range(count))
    return f"public client class C {{ {' '.join(methods)} }}"


def test_renamed_resources_are_not_compared_with_each_other() -> None:
    def steps(count: int) -> int:
        return calls(lambda: facts(client("a", count), client("b", count)))

    assert steps(400) < GROWTH * steps(40)


def test_modules_are_listed_once_however_many_there_are() -> None:
    many = surface({"a.bal": "", **{f"modules/m{at}/a.bal": "" for at in range(50)}})

    assert many.modules is many.modules


def test_an_intersection_is_not_compared_pair_by_pair() -> None:
    def steps(count: int) -> int:
        sides = (
            surface(f"public type T {'readonly & ' * count}{leaf};") for leaf in ("map<int>", "map<string>")
        )
        old, new = (Type(Reference(None, "T"), "shop", side) for side in sides)
        equality = Equality(nothing_is_anchored, new.surface)
        return calls(lambda: equality.same(old, new))

    assert steps(400) < GROWTH * steps(40)


def _doubled_unions(count: int, value: str) -> str:
    """Return public unions of which each names the one before three times, so that all of them change."""
    further = (f"public type U{at + 1} U{at}|[U{at}, U{at}];" for at in range(count))
    return "\n".join([f"type N {value};", "public type U0 N|2;", *further])


def _doubled_unions_in_a_circle(count: int, value: str) -> str:
    return _doubled_unions(count, value).replace("N|2", f"N|2|record {{| U{count}? x; |}}")


def _union_chain(count: int, leaf: str) -> str:
    further = (f"public type U{at + 1} U{at}|record {{| int a{at}; |}};" for at in range(count))
    return "\n".join([f"public type U0 {leaf}|boolean;", *further])


def _distinct_chain(count: int, leaf: str) -> str:
    further = (f"type E{at + 1} distinct E{at};" for at in range(count))
    errors = [f"type E0 distinct error<record {{ {leaf} a; }}>;", *further]
    return "\n".join([*errors, f"public function f(E{count} x) {{ }}"])


def _mesh(count: int, leaf: str) -> str:
    """Return public records of which each leads to three others, all of them to all."""
    return "\n".join(
        f"public type R{at} record {{| R{at * 7 % count}|R{(at * 5 + 1) % count} a; R{(at + 1) % count}? b; "
        f"{leaf if not at else 'int'} c; |}};"
        for at in range(count)
    )


@pytest.mark.parametrize(
    ("shape", "old", "new", "count"),
    [
        # Pairs of unions are as many as the square of the unions, and every member may be in all of them.
        (_doubled_unions, "1", "3", 8),
        (_doubled_unions_in_a_circle, "1", "3", 8),
        (_union_chain, "int", "string", 25),
        (_distinct_chain, "int", "string", 25),
        (_mesh, "int", "string", 25),
    ],
)
def test_types_that_all_lead_to_a_change_are_not_compared_with_each_other(
    shape: Callable[[int, str], str], old: str, new: str, count: int
) -> None:
    def steps(size: int) -> int:
        return calls(lambda: facts(shape(size, old), shape(size, new)))

    # Members of unions in unions grow with the square: four times as many are sixteen times the members.
    growth = 16 if shape in {_doubled_unions, _doubled_unions_in_a_circle} else 6
    assert steps(4 * count) < growth * steps(count)


BEGINNING_ALIKE = {
    "a longer word": "type {name}{name} int; type {name} int;",
    "a comment before the documentation": "// {hashes}{hashes}\n{hashes}\ntype {name} int;",
}


@pytest.mark.parametrize("source", BEGINNING_ALIKE.values(), ids=BEGINNING_ALIKE)
def test_what_begins_like_a_name_or_its_declaration_is_passed_at_once(source: str) -> None:
    def steps(size: int) -> int:
        name = "a" * size
        found = Mentions(surface(source.format(name=name, hashes="#" * size)))
        count = calls(lambda: found.of([name]))
        assert found.of([name]) == {name: {("shop", name)}}
        return count

    assert steps(10_000) == steps(1_000)


def test_a_line_with_many_mistakes_is_searched_for_secrets_once() -> None:
    broken = surface('public function f() { } public const PASSWORD = "x"; ' + "a " * 140)
    broken.all("shop")
    with pytest.raises(SourceError) as caught:
        require_whole(broken)
    *mistakes, more = caught.value.mistakes
    assert (len(mistakes), more.message) == (50, "and 89 more")
    assert {one.excerpt for one in mistakes} == {"public function f() { } public const PASSWORD = ***"}
    assert len({id(one.excerpt) for one in mistakes}) == 1


def test_a_type_is_written_once_for_all_sentences_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    written = []

    def counted(type_: Type) -> str:
        written.append(type_)
        return shown_type(type_)

    (difference,) = differences("public function f(int a) { }", "public function f(string a) { }")
    monkeypatch.setattr("semverdiff.rules.messages.shown_type", counted)
    meaning = messages.meaning_of(difference)
    texts = [sentence(template, meaning) for template in ["$old or $new", "[$old to ]$new", "$new"]]

    assert texts == ["int or string", "int to string", "string"]
    assert len(written) == 2


def test_many_hard_questions_cost_no_more_than_some() -> None:
    budget = Budget(of_one=1_000, shared=2_500)

    def taken() -> int:
        budget.renew()
        count = 0
        try:
            while True:
                budget.step()
                count += 1
        except BudgetExceededError:
            return count

    assert [taken() for _ in range(6)] == [1_000, 1_000, 620, *3 * [limits.OWN_COST // 4]]


def test_all_budgets_of_a_comparison_end_with_their_total() -> None:
    total = Total(1_000)
    cheap, dear = (Budget(of_one=5_000, shared=5_000, cost=cost, total=total) for cost in (1, 4))

    def steps(budget: Budget) -> int:
        budget.renew()
        count = 0
        try:
            while True:
                budget.step()
                count += 1
        except BudgetExceededError:
            return count

    assert [steps(dear), steps(cheap), steps(dear)] == [260, 10, 2]


def test_hard_questions_of_all_kinds_end_undecided_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def sides(leaf: str) -> str:
        mesh = "".join(
            f"type M{at} record {{| M{at * 7 % 60}? a; M{(at * 5 + 1) % 60}[] b; M{(at + 1) % 60}|L c; |}};"
            for at in range(60)
        )
        uses = "".join(f"public function f{at}(M{at} x, U9 y) {{ }}" for at in range(60))
        return f"type L {leaf}; {mesh} {uses} {_doubled_unions(9, leaf)}"

    taken: list[int] = []
    take = Total.take

    def counted(total: Total, cost: int) -> None:
        take(total, cost)
        taken.append(cost)

    monkeypatch.setattr(Total, "take", counted)
    monkeypatch.setattr(limits, "COMPARISON_COST", 2_000)
    found = differences(sides("int"), sides("string"))

    assert 1_000 < sum(taken) <= 2_000
    assert {one.symbol for one in found} >= {f"f{at}(x)" for at in range(60)}
    assert TOO_LONG in {one.undecided for one in found}


def test_a_question_that_needs_more_at_once_than_is_left_is_not_answered() -> None:
    budget = Budget(of_one=1_000, shared=5_000)
    budget.step(1_000)

    with pytest.raises(BudgetExceededError):
        budget.step()


@pytest.mark.parametrize("text", ["[rules]\n{}", "[check]\n{}", "{}"])
def test_only_mistakes_that_are_reported_are_searched_for_what_was_meant(
    semver: Semver, tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched = []
    find = difflib.get_close_matches

    def counted(word: str, known: list[str], n: int) -> list[str]:
        searched.append(word)
        return find(word, known, n)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    keys = "".join(f"unknown-{at} = 1\n" for at in range(500))
    shop = write_package(
        tmp_path, {"a.bal": "public function f() { }", "Semver.toml": text.replace("{}", keys)}
    )

    run = semver("check", str(shop), "--baseline", "none")

    assert run.code == 2
    assert len(searched) <= limits.MISTAKES
    assert run.err.count("unknown-") <= 3 * limits.MISTAKES
    assert "and 450 more" in run.err


def test_the_first_mistakes_are_reported_and_the_others_counted() -> None:
    mistakes = tuple(Mistake(f"mistake {at}") for at in range(1_000))

    said = SourceError(mistakes=mistakes).mistakes

    assert [one.message for one in said[: limits.MISTAKES]] == [f"mistake {at}" for at in range(50)]
    assert said[limits.MISTAKES :] == (Mistake("and 950 more"),)
    assert SourceError(mistakes=mistakes[:50]).mistakes == mistakes[:50]


def test_limits_of_sizes_lie_far_above_every_package() -> None:
    # The largest among 571 pairs of releases: bytes of a source, of all sources; files; characters of a path.
    assert limits.TEXT_BYTES >= 10 * 2_043_925
    assert limits.TEXTS_BYTES >= 10 * 8_020_739
    assert limits.ARCHIVE_ENTRIES >= 10 * 242
    # Words and signs of a source, and of all.
    assert limits.SOURCE_WORDS >= 2 * 708_784
    assert limits.PIECE_WORDS >= 708_784
    assert limits.SOURCES_WORDS >= 4 * 1_491_157
    assert limits.PATH_CHARACTERS >= 10 * 85
    assert limits.ARCHIVE_BYTES >= 2 * 200_000_000


def test_a_dotted_key_without_an_end_is_refused_before_it_is_parsed() -> None:
    mistakes: list[Mistake] = []
    parse_toml(("a." * 500_000 + "a = 1\n").encode(), "Ballerina.toml", mistakes)

    assert [one.message for one in mistakes] == ["invalid TOML: a key has more than 64 parts"]
    assert package("public function f() { }", manifest())


@pytest.mark.parametrize(("segments", "code"), [(3, 1), (4, 3)])
def test_a_resource_whose_path_is_too_long_is_not_compared(
    semver: Semver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, segments: int, code: int
) -> None:
    monkeypatch.setattr(limits, "PATH_SEGMENTS", 3)
    path = "/".join(f"[int a{number}]" for number in range(segments))
    source = f"public client class C {{ resource function get {path}() {{ }} }}"
    old = write_package(tmp_path / "old", {"a.bal": source}, version="1.0.0")
    new = write_package(tmp_path / "new", {"a.bal": source.replace("int", "string")}, version="1.0.1")

    run = semver("check", str(new), "--baseline", str(old))

    assert run.code == code
    assert ("the path of a resource has more than 3 segments: expected fewer" in run.err) is (code == 3)
    assert ("a.bal:1:43" in run.err) is (code == 3)


@pytest.mark.parametrize(
    ("limited", "expected"),
    [
        ({"TEXTS_BYTES": 60}, "'b.bal' take more than 60 bytes"),
        ({"ARCHIVE_ENTRIES": 2}, "it holds more than 2 files and folders"),
        ({"SOURCE_WORDS": 8}, "'a.bal' has more than 8 words and signs"),
        ({"SOURCES_WORDS": 30}, "the sources up to 'c.bal' have more than 30 words and signs"),
    ],
)
def test_a_directory_has_the_limits_of_an_archive(
    semver: Semver,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    limited: Mapping[str, int],
    expected: str,
) -> None:
    files = dict.fromkeys(("a.bal", "b.bal", "c.bal"), "public function f() { } // some text")
    shop = write_package(tmp_path, files)
    for limit, value in limited.items():
        monkeypatch.setattr(limits, limit, value)

    run = semver("check", str(shop), "--baseline", "none")

    assert run.code == 3
    assert expected in run.err


def test_a_package_may_have_as_many_words_as_the_limits_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SOURCE_WORDS", 7)
    monkeypatch.setattr(limits, "SOURCES_WORDS", 14)
    text = "public function f() { }"

    assert len(package({"a.bal": text, "b.bal": f"{text}{' ' * 100}"}).modules[0].files) == 2


def test_a_package_has_no_more_sources_than_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 2)

    with pytest.raises(SourceError, match="has more than 2 sources"):
        package({"a.bal": "", "b.bal": "", "c.bal": ""})


def test_of_an_archive_on_disk_only_what_is_read_is_in_memory(tmp_path: Path) -> None:
    large = tmp_path / "acme-shop-any-1.0.0.bala"
    large.write_bytes(build_bala("acme", "shop", "1.0.0", {"modules/shop/a.bal": "public function f() { }"}))
    with zipfile.ZipFile(large, "a") as archive:
        archive.writestr("platform/java21/driver.jar", bytes(64 * 2**20))

    tracemalloc.start()
    found = read_package(large)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found.version == "1.0.0"
    assert peak < 16 * 2**20
    assert found.provenance.digest == hashlib.sha256(large.read_bytes()).hexdigest()


def test_an_entry_whose_header_lies_across_two_pieces_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    content = build_bala("acme", "shop", "1.0.0", {f"modules/shop/{at}.bal": "" for at in range(9)})
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 9)

    for size in (1, 2, 3, 5, 64):
        monkeypatch.setattr(archive, "_PIECE_BYTES", size)
        with pytest.raises(ArchiveError, match="more than 9 entries"):
            read_archive(content, name="x.bala", provenance=Provenance("central"))


def test_a_chain_of_inclusions_costs_what_its_links_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    def chain(count: int) -> str:
        links = (f"public type T{at} record {{ *T{at - 1}; }};" for at in range(1, count))
        return "\n".join(["public type T0 record { int a; };", *links])

    monkeypatch.setattr(limits, "INCLUSION_LEVELS", 8)

    def steps(count: int) -> int:
        return calls(lambda: describe(surface(chain(count))))

    assert steps(400) < GROWTH * steps(40)


def test_an_api_in_which_each_type_lists_all_before_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    links = (f"public type T{at} record {{ *T{at - 1}; int b{at}; }};" for at in range(1, 20))
    declared = surface("\n".join(["public type T0 record { int a; };", *links]))
    assert len(describe(declared)[0].symbols) == 20

    monkeypatch.setattr(limits, "LISTED_SYMBOLS", 100)
    with pytest.raises(SourceError, match="more than 100 symbols up to 'T"):
        describe(declared)


def test_what_is_included_more_deeply_than_is_followed_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "type A record { int a; }; type B record { *A; int b; }; public type C record { *B; int c; };"

    def members() -> tuple[set[str], set[str]]:
        declared = surface(text)
        found = declared.declaration("shop", "C")
        assert isinstance(found, TypeDefinition)
        read = record_members(Type(found.type, "shop", declared))
        return set(read.fields), {one.name for one in read.opaque}

    assert members() == ({"a", "b", "c"}, set())
    monkeypatch.setattr(limits, "INCLUSION_LEVELS", 1)
    assert members() == ({"b", "c"}, {"A"})


def test_whether_a_name_is_an_error_is_asked_once() -> None:
    def asked(count: int) -> int:
        links = (f"type T{at} T{at - 1};" for at in range(1, count))
        declared = surface("\n".join(["type T0 error;", *links]))
        names = [Type(Reference(None, f"T{at}"), "shop", declared) for at in range(count)]
        assert all(map(is_error, names))
        return calls(lambda: [is_error(name) for name in names])

    assert asked(400) < GROWTH * asked(40)


def test_a_type_that_names_nothing_is_compared_however_deep_it_nests() -> None:
    deep = f"{'map<' * 1_200}(int|string)[]{'>' * 1_200}"
    sides = [f"public function f({deep} a, {deep}|{leaf} b) {{ }}" for leaf in ("boolean", "float")]

    assert [(one.symbol, one.fact.value) for one in differences(*sides)] == [
        ("f(b)", "parameter-type-changed")
    ]
