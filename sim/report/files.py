"""Everything that people read, made from a results folder: the report, the workbook, the files other programs open."""

import json

from sim.report.norwegian_csv import norwegian_csv
from sim.report.page import page
from sim.results import Pages, ResultsData, datapackage, event_log_csv


def files(data: ResultsData, lang: str = "nb", *, events: bool = False) -> Pages:
    """Make the files of a results folder that can be renewed from the rest.

    Parameters
    ----------
    data : ResultsData
        What the folder holds.
    lang : {'nb', 'en'}
    events : bool
        With the event log too.

    Returns
    -------
    mapping of str to str or bytes
        File name -> contents.

    Raises
    ------
    ResultsError
        When an event log is asked for, and the folder holds nothing about single households.
    """
    # Loaded here: a workbook costs a tenth of a second that nobody need wait for before the work.
    from sim.report.workbook import workbook

    described = datapackage(data.run, list(data.summary[0]) if data.summary else [], events=events)
    logs = {"events.csv": event_log_csv(data)} if events else {}
    return logs | {
        "report.html": page(data, lang),
        "summary.xlsx": workbook(data, lang),
        "summary-nb.csv": norwegian_csv(data.summary),
        "datapackage.json": json.dumps(described, ensure_ascii=False, indent=2) + "\n",
    }
