"""What did the project decide? Flags and environment in, one frozen `Settings` value out."""

from semverdiff.config.policies import Policies
from semverdiff.config.settings import FailOn, Settings

__all__ = ["FailOn", "Policies", "Settings"]
