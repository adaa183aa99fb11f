"""Which declarations have to be compared? Work follows the change, not the package.

Files with equal bytes in both versions are not looked into. In the others, a declaration with equal text
is left alone, unless a name in it has changed its meaning: a type that clients cannot name, a constant, also
one of a raised package, or an import. Such names are followed through whatever mentions them.
"""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING, TypeVar

from semverdiff.api import TYPE_KINDS
from semverdiff.compare.mentions import Match
from semverdiff.compare.used_values import UsedValues, used_names
from semverdiff.syntax.nodes import Enum
from semverdiff.syntax.words import holds, words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from semverdiff.api import Located
    from semverdiff.compare.context import Context
    from semverdiff.compare.mentions import Mentions
    from semverdiff.packages import Module, SourceFile

__all__ = [
    "admit_repeated",
    "changing_names",
    "follow_meanings",
    "matches",
    "only_rename",
    "same_but_convention",
]

_MEANINGFUL = TYPE_KINDS | {"constant_declaration"}
_VARIABLE = "module_variable_declaration"
# Also one that has a type, before a comment: what is looked at in vain costs little.
_LISTENER = b"listener"
_INFERRED_LISTENER = rb"\blistener(?:\s|//[^\r\n]*+[\r\n])++[^\s=;/]++\s*+(?:=|//)"

# To look for so many names in a text costs about as much as to look at each of its words.
_FEW = 64
_DECLARING = frozenset({b"class", b"const", b"enum", b"function", b"type"})

_Thing = TypeVar("_Thing")
_Name = tuple[str, str]


def only_rename(
    removed: Mapping[str, _Thing], added: Mapping[str, _Thing], same_shape: Callable[[_Thing, _Thing], bool]
) -> dict[str, str]:
    """Return old and new names of what is the same under another name for certain.

    The contract asks for a single candidate on either side: of all that was removed and added, or of what has
    the same name in another convention (`included_minutes`, `includedMinutes`).
    """
    if not removed or not added:
        return {}
    found = {
        old: new
        for old, new in same_but_convention(removed, added).items()
        if same_shape(removed[old], added[new])
    }
    olds = [name for name in removed if name not in found]
    new_names = set(found.values())
    news = [name for name in added if name not in new_names]
    if len(olds) == len(news) == 1 and same_shape(removed[olds[0]], added[news[0]]):
        found[olds[0]] = news[0]
    return found


def same_but_convention(removed: Iterable[str], added: Iterable[str]) -> dict[str, str]:
    """Return old and new names that are one name in two conventions, and the only ones on either side."""
    olds, news = _by_convention(removed), _by_convention(added)
    return {
        names[0]: news[spelt][0]
        for spelt, names in olds.items()
        if len(names) == len(news.get(spelt, ())) == 1
    }


def _by_convention(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.replace("_", "").casefold(), []).append(name)
    return found


def matches(context: Context, mentions: Mentions) -> dict[_Name, Match]:
    """Return the declarations that may differ, of modules that both versions have, sorted by their names."""
    changed: dict[_Name, Match] = {}
    foreign = _hidden_on_one_side(context)
    for module in mentions.modules:
        if foreign:
            context.old.all(module), context.new.all(module)
        else:
            _admit_changed_files(context, module)
        changed |= {match.name: match for match in _changed_texts(context, module, foreign)}
    included = {match.name: match for match in _raised_inclusions(context, mentions.modules)}
    changed = included | changed
    changed = {match.name: match for match in _raised_values(context, mentions)} | changed
    follow_meanings(context, mentions.of, changed, included)
    if changed:
        listeners = {match.name: match for match in _inferred_listeners(context, mentions.modules)}
        changed = listeners | changed
    return {name: changed[name] for name in sorted(changed)}


