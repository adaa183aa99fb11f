"""Elements of the API as entries are about them: what can happen to all of them, in the same words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules import remediation
from semverdiff.rules.levels import NEW_DECLARATION, always, major, patch
from semverdiff.rules.model import Certainty
from semverdiff.rules.schema import Effect, Entry, Levels, Row

if TYPE_CHECKING:
    from semverdiff.clients import Use
    from semverdiff.rules.examples import Example

__all__ = ["Element"]

Form = Callable[[str, str], "Example | Mapping[Subject, Example]"]
"""Makes an example of the code before and after, where needed another one for each subject."""

Meaning = Effect | tuple[Row, ...] | Levels
"""What an entry means for clients: one effect, rows for each subject of the element, or levels by subject."""


class Element(msgspec.Struct, frozen=True):
    """What entries are about: its subjects, its name in messages, and the form of the examples.

    The methods that are named by a verb make the entry of a fact: they take its title, what it means for
    clients, and the code before and after; they write the message, and the advice that is right for most
    elements. `entry` takes the message, for what happens to few elements. `advice` replaces the usual one.
    """

    subjects: Subject | tuple[Subject, ...]
    name: str
    example: Form
    advice: str | None = None
    certainty: Certainty = Certainty.PROVED

    def of(self, part: str) -> Element:
        """Return a part of the element, such as its `type`."""
        return self.named(f"{part} of {self.name}")

    def named(self, name: str) -> Element:
        """Return something that belongs to the element and has a name of its own."""
        return replace(self, name=name)

    def shown(self, example: Form) -> Element:
        """Return the element with another form of examples."""
        return replace(self, example=example)

    def advising(self, advice: str) -> Element:
        """Return the element for entries with this advice."""
        return replace(self, advice=advice)

    def added(self, fact: Fact, title: str, meaning: Meaning, before: str, after: str) -> Entry:
        """Return the entry about an addition; how it breaks nobody depends on the element."""
        return self.entry(fact, title, f"{self.name} is added", meaning, before, after)

    def removed(self, fact: Fact, title: str, meaning: Meaning, before: str, after: str) -> Entry:
        """Return the entry about a removal."""
        element = self._usually(remediation.DEPRECATE_FIRST)
        return element.entry(fact, title, f"{self.name} is removed", meaning, before, after)

    def renamed(self, fact: Fact, title: str, meaning: Meaning, before: str, after: str) -> Entry:
        """Return the entry about another name; `$name` is the old one."""
        element = self._usually(remediation.KEEP_OLD_NAME)
        return element.entry(fact, title, f"{self.name} is renamed[ to '$new']", meaning, before, after)

    def hidden(self, fact: Fact, title: str, meaning: Meaning, before: str, after: str) -> Entry:
        """Return the entry about a lost `public`."""
        element = self._usually(remediation.DEPRECATE_FIRST)
        message = f"'public' qualifier is removed from {self.name}"
        return element.entry(fact, title, message, meaning, before, after)

    def widened(self, fact: Fact, title: str, meaning: Meaning, before: str, after: str) -> Entry:
        """Return the entry about a type with more values."""
        element = self._usually(remediation.SECOND_FOR_WIDER)
        return element.entry(fact, title, self._replaced("widened"), meaning, before, after)

    def ambiguously_widened(self, fact: Fact, title: str, meaning: Meaning, before: str, after: str) -> Entry:
        """Return the entry about a type that a constructor of the old one fits a second time."""
        element = self._usually(remediation.SECOND_FOR_ALTERNATIVE)
        message = f"{self.name} takes a constructor in two ways[: '$new']"
        return element.entry(fact, title, message, meaning, before, after)

    def narrowed(self, fact: Fact, title: str, meaning: Meaning, before: str, after: str) -> Entry:
        """Return the entry about a type with fewer values."""
        element = self._usually(remediation.KEEP_ACCEPTING)
        return element.entry(fact, title, self._replaced("narrowed"), meaning, before, after)

    def changed(self, fact: Fact, title: str, meaning: Meaning, before: str, after: str) -> Entry:
        """Return the entry about a type or value that has nothing to do with the old one."""
        element = self._usually(remediation.NEW_NAME)
        return element.entry(fact, title, self._replaced("changed"), meaning, before, after)

    def respelled(self, fact: Fact, title: str, before: str, after: str) -> Entry:
        """Return the entry about an equal type that is written differently."""
        message = f"{self.name} is written differently[: '$new' for '$old']"
        return self.entry(fact, title, message, patch("Nobody breaks: the types are equal."), before, after)

    def entry(  # noqa: PLR0913, PLR0917 (one argument a part of an entry, in the order of reading)
        self, fact: Fact, title: str, message: str, meaning: Meaning, before: str, after: str
    ) -> Entry:
        """Return the entry about anything else that happens to the element."""
        return Entry(
            fact=fact,
            title=title,
            message=message,
            levels=self._levels(meaning),
            remediation=self.advice,
            example=self.example(before, after),
            certainty=self.certainty,
        )

    def existence(self, noun: str, use: Use, public: str, renamed: str) -> tuple[Entry, ...]:
        """Return the entries about a declaration that is added, removed, renamed or no longer public.

        `noun` has its article; `use` is what clients that break do; `public` is the declaration of the
        examples, and `renamed` the same under another name.
        """
        thing = noun.partition(" ")[2]
        title = noun.capitalize()
        unknown = major(f"Clients that use the {thing} find it unknown.", use)
        renaming = major("Clients that use the old name find it unknown.", use)
        unseen = major(f"Clients of other modules no longer see the {thing}.", use)
        return (
            self.added(Fact.ADDED, f"{title} was added.", NEW_DECLARATION, "", public),
            self.removed(Fact.REMOVED, f"{title} was removed.", unknown, public, ""),
            self.renamed(Fact.RENAMED, f"{title} was renamed.", renaming, public, renamed),
            self.hidden(
                Fact.VISIBILITY_REDUCED,
                f"{title} is no longer public.",
                unseen,
                public,
                public.removeprefix("public "),
            ),
        )

    def _usually(self, advice: str) -> Element:
        return self if self.advice else self.advising(advice)

    def _levels(self, meaning: Meaning) -> Levels:
        match meaning:
            case Effect():
                return always(self.subjects, meaning)
            case tuple():
                several = (self.subjects,) if isinstance(self.subjects, Subject) else self.subjects
                return dict.fromkeys(several, meaning)
        return meaning

    def _replaced(self, verb: str) -> str:
        return f"{self.name} is {verb}[ from '$old' to '$new']"
