"""Methods of classes and object types: which came, went or changed, and what calls they take."""

from __future__ import annotations

__all__ = ["MethodMember", "is_visible", "method_differences", "method_place", "signature_differences"]
