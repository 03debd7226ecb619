"""YAML that the strict reader reads: no anchors."""

from __future__ import annotations

from typing import Any

import yaml


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def yaml_text(document: Any) -> str:
    """Give a document as YAML, keys in their order, Norwegian letters as they are."""
    return yaml.dump(document, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=130)
