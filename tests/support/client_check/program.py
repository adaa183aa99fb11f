"""A client beside the package that it uses: what its names mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.client_check.forms import within
from support.client_check.trees import child, is_in_type, text
from support.sources import descriptor

from semverdiff import api
from semverdiff.api import Surface, Type
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import name_of
from semverdiff.syntax.tree import parse

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["OWN_FILE", "OWN_MODULE", "Program", "Scope"]

OWN_MODULE = "shop.own"
OWN_FILE = "modules/own/own.bal"

Scope = dict[str, Type | None]


class Program:
    """One client on its way through the questions, and what was `found`.

    `isolated` says that the function which is looked at is isolated, and `runs` that a variable has the type
    of the value that it holds. `modules` are the imports by prefix.
    """

    def __init__(self, surface: Surface, program: str, *, runs: bool) -> None:
        self.surface = surface
        self.runs = runs
        self.tree = parse(program.encode())
        self.found: list[str] = []
        self.modules: dict[str, str] = {}
        self.isolated = False
        self._imports = "\n".join(
            text(node) for node in self.tree.children if node.type == "import_declaration"
        )

    def says(self, problem: str) -> None:
        """Add what is wrong for sure."""
        self.found.append(problem)

    def add_import(self, node: Node) -> None:
        """Note the module of an import by its prefix: it has to be exported."""
        names = [text(one) for one in child(node, "module").named_children]
        module = ".".join(map(name_of, names))
        prefix = node.child_by_field_name("prefix")
        self.modules[name_of(text(prefix)) if prefix else name_of(names[-1])] = module
        if not self.surface.exported(module):
            self.says(f"no module {module} is exported")

    def check_name(self, node: Node) -> None:
        """Notice a qualified name that leads to nothing, or to what clients do not see."""
        prefix, name = (name_of(text(child(node, field))) for field in ("prefix", "name"))
        module = self.modules.get(prefix)
        if module is None:
            return  # of the language library
        tags = {"annotation", "annotation_access_expression"}
        key = f"@{name}" if node.parent is not None and node.parent.type in tags else name
        declared = self.surface.declaration(module, key)
        if declared is None:
            member = self.surface.enum_member(module, name)
            if member is None or not member[0].public:
                self.says(f"{module} declares no {name}")
        elif not declared.public:
            self.says(f"{name} is not public")
        elif isinstance(declared, nodes.Variable) and is_in_type(node):
            self.says(f"{name} is no type")

    def declared(self, node: Node) -> nodes.Declaration | None:
        """Return what a name of the package or of the client declares."""
        if node.type == "identifier":
            return self.surface.declaration(OWN_MODULE, name_of(text(node)))
        if node.type != "qualified_identifier":
            return None
        module = self.modules.get(name_of(text(child(node, "prefix"))))
        return (
            None if module is None else self.surface.declaration(module, name_of(text(child(node, "name"))))
        )

    def home(self, node: Node) -> str:
        """Return the module that a name leads into."""
        if node.type == "qualified_identifier":
            return self.modules.get(name_of(text(child(node, "prefix"))), OWN_MODULE)
        return OWN_MODULE

    def type(self, node: Node) -> Type:
        """Return the type that a descriptor of the client writes."""
        return self.type_of(text(node))

    def type_of(self, written: str) -> Type:
        """Return a type as the client writes it."""
        return Type(descriptor(written, self._imports), OWN_MODULE, self.surface)

    def made(self, written: nodes.TypeDescriptor, module: str = OWN_MODULE) -> Type:
        """Return a type that is not written in the client, as if it stood in a module."""
        return Type(written, module, self.surface)

    def value_of(self, declared: nodes.Declaration | None, module: str, name: str) -> Type | None:
        """Return the type of what a declaration is as a value; `None` if it is none."""
        match declared:
            case nodes.Function(qualifiers=qualifiers, signature=signature):
                return self.made(
                    nodes.FunctionType(qualifiers & {"isolated", "transactional"}, signature), module
                )
            case nodes.Constant():
                return self.made(nodes.Reference(None, name), module)
            case nodes.Variable(type=type_) | nodes.Listener(type=type_) if type_ is not None:
                if (
                    self.isolated
                    and isinstance(declared, nodes.Variable)
                    and not self._shared(declared, module)
                ):
                    self.says(f"an isolated function reads {name}")
                return self.made(type_, module)
        return None

    def _shared(self, variable: nodes.Variable, module: str) -> bool:
        """Return whether an isolated function may read a variable: final, and immutable or isolated."""
        if variable.type is None or "final" not in variable.qualifiers:
            return False
        type_ = self.made(variable.type, module)
        target = api.object_type_of(type_)
        written = None if target is None else api.declared_object_type(target.declaration)
        if written is not None:
            return "isolated" in written.qualifiers
        return within(type_, self.made(nodes.BuiltinType("readonly"))) is not False
