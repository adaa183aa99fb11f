"""What Ballerina.toml and Dependencies.toml say about a package, and everything that is wrong in them."""

from __future__ import annotations

import pytest
from support.packages import manifest, package

from semverdiff import limits
from semverdiff.errors import ManifestError, Mistake, UsageError
from semverdiff.packages import Dependency, Package

SOURCE = {"shop.bal": "public function f() {}"}
ORDERS = {**SOURCE, "modules/orders/orders.bal": "", "modules/hidden/hidden.bal": ""}
PACKAGE_MD = {"Package.md": "# shop"}
EXPORTS_ORDERS = '[[package.modules]]\nname = "shop.orders"\nexport = true\n'


def mistakes_of(ballerina_toml: str, files: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ManifestError) as caught:
        package(files or ORDERS, ballerina_toml)
    return [mistake.message for mistake in caught.value.mistakes]


def exported(read: Package) -> list[str]:
    return [module.name for module in read.modules if module.exported]


def test_a_manifest_with_all_keys_is_read_as_the_archive_has_them() -> None:
    read = package(
        SOURCE,
        manifest(
            more='distribution = "2201.8.0"\nvisibility = "private"\nlicense = ["MIT", "Apache-2.0"]\n'
            'authors = ["A"]\nkeywords = ["shop"]\nrepository = "https://example.org"\n'
            'description = "A shop."\nicon = "images/icon.png"\ntemplate = true\ninclude = ["x"]\n'
        ),
    )

    assert (read.organization, read.name, read.version, read.platform) == ("acme", "shop", "1.4.0", "any")
    assert (read.manifest.distribution, read.manifest.visibility) == ("2201.8.0", "private")
    assert read.manifest.metadata == (
        ("authors", "A"),
        ("description", "A shop."),
        ("icon", "icon.png"),
        ("keywords", "shop"),
        ("licenses", "MIT\nApache-2.0"),
        ("source_repository", "https://example.org"),
        ("template", "true"),
    )
    assert read.notes == ()


def test_an_empty_manifest_is_a_package_with_defaults_that_are_told() -> None:
    read = package(SOURCE, "[package]")

    assert (read.organization, read.name, read.version) == ("", "shop", "0.1.0")
    assert (read.manifest.distribution, read.manifest.visibility) == (None, "public")
    assert read.manifest.metadata == ()
    missing = "missing key '{}' in table '[package]' in 'Ballerina.toml'. "
    assert read.notes == (
        missing.format("org") + "The organization is not known.",
        missing.format("name") + "Defaulting to 'shop', after the directory.",
        missing.format("version") + "Defaulting to '0.1.0'.",
    )


NOTED = {
    "a key that is almost one": (
        'visibilty = "private"',
        "Ballerina.toml: key 'visibilty' under [package] is not known. Did you mean 'visibility'?",
    ),
    "a key like no other": ("zzz = 1", "Ballerina.toml: key 'zzz' under [package] is not known."),
    "a visibility that is none": (
        'visibility = "secret"',
        "Ballerina.toml: visibility 'secret' is not known and counts as public.",
    ),
}


def test_of_many_keys_that_are_not_known_the_first_are_named_and_the_others_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MISTAKES", 2)
    notes = [
        "Ballerina.toml: key 'xa' under [package] is not known.",
        "Ballerina.toml: key 'xb' under [package] is not known.",
    ]
    two = "xa = 1\nxb = 1"
    assert list(package(SOURCE, manifest(more=two)).notes) == notes
    more = "Ballerina.toml: 1 more keys under [package] are not known."
    assert list(package(SOURCE, manifest(more=f"{two}\nxc = 1")).notes) == [*notes, more]


@pytest.mark.parametrize("path", ["x.jar", "./libs/x.jar", r"libs\x.jar", "../a.b/x.jar"])
def test_a_library_is_known_by_the_name_of_its_file(path: str) -> None:
    more = f"[[platform.java21.dependency]]\npath = '{path}'\n"
    assert package(SOURCE, manifest(more=more)).manifest.libraries == ("x.jar",)


