"""What a figure is: its name, unit, words and the function that takes it off the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.measures.breakdown import Breakdown
from sim.measures.survival import FloatArray
from sim.measures.tables import Tables

Direction = Literal["more", "less", "neutral"]
Figure = Callable[[Tables, Breakdown], FloatArray]


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure.

    Attributes
    ----------
    id, unit : str
        Stable name; unit in English (`UNITS` has the Norwegian words).
    nb, en : str
        Label.
    means_nb, means_en : str
        The definition in one or two sentences.
    figure : function (tables, breakdown) -> array (values, windows)
        NaN is a null figure: the denominator is zero, or nobody was there.
    by : tuple of str
        Dimensions in which it makes sense.
    better : str
        Whether more or less of it is what the municipality wishes for, or neither by itself.
    decimals : int
        Digits to show.
    headline : bool
        One of the fixed ids; the others stand beside one of them.
    needs : str
        The dimension that a scenario must have values of (``Settings.values``) for the figure to be about anything there;
        otherwise it is left out.
    """

    id: str
    unit: str
    nb: str
    en: str
    means_nb: str
    means_en: str
    figure: Figure
    by: tuple[str, ...]
    better: Direction
    decimals: int
    headline: bool = True
    needs: str = ""


#: What the windows are that every figure is given for, by `sim.measures.windows.Window.year` (a year has its number).
WINDOWS: dict[int, dict[str, str]] = {
    0: {"nb": "hele perioden", "en": "the whole period"},
    -1: {
        "nb": "Fra åpningen: fra den første dagen boliger fra et av tiltakene kan stå åpne, og ut perioden. Et prosjekt regnes "
        "fra den tidligste dagen det kan åpne. Et tiltak uten nye boliger regnes fra dagen det trer i kraft. Grunnlaget og alle "
        "tiltakene i en sammenlikning måles over de samme dagene.",
        "en": "From the opening: from the first day on which homes of one of the policies can stand open, to the end. A project "
        "counts from the earliest day on which it can open. A policy without new homes counts from the day it takes effect. The "
        "baseline and all policies of one comparison are measured over the same days.",
    },
}

UNITS: dict[str, dict[str, str]] = {
    "days": {"nb": "dager", "en": "days"},
    "share": {"nb": "prosent", "en": "per cent"},
    "households": {"nb": "husstander", "en": "households"},
    "homes": {"nb": "boliger", "en": "homes"},
    "points": {"nb": "poeng", "en": "points"},
    "days per year": {"nb": "dager per år", "en": "days per year"},
    "per year": {"nb": "per år", "en": "per year"},
    "per resident-year": {"nb": "per beboerår", "en": "per resident-year"},
    "per 100 tenancy-years": {"nb": "per 100 leieår", "en": "per 100 tenancy-years"},
    "nights per year": {"nb": "døgn per år", "en": "nights per year"},
    "household-nights per year": {"nb": "husstandsdøgn per år", "en": "household-nights per year"},
    "hours per week": {"nb": "timer i uken", "en": "hours per week"},
    "household-days per year": {"nb": "husstandsdøgn per år", "en": "household-days per year"},
    "NOK per year": {"nb": "kroner per år", "en": "NOK per year"},
    "NOK": {"nb": "kroner", "en": "NOK"},
    "yes/no": {"nb": "prosent av kjøringene", "en": "per cent of runs"},
}
