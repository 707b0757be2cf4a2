"""Run the benchmarks and print them: `uv run python -m benchmarks [NAME …]`, all or some.

`peers` runs only when it is asked for: it installs other programs in a folder of their own.
"""

from __future__ import annotations

import os
import sys
from statistics import median

import numpy as np

from benchmarks import commands, engine, evidence, fund, sensitivity, sweep
from benchmarks.peers import beside


def of_commands() -> None:
    """Print how long whole commands take."""
    for name, value in commands.seconds().items():
        print(f"{name:<36} {value:8.2f} s")


def of_engine() -> None:
    """Print the engine beside the same arithmetic by hand."""
    found = engine.ratio()
    print(f"{'engine, 1 000 000 draws':<36} {found['engine_s']:8.2f} s")
    print(f"{'the same by hand in numpy, one core':<36} {found['by_hand_s']:8.2f} s")
    print(f"{'ratio (aim: at most 3)':<36} {found['ratio']:8.2f}")
    print(f"{'peak memory (aim: under 1 GB)':<36} {engine.memory():8.0f} MB")


def of_evidence() -> None:
    """Print each evidence model beside PyMC's own NUTS."""
    heads = ("cold s", "warm s", "ESS/s", "PyMC", "ratio", "ESS/s*", "PyMC*", "ratio*")
    print(f"{'model (* of all seconds)':<24}" + "".join(f"{head:>9}" for head in heads))
    found = evidence.speeds()
    for name, one in found.items():
        shown = (one.cold, one.warm, *one.sampler, *one.whole)
        print(f"{name:<24}" + "".join(f"{x:9.3g}" if x < 1e3 else f"{x:9.0f}" for x in shown))
    for what in ("sampler", "whole"):
        middle = median(getattr(one, what)[2] for one in found.values())
        print(f"{f'ratio of the median model, {what} (aim: at least 3)':<60} {middle:8.1f}")


def of_fund() -> None:
    """Print a fund of three sizes, and the power of its size that its time grows with."""
    found = fund.sizes()
    print(f"{'investments':<14}{'read s':>10}{'run s':>10}{'peak MB':>10}")
    for one in found:
        print(f"{one.investments:<14}{one.reading:10.2f}{one.running:10.2f}{one.memory:10.0f}")
    print(f"{'fitted exponent of the run (aim: about 1)':<44}{fund.exponent(found):6.2f}")


def of_sensitivity() -> None:
    """Print how long the indices of Team Nystart and the value of 20 inputs take."""
    first, factors = sensitivity.shares()
    found = {
        f"total-order indices, {factors} factors (aim: under 10 s)": first,
        "value of knowing each of 20 inputs (aim: under 5 s)": sensitivity.information(),
    }
    for name, took in found.items():
        print(f"{name:<52} {took.wall:8.2f} s, {took.processor:8.2f} processor s")


def of_sweep() -> None:
    """Print what 1 000 cells cost, and two processes beside one."""
    found = sweep.cost()
    print(f"{'a cell, 20 000 draws':<52} {found.cell:8.3f} processor s")
    print(f"{'1 000 cells, read by all processes':<52} {found.read:8.2f} processor s")
    for name, seconds in found.alone.items():
        print(f"{f'1 000 cells, one process alone: {name}':<52} {seconds:8.2f} processor s")
    print(f"{'the page':<52} {found.page / 1e6:8.1f} MB")
    each = sweep.commands()
    for one in each:
        print(f"{one.workers} processes, {one.wall:7.1f} s, {one.processor:7.1f} processor s")
    one, two = (median(run.wall for run in each if run.workers == count) for count in (1, 2))
    print(f"{'two against one, small sweep':<52} {one / two:8.2f}")
    print(f"{'two against one, 1 000 cells on free cores':<52} {found.ratio(5.0):8.2f}")


def of_peers() -> None:
    """Print figures 7, 11 and 12 beside other programs, each with how it was measured."""
    with beside.environment() as theirs:
        print(", ".join(" ".join(one) for one in theirs.ask("versions", None).items()))
        print(f"\nvalue of knowing z at the boundary, {beside.DRAWS} draws, truth 0.39894")
        print(f"{'':<34}{'bias':>10}{'rmse':>10}{'covered':>10}{'trials':>8}")
        for name, one in beside.information(theirs).items():
            held = "-" if one.covered is None else f"{one.covered:.3f}"
            print(f"{name:<34}{one.bias:>10.5f}{one.rmse:>10.5f}{held:>10}{one.count:>8}")
        print(f"\nIshigami, N = {beside.POINTS}: largest error of first / total order")
        print(f"{'':<34}{'median':>16}{'nine in ten':>16}{'worst':>16}{'seeds':>8}")
        for name, off in beside.indices(theirs).items():
            parts = [np.median(off, axis=0), np.quantile(off, 0.9, axis=0), off.max(axis=0)]
            shown = "".join(f"{one[0]:>9.4f}/{one[1]:.4f}" for one in parts)
            print(f"{name:<34}{shown}{len(off):>8}")
        off = beside.effects()
        parts = [np.median(off), np.quantile(off, 0.9), off.max()]
        print(f"{'ours, Shapley effects, tied':<34}" + "".join(f"{one:>16.4f}" for one in parts))
        print(f"\nsweep of {beside.CELLS} cells, killed with -9 at {beside.KILLS} random points")
        print(*beside.killed(theirs), sep="\n")


BENCHMARKS = {
    "commands": of_commands,
    "engine": of_engine,
    "evidence": of_evidence,
    "fund": of_fund,
    "sensitivity": of_sensitivity,
    "sweep": of_sweep,
    "peers": of_peers,
}


def main() -> None:
    """Print every figure that is asked for.

    Modules are compiled once, as they are where people work, and not at every start.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for name in sys.argv[1:] or [one for one in BENCHMARKS if one != "peers"]:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
