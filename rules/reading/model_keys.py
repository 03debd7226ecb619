"""The keys that a pydantic model takes at a location, for suggestions."""

import types
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from rules.reading.nodes import Path


def keys_at(model: type[BaseModel], loc: Path) -> list[str]:
    """Give the keys that can be written at a location of a pydantic error.

    Parameters
    ----------
    model : type of BaseModel
        Where the location begins.
    loc : tuple of str or int
        Keys and indices, with the names of union members between them, as pydantic gives them.

    Returns
    -------
    list of str
        The keys, under the names that stand in YAML (aliases); empty when the location takes no fixed keys.
    """
    here = list(_members(model))
    for step in loc:
        below = [member for shape in here for member in _below(shape, step)]
        here = below or [shape for shape in here if _is_called(shape, step)] or here
    return list(dict.fromkeys(key for shape in here if _is_model(shape) for key in _fields(shape)))


def _members(annotation: Any) -> Iterator[Any]:
    """Take an annotation apart into the shapes a value may have: models, and containers with arguments."""
    annotation = getattr(annotation, "__value__", annotation)  # a `type` alias
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _members(member)
    elif _is_model(annotation) and issubclass(annotation, RootModel):
        yield from _members(annotation.model_fields["root"].annotation)
    else:
        yield annotation


def _below(shape: Any, step: str | int) -> Iterator[Any]:
    """Give the shapes one step below a shape; none when the step does not lead down from it."""
    if _is_model(shape):
        if str(step) in (fields := _fields(shape)):
            yield from _members(fields[str(step)])
        return
    origin, arguments = get_origin(shape), get_args(shape)
    if not isinstance(origin, type) or not arguments:
        return
    if issubclass(origin, AbstractMapping):
        if not isinstance(step, int):
            yield from _members(arguments[1])
    elif isinstance(step, int):
        fixed = origin is tuple and arguments[-1] is not Ellipsis
        yield from _members(arguments[min(step, len(arguments) - 1)] if fixed else arguments[0])


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _is_model(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)


def _is_called(shape: Any, step: str | int) -> bool:
    """Say whether a step is pydantic's name for a member of a union: its class, or its discriminator's value."""
    if not _is_model(shape):
        return False
    return step == shape.__name__ or any(step in get_args(field.annotation) for field in shape.model_fields.values())
