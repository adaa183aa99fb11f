"""The package that a module belongs to, by the packages that a build knows."""

from __future__ import annotations

from time import process_time

import pytest

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
