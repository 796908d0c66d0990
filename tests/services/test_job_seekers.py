"""People: added with the least data, found however one types, and nobody else's."""

import pytest

from booking.domain.bookings import Party
from booking.domain.codes import spaced
from booking.domain.errors import InvalidField, NameTaken, NotAllowed, NotFound, PossibleDuplicates, StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel, JobSeeker, Need
from booking.domain.likeness import Likeness
from booking.domain.staff import Role
from booking.services import bookings, job_seekers
from booking.services.job_seekers import PersonSaid
from tests.given import NOW, World, in_days, meeting


def said(**known: object) -> PersonSaid:
    return PersonSaid(**({"first_name": "Aïssatou", "last_name": "Diallo"} | known))


async def register(world: World, **known: object) -> JobSeeker:
    return await job_seekers.register(world.db, world.agency.id, said(**known), by=world.adviser, now=NOW)


async def found(world: World, words: str, by=None) -> list[str]:
    return [p.last_name for p in await job_seekers.search(world.db, words, by=by or world.adviser)]


class TestRegistering:
    async def test_a_name_is_enough(self, world: World):
        person = await register(world)

        assert await job_seekers.show(world.db, person.id, by=world.adviser) == person
        assert person.will_receive_nothing

    async def test_all_that_was_said_is_kept_in_its_proper_form(self, world: World):
        person = await register(
            world,
            first_name="  Marie   Claire ",
            identifier=" 1234567a ",
            birth_year=1984,
            email=" Marie@Example.FR ",
            phone="06.39.98.00.01",
            address=" 3  rue des Lilas",
            postcode="38000",
            commune="Grenoble",
            preferred=Channel.CALL,
            needs=frozenset(Need),
        )

        kept = await job_seekers.show(world.db, person.id, by=world.adviser)

        assert kept == person
        assert (kept.first_name, kept.identifier) == ("Marie Claire", "1234567A")
        assert (kept.email, kept.phone, kept.phone_takes_sms) == ("Marie@example.fr", "+33639980001", True)
        assert (kept.address, kept.needs, kept.preferred) == ("3 rue des Lilas", frozenset(Need), Channel.CALL)

    async def test_every_problem_is_told_at_once_and_nothing_is_kept(self, world: World):
        with pytest.raises(InvalidField) as refused:
            await register(world, first_name=" ", phone="3949", email="marie@", birth_year=1800, commune="a\tb")

        assert refused.value.facts["fields"] == {
            "first_name": "required",
            "phone": "no-such-phone",
            "email": "no-such-email",
            "birth_year": "out-of-range",
            "commune": "bad-characters",
        }
        assert await found(world, "Diallo") == []

    async def test_an_identifier_belongs_to_one_person_of_an_agency(self, world: World):
        await register(world, identifier="1234567a")

        with pytest.raises(NameTaken):
            await register(world, last_name="Diop", identifier="1234567A")

    async def test_two_people_may_have_no_identifier(self, world: World):
        await register(world)
        await register(world)

        assert await found(world, "diallo") == ["Diallo", "Diallo"]

    async def test_people_are_added_only_where_one_may_book(self, world: World):
        lyon = await world.another_agency()

        with pytest.raises(NotAllowed):
            await job_seekers.register(world.db, world.agency.id, said(), by=world.facilitator, now=NOW)
        with pytest.raises(NotFound):
            await job_seekers.register(world.db, lyon.id, said(), by=world.adviser, now=NOW)

    async def test_an_agency_that_does_not_exist_is_not_found(self, world: World):
        everywhere = await world.staff(Role.ADMINISTRATOR, None, "Odile")

        with pytest.raises(NotFound):
            await job_seekers.register(world.db, new_id(NOW), said(), by=everywhere, now=NOW)


class TestChanging:
    async def test_a_person_is_written_anew(self, world: World):
        person = await register(world, phone="06 39 98 00 01")

        new = said(last_name="Diop", phone="")
        after = await job_seekers.change(world.db, person.id, new, by=world.adviser, now=in_days(1))

        assert await job_seekers.show(world.db, person.id, by=world.adviser) == after
        assert (after.last_name, after.phone, after.phone_takes_sms) == ("Diop", None, False)
        assert (after.created_at, after.changed_at) == (NOW, in_days(1))
        assert (await found(world, "diop"), await found(world, "diallo")) == (["Diop"], [])

    async def test_a_change_of_an_older_version_is_refused(self, world: World):
        person = await register(world)
        await job_seekers.change(world.db, person.id, said(commune="Lyon"), version=0, by=world.manager, now=in_days(1))

        with pytest.raises(StaleEdit):
            await job_seekers.change(world.db, person.id, said(), version=0, by=world.adviser, now=NOW)

        last = await job_seekers.last_change(world.db, person.id, by=world.adviser)
        assert (last.person.version, last.by_name, last.at) == (1, "Marion", in_days(1))

    async def test_a_person_is_not_given_anothers_identifier(self, world: World):
        await register(world, identifier="A1")
        person = await register(world, last_name="Diop", identifier="A2")

        with pytest.raises(NameTaken):
            await job_seekers.change(world.db, person.id, said(identifier="a1"), by=world.adviser, now=NOW)

    async def test_a_person_of_another_agency_is_not_there(self, world: World):
        stranger = await world.staff(Role.ADVISER, await world.another_agency(), "Paul")
        person = await register(world)

        with pytest.raises(NotFound):
            await job_seekers.change(world.db, person.id, said(), by=stranger, now=NOW)
        with pytest.raises(NotFound):
            await job_seekers.show(world.db, person.id, by=stranger)
        with pytest.raises(NotFound):
            await job_seekers.history(world.db, person.id, by=stranger)

    async def test_a_facilitator_sees_nobodys_file(self, world: World):
        person = await register(world)

        with pytest.raises(NotAllowed):
            await job_seekers.show(world.db, person.id, by=world.facilitator)
        with pytest.raises(NotAllowed):
            await job_seekers.search(world.db, "diallo", by=world.facilitator)


