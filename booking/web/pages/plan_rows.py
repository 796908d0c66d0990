"""The proposals as the planner lists them: each with its fields, its obstacles and its ways out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from booking.domain.obstacles import Weight
from booking.domain.planner import Choice, Proposal
from booking.domain.repairs import Repair
from booking.services.planner import Preview
from booking.web.forms import Form
from booking.web.pages.plan_choices import NONE, said
from calendars.recurrence import is_doubled

SIGNS = {Weight.CLASH: "clash", Weight.BLOCKS: "blocks", Weight.WARNS: "warns", None: "free"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One proposal: ``on``, ``room`` and ``facilitator`` are what its fields say, ``session`` counts its session."""

    n: int
    session: int
    proposal: Proposal
    on: str
    room: str
    facilitator: str
    is_alone: bool
    is_doubled: bool
    ways: Sequence[tuple[str, Repair]]

    @property
    def key(self) -> str:
        """What its fields are called after."""
        return self.proposal.wished.key

    @property
    def sign(self) -> str:
        """How it is marked: ``out``, ``clash``, ``blocks``, ``warns`` or ``free``."""
        if self.proposal.is_left_out:
            return "out"
        return "clash" if self.proposal.problem else SIGNS[self.proposal.weight]

    @property
    def has_moved(self) -> bool:
        """Whether somebody chose another day for it."""
        return self.proposal.slot.day != self.proposal.wished.day


def rows(looked: Preview, form: Form) -> list[Row]:
    """The rows of a preview; a field that could not be read stays as it was typed."""
    typed = {name: form.get(name) for name in form.problems.found}
    zone = looked.agency.time_zone
    return [_row(n, p, looked, typed, zone) for n, p in enumerate(looked.proposals, start=1)]


def _row(n: int, proposal: Proposal, looked: Preview, typed: Mapping[str, str], zone: str) -> Row:
    key, slot = proposal.wished.key, proposal.slot
    changes = looked.choices.get(key, Choice()).changes
    return Row(
        n=n,
        session=proposal.wished.group + 1,
        proposal=proposal,
        on=typed.get(f"on.{key}", slot.day.isoformat()),
        room=_chosen(changes, "room_id"),
        facilitator=_chosen(changes, "facilitator_id"),
        is_alone="assistant_ids" in changes,
        is_doubled=any(is_doubled(slot.day, hour, zone) for hour in (slot.starts, slot.ends) if proposal.meeting),
        ways=[(said(way), way) for way in looked.ways.get(key, ())],
    )


def _chosen(changes: Mapping[str, Any], name: str) -> str:
    return str(changes[name] or NONE) if name in changes else ""
