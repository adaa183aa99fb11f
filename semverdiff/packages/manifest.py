"""What manifests say about a package (Ballerina.toml, package.json, locks), with everything that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.packages.model import Dependency
from semverdiff.packages.names import organization_faults, package_name_faults
from semverdiff.text import nearest, quote
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Literal

    from semverdiff.config import Table
    from semverdiff.packages.model import ExportRule

__all__ = [
    "BallerinaToml",
    "DeclaredModule",
    "Graph",
    "LockedPackage",
    "archived_descriptions",
    "exported_modules",
    "libraries",
    "locked_dependencies",
    "locked_packages",
    "read_ballerina_toml",
    "read_graph",
    "read_lock",
]

_TEST_ONLY = "testOnly"

_KNOWN_KEYS = (
    "authors",
    "description",
    "distribution",
    "export",
    "icon",
    "include",
    "keywords",
    "license",
    "modules",
    "name",
    "org",
    "readme",
    "repository",
    "template",
    "version",
    "visibility",
)


class DeclaredModule(msgspec.Struct, frozen=True):
    """One `[[package.modules]]`: a full name, and whether the module is exported."""

    entry: Table
    name: str
    export: bool


class BallerinaToml(msgspec.Struct, frozen=True):
    """The facts of a Ballerina.toml, `None` where it does not say.

    `is_old_layout`: a Package.md without an explicit `readme` marks a package of before 2201.11, where
    `[package].export` alone names the exported modules.
    `platform` is the one that native libraries bind the package to, `any` where there are none;
    `platforms` are all that have a table. `libraries` are the file names of the native libraries that
    clients get, `minimums` the lowest versions that it accepts of others.
    """

    package: Table
    organization: str | None
    name: str | None
    version: str | None
    export: tuple[str, ...]
    modules: tuple[DeclaredModule, ...]
    is_old_layout: bool
    export_rule: ExportRule
    distribution: str | None
    visibility: Literal["public", "private"]
    graalvm_compatible: bool | None
    platform: str
    platforms: tuple[str, ...]
    libraries: tuple[str, ...]
    minimums: tuple[Dependency, ...]
    metadata: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


class LockedPackage(msgspec.Struct, frozen=True):
    """One `[[package]]` of a Dependencies.toml, and the packages that it needs, by organization and name."""

    dependency: Dependency
    is_test_only: bool
    needs: frozenset[tuple[str | None, str | None]]


def read_ballerina_toml(root: Table, *, has_package_md: bool) -> BallerinaToml:
    """Return what the manifest says, beside which a Package.md lies or not; mistakes go to the document."""
    package, platforms = root.table("package"), root.table("platform")
    native = [(name, platforms.table(name)) for name in sorted(platforms.entries)]
    bound = [name for name, platform in native if _has_native_libraries(platform)]
    notes = [*_unknown_keys(package)]
    visibility = package.text("visibility")
    if visibility not in (None, "private", "public"):
        notes.append(f"Ballerina.toml: visibility {quote(visibility)} is not known and counts as public.")
    package.texts("include")
    export = package.texts("export") or ()
    readme = package.text("readme")
    modules = tuple(_declared_module(entry) for entry in package.tables("modules"))
    is_old_layout = has_package_md and readme is None
    if is_old_layout and any(module.export for module in modules):
        notes.append(
            "Ballerina.toml: [[package.modules]] exports nothing, because the package has a Package.md and "
            "no 'readme' key. Set 'readme' under [package], or rename the file to README.md."
        )
    return BallerinaToml(
        package=package,
        organization=_checked_name(package, "org"),
        name=_checked_name(package, "name"),
        version=_checked_version(package),
        export=export,
        modules=modules,
        export_rule=_export_rule(export, modules, is_old_layout=is_old_layout),
        is_old_layout=is_old_layout,
        distribution=package.text("distribution") or None,
        visibility="private" if visibility == "private" else "public",
        graalvm_compatible=_graalvm_compatible(tuple(platform for _, platform in native)),
        platform=bound[-1] if bound else "any",
        platforms=tuple(name for name, _ in native),
        libraries=tuple(sorted(name for _, platform in native for name in libraries(platform, "dependency"))),
        minimums=tuple(_minimums(root)),
        metadata=_declared_descriptions(package),
        notes=tuple(notes),
    )


def exported_modules(declared: BallerinaToml, name: str, modules: Collection[str]) -> frozenset[str]:
    """Return the full names of the exported modules out of those that a package has.

    Names of modules that do not exist are mistakes, and go to the document.
    """
    for listed in declared.export:
        if listed not in modules:
            _miss_module(declared.package, "export", listed, "'export' under [package]", modules)
    for module in declared.modules:
        if module.name == name:
            module.entry.complain(
                "name",
                f"module {quote(name)} is not allowed under [[package.modules]]: it is the default module, "
                "which is always exported. Remove the entry.",
            )
        elif module.name and module.name not in modules:
            _miss_module(module.entry, "name", module.name, "[[package.modules]]", modules)
    if declared.is_old_layout:
        return frozenset(declared.export) or frozenset({name})
    return frozenset({name, *declared.export, *(module.name for module in declared.modules if module.export)})


def read_lock(root: Table | None) -> tuple[LockedPackage, ...]:
    """Return the packages in a Dependencies.toml, none without one; mistakes go to the document."""
    return () if root is None else tuple(map(_locked_package, root.tables("package")))


def _locked_package(entry: Table) -> LockedPackage:
    return LockedPackage(
        dependency=_dependency(entry),
        is_test_only=entry.text("scope") == _TEST_ONLY,
        needs=frozenset(entry.pairs("dependencies", "org", "name")),
    )


def locked_dependencies(
    lock: Sequence[LockedPackage], organization: str, name: str, imported: Collection[tuple[str, str]] = ()
) -> tuple[Dependency, ...] | None:
    """Return the direct dependencies of a package in a lock, `None` where the package is not in it.

    `imported` are the modules that the sources import, by organization and full name: a package that has one
    of them is a direct dependency whatever the lock says of it.
    """
    keys = [(one.dependency.organization, one.dependency.name) for one in lock]
    # Without an organization in Ballerina.toml the file holds a made-up one.
    own = next(
        (at for at, key in enumerate(keys) if key[1] == name and organization in ("", key[0])),
        None,
    )
    if own is None:
        return None
    known = frozenset(keys)
    used = {_package_of(*one, known) for one in imported} - {keys[own]}
    return _sorted(
        one.dependency
        for one, key in zip(lock, keys, strict=True)
        if key in used or (key in lock[own].needs and not one.is_test_only)
    )


def _package_of(
    organization: str, module: str, packages: Collection[tuple[str, str]]
) -> tuple[str, str] | None:
    """Return the package that has a module: of those whose name its name begins with, the longest."""
    name = module[: limits.NAME_CHARACTERS]
    while name and (organization, name) not in packages:
        name = name.rpartition(".")[0]
    return (organization, name) if name else None


def locked_packages(lock: Sequence[LockedPackage], organization: str, name: str) -> tuple[Dependency, ...]:
    """Return every package of a lock but the one that it belongs to, and those of tests alone."""
    return _sorted(
        one.dependency
        for one in lock
        if not one.is_test_only
        and not (one.dependency.name == name and organization in ("", one.dependency.organization))
    )


class Graph(msgspec.Struct, frozen=True):
    """The dependencies of a package in a dependency-graph.json: the direct ones, and all of them."""

    direct: tuple[Dependency, ...]
    packages: tuple[Dependency, ...]


def read_graph(root: Table, organization: str, name: str) -> Graph | None:
    """Return the dependencies of a package, `None` if the graph has it not; mistakes go to the document."""
    entries = [(_dependency(one), one) for one in root.tables("packages")]
    own = next(
        (one for found, one in entries if (found.organization, found.name) == (organization, name)), None
    )
    if own is None:
        return None
    direct = _of_builds([(_dependency(one), one) for one in own.tables("dependencies")])
    # Archives made by hand name the direct dependencies of a package, and no others.
    others = [one for one in entries if (one[0].organization, one[0].name) != (organization, name)]
    return Graph(direct, _sorted({*direct, *_of_builds(others)}))


def _of_builds(entries: Iterable[tuple[Dependency, Table]]) -> tuple[Dependency, ...]:
    return _sorted(found for found, entry in entries if entry.text("scope") != _TEST_ONLY)


def _dependency(entry: Table) -> Dependency:
    return Dependency(entry.text("org") or "", entry.text("name") or "", entry.text("version"))


def archived_descriptions(package: Table) -> tuple[tuple[str, str], ...]:
    """Return the descriptive entries of a package.json."""
    same = {name: name for name in ("licenses", "authors", "keywords")}
    texts = {name: name for name in ("source_repository", "description", "icon")}
    return _descriptions(package, lists=same, texts=texts)


def _checked_name(package: Table, key: Literal["org", "name"]) -> str | None:
    name = package.text(key)
    faults = organization_faults if key == "org" else package_name_faults
    for fault in faults(name or ""):
        package.complain(
            key,
            f"invalid '{key}' under [package]: '{key}' {fault}, found {quote(name or '')}"
            f"{_template_hint(name)}",
        )
    return name or None


def _checked_version(package: Table) -> str | None:
    version = package.text("version")
    if version is None:
        return None
    try:
        parse_version(version)
    except ValueError:
        package.complain(
            "version",
            "invalid 'version' under [package]: 'version' should be compatible with semver (such as 1.4.0 or "
            f"2.0.0-beta.1), found {quote(version)}{_template_hint(version)}",
        )
    return version


def _export_rule(
    export: tuple[str, ...], modules: tuple[DeclaredModule, ...], *, is_old_layout: bool
) -> ExportRule:
    if modules and not is_old_layout:
        return "modules"
    return "listed" if export else "default"


def _declared_module(entry: Table) -> DeclaredModule:
    entry.text("description")
    entry.text("readme")
    return DeclaredModule(entry, _required_text(entry, "name"), entry.flag("export") or False)


def _template_hint(text: str | None) -> str:
    """Return a hint where a build fills in the Ballerina.toml (`@toml.version@`), as in many repositories."""
    if text is not None and len(text) > 1 and text.startswith("@") and text.endswith("@"):
        return ": this is the template of a build, check the package that the build writes"
    return ""


def _required_text(table: Table, key: str) -> str:
    text = table.text(key)
    if key not in table.entries:
        table.complain(key, f"missing key '{key}' under [[{table.name}]]")
    return text or ""


def _miss_module(table: Table, key: str, wrong: str, where: str, modules: Collection[str]) -> None:
    """Note that a module is not there; which there are is told while mistakes are reported."""
    message = f"module {quote(wrong)} not found, which {where} names."
    if len(table.document.mistakes) < limits.MISTAKES:
        names = sorted(modules)
        message += f" The package has: {', '.join(map(quote, names))}.{_suggestion(wrong, names)}"
    table.complain(key, message)


def _unknown_keys(package: Table) -> Iterator[str]:
    unknown = [key for key in package.entries if key not in _KNOWN_KEYS]
    for key in unknown[: limits.MISTAKES]:
        hint = _suggestion(key, _KNOWN_KEYS)
        yield f"Ballerina.toml: key {quote(key)} under [package] is not known.{hint}"
    if len(unknown) > limits.MISTAKES:
        yield f"Ballerina.toml: {len(unknown) - limits.MISTAKES:,} more keys under [package] are not known."


def _has_native_libraries(platform: Table) -> bool:
    """Return whether clients get jars; those for the package's own tests stay at home."""
    scopes = [entry.text("scope") for entry in platform.tables("dependency")]
    return any(scope != _TEST_ONLY for scope in scopes)


