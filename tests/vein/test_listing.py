"""What `semver api` lists of a shard: by name, and without what clients do not see."""

from __future__ import annotations

from msgspec.structs import replace
from support.vein_sources import api_of

from semverdiff.vein.listing import describe

_SHAPES = """#space "shapes"
public class Round {
    public size: f64 { get; set; }
    private bulk: f64 { get; set; }
    public held: f64;
    private kept: f64;
    public b(): f64 |> 1;
    private hid(): f64 |> 1;
    public a(): f64 |> 1;
    public new() { }
    private new(n: i32) { }
}
public class Arc { }
internal class Inner { }
"""
_ANGLES = '#space "angles"\npublic class Corner { }\n'
_HOLES = '#space "holes"\ninternal class Hole { }\n'


def listed(*, private: bool) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """Return kinds and names of members, by space and type."""
    modules = describe(api_of(_SHAPES, _ANGLES, _HOLES), private=private)
    return {
        module.name: {one.name: [(part.kind, part.name) for part in one.members] for one in module.symbols}
        for module in modules
    }


_ROUND = [
    ("method", "Round.a()"),
    ("method", "Round.b()"),
    ("field", "Round.held"),
    ("constructor", "Round.new()"),
    ("property", "Round.size"),
]
_HIDDEN = [
    ("method", "Round.hid()"),
    ("property", "Round.bulk"),
    ("field", "Round.kept"),
    ("constructor", "Round.new(Int32)"),
]


def test_what_clients_see_is_listed_by_name() -> None:
    found = listed(private=False)
    assert [(space, list(types)) for space, types in found.items()] == [
        ("angles", ["Corner"]),
        ("shapes", ["Arc", "Round"]),
    ]
    assert found["shapes"]["Round"] == _ROUND


def test_what_clients_do_not_see_is_listed_where_it_is_asked_for() -> None:
    found = listed(private=True)
    assert [(space, list(types)) for space, types in found.items()] == [
        ("angles", ["Corner"]),
        ("holes", ["Hole"]),
        ("shapes", ["Arc", "Inner", "Round"]),
    ]
    assert found["shapes"]["Round"] == sorted([*_ROUND, *_HIDDEN], key=lambda part: part[1])


def test_a_type_whose_constructors_are_not_known_has_none_in_the_list() -> None:
    api = api_of('#space "shapes" public interface Shape { }')
    ((identity, shape),) = api.types.items()
    (module,) = describe(replace(api, types={identity: replace(shape, constructors=None)}))
    assert [one.members for one in module.symbols] == [()]
