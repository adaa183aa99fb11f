"""What is said of types that other packages declare?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.packages import package
from support.sources import descriptor, surface
from support.types import SIMPLE, law, nothing_is_anchored

from semverdiff.api import Surface, connect, language_library
from semverdiff.packages import Dependency, Manifest, Package, Unavailable
from semverdiff.types import Type, relation
from semverdiff.types.module_types import Questions
from semverdiff.types.semantic.lowering import Lowering
from semverdiff.types.subtyping import Operand, Subtyping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.types import TypeRelation

IMPORTS = """import acme/other as o; import ballerina/lang.'object; import ballerina/lang.'error;
import ballerina/lang.regexp; import ballerina/lang.'transaction; import ballerina/lang.'typedesc;
import ballerina/lang.runtime; import ballerina/lang.value; import ballerina/lang.'stream;
"""
DECLARED = f"""{IMPORTS}
type One record {{| *o:Row; int a; |}};
type Two record {{| *o:Row; int|string a; |}};
type Query distinct object {{ *'object:RawTemplate; public int[] insertions; }};
"""

# Symbol, whether left is within right and right within left, as far as that is known.
OPAQUE = {
    "itself": ("o:T", "o:T", "=", (True, True)),
    "more beside it": ("o:T", "o:T|error", "?", (True, None)),
    "another": ("o:T", "o:U", "?", (None, None)),
    "an error, perhaps": ("o:T", "any", "?", (None, None)),
    "an error and nothing else, perhaps": ("o:T", "error", "?", (None, None)),
    "sequences of it": ("xml<o:T>", "xml<o:U>", "?", (None, None)),
    "what it has in common with another type": ("o:T & map<int>", "map<int>", "?", (None, None)),
    "everything": ("o:T", "any|error", "?", (True, None)),
    "a value of it, perhaps": ("int", "o:T", "?", (None, None)),
    "what else decides": (
        "record {| o:T r; int x; |}",
        "record {| o:T r; int|string x; |}",
        "<",
        (True, False),
    ),
    "what else rules out": ("record {| o:T r; |}", "int", "<>", (False, False)),
    "readonly of it": ("readonly & o:T", "readonly", "?", (True, None)),
    "in a list": ("o:T[]", "(o:T|o:U)[]", "?", (True, None)),
    "before what is known": (
        "record {| o:T[] a; map<int> b; |}",
        "record {| string[] a; map<int> b; |}",
        "?",
        (None, None),
    ),
    "as a parameter": ("function (o:T)", "function (o:T?)", "?", (None, True)),
    "the same inclusion": ("One", "Two", "?", (True, None)),
}


@pytest.mark.parametrize(("left", "right", "symbol", "known"), OPAQUE.values(), ids=OPAQUE)
def test_only_what_holds_for_every_meaning_of_a_name_is_said(
    left: str, right: str, symbol: str, known: tuple[bool | None, bool | None]
) -> None:
    answer = relation(DECLARED, left, right)

    assert (answer.symbol, (answer.within, answer.covers)) == (symbol, known)
    assert (symbol == "?") is bool(answer.missing)


def test_a_record_that_leads_back_to_one_with_an_unknown_name_is_not_known_either() -> None:
    side = surface(f"{IMPORTS} type A record {{| B? b; o:T t; |}}; type B record {{| A? a; |}};")
    subtyping = Subtyping(nothing_is_anchored, side)
    holder, held, other = (
        Operand(Type(descriptor(text), "shop", side))
        for text in ("A", "B", "record {| record {| B? b; string t; |}? a; |}")
    )

    # B is translated on the way to A, whose fields are not all known by then.
    assert subtyping.within(holder, other) is False
    assert subtyping.within(held, other) is None


UNKNOWN = ["o:T", "o:U", "One", "xml<o:T>", "A", "B", "B[]", "record {| A a; o:T? b; |}"]
MIXED = st.recursive(
    st.sampled_from([*UNKNOWN, *SIMPLE, "Point", "Tree", "Apart"]),
    lambda inner: st.builds(
        str.format,
        st.sampled_from(
            ["({})?", "{}|{}", "{}[]", "map<{}>", "record {{| {} a; {} b?; |}}", "function ({}) returns {}"]
        ).map(lambda form: form.replace("{}", "({})")),
        inner,
        inner,
    ),
    max_leaves=6,
)


class _Doubtful(Lowering):
    """A lowering that never followed all names, so that every reading is asked."""

    @property
    def followed_all(self) -> bool:
        return False


@law
@given(st.lists(st.tuples(MIXED, MIXED), min_size=1, max_size=3))
def test_other_readings_say_the_same_of_types_whose_names_are_all_followed(
    questions: list[tuple[str, str]],
) -> None:
    side = surface(f"""
        {IMPORTS} type One record {{| *o:Row; int a; |}};
        type Point record {{| int x; int y; |}}; type Apart distinct object {{ }};
        type Tree record {{| int value; Tree[] children; |}};
        type A record {{| B? b; Point p; |}}; type B record {{| A? a; |}};
    """)
    asked = [[Operand(Type(descriptor(text, IMPORTS), "shop", side)) for text in pair] for pair in questions]

    def answers(lowering: type[Lowering]) -> list[TypeRelation]:
        subtyping = Subtyping(lambda _, name: name == "Point", side, lowering=lowering)
        return [subtyping.relate(left, right) for left, right in asked]

    assert answers(Lowering) == answers(_Doubtful)


def test_the_reason_is_none_that_a_meaning_could_take_away() -> None:
    held, wanted = "record {| o:T a; string b; |}", "record {| o:U a; int b; |}"
    for form in ("{}", "readonly & {}"):
        answer = relation(DECLARED, form.format(held), form.format(wanted))
        assert answer.path == 'field "b": string is not a subtype of int'


def test_the_example_is_outside_of_every_meaning() -> None:
    left, right = "record {| int a; |}|record {| string b; |}", "record {| o:T a; |}"

    assert relation(DECLARED, left, right).example == '{"b": "a"}'


def test_no_example_has_a_part_that_nobody_knows() -> None:
    answer = relation(DECLARED, "One|error<record {| int code; |}>", "int")

    assert answer.example == 'error("a", code = 0)'


LIBRARY = {
    "an iterable": ("'object:Iterable", "object { }", "<"),
    "a distinct type is no structure": (
        "object { public (readonly & string[]) strings; public (any|error)[] insertions; }",
        "'object:RawTemplate",
        ">",
    ),
    "a retry manager": (
        "'object:RetryManager",
        "object { public function shouldRetry(error? e) returns boolean; }",
        "=",
    ),
    "a distinct error": ("'error:Retriable", "error", "<"),
    "an error's detail": ("'error:Detail", "map<value:Cloneable>", "="),
    "a stack frame": ("'error:StackFrame", "runtime:StackFrame", "="),
    "a span": ("regexp:Span", "readonly", "<"),
    "groups": ("regexp:Groups", "readonly & regexp:Span?[]", "<"),
    "a replacement": ("regexp:Replacement", "string", ">"),
    "a transaction": ("'transaction:Info", "readonly & record {| byte[] xid; any...; |}", "<"),
    "a handler": ("function ('transaction:Info info)", "'transaction:CommitHandler", ">"),
    "a type-id": ("'typedesc:TypeId", "readonly & map<anydata>", "<"),
    "a listener": ("runtime:DynamicListener", "object { public function 'start() returns error?; }", "<"),
    "cloneables": ("value:Cloneable", "any|error", "<"),
}


@pytest.mark.parametrize(("left", "right", "symbol"), LIBRARY.values(), ids=LIBRARY)
def test_the_language_library_is_known(left: str, right: str, symbol: str) -> None:
    answer = relation(DECLARED, left, right)

    assert (answer.symbol, answer.missing) == (symbol, ())


@pytest.mark.parametrize(
    "module", ["ballerina/http", "acme/lang.runtime", "ballerina/lang.int", "lang.runtime"]
)
def test_no_other_module_is_of_the_language_library(module: str) -> None:
    assert language_library(module) is None


def test_the_librarys_type_parameters_stay_unknown() -> None:
    assert relation(DECLARED, "'stream:Type", "any").missing == ("ballerina/lang.stream:Type",)


OTHER = {
    "Ballerina.toml": '[package]\norg = "acme"\nname = "other"\nversion = "2.0.0"\n',
    "lib.bal": """
        import ballerina/lang.'object;
        public type Point record {| int x; int y; |};
        public type Id string;
        public type Failure distinct error;
        public type Source 'object:Iterable;
        type Hidden int;
        public type Shown Hidden[];
    """,
}


def _related(
    old: str, new: str, texts: tuple[str, str], packages: Mapping[str, Surface], anchors: frozenset[str]
) -> TypeRelation:
    before, after = surface(f"{IMPORTS} {old}"), surface(f"{IMPORTS} {new}")

    def elsewhere(_side: Surface, module: str) -> Surface | None:
        return packages.get(module) or language_library(module)

    relations = Subtyping(lambda _, name: name in anchors, after, elsewhere=elsewhere)
    sides = (
        Operand(Type(descriptor(text, IMPORTS), one.package.name, one))
        for text, one in zip(texts, (before, after), strict=True)
    )
    return relations.relate(*sides)


RESOLVED = {
    "an alias": ("o:Id", "string", "="),
    "a record": ("o:Point", "record {| int x; |}", "<>"),
    "an optional record": ("o:Point", "o:Point?", "<"),
    "a distinct error": ("o:Failure", "error", "<"),
    "a name of a name": ("o:Shown", "int[]", "="),
    "a name of the library in it": ("o:Source", "'object:Iterable", "="),
}


@pytest.mark.parametrize(("left", "right", "symbol"), RESOLVED.values(), ids=RESOLVED)
def test_a_package_that_is_at_hand_is_looked_into(left: str, right: str, symbol: str) -> None:
    packages = {"acme/other": surface(OTHER, OTHER["Ballerina.toml"])}

    answer = _related("", "", (left, right), packages, frozenset())

    assert (answer.symbol, answer.missing) == (symbol, ())


def test_a_name_that_the_package_does_not_declare_is_missing() -> None:
    packages = {"acme/other": surface(OTHER, OTHER["Ballerina.toml"])}

    assert _related("", "", ("o:Gone", "int"), packages, frozenset()).missing == ("acme/other:Gone",)


def test_a_name_of_another_package_is_no_anchor_of_this_one() -> None:
    packages = {"acme/other": surface(OTHER, OTHER["Ballerina.toml"])}
    own = "public type Point record {| string name; |};"

    answer = _related(own, own, ("o:Point", "Point"), packages, frozenset({"Point", "Id", "Hidden"}))

    assert answer.symbol == "<>"


def test_errors_of_one_name_in_two_packages_are_two() -> None:
    packages = {"acme/other": surface(OTHER, OTHER["Ballerina.toml"])}
    own = "type Failure distinct error;"

    assert _related(own, own, ("o:Failure", "Failure"), packages, frozenset()).symbol == "<>"


def test_a_distinct_type_that_nobody_sees_is_the_same_in_both_versions() -> None:
    own = "type Failure distinct error; type Handle distinct object { };"

    assert _related(own, own, ("Failure", "Failure?"), {}, frozenset()).symbol == "<"
    assert _related(own, own, ("Handle", "Handle"), {}, frozenset()).symbol == "="


def test_a_distinct_type_of_another_name_is_the_same_where_that_is_known() -> None:
    before, after = surface("type Broken distinct error;"), surface("type Failure distinct error;")
    sides = Type(descriptor("Broken"), "shop", before), Type(descriptor("Failure"), "shop", after)

    def renamed(side: Surface, name: tuple[str, str]) -> tuple[str, str]:
        return ("shop", "Broken") if side is after and name == ("shop", "Failure") else name

    known = Subtyping(lambda *_: False, after, identify=renamed)
    assert known.relate(*map(Operand, sides)).symbol == "="
    assert Subtyping(lambda *_: False, after).relate(*map(Operand, sides)).symbol == "<>"


def test_an_anchored_name_is_the_same_whatever_it_became() -> None:
    answer = _related(
        "public type Order string;", "public type Order int;", ("Order", "Order?"), {}, frozenset({"Order"})
    )

    assert answer.symbol == "<"


def _shop(version: str | None, *, resolved: bool = True) -> Package:
    """A package that was built against acme/other of this version."""
    dependencies = (Dependency("acme", "other", version),)
    manifest = Manifest(dependencies=dependencies, dependencies_resolved=resolved)
    return replace(package(""), manifest=manifest)


def _other(version: str, x: str = "int", further: str = "") -> Package:
    manifest = OTHER["Ballerina.toml"].replace("2.0.0", version)
    declared = {
        "lib.bal": f"public type Point record {{| {x} x; |}}; {further}",
        "modules/inner/lib.bal": OTHER["lib.bal"],
    }
    return package(declared, manifest)


def _in_versions(
    old: Package, new: Package, texts: tuple[str, str], shelf: Mapping[str, Package]
) -> TypeRelation:
    before, after = Surface(old), Surface(new)
    asked: list[str] = []

    def find(dependency: Dependency) -> Package | Unavailable:
        asked.append(str(dependency.version))
        return shelf.get(str(dependency.version), Unavailable("it is not on the shelf", "put it there"))

    connect(before, after, find, find)
    relations = Subtyping(lambda *_: False, after)
    imports = f"{IMPORTS} import acme/other.inner;"
    sides = (
        Operand(Type(descriptor(text, imports), "shop", one))
        for text, one in zip(texts, (before, after), strict=True)
    )
    answer = relations.relate(*sides)
    assert len(asked) <= len((before, after)), "each side looks for a version once"
    return answer


def test_each_side_sees_the_version_that_it_was_built_against() -> None:
    shelf = {"1.0.0": _other("1.0.0"), "2.0.0": _other("2.0.0", "string")}
    old, new = _shop("1.0.0"), _shop("2.0.0")

    assert _in_versions(old, new, ("o:Point", "record {| int x; |}"), shelf).symbol == "="
    assert _in_versions(old, new, ("record {| string x; |}", "o:Point"), shelf).symbol == "="


def test_a_name_is_the_same_name_in_another_version() -> None:
    shelf = {"1.0.0": _other("1.0.0"), "2.0.0": _other("2.0.0", "string")}

    for form in ("{}", "{}[]", "function () returns {}"):
        texts = form.format("o:Point"), form.format("o:Point?")
        assert _in_versions(_shop("1.0.0"), _shop("2.0.0"), texts, shelf).symbol == "<"


def test_a_name_is_the_same_name_inside_of_its_package() -> None:
    held = "public type Held record {| Point point; |};"
    shelf = {"1.0.0": _other("1.0.0"), "2.0.0": _other("2.0.0", "string", held)}
    texts = "record {| o:Point point; |}", "o:Held"

    assert _in_versions(_shop("1.0.0"), _shop("2.0.0"), texts, shelf).symbol == "="


def test_a_module_is_found_in_its_package() -> None:
    shelf = {"1.0.0": _other("1.0.0")}

    assert _in_versions(_shop("1.0.0"), _shop("1.0.0"), ("inner:Id", "string"), shelf).symbol == "="


@pytest.mark.parametrize(
    "shop",
    [_shop("3.0.0"), _shop(None)],
    ids=["not at hand", "of no version"],
)
def test_without_the_very_version_a_name_stays_a_name(shop: Package) -> None:
    answer = _in_versions(shop, shop, ("o:Point", "int"), {"1.0.0": _other("1.0.0")})

    assert (answer.symbol, answer.missing) == ("?", ("acme/other:Point",))


def test_without_a_lock_the_minimum_version_counts() -> None:
    shop = _shop("1.0.0", resolved=False)

    assert (
        _in_versions(shop, shop, ("o:Point", "record {| int x; |}"), {"1.0.0": _other("1.0.0")}).symbol == "="
    )


def test_a_text_sees_the_versions_that_its_manifest_says() -> None:
    shelf = {"1.0.0": _other("1.0.0"), "2.0.0": _other("2.0.0", "string")}

    def find(dependency: Dependency) -> Package | Unavailable:
        return shelf.get(str(dependency.version), Unavailable("it is not on the shelf", "put it there"))

    for version, written in (("1.0.0", "int"), ("2.0.0", "string")):
        asked = Questions("import acme/other as o;", find=find, manifest=_shop(version).manifest)
        assert asked.relation("o:Point", f"record {{| {written} x; |}}").symbol == "="
