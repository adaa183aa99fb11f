"""What did the user type? Arguments and environment in, an exit code out. The only room with effects."""

from semverdiff.cli.program import main

__all__ = ["main"]