class TestSearching:
    @pytest.fixture
    async def people(self, world: World) -> None:
        await register(world, first_name="Łukasz", last_name="Pełka", phone="06 39 98 00 02", identifier="77A12")
        await register(world, first_name="Anne-Marie", last_name="Cœuret", phone="0692 12 34 56")
        await register(world, first_name="Işıl", last_name="D’Angelo")

    async def test_people_are_found_by_what_one_knows_of_them(self, world: World, people):
        known = {
            "Pełka": ["pelka", "PEŁKA lukasz", "lukasz pelka", "77a12", "06.39.98.00.02", "+33 6 39 98 00 02"],
            "Cœuret": ["coeu", "Cœuret", "marie anne", "0692123456"],
            "D’Angelo": ["isil", "d'angelo", "angelo"],
        }

        for name, ways in known.items():
            assert {words: await found(world, words) for words in ways} == {words: [name] for words in ways}

    async def test_the_last_figures_of_a_number_or_a_mail_are_enough(self, world: World, people):
        await register(world, last_name="Sow", email="Awa@Example.fr")

        assert await found(world, "00 02") == ["Pełka"]
        assert await found(world, "12.34.56") == ["Cœuret"]
        assert await found(world, "awa@exam") == ["Sow"]
        assert await found(world, "002") == []

    async def test_the_code_of_a_booking_finds_whose_it_is_and_no_stranger(self, world: World, people):
        booking = await world.booked(await world.session(), await world.job_seeker("Sow"))
        stranger = await world.staff(Role.ADVISER, await world.another_agency(), "Paul")

        assert await found(world, spaced(booking.code).lower()) == ["Sow"]
        assert await found(world, booking.code, by=stranger) == []
        await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)
        assert await found(world, booking.code) == []

    async def test_the_middle_of_a_name_or_an_unknown_number_finds_nobody(self, world: World, people):
        assert [await found(world, words) for words in ("elka", "06 39 98 00 09")] == [[], []]

    async def test_nothing_said_finds_nobody(self, world: World, people):
        signs = ["", "   ", "%", "_", "---", "\x00", "\ud800", "'; DROP TABLE job_seekers; --"]

        assert [await found(world, words) for words in signs] == [[]] * len(signs)

    async def test_a_whole_page_pasted_by_mistake_finds_nobody_and_breaks_nothing(self, world: World, people):
        assert await found(world, "mot " * 5000) == []

    async def test_only_the_people_of_ones_agencies_are_found(self, world: World, people):
        lyon = await world.another_agency()
        stranger = await world.staff(Role.ADVISER, lyon, "Paul")
        everywhere = await world.staff(Role.ADVISER, None, "Odile")

        assert await found(world, "pelka", by=stranger) == []
        assert await found(world, "06 39 98 00 02", by=stranger) == []
        assert await found(world, "pelka", by=everywhere) == ["Pełka"]


class TestDuplicates:
    async def alike(self, world: World, agency=None, **known: object) -> list[str]:
        where = (agency or world.agency).id
        by = world.adviser if agency is None else await world.staff(Role.ADVISER, agency, "Paul")
        return [p.last_name for p in await job_seekers.alike(world.db, where, said(**known), by=by, now=NOW)]

    async def test_the_same_name_phone_or_mail_may_be_the_same_person(self, world: World):
        await register(world, phone="06 39 98 00 01", email="Aissatou@example.fr")
        awa = {"first_name": "Awa", "last_name": "Sow"}
        same = [{"first_name": "AISSATOU", "last_name": "diallo"}]
        same += [awa | {"phone": "+33 639 98 00 01"}, awa | {"email": "Aissatou@EXAMPLE.fr"}]

        assert [await self.alike(world, **known) for known in same] == [["Diallo"]] * 3

    async def test_a_name_the_other_way_round_or_a_letter_apart_may_be_the_same(self, world: World):
        await register(world)

        slips = [("Aïssatou", "Dialo"), ("Aissatu", "Diallo"), ("Diallo", "Aïssatou"), ("Diallo", "Aisatou")]
        for first, last in slips:
            assert await self.alike(world, first_name=first, last_name=last) == ["Diallo"], (first, last)

    async def test_who_is_not_sure_is_told_of_who_is_known(self, world: World):
        known = await register(world)

        with pytest.raises(PossibleDuplicates) as refused:
            await job_seekers.register(
                world.db, world.agency.id, said(last_name="Dialo"), is_sure=False, by=world.adviser, now=NOW
            )

        [candidate] = refused.value.facts["candidates"]
        assert (candidate["job_seeker_id"], candidate["because"]) == (known.id, Likeness.ONE_LETTER)

    async def test_somebody_else_is_nobody_known(self, world: World):
        await register(world, phone="06 39 98 00 01")

        assert await self.alike(world, first_name="Awa", phone="06 39 98 00 02", email="pas une adresse") == []

    async def test_nobody_of_another_agency_is_shown(self, world: World):
        await register(world)

        assert await self.alike(world, agency=await world.another_agency()) == []


async def test_what_somebody_booked_is_told_latest_session_first(world: World) -> None:
    person = await register(world)
    early, late = await world.session(), await world.session(meeting(in_days(20)))
    for session in (late, early):
        await world.booked(session, person)

    booked = await job_seekers.history(world.db, person.id, by=world.adviser)

    assert [b.session.id for b in booked] == [late.id, early.id]
    assert booked[0].workshop_title == world.workshop.title
