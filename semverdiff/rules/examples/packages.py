"""What changes beyond one file of code: modules, the package, symbols that move between modules.

Each entry is the symbol that the change is reported at, and the files before and after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Change = tuple[str, Mapping[str, str], Mapping[str, str]]

__all__ = ["PACKAGES"]

_MANIFEST = "Ballerina.toml"
_DEPENDENCIES = "Dependencies.toml"
_CODE = "lib.bal"
_PAYMENT = "modules/payment/payment.bal"
_BILLING = "modules/billing/billing.bal"

_PACKAGE = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n'
_PACKAGE_WITH_LIST = f'{_PACKAGE}export = ["shop"]\n'
_EXPORTING = f'{_PACKAGE}export = ["shop", "shop.payment"]\n'
_EXPORTING_BILLING = f'{_PACKAGE}export = ["shop", "shop.billing"]\n'
_EXPORTING_BOTH = f'{_PACKAGE}export = ["shop", "shop.billing", "shop.payment"]\n'
_PAY = "public function pay(int amount) = external;\n"
_REFUND = "public function refund(int amount) = external;\n"

_PRICE = "import acme/money;\n\npublic function price() returns money:Amount = external;\n"

_JAVA = "\n[platform.java21]\n"
_NATIVE = f'{_JAVA}graalvmCompatible = true\n\n[[platform.java21.dependency]]\npath = "./libs/store.jar"\n'
_NATIVE_UNCHECKED = _NATIVE.replace("true", "false")


def _of_manifest(before: str, after: str) -> Change:
    """Return a change of Ballerina.toml: what follows organisation, name and version."""
    return "(package)", {_MANIFEST: f"{_PACKAGE}{before}"}, {_MANIFEST: f"{_PACKAGE}{after}"}


def _distribution(before: str, after: str) -> Change:
    return _of_manifest(*(f'distribution = "{one}"\n' for one in (before, after)))


def _money(version: str) -> str:
    return f'\n[[dependency]]\norg = "acme"\nname = "money"\nversion = "{version}"\n'


def _resolved(*names: str) -> str:
    """Return a Dependencies.toml, which names the package itself and what it was built against."""
    wanted = ", ".join(f'{{org = "acme", name = "{name}"}}' for name in names)
    packages = [f'org = "acme"\nname = "{name}"\nversion = "1.4.0"\n' for name in names]
    packages.append(f'org = "acme"\nname = "shop"\nversion = "1.0.0"\ndependencies = [{wanted}]\n')
    return "\n".join(f"[[package]]\n{one}" for one in packages)


def _lock(before: str, after: str) -> Change:
    return "(package)", {_DEPENDENCIES: before}, {_DEPENDENCIES: after}


PACKAGES: Mapping[str, Change] = {
    "module-added": (
        "(module)",
        {_MANIFEST: _PACKAGE_WITH_LIST},
        {_MANIFEST: _EXPORTING, _PAYMENT: _PAY},
    ),
    "module-removed": (
        "(module)",
        {_MANIFEST: _EXPORTING, _PAYMENT: _PAY},
        {_MANIFEST: _PACKAGE_WITH_LIST},
    ),
    "module-renamed": (
        "(module)",
        {_MANIFEST: _EXPORTING, _PAYMENT: _PAY},
        {_MANIFEST: _EXPORTING_BILLING, _BILLING: _PAY},
    ),
    "module-init-changed": (
        "init",
        {_CODE: "int started = 0;\n"},
        {_CODE: "int started = 0;\n\nfunction init() {\n    started = 1;\n}\n"},
    ),
    "symbol-moved-to-other-module": (
        "refund",
        {_MANIFEST: _EXPORTING_BOTH, _PAYMENT: _PAY + _REFUND, _BILLING: 'public const CURRENCY = "EUR";\n'},
        {_MANIFEST: _EXPORTING_BOTH, _PAYMENT: _PAY, _BILLING: 'public const CURRENCY = "EUR";\n' + _REFUND},
    ),
    "package-dependency-added": _lock(_resolved("money"), _resolved("log", "money")),
    "package-dependency-removed": _lock(_resolved("log", "money"), _resolved("money")),
    "package-dependency-major-changed": (
        "(package)",
        {_MANIFEST: f"{_PACKAGE}{_money('1.4.0')}", _CODE: _PRICE},
        {_MANIFEST: f"{_PACKAGE}{_money('2.0.0')}", _CODE: _PRICE},
    ),
    "package-dependency-minimum-raised": _of_manifest(_money("1.4.0"), _money("1.6.0")),
    "package-distribution-lowered": _distribution("2201.10.0", "2201.8.0"),
    "package-distribution-patch-raised": _distribution("2201.8.0", "2201.8.4"),
    "package-distribution-raised": _distribution("2201.8.0", "2201.10.0"),
    "package-export-rule-switched": _of_manifest("", 'export = ["shop"]\n'),
    "package-graalvm-compatibility-gained": _of_manifest(_NATIVE_UNCHECKED, _NATIVE),
    "package-graalvm-compatibility-lost": _of_manifest(_NATIVE, _NATIVE_UNCHECKED),
    "package-identity-changed": (
        "(package)",
        {_MANIFEST: _PACKAGE},
        {_MANIFEST: _PACKAGE.replace("acme", "globex")},
    ),
    "package-metadata-changed": _of_manifest('keywords = ["shop"]\n', 'keywords = ["shop", "orders"]\n'),
    "package-platform-changed": _of_manifest("", _NATIVE),
    "package-visibility-made-private": _of_manifest("", 'visibility = "private"\n'),
    "package-visibility-made-public": _of_manifest('visibility = "private"\n', ""),
}
