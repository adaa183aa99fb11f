"""`semver bump`: the required version in one line of Ballerina.toml, or nothing where it is not certain."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cli.examples import NEW, OLD
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.archives import build_bala
from support.central import Published, serve_central
from support.git_repositories import commit, repository_at
from support.manifests import LAYOUTS, spelled
from support.packages import manifest, write_package

from semverdiff.cli.program import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cli.conftest import Semver
    from cli.examples import Ended

BASE = ("--baseline", "old")
_ADDED = f"{OLD}\npublic function more() {{\n}}\n"
_SUPPRESSED = '[[suppress]]\nrule = "record-field-removed"\nsymbol = "Order.note"\nreason = "agreed"\n'
# A record of a package that nobody has is included: what it brings could not be told.
_UNREAD_OLD = "import acme/base;\n\npublic type Order record {|\n    *base:Core;\n    int id;\n|};\n"
_UNREAD_NEW = _UNREAD_OLD.replace("    int id;\n", "    int id;\n    string note?;\n").replace("base", "core")


def _version(package: Path) -> str:
    return next(
        line for line in (package / "Ballerina.toml").read_text("utf-8").splitlines() if "version" in line
    )


class Case(NamedTuple):
    """Sources and version of the package, options, and the version that is written."""

    source: str
    version: str
    options: Sequence[str]
    written: str
    semver_toml: str = ""


CASES = {
    "a break": Case(NEW, "1.3.0", (), "2.0.0"),
    "a break with a step that is too low": Case(NEW, "1.4.0", (), "2.0.0"),
    "an addition": Case(_ADDED, "1.3.0", (), "1.4.0"),
    "a patch": Case(f"{OLD}\nfunction own() {{\n}}\n", "1.3.0", (), "1.3.0"),
    "nothing": Case(OLD, "1.3.0", (), "1.3.0"),
    "a version that is high enough": Case(NEW, "2.0.0", (), "2.0.0"),
    "a version that is higher than needed": Case(NEW, "3.1.0", (), "3.1.0"),
    "a version below the published one": Case(_ADDED, "1.2.0", (), "1.4.0"),
    "a break that is suppressed": Case(NEW, "1.3.0", (), "1.3.0", _SUPPRESSED),
    "a gate for every change": Case(_ADDED, "1.3.0", (), "1.4.0", '[check]\nfail-on = "patch"\n'),
    "a pre-release on the way": Case(NEW, "2.0.0-beta.2", (), "2.0.0-beta.2"),
    "a pre-release that is too low": Case(NEW, "1.4.0-beta.2", (), "2.0.0-beta.1"),
    "a higher step": Case(_ADDED, "1.3.0", ("--level", "major"), "2.0.0"),
    "a higher step without a change": Case(OLD, "1.3.0", ("--level", "minor"), "1.4.0"),
    "a step that is there": Case(_ADDED, "1.5.0", ("--level", "minor"), "1.5.0"),
    "a step below what is there": Case(NEW, "2.0.0", ("--level", "minor"), "2.0.0"),
    "a step of a pre-release": Case(_ADDED, "1.4.0-rc.2", ("--level", "major"), "2.0.0-rc.1"),
    "the first pre-release": Case(NEW, "1.3.0", ("--pre", "rc"), "2.0.0-rc.1"),
    "a pre-release that is there": Case(NEW, "2.0.0-rc.4", ("--pre", "rc"), "2.0.0-rc.4"),
    "the next name": Case(NEW, "2.0.0-beta.4", ("--pre", "rc"), "2.0.0-rc.1"),
    "a pre-release of a higher step": Case(
        _ADDED, "1.3.0", ("--level", "major", "--pre", "rc"), "2.0.0-rc.1"
    ),
    "no pre-release without a change": Case(OLD, "1.3.0", ("--pre", "rc"), "1.3.0"),
    "the end of pre-releases": Case(NEW, "2.0.0-rc.4", ("--final",), "2.0.0"),
    "the end of pre-releases of a first release": Case(
        OLD, "1.0.0-rc.4", ("--final", "--baseline", "none"), "1.0.0"
    ),
    "the end of those that were too low": Case(NEW, "1.4.0-rc.4", ("--final",), "2.0.0"),
}


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_required_version_is_written(tmp_path: Path, semver: Semver, case: Case) -> None:
    package = write_package(tmp_path / "new", {"orders.bal": case.source}, case.version)
    if case.semver_toml:
        (package / "Semver.toml").write_text(case.semver_toml)
    before = (package / "Ballerina.toml").read_text()
    dry = semver("bump", "new", *BASE, *case.options, "--dry-run")
    assert (package / "Ballerina.toml").read_text() == before
    ended = semver("bump", "new", *BASE, *case.options)
    assert (ended.code, ended.err) == (0, "")
    assert _version(package) == f'version = "{case.written}"'
    change = f"{case.version} stays" if case.version == case.written else f"{case.version} -> {case.written}"
    assert ended.out.startswith(f"new/Ballerina.toml: version {change}\n  {case.version} is ")
    assert dry.out == f"{ended.out}nothing is written (--dry-run)\n"
    again = semver("bump", "new", *BASE, *case.options)
    assert again.out.startswith(f"new/Ballerina.toml: version {case.written} stays\n")


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_line_changes_whatever_the_file_looks_like(tmp_path: Path, semver: Semver, layout: str) -> None:
    for crlf in (False, True):
        before = spelled(LAYOUTS[layout], crlf=crlf, mark=crlf)
        package = write_package(tmp_path / "new", {"Ballerina.toml": before, "orders.bal": NEW})
        (package / "modules/payments").mkdir(parents=True, exist_ok=True)
        (package / "modules/payments/pay.bal").write_text("public const FEE = 1;\n")
        ended = semver("bump", "new", *BASE)
        assert (ended.code, ended.err) == (0, ""), layout
        after = (package / "Ballerina.toml").read_bytes()
        differing = [
            (one, other)
            for one, other in zip(before.split(b"\n"), after.split(b"\n"), strict=True)
            if one != other
        ]
        ((one, other),) = differing
        assert other == one.replace(b"1.4.0", b"2.0.0", 1)


class Refused(NamedTuple):
    """Files of the package, its version, options, and how that ends."""

    version: str
    options: Sequence[str]
    code: int
    said: str
    sources: tuple[str, str] = (OLD, NEW)
    semver_toml: str = ""


REFUSED = {
    "a step that is too low": Refused(
        "1.3.0", ("--level", "minor"), 2, "--level minor gives 1.4.0, and that is too low: 1.3.0 "
    ),
    "a pre-release below the version": Refused(
        "2.0.0-rc.1", ("--pre", "beta"), 2, "2.0.0-beta.1 is lower than 2.0.0-rc.1, which is there already"
    ),
    "two ends": Refused("1.3.0", ("--pre", "rc", "--final"), 2, "--pre and --final exclude each other"),
    "a name that is none": Refused(
        "1.3.0", ("--pre", "r c"), 2, "expected a word as in rc or beta, found 'r c'"
    ),
    "a number as a name": Refused("1.3.0", ("--pre", "1"), 2, "expected a word as in rc or beta, found '1'"),
    "an undecided change": Refused(
        "1.3.0", (), 3, "could not be decided, and `semver check` says which", (_UNREAD_OLD, _UNREAD_NEW)
    ),
    "an undecided change and a step that may be too low": Refused(
        "1.3.0", ("--level", "minor"), 3, "could not be decided", (_UNREAD_OLD, _UNREAD_NEW)
    ),
    "a declaration of the baseline that was not read": Refused(
        "1.3.0", (), 3, "could not be decided", (f"{OLD}\npublic function broken( {{\n}}\n", NEW)
    ),
    "another gate": Refused(
        "1.3.0",
        ("--strict",),
        3,
        "no version is written: the gate 'suppressions' fails: 1 suppression without a finding",
        (OLD, NEW),
        '[[suppress]]\nsymbol = "gone"\nreason = "agreed"\n',
    ),
    "a source that does not parse": Refused("1.3.0", (), 3, "orders.bal", (OLD, f"{NEW}\npublic function (")),
    "a setting that is none": Refused("1.3.0", (), 2, "unknown section", (OLD, NEW), "[chek]\n"),
    "a step from nothing": Refused(
        "1.3.0", ("--level", "minor", "--baseline", "none"), 2, "nothing to step from"
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_nothing_is_written_where_the_answer_is_not_clean(
    tmp_path: Path, semver: Semver, case: Refused
) -> None:
    write_package(tmp_path / "old", {"orders.bal": case.sources[0]}, "1.3.0")
    package = write_package(tmp_path / "new", {"orders.bal": case.sources[1]}, case.version)
    if case.semver_toml:
        (package / "Semver.toml").write_text(case.semver_toml)
    before = (package / "Ballerina.toml").read_bytes()
    ended = semver("bump", "new", *BASE, *case.options)
    assert (ended.code, ended.out) == (case.code, "")
    assert case.said in ended.err
    assert (package / "Ballerina.toml").read_bytes() == before


def test_a_major_step_is_enough_for_what_could_not_be_decided(tmp_path: Path, semver: Semver) -> None:
    write_package(tmp_path / "old", {"orders.bal": _UNREAD_OLD}, "1.3.0")
    package = write_package(tmp_path / "new", {"orders.bal": _UNREAD_NEW}, "1.3.0")
    assert semver("bump", "new", *BASE, "--level", "major").code == 0
    assert _version(package) == 'version = "2.0.0"'


@pytest.mark.usefixtures("old")
def test_a_manifest_without_a_version_says_what_to_write(tmp_path: Path, semver: Semver) -> None:
    manifest_without = '[package]\norg = "acme"\nname = "shop"\n'
    write_package(tmp_path / "new", {"Ballerina.toml": manifest_without, "orders.bal": NEW})
    ended = semver("bump", "new", *BASE)
    assert (ended.code, 'version = "2.0.0"` under [package]' in ended.err) == (2, True)


@pytest.mark.usefixtures("old")
def test_an_archive_keeps_its_version(semver: Semver, tmp_path: Path) -> None:
    (tmp_path / "shop.bala").write_bytes(
        build_bala("acme", "shop", "1.3.0", {"modules/shop/orders.bal": OLD})
    )
    ended = semver("bump", "shop.bala", *BASE)
    assert (ended.code, "an archive keeps its version" in ended.err) == (2, True)


@pytest.mark.usefixtures("old")
def test_a_read_only_manifest_stays(semver: Semver, new: Path) -> None:
    (new / "Ballerina.toml").chmod(stat.S_IRUSR)
    ended = semver("bump", "new", *BASE)
    assert (ended.code, "'Ballerina.toml' is read-only" in ended.err) == (2, True)
    assert _version(new) == 'version = "1.4.0"'


@pytest.mark.usefixtures("old")
def test_a_manifest_that_lies_elsewhere_is_not_written(tmp_path: Path, semver: Semver, new: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere/Ballerina.toml"
    (new / "Ballerina.toml").rename(target)
    (new / "Ballerina.toml").symlink_to(target)
    before = target.read_bytes()
    ended = semver("bump", "new", *BASE)
    assert ended.code != 0
    assert "link out of 'new'" in ended.err
    assert target.read_bytes() == before


class TestPublished:
    """Which numbers are taken, a registry knows."""

    @pytest.mark.parametrize(
        ("version", "options", "written"),
        [
            ("1.3.0", (), "3.0.0"),
            ("1.3.0", ("--pre", "rc"), "3.0.0-rc.1"),
            ("2.1.0-rc.1", (), "2.1.0-rc.3"),
            ("2.1.0-rc.1", ("--pre", "rc"), "2.1.0-rc.3"),
            ("2.1.0-rc.1", ("--final",), "2.1.0"),
            ("2.1.0-beta.1", ("--pre", "rc"), "2.1.0-rc.3"),
        ],
    )
    def test_taken_numbers_are_left_out(
        self, tmp_path: Path, semver: Semver, version: str, options: Sequence[str], written: str
    ) -> None:
        source = NEW if version == "1.3.0" else _ADDED
        package = write_package(tmp_path / "new", {"orders.bal": source}, version)
        others = ("1.3.0", "2.0.0", "2.1.0-rc.1", "2.1.0-rc.2")
        published = [
            Published("acme", "shop", one, build_bala("acme", "shop", one, {"modules/shop/orders.bal": OLD}))
            for one in others
        ]
        with serve_central(published) as central:
            ended = semver("bump", "new", *options, SEMVERDIFF_CENTRAL_URL=central.address)
        assert (ended.code, _version(package)) == (0, f'version = "{written}"'), ended

    def test_a_step_that_is_asked_for_leaves_them_out_too(self, tmp_path: Path, semver: Semver) -> None:
        package = write_package(tmp_path / "new", {"orders.bal": _ADDED}, "1.3.0")
        published = [
            Published("acme", "shop", one, build_bala("acme", "shop", one, {"modules/shop/orders.bal": OLD}))
            for one in ("1.3.0", "2.0.0")
        ]
        options = ("--baseline", "1.3.0", "--level", "major")
        with serve_central(published) as central:
            ended = semver("bump", "new", *options, SEMVERDIFF_CENTRAL_URL=central.address)
        assert (ended.code, _version(package)) == (0, 'version = "3.0.0"'), ended

    def test_nothing_is_written_where_there_may_be_others(self, tmp_path: Path, semver: Semver) -> None:
        package = write_package(tmp_path / "new", {"orders.bal": OLD}, "1.2.0")
        commit(repository_at(package), {}, tag="v1.2.0")
        commit(package, {"Ballerina.toml": manifest("1.3.0")})
        with serve_central([]) as central:
            ended = semver("bump", "new", SEMVERDIFF_CENTRAL_URL=central.address)
        assert (ended.code, ended.out) == (3, "")
        assert "no version is written: " in ended.err


def _workspace(root: Path, *, tax: str, more: str = "") -> None:
    """Write a workspace of `shop`, which breaks its clients, and `tax`, which depends on it."""
    write_package(root / "shop", {"orders.bal": NEW}, "1.3.0")
    asked = f'\n[[dependency]]\norg = "acme"\nname = "shop"\nversion = "1.3.0" # the oldest\n{more}'
    files = {"Ballerina.toml": manifest("0.4.0", "tax", asked), "tax.bal": tax}
    write_package(root / "tax", files)
    (root / "Ballerina.toml").write_text('[workspace]\npackages = ["shop", "tax"]\n')


def _released(*, tax: str) -> list[Published]:
    return [
        Published("acme", name, version, build_bala("acme", name, version, {f"modules/{name}/a.bal": source}))
        for name, version, source in (("shop", "1.3.0", OLD), ("tax", "0.4.0", tax))
    ]


_TAX = "public function tax() returns int => 1;\n"


def _bumped(semver: Semver, *words: str, tax: str = _TAX) -> Ended:
    with serve_central(_released(tax=tax)) as central:
        return semver("bump", *words, SEMVERDIFF_CENTRAL_URL=central.address)


def test_who_depends_on_a_bumped_package_asks_for_the_new_version(tmp_path: Path, semver: Semver) -> None:
    _workspace(tmp_path, tax=_TAX)
    ended = _bumped(semver, "shop")
    assert ended.code == 0, ended.err
    assert ended.out.endswith("tax/Ballerina.toml: dependency acme/shop 1.3.0 -> 2.0.0\n")
    asked = (tmp_path / "tax/Ballerina.toml").read_text()
    assert '\nversion = "2.0.0" # the oldest\n' in asked
    assert '\nversion = "0.4.0"\n' in asked


def test_entries_can_be_left_as_they_are(tmp_path: Path, semver: Semver) -> None:
    _workspace(tmp_path, tax=_TAX)
    before = (tmp_path / "tax/Ballerina.toml").read_bytes()
    assert _bumped(semver, "shop", "--no-dependents").code == 0
    assert _version(tmp_path / "shop") == 'version = "2.0.0"'
    assert (tmp_path / "tax/Ballerina.toml").read_bytes() == before


@pytest.mark.parametrize("more", ['repository = "local"\n', "skipWorkspace = true\n"])
def test_an_entry_that_is_met_from_elsewhere_stays(tmp_path: Path, semver: Semver, more: str) -> None:
    _workspace(tmp_path, tax=_TAX, more=more)
    ended = _bumped(semver, "shop")
    assert (ended.code, "dependency" in ended.out) == (0, False)


def test_nothing_is_written_where_the_manifest_of_a_neighbour_is_broken(
    tmp_path: Path, semver: Semver
) -> None:
    _workspace(tmp_path, tax=_TAX)
    broken = tmp_path / "tax/Ballerina.toml"
    broken.write_text(f"{broken.read_text()}x = \n")
    ended = _bumped(semver, "shop")
    assert (ended.code, ended.out) == (2, "")
    assert "/tax/Ballerina.toml:10:5\n" in ended.err
    assert _version(tmp_path / "shop") == 'version = "1.3.0"'


def test_a_package_of_a_workspace_whose_entries_change_is_checked_as_it_will_be(
    tmp_path: Path, semver: Semver
) -> None:
    _workspace(tmp_path, tax=_TAX)
    ended = _bumped(semver, "--workspace", ".")
    assert ended.code == 0, ended.err
    assert _version(tmp_path / "shop") == 'version = "2.0.0"'
    # It asks for another version of a dependency than the published one: that is a release of its own.
    assert 'version = "0.4.1"' in (tmp_path / "tax/Ballerina.toml").read_text()
    assert "tax/Ballerina.toml: version 0.4.0 -> 0.4.1\n" in ended.out
    assert "tax/Ballerina.toml: dependency acme/shop 1.3.0 -> 2.0.0\n" in ended.out
    again = _bumped(semver, "--workspace", ".")
    assert again.out.count(" stays\n") == 2


def test_the_reason_of_a_version_is_that_of_its_change_though_the_package_is_checked_again(
    tmp_path: Path, semver: Semver
) -> None:
    tax = "import acme/shop;\n\npublic function tax(shop:Order one) returns int => one.id;\n"
    _workspace(tmp_path, tax=f"{tax}\nfunction own() {{\n}}\n")
    (tmp_path / "Ballerina.toml").write_text('[workspace]\npackages = ["tax", "shop"]\n')
    ended = _bumped(semver, "--workspace", ".", tax=tax)
    assert ended.code == 0, ended.err
    assert "tax/Ballerina.toml: version 0.4.0 -> 0.5.0\n  0.4.0 is already published" in ended.out
    assert "tax/Ballerina.toml: dependency acme/shop 1.3.0 -> 2.0.0\n" in ended.out


def test_of_a_workspace_nothing_is_written_where_one_package_is_not_clean(
    tmp_path: Path, semver: Semver
) -> None:
    _workspace(tmp_path, tax=f"{_TAX}public function (")
    before = [(tmp_path / one / "Ballerina.toml").read_bytes() for one in ("shop", "tax")]
    ended = _bumped(semver, "--workspace", ".")
    assert (ended.code, ended.out) == (3, "")
    assert "tax.bal" in ended.err
    assert [(tmp_path / one / "Ballerina.toml").read_bytes() for one in ("shop", "tax")] == before


_NUMBERS = st.integers(0, 3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    parts=st.tuples(_NUMBERS, _NUMBERS, _NUMBERS),
    source=st.sampled_from([OLD, NEW, _ADDED]),
    options=st.sampled_from([(), ("--level", "minor"), ("--level", "major"), ("--pre", "rc"), ("--final",)]),
    layout=st.sampled_from(sorted(LAYOUTS)),
)
@pytest.mark.usefixtures("semver")
@pytest.mark.slow
def test_a_version_never_gets_lower_and_is_high_enough_afterwards(
    tmp_path: Path, parts: tuple[int, int, int], source: str, options: tuple[str, ...], layout: str
) -> None:
    write_package(tmp_path / "old", {"orders.bal": OLD}, "1.3.0")
    version = ".".join(map(str, parts))
    text = LAYOUTS[layout].replace("1.4.0", version)
    write_package(
        tmp_path / "new", {"Ballerina.toml": text, "orders.bal": source, "modules/payments/a.bal": ""}
    )
    code = run(["bump", "new", *BASE, *options, "--quiet"])
    after = (tmp_path / "new/Ballerina.toml").read_text()
    if code != 0:
        assert after == text
        return
    assert run(["check", "new", *BASE]) == 0
    assert (
        len([1 for one, other in zip(text.split("\n"), after.split("\n"), strict=True) if one != other]) <= 1
    )
