"""semverdiff: which version must the next release of a Ballerina package be, and why."""

__all__ = ["__version__"]

__version__ = "0.1.0"
