"""Figures of money: the yearly cost with capital as an annuity, and the present value of the cash flows."""

from __future__ import annotations

import numpy as np

from sim.measures.breakdown import Breakdown
from sim.measures.records import Asset
from sim.measures.settings import YEAR
from sim.measures.survival import FloatArray
from sim.measures.tables import BoolArray, Tables
from sim.measures.windows import Window

MUNICIPALITY = "municipality"


def annuity_per_year(nok: float, life_years: float, land: bool, rate: float) -> float:
    """Return the constant yearly cost of capital over its life; for land, which does not wear, the interest."""
    if land:
        return nok * rate
    if rate == 0.0:
        return nok / life_years
    wear: float = (1.0 + rate) ** -life_years
    return nok * rate / (1.0 - wear)


def residual_value(asset: Asset, day: float) -> float:
    """Real value left on a day: land whole, a building less straight-line wear since it was taken into use."""
    if asset.land:
        return asset.nok
    age = max(0.0, day - asset.day) / YEAR
    return asset.nok * max(0.0, 1.0 - age / asset.life_years)


def net_cost_nok_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Municipal, real, undiscounted: all but capital and grants, plus the annuity of (capital - grant)."""
    money = tables.money
    current = _sum(tables, by, money.nok, money.municipal & ~money.capital)
    return (current + _annuities(tables, by, MUNICIPALITY)) / tables.years


def state_cost_nok_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Return what the state pays a year, cash: an account of its own."""
    money = tables.money
    return _sum(tables, by, money.nok, money.state) / tables.years


def net_present_cost_nok(tables: Tables, by: Breakdown) -> FloatArray:
    """Municipal real cash flows with cash capital, discounted from mid-year, less the discounted residual value.

    Discounted to ``measure_from``, whatever the window, so that the years add up to the horizon. The
    residual value is taken at the end of the run, of assets paid for in the window.
    """
    settings, money = tables.settings, tables.money
    bins = np.asarray(tables.records.bins)
    growth = 1.0 + settings.discount_rate
    elapsed = np.floor(((bins[1:] + bins[:-1]) / 2.0 - settings.measure_from) / YEAR)
    factor = growth ** -(elapsed + 0.5)
    flows = _sum(tables, by, money.nok * factor[money.bin], money.municipal & money.cash)
    end = float(bins[-1])
    left = growth ** -((end - settings.measure_from) / YEAR)
    for asset, value in zip(tables.records.assets, by.assets, strict=True):
        if value < 0 or asset.payer != MUNICIPALITY:
            continue
        paid = asset.day if asset.paid is None else asset.paid
        for column, window in enumerate(tables.windows):
            if window.start <= paid < window.end:
                flows[value, column] -= residual_value(asset, end) * left
    return flows


def _sum(tables: Tables, by: Breakdown, nok: FloatArray, chosen: BoolArray) -> FloatArray:
    out = np.zeros((by.size, len(tables.windows)))
    place = tables.money.bin
    for column, window in enumerate(tables.windows):
        inside = chosen & (by.amounts >= 0) & (place >= window.first) & (place < window.last)
        out[:, column] = np.bincount(by.amounts[inside], nok[inside], minlength=by.size)
    return out


def _annuities(tables: Tables, by: Breakdown, payer: str) -> FloatArray:
    out = np.zeros((by.size, len(tables.windows)))
    for asset, value in zip(tables.records.assets, by.assets, strict=True):
        if value < 0 or asset.payer != payer:
            continue
        yearly = annuity_per_year(asset.nok - asset.grant, asset.life_years, asset.land, tables.settings.annuity_rate)
        for column, window in enumerate(tables.windows):
            out[value, column] += yearly * _years_in_use(asset, window)
    return out


def _years_in_use(asset: Asset, window: Window) -> float:
    worn_out = np.inf if asset.land else asset.day + asset.life_years * YEAR
    return max(0.0, min(window.end, worn_out) - max(window.start, asset.day)) / YEAR
