"""Each rule finds what it says, and nothing where it holds: an example gives its finding alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from publish.publications import (
    CLASS,
    Situation,
    archive,
    dependency,
    jar,
    lock,
    png,
    published,
    readiness,
    toml,
)
from support.central import Published

from semverdiff.publish import publish_rules

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.publish import PublishRule

_KEY = "-----BEGIN PRIVATE KEY-----\n"
_CERTIFICATE = "-----BEGIN CERTIFICATE-----\n"
_BINDING = (
    "import ballerina/jballerina.java;\n\npublic function total() returns int = @java:Method {\n"
    f'    \'class: "{CLASS}"\n}} external;\n'
)
_ORDERS = {"modules/orders/orders.bal": "public function place() {}\n"}
_EXPORT_ORDERS = '[[package.modules]]\nname = "shop.orders"\nexport = true\n'
_NOT_GRAALVM = '[[platform.java21.dependency]]\ngroupId = "g"\nartifactId = "a"\nversion = "1"\n'


def _with(**keys: str | None) -> Situation:
    """Return sources with another Ballerina.toml."""
    return Situation({"Ballerina.toml": toml("", **keys)})


def _for_graalvm() -> Published:
    return published(platform="java21", graalvmCompatible=True)


def _library(**keys: str) -> str:
    entry = "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    return toml(f"[[platform.java21.dependency]]\n{entry}[platform.java21]\ngraalvmCompatible = true\n")


def _including(*patterns: str, **files: str) -> Situation:
    named = {path.replace("__", "/").replace("_", "."): content for path, content in files.items()}
    return Situation({"Ballerina.toml": toml(include=list(patterns)), **named})


def _packed(path: str, content: str) -> Situation:
    return Situation({"Ballerina.toml": toml(include=["conf"]), f"conf/{path}": content})


def _built(content: bytes, name: str = "acme-shop-any-1.4.0.bala", **files: str) -> Situation:
    return Situation({f"target/bala/{name}": content, **files})


# By rule: what gives its finding, and nothing else.
FOUND = {
    "manifest-key-missing": Situation({"Ballerina.toml": toml(version=None)}, table=(published("0.0.1"),)),
    "name-invalid": Situation(
        archive=archive({"modules/shop__x/lib.bal": ""}, name="shop__x"), baseline="none"
    ),
    "organization-reserved": Situation({"Ballerina.toml": toml(org="ballerinax")}, baseline="none"),
    "license-missing": _with(license=None),
    "keywords-missing": _with(keywords=None),
    "repository-missing": _with(repository=None),
    "repository-invalid": _with(repository="acme/shop"),
    "visibility-invalid": _with(visibility="public"),
    "icon-not-found": _with(icon="icon.png"),
    "icon-not-png": Situation({"Ballerina.toml": toml(icon="icon.png"), "icon.png": "GIF89a"}),
    "readme-missing": Situation({"README.md": None}),
    "readme-not-found": _with(readme="docs/Shop.md"),
    "readme-not-markdown": Situation({"Ballerina.toml": toml(readme="shop.txt"), "shop.txt": "Sells."}),
    "readme-empty": Situation({"README.md": ""}),
    "readme-blank": Situation({"README.md": "\n \n"}),
    "module-documentation-missing": Situation({"Ballerina.toml": toml(_EXPORT_ORDERS), **_ORDERS}),
    "module-readme-not-found": Situation(
        {"Ballerina.toml": toml('[[package.modules]]\nname = "shop.orders"\nreadme = "x.md"\n'), **_ORDERS}
    ),
    "module-name-foreign": Situation(archive=archive({"modules/till/till.bal": ""})),
    "default-module-empty": Situation(
        {
            "lib.bal": None,
            "modules/orders/README.md": "Orders.",
            "Ballerina.toml": toml(_EXPORT_ORDERS),
            **_ORDERS,
        },
        table=(published(files={"modules/shop/lib.bal": "// nothing\n"}),),
    ),
    "secret-published": _packed("Config.toml", "password = 1\n"),
    "include-matches-nothing": _including("nothing"),
    "include-invalid": _including("[a"),
    "library-missing": Situation({"Ballerina.toml": _library(path="libs/shop.jar")}),
    "library-not-packed": Situation(
        archive=archive(platformDependencies=[{"path": "platform/java21/shop.jar", "scope": "default"}])
    ),
    "library-incomplete": Situation({"Ballerina.toml": _library(scope="provided", groupId="g")}),
    "library-test-only": Situation(
        {
            "Ballerina.toml": _library(path="libs/test.jar", scope="testOnly"),
            "libs/test.jar": jar(CLASS),
            "lib.bal": _BINDING,
        },
    ),
    "dependency-from-local-repository": Situation(
        {
            "Ballerina.toml": toml(
                '[[dependency]]\norg = "acme"\nname = "util"\nversion = "2.0.0"\nrepository = "local"\n'
            )
        },
    ),
    "dependency-unpublished": Situation(
        {"Dependencies.toml": lock(dependency("util"))}, table=(published(), published("1.0.0", "util"))
    ),
    "dependency-unpublished-member": Situation(
        {"Dependencies.toml": lock(dependency("util"))}, members={("acme", "util"): "2.0.0"}
    ),
    "dependency-deprecated": Situation(
        {"Dependencies.toml": lock(dependency("util"))},
        table=(published(), published("2.0.0", "util", deprecated="leaks")),
    ),
    "version-published": Situation(table=(published("1.4.0"),)),
    "version-in-local-repository": Situation(pushed=("acme/shop/1.4.0/any",)),
    "name-case-changed": Situation(
        {"Ballerina.toml": toml(name="Shop")}, table=(published(),), baseline="none"
    ),
    "module-split": Situation(
        {"Ballerina.toml": toml(_EXPORT_ORDERS), "modules/orders/README.md": "Orders.", **_ORDERS},
        table=(published(), published("0.1.0", "shop.orders")),
    ),
    "visibility-changed": Situation({"Ballerina.toml": toml(visibility="private")}),
    "baseline-deprecated": Situation(table=(published(deprecated="leaks"),)),
    "distribution-raised": _with(distribution="2201.13.0"),
    "graalvm-compatibility-lost": Situation({"Ballerina.toml": toml(_NOT_GRAALVM)}, table=(_for_graalvm(),)),
    "archive-outdated": _built(archive({"modules/shop/lib.bal": "public function total() {}\n"})),
    "archive-of-other-version": _built(archive(version="1.3.9"), "acme-shop-any-1.3.9.bala"),
}


# What is near the condition of a rule, and is right: nothing is found at all.
HOLDS = {
    "the good package": Situation(),
    "a first release": Situation(table=(), baseline="none"),
    "a built archive of the same sources": _built(archive()),
    "a built archive is checked, with the sources beside it": Situation(archive=archive()),
    "an archive of another package beside it": _built(b"", "acme-shopping-any-1.0.0.bala"),
    "a reserved organization that has published before": Situation(
        {"Ballerina.toml": toml(org="ballerinax")},
        table=(Published("ballerinax", "shop", "1.3.0"),),
        baseline="none",
    ),
    "an icon of the right kind and size": Situation(
        {"Ballerina.toml": toml(icon="docs/icon.png"), "docs/icon.png": png()}
    ),
    "a named README": Situation({"Ballerina.toml": toml(readme="docs/Shop.md"), "docs/Shop.md": "Shop."}),
    "an old Package.md": Situation({"README.md": None, "Package.md": "Shop."}),
    "a documented module": Situation(
        {"Ballerina.toml": toml(_EXPORT_ORDERS), "modules/orders/README.md": "Orders.", **_ORDERS}
    ),
    "a module that its entry documents": Situation(
        {
            "Ballerina.toml": toml(_EXPORT_ORDERS + 'readme = "docs/orders.md"\n'),
            "docs/orders.md": "Orders.",
            **_ORDERS,
        }
    ),
    "a module of an old package": Situation(
        {
            "README.md": None,
            "Package.md": "Shop.",
            "Ballerina.toml": toml(export=["shop", "shop.orders"]),
            "modules/orders/Module.md": "Orders.",
            **_ORDERS,
        }
    ),
    "a module of a package whose README is named": Situation(
        {
            "Package.md": "Shop.",
            "Ballerina.toml": toml(_EXPORT_ORDERS, readme="Package.md"),
            "modules/orders/README.md": "Orders.",
            **_ORDERS,
        }
    ),
    "a library that clients provide, of an archive": Situation(
        archive=archive(platformDependencies=[{"path": "platform/java21/x.jar", "scope": "provided"}])
    ),
    "a module that is not exported": Situation(_ORDERS),
    "a tool whose default module is empty": Situation(
        {
            "lib.bal": None,
            "BalTool.toml": "",
            "modules/orders/README.md": "Orders.",
            "Ballerina.toml": toml(_EXPORT_ORDERS + "[platform.java21]\ngraalvmCompatible = true\n"),
            **_ORDERS,
        },
        table=(published(files={"modules/shop/lib.bal": "// nothing\n"}),),
    ),
    "a certificate": _packed("server.pem", _CERTIFICATE),
    "a store of certificates to trust": _packed("truststore.p12", "x"),
    "an example of values": _packed("Config.toml.example", "password = 1\n"),
    "a secret that a pattern takes away": Situation(
        {"Ballerina.toml": toml(include=["conf/*", "!*.toml"]), "conf/Config.toml": "", "conf/a.txt": ""}
    ),
    "a secret that nobody packs": Situation({"Config.toml": "password = 1\n"}),
    "a library that is there": Situation(
        {"Ballerina.toml": _library(path="libs/shop.jar"), "libs/shop.jar": jar(CLASS)}
    ),
    "a library that clients provide": Situation(
        {"Ballerina.toml": _library(scope="provided", groupId="g", artifactId="a", version="1")}
    ),
    "a class that a packed library has as well": Situation(
        {
            "Ballerina.toml": toml(
                '[[platform.java21.dependency]]\npath = "libs/test.jar"\nscope = "testOnly"\n'
                '[[platform.java21.dependency]]\npath = "libs/shop.jar"\n'
                "[platform.java21]\ngraalvmCompatible = true\n"
            ),
            "libs/test.jar": jar(CLASS),
            "libs/shop.jar": jar(CLASS),
            "lib.bal": _BINDING,
        }
    ),
    "a class that the distribution has": Situation(
        {
            "Ballerina.toml": _library(path="libs/test.jar", scope="testOnly"),
            "libs/test.jar": jar("org.acme.Other"),
            "lib.bal": _BINDING,
        }
    ),
    "a dependency that is published": Situation(
        {"Dependencies.toml": lock(dependency("util"))}, table=(published(), published("2.0.0", "util"))
    ),
    "a member of the workspace that is published": Situation(
        {"Dependencies.toml": lock(dependency("util"))},
        table=(published(), published("2.0.0", "util")),
        members={("acme", "util"): "2.0.0"},
    ),
    "the language library": Situation(
        {"Dependencies.toml": lock({"org": "ballerina", "name": "lang.int", "version": "0.0.0"})}
    ),
    "another version in the local repository": Situation(pushed=("acme/shop/1.3.0/any",)),
    "another package with other modules": Situation(
        {"Ballerina.toml": toml(_EXPORT_ORDERS), "modules/orders/README.md": "Orders.", **_ORDERS},
        table=(published(), published("0.1.0", "shop.orders.old")),
    ),
    "a library of an archive's own tests": Situation(
        archive=archive(platformDependencies=[{"path": "platform/java21/a.jar", "scope": "testOnly"}])
    ),
    "a class of a library of tests that is no binding to Java": Situation(
        {
            "Ballerina.toml": _library(path="libs/test.jar", scope="testOnly"),
            "libs/test.jar": jar(CLASS),
            "lib.bal": f'final map<string> shop = {{\'class: "{CLASS}"}};\n',
        }
    ),
    "a library of tests that is not here, and bindings to nothing": Situation(
        {"Ballerina.toml": _library(scope="testOnly", groupId="g", artifactId="a", version="1")}
    ),
    "a library of an archive that was packed on Windows": Situation(
        archive=archive(
            {"platform/java21/a.jar": ""},
            platformDependencies=[{"path": "platform\\java21\\a.jar", "scope": "default"}],
        )
    ),
    "another file beside the archives": _built(archive(version="1.3.9"), "acme-shop-any-1.3.9.txt"),
    "an archive that holds another one": Situation(
        archive=archive({"target/bala/acme-shop-any-1.3.9.bala": ""})
    ),
    "an archive of another package": _built(archive(version="1.3.9"), "acme-cart-any-1.3.9.bala"),
    "the same distribution": _with(distribution="2201.12.0"),
    "GraalVM as before": Situation(table=(_for_graalvm(),)),
}


@pytest.mark.parametrize("rule", FOUND)
def test_an_example_gives_the_finding_of_its_rule_alone(tmp_path: Path, rule: str) -> None:
    found = readiness(tmp_path, FOUND[rule])
    assert [one.rule for one in found.findings] == [rule]
    assert found.unchecked == ()


def test_every_rule_has_an_example() -> None:
    assert set(FOUND) == {rule.id for rule in publish_rules()}


@pytest.mark.parametrize("name", HOLDS)
def test_nothing_is_found_where_the_rules_hold(tmp_path: Path, name: str) -> None:
    found = readiness(tmp_path, HOLDS[name])
    assert found.findings == ()
    assert found.unchecked == ()


@pytest.mark.parametrize("path", ["Config.toml", ".env", "id_rsa", "server.jks", "keys/tls.p12", ".netrc"])
def test_a_secret_is_known_by_its_name(tmp_path: Path, path: str) -> None:
    found = readiness(tmp_path, _packed(path, "x"))
    assert [one.message.partition(" ")[0] for one in found.findings] == [f"'conf/{path}'"]


@pytest.mark.parametrize("path", ["tls.pem", "tls.key"])
def test_a_key_is_known_by_its_content(tmp_path: Path, path: str) -> None:
    found = readiness(tmp_path, _packed(path, _KEY))
    assert [one.rule for one in found.findings] == ["secret-published"]


def test_libraries_that_are_missing_are_told_together(tmp_path: Path) -> None:
    entry = '[[platform.java21.dependency]]\npath = "libs/{}.jar"\n'
    graalvm = "[platform.java21]\ngraalvmCompatible = true\n"
    manifest = toml(entry.format("a") + entry.format("b") + graalvm)
    (finding,) = readiness(tmp_path, Situation({"Ballerina.toml": manifest})).findings
    assert finding.message == "2 native libraries do not exist: 'libs/a.jar', 'libs/b.jar'"
    assert finding.place is not None
    assert finding.place.line == 9


def test_resources_are_packed_without_a_pattern(tmp_path: Path) -> None:
    found = readiness(tmp_path, Situation({"resources/a/Config.toml": ""}))
    assert [one.place.file for one in found.findings if one.place] == ["resources/a/Config.toml"]


@pytest.mark.parametrize("rule", publish_rules(), ids=lambda rule: rule.id)
def test_a_rule_says_what_bal_prints_at_its_findings(tmp_path: Path, rule: PublishRule) -> None:
    (finding,) = readiness(tmp_path, FOUND[rule.id]).findings
    assert (finding.prints is not None) == bool(rule.prints)
    start = rule.prints.partition("...")[0]
    assert (finding.prints or "").startswith(start)
