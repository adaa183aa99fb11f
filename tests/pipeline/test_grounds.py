"""By which settings a package is judged, with what it is compared, and which gates follow from both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.git_repositories import commit, git, repository_at
from support.packages import manifest, package

from semverdiff.ballerina import FRONT_END
from semverdiff.baselines import Base, Baseline
from semverdiff.config import Options, Relaxation, SemverToml, Settings
from semverdiff.errors import BaselineError
from semverdiff.packages import Dependency, Manifest, Package, Revision
from semverdiff.pipeline.gates import failed_gates
from semverdiff.pipeline.grounds import environment_of, grounds_of
from semverdiff.pipeline.model import Assessment, Grounds, JudgingSettings
from semverdiff.pipeline.settings import judging_settings, load_settings
from semverdiff.reports import DecidedSettings, StaleSuppression
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.config import AcceptSettings

_OLD = "public function place() {\n}\n"
_OFF = "[rules]\nfunction-removed = 'off'\n"
_REVISION = Revision("main", "0" * 40)
_HTTP = f"import ballerina/http;\n{_OLD}"
_LOCKED = (Dependency("ballerina", "http", "2.0.0"),)
_WITH_LOCK = Manifest(dependencies=_LOCKED, dependencies_resolved=True)
_MERGE_BASE = Options(merge_base="main")


CANDIDATE = package(_OLD)


def base(text: str | None = None) -> Base:
    file = None if text is None else SemverToml(text.encode())
    return Base("main", _REVISION, Baseline(package(_OLD), "the base"), semver_toml=file)


def head(tmp_path: Path, text: str = "", flags: Options = _MERGE_BASE) -> Settings:
    (tmp_path / "Ballerina.toml").write_text(manifest())
    (tmp_path / "Semver.toml").write_text(text)
    return load_settings(FRONT_END, tmp_path, flags, {})


class TestJudgingSettings:
    """Those of the base, or stricter ones of the head."""

    def test_are_those_that_a_program_made(self) -> None:
        made = Settings(Path(), rules={"function-removed": Level.NONE}, fail_on="never")
        assert judging_settings(FRONT_END, made, base()) == JudgingSettings(made)

    def test_are_those_of_the_head_where_no_base_is_known(self, tmp_path: Path) -> None:
        own = head(tmp_path, _OFF, Options())
        found = judging_settings(FRONT_END, own, None)
        assert found == JudgingSettings(own, weaker=("rule 'function-removed': off, default major",))

    def test_are_those_of_the_base(self, tmp_path: Path) -> None:
        found = judging_settings(FRONT_END, head(tmp_path), base(_OFF))
        assert (found.settings.rules, found.relaxations, found.weaker) == ({}, (), ())
        found = judging_settings(FRONT_END, head(tmp_path, _OFF), base(_OFF))
        assert found.settings.rules == {"function-removed": Level.NONE}
        assert (found.base, found.relaxations, found.weaker, found.unreadable) == ("the base", (), (), None)

    def test_do_not_follow_the_head(self, tmp_path: Path) -> None:
        found = judging_settings(FRONT_END, head(tmp_path, _OFF), base())
        assert found.settings.rules == {}
        assert [one.sentence for one in found.relaxations] == ["rule 'function-removed': off, before major"]

    def test_keep_the_environment_of_the_run(self, tmp_path: Path) -> None:
        (tmp_path / "Ballerina.toml").write_text(manifest())
        variables = {"SEMVERDIFF_STRICT": "1", "SEMVERDIFF_MERGE_BASE": "main"}
        found = judging_settings(FRONT_END, load_settings(FRONT_END, tmp_path, Options(), variables), base())
        assert (found.settings.environment, found.settings.strict) == (variables, True)

    @pytest.mark.parametrize(
        ("flags", "is_confirmed"),
        [
            (Options(merge_base="main"), True),
            (Options(baseline="git:main"), True),
            (Options(baseline="1.0.0"), False),
            (Options(), False),
        ],
    )
    def test_are_confirmed_by_a_base_that_was_typed(
        self, tmp_path: Path, flags: Options, *, is_confirmed: bool
    ) -> None:
        found = judging_settings(FRONT_END, head(tmp_path, _OFF, flags), base(_OFF))
        assert (found.weaker == ()) is is_confirmed

    def test_compare_with_what_the_file_names_where_nobody_typed_it(self, tmp_path: Path) -> None:
        text = "[check]\nbaseline = 'git:v1'\nmerge-base = 'next'\nfail-on = 'never'\n"
        found = judging_settings(FRONT_END, head(tmp_path, text, Options()), base())
        assert (found.settings.baseline, found.settings.merge_base) == ("git:v1", "next")
        assert found.settings.fail_on == "under-bumped"
        assert found.weaker == (
            "option 'baseline': git:v1, default auto",
            "option 'merge-base': next, default none",
        )

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"semver_toml": SemverToml(b"[polcy]\n")}, "unknown section or key 'polcy'"),
            (
                {"semver_toml": SemverToml(b"required-version = '>=99'\n")},
                "the project expects semverdiff >=99",
            ),
            ({"unreadable": "it is a link"}, "it is a link"),
        ],
    )
    def test_are_the_defaults_where_the_file_of_the_base_cannot_be_read(
        self, tmp_path: Path, change: dict[str, object], why: str
    ) -> None:
        found = judging_settings(FRONT_END, head(tmp_path, _OFF), replace(base(), **change))
        assert found.settings.rules == {}
        assert found.unreadable is not None
        assert found.unreadable.startswith(why)

    def test_are_reported_by_what_became_of_them(self) -> None:
        relaxations = (
            Relaxation("a rule"),
            Relaxation("an option", is_accepted=True),
            Relaxation("an entry", is_accepted=True, is_suppression=True),
            Relaxation("another entry", is_suppression=True),
        )
        found = JudgingSettings(Settings(Path()), "the base", relaxations, ("a weak one",)).reported
        assert found == DecidedSettings(
            "the base", ("an entry",), ("an option",), ("a rule", "another entry"), ("a weak one",)
        )


def grounds(settings: Settings, base: Base | None = None, **changes: object) -> Grounds:
    judging = JudgingSettings(settings, base="the base")
    baseline = Baseline(package(_OLD), "the baseline")
    return replace(Grounds(judging, environment_of(settings, Path()), baseline, base), **changes)


def names(of: Grounds, assessment: Assessment | None = None, candidate: Package = CANDIDATE) -> list[str]:
    return [gate.name for gate in failed_gates(FRONT_END, of, assessment or Assessment(), candidate)]


class TestGates:
    """What else fails a run."""

    @pytest.mark.parametrize(
        ("strict", "merge_base", "accept", "fails"),
        [
            (False, None, "suppressions", False),
            (True, None, "suppressions", True),
            (False, "main", "suppressions", True),
            (False, "main", "base", True),
            (False, "main", "head", False),
            (True, "main", "head", True),
        ],
    )
    @pytest.mark.parametrize("of", ["base", "baseline"])
    def test_another_name(
        self,
        of: str,
        *,
        strict: bool,
        merge_base: str | None,
        accept: AcceptSettings,
        fails: bool,
    ) -> None:
        settings = Settings(Path(), strict=strict, merge_base=merge_base, accept_settings=accept)
        renamed = Baseline(package(_OLD), "before", former_name="acme/old")
        found = (
            grounds(settings, Base("main", _REVISION, renamed))
            if of == "base"
            else grounds(settings, baseline=renamed)
        )
        assert names(found) == ["package name"] * fails

    def test_no_other_name(self) -> None:
        assert names(grounds(Settings(Path(), strict=True, merge_base="main"), base())) == []

    @pytest.mark.parametrize(("accept", "fails"), [("base", True), ("suppressions", True), ("head", False)])
    def test_a_base_whose_settings_cannot_be_read(self, accept: AcceptSettings, *, fails: bool) -> None:
        settings = Settings(Path(), accept_settings=accept)
        judging = JudgingSettings(settings, base="the base", unreadable="it is broken")
        assert names(grounds(settings, judging=judging)) == ["base settings"] * fails

    @pytest.mark.parametrize(("required", "fails"), [(True, True), (False, False)])
    def test_no_baseline_where_one_is_required(self, *, required: bool, fails: bool) -> None:
        settings = Settings(Path(), require_baseline=required)
        nothing = Baseline(None, "no published version is visible")
        assert names(grounds(settings, baseline=nothing)) == ["baseline"] * fails
        assert names(grounds(settings)) == []

    @pytest.mark.parametrize(("accept", "fails"), [("base", True), ("suppressions", True), ("head", False)])
    def test_a_baseline_that_the_change_set_altered(self, accept: AcceptSettings, *, fails: bool) -> None:
        settings = Settings(Path(), accept_settings=accept)
        assert names(grounds(settings, is_altered=True)) == ["baseline"] * fails

    @pytest.mark.parametrize("strict", [True, False])
    def test_relaxed_settings_of_a_strict_run(self, *, strict: bool) -> None:
        settings = Settings(Path(), strict=strict)
        judging = JudgingSettings(settings, relaxations=(Relaxation("a rule", is_accepted=True),))
        assert names(grounds(settings, judging=judging)) == ["relaxed settings"] * strict

    @pytest.mark.parametrize(
        ("accept", "is_suppression", "fails"),
        [("base", True, True), ("base", False, False), ("suppressions", True, False), ("head", True, False)],
    )
    def test_a_suppression_that_is_new_where_those_of_the_base_count(
        self, accept: AcceptSettings, *, is_suppression: bool, fails: bool
    ) -> None:
        settings = Settings(Path(), accept_settings=accept)
        relaxed = Relaxation("it", is_suppression=is_suppression)
        judging = JudgingSettings(settings, relaxations=(relaxed,))
        assert names(grounds(settings, judging=judging)) == ["relaxed settings"] * fails

    @pytest.mark.parametrize(
        ("then", "now", "source", "accept", "fails"),
        [
            (_WITH_LOCK, Manifest(), _HTTP, "suppressions", True),
            (_WITH_LOCK, Manifest(), _HTTP, "base", True),
            (_WITH_LOCK, Manifest(), _HTTP, "head", False),
            (_WITH_LOCK, Manifest(), _HTTP.replace("http", "http.caching"), "suppressions", True),
            (_WITH_LOCK, Manifest(), _HTTP.replace("http", "https"), "suppressions", False),
            (_WITH_LOCK, Manifest(), _HTTP.replace("ballerina", "acme"), "suppressions", False),
            (_WITH_LOCK, Manifest(), _OLD, "suppressions", False),
            (_WITH_LOCK, Manifest(dependencies_resolved=True), _HTTP, "suppressions", True),
            (_WITH_LOCK, Manifest(dependencies=_LOCKED), _HTTP, "suppressions", True),
            (_WITH_LOCK, _WITH_LOCK, _HTTP, "suppressions", False),
            (
                _WITH_LOCK,
                Manifest(dependencies=(Dependency("ballerina", "http", None),), dependencies_resolved=True),
                _HTTP,
                "suppressions",
                True,
            ),
            (Manifest(dependencies=_LOCKED), Manifest(), _HTTP, "suppressions", False),
        ],
    )
    def test_a_lock_that_is_gone_or_has_a_hole(
        self, then: Manifest, now: Manifest, source: str, accept: AcceptSettings, *, fails: bool
    ) -> None:
        settings = Settings(Path(), accept_settings=accept)
        before = Baseline(replace(package(_OLD), manifest=then), "before")
        found = grounds(settings, Base("main", _REVISION, before))
        candidate = replace(package(source), manifest=now)
        assert names(found, candidate=candidate) == ["dependencies"] * fails
        assert names(grounds(settings), candidate=candidate) == []

    def test_stale_suppressions_of_a_strict_run(self) -> None:
        entry = StaleSuppression(
            about="rule 'x'",
            rule="x",
            symbol=None,
            module=None,
            fingerprint=None,
            reason="r",
            until=None,
            line=1,
        )
        stale = Assessment(unused_suppressions=(entry,), expired_suppressions=(entry, entry))
        (gate,) = failed_gates(FRONT_END, grounds(Settings(Path(), strict=True)), stale, CANDIDATE)
        assert gate.why == "1 suppression without a finding; 2 suppressions expired"
        assert names(grounds(Settings(Path())), stale) == []


class TestGrounds:
    """The base, the settings and the baseline of a real repository."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        root = repository_at(tmp_path / "shop")
        commit(root, {"Ballerina.toml": manifest("1.3.0"), "a.bal": _OLD, "Semver.toml": _OFF}, tag="v1.3.0")
        git(root, "switch", "--quiet", "--create", "branch")
        commit(root, {"Ballerina.toml": manifest("1.4.0"), "Semver.toml": ""})
        return root

    def _of(self, root: Path, flags: Options) -> Grounds:
        settings = load_settings(FRONT_END, root, flags, {})
        return grounds_of(FRONT_END, settings, package(_OLD, manifest("1.4.0")).identity)

    def test_of_a_merge_base_have_a_start(self, root: Path) -> None:
        found = self._of(root, Options(merge_base="main", baseline="none"))
        assert found.start is not None
        assert found.start.package is not None
        assert (found.start.package.version, found.start_version) == ("1.3.0", "1.3.0")
        assert found.baseline.package is None

    def test_of_a_revision_read_it_once(self, root: Path) -> None:
        found = self._of(root, Options(baseline="git:v1.3.0"))
        assert found.base is not None
        assert found.baseline is found.base.baseline
        assert (found.start, found.notes) == (None, ())

    def test_go_by_what_was_typed_first(self, root: Path) -> None:
        (root / "Semver.toml").write_text("[check]\nmerge-base = 'HEAD'\n")
        found = self._of(root, Options(baseline="git:v1.3.0"))
        assert found.base is not None
        assert found.base.baseline.reason.startswith("the git revision v1.3.0")

    def test_name_the_branch_that_is_missing_before_any_registry_is_asked(self, root: Path) -> None:
        with pytest.raises(BaselineError, match="'gone' is not in this repository"):
            self._of(root, Options(merge_base="gone"))
