"""What the tests of this room are given: a way to find a baseline without waiting."""

from support.registries import find, pauses

__all__ = ["find", "pauses"]