@pytest.mark.parametrize(("line", "note"), NOTED.values(), ids=NOTED)
def test_what_bal_ignores_is_noted(line: str, note: str) -> None:
    read = package(SOURCE, manifest(more=line))

    assert read.notes == (note,)
    assert read.manifest.visibility == "public"


TEMPLATE = ": this is the template of a build, check the package that the build writes"
SEMVER = "should be compatible with semver (such as 1.4.0 or 2.0.0-beta.1)"
CHARACTERS = "can only contain alphanumerics, underscores and periods"
VALUES = {
    "an organization": ("org", "ac me", "can only contain alphanumerics and underscores", ""),
    "a name": ("name", "2shop", "cannot have initial numeric characters", ""),
    "a version": ("version", "1.0", SEMVER, ""),
    "the version of a template": ("version", "@toml.version@", SEMVER, TEMPLATE),
    "the name of a template": ("name", "@x@", CHARACTERS, TEMPLATE),
    "what only begins like a template": ("version", "@1", SEMVER, ""),
    "what only ends like a template": ("name", "a@", CHARACTERS, ""),
    "a sign alone": ("version", "@", SEMVER, ""),
}


@pytest.mark.parametrize(("key", "value", "fault", "hint"), VALUES.values(), ids=VALUES)
def test_a_name_or_version_that_is_none_is_told_with_what_is_wrong(
    key: str, value: str, fault: str, hint: str
) -> None:
    written = {"org": "acme", "name": "shop", "version": "1.0.0", key: value}
    lines = [f'{each} = "{text}"' for each, text in written.items()]

    assert mistakes_of("\n".join(["[package]", *lines])) == [
        f"invalid '{key}' under [package]: '{key}' {fault}, found '{value}'{hint}"
    ]


WRONG = {
    "types": (
        manifest(more="include = 1\nexport = 1\nreadme = 1\ndistribution = 1\ntemplate = 1"),
        [
            (
                "incompatible type for key 'include' under [package]: expected an array of strings, "
                "found a number"
            ),
            (
                "incompatible type for key 'export' under [package]: expected an array of strings, "
                "found a number"
            ),
            "incompatible type for key 'readme' under [package]: expected a string, found a number",
            "incompatible type for key 'distribution' under [package]: expected a string, found a number",
            "incompatible type for key 'template' under [package]: expected a boolean, found a number",
        ],
    ),
    "types of a module": (
        manifest(more='[[package.modules]]\nname = "shop.orders"\ndescription = 1\nreadme = 2\nexport = 3'),
        [
            (
                "incompatible type for key 'description' under [package.modules]: expected a string, "
                "found a number"
            ),
            "incompatible type for key 'readme' under [package.modules]: expected a string, found a number",
            "incompatible type for key 'export' under [package.modules]: expected a boolean, found a number",
        ],
    ),
    "an exported module that is not there": (
        manifest(more='export = ["shop.order"]'),
        [
            (
                "module 'shop.order' not found, which 'export' under [package] names. The package has: "
                "'shop', 'shop.hidden', 'shop.orders'. Did you mean 'shop.orders'?"
            )
        ],
    ),
    "a module that is not there": (
        manifest(more='[[package.modules]]\nname = "zzz"'),
        [
            (
                "module 'zzz' not found, which [[package.modules]] names. The package has: 'shop', "
                "'shop.hidden', 'shop.orders'."
            )
        ],
    ),
    "the default module": (
        manifest(more='[[package.modules]]\nname = "shop"\nexport = true'),
        [
            (
                "module 'shop' is not allowed under [[package.modules]]: it is the default module, "
                "which is always exported. Remove the entry."
            )
        ],
    ),
    "a module without a name": (
        manifest(more="[[package.modules]]\nexport = true"),
        ["missing key 'name' under [[package.modules]]"],
    ),
    "a dependency without anything": (
        manifest(more="[[dependency]]"),
        [
            "missing key 'org' under [[dependency]]",
            "missing key 'name' under [[dependency]]",
            "missing key 'version' under [[dependency]]",
        ],
    ),
}


