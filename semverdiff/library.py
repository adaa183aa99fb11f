"""What other Python programs call: a check, a comparison, a listing, each of what lies at a path.

Errors are `SemverdiffError`s: wrong usage (`UsageError`), a package that cannot be read, a registry that does
not answer. A package that merely breaks its clients is no error, but a `Report`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, overload

from semverdiff import api, ballerina, pipeline
from semverdiff.config import Options, Settings
from semverdiff.front_ends import front_end_at, front_end_of
from semverdiff.packages import read_package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.config import AcceptSettings, Dependencies, FailOn
    from semverdiff.reports import Report
    from semverdiff.symbols import ModuleApi

__all__ = ["check", "diff", "public_api"]


@overload
def check(package: Settings, /) -> Report: ...


@overload
def check(
    package: str | Path = ".",
    /,
    *,
    baseline: str | Path | None = None,
    offline: bool | None = None,
    refresh: bool | None = None,
    strict: bool | None = None,
    strict_suppressions: bool | None = None,
    publish: bool | None = None,
    fail_on: FailOn | None = None,
    merge_base: str | None = None,
    accept_settings: AcceptSettings | None = None,
    require_baseline: bool | None = None,
    dependencies: Dependencies | None = None,
    environment: Mapping[str, str] | None = None,
) -> Report: ...


def check(  # noqa: PLR0913 (as above)
    package: str | Path | Settings = ".",
    /,
    *,
    baseline: str | Path | None = None,
    offline: bool | None = None,
    refresh: bool | None = None,
    strict: bool | None = None,
    strict_suppressions: bool | None = None,
    publish: bool | None = None,
    fail_on: FailOn | None = None,
    merge_base: str | None = None,
    accept_settings: AcceptSettings | None = None,
    require_baseline: bool | None = None,
    dependencies: Dependencies | None = None,
    environment: Mapping[str, str] | None = None,
) -> Report:
    """Return what `semver check` reports on the package at a path.

    >>> report = check("shop-1.4.0", baseline="shop-1.3.0")
    >>> print(report.outcome, report.required_version)
    under-bumped 2.0.0
    >>> report.counts.major, report.counts.minor
    (3, 3)
    >>> first, *_ = report.findings
    >>> first.rule, first.symbol, first.level.word
    ('class-remote-method-removed', 'Client.cancelOrder', 'major')

    The options are those of the command, and mean the same; what is None is decided by Semver.toml, as there.
    `environment` holds the variables that the command takes from its process (`os.environ` is right): where
    registries are and how they are reached, and `SEMVERDIFF_*` options. Without it none counts.

    Who has `Settings` gives them alone; no file is read then.

    >>> from semverdiff import Policies, Settings
    >>> settings = Settings(Path("shop-1.4.0"), baseline="shop-1.3.0", fail_on="never", policies=Policies())
    >>> print(check(settings).outcome)
    passed

    Raises:
        SemverdiffError: the check could not complete; each kind of error says why.

    """
    options = Options(
        baseline=None if baseline is None else str(baseline),
        offline=offline,
        refresh=refresh,
        strict=strict,
        strict_suppressions=strict_suppressions,
        publish=publish,
        fail_on=fail_on,
        merge_base=merge_base,
        accept_settings=accept_settings,
        require_baseline=require_baseline,
        dependencies=dependencies,
    )
    if isinstance(package, Settings):
        if options != Options() or environment is not None:
            raise TypeError("Settings hold every option: give them alone, or a path with options")
        return pipeline.check(front_end_at(package.path), package)
    path = Path(package)
    front_end = front_end_at(path)
    return pipeline.check(front_end, pipeline.load_settings(front_end, path, options, environment or {}))


def diff(  # noqa: PLR0913 (the options of the command)
    old: str | Path,
    new: str | Path,
    settings: Settings | None = None,
    *,
    offline: bool = False,
    refresh: bool = False,
    strict: bool = False,
    dependencies: Dependencies = "auto",
    environment: Mapping[str, str] | None = None,
) -> Report:
    """Return what `semver diff` reports on any two packages; no version is judged.

    >>> report = diff("shop-1.3.0", "acme-shop-any-1.3.0.bala")
    >>> report.summary
    'nothing differs from 1.3.0'
    >>> report.findings
    ()

    Each side is what the command takes: a directory, an archive, `git:REV[:DIR]`, `central:ORG/NAME[:V]`. The
    options and `environment` are as for `check`; `settings` give all of them at once.

    Raises:
        SemverdiffError: the comparison could not complete; each kind of error says why.

    """
    given = Settings(
        Path(),
        offline=offline,
        refresh=refresh,
        strict=strict,
        dependencies=dependencies,
        environment=environment or {},
    )
    if settings is not None and given != Settings(Path()):
        raise TypeError("Settings hold every option: give them, or options")
    return pipeline.diff(front_end_of(old, new), old, new, given if settings is None else settings)


def public_api(
    package: str | Path = ".", *, private: bool = False, environment: Mapping[str, str] | None = None
) -> tuple[ModuleApi, ...]:
    """Return what clients can see of the package at a path, by module; `private` adds what they cannot.

    >>> for module in public_api("shop-1.4.0"):
    ...     print(module.name, module.exported, len(module.symbols))
    shop True 10
    shop.payments True 3
    >>> module, _ = public_api("shop-1.4.0")
    >>> module.symbols[-1].kind, module.symbols[-1].name
    ('function', 'total')

    Types of other packages are read where these are on this machine, which `environment` may say.

    Raises:
        SemverdiffError: the package cannot be read, or a declaration of it does not parse.

    """
    settings = Settings(Path(package), environment=environment or {})
    surface = api.Surface(read_package(settings.path))
    api.surround(surface, ballerina.local_packages(settings))
    return api.describe(surface, private=private)
