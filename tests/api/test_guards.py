"""What is told apart, left out or found beside the usual: one case for every condition in the code."""

from __future__ import annotations

import pytest
from support.packages import manifest, package
from support.sources import descriptor, surface
from support.worlds import built, connected, shelf

from semverdiff import limits
from semverdiff.api import (
    IN,
    Outlines,
    Positions,
    Surface,
    Type,
    describe,
    record_members,
    shown_type,
)
from semverdiff.errors import SourceError
from semverdiff.syntax.nodes import Reference, TypeDefinition

_TWO = {
    "modules/a/a.bal": "public function hidden() {}",
    "modules/b/b.bal": "public function shown(int quantity) {}",
}


def test_a_module_that_is_not_exported_hides_no_later_one() -> None:
    exporting = manifest("1.0.0", more='export = ["shop", "shop.b"]\n')
    listed = describe(Surface(package({"shop.bal": "", **_TWO}, exporting)))
    assert [module.name for module in listed] == ["shop", "shop.b"]


def test_functions_have_their_parameters_in_the_list() -> None:
    (module,) = describe(surface("public function f(int quantity, string... names) {}"))
    (function,) = module.symbols
    assert [(one.kind, one.name) for one in function.members] == [
        ("parameter", "quantity"),
        ("parameter", "names"),
    ]


def test_as_many_symbols_as_the_limit_allows_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = surface("public function f() {} public function g() {}")
    monkeypatch.setattr(limits, "LISTED_SYMBOLS", 2)
    (module,) = describe(declared)
    assert len(module.symbols) == 2
    monkeypatch.setattr(limits, "LISTED_SYMBOLS", 1)
    with pytest.raises(SourceError):
        describe(declared)


def test_types_that_are_included_on_many_ways_are_expanded_once() -> None:
    levels = "".join(
        f"""type A{level} record {{| *B{level - 1}; *C{level - 1}; |}};
            type B{level} record {{| *A{level}; |}}; type C{level} record {{| *A{level}; |}};"""
        for level in range(1, 60)
    )
    source = f"type B0 record {{| int a; |}}; type C0 record {{| int b; |}}; {levels}"
    declared = surface(source)
    inner = declared.declaration("shop", "A59")
    assert isinstance(inner, TypeDefinition)
    found = record_members(Type(inner.type, "shop", declared))
    assert sorted(found.fields) == ["a", "b"]


def test_a_name_is_found_after_many_searches_in_vain() -> None:
    files = {f"f{number}.bal": f"public type T{number} int;" for number in range(3)}
    declared = Surface(package(files), Outlines())
    for number in range(300):
        assert declared.locate("shop", f"Nowhere{number}") is None
    later = Surface(package(files), Outlines())
    for number in range(300):
        later.locate("shop", f"T2Nowhere{number}")
    assert later.locate("shop", "T1") is not None


def test_modules_that_import_each_other_are_reached_once_and_others_are_none_of_them() -> None:
    files = {
        "shop.bal": "import shop.a; import acme/other;",
        "modules/a/a.bal": "import shop.b;",
        "modules/b/b.bal": "import shop.a; import shop;",
        "modules/c/c.bal": "import shop.a;",
    }
    exporting = manifest("1.0.0", more='export = ["shop"]\n')
    assert Surface(package(files, exporting)).reached() == {"shop", "shop.a", "shop.b"}


def test_an_enum_that_does_not_parse_has_no_members() -> None:
    declared = surface("public enum E { A, B = = } public enum F { C }")
    assert declared.enum_member("shop", "A") is None
    found = declared.enum_member("shop", "C")
    assert found is not None
    assert found[1].name == "C"


def test_services_that_share_an_attach_point_declare_nothing_twice() -> None:
    declared = surface("service /a on x {} service /a on y {} type T int; type T string;")
    declared.all("shop")
    assert [damage.excerpt for _, _, damage in declared.damages()] == ["T"]


def test_the_items_of_a_file_are_what_nothing_declared_before() -> None:
    declared = surface("service /a on x {} type T int; service /a on y {} type T string; type U T;")
    (path,) = {located.file for located in declared.all("shop").values()}
    items = declared.items("shop", path)
    assert sorted(item.key for item in items) == sorted(declared.outlined("shop"))
    assert [item.content for item in items if item.key == "T"] == [b"type T int;"]


def test_a_type_of_a_module_of_another_package_is_shown_with_the_last_part_of_its_name() -> None:
    other = built(
        {"money.bal": "public type Inner int;", "modules/units/units.bal": "public type Unit string;"},
        name="money",
        version="1.2.0",
    )
    shop = built("import acme/money.units; public function f(units:Unit u) {}", money="1.2.0")
    old, _ = connected(shop, shop, shelf([other]))
    home = old.home(Reference("acme/money.units", "Unit"), "shop")
    assert home is not None
    assert shown_type(Type(Reference(None, "Unit"), home[1], home[0])) == "units:Unit"
    assert shown_type(Type(descriptor("T"), "shop", old)) == "T"


def test_a_configurable_variable_without_a_type_brings_no_type_into_a_position() -> None:
    declared = surface("type T int; configurable var limit = 5; configurable T most = 7;")
    assert Positions(declared).of("shop", "T") == IN


def test_types_of_other_packages_are_met_only_where_they_are_entered() -> None:
    other = built("public type Amount record {| int value; |};", name="money", version="1.2.0")
    shop = built("import acme/money; public function f(money:Amount a) {}", money="1.2.0")
    old, _ = connected(shop, shop, shelf([other]))
    assert list(Positions(old).met_elsewhere(lambda _: True)) == [("acme/money", "Amount")]
    assert list(Positions(old).met_elsewhere(lambda _: False)) == []


def test_constants_of_a_package_stand_for_themselves_where_both_builds_have_one_version() -> None:
    money = [
        built(f"public const int MOST = {value}; public type Amount int;", "money", f"1.{value}.0")
        for value in (1, 2)
    ]
    texts = {name: Reference("acme/money", name) for name in ("MOST", "Amount", "Nowhere")}
    for versions, constant in ((("1.1.0", "1.1.0"), True), (("1.1.0", "1.2.0"), False)):
        sides = [built("import acme/money;", money=version) for version in versions]
        old, _ = connected(sides[0], sides[1], shelf(money))
        stands = {name: old.stands_for_itself(one, "shop") for name, one in texts.items()}
        assert stands == {"MOST": constant, "Amount": True, "Nowhere": True}


def test_a_name_of_this_package_is_followed_and_one_that_leads_nowhere_is_not() -> None:
    money = [built("public type Amount int;", "money", version) for version in ("1.0.0", "1.1.0")]
    sides = [built("type T int;", money=version) for version in ("1.0.0", "1.1.0")]
    old, _ = connected(sides[0], sides[1], shelf(money))
    assert not old.is_same_elsewhere(Reference(None, "T"), "shop")
    assert not old.is_same_elsewhere(Reference("acme/money", "Amount"), "shop")
    assert old.is_same_elsewhere(Reference("acme/nobody", "Amount"), "shop")
    assert not old.names_raised(None)
    assert not surface("").names_raised("acme/money")
