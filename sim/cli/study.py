"""The work of `run` and `compare`: replicate every policy, keep the figures, write the results folder."""

import functools
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.cli.engine import Engine, ReplicationResult, Scenario
from sim.cli.exits import Code
from sim.cli.options import Order
from sim.cli.provenance import run_document, texts_document
from sim.cli.signals import stop_on_signals
from sim.cli.summary import Row, summary
from sim.experiment import Batch, Ending, Progress, Sample, batch
from sim.results import ResultsData, ResultsWriter

_MESSAGES = {
    "nb": {
        Ending.INTERRUPTED: "Avbrutt: {finished} av {asked} replikasjoner er ferdige og beholdt.",
        Ending.WORKER_DIED: (
            "En arbeidsprosess ble avsluttet av systemet, oftest fordi minnet tok slutt: {finished} av {asked} replikasjoner "
            "er ferdige og beholdt. Prøv færre arbeidsprosesser (--workers 1)."
        ),
    },
    "en": {
        Ending.INTERRUPTED: "Interrupted: {finished} of {asked} replications are finished and kept.",
        Ending.WORKER_DIED: (
            "A worker process was ended by the system, most often because memory ran out: {finished} of {asked} replications "
            "are finished and kept. Try fewer workers (--workers 1)."
        ),
    },
}
_CODES = {
    Ending.COMPLETE: Code.FINE,
    Ending.INTERRUPTED: Code.INTERRUPTED,
    Ending.WORKER_DIED: Code.FAILED,
}


@dataclass(frozen=True, slots=True)
class Study:
    """A finished (or cut short) piece of work.

    Parameters
    ----------
    scenarios : mapping of str to scenario
        The baseline, or the one scenario, first.
    samples : mapping of str to Sample
        The figures of every policy.
    outcome : Batch
    summary : list of mapping
        The rows of `summary.csv`.
    run, texts : mapping
        The contents of `run.json` and `texts.json`.
    folder : Path
        Where the results stand; nothing is written when no replication was finished.
    """

    scenarios: Mapping[str, Scenario]
    samples: Mapping[str, Sample]
    outcome: Batch
    summary: list[Row]
    run: Mapping[str, Any]
    texts: Mapping[str, Any]
    folder: Path

    @property
    def code(self) -> Code:
        """The exit code that tells how the work ended."""
        return _CODES[self.outcome.ending]


def perform(engine: Engine, scenarios: Mapping[str, Scenario], order: Order, command: str) -> Study:
    """Replicate, and write the results folder.

    Raises
    ------
    InputError, ResultsError
        Exit code 2.
    """
    folder = order.out or Path("results") / _folder_name(list(scenarios))
    samples = {policy: Sample() for policy in scenarios}
    started, clock = datetime.now(UTC), time.perf_counter()
    with ResultsWriter(folder, list(scenarios)) as writer:

        def receive(k: int, results: Mapping[str, ReplicationResult]) -> None:
            for policy, result in results.items():
                samples[policy].add(result.figures)
                writer.add(policy, k, {"kpis": result.figures, **result.tables})

        outcome = _replicate(engine, scenarios, order, receive)
        texts = texts_document(scenarios)
        rows = summary(samples)
        run = run_document(command, scenarios, order, outcome, started, time.perf_counter() - clock)
        if outcome.finished:
            # Jinja is loaded here, after the work: nobody waits for it before.
            from sim.report import page

            html = page(ResultsData(run, texts, {}, rows), order.lang)
            writer.finish(run, texts, rows, {"report.html": html})
    return Study(scenarios, samples, outcome, rows, run, texts, folder)


def tell_ending(study: Study, order: Order) -> None:
    """Say on stderr where the results are, and how the work ended if it was cut short."""
    outcome = study.outcome
    if outcome.ending is not Ending.COMPLETE:
        message = _MESSAGES[order.lang][outcome.ending]
        sys.stderr.write(message.format(finished=len(outcome.finished), asked=outcome.asked) + "\n")
    if outcome.finished and not order.quiet:
        sys.stderr.write(f"{study.folder / 'report.html'}\n")


def _replicate(
    engine: Engine,
    scenarios: Mapping[str, Scenario],
    order: Order,
    receive: Callable[[int, Mapping[str, ReplicationResult]], None],
) -> Batch:
    replicate = engine.replicate
    if order.check_invariants:
        replicate = functools.partial(replicate, check_invariants=True)
    progress = Progress(sys.stderr, quiet=order.quiet, lang=order.lang)
    with stop_on_signals() as stop:
        outcome = batch(
            replicate,
            scenarios,
            order.seed,
            range(1, order.replications + 1),
            receive=receive,
            workers=order.workers,
            progress=progress,
            stop=stop,
        )
    progress.close()
    return outcome


def _folder_name(policies: list[str]) -> str:
    """Name the folder after what was compared, no longer than file systems like."""
    name = policies[0] if len(policies) == 1 else f"{policies[0]}-vs-{'-and-'.join(policies[1:])}"
    return name.replace("/", "-").replace("\\", "-")[:100]
