"""What a partner sees behind his secret link, and how he answers: without an account or a script, on any phone."""

from typing import Any, ClassVar

from litestar import Controller, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect

from booking.domain.errors import LinkOver, Refused
from booking.domain.referrals import Outcome, Shared
from booking.language import ENGLISH, FRENCH, NAMES, chosen, translate
from booking.services import referral_answers
from booking.services.referral_answers import Shown
from booking.web.errors import field_words, words_of
from booking.web.forms import Form, read_linked_form
from booking.web.pages import partner_words, referral_words, words
from booking.web.pages.readers import Reader, reader
from booking.web.pages.referrals import said_in
from booking.web.pages.self_service import SECRET
from booking.web.rendering import Page, page
from booking.web.security import address_of, host_only

LANGUAGES = {code: NAMES[code] for code in (FRENCH, ENGLISH)}
HALF_A_YEAR = 182 * 86400
TAKE_BACK = "corriger"


class PartnerAnswerPages(Controller):
    """Whoever has the address is the partner. A program that only opens the link changes nothing."""

    path = "/o/{secret:str}"
    dependencies: ClassVar = {"reader": Provide(reader), "form": Provide(read_linked_form)}

    @get("/")
    async def show(self, reader: NamedDependency[Reader], secret: FromPath[str]) -> Page:
        """Who comes, for what, and what was said of it so far."""
        try:
            found = await _found(reader, secret)
        except LinkOver as over:
            return _over(reader, over)
        return _page(reader, found)

    @post("/")
    async def answer(
        self, reader: NamedDependency[Reader], form: NamedDependency[Form], secret: FromPath[str]
    ) -> Response[Any]:
        """Keep what he says, or take the last of it back."""
        try:
            found = await _found(reader, secret)
            if form.get("faire") == TAKE_BACK:
                await referral_answers.take_back(reader.db, secret, now=reader.now)
            else:
                await referral_answers.answer(reader.db, secret, said_in(form), now=reader.now)
        except LinkOver as over:
            return _over(reader, over)
        except Refused as refusal:
            return _page(reader, found, refusal, form)
        done = "retire" if form.get("faire") == TAKE_BACK else "merci"
        return Redirect(f"/o/{secret}?fait={done}#fait", status_code=303, headers=SECRET)


async def _found(reader: Reader, secret: str) -> Shown:
    return await referral_answers.find(reader.db, secret, address=address_of(reader.request), now=reader.now)


def _page(reader: Reader, found: Shown, refusal: Refused | None = None, form: Form | None = None) -> Page:
    person, referral = found.whole.person, found.whole.referral
    # Once it is over, nobody needs to reach the person any more.
    reached_by = referral.shared if referral.is_at_partner else ()
    status = words_of(refusal).status if refusal else 200
    shown = {
        "found": found,
        "phone": words.phone(person.phone) if Shared.PHONE in reached_by and person.phone else "",
        "email": person.email if Shared.EMAIL in reached_by else "",
        "done": reader.asked("fait") if not refusal else "",
        "typed": dict(form.pairs) if form else {},
        "says": referral_words.SAYS,
        "asked": referral_words.ASKED,
        "outcomes": list(Outcome),
        "words": referral_words,
        "partner_words": partner_words,
        "spoken": words.LANGUAGES.get(person.language, ""),
    }
    return _told(reader, "referrals/partner.html", status, shown, refusal)


def _over(reader: Reader, over: Refused) -> Page:
    """The same for a link that nobody made, one that was revoked and one that is too old."""
    return _told(reader, "referrals/over.html", words_of(over).status, {})


def _told(reader: Reader, template: str, status: int, shown: dict[str, Any], refusal: Refused | None = None) -> Page:
    name = host_only(reader.site, "langue-partenaire")
    wish = reader.asked("langue") if reader.asked("langue") in LANGUAGES else ""
    language = chosen(wish or reader.request.cookies.get(name), reader.request.headers.get("accept-language", ""))
    language = language if language in LANGUAGES else FRENCH
    around: dict[str, Any] = {"language": language, "languages": LANGUAGES}
    if refusal:
        fields = field_words(refusal.facts.get("fields", {}), translate(language))
        around |= {"refusal": words_of(refusal), "errors": fields}
    made = page(reader.request, reader.site, template, status=status, **around, **shown)
    made.headers.update(SECRET)
    if wish:
        secure = reader.site.url.startswith("https:")
        kept = {"max_age": HALF_A_YEAR, "path": "/", "samesite": "lax", "secure": secure, "httponly": True}
        made.cookies.append(Cookie(name, value=wish, **kept))  # type: ignore[arg-type]
    return made
