"""Every record of a rule set that states a legal base, with its path."""

from collections.abc import Iterator

from pydantic import BaseModel

from rules.reading import Path
from rules.ruleset.sections import Based


def based_records(record: object, path: Path = ()) -> Iterator[tuple[Path, Based]]:
    """Give every record with a legal base or a time of validity, at any depth, with the path to it."""
    if isinstance(record, Based):
        yield path, record
    if isinstance(record, BaseModel):
        for name, info in type(record).model_fields.items():
            yield from based_records(getattr(record, name), (*path, info.alias or name))
    elif isinstance(record, dict):
        for name, below in record.items():
            yield from based_records(below, (*path, str(name)))
    elif isinstance(record, list):
        for index, below in enumerate(record):
            yield from based_records(below, (*path, index))
