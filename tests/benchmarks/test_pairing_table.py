"""The table of what pairing saves, from a comparison's own file."""

from pathlib import Path

from benchmarks.pairing import read, told

ROWS = """\
policy,year,dimension,value,kpi,pairs,correlation,correlation_low,correlation_high,variance_reduction
more,0,all,all,wait_days_mean,20,0.9,0.8,0.95,10.0
more,0,all,all,homes_mean,20,,,,
more,0,all,all,deaths_per_year,20,-0.6,-0.8,-0.2,0.6
more,1,all,all,wait_days_mean,20,1,1,1,
more,0,group,young,wait_days_mean,20,0.5,0.1,0.8,2.0
"""


def test_the_table(tmp_path: Path) -> None:
    (tmp_path / "pairing.csv").write_text(ROWS)
    found = read(tmp_path)
    assert found["more"]["deaths_per_year"].harmful and not found["more"]["wait_days_mean"].harmful
    text = told(found)
    assert "| deaths_per_year | 0.6! |" in text and "| homes_mean | no change |" in text and "**5.3**" in text
