"""Elements of the API as entries are about them: what can happen to all of them, in the same words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules import remediation
from semverdiff.rules.effects import NEW_DECLARATION, always, major, patch
from semverdiff.rules.examples import Qualifier
from semverdiff.rules.model import Certainty
from semverdiff.rules.schema import Effect, Entry, Levels, Row

if TYPE_CHECKING:
    from semverdiff.clients import Use
    from semverdiff.rules.examples import Example

__all__ = ["Element"]

Form = Callable[[str, str], "Example | Mapping[Subject, Example]"]
"""Makes an example of the code before and after, where needed another one for each subject."""

Snippets = tuple[str, str]
"""The smallest code before the change and after it."""

Meaning = Effect | tuple[Row, ...] | Levels
"""What an entry means for clients: one effect, rows for each subject of the element, or levels by subject."""


class Element(msgspec.Struct, frozen=True):
    """What entries are about: its subjects, its name in messages, and the form of the examples.

    The methods that are named by a verb make the entry of a fact: they take its title, what it means for
    clients, the code before and after, and how to spare clients if it is not the usual advice; they write
    the message. `entry` takes the message, for what happens to few elements. An element with an `advice`
    of its own has that one in all of its entries.
    """

    subjects: Subject | tuple[Subject, ...]
    name: str
    example: Form
    advice: str = ""
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

    def added(self, fact: Fact, title: str, meaning: Meaning, example: Snippets, advice: str = "") -> Entry:
        """Return the entry about an addition; how it breaks nobody depends on the element."""
        return self.entry(fact, title, f"{self.name} is added", meaning, example, advice)

    def removed(self, fact: Fact, title: str, meaning: Meaning, example: Snippets, advice: str = "") -> Entry:
        """Return the entry about a removal."""
        return self.entry(
            fact, title, f"{self.name} is removed", meaning, example, advice or remediation.DEPRECATE_FIRST
        )

    def renamed(self, fact: Fact, title: str, meaning: Meaning, example: Snippets, advice: str = "") -> Entry:
        """Return the entry about another name; `$name` is the old one."""
        message = f"{self.name} is renamed[ to '$new']"
        return self.entry(fact, title, message, meaning, example, advice or remediation.KEEP_OLD_NAME)

    def hidden(self, fact: Fact, title: str, meaning: Meaning, example: Snippets) -> Entry:
        """Return the entry about a lost `public`."""
        message = f"'public' qualifier is removed from {self.name}"
        return self.entry(fact, title, message, meaning, example, remediation.DEPRECATE_FIRST)

    def widened(self, fact: Fact, title: str, meaning: Meaning, example: Snippets, advice: str = "") -> Entry:
        """Return the entry about a type with more values."""
        message = self._replaced("widened")
        return self.entry(fact, title, message, meaning, example, advice or remediation.SECOND_FOR_WIDER)

    def ambiguously_widened(self, fact: Fact, title: str, meaning: Meaning, example: Snippets) -> Entry:
        """Return the entry about a type that a constructor of the old one fits a second time."""
        message = f"{self.name} takes a constructor in two ways[: '$new']"
        return self.entry(fact, title, message, meaning, example, remediation.SECOND_FOR_ALTERNATIVE)

    def narrowed(
        self, fact: Fact, title: str, meaning: Meaning, example: Snippets, advice: str = ""
    ) -> Entry:
        """Return the entry about a type with fewer values."""
        message = self._replaced("narrowed")
        return self.entry(fact, title, message, meaning, example, advice or remediation.KEEP_ACCEPTING)

    def changed(self, fact: Fact, title: str, meaning: Meaning, example: Snippets, advice: str = "") -> Entry:
        """Return the entry about a type or value that has nothing to do with the old one."""
        message = self._replaced("changed")
        return self.entry(fact, title, message, meaning, example, advice or remediation.NEW_NAME)

    def made_readonly(self, fact: Fact, title: str, meaning: Meaning, example: Snippets) -> Entry:
        """Return the entry about values that nobody may change any more."""
        message = f"{self.name} becomes readonly"
        return self.entry(fact, title, message, meaning, example, remediation.KEEP_ACCEPTING)

    def made_mutable(self, fact: Fact, title: str, meaning: Meaning, example: Snippets) -> Entry:
        """Return the entry about values that are no longer readonly."""
        message = f"{self.name} is no longer readonly"
        return self.entry(fact, title, message, meaning, example, remediation.KEEP_PROMISE)

    def respelled(self, fact: Fact, title: str, example: Snippets) -> Entry:
        """Return the entry about an equal type that is written differently."""
        message = f"{self.name} is written differently[: '$new' for '$old']"
        return self.entry(fact, title, message, patch("Nobody breaks: the types are equal."), example)

    def entry(  # noqa: PLR0913, PLR0917 (one argument a part of an entry, in the order of reading)
        self,
        fact: Fact,
        title: str,
        message: str,
        meaning: Meaning,
        example: Snippets,
        advice: str = "",
    ) -> Entry:
        """Return the entry about anything else that happens to the element."""
        return Entry(
            fact=fact,
            title=title,
            message=message,
            levels=self._levels(meaning),
            remediation=self.advice or advice or None,
            example=self.example(*example),
            certainty=self.certainty,
        )

    def qualifier(
        self, word: str, added: tuple[Fact, Meaning], removed: tuple[Fact, Meaning]
    ) -> tuple[Entry, Entry]:
        """Return the entries about a qualifier that is added to a declaration, or removed from it."""
        qualifier = self.named(f"'{word}' qualifier").shown(Qualifier)
        gained, gaining = added
        lost, losing = removed
        return (
            qualifier.added(
                gained, f"$a became {word}.", gaining, ("", f"{word} "), remediation.SECOND_DECLARATION
            ),
            qualifier.removed(
                lost, f"$a is no longer {word}.", losing, (f"{word} ", ""), remediation.KEEP_PROMISE
            ),
        )

    def existence(  # noqa: PLR0913 (what differs between kinds of declarations, by name)
        self,
        noun: str,
        use: Use,
        public: str,
        renamed: str,
        *,
        users: str = "Clients that use",
        seen: str = "",
        recognised: str = "",
    ) -> tuple[Entry, ...]:
        """Return the entries about a declaration that is added, removed, renamed or no longer public.

        `noun` has its article; `use` is what clients that break do, and `users` says it before the noun;
        `public` is the declaration of the examples, and `renamed` the same under another name; `recognised`
        stands for `public` there if that is too small to be recognised. `seen` is what clients of other
        modules no longer see where that is more than the thing itself.
        """
        thing = noun.partition(" ")[2]
        title = noun.capitalize()
        unknown = major(f"{users} the {thing} find it unknown.", use)
        old_name = major("Clients that use the old name find it unknown.", use)
        hidden = major(f"Clients of other modules no longer see the {seen or thing}.", use)
        private = public.removeprefix("public ")
        return (
            self.added(Fact.ADDED, f"{title} was added.", NEW_DECLARATION, ("", public)),
            self.removed(Fact.REMOVED, f"{title} was removed.", unknown, (public, "")),
            self.renamed(Fact.RENAMED, f"{title} was renamed.", old_name, (recognised or public, renamed)),
            self.hidden(Fact.VISIBILITY_REDUCED, f"{title} is no longer public.", hidden, (public, private)),
        )

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
