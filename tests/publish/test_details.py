"""What the rules say beside their first example, and what they leave unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from publish.publications import (
    CLASS,
    Shelf,
    Situation,
    archive,
    dependency,
    jar,
    lock,
    png,
    published,
    readiness,
    toml,
    write_situation,
)
from support.archives import build_bala
from support.central import Published

from semverdiff import config, limits, rules
from semverdiff.artifact import ManifestPlace
from semverdiff.errors import ArchiveError, NetworkError, SourceError
from semverdiff.packages.filesystem import DiskTree, Folder, ListedTree
from semverdiff.publish import publish_rules
from semverdiff.publish.answers import Unknown
from semverdiff.publish.files import files_below, paths_of

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.config import Table
    from semverdiff.errors import Mistake
    from semverdiff.publish import PublishFinding, Readiness
    from semverdiff.registry import PackageName

_BINDING = (
    f'import ballerina/jballerina.java;\nfunction f() = @java:Method {{\'class: "{CLASS}"}} external;\n'
)
_GRAALVM = "[platform.java21]\ngraalvmCompatible = {}\n"
_NATIVE = '[[platform.java21.dependency]]\ngroupId = "g"\nartifactId = "a"\nversion = "1"\n'
_UTIL = '[[dependency]]\norg = "acme"\nname = "util"\nversion = "2.0.0"\nrepository = "{}"\n'


def _only(found: Readiness) -> PublishFinding:
    (finding,) = found.findings
    assert found.unchecked == ()
    return finding


def _unknown(found: Readiness, rule: str) -> list[str]:
    return [one.why for one in found.unchecked if one.rule == rule]


def test_no_rule_has_the_name_of_one_about_changes() -> None:
    assert not {rule.id for rule in publish_rules()} & {rule.id for rule in rules.all_rules()}


def test_missing_keys_are_printed_together_as_bal_does(tmp_path: Path) -> None:
    manifest = '[package]\nlicense = ["MIT"]\nkeywords = ["x"]\nrepository = "https://example.org"\n'
    found = readiness(tmp_path, Situation({"Ballerina.toml": manifest}, table=(), baseline="none"))
    assert [one.rule for one in found.findings] == ["manifest-key-missing"] * 3
    assert {one.prints for one in found.findings} == {
        "to build a package 'org', 'name' and 'version' fields of the package are required in Ballerina.toml"
    }


def test_the_first_errors_come_first(tmp_path: Path) -> None:
    manifest = toml(license=None, readme="x.md")
    found = readiness(tmp_path, Situation({"Ballerina.toml": manifest}))
    assert [one.severity.value for one in found.findings] == ["error", "warning"]
    assert (found.errors, found.warnings, found.doubts) == (1, 1, 0)
    assert found.first_error == "the README 'x.md', which 'readme' names, does not exist"


@pytest.mark.parametrize("rule", ["version-published", "name-case-changed", "organization-reserved"])
def test_offline_it_is_not_known_what_is_published(tmp_path: Path, rule: str) -> None:
    situation = Situation({"Ballerina.toml": toml(org="ballerinax")}, baseline="none")
    found = readiness(tmp_path, situation, offline=True)
    assert _unknown(found, rule) == ["offline: central.example was not asked"]
    assert found.findings == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("private", None, "becomes public: everybody"), (None, "private", "becomes private: who does not")],
)
def test_both_steps_of_visibility_are_told(
    tmp_path: Path, old: str | None, new: str | None, said: str
) -> None:
    situation = Situation({"Ballerina.toml": toml(visibility=new)}, table=(published(visibility=old),))
    assert said in _only(readiness(tmp_path, situation)).message


def test_who_says_that_graalvm_does_not_work_is_told_nothing_by_bal(tmp_path: Path) -> None:
    situation = Situation(
        {"Ballerina.toml": toml(_NATIVE + _GRAALVM.format("false"))},
        table=(published(platform="java21", graalvmCompatible=True),),
    )
    finding = _only(readiness(tmp_path, situation))
    assert finding.prints is None
    assert "says that it is not" in finding.message


def test_a_module_may_be_in_the_package_that_its_name_begins_with(tmp_path: Path) -> None:
    shop = published("5.0.0", files={"modules/shop/a.bal": "", "modules/shop.orders/b.bal": ""})
    situation = Situation({"Ballerina.toml": toml(name="shop.orders")}, table=(shop,), baseline="none")
    finding = _only(readiness(tmp_path, situation))
    assert finding.message.startswith("module 'shop.orders' is one of acme/shop 5.0.0, too")


def test_of_the_other_package_the_latest_release_counts(tmp_path: Path) -> None:
    both = {"modules/shop/a.bal": "", "modules/shop.orders/b.bal": ""}
    table = (
        published("1.0.0", files=both),
        published("2.0.0", files={"modules/shop/a.bal": ""}),
        published("3.0.0-rc.1", files=both),
    )
    situation = Situation({"Ballerina.toml": toml(name="shop.orders")}, table=table, baseline="none")
    assert readiness(tmp_path, situation).findings == ()


def test_another_spelling_on_this_machine_is_enough(tmp_path: Path) -> None:
    situation = Situation(table=(), baseline="none", pushed=("Acme/Shop/1.0.0/any",))
    assert "Acme/Shop is known already" in _only(readiness(tmp_path, situation)).message


def test_another_spelling_of_a_longer_name_is_no_such(tmp_path: Path) -> None:
    table = (Published("acme", "Shopping", "1.0.0"),)
    assert readiness(tmp_path, Situation(table=table, baseline="none")).findings == ()


def test_a_package_that_is_published_is_not_looked_for_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Shelf, "packages_like", None)
    assert readiness(tmp_path, Situation()).unchecked == ()


def test_a_package_may_be_hidden_from_who_has_a_token_that_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Shelf, "token_refused", True)
    found = readiness(tmp_path, Situation(table=(), baseline="none"))
    assert _unknown(found, "version-published") == [
        "central.example refused the access token, so acme/shop may only be hidden"
    ]


def test_versions_that_cannot_be_read_may_be_the_one_that_is_asked_for(tmp_path: Path) -> None:
    table = (published(), Published("acme", "shop", "next"))
    assert _unknown(readiness(tmp_path, Situation(table=table)), "version-published") == [
        "central.example lists versions of acme/shop that cannot be read"
    ]


def test_a_local_repository_that_cannot_be_read_leaves_open_what_is_in_it(tmp_path: Path) -> None:
    bala = tmp_path / "home" / "repositories" / "local" / "bala"
    bala.parent.mkdir(parents=True)
    bala.symlink_to(bala)
    found = readiness(tmp_path, Situation(table=(), baseline="none"))
    assert found.findings == ()
    ((rule, why),) = ((one.rule, one.why) for one in found.unchecked)
    assert rule == "version-in-local-repository"
    assert why.startswith("the repository on this machine cannot be read")


def test_a_registry_that_gave_no_answer_is_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def refuse(_shelf: Shelf, package: PackageName) -> tuple[str, ...]:
        asked.append(str(package))
        raise NetworkError("no route; try again later.")

    monkeypatch.setattr(Shelf, "versions", refuse)
    files = {"Dependencies.toml": lock(dependency("a"), dependency("b"))}
    found = readiness(tmp_path, Situation(files, baseline="none"))
    assert len(asked) == 1
    assert _unknown(found, "dependency-unpublished") == ["central.example gave no answer: no route"]


def test_a_baseline_that_is_not_published_cannot_be_deprecated(tmp_path: Path) -> None:
    situation = Situation(table=(published(deprecated="leaks"),), old=published("1.2.0"))
    found = readiness(tmp_path, situation)
    assert (found.findings, found.unchecked) == ((), ())


def test_a_path_above_the_repository_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(png())
    inner = tmp_path / "repository"
    inner.mkdir()
    (inner / ".git").mkdir()
    found = readiness(inner, Situation({"Ballerina.toml": toml(icon="../../x.png")}))
    assert found.findings == ()
    assert {one.rule for one in found.unchecked} == {"icon-not-found"}


def test_what_version_control_keeps_is_not_packed(tmp_path: Path) -> None:
    for path in (".git/config", "sub/.hg/data", "target/a.bala", "a.txt"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    found = paths_of(tmp_path)
    assert not isinstance(found, Unknown)
    assert [one.path for one in found] == ["a.txt", "sub"]


def test_a_dependency_of_another_repository_is_not_asked_for_on_central(tmp_path: Path) -> None:
    files = {"Ballerina.toml": toml(_UTIL.format("nexus")), "Dependencies.toml": lock(dependency())}
    assert readiness(tmp_path, Situation(files)).findings == ()


def test_a_dependency_that_was_never_published_is_told_so(tmp_path: Path) -> None:
    finding = _only(readiness(tmp_path, Situation({"Dependencies.toml": lock(dependency())})))
    assert finding.message == "acme/util 2.0.0 is a package that is not published"
    assert finding.place is not None
    assert (finding.place.file, finding.place.line) == ("Dependencies.toml", 13)


@pytest.mark.parametrize("version", ["1", "latest"])
def test_a_dependency_without_a_readable_version_is_not_known(tmp_path: Path, version: str) -> None:
    found = readiness(tmp_path, Situation({"Dependencies.toml": lock(dependency(version=version))}))
    (why,) = _unknown(found, "dependency-unpublished")
    assert "has no name or version that can be published" in why


def test_a_library_of_tests_that_is_not_here_is_not_known(tmp_path: Path) -> None:
    entry = _NATIVE + 'scope = "testOnly"\n' + _GRAALVM.format("true")
    found = readiness(tmp_path, Situation({"Ballerina.toml": toml(entry), "lib.bal": _BINDING}))
    assert _unknown(found, "library-test-only") == [
        "the library 'g:a' is not here, so that its classes are not known"
    ]


def test_the_binding_is_where_the_class_is_named(tmp_path: Path) -> None:
    entry = '[[platform.java21.dependency]]\npath = "t.jar"\nscope = "testOnly"\n' + _GRAALVM.format("true")
    files: dict[str, str | bytes | None] = {
        "Ballerina.toml": toml(entry),
        "t.jar": jar(CLASS),
        "lib.bal": f"// one\n{_BINDING}",
    }
    finding = _only(readiness(tmp_path, Situation(files)))
    assert finding.place is not None
    assert (finding.place.file, finding.place.line) == ("lib.bal", 3)


def test_a_built_archive_that_cannot_be_read_is_not_known(tmp_path: Path) -> None:
    found = readiness(tmp_path, Situation({"target/bala/acme-shop-any-1.4.0.bala": b"no zip"}))
    (why,) = _unknown(found, "archive-outdated")
    assert why.startswith("'target/bala/acme-shop-any-1.4.0.bala' cannot be read")


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"more.bal": "public function more() {}\n"}, "'shop: more.bal' is"),
        ({"lib.bal": "// other\n"}, "'shop: lib.bal' is"),
        ({"Ballerina.toml": toml(keywords=["other"])}, "'keywords' is"),
        ({"Ballerina.toml": toml(visibility="private")}, "'visibility' is"),
    ],
)
def test_what_changed_since_the_archive_was_built_is_named(
    tmp_path: Path, files: dict[str, str], named: str
) -> None:
    built: dict[str, str | bytes | None] = {"target/bala/acme-shop-any-1.4.0.bala": archive()}
    found = readiness(tmp_path, Situation({**built, **files}))
    (message,) = (one.message for one in found.findings if one.rule == "archive-outdated")
    assert f"was built before the last change: {named} not the same in the sources" in message


def test_line_ends_and_marks_are_what_bal_packs(tmp_path: Path) -> None:
    text = "\ufeffpublic function total() returns int => 1;\n"
    built: dict[str, str | bytes | None] = {
        "target/bala/acme-shop-any-1.4.0.bala": archive(),
        "lib.bal": text,
    }
    assert readiness(tmp_path, Situation(built)).findings == ()


@pytest.mark.parametrize(
    ("packed", "told"),
    [
        ({"modules/shop/lib.bal": "// made by bal\n\n"}, []),
        ({"modules/shop/lib.bal": "public function f() {}\n"}, ["Ballerina.toml"]),
        ({"modules/shop/lib.bal": "", "modules/shop.orders/gone.bal": "// Gone.\n"}, ["Ballerina.toml"]),
    ],
)
def test_the_file_of_comments_that_bal_adds_is_no_difference(
    tmp_path: Path, packed: dict[str, str], told: list[str]
) -> None:
    orders = "public function place() {}\n"
    more = '[[package.modules]]\nname = "shop.orders"\nexport = true\n[platform.java21]\n'
    manifest = toml(f"{more}graalvmCompatible = true\n")
    content = archive(
        packed | {"modules/shop.orders/a.bal": orders},
        modules=[{"name": "shop.orders", "export": True}],
        export=None,
        platform="java21",
    )
    files: dict[str, str | bytes | None] = {
        "lib.bal": None,
        "Ballerina.toml": manifest,
        "BalTool.toml": "",
        "modules/orders/a.bal": orders,
        "modules/orders/README.md": "Orders.",
        "target/bala/acme-shop-java21-1.4.0.bala": content,
    }
    found = readiness(tmp_path, Situation(files))
    outdated = [one.place for one in found.findings if one.rule == "archive-outdated"]
    assert [place.file for place in outdated if place] == told


def test_a_file_of_comments_beside_sources_of_the_default_module_is_a_difference(tmp_path: Path) -> None:
    content = archive({"modules/shop/gone.bal": "// Gone.\n"})
    finding = _only(readiness(tmp_path, Situation({"target/bala/acme-shop-any-1.4.0.bala": content})))
    assert "'shop: gone.bal' is not the same" in finding.message


def test_what_differs_from_the_archive_is_where_it_is_in_the_sources(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        "target/bala/acme-shop-any-1.4.0.bala": archive(),
        "lib.bal": "// other\n",
    }
    assert _only(readiness(tmp_path, Situation(files))).place == ManifestPlace("lib.bal", 1, 1)


def test_a_dependency_of_an_archive_may_come_from_the_local_repository(tmp_path: Path) -> None:
    local = archive(localDependencies=[{**dependency(), "repository": "local"}])
    finding = _only(readiness(tmp_path, Situation(archive=local)))
    assert finding.rule == "dependency-from-local-repository"


def test_a_dependency_that_names_no_repository_comes_from_central(tmp_path: Path) -> None:
    manifest = toml(_UTIL.format("").replace('repository = ""\n', ""))
    found = readiness(
        tmp_path, Situation({"Ballerina.toml": manifest, "Dependencies.toml": lock(dependency())})
    )
    assert [one.rule for one in found.findings] == ["dependency-unpublished"]


def test_a_deprecated_dependency_is_where_it_is_locked(tmp_path: Path) -> None:
    table = (published(), published("2.0.0", "util", deprecated=""))
    finding = _only(readiness(tmp_path, Situation({"Dependencies.toml": lock(dependency())}, table=table)))
    assert finding.place == ManifestPlace("Dependencies.toml", 13, 1)


def test_an_empty_readme_beside_the_package_is_called_as_the_manifest_calls_it(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("")
    (tmp_path / ".git").mkdir()
    finding = _only(readiness(tmp_path, Situation({"Ballerina.toml": toml(readme="../README.md")})))
    assert finding.place == ManifestPlace("../README.md", 1, 1)


def test_sources_of_another_package_around_an_archive_are_none_of_it(tmp_path: Path) -> None:
    situation = Situation({"Ballerina.toml": toml(name="other"), "lib.bal": "// other\n"}, archive=archive())
    assert readiness(tmp_path, situation).findings == ()


def test_an_archive_is_not_said_to_be_new_if_the_sources_around_it_cannot_be_read(tmp_path: Path) -> None:
    situation = Situation({"Ballerina.toml": toml(version="none")}, archive=archive())
    (why,) = _unknown(readiness(tmp_path, situation), "archive-outdated")
    assert why.startswith("the sources around the archive cannot be read: ")


@pytest.mark.parametrize(
    "manifest",
    [
        toml(version="none", name="other"),
        toml(version="none", org="other"),
        '[workspace]\npackages = ["shop"]\n',
    ],
)
def test_sources_around_an_archive_that_are_of_others_need_not_be_read(tmp_path: Path, manifest: str) -> None:
    found = readiness(tmp_path, Situation({"Ballerina.toml": manifest}, archive=archive()))
    assert (found.findings, found.unchecked) == ((), ())


def test_a_file_in_an_archive_that_holds_a_secret_is_told(tmp_path: Path) -> None:
    situation = Situation(archive=archive({"conf/Config.toml": "password = 1\n"}))
    finding = _only(readiness(tmp_path, situation))
    assert (finding.rule, finding.message.partition(" ")[0]) == ("secret-published", "'conf/Config.toml'")


def test_an_archive_without_a_readme_is_refused(tmp_path: Path) -> None:
    content = archive({"docs/Package.md": ""})
    finding = _only(readiness(tmp_path, Situation(archive=content)))
    assert (finding.rule, finding.prints) == ("readme-empty", "Package.md cannot be empty.")


def test_a_readme_beside_the_package_is_within_the_repository(tmp_path: Path) -> None:
    root = write_situation(tmp_path, Situation({"Ballerina.toml": toml(readme="../README.md")}))
    (tmp_path / "README.md").write_text("# Shop\n")
    (tmp_path / ".git").mkdir()
    assert root.parent == tmp_path
    found = readiness(tmp_path, Situation({"Ballerina.toml": toml(readme="../README.md")}))
    assert (found.findings, found.unchecked) == ((), ())


@pytest.mark.parametrize(("content", "rules_found"), [("Shop.", []), ("", ["readme-empty"])])
def test_a_readme_may_be_a_link_to_a_text_of_another_name(
    tmp_path: Path, content: str, rules_found: list[str]
) -> None:
    situation = Situation({"README.md": None, "docs/Shop.md": content})
    (write_situation(tmp_path, situation) / "README.md").symlink_to("docs/Shop.md")
    found = readiness(tmp_path, situation)
    assert ([one.rule for one in found.findings], found.unchecked) == (rules_found, ())


@pytest.mark.parametrize("path", ["modules/shop/credentials.bal", "docs/credentials.md"])
def test_sources_and_texts_about_credentials_are_no_secret(tmp_path: Path, path: str) -> None:
    found = readiness(tmp_path, Situation(archive=archive({path: "// Who may do what.\n"})))
    assert "secret-published" not in {one.rule for one in found.findings}


@pytest.mark.parametrize(
    ("name", "content", "is_secret"),
    [
        ("public.pem", "-----BEGIN PRIVATE KEY-----\n", True),
        ("public.pem", "-----BEGIN PUBLIC KEY-----\n", False),
        ("example.pem", "-----BEGIN PRIVATE KEY-----\n", False),
        ("truststore.p12", "", False),
        ("keystore.p12", "", True),
        ("credentials.json", "{}", True),
    ],
)
def test_of_what_may_be_a_key_its_content_decides_and_of_a_store_its_name(
    tmp_path: Path, name: str, content: str, *, is_secret: bool
) -> None:
    found = readiness(tmp_path, Situation({f"resources/{name}": content}))
    assert [one.rule for one in found.findings] == ["secret-published"] * is_secret


def test_another_spelling_on_this_machine_is_nothing_to_a_published_package(tmp_path: Path) -> None:
    found = readiness(tmp_path, Situation(pushed=("Acme/Shop/1.0.0/any",)))
    assert (found.findings, found.unchecked) == ((), ())


def test_a_dependency_of_a_private_package_may_be_hidden_from_who_has_no_token(tmp_path: Path) -> None:
    files = {"Ballerina.toml": toml(visibility="private"), "Dependencies.toml": lock(dependency())}
    found = readiness(tmp_path, Situation(files, table=(published(visibility="private"),)))
    assert found.findings == ()
    (why,) = _unknown(found, "dependency-unpublished")
    assert why.endswith("no access token is set, so it may only be hidden")


def test_a_private_package_may_be_hidden_also_where_its_organization_is_reserved(tmp_path: Path) -> None:
    files = {"Ballerina.toml": toml(org="ballerinax", visibility="private")}
    found = readiness(tmp_path, Situation(files, table=(), baseline="none"))
    assert _unknown(found, "version-published")


def test_an_archive_of_a_version_that_ends_alike_is_of_another_one(tmp_path: Path) -> None:
    finding = _only(readiness(tmp_path, Situation({"target/bala/acme-shop-any-11.4.0.bala": archive()})))
    assert (finding.rule, finding.prints) == ("archive-of-other-version", None)


@pytest.mark.parametrize(("readme", "is_kept"), [(None, False), ("docs/Package.md", True)])
def test_old_distributions_pack_no_description(tmp_path: Path, readme: str | None, *, is_kept: bool) -> None:
    files: dict[str, str | bytes | None] = {
        "Ballerina.toml": toml(description="Sells."),
        "target/bala/acme-shop-any-1.4.0.bala": archive(readme=readme),
    }
    found = readiness(tmp_path, Situation(files))
    assert [one.rule for one in found.findings] == ["archive-outdated"] * is_kept


def test_no_more_doubts_of_a_rule_are_told_than_anybody_reads(tmp_path: Path) -> None:
    entry = '[[platform.java21.dependency]]\npath = "/x/{}.jar"\n'
    libraries = "".join(entry.format(number) for number in range(limits.MISTAKES + 9))
    found = readiness(tmp_path, Situation({"Ballerina.toml": toml(libraries)}))
    assert len(_unknown(found, "library-missing")) == limits.MISTAKES


def test_a_folder_is_listed_once_for_all_that_the_manifest_names_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = '[[package.modules]]\nname = "shop.m{0}"\nexport = true\nreadme = "texts/{0}.md"\n'
    library = '[[platform.java21.dependency]]\npath = "libs/{}.jar"\n' + 'scope = "provided"\n'
    files: dict[str, str | bytes | None] = {
        "Ballerina.toml": toml("".join(text.format(n) for text in (entry, library) for n in range(9)))
    }
    for number in range(9):
        files |= {f"modules/m{number}/a.bal": "", f"texts/{number}.md": "x", f"libs/{number}.jar": ""}
    listed: list[str] = []
    names = DiskTree.files

    def noting(tree: DiskTree, folder: str) -> tuple[str, ...]:
        listed.append(folder)
        return names(tree, folder)

    monkeypatch.setattr(DiskTree, "files", noting)
    readiness(tmp_path, Situation(files))
    assert [listed.count(folder) for folder in ("texts", "libs")] == [1, 1]


def test_the_file_of_dependencies_is_read_once_for_all_that_are_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    parse = config.parse_toml

    def noting(content: bytes, file: str, mistakes: list[Mistake]) -> Table:
        read.append(file)
        return parse(content, file, mistakes)

    files = {"Dependencies.toml": lock(*(dependency(f"util{number}") for number in range(9)))}
    write_situation(tmp_path, Situation(files))
    monkeypatch.setattr(config, "parse_toml", noting)
    found = readiness(tmp_path, Situation(files))
    assert [one.rule for one in found.findings] == ["dependency-unpublished"] * 9
    assert read.count("Dependencies.toml") == 1


def test_a_class_may_be_in_a_shipped_library_that_is_not_here(tmp_path: Path) -> None:
    tests = '[[platform.java21.dependency]]\npath = "t.jar"\nscope = "testOnly"\n'
    files: dict[str, str | bytes | None] = {
        "Ballerina.toml": toml(tests + _NATIVE + _GRAALVM.format("true")),
        "t.jar": jar(CLASS),
        "lib.bal": _BINDING,
    }
    found = readiness(tmp_path, Situation(files))
    assert found.findings == ()
    assert _unknown(found, "library-test-only") == [
        "the library 'g:a' is not here, so that its classes are not known"
    ]


def test_a_member_of_the_workspace_in_another_version_is_a_dependency_like_any_other(tmp_path: Path) -> None:
    files = {"Dependencies.toml": lock(dependency("util"))}
    found = readiness(tmp_path, Situation(files, members={("acme", "util"): "2.0.1"}))
    assert [one.rule for one in found.findings] == ["dependency-unpublished"]


def test_a_dependency_of_another_organization_is_hidden_from_nobody_by_a_private_package(
    tmp_path: Path,
) -> None:
    other = {"org": "other", "name": "util", "version": "2.0.0"}
    files = {"Ballerina.toml": toml(visibility="private"), "Dependencies.toml": lock(other)}
    found = readiness(tmp_path, Situation(files, table=(published(visibility="private"),)))
    assert [one.rule for one in found.findings] == ["dependency-unpublished"]


def test_no_more_dependencies_are_asked_for_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ASKED_DEPENDENCIES", 1)
    files = {"Dependencies.toml": lock(dependency("a"), dependency("b"))}
    table = (published(), published("2.0.0", "a"), published("2.0.0", "b"))
    found = readiness(tmp_path, Situation(files, table=table))
    assert found.findings == ()
    assert _unknown(found, "dependency-unpublished") == ["there are more than 1 dependencies"]


def test_no_more_packages_with_the_same_modules_are_asked_for_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ASKED_PACKAGES", 1)
    modules = {f"modules/{name}/lib.bal": "public function f() {}\n" for name in ("a", "b")}
    found = readiness(tmp_path, Situation(modules))
    assert found.findings == ()
    assert _unknown(found, "module-split") == ["more than 1 packages may have the same modules"]


def test_a_locked_dependency_without_a_version_is_not_taken_for_a_published_one(tmp_path: Path) -> None:
    locked = lock(dependency("util")).replace('version = "2.0.0"\n', "")
    found = readiness(tmp_path, Situation({"Dependencies.toml": locked}))
    assert found.findings == ()
    assert _unknown(found, "dependency-unpublished") == [
        "the dependency 'acme/util' has no name or version that can be published"
    ]


def test_an_archive_needs_a_default_module_even_if_it_holds_what_makes_sources_a_tool(tmp_path: Path) -> None:
    others = {"modules/cart/notes.txt": "", "modules/cart.x/x.bal": "public function f() {}\n"}
    built = archive({"BalTool.toml": ""} | others, name="cart")
    found = readiness(tmp_path, Situation(archive=built, baseline="none", table=()))
    assert [one.rule for one in found.findings] == ["default-module-empty"]


_UNUSABLE = "central.example gave an answer that cannot be used: it is cut off"
ASKED = {
    "whether a dependency is deprecated": (
        Situation({"Dependencies.toml": lock(dependency())}, table=(published(), published("2.0.0", "util"))),
        "release",
        "dependency-deprecated",
    ),
    "whether the baseline is deprecated": (Situation(), "release", "baseline-deprecated"),
    "which modules another package has": (
        Situation({"Ballerina.toml": toml(name="shop.orders")}, baseline="none"),
        "download",
        "module-split",
    ),
    "which names differ by case": (
        Situation(table=(), baseline="none"),
        "packages_like",
        "name-case-changed",
    ),
}


@pytest.mark.parametrize(("situation", "question", "rule"), ASKED.values(), ids=ASKED)
def test_an_answer_that_cannot_be_used_leaves_its_rule_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, situation: Situation, question: str, rule: str
) -> None:
    def refuse(*_: object) -> None:
        raise ArchiveError("it is cut off; try again.")

    monkeypatch.setattr(Shelf, question, refuse)
    found = readiness(tmp_path, situation)
    assert found.findings == ()
    assert _unknown(found, rule) == [_UNUSABLE]


def test_versions_of_another_package_that_cannot_be_read_leave_its_modules_unknown(tmp_path: Path) -> None:
    table = (Published("acme", "shop", "next"),)
    situation = Situation({"Ballerina.toml": toml(name="shop.orders")}, table=table, baseline="none")
    assert _unknown(readiness(tmp_path, situation), "module-split") == [
        "central.example lists versions of acme/shop that cannot be read"
    ]


def test_the_name_of_the_baseline_is_another_spelling(tmp_path: Path) -> None:
    old = Published("Acme", "Shop", "1.3.0", build_bala("Acme", "Shop", "1.3.0", {"modules/Shop/a.bal": ""}))
    messages = [
        one.message
        for one in readiness(tmp_path, Situation(table=(), old=old)).findings
        if one.rule == "name-case-changed"
    ]
    assert messages == ["it is called acme/shop, and was Acme/Shop before: the names differ by case alone"]


def test_of_more_patterns_than_the_limit_it_is_not_known_what_they_pack(tmp_path: Path) -> None:
    include = ["lib.bal"] * (limits.INCLUDE_PATTERNS + 1)
    found = readiness(tmp_path, Situation({"Ballerina.toml": toml(include=include)}))
    assert found.findings == ()
    why = [f"there are more than {limits.INCLUDE_PATTERNS} patterns"]
    assert _unknown(found, "include-matches-nothing") == _unknown(found, "secret-published") == why


def test_an_icon_is_known_by_its_name_before_its_content(tmp_path: Path) -> None:
    found = readiness(tmp_path, Situation({"Ballerina.toml": toml(icon="icon.gif"), "icon.gif": png()}))
    assert _only(found).message == "the icon 'icon.gif' is no '.png' file"


@pytest.mark.parametrize(
    ("files", "is_missing"), [({}, True), ({"docs/modules/shop.orders/Module.md": "Orders."}, False)]
)
def test_a_module_of_an_archive_is_documented_by_a_text_in_its_folder(
    tmp_path: Path, files: dict[str, str], *, is_missing: bool
) -> None:
    orders = {"modules/shop.orders/a.bal": "public function f() {}", **files}
    found = readiness(tmp_path, Situation(archive=archive(orders, export=["shop", "shop.orders"])))
    assert ("module-documentation-missing" in {one.rule for one in found.findings}) is is_missing


def test_a_readme_that_leads_out_of_the_package_is_not_read(tmp_path: Path) -> None:
    situation = Situation({"README.md": None})
    root = write_situation(tmp_path, situation)
    (tmp_path / "secret.md").write_text("")
    (root / "README.md").symlink_to(tmp_path / "secret.md")
    found = readiness(tmp_path, situation)
    assert "readme-empty" not in {one.rule for one in found.findings}
    assert _unknown(found, "readme-empty")


@pytest.mark.parametrize("path", ["../a.jar", "/a.jar", ".."])
def test_a_library_out_of_an_archive_is_not_in_it(tmp_path: Path, path: str) -> None:
    content = archive(platformDependencies=[{"path": path, "scope": "default"}])
    (tmp_path / "shop" / "target").mkdir(parents=True)
    (tmp_path / "shop" / "target" / "a.jar").write_bytes(jar(CLASS))
    finding, *_ = (
        one
        for one in readiness(tmp_path, Situation(archive=content)).findings
        if one.rule.startswith("library")
    )
    assert finding.rule == "library-not-packed"


def test_a_key_that_cannot_be_read_is_none_that_may_be_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    situation = Situation({"resources/public.pem": "-----BEGIN PUBLIC KEY-----\n"})
    assert readiness(tmp_path / "read", situation).findings == ()

    def start(*_: object) -> bytes:
        raise SourceError("it cannot be read")

    monkeypatch.setattr("semverdiff.publish.catalogue.contents.Location.start", start)
    assert _only(readiness(tmp_path / "closed", situation)).rule == "secret-published"


def test_documentation_in_a_folder_that_cannot_be_read_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"Ballerina.toml": toml(export=["shop", "shop.inner"]), "modules/inner/inner.bal": ""}

    def is_documented(*_: object) -> bool:
        raise SourceError("it is closed")

    monkeypatch.setattr("semverdiff.publish.catalogue.documentation._is_documented", is_documented)
    found = readiness(tmp_path, Situation(files))
    assert _unknown(found, "module-documentation-missing") == [
        "the folder of module 'shop.inner' cannot be read: it is closed"
    ]
    assert found.findings == ()


def test_a_repository_that_is_half_an_address_is_none(tmp_path: Path) -> None:
    manifest = toml(repository="https://[example")
    finding = _only(readiness(tmp_path, Situation({"Ballerina.toml": manifest})))
    assert finding.message == "the source repository 'https://[example' is no address that a browser opens"


def test_folders_that_cannot_be_listed_leave_open_what_is_packed(tmp_path: Path) -> None:
    absent = paths_of(tmp_path / "absent")
    assert absent == Unknown("the folder '.' cannot be read: No such file or directory")

    class Closed(ListedTree, frozen=True):
        def files(self, folder: str) -> tuple[str, ...]:
            if folder:
                raise SourceError(f"{folder} cannot be read")
            return super().files(folder)

    tree = Closed("shop", {"": Folder(("lib.bal",), ("resources",))}, lambda _: b"")
    assert files_below(tree, "") == Unknown("resources cannot be read")
