"""Everything a review rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from models.calibration import Ranks, calibrate, uniformity
from models.chains import Agreement, agreement
from models.explained import noted
from models.language import say
from models.spec import Evidence
from simulate.evidence import title_of
from simulate.evidence_sensitivity import Sensitivity, sensitivity
from simulate.language.numbers import number
from simulate.run import Result

# As unlikely ranks as this fail a model: one sound model in a hundred does.
CALIBRATION_LIMIT = 0.01
_DATA = "log_likelihood"


@dataclass(frozen=True, eq=False)
class Calibrated:
    """A model that has been fitted to data of its own.

    Attributes:
        simulations: number of fits.
        ranks: of the true values.
        p: quantity → probability of ranks at least as uneven.
        worst: the most uneven quantity.
        worst_p: its probability, over all quantities at once.
    """

    simulations: int
    ranks: Ranks
    p: Mapping[str, float]
    worst: str
    worst_p: float


def calibrated(
    spec: Evidence,
    simulations: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Calibrated:
    """Return what ``simulations`` fits of a block to data of its own say."""
    ranks = calibrate(spec, simulations, seed, progress=progress)
    worst, p = ranks.worst()
    each = {name: uniformity(rank) for name, rank in ranks.ranks.items()}
    return Calibrated(simulations, ranks, each, worst, p)


@dataclass(frozen=True, eq=False)
class Study:
    """A run that is reviewed.

    Attributes:
        result: of the run, whatever its diagnoses say.
        calibration: block → what simulation-based calibration says; empty if not asked for.
    """

    result: Result
    calibration: Mapping[str, Calibrated] = field(default_factory=dict)

    @cached_property
    def sensitivity(self) -> Sensitivity:
        """How far the money moves."""
        return sensitivity(self.result)

    @cached_property
    def agreement(self) -> dict[str, dict[str, Agreement]]:
        """Block → quantity → how well the chains agree, the worst quantity first."""
        return {name: agreement(one.samples) for name, one in self.result.posteriors.items()}

    def name_of(self, block: str) -> Callable[[str], str]:
        """Return what a person calls each quantity of a block, and its log likelihood."""
        called = self.result.scenario.evidence[block].called
        return lambda key: say("Data (log-sannolikhet)") if key == _DATA else called(key)

    @property
    def miscalibrated(self) -> tuple[str, ...]:
        """The blocks whose model fails its calibration."""
        limit = CALIBRATION_LIMIT
        return tuple(name for name, one in self.calibration.items() if one.worst_p < limit)

    @property
    def verdict(self) -> str:
        """``pass``, ``warn`` or ``fail``."""
        return "fail" if self.miscalibrated else self.result.verdict.verdict

    @property
    def codes(self) -> tuple[str, ...]:
        """Stable names of the reasons, with the block."""
        return self.result.verdict.codes + tuple(
            f"{name}.calibration" for name in self.miscalibrated
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is wrong and what to do, with the block each is about."""
        own = (
            say(
                "{block}: modellen återfinner inte sina egna värden (kalibrering, {quantity}: "
                "sannolikheten för så ojämna rangtal är {probability}). Åtgärd: gör om med fler "
                "simuleringar; om felet består är det modellens kod som är fel.",
                block=title_of(self.result.scenario, name),
                quantity=self.name_of(name)(self.calibration[name].worst),
                probability=number(self.calibration[name].worst_p, 4),
            )
            for name in self.miscalibrated
        )
        return (*self.result.verdict.reasons, *own)

    def notes(self, code: str | None = None) -> tuple[tuple[str, str], ...]:
        """Return (title of a block, what is worth knowing of it), all or of one code."""
        scenario = self.result.scenario
        return tuple(
            (title_of(scenario, name), note.text)
            for name, one in self.result.posteriors.items()
            for note in noted(one, scenario.evidence[name])
            if code in (None, note.code)
        )
