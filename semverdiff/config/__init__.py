"""What did the project decide? Flags, environment and Semver.toml in, one frozen `Settings` value out."""

from semverdiff.config.loading import SemverToml, settle
from semverdiff.config.model import FailOn, Settings, SuppressionEntry
from semverdiff.config.options import Options, Vocabulary
from semverdiff.config.policies import Policies

__all__ = [
    "FailOn",
    "Options",
    "Policies",
    "SemverToml",
    "Settings",
    "SuppressionEntry",
    "Vocabulary",
    "settle",
]
