"""What a hostile pull request can try so that a break passes with a version that is too low.

Each attack is what somebody could write into a fork. All start from the same change: the field `note` of the
record `Order` is gone, and the version is 1.3.1 instead of 2.0.0. The command is the one that README
recommends. An attack has failed if the run fails, whatever its reason.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import pytest
import yaml
from attacks.pull_requests import Judged, checked_out, judged, recommended_options, released
from cli.examples import NEW, OLD
from support.git_repositories import commit, git
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cli.conftest import Semver

_ENTRY = '[[suppress]]\n{}\nreason = "trust me"\n'
_SINGLE = _ENTRY.format('rule = "record-field-removed"\nsymbol = "Order.note"')
_SUPPRESSION = "suppression of rule 'record-field-removed', symbol 'Order.note' (line 1)"
_SHOWS_HTTP = "import ballerina/http;\n\npublic function serve(http:Client one) {\n}\n"
_LOCK = (
    '[[package]]\norg = "acme"\nname = "shop"\nversion = "1.3.0"\n'
    'dependencies = [{org = "ballerina", name = "http"}]\n\n'
    '[[package]]\norg = "ballerina"\nname = "http"\nversion = "2.0.0"\n'
)
_WORKSPACE = '[workspace]\npackages = ["shop"]\n'


class Attack(NamedTuple):
    """What the fork changes, what the target branch had, and which setting is named as relaxed."""

    change: Mapping[str, str]
    relaxed: str | None = None
    target: Mapping[str, str] = {}
    spoil: Callable[[Path], None] | None = None


def _semver_toml(text: str, relaxed: str | None, target: str | None = None) -> Attack:
    """Return an attack by the package's own Semver.toml."""
    before = {} if target is None else {"shop/Semver.toml": target}
    return Attack({"shop/Semver.toml": text}, relaxed, before)


