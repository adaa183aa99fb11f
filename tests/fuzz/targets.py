"""The targets of fuzzing: what an input is, the first ones, how they change, and the law that holds."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from fuzz import laws, vein
from fuzz.mutations import DIVIDER, mutate_archive, mutate_bytes, mutate_parts, mutate_sources
from support.archives import build_bala, build_toml_bala, dependency_graph, zip_of
from support.cases import cases_in
from support.packages import manifest

from semverdiff.rules import all_rules
from semverdiff.rules.examples import CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

__all__ = ["TARGETS", "Target"]

_ROOT = Path(__file__).resolve().parents[2]
_CORPUS_CASE = re.compile(r"^={3,}\n[^\n]*\n(?::[^\n]*\n)*={3,}\n(.*?)^---$", re.DOTALL | re.MULTILINE)
_TOML_BLOCK = re.compile(r"^```toml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_BALLERINA_TOML = manifest(
    more='license = ["Apache-2.0"]\nexport = ["shop", "shop.orders"]\nreadme = "docs/x.md"\n'
    '[[package.modules]]\nname = "shop.more"\nexport = true\n'
    "[build-options]\ngraalvmCompatible = true\n[platform.java21]\ngraalvmCompatible = false\n"
    '[[platform.java21.dependency]]\npath = "a.jar"\nscope = "testOnly"\n'
    '[[dependency]]\norg = "acme"\nname = "tax"\nversion = "1.0.0"\n'
)
_LOCKED = """\
[ballerina]
dependencies-toml-version = "2"

[[package]]
org = "acme"
name = "tax"
version = "1.2.0"
dependencies = [{org = "acme", name = "x"}]
modules = [{org = "acme", packageName = "tax", moduleName = "tax"}]
"""
_GENERATION_4 = """\
[bala]
schema_version = "4"
[build]
platform = "any"
[[modules]]
name = "x"
export = true
"""
_NESTED_TOML = """\
a.b."c d".'e' = {x = 1, y.z = [1, [2, {q = ""}],
 {r = 1979-05-27T07:32:00Z}]}
[[t]]
[t.u]
v = \"\"\"
" \"\"\"
"""
_VALUES_OF_TOML = """\
i = [0x1F, 0o7, 0b1, -1_000, inf, nan, 1e3, 07:32:00]
s = '''
'''''
["\\u00e9"]
"" = "\\t"
[[t]]
"""
_SEMVER_TOML = """\
required-version = ">=1,<2"
[check]
baseline = "git:v1"
format = ["text", "html=x.html"]
fail-on = "minor"
strict = true
offline = true
[rules]
function-removed = "off"
[policy]
zero-minor = "breaking-minor"
[[suppress]]
rule = "function-removed"
symbol = "old*"
module = "shop"
reason = "r"
until = "2.0.0"
[[suppress]]
fingerprint = "0123456789abcdef"
reason = "r"
until = 2026-12-31
"""
_CODE = "public function f(int a, string... more) returns int|error => a;\n"


class Target(msgspec.Struct, frozen=True):
    """A kind of input. `check` fails where its law is broken; `mutate` takes an input, chance and seeds."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    mutate: Callable[[bytes, Random, Sequence[bytes]], bytes]
    check: Callable[[bytes], None]
    longest: int
    """The most bytes of an input that coverage is to guide."""


def _archives() -> list[bytes]:
    files = {"modules/shop/main.bal": _CODE, "modules/shop.orders/orders.bal": "public type Order int;\n"}
    modules = [{"name": "shop.orders", "export": True, "readme": "docs/modules/shop.orders/x.md"}]
    return [
        build_bala("acme", "shop", "1.0.0", files, modules=modules),
        build_bala("acme", "shop", "1.0.0-rc.1+5", {}, platform="java21", visibility="private"),
        build_toml_bala(
            _BALLERINA_TOML, {"main.bal": _CODE, "Dependencies.toml": _LOCKED}, {"shop.more": True}
        ),
        zip_of({"metadata/BALO.toml": 'balo_version = "1.0.0"\n', "src/shop/main.bal": _CODE}),
        zip_of({"package.json": "{}", "modules/": "", "modules/shop/x.bal": ""}),
    ]


