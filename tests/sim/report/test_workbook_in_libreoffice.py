"""The workbook in a real spreadsheet program: LibreOffice opens it headless and reads the figures that we wrote.

Needs LibreOffice Calc; without it the test fails where CI=true, and is skipped elsewhere.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from results_of_a_comparison import comparison

from sim.report.workbook import workbook
from sim.report.workbook.sheets import sheets

pytestmark = pytest.mark.office

#: Comma, quotes, UTF-8, numbers as they are and not as they look, every sheet a file of its own.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


def shown(cell: str) -> float:
    """Read a number as LibreOffice writes it: shares in per cent, with every digit."""
    return float(cell[:-1]) / 100 if cell.endswith("%") else float(cell)


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_libreoffice_reads_the_same_figures(tmp_path: Path, lang: str) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is missing: the workbook is not opened")
        pytest.skip("LibreOffice is missing")
    data = comparison(("base", "more"), years=2)
    book = tmp_path / "summary.xlsx"
    book.write_bytes(workbook(data, lang))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    line = [office, "--headless", profile, "--convert-to", AS_CSV, "--outdir", str(tmp_path), str(book)]
    done = subprocess.run(line, check=False, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    numbers = 0
    for sheet in sheets(data, lang):
        with (tmp_path / f"summary-{sheet.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[2][: len(sheet.columns)] == list(sheet.columns)
        for read, written in zip(rows[3:], sheet.rows, strict=True):
            for cell, value in zip(read, written, strict=False):
                if isinstance(value, (int, float)):
                    assert shown(cell) == pytest.approx(value, rel=1e-12)
                    numbers += 1
                else:
                    assert cell == (value or "")
    assert numbers > 100