def _inferred_listeners(context: Context, modules: Iterable[str]) -> Iterator[Match]:
    """Yield the listeners whose type follows from an expression, which any declaration may have changed."""
    for module in modules:
        inferring = tuple(one for one in context.old.modules[module].files if _infers_listener(one.content))
        context.old.admit(module, inferring)
        paths = {one.path for one in inferring}
        for key, old in context.old.outlined(module).items():
            if old.item.kind == "listener_declaration" and old.file in paths:
                new = context.new.locate(module, key)
                if new is not None:
                    yield Match(module, key, old, new)


def _infers_listener(content: bytes) -> bool:
    """Return whether a file may have a listener without a type.

    The keyword is looked for as bytes: a pattern that begins with the bounds of a word is tried everywhere.
    """
    at = content.find(_LISTENER)
    pattern = re.compile(_INFERRED_LISTENER) if at >= 0 else None
    while pattern is not None and at >= 0:
        if pattern.match(content, at):
            return True
        at = content.find(_LISTENER, at + len(_LISTENER))
    return False


def _admit_changed_files(context: Context, module: str) -> None:
    old, new = context.old.modules[module], context.new.modules[module]
    removed, added = _files_not_in(old, new), _files_not_in(new, old)
    if context.old.outlines.scan_changes([one.content for one in removed], [one.content for one in added]):
        context.old.scan(module)
        context.new.scan(module)
    context.old.admit(module, removed)
    context.new.admit(module, added)


def _files_not_in(module: Module, other: Module) -> tuple[SourceFile, ...]:
    contents = {file.content for file in other.files}
    return tuple(file for file in module.files if file.content not in contents)


def admit_repeated(context: Context, changed: Iterable[Match]) -> None:
    """Outline the files that may declare a name again which, in those that changed, one version alone has.

    A file that did not change may have that name: then it is declared twice, or stayed where it was.
    """
    names: dict[str, set[bytes]] = {}
    for match in changed:
        if match.old is None or match.new is None:
            names.setdefault(match.module, set()).add(match.key.encode())
    for module, keys in names.items():
        for surface in (context.old, context.new):
            files = surface.waiting(module)
            surface.admit(module, tuple(file for file in files if _declares(file.content, keys)))


def _declares(content: bytes, names: set[bytes]) -> bool:
    """Return whether a file may declare one of these names, variables apart, as far as words tell."""
    if len(names) <= _FEW and not any(holds(content, name) for name in names):
        return False
    row = words(content)
    # Few of a million words are such names, and they are picked out without a step of Python for each.
    places = compress(range(len(row)), map(names.__contains__, row))
    return any(
        row[place - 1] in _DECLARING or row[place - 2 : place - 1] == [b"const"]
        for place in places
        if place > 0
    )


def _hidden_on_one_side(context: Context) -> frozenset[str]:
    """Return the modules that one version alone has and no client could import, as imports name them.

    The same import is one of another package in the version that lacks the module. What clients could
    import is compared as a module.
    """
    return frozenset(
        path
        for surface, other in ((context.old, context.new), (context.new, context.old))
        for module in surface.modules.keys() - other.modules.keys()
        if not surface.exported(module)
        for path in (module, f"{surface.package.organization}/{module}")
    )


def _changed_texts(context: Context, module: str, foreign: frozenset[str]) -> Iterator[Match]:
    olds, news = context.old.outlined(module), context.new.outlined(module)
    for key, old in olds.items():
        new = news.get(key)
        if (
            new is None
            or old.item.content != new.item.content
            or ((foreign or old.imports != new.imports) and _uses_changed_import(old, new, foreign))
        ):
            yield Match(module, key, old, new)
    for key in news.keys() - olds.keys():
        yield Match(module, key, None, news[key])


def _uses_changed_import(old: Located, new: Located, foreign: frozenset[str]) -> bool:
    # Also one that only the new file imports: before, `int:Signed32` needed no import.
    prefixes = (
        prefix
        for prefix in old.imports.keys() | new.imports.keys()
        if old.imports.get(prefix) != new.imports.get(prefix) or old.imports.get(prefix) in foreign
    )
    content = old.item.content
    # A prefix may be written with escapes.
    return any(prefix.encode() + b":" in content or b"\\" in content for prefix in prefixes)


