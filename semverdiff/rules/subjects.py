"""What a rule can be about: the words for each subject, and where it is defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.compare.facts import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SUBJECTS", "About"]


class About(msgspec.Struct, frozen=True):
    """A subject: its name in a message, the same with an article in a title, and its references.

    `chapter` is one of the language specification, `sections` are those of docs/explanation/compatibility.md.
    """

    noun: str
    phrase: str
    chapter: str
    sections: tuple[str, ...]


def _about(noun: str, chapter: str, *sections: str) -> About:
    return About(noun, f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}", chapter, sections)


SUBJECTS: Mapping[Subject, About] = {
    Subject.ANNOTATION: _about("annotation", "Annotations", "2.10"),
    Subject.CALLBACK: _about("callback", "Function type descriptors", "2.2"),
    Subject.CLASS: _about("class", "Class definitions", "2.4"),
    Subject.CONFIGURABLE: _about("configurable", "Module variable declarations", "2.9"),
    Subject.CONSTANT: _about("constant", "Constant declarations", "2.8"),
    Subject.CONTRACT: _about("contract", "Annotations", "2.10"),
    Subject.DOCUMENTATION: _about("documentation", "Metadata", "2.11"),
    Subject.ENUM: _about("enum", "Enumerations", "2.8"),
    Subject.ENUM_MEMBER: _about("enum member", "Enumerations", "2.8"),
    Subject.ERROR: _about("error", "Error type descriptors", "2.7"),
    Subject.FUNCTION: _about("function", "Function definitions", "2.1"),
    Subject.INIT: About("init function", "init", "Class definitions, init method", ("2.1",)),
    Subject.LISTENER: _about("listener", "Listener declarations", "2.10"),
    Subject.MAP: _about("map", "Mapping type descriptors", "2.6"),
    Subject.METHOD: _about("method", "Method definitions", "2.1"),
    Subject.MODULE: _about("module", "Modules", "2.11"),
    Subject.OBJECT: _about("object type", "Object type descriptors", "2.4"),
    Subject.PACKAGE: _about("package", "Packages", "2.11"),
    Subject.RECORD: _about("record", "Record type descriptors", "2.5"),
    Subject.RECORD_FIELD: _about("record field", "Record type descriptors", "2.5"),
    Subject.REMOTE_METHOD: About(
        "remote function", "a remote method", "Method definitions, remote methods", ("2.1",)
    ),
    Subject.RESOURCE: About(
        "resource function",
        "a resource method",
        "Method definitions, resource methods",
        (
            "2.1",
            "2.3",
        ),
    ),
    Subject.SERVICE: _about("service", "Service declarations", "2.10"),
    Subject.SYMBOL: _about("symbol", "Definitions", "2.11"),
    Subject.TYPE: _about("type", "Type descriptors", "2.6"),
    Subject.VARIABLE: _about("variable", "Module variable declarations", "2.9"),
}
