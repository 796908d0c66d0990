"""``ateliers jobs``."""

import asyncio
import json
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import delete, update

from booking.cli import jobs_drain
from booking.cli.job_words import CONCERNS, TICKS
from booking.cli.jobs_simulate import FATES
from booking.cli.moments import clock_time, instant
from booking.delivery.deliveries import Deliveries
from booking.domain.messages import LEASED, MessageKind, MessageState
from booking.jobs import TICKS as BEATS
from booking.services import ticking
from booking.services.standings import Concern
from booking.storage.opening import open_database
from booking.storage.tables import messages
from tests.cli.conftest import Ateliers
from tests.given import World, meeting
from tests.outside import Provider

T = TypeVar("T")
SOON = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=20)
NEXT_YEAR = f"{SOON.year + 1}-07-01T12:00"


def within(folder: Path, work: Callable[[World], Awaitable[T]]) -> T:
    """What this does in a world of this folder's database."""

    async def run() -> T:
        db = open_database(f"sqlite:///{folder / 'ateliers.sqlite3'}")
        try:
            return await work(await World.begin(db))
        finally:
            await db.close()

    return asyncio.run(run())


async def somebody_booked(world: World) -> None:
    session = await world.session(meeting(SOON), overridden_because="Prévu ainsi")
    await world.booked(session, await world.job_seeker(email="awa@example.org"), now=datetime.now(UTC))


async def beaten(world: World) -> None:
    async def nothing(_: object, __: object) -> int:
        return 0

    for name in ticking.NAMES:
        await ticking.record(world.db, name, nothing)


def change(folder: Path, statement: object) -> None:
    async def run() -> None:
        db = open_database(f"sqlite:///{folder / 'ateliers.sqlite3'}")
        async with db.transaction() as tx:
            await tx.run(statement)  # type: ignore[arg-type]
        await db.close()

    asyncio.run(run())


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Provider:
    """Takes the mail of these commands."""
    provider = Provider()
    for module in ("status", "drain", "simulate"):
        monkeypatch.setattr(f"booking.cli.jobs_{module}.deliveries_of", lambda _: Deliveries(provider))
    return provider


def test_everything_has_words() -> None:
    assert CONCERNS.keys() == set(Concern)
    assert {*ticking.NAMES, *(beat.name for beat in BEATS)} <= TICKS.keys()
    assert FATES.keys() >= set(MessageState) - {*LEASED, "accepted", "delivered", "done", "cancelled"}


def test_where_nothing_ever_ran_somebody_is_needed(ateliers: Ateliers) -> None:
    said = ateliers("jobs", "status")

    assert said.exit_code == 2
    assert said.stdout.startswith("Une tâche ne tourne plus")
    assert "envoi des messages (send) : jamais lancée, EN RETARD" in said.stdout
    assert "aucun n’est réglé : tout est laissé à des personnes" in said.stdout


def test_where_all_beats_all_is_well(ateliers: Ateliers, folder: Path, mail: Provider) -> None:
    within(folder, beaten)

    said = ateliers("jobs", "status")

    assert (said.exit_code, said.stdout.splitlines()[0]) == (0, "Tout va bien.")
    assert "e-mail : prêt" in said.stdout


def test_a_program_reads_the_status(ateliers: Ateliers, folder: Path) -> None:
    within(folder, somebody_booked)

    told = json.loads(ateliers("jobs", "status", "--json").stdout)

    assert told["concerns"] == ["silent"]
    assert datetime.fromisoformat(told["at"]).tzinfo and "T" in told["at"]
    assert {(one["state"], one["number"]) for one in told["messages"]} == {("planned", 3)}


def test_a_dry_run_names_what_is_missing_and_writes_nothing(ateliers: Ateliers, folder: Path) -> None:
    within(folder, somebody_booked)
    change(folder, delete(messages).where(messages.c.kind == MessageKind.REMINDER))
    before = (folder / "ateliers.sqlite3").read_bytes()

    said = ateliers("jobs", "plan", "--dry-run")

    assert "Rappels qui manquent : 2. Rappels à retirer : 0. Rien n’est écrit." in said.stdout
    assert "Premiers pas avec l’ordinateur, Grenoble Bastille : 2 en moins, 0 de trop" in said.stdout
    assert (folder / "ateliers.sqlite3").read_bytes() == before


def test_what_is_missing_is_planned_once(ateliers: Ateliers, folder: Path) -> None:
    within(folder, somebody_booked)
    change(folder, delete(messages).where(messages.c.kind == MessageKind.REMINDER))

    said = [ateliers("jobs", "plan").stdout for _ in range(2)]

    assert said == ["Rappels prévus : 2. Rappels retirés : 0.\n", "Rien ne manquait.\n"]
    assert ateliers("jobs", "plan", "--dry-run").stdout == "Rien ne manque.\n"


