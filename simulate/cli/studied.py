"""What commands that study a scenario have in common: what is asked, and evidence that may fail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.language import say
from simulate.cli.fit_command import fit_all
from simulate.cli.whole import SEED, Whole
from simulate.errors import BadInput, Problem, RunFailed
from simulate.scenario.read import AnyScenario, Loaded, to_fit

if TYPE_CHECKING:
    from models.posterior import Posterior
    from simulate.run import Verdict
    from simulate.scenario.tree.scenario import ContractScenario


@dataclass(frozen=True)
class Call:
    """A call, as far as it could be read.

    Attributes:
        loaded: the scenario.
        draws, seed: of the futures.
        problems: with the call; whoever goes on adds its own and raises them together.
    """

    loaded: Loaded
    draws: int
    seed: int
    problems: list[Problem]

    @property
    def with_contract(self) -> ContractScenario:
        """The scenario, where it has a contract.

        Raises:
            BadInput: it has none; what is wrong with the call is told as well.
        """
        try:
            return self.loaded.with_contract
        except BadInput as error:
            raise BadInput([*self.problems, *error.problems], error.origin) from None


def read(scenario: str, settings: tuple[str, ...], asked: dict[str, Any], draws: Whole) -> Call:
    """Return what is asked.

    Args:
        scenario, settings: as on the command line.
        asked: the other options: ``draws``, ``seed`` and ``data`` among them.
        draws: how many there may be.

    Raises:
        BadInput: the scenario cannot be read; what is wrong with the call is told as well.
    """
    problems: list[Problem] = []
    count, seed = draws.read(asked["draws"], problems), SEED.read(asked["seed"], problems)
    try:
        return Call(to_fit(scenario, settings, asked["data"]), count, seed, problems)
    except BadInput as error:
        raise BadInput([*problems, *error.problems], error.origin) from None


def fitted(scenario: AnyScenario, output: Path, quiet: bool, accept: bool) -> Fitted:
    """Return the posteriors of a scenario's evidence; that a failure is accepted is said on stderr.

    Raises:
        RunFailed: the diagnosis fails one of them, and that is not accepted.
    """
    posteriors = {one.name: one.posterior for one in fit_all(scenario, output / ".cache", quiet)}
    from simulate.run import judged  # slow to import

    failed = refuse_failed([judged(scenario, posteriors)], accept)
    if failed:
        click.echo(say("Diagnosen underkänner evidens som svaret bygger på."), err=True)
    return Fitted(posteriors, failed)


@dataclass(frozen=True)
class Fitted:
    """Evidence that may be used.

    Attributes:
        posteriors: by block.
        failed: whether any failed its diagnosis, which has then been accepted.
    """

    posteriors: dict[str, Posterior]
    failed: bool


def refuse_failed(
    verdicts: Iterable[Verdict], accept: bool = False, mend: str | None = None
) -> bool:
    """Return whether evidence failed its diagnosis and that is accepted.

    Args:
        verdicts: on the evidence.
        accept: whether to go on all the same.
        mend: what can be done, where the failure cannot be accepted.

    Raises:
        RunFailed: with every reason, where it is not accepted.
    """
    failed = [one for one in verdicts if one.verdict == "fail"]
    if not failed:
        return False
    if accept:
        return True
    reasons = "\n".join(dict.fromkeys(f"- {why}" for one in failed for why in one.reasons))
    raise RunFailed(
        say("diagnosen underkänner anpassningen") + f"\n{reasons}",
        mend or say("ändra sampling i scenariot, eller redovisa ändå med --accept-failed"),
    )
