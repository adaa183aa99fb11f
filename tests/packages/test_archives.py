"""Archives of generations 3.0.0 and 4, and what is wrong in their manifests."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from support.archives import build_bala, build_toml_bala, dependency_graph, zip_of

from semverdiff.artifact import Provenance
from semverdiff.errors import ArchiveError, Mistake, SemverdiffError, SourceError
from semverdiff.packages import (
    Dependency,
    Manifest,
    Package,
    open_listed,
    open_tree,
    read_archive,
    read_package,
)

FUNCTION = "public function f() {}\n"
MODULES = {
    "modules/shop/main.bal": FUNCTION,
    "modules/shop.orders/orders.bal": FUNCTION,
    "modules/shop.hidden/hidden.bal": FUNCTION,
}
IDENTITY = '{"organization": "acme", "name": "shop", "version": "1.0.0"}'
MANIFEST = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n'


def read(content: bytes) -> Package:
    return read_archive(content, name="x.bala", provenance=Provenance("central"))


def exported(package: Package) -> list[str]:
    return [module.name for module in package.modules if module.exported]


def mistakes_of(content: bytes, error: type[SemverdiffError] = ArchiveError) -> list[str]:
    with pytest.raises(error) as caught:
        read(content)
    return [mistake.message for mistake in caught.value.mistakes]


@pytest.mark.parametrize(
    ("package_json", "expected"),
    [
        ({"export": ["shop", "shop.orders"]}, ["shop", "shop.orders"]),
        ({"export": ["shop.orders"]}, ["shop.orders"]),
        ({"export": None}, ["shop"]),
        (
            {"export": None, "modules": [{"name": "shop.orders", "export": True}, {"name": "shop.hidden"}]},
            ["shop", "shop.orders"],
        ),
        ({"export": ["shop"], "modules": [{"name": "shop.orders", "export": True}]}, ["shop"]),
    ],
)
def test_export_decides_alone_and_the_flags_of_modules_where_it_is_absent(
    package_json: dict[str, object], expected: list[str]
) -> None:
    package = read(build_bala("acme", "shop", "1.0.0", MODULES, **package_json))

    assert exported(package) == expected
    assert [module.name for module in package.modules] == ["shop", "shop.hidden", "shop.orders"]


def test_what_clients_can_notice_is_read_from_the_manifests() -> None:
    graph = dependency_graph(
        "acme",
        "shop",
        "1.0.0",
        {"org": "ballerina", "name": "time", "version": "2.7.0"},
        {"org": "ballerina", "name": "io", "version": "1.8.0"},
        {"org": "ballerina", "name": "test", "version": "0.0.0", "scope": "testOnly"},
    )
    content = build_bala(
        "acme",
        "shop",
        "1.0.0",
        {**MODULES, "dependency-graph.json": graph},
        platform="java21",
        visibility="private",
        graalvmCompatible=False,
        licenses=["Apache-2.0", "MIT"],
        icon="docs/icon.png",
        keywords=[],
        template=True,
    )

    package = read(content)

    assert package.platform == "java21"
    assert package.provenance == Provenance("central")
    assert package.notes == ()
    assert package.manifest == Manifest(
        distribution="2201.12.0",
        visibility="private",
        graalvm_compatible=False,
        dependencies=(Dependency("ballerina", "io", "1.8.0"), Dependency("ballerina", "time", "2.7.0")),
        dependencies_resolved=True,
        locked=(Dependency("ballerina", "io", "1.8.0"), Dependency("ballerina", "time", "2.7.0")),
        metadata=(("icon", "icon.png"), ("licenses", "Apache-2.0\nMIT"), ("template", "true")),
    )


def test_native_libraries_are_read_by_their_names() -> None:
    listed = [
        {"path": "platform/java21/store-native-1.4.0.jar"},
        {"path": "", "groupId": "acme", "artifactId": "money", "version": "2.0"},
        {"path": "platform/java21/mocks.jar", "scope": "testOnly"},
    ]
    content = build_bala("acme", "shop", "1.0.0", MODULES, platform="java21", platformDependencies=listed)
    assert read(content).manifest.libraries == ("money-2.0.jar", "store-native-1.4.0.jar")


def test_what_the_manifests_do_not_say_has_a_default() -> None:
    package = read(zip_of({"package.json": IDENTITY, "modules/shop/main.bal": FUNCTION}))

    assert package.platform == "any"
    assert package.manifest == Manifest(graalvm_compatible=True)
    assert package.notes == (
        "x.bala: no dependency graph names the package, so its dependencies are not known.",
    )


def test_dependencies_of_a_graph_may_lack_anything_and_are_sorted() -> None:
    found: list[dict[str, str]] = [
        {"org": "b", "name": "x", "version": "1.0.0"},
        {"org": "b", "name": "x"},
        {},
    ]
    content = build_bala(
        "acme",
        "shop",
        "1.0.0",
        {**MODULES, "dependency-graph.json": dependency_graph("acme", "shop", "1.0.0", *found)},
    )

    assert read(content).manifest.dependencies == (
        Dependency("", "", None),
        Dependency("b", "x", None),
        Dependency("b", "x", "1.0.0"),
    )


def test_what_is_wrong_in_a_graph_is_said_once() -> None:
    own = {"org": "acme", "name": "shop", "version": "1.0.0", "dependencies": []}
    graph = json.dumps({"packages": [{"org": 1, "name": "x", "version": "1.0.0"}, own]})
    with pytest.raises(ArchiveError) as caught:
        read(build_bala("acme", "shop", "1.0.0", {**MODULES, "dependency-graph.json": graph}))

    assert [one.message for one in caught.value.mistakes if one.file == "dependency-graph.json"] == [
        "incompatible type for key 'org' under [packages]: expected a string, found a number"
    ]


@pytest.mark.parametrize("generation", [{"bala_version": "2.0.0"}, {"balo_version": "2.0.0"}])
def test_the_first_archives_of_swan_lake_called_themselves_balo(generation: dict[str, str]) -> None:
    entries = {"bala.json": json.dumps(generation), "package.json": IDENTITY, **MODULES}

    assert read(zip_of(entries)).name == "shop"


def test_a_bala_json_that_does_not_parse_is_told_with_the_rest() -> None:
    with pytest.raises(ArchiveError) as caught:
        read(zip_of({"bala.json": "[", "package.json": "{", **MODULES}))

    assert [one.file for one in caught.value.mistakes] == [None, "bala.json", "package.json"]


@pytest.mark.parametrize(
    ("platform", "said", "expected"),
    [("any", None, True), ("any", False, False), ("java21", None, None), ("java21", True, True)],
)
def test_without_native_code_nothing_stands_against_native_images(
    platform: str,
    said: bool | None,  # noqa: FBT001 (one of three values)
    expected: bool | None,  # noqa: FBT001 (as above)
) -> None:
    content = build_bala("acme", "shop", "1.0.0", MODULES, platform=platform, graalvmCompatible=said)

    assert read(content).manifest.graalvm_compatible is expected


def test_sources_outside_of_module_folders_are_never_api() -> None:
    content = build_bala(
        "acme",
        "shop",
        "1.0.0",
        {
            **MODULES,
            "modules/shop/tests/test.bal": FUNCTION,
            "modules/shop/other.BAL": FUNCTION,
            "examples/example.bal": FUNCTION,
            "resources/data.bal": FUNCTION,
            "stray.bal": FUNCTION,
        },
    )

    assert [file.path for module in read(content).modules for file in module.files] == [
        "modules/shop/main.bal",
        "modules/shop.hidden/hidden.bal",
        "modules/shop.orders/orders.bal",
    ]


def test_an_exported_module_that_is_not_there_is_noted() -> None:
    content = build_bala("acme", "shop", "1.0.0", MODULES, export=["shop", "shop.lost"])

    assert read(content).notes == ("x.bala: the exported module 'shop.lost' is not in the archive.",)


@pytest.mark.parametrize(
    ("package_json", "expected"),
    [
        ({"organization": ""}, ["'organization' does not exist in 'package.json'"]),
        ({"organization": None}, ["'organization' does not exist in 'package.json'"]),
        (
            {"version": 1, "export": [1], "modules": {}, "platform": True},
            [
                "incompatible type for key 'version': expected a string, found a number",
                (
                    "incompatible type for key 'export': expected an array of strings, "
                    "found an array with a number"
                ),
                "incompatible type for key 'modules': expected an array of tables, found a table",
                "incompatible type for key 'platform': expected a string, found a boolean",
            ],
        ),
        (
            {"organization": "../acme"},
            [
                (
                    "invalid 'organization': 'organization' can only contain alphanumerics, underscores and "
                    "periods, found '../acme'"
                )
            ],
        ),
        (
            {"export": [None, [1], "x"]},
            [
                (
                    "incompatible type for key 'export': expected an array of strings, "
                    "found an array with a string and null"
                )
            ],
        ),
        ({"version": "1.0"}, ["'version' should be compatible with semver, found '1.0'"]),
        (
            {"platform": "../java21"},
            ["expected a platform such as 'any' or 'java21', found '../java21'"],
        ),
        (
            {"ballerina_version": "\ud800"},
            [
                (
                    "incompatible type for key 'ballerina_version': expected a string, "
                    "found a string with half of a character"
                )
            ],
        ),
    ],
)
def test_all_that_is_wrong_in_package_json_is_told_at_once(
    package_json: dict[str, object], expected: list[str]
) -> None:
    written = {"organization": "acme", "name": "shop", "version": "1.0.0", **package_json}
    content = zip_of({"package.json": json.dumps(written), **MODULES})

    headline, *mistakes = mistakes_of(content)

    assert headline == "'x.bala' is a broken Ballerina archive."
    assert sorted(mistakes) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Mistake("invalid JSON: Expecting value", "package.json", 1, 1, "")),
        ("{\n  ]", Mistake(
            "invalid JSON: Expecting property name enclosed in double quotes", "package.json", 2, 3, "  ]")),
        ("[]", Mistake("expected a JSON object, found an array", "package.json")),
        ("[" * 100_000, Mistake("invalid JSON: arrays and objects are nested too deeply", "package.json")),
        (b"\n{\xff", Mistake(
            "expected UTF-8 text, found the byte 0xFF at offset 2 of 'package.json'. Save the file as UTF-8.",
            "package.json", 2, 2)),
    ],
)  # fmt: skip
def test_a_package_json_that_does_not_parse_is_one_mistake_with_its_place(
    text: str | bytes, expected: Mistake
) -> None:
    with pytest.raises(ArchiveError) as caught:
        read(zip_of({"package.json": text, **MODULES}))

    assert caught.value.mistakes == (Mistake("'x.bala' is a broken Ballerina archive."), expected)


def test_a_number_too_long_for_python_is_a_mistake() -> None:
    assert "invalid JSON: Exceeds the limit" in "".join(
        mistakes_of(zip_of({"package.json": '{"name": ' + "9" * 5_000 + "}", **MODULES}))
    )


def test_a_source_that_is_not_utf_8_is_named_with_its_place() -> None:
    content = zip_of(
        {
            "package.json": '{"organization": "acme", "name": "shop", "version": "1.0.0"}',
            "modules/shop/main.bal": b"// ok\n// \xc3\xa9 \xe9\n",
        }
    )

    with pytest.raises(SourceError) as caught:
        read(content)

    assert caught.value.mistakes == (
        Mistake("'x.bala' holds sources that cannot be used."),
        Mistake(
            "expected UTF-8 text, found the byte 0xE9 at offset 12 of 'modules/shop/main.bal'. "
            "Save the file as UTF-8.",
            "modules/shop/main.bal",
            2,
            6,
        ),
    )


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"readme.txt": ""}, "'x.bala' is not a Ballerina archive: expected bala.json and package.json"),
        ({"bala.json": '{"bala_version": "2.0.0"}'}, "broken Ballerina archive: it has no package.json"),
        ({"bala.json": '{"bala_version": "5.0.0"}'}, "generation: expected 2.0.0, 3.0.0 or 4, found '5.0.0'"),
        ({"bala.json": "{}"}, "unknown generation: expected 2.0.0, 3.0.0 or 4, found ''"),
        ({"Bala.toml": '[bala]\nschema_version = "5"'}, "generation: expected 2.0.0, 3.0.0 or 4, found '5'"),
        ({"Bala.toml": '[bala]\nschema_version = "4"'}, "broken Ballerina archive: it has no Ballerina.toml"),
        ({"metadata/BALO.toml": ""}, "'x.bala' is an archive of Ballerina 1.x"),
    ],
)  # fmt: skip
def test_what_is_no_archive_of_a_known_generation_is_refused(entries: dict[str, str], expected: str) -> None:
    assert expected in mistakes_of(zip_of(entries))[0]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"modules/store/main.bal": "", "modules/cart/main.bal": ""}, "'cart', 'store'"),
        ({"main.bal": ""}, "no module"),
    ],
)
def test_the_default_module_must_exist(files: dict[str, str], found: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        read(zip_of({"package.json": IDENTITY, **files}))

    assert caught.value.mistakes == (
        Mistake("'x.bala' is a broken Ballerina archive."),
        Mistake(f"expected the default module in 'modules/shop', found {found}", "modules"),
    )


def test_a_module_name_that_is_none_is_refused() -> None:
    content = build_bala("acme", "shop", "1.0.0", {"modules/shop.a-b/x.bal": ""})

    assert mistakes_of(content, SourceError) == [
        "'x.bala' holds sources that cannot be used.",
        "Invalid module name : 'a-b' :\nModule name can only contain alphanumerics, underscores and periods",
    ]


def test_generation_4_has_the_layout_of_a_package_directory() -> None:
    content = build_toml_bala(MANIFEST, {"main.bal": FUNCTION, "modules/orders/orders.bal": FUNCTION})

    package = read(content)

    assert [(module.name, [file.path for file in module.files]) for module in package.modules] == [
        ("shop", ["main.bal"]),
        ("shop.orders", ["modules/orders/orders.bal"]),
    ]


@pytest.mark.parametrize(
    ("manifest", "modules", "expected"),
    [
        (MANIFEST, None, ["shop"]),
        (MANIFEST, {"shop": True, "shop.orders": True}, ["shop", "shop.orders"]),
        (MANIFEST + 'export = ["shop.orders"]', {"shop": True, "shop.orders": False}, ["shop"]),
        (MANIFEST + '[[package.modules]]\nname="shop.orders"\nexport=true', None, ["shop", "shop.orders"]),
    ],
)  # fmt: skip
def test_generation_4_exports_what_its_build_wrote_down_or_else_its_manifest_says(
    manifest: str, modules: dict[str, bool] | None, expected: list[str]
) -> None:
    files = {"main.bal": FUNCTION, "modules/orders/orders.bal": FUNCTION}

    assert exported(read(build_toml_bala(manifest, files, modules))) == expected


def test_the_defaults_for_packages_that_are_worked_on_are_none_for_what_was_published() -> None:
    assert mistakes_of(build_toml_bala('[package]\nname = "shop"', {"main.bal": FUNCTION})) == [
        "'x.bala' is a broken Ballerina archive.",
        "'org' does not exist in 'Ballerina.toml'",
        "'version' does not exist in 'Ballerina.toml'",
    ]


BUILT = """[bala]
schema_version = "4"
[build]
ballerina_version = "{}"
platform = "{}"
"""


@pytest.mark.parametrize(
    ("built", "expected"),
    [(("2201.12.0", "java21"), ("2201.12.0", "java21")), (("", ""), ("2201.8.0", "any"))],
)
def test_what_the_build_used_goes_before_what_the_manifest_asks_for(
    built: tuple[str, str], expected: tuple[str, str]
) -> None:
    manifest = f'{MANIFEST}distribution = "2201.8.0"\n'
    entries = {"Bala.toml": BUILT.format(*built), "Ballerina.toml": manifest, "main.bal": FUNCTION}

    package = read(zip_of(entries))

    assert (package.manifest.distribution, package.platform) == expected


def test_a_platform_of_generation_4_becomes_part_of_paths_too() -> None:
    entries = {"Bala.toml": BUILT.format("", "../x"), "Ballerina.toml": MANIFEST, "main.bal": FUNCTION}

    assert mistakes_of(zip_of(entries))[1:] == ["expected a platform such as 'any' or 'java21', found '../x'"]


@pytest.mark.parametrize("broken", ["Bala.toml", "Ballerina.toml"])
def test_a_manifest_of_generation_4_that_is_no_toml_is_one_mistake(broken: str) -> None:
    entries = {"Bala.toml": BUILT.format("", ""), "Ballerina.toml": MANIFEST, "main.bal": FUNCTION}

    with pytest.raises(ArchiveError) as caught:
        read(zip_of({**entries, broken: "["}))

    assert [one.file for one in caught.value.mistakes] == [None, broken]


def test_a_workspace_was_never_published() -> None:
    content = build_toml_bala(MANIFEST + '[workspace]\npackages = ["a"]', {"main.bal": FUNCTION})

    assert mistakes_of(content)[1:] == ["expected a package, found a workspace"]
    with pytest.raises(ArchiveError) as caught:
        read_archive(content, name="x.bala", provenance=Provenance("central"))
    assert caught.value.mistakes[-1].line == MANIFEST.count("\n") + 1


@pytest.mark.parametrize("is_extracted", [True, False])
def test_the_files_of_an_archive_are_opened_wherever_it_lies(tmp_path: Path, *, is_extracted: bool) -> None:
    content = build_bala("acme", "shop", "1.0.0", MODULES)
    place = tmp_path / "x.bala"
    if is_extracted:
        zipfile.ZipFile(io.BytesIO(content)).extractall(place)
    else:
        place.write_bytes(content)
    with open_tree(place) as tree, open_listed(tree, "modules/shop/main.bal") as file:
        assert file.read() == FUNCTION.encode()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that cannot be read is needed")
def test_an_archive_that_cannot_be_read_is_no_fault() -> None:
    # The first page of the memory of a process is nobody's.
    with pytest.raises(ArchiveError, match=r"^'mem' cannot be read: Input/output error\.$"):
        read_package(Path("/proc/self/mem"))