def test_dead_messages_are_planned_again_once(ateliers: Ateliers, folder: Path) -> None:
    within(folder, somebody_booked)
    lost = update(messages).where(messages.c.kind == MessageKind.CONFIRMATION)
    change(folder, lost.values(state=MessageState.DEAD, settled_at=datetime.now(UTC)))

    first = ateliers("jobs", "retry", "--agency", "grenoble-bastille", "--since", "2026-01-01")
    again = ateliers("jobs", "retry")

    assert first.stdout.startswith("Messages prévus de nouveau : 1. Déjà repris : 0.")
    assert again.stdout.startswith("Messages prévus de nouveau : 0. Déjà repris : 1.")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("retry", "--since", "hier"), "Date illisible : hier. Écrivez par exemple : --since 2026-12-01"),
        (("retry", "--agency", "nulle-part"), "Aucune agence n’a l’adresse « nulle-part »"),
        (("simulate", "--now", "demain"), "Heure illisible : demain. Écrivez par exemple : --now 2026-12-01T18:00"),
        (("simulate", "--now", "2020-12-01T18:00"), "Cette heure est passée"),
        (("simulate", "--now", "2027-03-28T02:30"), "Cette heure n’existe pas ce jour-là"),
        (("simulate",), "--now"),
        (("drain", "--seconds", "0"), "--seconds"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(ateliers: Ateliers, words: tuple[str, ...], told: str) -> None:
    said = ateliers("jobs", *words)

    assert said.exit_code in (1, 2)
    assert told in said.stderr and "Traceback" not in said.stderr


def test_a_simulation_says_what_leaves_and_changes_nothing(ateliers: Ateliers, folder: Path, mail: Provider) -> None:
    within(folder, somebody_booked)
    before = (folder / "ateliers.sqlite3").read_bytes()
    day = (SOON - timedelta(days=1)).date()

    said = ateliers("jobs", "simulate", "--now", f"{day}T12:00")

    assert said.exit_code == 0, said.stderr
    assert f"Le {day:%d/%m/%Y} à 12 h (heure de Europe/Paris) :" in said.stdout
    assert "1 Rappel, e-mail, Grenoble Bastille" in said.stdout
    assert "Dans l’heure qui suit :\n  Rien." in said.stdout
    assert (folder / "ateliers.sqlite3").read_bytes() == before
    assert not mail.taken


def test_what_comes_after_the_session_comes_too_late(ateliers: Ateliers, folder: Path) -> None:
    within(folder, somebody_booked)

    assert "Viendraient trop tard : 3" in ateliers("jobs", "simulate", "--now", NEXT_YEAR).stdout


def test_what_is_due_leaves_without_a_server(ateliers: Ateliers, folder: Path, mail: Provider) -> None:
    within(folder, somebody_booked)

    first, second = ateliers("jobs", "drain"), ateliers("jobs", "drain")

    assert first.stdout.endswith("Messages traités : 1. Plus rien n’attend.\n")
    assert second.stdout.endswith("Messages traités : 0. Plus rien n’attend.\n")
    assert [letter.address for letter in mail.taken] == ["awa@example.org"]


def test_it_stops_when_it_is_told_to_and_leaves_nothing_half_done(
    ateliers: Ateliers, folder: Path, mail: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    within(folder, somebody_booked)

    async def interrupted(db, deliveries, now, *, is_over, told, **_: object) -> int:
        told(1)
        signal.raise_signal(signal.SIGINT)
        await asyncio.sleep(0)
        while not is_over():  # noqa: ASYNC110 - the signal comes by the loop
            await asyncio.sleep(0.01)
        return 1

    monkeypatch.setattr(jobs_drain, "send", interrupted)

    said = ateliers("jobs", "drain")

    assert said.exit_code == 0
    assert "Messages traités : 1. Arrêté avant la fin : le reste partira la prochaine fois." in said.stdout


def test_how_far_it_is_is_told_each_second(ateliers: Ateliers, mail: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    async def slow(db, deliveries, now, *, is_over, told, **_: object) -> int:
        told(7)
        await asyncio.sleep(0.1)
        return 7

    monkeypatch.setattr(jobs_drain, "send", slow)
    monkeypatch.setattr(jobs_drain, "LINE_EVERY", 0.03)

    assert "0 s : 7 messages traités\n" in ateliers("jobs", "drain").stdout


def test_a_time_with_its_zone_is_that_time() -> None:
    assert instant("2026-12-01T18:00+04:00", "Europe/Paris", "") == datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    assert instant("2026-12-01T18:00", "Europe/Paris", "") == datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
    assert clock_time(datetime(2026, 12, 1, 17, 5, tzinfo=UTC), "Europe/Paris") == "01/12/2026 à 18 h 05"
