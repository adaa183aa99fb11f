"""What other packages bring: included members with their origin, doubt about what was not read, raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.worlds import ABSENT, built, connected, shelf

from semverdiff import limits
from semverdiff.api import Surface, Type, connect, record_members
from semverdiff.changes import DependencyVersions
from semverdiff.compare import Difference, compare
from semverdiff.compare.context import Context
from semverdiff.compare.details import InclusionChanged, PackageChanged, TypeChanged
from semverdiff.compare.facts import Fact
from semverdiff.compare.raises import Raises, raised_types, raises
from semverdiff.config import Policies
from semverdiff.packages import Manifest, Unavailable
from semverdiff.rules import finding_of
from semverdiff.syntax.nodes import Reference, TypeDefinition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.packages import Dependency, Package

_MONEY = 'public type Amount record {| decimal value; string currency = "EUR"; |};'
_WIDER = 'public type Amount record {| decimal value; string currency = "EUR"; int scale?; |};'
_IMPORT = "import acme/money; "
_PRICE = f"{_IMPORT}public type Price record {{| *money:Amount; boolean net; |}};"


def _compared(
    old: Package, new: Package, packages: Iterable[Package], asked: list[str] | None = None
) -> list[Difference]:
    return compare(*connected(old, new, shelf(packages, asked)))


def _stated(differences: Iterable[Difference]) -> list[str]:
    """Return rules and symbols, without what is said of the package as a whole."""
    marks = ((one, "?" if one.undecided else "") for one in differences if one.symbol != "(package)")
    return [f"{one.symbol}: {one.rule}{mark}" for one, mark in marks]


def _money(version: str, text: str, **locked: str) -> Package:
    return built(text, "money", version, **locked)


# What is included


def test_own_public_types_are_compared_at_their_own_names_in_a_world_as_well() -> None:
    old = "public class R { public function a() {} } public type T typedesc<R|anydata>;"
    new = (
        "public class R { public function a() {} public function b() {} } "
        "public type T typedesc<R|anydata|stream<int, error?>>;"
    )
    found = _compared(built(old), built(new), [])
    assert _stated(found) == ["R.b: class-method-added", "T: type-widened"]


def test_what_both_versions_name_is_not_followed_to_explain_a_type(monkeypatch: pytest.MonkeyPatch) -> None:
    methods = " ".join(f"public function f{at}() returns money:Amount|{at};" for at in range(20))
    old = f"{_IMPORT}public type R object {{ {methods} }}; public type T typedesc<R|int>;"
    new = old.replace("R|int", "R|int|error")
    monkeypatch.setattr(limits, "EXPLANATION_STEPS", 10)
    monkeypatch.setattr(limits, "OWN_COST", 1)
    # Where a package is not at hand, what it declares may be anything: following R would take long.
    found = _compared(built(old, money="1.0.0"), built(new, money="1.0.0"), [])
    (widened,) = (one for one in found if one.symbol == "T")
    assert isinstance(widened.detail, TypeChanged)
    assert widened.detail.path == "described type: R|int|error is not a subtype of R|int"


def test_fields_that_move_into_an_included_record_stay() -> None:
    old = 'public type Price record {| decimal value; string currency = "EUR"; boolean net; |};'
    found = _compared(built(old), built(_PRICE, money="1.0.0"), [_money("1.0.0", _MONEY)])
    assert _stated(found) == ["Price: record-inclusion-respelled"]


def test_a_member_that_an_inclusion_brings_names_its_package() -> None:
    old = "public type Price record {| decimal value; boolean net; |};"
    found = _compared(built(old), built(_PRICE, money="1.0.0"), [_money("1.0.0", _MONEY)])
    (added,) = found[1:]
    assert _stated([added]) == ["Price.currency: record-field-defaultable-added"]
    assert added.dependency == DependencyVersions("acme/money", None, "1.0.0")
    assert str(added.dependency) == "acme/money 1.0.0"


def test_a_type_of_another_package_is_shown_as_this_one_writes_it() -> None:
    text = (
        "public type Amount record {| Currency? currency; |}; public type Currency record {| string code; |};"
    )
    new = f"{_IMPORT}public type Price record {{| money:Currency|int currency; |}};"
    old = f"{_IMPORT}public type Price record {{| *money:Amount; |}};"
    found = _compared(built(old, money="1.0.0"), built(new, money="1.0.0"), [_money("1.0.0", text)])
    (changed,) = (one for one in found if one.symbol == "Price.currency")
    assert isinstance(changed.detail, TypeChanged)
    message = finding_of(changed, Policies(), strict=False).message
    assert "'money:Currency?'" in message
    assert "'money:Currency|int'" in message


def test_an_included_member_is_placed_at_the_type_that_includes_it() -> None:
    old = "public type Price record {| decimal value; boolean net; |};"
    new = built("\n" + _PRICE, money="1.0.0")
    found = _compared(built(old), new, [_money("1.0.0", _MONEY)])
    place = next(one.new for one in found if one.symbol == "Price.currency")
    assert place is not None
    assert (place.text, place.file, place.line) == ('string currency = "EUR"', "lib.bal", 2)


def test_a_raised_package_changes_the_records_that_include_its_types() -> None:
    packages = [_money("1.0.0", _MONEY), _money("1.1.0", _WIDER)]
    found = _compared(built(_PRICE, money="1.0.0"), built(_PRICE, money="1.1.0"), packages)
    assert _stated(found) == ["Price.scale: record-field-optional-added"]
    assert found[-1].dependency == DependencyVersions("acme/money", "1.0.0", "1.1.0")
    assert found[-1].dependency.is_raised


def test_a_raised_package_changes_the_objects_that_include_its_types() -> None:
    text = "public type Named object {{ public function name() returns string;{} }};"
    packages = [
        _money("1.0.0", text.format(" public function code() returns int;")),
        _money("2.0.0", text.format("")),
    ]
    own = f"{_IMPORT}public type Shop object {{ *money:Named; }};"
    found = _compared(built(own, money="1.0.0"), built(own, money="2.0.0"), packages)
    assert _stated(found) == ["Shop.code: object-method-removed"]
    assert str(found[-1].dependency) == "acme/money, 1.0.0 -> 2.0.0"


def test_a_type_that_is_gone_is_removed_whatever_it_included() -> None:
    record = "public type P record {{| {} a; |}};"
    packages = [
        built(record.format(type_), "money", version)
        for type_, version in (("int", "1.0.0"), ("string", "1.1.0"))
    ]
    kept, gone = (f"public type {name} record {{| *money:P; |}};" for name in ("Kept", "Gone"))
    old = built(f"import acme/money; {kept} {gone}", money="1.0.0")
    new = built(f"import acme/money; {kept}", money="1.1.0")
    found = [f"{one.symbol}: {one.rule}" for one in compare(*connected(old, new, shelf(packages)))]
    assert found == [
        "(package): package-dependency-minimum-raised",
        "Gone: type-removed",
        "Kept.a: record-field-type-changed",
    ]


def test_what_another_package_includes_and_does_not_declare_is_named_in_full() -> None:
    money = built("public type P record {| *Coin; |};", "money", "1.0.0")
    shop = built("import acme/money; public type R record {| *money:P; |};", money="1.0.0")
    old, _ = connected(shop, shop, shelf([money]))
    declared = old.declaration("shop", "R")
    assert isinstance(declared, TypeDefinition)
    assert record_members(Type(declared.type, "shop", old)).opaque == {Reference("acme/money", "Coin")}


def test_three_levels_of_packages_are_followed_in_the_versions_of_the_build() -> None:
    # The lock of the package decides, and not what its dependencies were built with.
    low = "public type Low record {| int a;$ |};"
    middle = "import acme/low; public type Middle record {| *low:Low; int b; |};"
    high = "import acme/middle; public type High record {| *middle:Middle; int c; |};"
    own = "import acme/high; public type Own record {| *high:High; |};"
    packages = [
        built(low.replace("$", ""), "low", "1.0.0"),
        built(low.replace("$", " int extra?;"), "low", "1.1.0"),
        built(middle, "middle", "1.0.0", low="1.0.0"),
        built(high, "high", "1.0.0", low="1.0.0", middle="1.0.0"),
    ]
    sides = [built(own, low=version, middle="1.0.0", high="1.0.0") for version in ("1.0.0", "1.1.0")]
    found = _compared(sides[0], sides[1], packages)
    assert _stated(found) == ["Own.extra: record-field-optional-added"]
    assert str(found[-1].dependency) == "acme/low, 1.0.0 -> 1.1.0"


def test_packages_that_depend_on_each_other_are_followed() -> None:
    money = "import acme/bank; public type Amount record {| *bank:Account; int value; |};"
    bank = "import acme/money; public type Account record {| money:Amount? last = (); int number;$ |};"
    packages = [
        built(money, "money", "1.0.0", bank="1.0.0"),
        built(bank.replace("$", ""), "bank", "1.0.0", money="1.0.0"),
        built(bank.replace("$", " int branch?;"), "bank", "1.1.0", money="1.0.0"),
    ]
    sides = [built(_PRICE, money="1.0.0", bank=version) for version in ("1.0.0", "1.1.0")]
    found = _compared(sides[0], sides[1], packages)
    assert _stated(found) == ["Price.branch: record-field-optional-added"]


def test_a_dependency_that_depends_on_the_package_itself_sees_its_own_side() -> None:
    own = (
        f"{_IMPORT}public type Base record {{| int a;$ |}}; public type Price record {{| *money:Amount; |}};"
    )
    money = "import acme/shop; public type Amount record {| *shop:Base; |};"
    packages = [built(money, "money", "1.0.0", shop="1.0.0")]
    old, new = (built(own.replace("$", more), money="1.0.0") for more in ("", " int b?;"))
    assert _stated(_compared(old, new, packages)) == ["Base.b: record-field-optional-added"]


CONSTANTS = {
    "of a constant": ("money:LIMIT", "public const LIMIT = $;", ("1", "2")),
    "of an enum": ("money:LOW", "public enum Level { LOW = $ }", ('"a"', '"b"')),
}


@pytest.mark.parametrize(("used", "text", "values"), CONSTANTS.values(), ids=CONSTANTS)
def test_values_of_other_packages_are_followed(used: str, text: str, values: tuple[str, str]) -> None:
    own = f"{_IMPORT}public type Price record {{| int|string most = {used};$ |}};"
    packages = [_money(f"1.{at}.0", text.replace("$", value)) for at, value in enumerate(values)]
    old, more = built(own.replace("$", ""), money="1.0.0"), own.replace("$", " int more?;")
    more_field = "Price.more: record-field-optional-added"
    most = "Price.most: record-field-default-value-changed"
    assert _stated(_compared(old, built(more, money="1.0.0"), packages)) == [more_field]
    assert _stated(_compared(old, built(more, money="1.1.0"), packages)) == [more_field, most]


TYPES = {
    "a constant": ("money:ONE", "1", "public const ONE = 1;"),
    "a member of an enum": ("money:LOW", '"low"', 'public enum Level { LOW = "low" }'),
    "an enum": ("money:Level", '"low"|"high"', 'public enum Level { LOW = "low", HIGH = "high" }'),
    "a union": ("money:Id", "int|string", "public type Id int|string;"),
    "the length of an array": ("int[money:TWO]", "int[2]", "public const TWO = 2;"),
    "a private name behind a public one": ("money:Id", "int", "type Hidden int; public type Id Hidden;"),
    "a detail of errors": (
        "error<money:Detail>",
        "error<record {| int code; |}>",
        "public type Detail record {| int code; |};",
    ),
    "a typedesc": ("typedesc<money:Id>", "typedesc<int>", "public type Id int;"),
}


@pytest.mark.parametrize(("named", "written", "text"), TYPES.values(), ids=TYPES)
def test_types_of_other_packages_are_what_they_stand_for(named: str, written: str, text: str) -> None:
    own = f"{_IMPORT}public function price() returns $ => make();"
    sides = [built(own.replace("$", one), money="1.0.0") for one in (named, written)]
    assert _stated(_compared(sides[0], sides[1], [_money("1.0.0", text)])) == [
        "price: function-return-type-respelled"
    ]


_TEMPLATE = "import ballerina/lang.'object; public type Query distinct object {{ *'object:{} }};"


def test_what_the_language_library_brings_is_known_and_comes_from_no_version() -> None:
    old, new = _TEMPLATE.format("RawTemplate;"), "public type Query distinct object { };"
    found = _compared(built(old), built(new), [])
    assert _stated(found) == [
        "Query: object-type-id-removed",
        "Query.insertions: object-field-removed",
        "Query.strings: object-field-removed",
    ]
    assert {one.dependency for one in found} == {None}


def test_a_type_that_includes_one_of_the_language_library_is_related_exactly() -> None:
    old = _TEMPLATE.format("RawTemplate; public int[] insertions;")
    taken = "public function take(Query|int it) {}"
    found = _compared(built(f"{old} {taken}"), built(f"{old} {taken.replace('|int', '|int|string')}"), [])
    assert _stated(found) == ["take(it): function-parameter-type-widened"]


def test_what_the_language_library_does_not_declare_stays_unread() -> None:
    old, new = _TEMPLATE.format("Nothing;"), "public type Query distinct object { };"
    found = _compared(built(old), built(new), [])
    assert _stated(found)[0].endswith("?")


# What was not read


def test_what_a_raised_package_brings_is_one_undecided_finding_where_it_was_not_read() -> None:
    found = _compared(built(_PRICE, money="1.0.0"), built(_PRICE, money="1.1.0"), [])
    (one,) = [one for one in found if one.symbol != "(package)"]
    assert (one.symbol, one.is_unread) == ("Price", True)
    assert one.undecided == (
        f"what money:Amount (acme/money, 1.0.0 -> 1.1.0) brings was not read: {ABSENT.why}; {ABSENT.remedy}"
    )
    assert one.dependency == DependencyVersions("acme/money", "1.0.0", "1.1.0")


def test_what_several_packages_may_bring_comes_from_none_of_them_alone() -> None:
    own = f"{_IMPORT}import acme/tax; public type Price record {{| *money:Amount; *tax:Rate; |}};"
    found = _compared(built(own, money="1.0.0", tax="1.0.0"), built(own, money="1.1.0", tax="1.1.0"), [])
    (one,) = [one for one in found if one.is_unread and one.symbol == "Price"]
    assert one.dependency is None


def test_nothing_is_said_to_come_from_a_package_that_was_not_read() -> None:
    found = _compared(built(_PRICE, money="1.0.0"), built(_PRICE, money="1.1.0"), [])
    (one,) = [one for one in found if one.symbol == "Price"]
    assert "comes from" not in str(finding_of(one, Policies(), strict=False).explanation)


@pytest.mark.parametrize("missing", ["1.0.0", "1.1.0"])
def test_one_version_that_was_not_read_leaves_it_open(missing: str) -> None:
    packages = [one for one in (_money("1.0.0", _MONEY), _money("1.1.0", _WIDER)) if one.version != missing]
    found = _compared(built(_PRICE, money="1.0.0"), built(_PRICE, money="1.1.0"), packages)
    unread = [one for one in found if one.is_unread]
    assert [one.symbol for one in unread] == ["Price"]
    # In both directions: nothing that the other version brings or lacks is proved.
    others = [one for one in found if one.symbol.startswith("Price.")]
    assert others
    assert all(one.undecided for one in others)


def test_what_both_builds_have_in_one_version_makes_no_difference_unread() -> None:
    new = _PRICE.replace("boolean net;", "boolean net; int rate?;")
    found = _compared(built(_PRICE, money="1.0.0"), built(new, money="1.0.0"), [])
    assert _stated(found) == ["Price.rate: record-field-optional-added?"]


def test_a_package_that_does_not_parse_counts_as_unread() -> None:
    packages = [_money("1.0.0", _MONEY), _money("1.1.0", "public type Amount record {| decimal")]
    found = _compared(built(_PRICE, money="1.0.0"), built(_PRICE, money="1.1.0"), packages)
    assert [one.symbol for one in found if one.is_unread] == ["Price"]


# What was raised, and is named only


def test_a_default_is_lost_in_a_record_that_a_parameter_includes() -> None:
    text = f"{_IMPORT}public function f(*money:Amount a) {{}}"
    other = text.replace(" a)", " a, int scale = 1)")
    packages = [_money("1.0.0", _MONEY), _money("2.0.0", _MONEY.replace(' = "EUR"', ""))]
    found = _compared(built(text, money="1.0.0"), built(other, money="2.0.0"), packages)
    assert "f(a): function-parameter-included-record-changed" in _stated(found)


def test_a_raised_package_is_judged_by_what_clients_meet_of_it() -> None:
    own = f"{_IMPORT}public function pay(money:Amount amount) {{}}"
    packages = [
        _money("1.0.0", f"{_MONEY} public type Other int;"),
        _money("2.0.0", f"{_WIDER.replace('scale?', 'scale')} public type Other string;"),
    ]
    found = _compared(built(own, money="1.0.0"), built(own, money="2.0.0"), packages)
    assert _stated(found) == ["money:Amount.scale: record-field-required-added"]
    assert found[-1].dependency == DependencyVersions("acme/money", "1.0.0", "2.0.0", met_in="pay")
    assert (found[-1].module, found[-1].position) == ("shop", "in")


def test_an_annotation_that_leads_to_a_raised_package_is_named_without_its_sign() -> None:
    text = f"{_IMPORT}public annotation money:Amount Cost on type;"
    packages = [_money("1.0.0", _MONEY), _money("2.0.0", _MONEY.replace("decimal value", "float value"))]
    found = _compared(built(text, money="1.0.0"), built(text, money="2.0.0"), packages)
    assert {one.dependency.met_in for one in found if one.dependency is not None} == {"Cost"}


def test_a_new_name_for_what_a_field_took_is_followed_into_the_raised_package() -> None:
    # The field is declared there: what its types have in common is compared at their own names.
    kept = "public type File record {| string name; |}; public type Kafka record {| string topic;$ |};"
    texts = (
        f"{kept.replace('$', '')} public type Options record {{| File|Kafka storage; |}};",
        f"""{kept.replace("$", " int partition?;")} public type Memory record {{| int size; |}};
        public type Storage File|Kafka|Memory; public type Options record {{| Storage storage; |}};""",
    )
    packages = [_money(f"1.{at}.0", text) for at, text in enumerate(texts)]
    own = f"{_IMPORT}public type Settings record {{| *money:Options; |}};"
    sides = [built(own, money=version) for version in ("1.0.0", "1.1.0")]
    assert _stated(_compared(sides[0], sides[1], packages)) == [
        "Settings.storage: record-field-type-widened",
        "money:Kafka.partition: record-field-optional-added",
    ]


MET = {
    "through a private type": "type Hidden money:Amount; public function pay(Hidden amount) {}",
    "through a record": "public type Bill record { money:Amount[] amounts; };",
    "through another name": "public type Amount money:Amount;",
    "behind an included record": "type Base record { money:Amount a; }; public type Bill record { *Base; };",
    "in a class": "public class Till { public function pay(money:Amount amount) {} }",
    "included and named": "public type Bill record { *money:Amount; }; public final money:Amount[] a = [];",
}


@pytest.mark.parametrize("own", MET.values(), ids=MET)
def test_a_type_is_met_wherever_the_api_leads_to_it(own: str) -> None:
    packages = [_money("1.0.0", _MONEY), _money("1.1.0", _WIDER)]
    sides = [built(_IMPORT + own, money=version) for version in ("1.0.0", "1.1.0")]
    assert "money:Amount.scale: record-field-optional-added" in _stated(
        _compared(sides[0], sides[1], packages)
    )


def test_a_type_is_met_through_other_packages_that_were_not_raised() -> None:
    bank = "import acme/money; public type Account record {| money:Amount amount; |};"
    packages = [
        built(bank, "bank", "1.0.0", money="1.0.0"),
        _money("1.0.0", _MONEY),
        _money("1.1.0", _WIDER),
    ]
    own = "import acme/bank; public function pay(bank:Account account) {}"
    sides = [built(own, bank="1.0.0", money=version) for version in ("1.0.0", "1.1.0")]
    assert _stated(_compared(sides[0], sides[1], packages)) == [
        "money:Amount.scale: record-field-optional-added"
    ]


def test_a_package_without_a_lock_may_have_been_built_with_what_was_raised() -> None:
    text = "import acme/money; public type Account record {| money:Amount amount; |};"
    bank = replace(built(text, "bank"), manifest=Manifest())
    packages = [bank, _money("1.0.0", _MONEY), _money("1.1.0", _WIDER)]
    own = "import acme/bank; public function pay(bank:Account account) {}"
    sides = [built(own, bank="1.0.0", money=version) for version in ("1.0.0", "1.1.0")]
    assert _stated(_compared(sides[0], sides[1], packages)) == [
        "money:Amount.scale: record-field-optional-added"
    ]


def test_what_a_package_brings_is_certain_only_where_a_lock_says_its_version() -> None:
    packages = [_money("1.0.0", _MONEY), _money("1.1.0", _WIDER)]
    own = f"import ballerina/lang.'int; {_PRICE} public function pay(money:Amount amount, int:Signed8 i) {{}}"
    locked = [built(own, money=version) for version in ("1.0.0", "1.1.0")]
    manifests = [replace(one.manifest, locked=(), dependencies_resolved=False) for one in locked]
    guessed = [replace(one, manifest=manifest) for one, manifest in zip(locked, manifests, strict=True)]
    brought = ["Price.scale: record-field-optional-added", "money:Amount.scale: record-field-optional-added"]
    assert _stated(_compared(locked[0], locked[1], packages)) == brought
    assert _stated(_compared(guessed[0], guessed[1], packages)) == [f"{one}?" for one in brought]


def test_a_type_that_becomes_public_in_another_package_is_no_news() -> None:
    text = "public type Amount Hidden; {}type Hidden record {{| int a; |}};"
    packages = [_money(f"1.{at}.0", text.format(word)) for at, word in enumerate(("", "public "))]
    own = f"{_IMPORT}public function pay(money:Amount amount) {{}}"
    sides = [built(own, money=version) for version in ("1.0.0", "1.1.0")]
    assert _stated(_compared(sides[0], sides[1], packages)) == []


UNMET = {
    "in a body": "public function pay() { money:Amount a = {value: 1}; }",
    "in a private type": "type Hidden money:Amount;",
    "in a private function": "function pay(money:Amount amount) {}",
}


@pytest.mark.parametrize("own", UNMET.values(), ids=UNMET)
def test_what_clients_do_not_meet_is_not_read(own: str) -> None:
    asked: list[str] = []
    packages = [_money("1.0.0", _MONEY), _money("1.1.0", _WIDER)]
    sides = [built(_IMPORT + own, money=version) for version in ("1.0.0", "1.1.0")]
    assert _stated(_compared(sides[0], sides[1], packages, asked)) == []
    assert asked == []


def test_nothing_is_read_of_packages_that_were_not_raised_and_that_no_change_meets() -> None:
    asked: list[str] = []
    own = f"{_PRICE} public function f() {{}}"
    found = _compared(
        built(own, money="1.0.0"),
        built(own.replace("f()", "f(int a = 1)"), money="1.0.0"),
        [_money("1.0.0", _MONEY)],
        asked,
    )
    assert _stated(found) == ["f(a): function-parameter-defaultable-added"]
    assert asked == []


BODIES = {
    "a function": "public function f(money:Amount a, money:Amount... b) returns money:Amount|error { @ }",
    "types that may be ambiguous": "public function f(money:Amount|money:B a) returns money:B[] { @ }",
    "an included record": "public function f(*money:Amount a) returns money:Amount? { @ }",
    "a private type": "type P record {| money:Amount a; |}; public function f(P p) returns P { @ }",
    "a method": "public class C { public function f(money:Amount a) returns money:Amount|error { @ } }",
    "a class with an included type": (
        "public class C { *money:Account; int a = 1; money:A|money:B b = (); function init() { }"
        " public function f(money:Amount a) returns money:Amount|error { @ } }"
    ),
    "init of a class that includes a type": "public class C { *money:Account; public function init() { @ } }",
    "a service": "service /a on new money:L(1) { resource function get a() returns money:A { @ } }",
}


@pytest.mark.parametrize("text", BODIES.values(), ids=BODIES)
def test_where_only_a_body_changed_no_other_package_is_read(text: str) -> None:
    asked: list[str] = []
    old, new = (f"{_IMPORT}{text.replace('@', body)}" for body in ("money:Amount a = {};", "money:B b = {};"))
    found = _compared(built(old, money="1.0.0"), built(new, money="1.0.0"), [_money("1.0.0", _MONEY)], asked)
    assert [one.fact for one in found] == [Fact.BODY_CHANGED]
    assert asked == []


MEANINGS = {
    "a constant": (
        "const N = 1; public function f(int[N] a) { }",
        "const N = 2; public function f(int[N] a) { f(); }",
        "f(a): function-parameter-type-changed",
    ),
    "a constant in a default": (
        "const N = 1; public function f(int a = N) { }",
        "const N = 2; public function f(int a = N) { f(); }",
        "f(a): function-parameter-default-value-changed",
    ),
    "a private type": (
        "type P int; public function f(P a) { }",
        "type P string; public function f(P a) { f(); }",
        "f(a): function-parameter-type-changed",
    ),
    "a member of an enum": (
        'enum E { A = "a" } public function f(A a) { }',
        'enum E { A = "b" } public function f(A a) { f(); }',
        "f(a): function-parameter-type-changed",
    ),
    "a constant in a field of a class": (
        "const N = 1; public class C { public int a = N; public function f() { } }",
        "const N = 2; public class C { public int a = N; public function f() { self.f(); } }",
        "C.a: class-field-initial-value-changed",
    ),
    "a type that a class includes": (
        "type P object { public function g(); }; public class C { *P; public function f() { } }",
        "type P object { public function h(); }; public class C { *P; public function f() { self.f(); } }",
        "C.g: class-method-renamed",
    ),
    "a private type in a path": (
        "type P int; public client class C { resource function get [P a]() { } }",
        "type P string; public client class C { resource function get [P a]() { return; } }",
        "C[get {}]: resource-path-parameter-type-changed",
    ),
    "another import": (
        "import acme/money; public function f(money:Amount a) { }",
        "import other/money; public function f(money:Amount a) { f(); }",
        "f(a): function-parameter-type-changed",
    ),
    "a default in a record": (
        "public function f(record {| int a = 1; |} a) { }",
        "public function f(record {| int a; |} a) { f(); }",
        "f(a): function-parameter-type-narrowed",
    ),
}


@pytest.mark.parametrize(("old", "new", "stated"), MEANINGS.values(), ids=MEANINGS)
def test_what_means_something_else_is_compared_though_its_text_is_the_same(
    old: str, new: str, stated: str
) -> None:
    assert stated in [one.removesuffix("?") for one in _stated(_compared(built(old), built(new), []))]


@pytest.mark.parametrize(
    "named",
    [
        "money:Amount",
        "money:Amount & readonly",
        "money:Amount[]",
        "money:Amount?",
        "money:Amount|int|error",
        "map<money:Amount?>",
    ],
)
def test_what_constructors_make_of_one_name_is_a_question_of_that_name(
    named: str,
) -> None:
    asked: list[str] = []
    own = f"{_IMPORT}public function f({named} amount, int b) {{}}"
    changed = own.replace("int b", "string b")
    found = _compared(
        built(own, money="1.0.0"), built(changed, money="1.0.0"), [_money("1.0.0", _MONEY)], asked
    )
    assert _stated(found) == ["f(b): function-parameter-type-changed"]
    assert asked == []


def test_a_default_that_a_private_record_of_a_raised_package_loses_is_stated_there_alone() -> None:
    text = "public type Amount Hidden; type Hidden record {{| decimal value{}; |}};"
    packages = [_money("1.0.0", text.format(" = 1")), _money("1.1.0", text.format(""))]
    own = f"{_IMPORT}public function f(money:Amount amount, int b) {{}}"
    sides = built(own, money="1.0.0"), built(own.replace("int b", "string b"), money="1.1.0")
    assert _stated(_compared(*sides, packages)) == [
        "f(b): function-parameter-type-changed",
        "money:Amount.value: record-field-default-removed",
    ]


def test_what_is_met_of_a_raised_package_that_cannot_be_read_is_not_known_to_stay() -> None:
    own = f"{_IMPORT}public function pay(money:Amount amount) {{}}"
    (raised,) = _compared(built(own, money="1.0.0"), built(own, money="1.1.0"), [])
    assert raised.rule == "package-dependency-minimum-raised"
    assert raised.undecided == f"what it changes in the API was not read: {ABSENT.why}; {ABSENT.remedy}"


def test_the_remedy_names_both_versions_where_neither_was_read() -> None:
    def find(wanted: Dependency) -> Unavailable:
        command = f"bal pull acme/{wanted.name}:{wanted.version}"
        return Unavailable("it is not here", "run with --dependencies fetch", command)

    own = f"{_IMPORT}public function pay(money:Amount amount) {{}}"
    sides = built(own, money="1.0.0"), built(own, money="1.1.0")
    (raised,) = compare(*connected(*sides, find))
    assert raised.undecided == (
        "what it changes in the API was not read: it is not here; run with --dependencies fetch, or "
        "'bal pull acme/money:1.0.0' and 'bal pull acme/money:1.1.0'"
    )


def test_what_other_packages_bring_of_one_that_cannot_be_read_is_not_known_to_stay() -> None:
    # The manifest names the bank alone: that its money was raised is said only because it is not known.
    bank = built(
        "import acme/money; public type Account record {| money:Amount amount; |};", "bank", money="1.0.0"
    )
    own = "import acme/bank; public function pay(bank:Account account) {}"
    sides = [built(own, bank="1.0.0", money=version) for version in ("1.0.0", "1.1.0")]
    old, new = (
        replace(side, manifest=replace(side.manifest, dependencies=side.manifest.dependencies[:1]))
        for side in sides
    )
    for packages in ([bank], [bank, _money("1.0.0", _MONEY)], [bank, _money("1.1.0", _MONEY)]):
        (raised,) = _compared(old, new, packages)
        assert raised.rule == "package-dependency-minimum-raised"
        assert raised.detail == PackageChanged("1.0.0", "1.1.0", "acme/money")
        assert raised.undecided == f"what it changes in the API was not read: {ABSENT.why}; {ABSENT.remedy}"
    assert _compared(old, new, [bank, *(_money(version, _MONEY) for version in ("1.0.0", "1.1.0"))]) == []


BROKEN = {
    "a type without an end": "public type Amount record {| decimal value; int",
    "a field that is none": "public type Amount record {| decimal valu e; |}; public type B int;",
    "a name that was declared already": f"{_MONEY} {_WIDER}",
    "a type behind it": "public type Amount record {| Value value; |}; type Value record {| decimal",
}
MENTIONS = {
    "named": f"{_IMPORT}public function pay(money:Amount amount) {{}}",
    "included": _PRICE,
}


@pytest.mark.parametrize("own", MENTIONS.values(), ids=MENTIONS)
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("is_old", [True, False], ids=["old", "new"])
def test_what_does_not_parse_in_a_raised_package_is_neither_removed_nor_unchanged(
    own: str, broken: str, *, is_old: bool
) -> None:
    whole = (
        "public type Amount record {| Value value; |}; type Value decimal;" if "Value" in broken else _MONEY
    )
    texts = (broken, whole) if is_old else (whole, broken)
    packages = [_money(f"1.{at}.0", text) for at, text in enumerate(texts)]
    found = _compared(built(own, money="1.0.0"), built(own, money="1.1.0"), packages)
    assert found
    assert all(one.undecided for one in found)


@pytest.mark.parametrize("own", MENTIONS.values(), ids=MENTIONS)
def test_what_broken_text_of_a_raised_package_may_hide_is_not_unchanged(
    own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("semverdiff.limits.DAMAGES", 0)
    for kept in (100, 1):
        monkeypatch.setattr("semverdiff.limits.HIDDEN_WORDS", kept)
        packages = [_money("1.0.0", _MONEY), _money("1.1.0", f"type A ; {_MONEY} type B int;")]
        found = _compared(built(own, money="1.0.0"), built(own, money="1.1.0"), packages)
        assert found
        assert all(one.undecided for one in found)


def test_what_does_not_parse_in_one_of_several_files_is_not_unchanged() -> None:
    packages = [
        built({"a.bal": "public type Other int;", "b.bal": text}, "money", f"1.{at}.0")
        for at, text in enumerate((_MONEY, BROKEN["a type without an end"]))
    ]
    sides = [built(MENTIONS["named"], money=version) for version in ("1.0.0", "1.1.0")]
    found = _compared(sides[0], sides[1], packages)
    assert found
    assert all(one.undecided for one in found)


@pytest.mark.parametrize("own", ["money:Hidden b, money:Amount a", "money:Amount a, money:Hidden b"])
def test_beside_a_type_that_broken_text_hides_others_are_compared(own: str) -> None:
    packages = [_money(f"1.{at}.0", f"{text} type Hidden = ;") for at, text in enumerate((_MONEY, _WIDER))]
    sides = [built(f"{_IMPORT}public function pay({own}) {{}}", money=f"1.{at}.0") for at in (0, 1)]
    assert "money:Amount.scale: record-field-optional-added" in _stated(
        _compared(sides[0], sides[1], packages)
    )


@pytest.mark.parametrize("text", [_MONEY, ""], ids=["with the type", "without"])
@pytest.mark.parametrize("is_old", [True, False], ids=["old", "new"])
def test_what_one_side_alone_could_read_may_differ_though_the_versions_are_the_same(
    text: str, *, is_old: bool
) -> None:
    # Without a lock of its own it may have been built with what was raised: it is not the same for both.
    money = replace(_money("1.0.0", text), manifest=Manifest())
    old, new = (Surface(built(_PRICE, money="1.0.0", base=f"{major}.0.0")) for major in (1, 2))
    finders = [shelf([money] if has_it else []) for has_it in (is_old, not is_old)]
    connect(old, new, finders[0], finders[1])
    (unread,) = (one for one in compare(old, new) if one.rule == "record-rest-type-changed")
    assert unread.undecided is not None
    assert unread.undecided.startswith("what money:Amount (acme/money 1.0.0) brings was not read")


def test_what_clients_see_of_a_class_with_a_broken_body_is_compared() -> None:
    text = "public class Till {{ public {} a; public function open() {{ int int }} }}"
    packages = [_money(f"1.{at}.0", text.format(type_)) for at, type_ in enumerate(("int", "string"))]
    own = f"{_IMPORT}public function pay(money:Till till) {{}}"
    found = _compared(built(own, money="1.0.0"), built(own, money="1.1.0"), packages)
    assert _stated(found) == ["money:Till.a: class-field-type-changed"]


def test_nothing_is_read_for_a_raised_package_that_no_source_imports() -> None:
    own = "import ballerina/lang.'int; public function pay(int:Signed8 amount) {}"
    sides = [built(own, money=version) for version in ("1.0.0", "1.1.0")]
    asked: list[str] = []
    old, new = connected(sides[0], sides[1], shelf([], asked))
    context = Context(old, new)
    assert raises(context, raised_types(context)) == Raises()
    assert (asked, dict(old.outlined("shop"))) == ([], {})


LOOKUPS = {"in the text": (16, 100_000), "in the words": (0, 100_000), "in an index": (0, 0)}


@pytest.mark.parametrize(("few_names", "few_lookups"), LOOKUPS.values(), ids=LOOKUPS)
def test_what_mentions_a_private_type_that_changed_is_found_however_many_are_looked_for(
    monkeypatch: pytest.MonkeyPatch, few_names: int, few_lookups: int
) -> None:
    monkeypatch.setattr("semverdiff.compare.raises._FEW_NAMES", few_names)
    monkeypatch.setattr("semverdiff.compare.raises._FEW_LOOKUPS", few_lookups)
    text = "type {0} {2}; type {1} {0}[]; public type Amount record {{| {1} value; int other; |}};"
    packages = [
        _money(f"1.{at}.0", text.format("Unit", "Units", one)) for at, one in enumerate(("int", "string"))
    ]
    own = f"{_IMPORT}public function pay(money:Amount amount) {{}}"
    found = _compared(built(own, money="1.0.0"), built(own, money="1.1.0"), packages)
    assert _stated(found) == ["money:Amount.value: record-field-type-changed"]


def test_damage_makes_no_doubt_where_nothing_met_is_hidden_or_the_file_is_the_same() -> None:
    damage = "public type Other record {| int"
    own = MENTIONS["named"]
    sides = [built(own, money=version) for version in ("1.0.0", "1.1.0")]
    beside = [_money("1.0.0", _MONEY), _money("1.1.0", f"{_MONEY} {damage}")]
    body = [_money("1.0.0", _MONEY), _money("1.1.0", f"{_MONEY} function f() {{ int int }}")]
    files = {"amount.bal": "public type Amount record {| decimal"}
    same = [built({**files, "b.bal": text}, "money", f"1.{at}.0") for at, text in enumerate(["", "//"])]
    for packages in (beside, body, same):
        (raised,) = _compared(sides[0], sides[1], packages)
        assert raised.undecided is None


@pytest.mark.parametrize(
    ("parameter", "before", "after", "stated"),
    [
        (
            "int most = money:MOST",
            "public const int MOST = 1;",
            "public const int MOST = 2;",
            "f(most): function-parameter-default-value-changed",
        ),
        (
            "money:Amount|int[] amount",
            "public type Amount record {| int value; |};",
            "public type Amount [int];",
            "f(amount): function-parameter-type-widened-ambiguous",
        ),
    ],
)
def test_a_signature_that_is_the_same_is_compared_where_a_package_is_raised(
    parameter: str, before: str, after: str, stated: str
) -> None:
    old, new = (f"{_IMPORT}public function f({parameter}) {{ int b = {number}; }}" for number in (1, 2))
    packages = [_money("1.0.0", before), _money("1.1.0", after)]
    assert stated in _stated(_compared(built(old, money="1.0.0"), built(new, money="1.1.0"), packages))


@pytest.mark.parametrize("name", ["MOST", "'MOST", r"MOST\-OF", r"\u{4D}OST"])
def test_a_constant_that_was_raised_is_followed_however_its_name_is_written(name: str) -> None:
    own = f"{_IMPORT}public function f(int most = money:{name}) {{ }}"
    packages = [_money(f"1.{at}.0", f"public const int {name} = {at};") for at in range(2)]
    found = _compared(built(own, money="1.0.0"), built(own, money="1.1.0"), packages)
    assert _stated(found) == ["f(most): function-parameter-default-value-changed"]


def test_a_default_that_a_named_type_of_an_included_one_loses_is_stated_there_alone() -> None:
    text = (
        "public type Currency record {{| string code{}; |}}; public type Amount record {{| Currency c; |}};"
    )
    packages = [_money("1.0.0", text.format(' = "EUR"')), _money("1.1.0", text.format(""))]
    found = _compared(built(_PRICE, money="1.0.0"), built(_PRICE, money="1.1.0"), packages)
    assert _stated(found) == ["money:Currency.code: record-field-default-removed"]


_TIME = "import acme/time; "
_UNIT = built("public type Unit int;", "time", "1.0.0")


def test_a_type_that_a_raised_package_lost_is_removed() -> None:
    packages = [_money("1.0.0", _MONEY), _money("1.1.0", "")]
    own = f"{_IMPORT}public function pay(money:Amount amount) {{}}"
    found = _compared(built(own, money="1.0.0"), built(own, money="1.1.0"), packages)
    assert _stated(found) == ["money:Amount: type-removed"]


def test_a_package_is_raised_in_a_file_that_imports_others_as_well() -> None:
    packages = [_money(f"1.{at}.0", f"public const MOST = {at};") for at in (0, 1)]
    own = f"{_IMPORT}{_TIME}public function pay(time:Unit unit, int most = money:MOST) {{}}"
    old, new = (built(own, money=version, time="1.0.0") for version in ("1.0.0", "1.1.0"))
    found = _compared(old, new, [*packages, _UNIT])
    assert _stated(found) == ["pay(most): function-parameter-default-value-changed"]


def test_types_of_one_package_in_the_api_are_no_doubt_about_another_one() -> None:
    packages = [_money(version, _MONEY) for version in ("1.0.0", "2.0.0")]
    own = f"{_IMPORT}{_TIME}public function pay(money:Amount amount, time:Unit unit) {{}}"
    old, new = (built(own, money=version, time="1.0.0") for version in ("1.0.0", "2.0.0"))
    (found,) = _compared(old, new, [*packages, _UNIT])
    assert (found.rule, found.conditions) == ("package-dependency-major-changed", frozenset())


def test_a_package_of_one_version_that_cannot_be_read_is_no_doubt() -> None:
    own = f"{_IMPORT}{_TIME}public function pay(money:Amount amount, time:Unit unit) {{}}"
    sides = (built(own, money=version, time="1.0.0") for version in ("1.0.0", "1.1.0"))
    # What is locked is not asked for, as where another dependency brings it.
    old, new = (replace(one, manifest=replace(one.manifest, dependencies=())) for one in sides)
    found = _compared(old, new, [])
    assert [one.detail for one in found] == [PackageChanged("1.0.0", "1.1.0", "acme/money")]


def test_an_inclusion_that_nobody_declares_is_one_of_no_package() -> None:
    old = built("import acme/money; public type R record {| *money:A; *Nowhere; int a; |};", money="1.0.0")
    new = built("import acme/money; public type R record {| *money:A; int a; |};", money="1.0.0")
    (unread,) = _compared(old, new, [])
    assert (unread.rule, unread.undecided) == (
        "record-rest-type-changed",
        "what Nowhere brings was not read",
    )


def test_a_distinct_type_of_another_package_that_is_no_longer_included_is_named_with_its_module() -> None:
    own = f"{_IMPORT}public class Price {{ *money:Amount; public int a = 0; }}"
    packages = [_money("1.0.0", "public type Amount distinct object { public int a; };")]
    old, new = (built(one, money="1.0.0") for one in (own, own.replace("*money:Amount;", "")))
    (found,) = _compared(old, new, packages)
    assert (found.rule, found.detail) == (
        "class-type-id-removed",
        InclusionChanged(Reference("acme/money", "Amount")),
    )
