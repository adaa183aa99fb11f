"""What `semver bump` and `semver suppress` take from the command line about the comparison."""

from __future__ import annotations

import click
import pytest

from semverdiff.cli.comparison import comparison_options
from semverdiff.config import Options

TYPED = {
    (): Options(),
    ("--baseline", "1.0.0"): Options(baseline="1.0.0"),
    ("--baseline", "auto"): Options(baseline="auto"),
    ("--offline",): Options(offline=True),
    ("--refresh",): Options(refresh=True),
    ("--strict",): Options(strict=True),
    ("--dependencies", "none"): Options(dependencies="none"),
}


@pytest.mark.parametrize(("typed", "flags"), TYPED.items())
def test_an_option_counts_where_it_was_typed(typed: tuple[str, ...], flags: Options) -> None:
    assert _flags(*typed) == flags


def test_what_a_variable_says_was_not_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEMVERDIFF_OFFLINE", "true")
    monkeypatch.setenv("SEMVERDIFF_BASELINE", "1.0.0")
    assert _flags() == Options()


def _flags(*typed: str) -> Options:
    found: list[Options] = []

    @click.command()
    @comparison_options
    def command(*, flags: Options) -> int:
        found.append(flags)
        return 0

    command.main(typed, standalone_mode=False)
    return found[0]
