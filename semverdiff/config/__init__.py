"""What did the project decide? Flags, environment and Semver.toml in, one frozen `Settings` value out."""

from semverdiff.config.options import Options, Vocabulary
from semverdiff.config.policies import Policies
from semverdiff.config.settings import FailOn, Settings, SuppressionEntry
from semverdiff.config.settle import SemverToml, settle

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
