"""What every room's tests may ask for: the shared corpora beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How busy a machine is says nothing about a law. What a law finds at random is for a developer to look into:
# a build must not depend on luck.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("steady"), derandomize=True)
settings.register_profile("fast", settings.get_profile("steady"), max_examples=10)  # `make test-fast`
settings.load_profile("ci" if os.environ.get("CI") else "steady")

_REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the repository."""
    return _REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of archives, labelled cases and schemas, which is not part of the repository.

    A contributor can work without it; on CI its absence would hide what was not tested.
    """
    folder = _REPOSITORY.parent / "shared"
    if not folder.is_dir():
        missing = "the shared corpora are absent: expected a folder 'shared' beside the repository"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return folder
