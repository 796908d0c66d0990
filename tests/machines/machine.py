"""The machine: any deed, by anybody, at any time; after each the product says and has what the model says."""

from copy import deepcopy
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from booking.services import doctor
from tests.machines import deeds, model
from tests.machines.model import HOUR, MINUTE
from tests.machines.product import Product, written
from tests.machines.stage import Stage

SECOND = timedelta(seconds=1)
JOBS = ("end_due", "release_due", "close_over", "end_pointless", "serve_waiting")
ACTIVE = (*model.SEATED, "waitlisted")
# Places that end by themselves come more often than sessions do.
MOMENTS = ("until", "until", "until", "kept", "kept", "starts", "ends")
OFTEN = (
    "book",
    "hold",
    "wait",
    "cancel",
    "confirm_or_accept",
    "join",
    "move",
    "slip",
    "keep_seats",
    "time_passes_until",
)
SELDOM = ("decline_or_let_go", "undo", "leave", "book_a_group", "change_capacity", "let_seats_go", "cancel_session")
SELDOM += ("time_passes", "clock_strikes", "sit_beside")
DEEDS = 2 * OFTEN + SELDOM


class Seats(RuleBasedStateMachine):
    """A run on a database of its own."""

    stage: ClassVar[Stage]

    def __init__(self) -> None:
        super().__init__()
        self.url, self.db = self.stage.opened()
        self.b = deepcopy(self.stage.book)
        self.product = Product(self.db, self.stage.by, self.b["now"])
        self.sessions, self.people = list(self.b["sessions"]), list(self.b["people"])
        self.agencies = list(self.b["agencies"])
        self.workshops = list(dict.fromkeys(x["workshop"] for x in self.b["sessions"].values()))

    @initialize(crowd=st.permutations(range(5)), full=st.integers(2, 4), turn=st.integers(0, 4), is_kept=st.booleans())
    def fill(self, crowd: list[int], full: int, turn: int, is_kept: bool) -> None:
        """Most sessions are full, and somebody waits for some of them: an empty one teaches little."""
        for s, p in zip(range(full), crowd, strict=False):
            self.both("hold" if s == crowd[4] else "book", self.sessions[s], self.people[p])
        for n in range(turn):
            self.both("wait", self.sessions[n], self.people[crowd[(n + turn) % 5]], n == turn - 1)
        self.both("join", self.workshops[0], self.people[crowd[4]], tuple(self.agencies), False)
        if is_kept:
            self.both("resize", self.sessions[turn % 4], 2)
            self.both("keep", self.sessions[turn % 4], self.agencies[turn % 2], 1, self.b["now"] + HOUR)

    @rule(
        deed=st.sampled_from(DEEDS),
        s=st.integers(0, 3),
        p=st.integers(0, 4),
        n=st.integers(0, 1000),
        yes=st.booleans(),
    )
    def do(self, deed: str, s: int, p: int, n: int, yes: bool) -> None:
        """One rule for all deeds: given several, hypothesis leaves most of them out of a run, and a seat needs all."""
        getattr(self, deed)(self.sessions[s], self.people[p], n, yes)

    # What is done

    def book(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        self.both("book", s, p)

    def hold(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        """As often as not in a seat that is new."""
        if yes:
            self.change_capacity(s, p, n, yes)
        self.both("hold", s, p)

    def wait(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        self.both("wait", s, p, yes)

    def cancel(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        self.to_place("cancel", n, *(model.SEATED if yes else ACTIVE))

    def decline_or_let_go(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        self.to_place("cancel", n, *model.LIMITED)

    def confirm_or_accept(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        self.to_place("confirm", n, *model.LIMITED)

    def undo(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        """As one clicks at once, or of anything that ever ended."""
        self.to_place("restore", n, "just" if yes else "cancelled")

    def slip(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        """Cancelled and at once taken back, if nobody waits."""
        self.cancel(s, p, n, yes)
        self.to_place("restore", n, "just")

    def move(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        self.to_place("move", n, *ACTIVE, target=s)

    def join(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        where = (self.agencies[:1], self.agencies[1:], self.agencies)[n % 3]
        self.both("join", self.workshops[n % 2], p, tuple(where), yes)

    def sit_beside(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        """Wait for a session, then sit in one at the same hour or of the same workshop, so that its seat stays free."""
        beside = self.sessions[self.sessions.index(s) ^ (1 + yes)]
        self.both("wait", s, p, yes)
        self.both("resize", beside, self.b["sessions"][beside]["capacity"] + 1)
        self.both("book", beside, p)
        self.both("resize", s, self.b["sessions"][s]["capacity"] + 1)
        seat = model.place_of(self.b, beside, p)
        if seat and n % 2:
            self.answers("cancel", (seat,), (seat["id"],))

    def leave(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        among = [x for x in self.b["waits"] if yes or x["state"] == "waiting"]
        if among:
            wait = among[n % len(among)]
            self.answers("leave", (wait,), (wait["id"],))

    def book_a_group(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        other = self.people[n % 5]
        if other != p:
            self.both("resize", s, self.b["sessions"][s]["capacity"] + n % 3)
            self.both("group", s, [p, other], yes)

    def change_capacity(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        self.both("resize", s, max(1, self.b["sessions"][s]["capacity"] + (1 if yes else -1)))

    def keep_seats(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        if yes:
            self.change_capacity(s, p, n, yes)
        until = self.b["now"] + (1, 1, 3, 20)[n % 4] * HOUR
        self.both("keep", s, self.b["people"][p], 1 + n % 2, until)

    def let_seats_go(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        kept = list(self.b["kept"]) or [(s, self.b["people"][p])]
        self.both("let_go", *kept[n % len(kept)])

    def cancel_session(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        if yes and n % 2:
            self.both("cancel_session", s)

    # The clock

    def time_passes(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        self.b["now"] += (1, 4, 6, 11, 25, 31)[n % 6] * MINUTE

    def time_passes_until(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        """Just before, at, or after the next moment at which something ends or begins by itself."""
        coming = sorted(at for at in self.moments()[MOMENTS[n % 7]] if at > self.b["now"] + 3 * SECOND)
        if coming:
            self.b["now"] = coming[0] + (-2, -1, 0, 60)[n % 4] * SECOND
        if yes:
            self.both("end_due")

    def clock_strikes(self, s: UUID, p: UUID, n: int, yes: bool) -> None:
        for job in JOBS if yes else [JOBS[n % len(JOBS)]]:
            self.both(job)

    def teardown(self) -> None:
        try:
            for job in JOBS:
                self.both(job)
            assert self.stage.runner.run(doctor.examine(self.db, now=self.b["now"])) == []
        finally:
            self.stage.closed(self.url, self.db)

    # What is compared

    def both(self, deed: str, *what: Any) -> None:
        """The same deed in the model and by the product."""
        self.answers(deed, what, what)

    def to_place(self, deed: str, n: int, *states: str, **more: UUID) -> None:
        """The same for a place in one of these states (``just``: cancelled a moment ago), now and then in any other."""
        at = self.b["now"] - 2 * SECOND
        among = [x for x in self.b["places"] if x["state"] in states or ("just" in states and x["changed"] > at)]
        if n % 16 == 7:
            among = self.b["places"]
        if among:
            place = among[n % len(among)]
            self.answers(deed, (place, *more.values()), (place["id"], *more.values()))

    def answers(self, deed: str, in_model: tuple[Any, ...], in_product: tuple[Any, ...]) -> None:
        self.b["now"] += SECOND
        self.product.now = self.b["now"]
        says = self.stage.runner.run(self.product.attempt(deed, *in_product))
        should = deeds.attempt(self.b, getattr(deeds, deed), *in_model)
        assert says == should, f"{deed}: says {says!r}, should say {should!r}"
        self.is_written(self.stage.runner.run(written(self.db)))

    def is_written(self, has: dict[str, Any]) -> None:
        """What the tables say is what the model says; and the model learns the names of what is new in it."""
        self.name(self.b["places"], has["places"], "session", "job_seeker")
        self.name(self.b["waits"], has["waits"], "workshop", "job_seeker")
        assert {x["id"]: x["state"] for x in has["waits"]} == {x["id"]: x["state"] for x in self.b["waits"]}
        seats = {x["id"]: (x["state"], x["state"] in model.SEATED and x["is_from_contingent"]) for x in has["places"]}
        should = {x["id"]: (x["state"], x["state"] in model.SEATED and x["kept"]) for x in self.b["places"]}
        assert seats == should
        assert has["kept"] == {key: c["unused"] for key, c in self.b["kept"].items()}
        assert has["sessions"] == {s: self.counted(s) for s in self.b["sessions"]}
        self.must_end(has["places"])

    @staticmethod
    def name(ours: list[dict[str, Any]], rows: list[dict[str, Any]], *columns: str) -> None:
        """Each new thing of the model has the id of the new row that is about the same."""
        new, known = [x for x in ours if x["id"] is None], {x["id"] for x in ours}
        rows = [row for row in rows if row["id"] not in known]
        for x in new:
            fitting = [
                row for row in rows if all(row[f"{c}_id"] == x["person" if c == "job_seeker" else c] for c in columns)
            ]
            x["id"] = fitting[0]["id"] if fitting else None

    def counted(self, s: UUID) -> tuple[Any, ...]:
        session, seated = self.b["sessions"][s], len(model.seated_in(self.b, s))
        waiting = len(model.waiting_in(self.b, s))
        return session["state"], session["capacity"], seated, waiting, model.kept_in(self.b, s)

    def must_end(self, rows: list[dict[str, Any]]) -> None:
        """A hold ends as the agency says; an offer gives half an hour at least, and an hour before the session."""
        until = {row["id"]: row["deadline_at"] for row in rows}
        for x in self.b["places"]:
            if x["state"] == "offered" and x["until"] is None:
                x["until"] = until[x["id"]]
                begins = self.b["sessions"][x["session"]]["meetings"][0][0]
                assert self.b["now"] + 30 * MINUTE <= x["until"] <= begins - HOUR
            assert x["until"] == until[x["id"]]

    def moments(self) -> dict[str, list[Any]]:
        meetings = [m for x in self.b["sessions"].values() for m in x["meetings"]]
        return {
            "until": [x["until"] for x in self.b["places"] if x["until"]],
            "kept": [c["until"] for c in self.b["kept"].values()],
            "starts": [m[0] for m in meetings],
            "ends": [m[1] for m in meetings],
        }
