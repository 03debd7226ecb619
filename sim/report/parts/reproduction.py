"""What is needed to make the same figures again."""

from sim.report.blocks import Block, Definitions, Details, Part
from sim.report.numbers import number, years_text
from sim.report.reading import Reading
from sim.report.wording import WORDS

_SAY = {
    "nb": {"hash": "Scenarioets kontrollsum", "files": "Filene som ble lest, med kontrollsummer"},
    "en": {"hash": "Checksum of the scenario", "files": "The files that were read, with their checksums"},
}


def reproduction(reading: Reading) -> Part:
    """Give the command, the seed, the versions and the checksums of every input."""
    words, say, run = WORDS[reading.lang], _SAY[reading.lang], reading.run
    versions = ", ".join(f"{name} {version}" for name, version in run["versions"].items())
    items = [
        (words["command"], "", [str(run["command"])]),
        (words["seed"], "", [str(run["seed"])]),
        (words["replications"], "", [number(reading.replications, 0, reading.lang)]),
        (words["years"], "", [years_text(run["years"], reading.lang)]),
        (words["versions"], "", [versions]),
        *((f"{say['hash']}: {reading.label(name)}", "", [str(reading.policy(name)["hash"])]) for name in reading.names),
    ]
    first = reading.policy(reading.baseline)["inputs"]
    inputs = [
        (reading.label(name), "", files)
        for name in reading.names
        if (files := [f"{file} {found}" for file, found in reading.policy(name)["inputs"].items()
                      if name == reading.baseline or first.get(file) != found])
    ]  # fmt: skip
    blocks: list[Block] = [Definitions(items, code=True)]
    blocks.append(
        Details(say["files"] + (f" ({words['only_new']})" if reading.compared else ""), [Definitions(inputs, code=True)])
    )
    return Part("reproduction", words["provenance"], blocks)
