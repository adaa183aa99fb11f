"""Which names organizations, packages and modules may have: packages.md, as `bal` checks them."""

from __future__ import annotations

import pytest

from semverdiff.packages import organization_faults, package_name_faults
from semverdiff.packages.names import module_name_faults, package_name_from, published_name_fault

LONGEST = 256

ORGANIZATIONS = {
    "": [],
    "acme": [],
    "acme_2": [],
    "a" * LONGEST: [],
    "ac.me": ["can only contain alphanumerics and underscores"],
    "ac-me": ["can only contain alphanumerics and underscores"],
    "acme\n": ["can only contain alphanumerics and underscores"],
    "lang__x": ["cannot have consecutive underscore characters"],
    "_acme": ["cannot have initial underscore characters"],
    "acme_": ["cannot have trailing underscore characters"],
    "1acme": ["cannot have initial numeric characters"],
    "a" * (LONGEST + 1): ["cannot be longer than 256 characters"],
    "_a__-_": [
        "can only contain alphanumerics and underscores",
        "cannot have initial underscore characters",
        "cannot have trailing underscore characters",
        "cannot have consecutive underscore characters",
    ],
}
PACKAGES = {
    "": [],
    "shop": [],
    "shop.orders_2": [],
    "lang.__internal": [],
    ".": ["cannot consist of periods only"],
    "...": ["cannot consist of periods only"],
    "shop-orders": ["can only contain alphanumerics, underscores and periods"],
    "shop__orders": ["cannot have consecutive underscore characters"],
    "shop.lang__x": ["cannot have consecutive underscore characters"],
    "2shop": ["cannot have initial numeric characters"],
    "_shop": ["cannot have initial underscore characters"],
}
MODULES = {
    "orders": [],
    "_orders__2_": [],
    "2": [],
    "orders.inner": [],
    "a" * LONGEST: [],
    "a-b": ["can only contain alphanumerics, underscores and periods"],
    "a" * (LONGEST + 1): ["cannot be longer than 256 characters"],
}
PUBLISHED = {
    "shop": None,
    "_shop__x": None,
    "": "is empty or consists of periods",
    "..": "is empty or consists of periods",
    "a/b": "can only contain alphanumerics, underscores and periods",
}
DIRECTORIES = {
    "shop": "shop",
    "my-shop": "my_shop",
    "my shop.orders": "my_shop.orders",
    "a--b": "a_b",
    "_shop_": "shop",
    "-": "my_package",
    "...": "my_package",
    "2shop": "app2shop",
    "-2shop": "app2shop",
}


@pytest.mark.parametrize(("name", "faults"), ORGANIZATIONS.items())
def test_an_organization_has_letters_digits_and_single_underscores_inside(
    name: str, faults: list[str]
) -> None:
    assert list(organization_faults(name)) == faults


@pytest.mark.parametrize(("name", "faults"), PACKAGES.items())
def test_a_package_may_have_periods_too_and_the_language_library_double_underscores(
    name: str, faults: list[str]
) -> None:
    assert list(package_name_faults(name)) == faults


@pytest.mark.parametrize(("name", "faults"), MODULES.items())
def test_the_directory_of_a_module_may_begin_and_end_with_anything_allowed(
    name: str, faults: list[str]
) -> None:
    assert list(module_name_faults(name)) == faults


@pytest.mark.parametrize(("name", "fault"), PUBLISHED.items())
def test_a_published_name_is_judged_by_what_it_could_do_to_paths(name: str, fault: str | None) -> None:
    assert published_name_fault(name) == fault


@pytest.mark.parametrize(("directory", "name"), DIRECTORIES.items())
def test_a_package_without_a_name_is_named_after_its_directory(directory: str, name: str) -> None:
    assert package_name_from(directory) == name
