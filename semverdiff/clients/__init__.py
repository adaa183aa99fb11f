"""Which code of clients does a difference break? A use of the old version in, a whole program out.

uses                      what a client does: the vocabulary from which rules choose
program, names, draft     a program as data, the names in it, and one that is being written
members, basic_types      what all clients of a comparison know of types, and what is known without a look
errors                    why there is no client
values, error_values,     what a program is made of: values of types, functions and classes of the client,
functions, objects,       calls, writes into what the package gives, and values that are lost
calls, writes, losses
structures                what lists and mappings consist of
*_uses                    one function a use
recipes, writer           the use of a difference to its client
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.clients.members import Members
    from semverdiff.clients.recipes import client_of
    from semverdiff.clients.uses import Use
    from semverdiff.clients.writer import Client, Writer

__all__ = ["Client", "Members", "Use", "Writer", "client_of"]

# Loaded when asked for: the catalogue names uses, and clients are written only for reports that show them.
_HOMES = {
    "Client": "writer",
    "Members": "members",
    "Use": "uses",
    "Writer": "writer",
    "client_of": "recipes",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
