"""Everything that people read, made from a results folder: the report, the workbook, the files other programs open."""

import json

from sim.report.norwegian_csv import norwegian_csv
from sim.report.page import page
from sim.results import Pages, ResultsData, datapackage


def files(data: ResultsData, lang: str = "nb") -> Pages:
    """Make the files of a results folder that can be renewed from the rest.

    Parameters
    ----------
    data : ResultsData
        What the folder holds.
    lang : {'nb', 'en'}

    Returns
    -------
    mapping of str to str or bytes
        File name -> contents.
    """
    # Loaded here: a workbook costs a tenth of a second that nobody need wait for before the work.
    from sim.report.workbook import workbook

    described = datapackage(data.run, list(data.summary[0]) if data.summary else [])
    return {
        "report.html": page(data, lang),
        "summary.xlsx": workbook(data, lang),
        "summary-nb.csv": norwegian_csv(data.summary),
        "datapackage.json": json.dumps(described, ensure_ascii=False, indent=2) + "\n",
    }
