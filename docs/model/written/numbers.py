"""Every number: value, range, kind, source or assumption, what observation informs it, what it bears on, and where it is used."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.parameters import ASSUMPTION
from written.model import Model, labels
from written.tables import code, escaped, page, table

_LEAD = """All {count} parameters of `scenarios/baerum.yaml`: {sourced} rest on a source, {assumed} are assumptions of ours.
*Kind*: a policy may change a decision; a fact is known; what is uncertain is varied in sensitivity analyses.
*Informed by*: for a rate, the source whose observation identifies it, with its solidity (A official statistics or
law, B peer-reviewed or commissioned evaluation, C the municipality's own pages or press, D derived here), or *not
identified*; for any other number, its source. *Bears on*: the figures that it decides, so what an observation of it
could be made of."""
_HEADS = ("parameter", "called", "value", "range", "kind", "informed by", "bears on", "used at", "note")
#: Of the places where a number is used, so many are named.
_MOST = 3


def page_of(model: Model) -> str:
    """Give the page."""
    return page("Numbers", _lead(model), *_blocks(model))


def _lead(model: Model) -> str:
    assumed = sum(of.source == ASSUMPTION for of in model.parameters.values())
    return _LEAD.format(count=len(model.parameters), sourced=len(model.parameters) - assumed, assumed=assumed)


def _blocks(model: Model) -> Iterator[str]:
    for file in dict.fromkeys(of.file for of in model.parameters.values()):
        yield f"## {file.removesuffix('.yaml')}\n`scenarios/parameters/{file}`"
        yield table(_HEADS, (_row(model, name) for name, of in model.parameters.items() if of.file == file))
    plain = [rate for rate in model.said["rates"] if rate["id"] not in model.parameters]
    if plain:
        yield "## Rates without a parameter"
        yield table(("where", "value"), ((code(rate["id"]), escaped(rate["value"])) for rate in plain))
    yield "## Sources\nBy their ids; what they are, and what they may be used for, stands in `scenarios/sources.yaml`."
    yield table(("id", "address", "year", "solidity"), _sources(model))


def _row(model: Model, name: str) -> tuple[str, ...]:
    of = model.parameters[name]
    where = model.used_at.get(name, [])
    more = f" and {len(where) - _MOST} more" if len(where) > _MOST else ""
    used = ", ".join(code(path) for path in where[:_MOST]) + more
    figures = ", ".join(code(figure) for figure in of.informs)
    told = f'<a id="{name}"></a>{code(name)}', labels(of.label), escaped(of.value), escaped(of.range), of.kind
    return (*told, _informed(model, name), figures, used, escaped(of.note))


def _informed(model: Model, name: str) -> str:
    of = model.parameters[name]
    rate = next((rate for rate in model.said["rates"] if rate["id"] == name), None)
    if rate is not None and not rate["identified"]:
        return "*not identified*" + ("" if of.source == ASSUMPTION else f" (see {_source(model, of.source)})")
    return "*assumption*" if of.source == ASSUMPTION else _source(model, of.source)


def _source(model: Model, source: str) -> str:
    solidity = model.sources.get(source, {}).get("solidity", "")
    return escaped(f"{source}, {solidity}" if solidity else source)


def _sources(model: Model) -> Iterator[tuple[str, ...]]:
    used = {of.source for of in model.parameters.values()} | {of["source"] for of in model.said["systems"].values()}
    for name, of in model.sources.items():
        if name in used:
            yield (
                escaped(name),
                escaped(str(of.get("address", ""))),
                escaped(str(of.get("year", ""))),
                str(of.get("solidity", "")),
            )
