"""The engine against the same arithmetic by hand: seconds as a ratio, and peak memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.by_hand import by_hand
from simulate.evidence import posteriors
from simulate.run import simulate
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped

DRAWS = 1_000_000
ROUNDS = 3


def ratio(draws: int = DRAWS, rounds: int = ROUNDS) -> dict[str, float]:
    """Return medians of both, and their ratio, taken turn by turn."""
    scenario = load(shipped()["team_nystart"]).scenario
    with tempfile.TemporaryDirectory() as cache:
        fitted = posteriors(scenario, Path(cache))
    effects = fitted["skolfam2"].quantity("log_ratio_new")
    simulate(scenario, fitted, 4096, 1)
    ours, hand = [], []
    for seed in range(rounds):
        begun = time.perf_counter()
        simulate(scenario, fitted, draws, seed)
        between = time.perf_counter()
        by_hand(effects, draws, seed)
        ours.append(between - begun)
        hand.append(time.perf_counter() - between)
    ratios = [a / b for a, b in zip(ours, hand, strict=True)]
    return {"engine_s": median(ours), "by_hand_s": median(hand), "ratio": median(ratios)}


def memory(draws: int = DRAWS) -> float:
    """Return the peak memory in MB of a process that runs the engine once, posteriors loaded."""
    code = f"from benchmarks.engine import alone; alone({draws})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    return float(done.stdout.split()[-1])


def alone(draws: int) -> None:
    """Run the engine once and print the peak memory; the fit happens in a child that ends."""
    with tempfile.TemporaryDirectory() as cache:
        fit = (
            "from pathlib import Path\nfrom simulate.scenario.shipped import shipped\n"
            "from simulate.scenario.read import load\nfrom simulate.evidence import posteriors\n"
            f"posteriors(load(shipped()['team_nystart']).scenario, Path({cache!r}))"
        )
        subprocess.run([sys.executable, "-c", fit], check=True, capture_output=True)
        scenario = load(shipped()["team_nystart"]).scenario
        simulate(scenario, posteriors(scenario, Path(cache)), draws, 1)
    # Not ru_maxrss: a process begins with the high-water mark of the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(int(status.split("VmHWM:")[1].split()[0]) / 1024)