def _manifests() -> list[bytes]:
    package = {
        "organization": "acme",
        "name": "shop",
        "version": "1.0.0",
        "export": ["shop"],
        "modules": [{"name": "shop.orders", "export": True}],
        "ballerina_version": "2201.12.0",
        "platform": "java21",
        "graalvmCompatible": False,
        "licenses": ["MIT"],
        "platformDependencies": [{"path": "x.jar", "scope": "provided"}],
    }
    trees = [
        {
            "Ballerina.toml": _BALLERINA_TOML,
            "Dependencies.toml": _LOCKED,
            "main.bal": _CODE,
            "modules/more/a.bal": "",
        },
        {"Ballerina.toml": '[workspace]\npackages = ["a", "b/c"]\n'},
        {
            "Ballerina.toml": manifest(),
            "Package.md": "",
            "generated/a.bal": "",
            "generated/more/b.bal": _CODE,
        },
        {
            "bala.json": '{"bala_version": "3.0.0"}',
            "package.json": json.dumps(package),
            "dependency-graph.json": dependency_graph(
                "acme", "shop", "1.0.0", {"org": "a", "name": "b", "version": "1"}
            ),
            "modules/shop/a.bal": _CODE,
            "modules/shop.orders/b.bal": _CODE,
        },
        {
            "Bala.toml": _GENERATION_4,
            "Ballerina.toml": manifest(),
            "main.bal": _CODE,
        },
    ]
    return [DIVIDER.join(f"{path}\n{text}".encode() for path, text in tree.items()) for tree in trees]


def _tomls() -> list[bytes]:
    return [
        _BALLERINA_TOML.encode(),
        _LOCKED.encode(),
        *_semver_tomls(),
        _NESTED_TOML.encode(),
        _VALUES_OF_TOML.replace("\n", "\r\n").encode(),
    ]


def _semver_tomls() -> list[bytes]:
    blocks = _TOML_BLOCK.findall((_ROOT / "docs" / "reference" / "semver-toml.md").read_text("utf-8"))
    return [*(block.encode() for block in blocks), _SEMVER_TOML.encode()]


def _settings() -> list[bytes]:
    """Return the settings of a base and of a head, each of all against each."""
    return [DIVIDER.join(pair) for pair in product([*_semver_tomls(), b""], repeat=2)]


def _answers() -> list[bytes]:
    described = {
        "organization": "acme",
        "name": "shop",
        "version": "1.2.0",
        "platform": "java21",
        "digest": f"sha-256={'0' * 64}",
        "isDeprecated": True,
        "deprecateMessage": "use 2.0.0",
        "balaURL": "https://files.example/shop.bala?Signature=x",
    }
    versions = b'200\ncontent-type: application/json\n\n["2.0.0", "1.2.0", "1.0.0-rc.1", "x"]'
    description = b"200\ncontent-type: application/json; charset=utf-8\n\n" + json.dumps(described).encode()
    redirect = b"302\nlocation: https://files.example/x.bala\ndigest: sha-256=0\n\n"
    missing = b'404\ncontent-type: application/json\n\n{"message": "package not found: acme/shop:*_any"}'
    refused = (
        b'401\ncontent-type: application/json\n\n{"message": "unauthorized: ' + laws.SECRET.encode() + b'"}'
    )
    bala = b"200\n\n" + _archives()[0]
    undigested = description.replace(b'"digest"', b'"dig"').replace(b'"balaURL"', b'"url"')
    return [
        DIVIDER.join(one)
        for one in (
            (versions, description, bala),
            (versions, undigested, redirect, bala),
            (missing, missing),
            (
                refused,
                versions,
                description,
                b"403\n\n",
                redirect,
                b"302\nlocation: /2.0/registry/x\n\n",
                bala,
            ),
            (b"500\ncontent-type: text/html\n\n<html>", b"302\nlocation: http://files.example/\n\n"),
        )
    ]


def _sources() -> list[bytes]:
    """Return pairs of sources: examples of rules, labelled cases, and cases of the grammar twice."""
    pairs = [
        (
            f"{versions.around}\n{versions.before.get(CODE, '')}",
            f"{versions.around}\n{versions.after.get(CODE, '')}",
        )
        for versions in (rule.example for rule in all_rules())
    ]
    for case in cases_in(_ROOT / "fixtures" / "cases"):
        pairs += [(text, case.new.get(path, "")) for path, text in case.old.items()]
    for file in sorted((_ROOT / "grammars" / "ballerina" / "test" / "corpus").glob("*.txt")):
        pairs += [(text, text) for text in _CORPUS_CASE.findall(file.read_text("utf-8"))]
    return [
        DIVIDER.join((old.encode(), new.encode()))
        for old, new in dict.fromkeys(pairs)
        if "\0" not in old + new
    ]


TARGETS = {
    target.name: target
    for target in (
        Target(
            "archive", _archives, lambda data, random, _: mutate_archive(data, random), laws.archive, 4_096
        ),
        Target("manifests", _manifests, mutate_parts, laws.manifests, 4_096),
        Target("toml", _tomls, lambda data, random, _: mutate_bytes(data, random), laws.toml, 2_048),
        Target("settings", _settings, mutate_parts, laws.settings, 4_096),
        Target("answers", _answers, mutate_parts, laws.answers, 4_096),
        Target("sources", _sources, mutate_sources, laws.sources, 16_384),
        Target("vein-module", vein.modules, vein.mutate_module, vein.check_module, 4_096),
        Target("vein-project", vein.projects, mutate_parts, vein.check_project, 2_048),
        Target("vein-sources", vein.sources, mutate_sources, vein.check_sources, 8_192),
    )
}
