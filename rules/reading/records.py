"""The base of every model that is read from YAML."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A set of keys in a YAML file: unknown keys are refused, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Label(Record):
    """What something is called, in Norwegian bokmål and in English."""

    nb: str
    en: str
