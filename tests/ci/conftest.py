"""The program as the tests of the command line run it."""

from cli.conftest import process, semver

__all__ = ["process", "semver"]
