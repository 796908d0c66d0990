"""Referrals: nobody is told without agreement, every step is kept, and a partner's silence is never forgotten."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from booking.delivery.letters import PermanentFailure
from booking.documents.staff_mails import mail
from booking.domain.errors import (
    AlreadyReferred,
    InvalidField,
    LinkOver,
    NotAllowed,
    NotFound,
    ReferralOver,
    ReferralTold,
    StaleEdit,
)
from booking.domain.idempotency import once
from booking.domain.partner_messages import PartnerMessageKind
from booking.domain.partner_terms import Service
from booking.domain.referral_delays import ReferralDelay
from booking.domain.referrals import Aid, Deed, Outcome, ReferralState, Remark, Said, Shared, Way
from booking.domain.staff import Role
from booking.domain.staff_messages import StaffMessageKind
from booking.services import (
    erasing,
    evidence_logs,
    merging,
    referral_answers,
    referral_lists,
    referral_sheets,
    referral_silence,
    referrals,
    staff_reports,
)
from booking.services import referral_delays as delays
from booking.services.doctor import examine
from booking.services.referrals import Proposal
from booking.storage import referral_delays
from booking.storage.referrals import Wanted
from booking.storage.tables import partner_messages, referral_steps
from booking.storage.tables import referrals as referral_table
from tests.given import DAY, NOW, SITE, World, in_days
from tests.given_referrals import a_partner, all_of, answers, mails, referred, secret
from tests.outside import Provider

# Ten working days after a Monday in October, All Saints' Day being a Sunday that year.
SILENT = in_days(14, 1)


async def notes(world: World, referral, deed: Deed, now=NOW, **said):
    return await referrals.note(world.db, referral.id, Said(deed=deed, **said), version=None, by=world.adviser, now=now)


async def test_who_agrees_is_sent_at_once_and_the_partner_hears_initials_and_a_link(world: World) -> None:
    partner = await a_partner(world)

    sent = await referred(world, partner)
    server = await mails(world)

    assert (sent.state, sent.way, sent.shared, sent.agreed_at) == (ReferralState.SENT, Way.MAIL, (Shared.PHONE,), NOW)
    letter = server.taken[0]
    assert letter.address == "accueil@ecrans.example" and f"/o/{await secret(world, sent)}" in letter.body
    person = (await all_of(world, sent)).person
    assert person.last_name not in letter.body + letter.subject and "06" not in letter.body
    assert await examine(world.db, now=NOW) == []


async def test_nobody_is_told_of_somebody_who_has_not_agreed(world: World) -> None:
    partner = await a_partner(world)

    with pytest.raises(InvalidField) as refused:
        await referred(world, partner, has_agreed=False)
    proposed = await referred(world, partner, has_agreed=False, is_sent=False)
    with pytest.raises(ReferralOver):
        await referrals.send(world.db, proposed.id, version=None, by=world.adviser, site=SITE, now=NOW)

    assert refused.value.facts["fields"] == {"agreed": "not-agreed"}
    assert proposed.state is ReferralState.PROPOSED and proposed.shared == ()
    assert (await mails(world)).taken == []


async def test_a_proposal_is_accepted_and_then_sent(world: World) -> None:
    proposed = await referred(world, await a_partner(world), has_agreed=False, is_sent=False)
    said = {"version": None, "by": world.adviser}

    await referrals.accept(world.db, proposed.id, (Shared.EMAIL,), now=NOW + DAY, **said)
    sent = await referrals.send(world.db, proposed.id, site=SITE, now=NOW + DAY, **said)

    assert (sent.state, sent.agreed_at, sent.shared) == (ReferralState.SENT, NOW + DAY, (Shared.EMAIL,))
    steps = (await all_of(world, sent)).steps
    assert [(step.deed, step.staff_id) for step in steps] == [
        (deed, world.adviser.id) for deed in (Deed.PROPOSED, Deed.ACCEPTED, Deed.SENT)
    ]


async def test_a_partner_without_an_address_hears_from_the_sheet(world: World) -> None:
    sent = await referred(world, await a_partner(world, referral_email=""))

    assert sent.way is Way.PAPER and (await mails(world)).taken == []
    assert (await referral_answers.find(world.db, await secret(world, sent), address="::1", now=NOW)).may_answer


async def test_nobody_goes_twice_to_a_partner_for_one_thing(world: World) -> None:
    partner, person = await a_partner(world), await world.job_seeker()
    first = await referred(world, partner, person)

    with pytest.raises(AlreadyReferred) as refused:
        await referred(world, partner, person)
    other = await referred(world, partner, person, service=Service.EQUIPMENT)

    assert refused.value.facts == {"referral_id": first.id} and other.id != first.id


async def test_a_repeated_request_makes_one_referral(world: World) -> None:
    partner, person = await a_partner(world), await world.job_seeker()
    proposal = Proposal(partner_id=partner.id, aids=(Aid.PHONE,))
    key = once(world.adviser.id, "k1", "referral")

    made = [
        await referrals.propose(world.db, person.id, proposal, by=world.adviser, site=SITE, now=NOW, once=key)
        for _ in range(2)
    ]

    assert made[0].id == made[1].id


async def test_what_is_another_agency_s_is_not_found(world: World) -> None:
    elsewhere = await world.another_agency()
    stranger = await world.staff(Role.ADVISER, elsewhere, "Inès")
    closed = await a_partner(world, "Fermé à nous", agency_ids=(elsewhere.id,))
    sent = await referred(world, await a_partner(world))

    with pytest.raises(NotFound):
        await referred(world, closed)
    with pytest.raises(NotFound):
        await referrals.cancel(world.db, sent.id, version=None, by=stranger, now=NOW)
    with pytest.raises(NotFound):
        await referral_lists.show(world.db, sent.id, by=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        await referrals.cancel(world.db, sent.id, version=None, by=world.facilitator, now=NOW)
    assert await referral_lists.find(world.db, Wanted(agency_ids=None), by=stranger, most=5) == []


async def test_the_partner_says_several_things_one_after_another(world: World) -> None:
    sent = await referred(world, await a_partner(world))

    await answers(world, sent, Deed.NOT_REACHED, None, NOW + DAY)
    met = await answers(world, sent, Deed.MET, None, in_days(3), Remark.PAPERS)
    closed = await answers(world, sent, Deed.CLOSED, Outcome.EQUIPPED, in_days(5))

    assert met.state is ReferralState.MET and met.overdue_at is None
    assert (closed.state, closed.outcome, closed.met_on, closed.news_at) == (
        ReferralState.CLOSED,
        Outcome.EQUIPPED,
        date(2026, 10, 24),
        in_days(5),
    )
    with pytest.raises(ReferralOver):
        await answers(world, sent, Deed.MET, None, in_days(6))
    assert await examine(world.db, now=in_days(6)) == []


async def test_an_answer_stands_first_until_somebody_has_seen_it(world: World) -> None:
    partner = await a_partner(world)
    answered, other = await referred(world, partner), await referred(world, partner)
    await answers(world, answered)

    listed = await referral_lists.find(world.db, Wanted(agency_ids=None), by=world.adviser, most=5)
    before = await referral_lists.to_look_at(world.db, by=world.adviser)
    await notes(world, answered, Deed.SEEN)

    assert [one.referral.id for one in listed] == [answered.id, other.id]
    assert (before, await referral_lists.to_look_at(world.db, by=world.adviser)) == (1, 0)


async def test_the_morning_mail_counts_what_waits_for_an_adviser(world: World) -> None:
    await answers(world, await referred(world, await a_partner(world)))

    report = await staff_reports.report(
        world.db, StaffMessageKind.CALLS, world.adviser, world.agency, NOW.date(), NOW, SITE
    )

    assert "Orientations à relancer ou à lire : 1 (https://ateliers.example/orientations?etat=a-voir)" in mail(
        report, "Nadia", SITE
    ).body.replace("\u202f", " ").replace("\u00a0", " ")


async def test_who_answers_twice_has_answered_once_and_may_correct_himself(world: World) -> None:
    sent = await referred(world, await a_partner(world))
    for _ in range(2):
        await answers(world, sent, Deed.CLOSED, Outcome.NOT_COME)

    back = await referral_answers.take_back(world.db, await secret(world, sent), now=NOW + DAY)

    assert back.state is ReferralState.SENT and back.outcome is None and back.due_at
    assert len((await all_of(world, sent)).steps) == 5
    assert (await answers(world, sent, Deed.CLOSED, Outcome.TRAINED, NOW + DAY)).outcome is Outcome.TRAINED


async def test_a_silent_partner_is_reminded_once_and_then_somebody_calls_him(world: World) -> None:
    sent = await referred(world, await a_partner(world))
    await mails(world)
    early = await referral_silence.look(world.db, SILENT - timedelta(days=1))

    due = [await referral_silence.look(world.db, SILENT + DAY * day) for day in (0, 0, 1)]
    reminder = await mails(world, SILENT)
    await referral_silence.look(world.db, SILENT + 20 * DAY)

    assert early == 0 and due == [1, 0, 0] and len(reminder.taken) == 1
    found = await all_of(world, sent)
    assert found.referral.overdue_at == SILENT + 20 * DAY and found.referral.due_at is None
    assert [step.deed for step in found.steps][-2:] == [Deed.REMINDED, Deed.OVERDUE]
    assert await referral_lists.to_look_at(world.db, by=world.adviser) == 1
    assert await examine(world.db, now=SILENT + 20 * DAY) == []


async def test_a_reminder_leaves_when_the_first_mail_is_already_forgotten(world: World) -> None:
    async with world.db.transaction() as tx:
        await referral_delays.keep(tx, ReferralDelay(working_days=10, reminders=2), world.manager.id, NOW)
    await referred(world, await a_partner(world))
    await mails(world)
    await referral_silence.look(world.db, SILENT)
    await mails(world, SILENT)
    async with world.db.transaction() as tx:
        await tx.run(delete(partner_messages).where(partner_messages.c.kind == PartnerMessageKind.SENT))

    await referral_silence.look(world.db, SILENT + 20 * DAY)

    assert len((await mails(world, SILENT + 20 * DAY)).taken) == 1


async def test_who_was_called_has_time_again(world: World) -> None:
    sent = await referred(world, await a_partner(world, referral_email=""))
    await referral_silence.look(world.db, SILENT)

    called = await notes(world, sent, Deed.REMINDED, SILENT)

    assert called.overdue_at is None and called.due_at and called.due_at > SILENT + 13 * DAY


async def test_an_agency_decides_how_long_it_waits_and_how_often_it_reminds(world: World) -> None:
    async with world.db.transaction() as tx:
        for delay in (
            ReferralDelay(working_days=3),
            ReferralDelay(agency_id=world.agency.id, working_days=1, reminders=0),
        ):
            await referral_delays.keep(tx, delay, world.manager.id, NOW)

    sent = await referred(world, await a_partner(world))
    await referral_silence.look(world.db, in_days(1, 1))

    assert (await all_of(world, sent)).referral.overdue_at == in_days(1, 1)


async def test_two_who_decide_at_once_leave_one_delay(world: World) -> None:
    said = [ReferralDelay(agency_id=world.agency.id, working_days=days) for days in (3, 4, 5, 6)]

    async def decide(delay: ReferralDelay) -> None:
        await delays.decide(world.db, delay, by=world.manager, now=NOW)

    await asyncio.gather(*map(decide, said))

    async with world.db.reading() as tx:
        assert await referral_delays.of(tx, world.agency.id) in said


async def test_a_mail_that_cannot_arrive_is_a_call_to_make(world: World) -> None:
    sent = await referred(world, await a_partner(world))

    await mails(world, provider=Provider(failures=[PermanentFailure("no such mailbox")]))

    assert (await all_of(world, sent)).referral.overdue_at == NOW
    assert await examine(world.db, now=NOW) == []


async def test_a_cancelled_referral_closes_the_link_and_the_partner_hears_of_it(world: World) -> None:
    sent = await referred(world, await a_partner(world))
    server, said = await mails(world), await secret(world, sent)

    await referrals.cancel(world.db, sent.id, version=None, by=world.adviser, now=NOW + DAY)
    await mails(world, NOW + DAY, server)

    assert len(server.taken) == 2 and "annulée" in server.taken[1].subject
    with pytest.raises(LinkOver):
        await referral_answers.find(world.db, said, address="::1", now=NOW + DAY)
    with pytest.raises(ReferralTold):
        await referrals.undo(world.db, sent.id, version=None, by=world.adviser, now=NOW + DAY)


async def test_a_slip_is_undone_before_the_partner_hears_of_it(world: World) -> None:
    sent = await referred(world, await a_partner(world))
    said = {"version": None, "by": world.adviser, "now": NOW + DAY}

    await referrals.cancel(world.db, sent.id, **said)
    again = await referrals.undo(world.db, sent.id, **said)
    accepted = await referrals.undo(world.db, sent.id, **said)

    assert (again.state, accepted.state, accepted.way) == (ReferralState.SENT, ReferralState.ACCEPTED, None)
    assert (await mails(world, NOW + DAY)).taken == []
    assert len((await all_of(world, sent)).steps) == 6
    assert await examine(world.db, now=NOW + DAY) == []


async def test_what_was_cancelled_by_mistake_is_told_to_the_partner_after_all(world: World) -> None:
    sent = await referred(world, await a_partner(world))
    said = {"version": None, "by": world.adviser, "now": NOW + DAY}

    await referrals.cancel(world.db, sent.id, **said)
    await referrals.undo(world.db, sent.id, **said)

    assert len((await mails(world, NOW + DAY)).taken) == 1
    assert (await referral_answers.find(world.db, await secret(world, sent), address="::1", now=NOW + DAY)).may_answer


async def test_two_who_change_one_referral_do_not_erase_each_other(world: World) -> None:
    sent = await referred(world, await a_partner(world))
    await answers(world, sent)

    with pytest.raises(StaleEdit):
        await referrals.cancel(world.db, sent.id, version=sent.version, by=world.adviser, now=NOW)


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Said(deed=Deed.CLOSED), {"outcome": "required"}),
        (Said(deed=Deed.MET), {"met_on": "required"}),
        (Said(deed=Deed.MET, met_on=date(2026, 10, 20)), {"met_on": "still-to-come"}),
        (Said(deed=Deed.SENT), {"deed": "unknown-choice"}),
    ],
)
async def test_an_answer_that_says_too_little_is_refused(world: World, said: Said, fields: dict) -> None:
    sent = await referred(world, await a_partner(world))

    with pytest.raises(InvalidField) as refused:
        await referrals.note(world.db, sent.id, said, version=None, by=world.adviser, now=NOW)

    assert refused.value.facts["fields"] == fields


async def test_referrals_go_along_when_two_people_turn_out_to_be_one(world: World) -> None:
    partner = await a_partner(world)
    kept, gone = await world.job_seeker("Diallo"), await world.job_seeker("Dialo")
    ahead, double = await referred(world, partner, gone), await referred(world, partner, kept)
    await answers(world, ahead, Deed.MET, None)

    await merging.merge(world.db, kept.id, gone.id, by=world.adviser, now=NOW)

    listed = await referral_lists.of_person(world.db, kept.id, by=world.adviser)
    assert {one.referral.id: one.referral.state for one in listed} == {
        ahead.id: ReferralState.MET,
        double.id: ReferralState.CANCELLED,
    }
    assert await examine(world.db, now=NOW) == []


async def test_the_sheet_is_kept_as_it_left_the_printer(world: World) -> None:
    sent = await referred(world, await a_partner(world))
    said = {"by": world.adviser, "now": NOW}
    found = await referral_sheets.to_print(world.db, sent.id, site=SITE, **said)

    for _ in range(2):
        await referral_sheets.printed(world.db, found, b"%PDF a sheet", **said)

    (paper,) = (await all_of(world, sent)).papers
    _, document = await evidence_logs.document(world.db, paper.id, **said)
    assert (paper.referral_id, paper.given_to, document.content) == (sent.id, found.whole.person.name, b"%PDF a sheet")
    assert await examine(world.db, now=NOW) == []


async def test_an_answer_about_somebody_erased_waits_for_nobody(world: World) -> None:
    sent = await referred(world, await a_partner(world), await world.job_seeker("Diallo"))
    await answers(world, sent)

    await erasing.ask(world.db, sent.job_seeker_id, erasing.Cause.ASKED, site=SITE, by=world.manager, now=in_days(2))

    assert await referral_lists.to_look_at(world.db, by=world.adviser) == 0
    assert await referral_lists.find(world.db, Wanted(agency_ids=None), by=world.adviser, most=5) == []


async def test_who_is_erased_is_sent_nowhere_and_his_link_is_gone(world: World) -> None:
    person = await world.job_seeker("Diallo")
    sent = await referred(world, await a_partner(world), person)
    said = await secret(world, sent)

    await erasing.ask(world.db, person.id, erasing.Cause.ASKED, site=SITE, by=world.manager, now=NOW)

    async with world.db.reading() as tx:
        row = await tx.row(select(referral_table))
        deeds = [one.deed for one in await tx.rows(select(referral_steps))]
    assert row.state is ReferralState.CANCELLED and row.job_seeker_id != person.id and Deed.CANCELLED in deeds
    assert (await mails(world)).taken == []
    with pytest.raises(LinkOver):
        await referral_answers.find(world.db, said, address="::1", now=NOW)
    assert await examine(world.db, now=NOW) == []
