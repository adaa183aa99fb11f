"""The options of commands that write what a check finds out: what the package is compared with, and how."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

import click

from semverdiff.cli import options
from semverdiff.config import Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.config import Dependencies

__all__ = ["comparison_options"]


def comparison_options(function: Callable[..., int]) -> Callable[..., int]:
    """Return the function of a command with these options; it gets those that were typed as `flags`."""

    @options.text_option(
        "baseline",
        metavar="SPEC",
        default="auto",
        completion="baselines",
        text="What the package is compared with, as for check.",
    )
    @options.offline_option(options.SettingOption)
    @options.refresh_option(options.SettingOption)
    @options.strict_option(cls=options.SettingOption)
    @options.dependencies_option(options.SettingOption)
    @wraps(function)
    def command(
        *,
        baseline: str,
        offline: bool,
        refresh: bool,
        strict: bool,
        dependencies: Dependencies,
        **others: object,
    ) -> int:
        typed = options.Typed(click.get_current_context())
        flags = Options(
            baseline=typed.of("baseline", baseline),
            offline=typed.of("offline", offline),
            refresh=typed.of("refresh", refresh),
            strict=typed.of("strict", strict),
            dependencies=typed.of("dependencies", dependencies),
        )
        return function(flags=flags, **others)

    return command
