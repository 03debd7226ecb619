"""Scripts of docs/ as modules: loaded as they are when they are run, with what stands beside them."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from unittest.mock import patch


def script(path: Path) -> ModuleType:
    """Load a script under the name of its path."""
    spec = importlib.util.spec_from_file_location("_".join(path.with_suffix("").parts[-3:]), path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with patch.object(sys, "path", [str(path.parent), *sys.path]):
        spec.loader.exec_module(module)
    return module
