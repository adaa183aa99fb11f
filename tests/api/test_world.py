"""The package that a module belongs to, by the packages that a build knows."""

from __future__ import annotations

from time import process_time

import pytest
from msgspec.structs import replace

from semverdiff import limits
from semverdiff.api.world import World
from semverdiff.artifact import Provenance
from semverdiff.packages import Dependency, Manifest, Package


def _package(name: str, *dependencies: Dependency) -> Package:
    return Package(
        "acme", name, "1.0.0", (), Provenance("directory"), manifest=Manifest(dependencies=dependencies)
    )


def _world(package: Package) -> World[Package]:
    return World(package, package, lambda _: package, lambda shown: shown)


_B = Dependency("a", "b", "1.0.0")
_B_C = Dependency("a", "b.c", "1.0.0")
_LONG = "b" * limits.NAME_CHARACTERS

OWNERS = {
    "a package of the module's name": ("a/b", _B),
    "a package whose name the module's begins with": ("a/b.d.e", _B),
    "the package with the longer name": ("a/b.c.d", _B_C),
    "no package whose name ends in the middle of a word": ("a/bc", Dependency("a", "bc", None)),
    "no package of another organization": ("b/b", Dependency("b", "b", None)),
    "the package itself": ("acme/shop.orders", Dependency("acme", "shop", "1.0.0")),
    "the organization of who asks where none is named": ("shop", Dependency("acme", "shop", "1.0.0")),
    "a package with the longest name that there is": (f"a/{_LONG}.c", Dependency("a", _LONG, "1.0.0")),
    "nothing that is longer than any name": (f"a/{_LONG}b.c", Dependency("a", f"{_LONG}b.c", None)),
    "no package that comes with the distribution": ("ballerina/lang.int", None),
}


@pytest.mark.parametrize(("module", "owner"), OWNERS.values(), ids=OWNERS)
def test_a_module_belongs_to(module: str, owner: Dependency | None) -> None:
    package = _package("shop", _B, _B_C, Dependency("a", _LONG, "1.0.0"))

    assert _world(package).owner(package, module) == owner


def test_what_a_dependency_declares_counts_for_what_it_names_alone() -> None:
    package, dependency = _package("shop"), _package("cart", _B)

    assert _world(package).owner(package, "a/b.c") == Dependency("a", "b.c", None)
    assert _world(package).owner(dependency, "a/b.c") == _B


def test_many_modules_of_many_packages_take_no_product_of_both() -> None:
    package = _package("shop", *(Dependency("a", f"p{number}", "1.0.0") for number in range(5_000)))
    world = _world(package)
    began = process_time()
    for number in range(5_000):
        assert world.owner(package, f"a/p{number}.m") is not None

    assert process_time() - began < 2


def test_a_package_that_a_lock_does_not_name_is_not_looked_for() -> None:
    locked, open_ = (
        replace(_package("shop", _B), manifest=Manifest(dependencies=(_B,), dependencies_resolved=resolved))
        for resolved in (True, False)
    )
    other = _package("other")
    worlds = [World(package, package, lambda _: other, lambda shown: shown) for package in (locked, open_)]
    assert [world.known(("acme", "other")) for world in worlds] == [None, other]


def test_what_a_dependency_declares_counts_for_each_of_its_names() -> None:
    package, dependency = _package("shop"), _package("cart", _B, _B_C)
    world = _world(package)
    assert [world.owner(dependency, module) for module in ("a/b", "a/b.c")] == [_B, _B_C]


def test_what_both_worlds_have_already_is_no_longer_shared() -> None:
    """A package that one world has read stays what it is there when the other one reads it."""
    shop, money = _package("shop"), _package("money")
    first, second = (World(shop, shop, lambda _: money, replace) for _ in range(2))
    kept = first.known(("acme", "money"))
    second.peer, first.peer = first, second
    assert second.known(("acme", "money")) is kept
