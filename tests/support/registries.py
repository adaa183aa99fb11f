"""A package to look for, its archives in a registry, a clock that nobody waits for, and fixtures of them.

A room whose tests want the fixtures imports them into its conftest.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pytest
from msgspec.structs import replace
from support.archives import build_bala
from support.central import Published

from semverdiff.artifact import Provenance
from semverdiff.baselines import Auto, Baseline, Spec, resolve
from semverdiff.packages import Manifest, Module, Package
from semverdiff.registry import Clock, Environment, Timeouts

if TYPE_CHECKING:
    from pathlib import Path

ORGANIZATION, NAME = "acme", "shop"

# Two access tokens; the names keep linters from seeing secrets in them.
RIGHT, OTHER = "t0ken-value", "0ther-value"


@functools.cache  # a zip holds the time when it was made
def bala(version: str, name: str = NAME, platform: str = "any") -> bytes:
    """Build an archive whose only function tells its version."""
    source = f"public function version{version[0]}() {{}}\n"
    return build_bala(ORGANIZATION, name, version, {f"modules/{name}/main.bal": source}, platform=platform)


def published(version: str, deprecated: str | None = None, *, private: bool = False) -> Published:
    """Return a row of the registry's table with a good archive."""
    return Published(ORGANIZATION, NAME, version, bala(version), deprecated=deprecated, private=private)


def candidate(version: str = "1.4.0", *, private: bool = False) -> Package:
    """Return the local package."""
    manifest = Manifest(visibility="private" if private else "public")
    modules = (Module(NAME, exported=True, files=()),)
    return Package(ORGANIZATION, NAME, version, modules, Provenance("directory"), manifest=manifest)


@dataclass
class Pauses:
    """A clock that moves only when somebody sleeps, and remembers how long; `date` is the time of day."""

    slept: list[float] = field(default_factory=list)
    date: float = 1_790_000_000

    def clock(self) -> Clock:
        return Clock(
            now=lambda: sum(self.slept),
            today=lambda: self.date,
            sleep=self.slept.append,
            jitter=lambda: 1.0,
        )


class Find(Protocol):
    """Finds a baseline at an address; keywords replace fields of the environment."""

    def __call__(
        self, address: str, spec: Spec = ..., *, of: Package | None = ..., **environment: object
    ) -> Baseline: ...


def table() -> list[Published]:
    """Return three good versions, the candidate's being 1.4.0."""
    return [published("2.0.0"), published("1.3.0"), published("1.0.0")]


def version_of(baseline: Baseline) -> str:
    """Return the version of a baseline that is expected to be there."""
    assert baseline.package is not None
    return baseline.package.version


CLOSEST = Auto()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def find(tmp_path: Path, pauses: Pauses) -> Find:
    def find(address: str, spec: Spec = CLOSEST, *, of: Package | None = None, **changes: object) -> Baseline:
        timeouts = Timeouts(connect=5, read=5, write=5, retries=2)
        plain = Environment(
            tmp_path,
            base=address,
            downloads=tmp_path / "downloads",
            timeouts=timeouts,
            clock=pauses.clock(),
            agent="semverdiff/1.2.3",
        )
        environment = replace(plain, **changes)
        return resolve(spec, (of or candidate()).identity, environment)

    return find
