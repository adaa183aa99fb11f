"""Closed sets of words: `enum.StrEnum`, but cheap to define.

To a reader and to the type checker this is the standard class: a wrong word is refused, and a `match` is
checked to name them all. At run time the standard class takes 90,000 instructions a member when a module is
loaded, and of the three hundred members a run needs a handful.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum
else:

    class _Closed(type):
        """The class of these enums: makes members of the words in their bodies, and no others later."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            texts = {key: body[key] for key in body if not key.startswith("_") and isinstance(body[key], str)}
            rest = {key: body[key] for key in body if key not in texts}
            made = super().__new__(cls, name, bases, {"__slots__": (), **rest})
            members = made._members = {}
            for key, text in texts.items():
                # Of two names for one text the second means the member of the first, as in every enum.
                if text not in members:
                    member = members[text] = str.__new__(made, text)
                    member.name, member.value = key, text
            # All at once: whatever is set of a class makes Python look for all of it anew.
            for key, text in texts.items():
                setattr(made, key, members[text])
            return made

        def __call__(cls, text: str) -> StrEnum:
            """Return the member of that text. Raises `ValueError` if there is none."""
            member = cls._members.get(text)
            if member is None:
                message = f"{text!r} is not a valid {cls.__name__}"
                raise ValueError(message)
            return member

        def __iter__(cls) -> Iterator[StrEnum]:
            return iter(cls._members.values())

        def __len__(cls) -> int:
            return len(cls._members)

        def __contains__(cls, text: object) -> bool:
            return text in cls._members

    class StrEnum(str, metaclass=_Closed):
        """The base of closed sets of words. A member is its text, and has a `name` and a `value`."""

        __slots__ = ("name", "value")

        def __repr__(self) -> str:
            return f"<{type(self).__name__}.{self.name}: {self.value!r}>"

        def __reduce__(self) -> tuple[type, tuple[str]]:
            return type(self), (self.value,)


__all__ = ["StrEnum"]
