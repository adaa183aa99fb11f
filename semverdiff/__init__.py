"""semverdiff: which version must the next release of a Ballerina package be, and why."""