@pytest.mark.parametrize(("ballerina_toml", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_a_manifest_is_told(ballerina_toml: str, expected: list[str]) -> None:
    assert mistakes_of(ballerina_toml) == expected


def test_a_mistake_has_the_place_of_its_key() -> None:
    with pytest.raises(ManifestError) as caught:
        package(ORDERS, manifest("1.x"))

    (mistake,) = caught.value.mistakes
    assert (mistake.place(), mistake.excerpt) == ("Ballerina.toml:4:1", 'version = "1.x"')


@pytest.mark.parametrize("name", ["shop", "shop.gone"])
def test_a_mistake_in_an_array_of_tables_has_the_place_of_its_key(name: str) -> None:
    with pytest.raises(ManifestError) as caught:
        package(ORDERS, manifest(more=f'[[package.modules]]\nexport = true\nname = "{name}"'))

    assert [one.place() for one in caught.value.mistakes] == ["Ballerina.toml:7:1"]


EXPORTS = {
    "the default module alone": ("", {}, ["shop"], "default"),
    "those of the list, too": ('export = ["shop.orders"]', {}, ["shop", "shop.orders"], "listed"),
    "those with the flag": (EXPORTS_ORDERS, {}, ["shop", "shop.orders"], "modules"),
    "not those whose flag is false": (
        '[[package.modules]]\nname = "shop.orders"\nexport = false',
        {},
        ["shop"],
        "modules",
    ),
    "not those without a flag": ('[[package.modules]]\nname = "shop.orders"', {}, ["shop"], "modules"),
    "with a Package.md those of the list alone": (
        'export = ["shop.orders"]',
        PACKAGE_MD,
        ["shop.orders"],
        "listed",
    ),
    "with a Package.md and no list the default module": ("", PACKAGE_MD, ["shop"], "default"),
    "with a Package.md that is the readme as without": (
        f'readme = "Package.md"\n{EXPORTS_ORDERS}',
        PACKAGE_MD,
        ["shop", "shop.orders"],
        "modules",
    ),
}


@pytest.mark.parametrize(("more", "beside", "modules", "rule"), EXPORTS.values(), ids=EXPORTS)
def test_exported_are(more: str, beside: dict[str, str], modules: list[str], rule: str) -> None:
    read = package({**ORDERS, **beside}, manifest(more=more))

    assert exported(read) == modules
    assert read.manifest.export_rule == rule
    assert read.notes == ()


def test_flags_that_a_package_md_makes_void_are_noted() -> None:
    read = package({**ORDERS, **PACKAGE_MD}, manifest(more=EXPORTS_ORDERS))

    assert exported(read) == ["shop"]
    assert read.manifest.export_rule == "default"
    (note,) = read.notes
    assert note.startswith("Ballerina.toml: [[package.modules]] exports nothing")


def test_a_module_that_is_not_exported_is_no_reason_for_a_note() -> None:
    entry = '[[package.modules]]\nname = "shop.orders"\n'
    assert package({**ORDERS, **PACKAGE_MD}, manifest(more=entry)).notes == ()


LIBRARY = '[[platform.{}.dependency]]\npath = "x.jar"\n'
JAVA = {"shop.bal": "import ballerina/jballerina.java;"}
PLATFORMS = {
    "no library": (SOURCE, "", "any"),
    "a library": (SOURCE, LIBRARY.format("java21"), "java21"),
    "libraries of two platforms": (SOURCE, LIBRARY.format("java17") + LIBRARY.format("java11"), "java17"),
    "a library of the tests": (SOURCE, LIBRARY.format("java21") + 'scope = "testOnly"', "any"),
    "a library of a scope": (SOURCE, LIBRARY.format("java21") + 'scope = "provided"', "java21"),
    "a platform without libraries": (SOURCE, "[platform.java17]\ngraalvmCompatible = true", "any"),
    "code that calls Java, and platforms without libraries": (
        JAVA,
        "[platform.java11]\n[platform.java17]",
        "java17",
    ),
    "code that calls Java": (JAVA, 'distribution = "2201.12.0"', "java21"),
    "code that calls Java, of 2201.11": (JAVA, 'distribution = "2201.11.0"', "java21"),
    "code that calls Java, of 2201.10": (JAVA, 'distribution = "2201.10.3"', "java17"),
    "code that calls Java, of 2201.8": (JAVA, 'distribution = "2201.8.0"', "java17"),
    "code that calls Java, of 2201.7": (JAVA, 'distribution = "2201.7.1"', "java11"),
    "code that calls Java, of a preview": (JAVA, 'distribution = "slbeta6"', "java21"),
    "code that calls Java, of no distribution": (JAVA, "", "java21"),
    "a compiler plugin": ({**SOURCE, "CompilerPlugin.toml": ""}, "", "java21"),
    "a tool": ({**SOURCE, "BalTool.toml": ""}, "", "java21"),
}


@pytest.mark.parametrize(("files", "more", "platform"), PLATFORMS.values(), ids=PLATFORMS)
def test_the_platform_of_a_package_with(files: dict[str, str], more: str, platform: str) -> None:
    assert package(files, manifest(more=more)).platform == platform


def test_a_platform_that_was_guessed_is_told_and_one_that_is_written_is_not() -> None:
    said = "Ballerina.toml names no platform, but the package needs Java: java17 is assumed."

    assert package(JAVA, manifest(more='distribution = "2201.8.0"')).notes == (said,)
    assert package(JAVA, manifest(more="[platform.java17]")).notes == ()
    assert package(JAVA, manifest(more=LIBRARY.format("java17"))).notes == ()


NATIVE = {
    "nothing is said": ("", True),
    "every platform is": (
        "[platform.java17]\ngraalvmCompatible = true\n[platform.java21]\ngraalvmCompatible = true",
        True,
    ),
    "one platform is not": (
        "[platform.java17]\ngraalvmCompatible = true\n[platform.java21]\ngraalvmCompatible = false",
        False,
    ),
    "one says nothing": ("[platform.java17]\n[platform.java21]\ngraalvmCompatible = false", False),
    "a library says nothing": (LIBRARY.format("java21"), None),
}


@pytest.mark.parametrize(("more", "expected"), NATIVE.values(), ids=NATIVE)
def test_native_images_are_possible_where(more: str, expected: bool | None) -> None:  # noqa: FBT001 (one of three values)
    assert package(SOURCE, manifest(more=more)).manifest.graalvm_compatible is expected


MINIMUMS = """
[[dependency]]
org = "ballerina"
name = "io"
version = "1.8.0"
[[dependency]]
org = "acme"
name = "util"
version = ""
"""
LOCK = """
[[package]]
org = "{}"
name = "shop"
version = "1.0.0"
dependencies = [
    {{org = "ballerina", name = "time"}},
    {{org = "ballerina", name = "io"}},
    {{org = "ballerina", name = "test"}},
]
[[package]]
org = "ballerina"
name = "time"
version = "2.7.0"
[[package]]
org = "ballerina"
name = "io"
version = "1.8.0"
[[package]]
org = "ballerina"
name = "test"
version = "0.0.0"
scope = "testOnly"
[[package]]
org = "ballerina"
name = "jballerina.java"
version = "0.0.0"
"""
LOCKED = (Dependency("ballerina", "io", "1.8.0"), Dependency("ballerina", "time", "2.7.0"))


def test_without_a_lock_the_dependencies_are_minimums() -> None:
    read = package(SOURCE, manifest(more=MINIMUMS)).manifest

    assert read.dependencies == (Dependency("ballerina", "io", "1.8.0"), Dependency("acme", "util", None))
    assert not read.dependencies_resolved


def test_a_lock_names_the_direct_dependencies_without_those_of_tests() -> None:
    read = package({**SOURCE, "Dependencies.toml": LOCK.format("acme")}, manifest(more=MINIMUMS)).manifest

    assert read.dependencies == LOCKED
    assert read.dependencies_resolved


def test_of_a_lock_without_a_version_the_minimum_counts() -> None:
    lock = LOCK.format("acme").replace('version = "1.8.0"', 'version = "eight"')
    read = package({**SOURCE, "Dependencies.toml": lock}, manifest(more=MINIMUMS)).manifest

    assert read.dependencies == LOCKED


def test_a_lock_of_another_organization_says_nothing() -> None:
    read = package({**SOURCE, "Dependencies.toml": LOCK.format("other")}, manifest()).manifest

    assert (read.dependencies, read.dependencies_resolved) == ((), False)


def test_a_lock_of_another_package_says_nothing() -> None:
    read = package({**SOURCE, "Dependencies.toml": LOCK.format("acme")}, manifest(name="store")).manifest

    assert (read.dependencies, read.dependencies_resolved) == ((), False)


def test_without_an_organization_the_lock_has_a_made_up_one() -> None:
    read = package({**SOURCE, "Dependencies.toml": LOCK.format("somebody")}, "[package]").manifest

    assert (read.dependencies, read.dependencies_resolved) == (LOCKED, True)


def test_what_is_wrong_in_the_lock_is_told_with_the_rest() -> None:
    with pytest.raises(ManifestError) as caught:
        package({**SOURCE, "Dependencies.toml": "[[package]]\nname = 1"}, manifest("1"))

    assert [(one.file, one.line) for one in caught.value.mistakes] == [
        ("Ballerina.toml", 4),
        ("Dependencies.toml", 2),
    ]


def test_a_workspace_is_no_package_and_the_error_names_its_packages() -> None:
    with pytest.raises(UsageError) as caught:
        package(SOURCE, '[workspace]\npackages = ["a", "b"]')

    assert str(caught.value) == (
        "'shop' is a workspace, not a package. Check one of its packages: 'a', 'b'; or all of them with "
        "--workspace."
    )


def test_settings_beside_the_manifest_go_with_the_package() -> None:
    assert package(SOURCE).semver_toml is None
    assert package({**SOURCE, "Semver.toml": "[check]"}).semver_toml == b"[check]"


def test_a_manifest_that_is_no_toml_is_one_mistake() -> None:
    with pytest.raises(ManifestError) as caught:
        package(SOURCE, "[package\n")

    (mistake,) = caught.value.mistakes
    assert isinstance(mistake, Mistake)
    assert mistake.place() == "Ballerina.toml:1:9"


_LOCKED = """
[[package]]
org = "acme"
name = "shop"
version = "1.0.0"
dependencies = [{org = "acme", name = "money"}]

[[package]]
org = "other"
name = "shop"
version = "3.0.0"

[[package]]
org = "acme"
name = "money"
version = "1.2.0"

[[package]]
org = "acme"
name = "mock"
version = "2.0.0"
scope = "testOnly"
"""


def test_a_lock_names_all_packages_but_its_own_and_those_of_tests() -> None:
    sources = {"Dependencies.toml": _LOCKED, "a.bal": "import acme/money;\n"}
    assert [(one.organization, one.name) for one in package(sources).manifest.locked] == [
        ("acme", "money"),
        ("other", "shop"),
    ]


@pytest.mark.parametrize(
    ("minimum", "version"),
    [
        (None, "1.2.0"),
        ('version = "1.1.0"', "1.2.0"),
        ('version = "1.2.0"', "1.2.0"),
        ('version = "1.3.0"', "1.3.0"),
    ],
)
def test_what_the_manifest_asks_for_raises_what_is_locked(minimum: str | None, version: str) -> None:
    asked = "" if minimum is None else f'\n[[dependency]]\norg = "acme"\nname = "money"\n{minimum}\n'
    sources = {"Dependencies.toml": _LOCKED, "a.bal": "import acme/money;\n"}
    (found,) = package(sources, manifest("1.0.0") + asked).manifest.dependencies
    assert (found.name, found.version) == ("money", version)


def test_what_is_public_needs_no_note_and_no_distribution_is_none() -> None:
    read = package({"a.bal": ""}, manifest("1.0.0", more='visibility = "public"\ndistribution = ""\n'))
    assert (read.notes, read.manifest.distribution, read.manifest.visibility) == ((), None, "public")
