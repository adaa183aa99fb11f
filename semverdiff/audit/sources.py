"""The places that an audit is about: those of `semverdiff.releases`, lists of them, and parts of Central."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff import limits, packages, registry, releases
from semverdiff.errors import SemverdiffError, UsageError
from semverdiff.packages import organization_faults
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.registry import Environment
    from semverdiff.releases import Releases

__all__ = ["Found", "releases_in"]

Found = tuple[str, "Releases | SemverdiffError"]
"""A source as users write it, and what is there or why that cannot be told."""

_Expand = Callable[[str, "Environment"], "Iterable[str]"]


def releases_in(texts: Iterable[str], environment: Environment) -> Iterator[Found]:
    """Yield the sources that texts name, each once, with their releases.

    `list:FILE` names a file of sources, `central:ORG` all packages of an organization, `central-search:TEXT`
    those that Central finds; any other text is one of `semverdiff.releases`. One that cannot be read does not
    keep the others from being read.
    """
    read = set()
    for text in texts:
        try:
            sources = list(_expanded(text, environment))
        except (SemverdiffError, OSError) as error:
            yield text, _explained(error)
            continue
        for source in sources:
            if source not in read:
                read.add(source)
                yield source, _releases(source, environment)


def _releases(source: str, environment: Environment) -> Releases | SemverdiffError:
    try:
        return releases.find_releases(source, environment)
    except (SemverdiffError, OSError) as error:
        return _explained(error)


def _explained(error: SemverdiffError | OSError) -> SemverdiffError:
    if isinstance(error, SemverdiffError):
        return error
    return SemverdiffError(f"it cannot be read: {error.strerror or error}")


def _expanded(text: str, environment: Environment) -> Iterable[str]:
    """Return the sources that a text stands for."""
    kind, _, value = text.partition(":")
    expand = _KINDS.get(kind)
    if expand is None or (kind == "central" and "/" in value):
        return (text,)
    return expand(value, environment)


def _listed(file: str, environment: Environment) -> Iterator[str]:
    """Yield the sources of a file, one a line; paths are relative to the file."""
    path = Path(file)
    lines = packages.read_file(path).decode("utf-8", "replace").splitlines()
    sources = [line for line in map(str.strip, lines) if line and not line.startswith("#")]
    if len(sources) > limits.LISTED_SOURCES:
        raise UsageError(
            f"{quote(path.name)} names too many sources: expected at most {limits.LISTED_SOURCES:,}"
        )
    for source in sources:
        if source.partition(":")[0] == "list":
            raise UsageError(f"{quote(path.name)} names another list, {quote(source)}: name that beside it")
        yield from _expanded(_placed(source, path.parent), environment)


def _placed(source: str, directory: Path) -> str:
    """Return a source of a list as seen from here."""
    kind, colon, value = source.partition(":")
    if colon and kind == "git":
        path, colon, folders = value.partition(":")
        return f"git:{directory / path}{colon}{folders}"
    if colon and kind in _KINDS:
        return source
    return str(directory / source)


def _of_organization(organization: str, environment: Environment) -> Iterable[str]:
    if not organization or any(organization_faults(organization)):
        raise UsageError(
            f"{quote(f'central:{organization}')} names nothing: expected central:ORG or central:ORG/NAME"
        )
    return _found("", organization, environment)


def _searched(text: str, environment: Environment) -> Iterable[str]:
    if not text.strip():
        raise UsageError("'central-search:' names nothing to search for: expected central-search:TEXT")
    return _found(text, None, environment)


def _found(text: str, organization: str | None, environment: Environment) -> Iterable[str]:
    if environment.offline:
        raise UsageError(
            f"only {environment.registry} knows which packages there are, and --offline asks nobody: name "
            "each as central:ORG/NAME, or the directory of a cache"
        )
    with registry.open_central(registry.with_credentials(environment)) as central:
        names = central.find_packages(text, organization)
    if not names:
        what = f"of {organization}" if organization else f"by {quote(text)}"
        raise UsageError(f"{environment.registry} finds no package {what}: check how it is written")
    return [f"central:{name}" for name in names]


_KINDS: dict[str, _Expand] = {
    "list": _listed,
    "central": _of_organization,
    "central-search": _searched,
}