def _raised_inclusions(context: Context, modules: Iterable[str]) -> Iterator[Match]:
    """Yield the types that include one of a package of which the builds have two versions."""
    if not context.has_raises:
        return
    for module in modules:
        files = context.old.modules[module].files
        context.old.admit(module, tuple(one for one in files if _may_include(context, one.content)))
        for key, old in context.old.outlined(module).items():
            if old.item.kind in TYPE_KINDS and _includes_raised(context, old):
                new = context.new.locate(module, key)
                if new is not None:
                    yield Match(module, key, old, new)


def _may_include(context: Context, content: bytes) -> bool:
    return b"*" in content and any(map(context.may_be_raised, context.imported(content)))


def _includes_raised(context: Context, located: Located) -> bool:
    content = located.item.content
    # A look at the text first: most types include nothing.
    if b"*" not in content:
        return False
    # A prefix may be written with escapes.
    written = b"".join(content.replace(b"'", b"").split())
    prefixes = (
        path
        for prefix, path in located.imports.items()
        if b"\\" in content or b"*%s:" % prefix.encode() in written
    )
    return any(context.is_raised(path) for path in prefixes)


def _raised_values(context: Context, mentions: Mentions) -> Iterator[Match]:
    """Yield the declarations that use a constant of a package of which the builds have two versions.

    They are those in which it has another value, and which clients see or a declaration that they see uses.
    """
    if not context.has_raises:
        return
    values = UsedValues(context, context.old.names_raised)
    naming = [match for module in mentions.modules for match in _naming_raised(context, module)]
    hidden = [match for match in naming if not _is_seen(context, match) and _is_hidden(match.located)]
    used = _used(context, mentions, hidden)
    for match in naming:
        if _is_seen(context, match) or match.name in used:
            declaration = context.old.declaration(*match.name)
            if declaration is not None and values.differ(match.module, declaration):
                yield match


def _naming_raised(context: Context, module: str) -> Iterator[Match]:
    """Yield the declarations of both versions that may name something of a package that was raised."""
    files = context.old.modules[module].files
    importing = tuple(one for one in files if _imports_raised(context, one.content))
    context.old.admit(module, importing)
    paths = {one.path for one in importing}
    for key, old in context.old.outlined(module).items():
        if old.file in paths and _may_name_raised(context, old):
            new = context.new.locate(module, key)
            if new is not None:
                yield Match(module, key, old, new)


def _is_seen(context: Context, match: Match) -> bool:
    return match.located.item.public and context.exported(match.module)


def _is_hidden(located: Located) -> bool:
    """Return whether clients may meet a declaration by what uses it, or deployers set its value."""
    item = located.item
    return item.kind in _MEANINGFUL or (item.kind == _VARIABLE and b"configurable" in item.content)


def _used(context: Context, mentions: Mentions, hidden: Iterable[Match]) -> set[_Name]:
    """Return the hidden declarations that one which clients see uses, or others that do, bodies apart.

    What uses a declaration is looked up once, however many lead to it.
    """
    waiting = list(hidden)
    followed = {match.name for match in waiting}
    names = _NamesUsed(context)
    uses: dict[_Name, list[_Name]] = {}
    met: list[_Name] = []
    while waiting:
        one = waiting.pop()
        if one.located.item.kind == _VARIABLE:
            met.append(one.name)  # deployers set it
            continue
        keys = {one.key, *_member_names(context, one)}
        for user in mentions.of(keys):
            if keys.isdisjoint(names.of(user)):
                continue  # in its body, or not at all: a field of that name
            if _is_seen(context, user):
                met.append(one.name)
                break
            uses.setdefault(user.name, []).append(one.name)
            if user.name not in followed and _is_hidden(user.located):
                followed.add(user.name)
                waiting.append(user)
    return _reached(met, uses)


