"""Where does code come from? A directory, a `.bala` or an extracted bala in, a `Package` out."""

from semverdiff.packages.model import (
    Dependency,
    Manifest,
    Module,
    Package,
    Provenance,
    Source,
    SourceFile,
)

__all__ = ["Dependency", "Manifest", "Module", "Package", "Provenance", "Source", "SourceFile"]