def _without(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink()


def _link(path: str, to: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(to)

    return make


def _move(root: Path) -> None:
    """Move the package, and leave nothing behind that decides about the new place."""
    (root / "shop").rename(root / "store")
    (root / "shop").symlink_to("store")


def _inner_package(root: Path) -> None:
    """Put a workspace where the package was, and the package into it."""
    for file in ("Ballerina.toml", "orders.bal"):
        (root / "shop" / "core").mkdir(exist_ok=True)
        (root / "shop" / file).rename(root / "shop" / "core" / file)
    (root / "shop" / "Ballerina.toml").write_text('[workspace]\npackages = ["core"]\n')


def _tag_like_the_target(root: Path) -> None:
    git(root, "tag", "origin/main", "HEAD")


ATTACKS = {
    # Nothing to compare with, or the change itself.
    "compare with nothing": _semver_toml(
        '[check]\nbaseline = "none"\n', "option 'baseline': none, before auto"
    ),
    "compare with itself": _semver_toml('[check]\nbaseline = "."\n', "option 'baseline': file:"),
    "compare with its own commit": _semver_toml(
        '[check]\nbaseline = "git:HEAD"\n', "option 'baseline': git:HEAD, before auto"
    ),
    "compare with a copy that it brings along": Attack(
        {
            "shop/Semver.toml": '[check]\nbaseline = "../copy"\n',
            "copy/Ballerina.toml": manifest("1.3.0"),
            "copy/orders.bal": NEW,
        },
        "option 'baseline': file:",
    ),
    "call its own commit the merge base": _semver_toml('[check]\nmerge-base = "HEAD"\n', None),
    # A gate that lets everything through.
    "fail on nothing": _semver_toml(
        '[check]\nfail-on = "never"\n', "option 'fail-on': never, before under-bumped"
    ),
    "be less strict": _semver_toml(
        "[check]\nstrict = false\n", "option 'strict': false, before true", "[check]\nstrict = true\n"
    ),
    "ask no registry": _semver_toml("[check]\noffline = true\n", "option 'offline': true, before false"),
    "accept its own settings": _semver_toml(
        f'[check]\naccept-settings = "head"\nfail-on = "never"\n{_SINGLE}',
        "option 'fail-on': never, before under-bumped",
        '[check]\naccept-settings = "base"\n',
    ),
    # Rules, policies and patterns.
    "turn the rule off": _semver_toml(
        '[rules]\nrecord-field-removed = "off"\n', "rule 'record-field-removed': off, before major"
    ),
    "lower the rule": _semver_toml(
        '[rules]\nrecord-field-removed = "patch"\n', "rule 'record-field-removed': patch, before major"
    ),
    "take undecided for compatible": _semver_toml(
        '[policy]\nundecided = "minor"\n', "policy 'undecided': minor, before major"
    ),
    "suppress a rule": _semver_toml(
        _ENTRY.format('rule = "record-field-removed"'), "suppression of rule 'record-field-removed'"
    ),
    "suppress by a pattern for rules": _semver_toml(
        _ENTRY.format('rule = "record-field-remove*"\nsymbol = "Order.note"'),
        "suppression of rule 'record-field-remove*', symbol 'Order.note'",
    ),
    "suppress by a pattern for symbols": _semver_toml(
        _ENTRY.format('rule = "record-field-removed"\nsymbol = "Order.*"'),
        "suppression of rule 'record-field-removed', symbol 'Order.*'",
    ),
    "widen a pattern": _semver_toml(
        _ENTRY.format('rule = "record-field-*"\nsymbol = "*.note"'),
        "suppression of rule 'record-field-*', symbol '*.note'",
        _ENTRY.format('rule = "record-field-*"\nsymbol = "Draft.*"'),
    ),
    "suppress a symbol": _semver_toml(
        _ENTRY.format('symbol = "Order.note"'), "suppression of symbol 'Order.note'"
    ),
    "prolong a suppression that ended": _semver_toml(
        _ENTRY.format('rule = "record-field-removed"\nuntil = "9.0.0"'),
        "suppression of rule 'record-field-removed' until",
        _ENTRY.format('rule = "record-field-removed"\nuntil = "1.3.1"'),
    )._replace(relaxed="suppression of rule 'record-field-removed' (line 1): other end"),
    # The file itself.
    "delete the file": Attack(
        {},
        "option 'fail-on': under-bumped, before patch",
        {"shop/Semver.toml": '[check]\nfail-on = "patch"\n'},
        _without("shop/Semver.toml"),
    ),
    "break the file": _semver_toml("[check\n", None, "[check]\nstrict = true\n"),
    "ask for another version of the program": _semver_toml('required-version = ">=99"\n', None),
    "drop the version of the program": _semver_toml(
        "", "'required-version': none, before >=0.1", 'required-version = ">=0.1"\n'
    ),
    "hide the workspace's file behind its own": Attack(
        {"shop/Semver.toml": '[check]\nfail-on = "never"\n'},
        "option 'fail-on': never, before minor",
        {"Ballerina.toml": _WORKSPACE, "Semver.toml": '[check]\nfail-on = "minor"\n'},
    ),
    "hide its own file behind the workspace's": Attack(
        {"Semver.toml": '[check]\nfail-on = "never"\n'},
        "option 'fail-on': never, before minor",
        {"Ballerina.toml": _WORKSPACE, "shop/Semver.toml": '[check]\nfail-on = "minor"\n'},
        _without("shop/Semver.toml"),
    ),
    "relax the workspace's file": Attack(
        {"Semver.toml": '[check]\nfail-on = "never"\n'},
        "option 'fail-on': never, before under-bumped",
        {"Ballerina.toml": _WORKSPACE},
    ),
    "leave the workspace": Attack(
        {
            "Ballerina.toml": '[workspace]\npackages = ["other"]\n',
            "other/Ballerina.toml": manifest("1.0.0", "other"),
        },
        "option 'fail-on': under-bumped, before minor",
        {"Ballerina.toml": _WORKSPACE, "Semver.toml": '[check]\nfail-on = "minor"\n'},
    ),
    "link the file": Attack(
        {"shop/other.toml": '[check]\nfail-on = "never"\n'}, None, {}, _link("shop/Semver.toml", "other.toml")
    ),
    # The package.
    "move the package": Attack(
        {"shop/Semver.toml": '[check]\nfail-on = "never"\n'},
        "option 'fail-on': never, before under-bumped",
        {},
        _move,
    ),
    "put a workspace in the place of the package": Attack({}, spoil=_inner_package),
    "name a tag like the target branch": Attack({}, spoil=_tag_like_the_target),
    "rename the package": Attack({"shop/Ballerina.toml": manifest("1.3.1", "shoppe")}),
    "rename the organization": Attack({"shop/Ballerina.toml": manifest("1.3.1").replace("acme", "acme2")}),
    "delete the package": Attack({}, spoil=lambda root: shutil.rmtree(root / "shop")),
    "export nothing": Attack({"shop/Ballerina.toml": manifest("1.3.1", more='export = ["shop.none"]\n')}),
    "remove the lock of what it is built with": Attack(
        {"shop/Ballerina.toml": manifest("2.0.0"), "shop/more.bal": _SHOWS_HTTP},
        None,
        {"shop/Dependencies.toml": _LOCK},
        _without("shop/Dependencies.toml"),
    ),
    "leave out of the lock what it is built with": Attack(
        {
            "shop/Ballerina.toml": manifest("2.0.0"),
            "shop/more.bal": _SHOWS_HTTP,
            "shop/Dependencies.toml": _LOCK.partition("dependencies")[0],
        },
        None,
        {"shop/Dependencies.toml": _LOCK},
    ),
    "keep the version": Attack({"shop/Ballerina.toml": manifest("1.3.0")}),
    "lower the version": Attack({"shop/Ballerina.toml": manifest("0.9.0")}),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_does_not_pass(semver: Semver, tmp_path: Path, name: str) -> None:
    attack = ATTACKS[name]
    found = judged(semver, checked_out(tmp_path, attack.target, attack.change, attack.spoil))
    assert found.code in {1, 2, 3, 4}
    assert found.outcome not in {"passed", "first-release"}
    if attack.relaxed is not None:
        assert [one for one in found.settings("refused") if one.startswith(attack.relaxed)]


def test_the_same_change_without_an_attack_is_under_bumped(semver: Semver, tmp_path: Path) -> None:
    found = judged(semver, checked_out(tmp_path))
    assert (found.code, found.outcome) == (1, "under-bumped")
    assert found.settings("refused") == found.texts("relaxed_settings") == []


def test_an_honest_change_passes(semver: Semver, tmp_path: Path) -> None:
    found = judged(semver, checked_out(tmp_path, change={"shop/Ballerina.toml": manifest("2.0.0")}))
    assert (found.code, found.outcome) == (0, "passed")


def test_readme_recommends_to_name_the_merge_base() -> None:
    assert recommended_options() == ("--merge-base", "origin/main")


class TestWithoutKnowledgeOfGit:
    """Where no revision is named the package's own file judges: what it weakens is in the report."""

    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ('[check]\nbaseline = "none"\n', "option 'baseline': none, default auto"),
            ('[check]\nfail-on = "never"\n', "option 'fail-on': never, default under-bumped"),
            ('[rules]\nrecord-field-removed = "off"\n', "rule 'record-field-removed': off, default major"),
            (_SINGLE, f"{_SUPPRESSION}: default none"),
        ],
    )
    def test_it_is_named(self, semver: Semver, tmp_path: Path, text: str, named: str) -> None:
        root = checked_out(tmp_path, change={"shop/Semver.toml": text})
        found = judged(semver, root, options=())
        assert (found.code, found.settings("weaker")) == (0, [named])
        assert found.texts("relaxed_settings") == []

    def test_a_revision_that_the_file_itself_names_confirms_nothing(
        self, semver: Semver, tmp_path: Path
    ) -> None:
        text = '[check]\nmerge-base = "HEAD"\nfail-on = "never"\n'
        found = judged(semver, checked_out(tmp_path, change={"shop/Semver.toml": text}), options=())
        assert found.settings("weaker") == [
            "option 'merge-base': HEAD, default none",
            "option 'fail-on': never, default under-bumped",
        ]

    def test_it_is_in_the_text(self, semver: Semver, tmp_path: Path) -> None:
        root = checked_out(tmp_path, change={"shop/Semver.toml": '[check]\nbaseline = "none"\n'})
        shown = semver("check", root / "shop").out
        assert "weaker than the defaults, by the package's own Semver.toml:" in shown
        assert "option 'baseline': none, default auto" in shown


class TestAcceptance:
    """How a deliberate break is accepted: by name, with a reason, in the first line of the report."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        return checked_out(tmp_path, change={"shop/Semver.toml": _SINGLE})

    @pytest.mark.parametrize("form", ["text", "bal", "html"])
    def test_it_is_the_first_line_of_every_format(self, semver: Semver, root: Path, form: str) -> None:
        with_central = judged(semver, root)
        assert (with_central.code, with_central.report["accepted"]) == (
            0,
            "1 breaking change accepted in this change set",
        )
        shown = semver(
            "check", root / "shop", *recommended_options(), "--baseline", "git:v1.3.0", "--format", form
        ).out
        line = "1 breaking change accepted in this change set"
        if form == "html":
            assert shown.index(line) < shown.index("acme/shop", shown.index("<body>"))
        else:
            assert shown.splitlines()[0] == line

    def test_several_breaks_are_counted(self, semver: Semver, tmp_path: Path) -> None:
        second = _ENTRY.format('rule = "function-removed"\nsymbol = "added"')
        broken = NEW[: NEW.index("public function added")]
        change = {"shop/Semver.toml": f"{_SINGLE}{second}", "shop/orders.bal": broken}
        found = judged(semver, checked_out(tmp_path, change=change))
        assert (found.code, found.report["accepted"]) == (0, "2 breaking changes accepted in this change set")

    def test_it_is_no_news_once_it_is_in_the_target_branch(self, semver: Semver, tmp_path: Path) -> None:
        target = {"shop/Semver.toml": _SINGLE}
        found = judged(semver, checked_out(tmp_path, target))
        assert (found.code, found.report["accepted"], found.texts("relaxed_settings")) == (0, None, [])

    @pytest.mark.parametrize("option", [("--accept-settings", "base"), ("--strict",)])
    def test_a_project_may_refuse_it(self, semver: Semver, root: Path, option: tuple[str, ...]) -> None:
        found = judged(semver, root, *option)
        assert found.code == 1
        assert "relaxed settings" in found.failed_gates()

    @pytest.mark.parametrize("by", ["the command", "the target branch"])
    def test_where_it_is_refused_it_fails_although_the_version_is_high_enough(
        self, semver: Semver, tmp_path: Path, by: str
    ) -> None:
        typed = ("--accept-settings", "base") if by == "the command" else ()
        target = {} if typed else {"shop/Semver.toml": '[check]\naccept-settings = "base"\n'}
        change = {"shop/Semver.toml": _SINGLE, "shop/Ballerina.toml": manifest("2.0.0")}
        found = judged(semver, checked_out(tmp_path, target, change), *typed)
        assert (found.code, found.outcome, found.failed_gates()) == (1, "gate-failed", ["relaxed settings"])
        assert found.settings("refused")[-1].startswith("suppression of rule 'record-field-removed'")

    @pytest.mark.parametrize("option", [(), ("--accept-settings", "base"), ("--accept-settings", "head")])
    @pytest.mark.parametrize("base", [("--merge-base", "origin/main"), ("--baseline", "git:v1.3.0")])
    def test_whatever_names_the_base_the_same_counts(
        self, semver: Semver, root: Path, base: tuple[str, ...], option: tuple[str, ...]
    ) -> None:
        assert judged(semver, root, *option, options=base).code == (1 if "base" in option else 0)

    def test_an_entry_that_matches_several_findings_suppresses_none(
        self, semver: Semver, tmp_path: Path
    ) -> None:
        old = "public function f(int a, int b) {\n}\n"
        new = "public function f(string a, string b) {\n}\n"
        target = {"shop/orders.bal": old}
        entry = _ENTRY.format('rule = "function-parameter-type-changed"\nsymbol = "f"')
        change = {"shop/orders.bal": new, "shop/Semver.toml": entry}
        found = judged(semver, checked_out(tmp_path, target, change), "--baseline", "git:v1.3.0")
        assert (found.code, found.report["accepted"]) == (1, None)

    def test_everything_is_accepted_where_the_command_line_says_so(
        self, semver: Semver, tmp_path: Path
    ) -> None:
        text = '[rules]\nrecord-field-removed = "off"\n'
        root = checked_out(tmp_path, change={"shop/Semver.toml": text})
        found = judged(semver, root, "--accept-settings", "head")
        assert (found.code, found.report["accepted"]) == (0, "1 relaxed setting accepted in this change set")
        assert found.settings("accepted_settings") == ["rule 'record-field-removed': off, before major"]


class TestNames:
    """A package of another name has no published versions: that must not look like a first release."""

    def test_a_renamed_package_fails_and_is_noted(self, semver: Semver, tmp_path: Path) -> None:
        found = judged(
            semver, checked_out(tmp_path, change={"shop/Ballerina.toml": manifest("1.3.1", "shoppe")})
        )
        assert (found.code, found.outcome, found.failed_gates()) == (1, "gate-failed", ["package name"])
        assert any("The package was acme/shop at the merge base" in one for one in found.texts("notes"))

    def test_it_is_noted_without_a_merge_base_and_fails_a_strict_run(
        self, semver: Semver, tmp_path: Path
    ) -> None:
        root = checked_out(tmp_path, change={"shop/Ballerina.toml": manifest("1.3.1", "shoppe")})
        found = judged(semver, root, options=())
        assert (found.code, found.outcome) == (0, "first-release")
        assert any("The package was acme/shop at the tag v1.3.0" in one for one in found.texts("notes"))
        strict = judged(semver, root, "--strict", options=())
        assert (strict.code, strict.failed_gates()) == (1, ["package name"])

    def test_a_new_package_beside_others_is_a_first_release(self, semver: Semver, tmp_path: Path) -> None:
        change = {
            "basket/Ballerina.toml": manifest("0.1.0", "basket"),
            "basket/lib.bal": "public const A = 1;\n",
        }
        found = judged(semver, checked_out(tmp_path, change=change), path="basket")
        assert (found.code, found.outcome) == (0, "first-release")

    def test_a_package_that_moved_and_was_renamed_is_not_new(self, semver: Semver, tmp_path: Path) -> None:
        """Neither its name nor its folder leads back to what it was; but that is there no longer."""
        root = checked_out(tmp_path)
        git(root, "mv", "shop", "store")
        commit(root, {"store/Ballerina.toml": manifest("0.1.0", "store")})
        for more in ((), ("--baseline", "none")):
            found = judged(semver, root, *more, path="store")
            assert (found.code, found.failed_gates()) == (1, ["package name"])
            assert "perhaps acme/shop before" in str(found.report["gates"])
        consented = judged(semver, root, "--accept-settings", "head", path="store")
        assert consented.failed_gates() == []

    def test_a_package_that_moved_is_judged_by_nobody_where_two_had_its_name(
        self, semver: Semver, tmp_path: Path
    ) -> None:
        """Which Semver.toml judged it there cannot be told, and the strictest of all may have been it."""
        target = {
            "shop/Semver.toml": '[rules]\nrecord-field-removed = "major"\n',
            "samples/Ballerina.toml": manifest("1.0.0"),
            "samples/orders.bal": OLD,
        }
        root = checked_out(tmp_path, target)
        git(root, "mv", "shop", "moved")
        commit(root, {})
        found = judged(semver, root, path="moved")
        assert "base settings" in found.failed_gates()
        assert "2 have a package of that name" in str(found.report["gates"])


class TestFirstReleases:
    """The registry shows nothing, the repository says that there was a release: that is no first release."""

    def test_an_earlier_version_is_a_doubt(self, semver: Semver, tmp_path: Path) -> None:
        for options in (recommended_options(), ()):
            found = judged(semver, checked_out(tmp_path / str(len(options))), options=options, published=())
            assert (found.code, found.outcome) == (1, "undecided")
            assert "the tag v1.3.0 has version 1.3.0" in str(found.report["summary"])

    def test_a_package_that_says_to_be_public_may_have_been_private(
        self, semver: Semver, tmp_path: Path
    ) -> None:
        target = {"shop/Ballerina.toml": manifest("1.3.0", more='visibility = "private"\n')}
        found = judged(semver, checked_out(tmp_path, target), published=[released(private=True)])
        assert (found.code, found.outcome) == (3, "error")

    def test_what_was_never_another_version_is_a_first_release(self, semver: Semver, tmp_path: Path) -> None:
        root = checked_out(tmp_path, change={"shop/Ballerina.toml": manifest("1.3.0")})
        git(root, "tag", "--delete", "v1.3.0")
        found = judged(semver, root, published=())
        assert (found.code, found.outcome) == (0, "first-release")

    def test_a_project_may_know_that_it_is_none(self, semver: Semver, tmp_path: Path) -> None:
        root = checked_out(tmp_path, change={"shop/Ballerina.toml": manifest("1.3.0")})
        git(root, "tag", "--delete", "v1.3.0")
        found = judged(semver, root, "--require-baseline", published=())
        assert (found.code, found.failed_gates()) == (1, ["baseline"])

    def test_a_baseline_that_was_typed_is_believed(self, semver: Semver, tmp_path: Path) -> None:
        found = judged(semver, checked_out(tmp_path), "--baseline", "none", published=())
        assert (found.code, found.outcome) == (0, "first-release")


class TestVersions:
    """The version decides what the package is compared with."""

    def test_lowering_it_below_a_published_one_fails(self, semver: Semver, tmp_path: Path) -> None:
        # 1.3.1 would be a maintenance release of 1.3.0; but the branch is that of 2.1.0.
        table = [released(), released("2.0.0")]
        target = {"shop/Ballerina.toml": manifest("2.1.0"), "shop/orders.bal": OLD}
        change = {"shop/Ballerina.toml": manifest("1.3.1"), "shop/orders.bal": OLD}
        root = checked_out(tmp_path, target, change)
        commit(root, {"shop/notes.md": "nothing else changed\n"})
        found = judged(semver, root, published=table)
        assert (found.code, found.failed_gates()) == (1, ["lowered version"])

    @pytest.mark.parametrize("by", ["the command", "the target branch"])
    def test_lowering_it_below_a_tag_fails_where_the_closest_tag_is_the_baseline(
        self, semver: Semver, tmp_path: Path, by: str
    ) -> None:
        """Otherwise what came after the older tag could be removed."""
        target = {"shop/Ballerina.toml": manifest("2.1.0"), "shop/orders.bal": NEW}
        if by == "the target branch":
            target["shop/Semver.toml"] = '[check]\nbaseline = "git:latest-tag"\n'
        root = checked_out(
            tmp_path, target, {"shop/Ballerina.toml": manifest("1.9.0"), "shop/orders.bal": OLD}
        )
        git(root, "tag", "v1.0.0", "origin/main")
        git(root, "tag", "--force", "v1.3.0", "HEAD")
        git(root, "tag", "v2.1.0", "origin/main")
        options = ("--baseline", "git:latest-tag") if by == "the command" else ()
        found = judged(semver, root, *options)
        assert (found.code, found.failed_gates()) == (1, ["lowered version"])
        (gate,) = [
            one for one in cast("list[Mapping[str, object]]", found.report["gates"]) if not one["passed"]
        ]
        assert gate["why"] == "1.9.0 is lower than 2.1.0, and now also than the tagged 2.1.0"

    def test_lowering_it_where_nothing_was_published_since_is_allowed(
        self, semver: Semver, tmp_path: Path
    ) -> None:
        target = {"shop/Ballerina.toml": manifest("2.0.0")}
        change = {"shop/Ballerina.toml": manifest("1.4.0"), "shop/orders.bal": OLD}
        found = judged(semver, checked_out(tmp_path, target, change))
        assert (found.code, found.outcome) == (0, "passed")


_MEMBERS = {
    "Ballerina.toml": '[workspace]\npackages = ["shop", "till"]\n',
    "till/Ballerina.toml": manifest("1.0.0", "till"),
    "till/lib.bal": "public const A = 1;\n",
}


class TestWorkspaces:
    """What a workspace lists decides what is looked at."""

    def _outcomes(self, semver: Semver, root: Path, *more: str) -> list[tuple[object, object]]:
        baseline = ("--workspace", "--baseline", "git:v1.3.0")
        report = judged(semver, root, *baseline, *more, path="").report
        packages = cast("list[Mapping[str, object]]", report["packages"])
        return [(one["directory"], one["outcome"]) for one in packages]

    def test_a_member_that_is_gone_fails(self, semver: Semver, tmp_path: Path) -> None:
        change = {"Ballerina.toml": '[workspace]\npackages = ["till"]\n'}
        root = checked_out(tmp_path, _MEMBERS, change)
        assert self._outcomes(semver, root) == [("till", "passed"), ("shop", "gate-failed")]
        assert self._outcomes(semver, root, "--accept-settings", "head") == [("till", "passed")]
        for form in ("text", "bal", "html"):
            ended = semver("check", "--workspace", root, "--merge-base", "origin/main", "--format", form)
            assert "the workspace lists acme/shop no longer" in ended.out

    def test_a_member_that_became_a_link_to_another_one_fails(self, semver: Semver, tmp_path: Path) -> None:
        def link(root: Path) -> None:
            shutil.rmtree(root / "shop")
            (root / "shop").symlink_to("till")

        root = checked_out(tmp_path, _MEMBERS, {}, link)
        assert ("shop", "gate-failed") in self._outcomes(semver, root)

    def test_a_member_that_moved_does_not(self, semver: Semver, tmp_path: Path) -> None:
        def move(root: Path) -> None:
            (root / "till").rename(root / "counter")

        change = {
            "Ballerina.toml": '[workspace]\npackages = ["shop", "counter"]\n',
            "shop/Ballerina.toml": manifest("2.0.0"),
        }
        root = checked_out(tmp_path, _MEMBERS, change, move)
        assert [one for one in self._outcomes(semver, root) if one[1] == "gate-failed"] == []


# What the target had when the change set started, and has now, in `shop/Semver.toml`.
EARLIER: Mapping[str, tuple[str, str]] = {
    "a rule was off": ('[rules]\nrecord-field-removed = "off"\n', ""),
    "nothing failed": ('[check]\nfail-on = "never"\n', "[check]\nstrict = true\n"),
    "a rule was not stricter yet": (
        '[rules]\nrecord-field-removed = "patch"\n',
        '[rules]\nrecord-field-removed = "major"\n',
    ),
    "a pattern was suppressed": ('[[suppress]]\nsymbol = "Order.*"\nreason = "Soon."\n', ""),
}


class TestACommitFromBeforeTheRulesWereMade:
    """Whoever sends a change set chooses the commit that it starts from."""

    @pytest.mark.parametrize(("then", "now"), EARLIER.values(), ids=EARLIER)
    def test_is_judged_by_those_of_today(self, semver: Semver, tmp_path: Path, then: str, now: str) -> None:
        ended = self._started_early(semver, tmp_path, then, now)
        assert (ended.code, ended.outcome) == (1, "under-bumped")

    def test_does_not_get_around_a_limit_that_was_not_there(self, semver: Semver, tmp_path: Path) -> None:
        ended = self._started_early(semver, tmp_path, "", '[check]\nfail-on = "minor"\n', version="2.0.0")
        assert ended.failed_gates() == ["fail-on minor"]

    def test_is_judged_by_what_it_started_from_where_that_is_stricter(
        self, semver: Semver, tmp_path: Path
    ) -> None:
        ended = self._started_early(semver, tmp_path, "", '[rules]\nrecord-field-removed = "off"\n')
        assert (ended.code, ended.outcome) == (1, "under-bumped")

    @staticmethod
    def _started_early(
        semver: Semver, tmp_path: Path, then: str, now: str, *, version: str = "1.3.1"
    ) -> Judged:
        root = checked_out(tmp_path, {"shop/Semver.toml": then}, {"shop/Ballerina.toml": manifest(version)})
        git(root, "switch", "--quiet", "main")
        commit(root, {"shop/Semver.toml": now})
        git(root, "update-ref", "refs/remotes/origin/main", "main")
        git(root, "switch", "--quiet", "attack")
        return judged(semver, root)


def test_the_workflow_of_the_documentation_is_as_safe_as_the_page_says() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "github.md").read_text(encoding="utf-8")
    workflow, action, *_ = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    commands = [step["run"] for step in yaml.safe_load(workflow)["jobs"]["semver"]["steps"] if "run" in step]
    assert [one for one in (*commands, *re.findall(r"run: (.*)", action)) if "${{" in one] == []
    assert commands[-1].startswith('semver check --merge-base "origin/$GITHUB_BASE_REF" ')
    assert "\npermissions: {}\n" in action
    assert "persist-credentials: false" in action
    assert "\npermissions: {}\n" in workflow
    assert "on: pull_request\n" in workflow
    assert workflow.index("pip install") < workflow.index("actions/checkout")
    assert [
        one
        for one in re.findall(r"uses: (.*)", workflow)
        if not re.fullmatch(r"\S+@[0-9a-f]{40} # v\S+", one)
    ] == []


class TestBaselinesOfTheRepository:
    """A baseline that lies beside the sources is a file of the pull request, too."""

    @pytest.fixture
    def target(self) -> Mapping[str, str]:
        return {
            "shop/Semver.toml": '[check]\nbaseline = "../before"\n',
            "before/Ballerina.toml": manifest("1.3.0"),
            "before/orders.bal": OLD,
        }

    def test_one_that_it_does_not_touch_counts(
        self, semver: Semver, tmp_path: Path, target: Mapping[str, str]
    ) -> None:
        found = judged(semver, checked_out(tmp_path, target))
        assert (found.code, found.outcome, found.failed_gates()) == (1, "under-bumped", ["version"])

    @pytest.mark.parametrize("change", [{"before/orders.bal": NEW}, {"before/more.bal": "// no API\n"}])
    def test_one_that_it_alters_fails(
        self, semver: Semver, tmp_path: Path, target: Mapping[str, str], change: Mapping[str, str]
    ) -> None:
        found = judged(semver, checked_out(tmp_path, target, change))
        assert found.code == 1
        assert "baseline" in found.failed_gates()

    @pytest.mark.parametrize("linked", ["before", "before/../kept"])
    def test_one_that_it_turns_into_a_link_out_of_the_repository_fails(
        self, semver: Semver, tmp_path: Path, linked: str
    ) -> None:
        """What an earlier step has written, somewhere on the machine, may be as the attacker wants it."""
        write_package(tmp_path / "elsewhere", {"orders.bal": NEW}, version="1.3.0")
        target = {
            "shop/Semver.toml": '[check]\nbaseline = "../kept/before"\n',
            "kept/before/Ballerina.toml": manifest("1.3.0"),
            "kept/before/orders.bal": OLD,
        }

        def lead_elsewhere(root: Path) -> None:
            shutil.rmtree(root / "kept" / "before")
            place = root / "kept" / linked
            if linked == "before":
                place.symlink_to(tmp_path / "elsewhere")
            else:
                shutil.rmtree(root / "kept")
                (tmp_path / "around").mkdir()
                (tmp_path / "elsewhere").rename(tmp_path / "around" / "before")
                (root / "kept").symlink_to(tmp_path / "around")

        found = judged(semver, checked_out(tmp_path, target, spoil=lead_elsewhere))
        assert (found.code, found.failed_gates()) == (1, ["baseline"])

    @pytest.mark.parametrize("linked", ["releases", "releases/latest"])
    def test_one_that_a_link_on_the_way_leads_away_from_fails(
        self, semver: Semver, tmp_path: Path, linked: str
    ) -> None:
        """Both packages are as they were: that of the target branch, and the one that suits the attacker."""
        target = {"shop/Semver.toml": '[check]\nbaseline = "../releases/latest/shop"\n'}
        for folder, text in (("old", OLD), ("new", NEW)):
            target[f"{folder}/shop/Ballerina.toml"] = target[f"{folder}/latest/shop/Ballerina.toml"] = (
                manifest("1.3.0")
            )
            target[f"{folder}/shop/orders.bal"] = target[f"{folder}/latest/shop/orders.bal"] = text
        root = checked_out(tmp_path, target)
        git(root, "switch", "--quiet", "main")
        place = root / linked
        place.parent.mkdir(exist_ok=True)
        up = "../" * linked.count("/")
        place.symlink_to(f"{up}old")
        commit(root, {})
        git(root, "update-ref", "refs/remotes/origin/main", "main")
        git(root, "rebase", "--quiet", "main", "attack")
        assert judged(semver, root).failed_gates() == ["version"]
        place.unlink()
        place.symlink_to(f"{up}new")
        commit(root, {})
        found = judged(semver, root)
        assert (found.code, found.failed_gates()) == (1, ["baseline"])

    def test_one_that_the_run_made_counts(self, semver: Semver, tmp_path: Path) -> None:
        root = checked_out(tmp_path, change={"shop/Ballerina.toml": manifest("2.0.0")})
        for path, text in {"Ballerina.toml": manifest("1.3.0"), "orders.bal": OLD}.items():
            (root / "fetched").mkdir(exist_ok=True)
            (root / "fetched" / path).write_text(text)
        found = judged(semver, root, "--baseline", str(root / "fetched"))
        assert (found.code, found.failed_gates()) == (0, [])