def libraries(table: Table, key: str) -> list[str]:
    """Return the file names of the native libraries that a key lists, without those for tests."""
    names = []
    for entry in table.tables(key):
        path, artifact, version = (entry.text(one) for one in ("path", "artifactId", "version"))
        name = path.replace("\\", "/").rpartition("/")[2] if path else f"{artifact}-{version}.jar"
        if entry.text("scope") != _TEST_ONLY:
            names.append(name)
    return names


def _graalvm_compatible(platforms: tuple[Table, ...]) -> bool | None:
    said = [
        flag for flag in [platform.flag("graalvmCompatible") for platform in platforms] if flag is not None
    ]
    return all(said) if said else None


def _minimums(root: Table) -> Iterator[Dependency]:
    for entry in root.tables("dependency"):
        organization, name, version = (_required_text(entry, key) for key in ("org", "name", "version"))
        yield Dependency(organization, name, version or None)


def _declared_descriptions(package: Table) -> tuple[tuple[str, str], ...]:
    """Return the descriptive entries of `[package]`, under the names that they have in package.json."""
    return _descriptions(
        package,
        lists={"license": "licenses", "authors": "authors", "keywords": "keywords"},
        texts={"repository": "source_repository", "description": "description", "icon": "icon"},
    )


def _descriptions(
    table: Table, lists: Mapping[str, str], texts: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    found = {name: "\n".join(table.texts(key) or ()) for key, name in lists.items()}
    found |= {name: table.text(key) or "" for key, name in texts.items()}
    # An archive keeps the icon under `docs/`, wherever it was.
    found["icon"] = found["icon"].rpartition("/")[2]
    found["template"] = "true" if table.flag("template") else ""
    return tuple(sorted((name, text) for name, text in found.items() if text))


def _sorted(dependencies: Iterable[Dependency]) -> tuple[Dependency, ...]:
    return tuple(sorted(set(dependencies), key=lambda one: (one.organization, one.name, one.version or "")))


def _suggestion(wrong: str, known: Collection[str]) -> str:
    """Return ` Did you mean 'shop.orders'?` for a name that comes close, else nothing."""
    close = nearest(wrong, known)
    return f" Did you mean {quote(close[0])}?" if close else ""
