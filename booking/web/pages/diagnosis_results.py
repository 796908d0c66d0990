"""A diagnosis that was made: its answers beside those before, what is suggested, and what the adviser decides."""

from dataclasses import dataclass
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.comparing import compared
from booking.domain.diagnoses import Choice, Reason, Verdict
from booking.domain.errors import InvalidField, Refused
from booking.domain.idempotency import once
from booking.domain.questionnaires import Questionnaire
from booking.domain.staff import Right
from booking.domain.suggestions import Answers, Kind, Suggested, Suggestion
from booking.services import choosing, diagnoses, fruits, looking, suggested_seats
from booking.services.diagnoses import Known
from booking.services.fruits import Fruits
from booking.storage.listings import Listed
from booking.web.forms import Form
from booking.web.pages import diagnosis_words, words
from booking.web.pages.seat_searches import Search
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page, language_of

NOBODY = UUID(int=0)
REFERRED = (Kind.OFFER, Kind.PARTNER)
DONE = {
    "garde": "Le diagnostic est enregistré. Décidez maintenant de chaque suggestion.",
    "suivie": "C’est noté : la suggestion est suivie.",
    "ecartee": "C’est noté : la suggestion est écartée.",
    "rouverte": "C’est défait : la suggestion attend une décision.",
    "prevenue": "C’est noté. La personne sera prévenue ainsi.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A suggestion with what was decided, what came of it, and where it leads."""

    suggested: Suggested
    choice: Choice | None
    fruits: Fruits
    seat: Listed | None = None
    href: str = ""

    @property
    def key(self) -> str:
        """The name of the suggestion."""
        return self.suggested.suggestion.key

    @property
    def kind(self) -> str:
        """What is suggested, for templates."""
        return str(self.suggested.suggestion.kind)

    @property
    def has_borne(self) -> bool:
        """Whether something came of it, even if it ended since."""
        return bool(self.fruits.referrals or (self.choice and self.choice.booking_id))

    @property
    def id(self) -> str:
        """What the card is called on its page."""
        return "s-" + "".join(sign if sign.isalnum() else "-" for sign in self.key)


class DiagnosisResultPages(Controller):
    """For who looks after people."""

    path = "/diagnostics/{diagnosis_id:uuid}"

    @get()
    async def show(self, visit: NamedDependency[Visit], diagnosis_id: FromPath[UUID]) -> Page:
        """Answers, suggestions, decisions."""
        return await _page(visit, diagnosis_id)

    @post("/decision")
    async def decide(self, visit: NamedDependency[Visit], diagnosis_id: FromPath[UUID]) -> Answer:
        """Follow a suggestion, set it aside, or reopen it."""
        form = await visit.form()
        key, about = form.get("suggestion"), {"by": visit.staff, "now": visit.now}
        try:
            reason = form.choice("reason", Reason)
            verdict = form.choice("verdict", Verdict)
            form.problems.refuse()
            if verdict is None:
                await choosing.undecide(visit.db, diagnosis_id, key, **about)
                return see(f"/diagnostics/{diagnosis_id}?fait=rouverte")
            said = {"reason": reason, "words": form.get("words") if reason else ""}
            made = await choosing.decide(visit.db, diagnosis_id, key, verdict, **said, **about)
        except Refused as refusal:
            return await _page(visit, diagnosis_id, form, refusal)
        return await _after(visit, diagnosis_id, made)

    @post("/inscription")
    async def book(self, visit: NamedDependency[Visit], diagnosis_id: FromPath[UUID]) -> Answer:
        """The seat at once; where it is no more, the page on which one looks for another."""
        form = await visit.form()
        key, session_id = form.get("suggestion"), form.id("session") or NOBODY
        typed = form.get("once")[:100]
        asked = ("suggested", diagnosis_id, key, session_id)
        protected = once(visit.staff.id, f"{typed}:suggested" if typed else None, *asked)
        try:
            done = await choosing.book(
                visit.db, diagnosis_id, key, session_id, once=protected, by=visit.staff, now=visit.now
            )
        except Refused as refusal:
            return await _page(visit, diagnosis_id, form, refusal)
        search = Search(person=str(done.booking.job_seeker_id))
        return see(f"{search.href(done=done.booking.id)}#fait")

    @post("/reprise")
    async def take_back(self, visit: NamedDependency[Visit], diagnosis_id: FromPath[UUID]) -> Answer:
        """It was a slip: begin again."""
        await visit.form()
        try:
            person_id = await diagnoses.take_back(visit.db, diagnosis_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _page(visit, diagnosis_id, None, refusal)
        return see(f"/personnes/{person_id}/diagnostic?fait=repris")


async def _page(visit: Visit, diagnosis_id: UUID, form: Form | None = None, refusal: Refused | None = None) -> Page:
    found = await diagnoses.show(visit.db, diagnosis_id, by=visit.staff)
    person_id = found.diagnosis.job_seeker_id
    person = await looking.show(visit.db, person_id, by=visit.staff, now=visit.now, way="diagnosis")
    every = await diagnoses.of_person(visit.db, person_id, by=visit.staff)
    before = next((one for one in every if one.diagnosis.answered_at < found.diagnosis.answered_at), None)
    cards = await _cards(visit, found)
    shown = {
        "person": person,
        "known": found,
        "before": before,
        "former": [one for one in every if one.diagnosis.id != diagnosis_id],
        "is_last": every[0].diagnosis.id == diagnosis_id,
        "lines": compared(_sides(found), _sides(before) if before else None),
        "cards": cards,
        "may_book": visit.staff.may(Right.BOOK, person.agency_id),
        "may_take_back": found.diagnosis.is_fresh(visit.now) and not any(one.has_borne for one in cards),
        "tried": form.get("suggestion") if form else "",
        "typed": {"reason": form.get("reason"), "words": form.get("words")} if form else {"reason": "", "words": ""},
        "done": DONE.get(visit.asked("fait")),
        "words": diagnosis_words,
        "trade": words,
        "reasons": list(Reason),
        "say": visit.say,
        "tongue": language_of(visit.request),
    }
    if refusal:
        told = {"missing": refusal.facts.get("fields", {})} if isinstance(refusal, InvalidField) else {"missing": {}}
        return visit.refused("diagnoses/show.html", refusal, **shown, **told)
    return visit.page("diagnoses/show.html", **shown, missing={})


def _sides(known: Known) -> tuple[Questionnaire, Answers]:
    return known.questionnaire, known.diagnosis.answers


async def _cards(visit: Visit, found: Known) -> list[Card]:
    came = await fruits.of(visit.db, found.diagnosis, by=visit.staff)
    person_id, cards = found.diagnosis.job_seeker_id, []
    for one in found.suggested:
        wanted = one.suggestion
        choice, fruit = found.choice(wanted.key), came.of(wanted, found.choice(wanted.key))
        is_open = wanted.kind is Kind.WORKSHOP and not fruit and not (choice and choice.verdict is Verdict.SET_ASIDE)
        seat = (
            await suggested_seats.best(visit.db, person_id, wanted, by=visit.staff, now=visit.now) if is_open else None
        )
        href = address(found, wanted)
        cards.append(Card(suggested=one, choice=choice, fruits=fruit, seat=seat, href=href))
    return cards


def address(found: Known, wanted: Suggestion) -> str:
    """Where one goes on by hand: the seats of this level, or a referral that begins with what is known."""
    person_id = found.diagnosis.job_seeker_id
    if wanted.kind is Kind.WORKSHOP:
        return Search(person=str(person_id), level=str(wanted.level)).href()
    if wanted.kind in REFERRED:
        return f"/personnes/{person_id}/orientations/nouvelle?service={wanted.what}&diagnostic={found.diagnosis.id}"
    return ""


async def _after(visit: Visit, diagnosis_id: UUID, made: Choice) -> Answer:
    """What is followed leads where it is done."""
    if made.verdict is Verdict.SET_ASIDE:
        return see(f"/diagnostics/{diagnosis_id}?fait=ecartee")
    if made.kind in REFERRED:
        found = await diagnoses.show(visit.db, diagnosis_id, by=visit.staff)
        return see(address(found, found.named(made.suggestion).suggestion))
    return see(f"/diagnostics/{diagnosis_id}?fait={'prevenue' if made.kind is Kind.CHANNEL else 'suivie'}")
