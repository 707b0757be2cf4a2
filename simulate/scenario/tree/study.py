"""What could be found out before a decision is taken: studies, with what they cost and take."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from models.number import Count, Days, LogRatio, Ratio, Sek, Share, Years
from models.spec import POSITIVE, WHOLE
from models.table import Identifier, Integer, Table, Text, chosen_by
from simulate.scenario.tree.claims import LineKey

Persons = Annotated[Count, WHOLE, POSITIVE]


class Study(Table):
    """Something that could be looked into first.

    Attributes:
        id: names the study in results.
        title: the study in a few words, for people.
        cost: what it costs whatever its size.
        cost_per_person: what each further person costs; left out, nothing.
        paid_by: share of the cost by party; the shares add to one.
        delay: years by which the decision has to wait, and all that comes of it; left out, none.
            For a pilot at least as long as each is followed.
        most: persons that there are at most to look at; left out, as many as are wanted.
        CHANCE: kinds of chance in what it finds.
    """

    CHANCE: ClassVar[tuple[str, ...]]

    id: Identifier
    title: Text
    cost: Sek
    cost_per_person: Sek | None = None
    paid_by: Annotated[dict[Identifier, Share], Field(min_length=1)]
    delay: Years | None = None
    most: Persons | None = None

    def chance(self, name: str) -> str:
        """Return the name of its uniform numbers of a kind, which nothing else has."""
        return f"study/{self.id}.{name}"


class Pilot(Study):
    """The insats is tried on some, and compared with others, before it is decided on.

    The pilot has the effect that the insats itself has.

    Attributes:
        outcome: what is looked at: any outcome, or in a fund a line that says what a person
            changes, as ``"investment.line"``.
        persons: those who have the insats.
        compared: those who do not.
        window: how long each is followed, from inclusion; a cost outcome only.
        yardstick: a measure of the same cost whose drift the compared group has, because it is from
            before; left out, both groups are followed at the same time.
        cv: between persons of the cost; a line of costs only, for an outcome has its own.
        sd: between persons of the days; a line of days or of years only.
        bias: what would differ between the groups without the insats, on the scale of the effect:
            log of a factor for costs, log odds for persons, standard deviations for grades and
            days. Uncertain, since one that is known can be taken away.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ("treated", "compared")

    type: Literal["pilot"]
    outcome: LineKey
    persons: Persons
    compared: Persons
    window: Years | None = None
    yardstick: Identifier | None = None
    cv: Annotated[Ratio, POSITIVE] | None = None
    sd: Annotated[Days, POSITIVE] | None = None
    bias: LogRatio | None = None


class MoreRows(Study):
    """An evidence block has several times as many persons, from the same place.

    They are compared as those that there are, so that they have the same bias.

    Attributes:
        block: which.
        times: how many times as many there are then.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ("treated", "compared")

    type: Literal["more_rows"]
    block: Identifier
    times: Annotated[Integer, Field(ge=2, le=1000)]


class Sample(Study):
    """One number of the scenario is estimated from observations.

    Stated with ``cv``, an observation is a gamma amount whose mean is the number; with ``sd``, it
    is normal around it; with neither, it is a yes or no, and the number the share of yes.

    Attributes:
        number: the key of the number, as in the register.
        persons: observations, of persons or of whatever the number is about.
        cv: coefficient of variation of one observation.
        sd: standard deviation of one observation, of a number without unit.
        bias: what all observations have in common that is not the number: log of a factor with
            ``cv``, a term with ``sd``, log odds for a share; uncertain, as in a pilot.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ("observed",)

    type: Literal["sample"]
    number: Text
    persons: Persons
    cv: Annotated[Ratio, POSITIVE] | None = None
    sd: Annotated[Ratio, POSITIVE] | None = None
    bias: LogRatio | None = None


STUDIES: dict[str, type[Table]] = {"pilot": Pilot, "more_rows": MoreRows, "sample": Sample}
AnyStudy = Annotated[Study, chosen_by("type", STUDIES)]
