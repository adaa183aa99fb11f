"""Archives to read: built from what the format says, because no real one of generation 3.0.0 is at hand."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["archived_layout", "build_bala", "build_toml_bala", "dependency_graph", "zip_of"]

_WHEN = (2025, 1, 1, 0, 0, 0)


def build_bala(
    organization: str, name: str, version: str, files: Mapping[str, str], **package_json: object
) -> bytes:
    """Build a `.bala` of generation 3.0.0 as `bal pack` writes it.

    `files` are the entries beside the manifests, by their paths in the archive: `modules/shop/main.bal`,
    `modules/shop.orders/orders.bal`. Keywords replace or add keys of package.json (`export=["shop"]`,
    `modules=[{"name": "shop.orders", "export": True}]`); one that is `None` is left out.
    """
    package = {
        "organization": organization,
        "name": name,
        "version": version,
        "export": [name],
        "ballerina_version": "2201.12.0",
        "implementation_vendor": "WSO2",
        "language_spec_version": "2024R1",
        "platform": "any",
        "graalvmCompatible": True,
        "template": False,
        "readme": "docs/Package.md",
        **package_json,
    }
    entries = {
        "bala.json": json.dumps({"bala_version": "3.0.0", "built_by": "WSO2"}),
        "package.json": json.dumps({key: value for key, value in package.items() if value is not None}),
        "dependency-graph.json": dependency_graph(organization, name, version),
        "docs/Package.md": f"# {name}\n",
        **files,
    }
    if not any(path.startswith(f"modules/{name}/") for path in entries):
        entries[f"modules/{name}/main.bal"] = "// An empty default module.\n"
    return zip_of(entries)


def build_toml_bala(
    manifest: str, files: Mapping[str, str], modules: Mapping[str, bool] | None = None
) -> bytes:
    """Build a `.bala` of generation 4; `modules` are the `[[modules]]` that early builds wrote."""
    bala = '[bala]\nschema_version = "4"\n\n[build]\nballerina_version = ""\nplatform = "any"\n'
    for name, export in (modules or {}).items():
        bala += f'\n[[modules]]\nname = "{name}"\nexport = {json.dumps(export)}\n'
    return zip_of({"Bala.toml": bala, "Ballerina.toml": manifest, **files})


def archived_layout(name: str, files: Mapping[str, str]) -> dict[str, str]:
    """Return the sources of a package directory under the paths that an archive has them at."""
    entries: dict[str, str] = {}
    for path, text in files.items():
        parts = path.removeprefix("generated/").removeprefix("modules/").split("/")
        module, file = (f"{name}.{parts[0]}", parts[1]) if len(parts) > 1 else (name, parts[0])
        entries[f"modules/{module}/{file}"] = text
    return entries


def dependency_graph(organization: str, name: str, version: str, *dependencies: Mapping[str, str]) -> str:
    """Write a dependency-graph.json; a dependency has org, name, version, and may have a scope."""
    own = {"org": organization, "name": name, "version": version, "dependencies": list(dependencies)}
    return json.dumps({"packages": [own, *dependencies], "modules": []})


def zip_of(entries: Mapping[str, str | bytes]) -> bytes:
    """Write a zip; the same entries give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in entries.items():
            info = zipfile.ZipInfo(path, date_time=_WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()