class _NamesUsed:
    """The names that declarations of the old version use, bodies apart. Each is looked into once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[_Name, frozenset[str]] = {}

    def of(self, match: Match) -> frozenset[str]:
        """Return the names that a declaration uses: none if the old version does not have it."""
        if match.name not in self._known:
            declaration = self._context.old.declaration(*match.name)
            names = () if declaration is None else used_names(declaration)
            self._known[match.name] = frozenset(name.name for name in names)
        return self._known[match.name]


def _reached(starts: Iterable[_Name], following: Mapping[_Name, Iterable[_Name]]) -> set[_Name]:
    """Return these names, and those that they lead to in any number of steps."""
    waiting = list(starts)
    reached: set[_Name] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += following.get(name, ())
    return reached


def _imports_raised(context: Context, content: bytes) -> bool:
    return any(map(context.old.names_raised, context.imported(content)))


def _may_name_raised(context: Context, located: Located) -> bool:
    """Return whether the text of a declaration may name something of a package that was raised."""
    content = located.item.content
    # A prefix may be written with escapes.
    return any(
        (b"%s:" % prefix.encode() in content or b"\\" in content) and context.old.names_raised(path)
        for prefix, path in located.imports.items()
    )


def changing_names(context: Context, changed: Iterable[Match]) -> frozenset[str]:
    """Return the names that may mean something else in the new version, those of members of enums as well."""
    changing = [match for match in changed if match.located.item.kind in _MEANINGFUL]
    return frozenset(name for match in changing for name in (match.key, *_member_names(context, match)))


def follow_meanings(
    context: Context,
    mentioning: Callable[[Iterable[str]], Iterator[Match]],
    changed: dict[_Name, Match],
    included: Collection[_Name] = (),
) -> None:
    """Add every declaration that mentions a name whose meaning changed where nobody states it.

    `mentioning` yields these. What the types in `included` take from other packages, they hand on.
    """
    changing = [one for one in changed.values() if one.name in included or _changes_meaning(context, one)]
    names = {match.key for match in changing}
    names |= {name for match in changing for name in _member_names(context, match)}
    while names:
        found = [match for match in mentioning(names) if match.name not in changed]
        changed |= {match.name: match for match in found}
        names = {match.key for match in found if _changes_meaning(context, match) or _includes(match)}


def _changes_meaning(context: Context, match: Match) -> bool:
    """Return whether other declarations may mean something else because of this one.

    A public type of both versions is compared at its own name and does not change what mentions it, except
    for what further fields it takes: records that include it take them, too. The members of an enum are
    constants, which may get other values.
    """
    if match.located.item.kind not in _MEANINGFUL:
        return False
    return not context.is_anchor(match.module, match.key) or _changes_rest(match) or _gives_values(match)


def _gives_values(match: Match) -> bool:
    both = [located.item for located in (match.old, match.new) if located is not None]
    return any(item.kind == "enum_declaration" and b"=" in item.content for item in both)


def _changes_rest(match: Match) -> bool:
    return match.old is not None and match.new is not None and _rest(match.old) != _rest(match.new)


def _rest(located: Located) -> tuple[bool, bool]:
    content = located.item.content
    return holds(content, b"{|"), holds(content, b"...")


def _includes(match: Match) -> bool:
    """Return whether a type may include others, and so hand on what it gets from them."""
    return match.old is not None and match.old.item.kind in TYPE_KINDS and b"*" in match.old.item.content


def _member_names(context: Context, match: Match) -> Iterator[str]:
    """Yield the names in an enum: its members can be used as types by themselves."""
    for surface, located in ((context.old, match.old), (context.new, match.new)):
        # By its kind first: others need not be read.
        if located is not None and located.item.kind == "enum_declaration":
            declared = surface.declaration(match.module, match.key)
            if isinstance(declared, Enum):
                yield from (member.name for member in declared.members)
