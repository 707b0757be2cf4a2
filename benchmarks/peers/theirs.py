"""What other programs answer; run by their own interpreter, with nothing of this project.

``python theirs.py TASK ARGUMENT`` reads a task's numbers on standard input and prints its answer,
both as JSON.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

PROGRAMS = ("heormodel", "SALib", "scipy", "ema_workbench")


def versions(_: Any) -> dict[str, str]:
    """Return the version of each program."""
    return {name: version(name) for name in PROGRAMS}


def evppi(task: Any) -> dict[str, list[float]]:
    """Return heormodel's value of knowing z, where z + 2 ε stands against 0, for every seed."""
    pandas = import_module("pandas")
    outcomes = import_module("heormodel.models").Outcomes
    value = import_module("heormodel.voi").evppi
    found: dict[str, list[float]] = {method: [] for method in task["methods"]}
    for seed in task["seeds"]:
        z, noise = np.random.default_rng(seed).normal(size=(2, task["draws"]))
        none = np.zeros(task["draws"])
        out = outcomes.from_wide(
            pandas.DataFrame({"out": none, "in": none}),
            pandas.DataFrame({"out": none, "in": z + 2.0 * noise}),
        )
        draws = pandas.DataFrame({"z": z}, index=pandas.RangeIndex(len(z), name="iteration"))
        for method in task["methods"]:
            found[method].append(float(value(out, draws, "z", wtp=1.0, method=method, seed=seed)))
    return found


def _ishigami(x: Any) -> Any:
    return np.sin(x[0]) * (1.0 + 0.1 * x[2] ** 4) + 7.0 * np.sin(x[1]) ** 2


def indices(task: Any) -> dict[str, list[Any]]:
    """Return first and total order of Ishigami's function for every seed, dims (seed, 2, input).

    SALib with its defaults, and the estimators of scipy; with ``groups`` SALib alone, of
    {x₁, x₃} and x₂.
    """
    sample = import_module("SALib.sample.sobol").sample
    analyze = import_module("SALib.analyze.sobol").analyze
    stats = import_module("scipy.stats")
    names = ["x1", "x2", "x3"]
    problem: dict[str, Any] = {"num_vars": 3, "names": names, "bounds": [[-np.pi, np.pi]] * 3}
    if task["groups"]:
        problem["groups"] = ["g", "x2", "g"]
    found: dict[str, list[Any]] = {"SALib": [], "scipy": []}
    for seed in task["seeds"]:
        points = sample(problem, task["n"], calc_second_order=False, seed=seed)
        y = _ishigami(points.T)
        one = analyze(problem, y, calc_second_order=False, num_resamples=10, seed=seed)
        found["SALib"].append([list(map(float, one["S1"])), list(map(float, one["ST"]))])
        if task["groups"]:
            continue
        other = stats.sobol_indices(
            func=_ishigami,
            n=task["n"],
            dists=[stats.uniform(-np.pi, 2.0 * np.pi)] * 3,
            rng=np.random.default_rng(seed),
        )
        found["scipy"].append([other.first_order.tolist(), other.total_order.tolist()])
    return found


def sweep(task: Any) -> dict[str, int]:
    """Run some experiments in EMAworkbench, as its manual shows, and store their results.

    Each one is written down in a log as it begins and as it ends.
    """
    ema = import_module("ema_workbench")
    folder = Path(task["folder"])

    def cell(value: float = 0.0) -> dict[str, float]:
        _note(folder / "begun")
        draws = np.random.default_rng(1).normal(size=(task["work"], 20_000))
        mean = float(np.mean(np.maximum(draws - value, 0.0)))
        _note(folder / "done")
        return {"mean": mean}

    model = ema.Model("cells", function=cell)
    model.uncertainties = [ema.RealParameter("value", 0.0, 1.0)]
    model.outcomes = [ema.ScalarOutcome("mean")]
    cells = [ema.Sample(f"cell {one}", value=one) for one in task["values"]]
    options = {"callback": _to_files()} if task["to_files"] else {}
    results = ema.perform_experiments(model, scenarios=cells, **options)
    ema.save_results(results, str(folder / "results.tar.gz"))
    return {"rows": len(results[0])}


def _to_files() -> Any:
    return import_module("ema_workbench.em_framework.callbacks").FileBasedCallback


def _note(file: Path) -> None:
    with file.open("ab") as log:
        log.write(b".")


if __name__ == "__main__":
    tasks = {"versions": versions, "evppi": evppi, "indices": indices, "sweep": sweep}
    print(json.dumps(tasks[sys.argv[1]](json.loads(sys.argv[2]))))
