"""The steps of a referral: which can follow which, what undoing makes of them, and how long a silence may last."""

from datetime import date

import pytest

from booking.domain.errors import ReferralOver, ReferralTold
from booking.domain.identifiers import new_id
from booking.domain.partner_messages import PartnerMessageKind, to_partner
from booking.domain.referral_delays import silence_ends_at
from booking.domain.referral_links import secret_of
from booking.domain.referrals import (
    Deed,
    Outcome,
    Referral,
    ReferralState,
    Step,
    Way,
    must_be_undoable,
    replayed,
    undoable,
)
from booking.domain.windows import Place
from tests.given import NOW, SITE, in_days

NADIA = new_id(NOW)
GRENOBLE, GUADELOUPE = Place("Europe/Paris", "metropole"), Place("America/Guadeloupe", "guadeloupe")


def a_referral(**known: object) -> Referral:
    ids = dict.fromkeys(("id", "job_seeker_id", "agency_id", "partner_id", "created_by"), NADIA)
    return Referral(**ids, created_at=NOW, changed_at=NOW, **known)  # type: ignore[arg-type]


def steps(*deeds: Deed, **known: object) -> list[Step]:
    """One after another at the same moment, by Nadia."""
    said = {Deed.CLOSED: {"outcome": Outcome.EQUIPPED}, Deed.SENT: {"way": Way.MAIL}}
    return [
        Step(
            id=new_id(NOW),
            referral_id=NADIA,
            n=n,
            deed=deed,
            at=NOW,
            **({"staff_id": NADIA} | said.get(deed, {}) | known),  # type: ignore[arg-type]
        )
        for n, deed in enumerate(deeds, start=1)
    ]


def test_a_referral_goes_its_way_step_by_step() -> None:
    found = replayed(a_referral(), steps(Deed.PROPOSED, Deed.ACCEPTED, Deed.SENT, Deed.MET, Deed.CLOSED))

    assert (found.state, found.outcome, found.closed_at) == (ReferralState.CLOSED, Outcome.EQUIPPED, NOW)


@pytest.mark.parametrize("deed", [Deed.SENT, Deed.MET, Deed.NOT_REACHED])
def test_nobody_is_at_a_partner_before_he_has_agreed(deed: Deed) -> None:
    with pytest.raises(ReferralOver):
        a_referral().after(steps(deed)[0])


def test_what_is_undone_never_happened_and_a_look_does_not_stand_in_the_way() -> None:
    done = steps(Deed.PROPOSED, Deed.ACCEPTED, Deed.SENT, Deed.CLOSED, Deed.SEEN)
    slip = must_be_undoable(a_referral(), done, has_left=False)
    back = Step(id=new_id(NOW), referral_id=NADIA, n=6, deed=Deed.UNDONE, at=NOW, staff_id=NADIA, about_id=slip.id)

    found = replayed(a_referral(), [*done, back])

    assert slip.deed is Deed.CLOSED and (found.state, found.outcome) == (ReferralState.SENT, None)
    assert undoable([*done, back]) == done[2]


def test_what_the_partner_has_read_is_not_undone() -> None:
    with pytest.raises(ReferralTold):
        must_be_undoable(a_referral(), steps(Deed.PROPOSED, Deed.ACCEPTED, Deed.SENT), has_left=True)


def test_the_first_step_and_somebody_else_s_are_not_undone() -> None:
    answered = [*steps(Deed.PROPOSED, Deed.ACCEPTED, Deed.SENT), *steps(Deed.MET, staff_id=None, by_partner=True)]

    assert undoable(steps(Deed.PROPOSED)) is None and undoable(answered) is None
    assert undoable(answered, by_partner=True) == answered[-1]


def test_a_silence_is_counted_in_working_days_of_the_place() -> None:
    monday = date(2026, 11, 2)

    assert silence_ends_at(GRENOBLE, 10, NOW).date() == monday
    # All Saints' Day is a Sunday in 2026; the eleventh of November is a Wednesday.
    assert silence_ends_at(GRENOBLE, 3, in_days(21)).date() == date(2026, 11, 13)
    assert silence_ends_at(GUADELOUPE, 1, NOW).hour == 12


def test_the_same_mail_is_planned_once_and_no_two_links_are_alike() -> None:
    first = to_partner(PartnerMessageKind.REMINDER, NADIA, NADIA, 1, NOW)

    assert first.dedupe_key == to_partner(PartnerMessageKind.REMINDER, NADIA, NADIA, 1, in_days(1)).dedupe_key
    assert len(secret_of(NADIA, SITE.secret)) == 43 and secret_of(NADIA, SITE.secret) != secret_of(NADIA, b"other")
