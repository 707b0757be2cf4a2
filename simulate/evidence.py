"""The posteriors of a scenario's evidence, fitted now or before, and ready to draw from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from models.cache import fit_or_load
from models.language import named
from models.posterior import Posterior
from simulate.draws.draw import Samples
from simulate.scenario.tree.scenario import Scenario

Progress = Callable[[str, float], None]


def posteriors(
    scenario: Scenario, cache: Path, progress: Progress | None = None
) -> dict[str, Posterior]:
    """Return the posterior of every evidence block, in order of declaration.

    Args:
        scenario: its ``fit_seed`` decides the fits; the seed of a run does not.
        cache: folder of earlier fits.
        progress: told of (block, share done).
    """

    def told(block: str) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda done, of: progress(block, done / of)

    return {
        block: fit_or_load(block, spec, scenario.fit_seed, cache, told(block))
        for block, spec in scenario.evidence.items()
    }


def title_of(scenario: Scenario, block: str) -> str:
    """Return what a sentence calls an evidence block.

    Its title without what it adds after a colon, unless another block would be called the same.
    """
    full = {name: named(spec.title or name) for name, spec in scenario.evidence.items()}
    short = {name: title.partition(":")[0] for name, title in full.items()}
    alike = list(short.values()).count(short[block]) > 1
    return full[block] if alike else short[block]


def samples(scenario: Scenario, fitted: Mapping[str, Posterior]) -> dict[str, Samples]:
    """Return the samples that the draws pick from, by block."""
    found: dict[str, Samples] = {}
    for block, spec in scenario.evidence.items():
        posterior = fitted[block]
        quantities = {name: posterior.quantity(name) for name in spec.quantities}
        chains = posterior.samples.sizes["chain"]
        found[block] = Samples.sorted_by(spec.headline, quantities, chains)
    return found
