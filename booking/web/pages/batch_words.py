"""What is done with many things at once, and what came of it, as the pages say it."""

from datetime import timedelta

from booking.domain.batches import Batch, BatchState, Deed, Subject
from booking.domain.job_seekers import Channel
from booking.language import Translate
from booking.services.working_off import BROKE
from booking.web.errors import REFUSALS, Words

# For one, and for several.
TITLES = {
    Deed.PUBLISH: ("Publier 1 session", "Publier %(n)s sessions"),
    Deed.SHIFT: ("Décaler 1 session", "Décaler %(n)s sessions"),
    Deed.LEAD: ("Changer l’animation de 1 session", "Changer l’animation de %(n)s sessions"),
    Deed.RESIZE: ("Changer les places de 1 session", "Changer les places de %(n)s sessions"),
    Deed.COPY: ("Copier 1 session", "Copier %(n)s sessions"),
    Deed.CANCEL: ("Annuler 1 session", "Annuler %(n)s sessions"),
    Deed.TICK: ("Noter 1 message", "Noter %(n)s messages"),
    Deed.RESEND: ("Renvoyer 1 message", "Renvoyer %(n)s messages"),
    Deed.ARCHIVE: ("Archiver 1 partenaire", "Archiver %(n)s partenaires"),
}
# What comes of it, beside who is told.
EFFECTS = {
    Deed.PUBLISH: "Les inscriptions s’ouvrent. Une personne qui attend une place de cet atelier peut en recevoir une.",
    Deed.SHIFT: "Les séances à venir changent de jour et gardent leurs heures.",
    Deed.LEAD: "Les personnes inscrites ne sont pas prévenues. Les séances déjà commencées ne changent pas.",
    Deed.RESIZE: "Les personnes inscrites ne sont pas prévenues. Une place de plus va à qui attend.",
    Deed.TICK: "Ces messages quittent la liste à imprimer, à appeler.",
    Deed.RESEND: "Chaque message repart une seule fois, et seulement s’il est encore vrai.",
    Deed.ARCHIVE: "Ces partenaires ne sont plus proposés. Les orientations en cours continuent.",
}
CHANNELS = {
    Channel.EMAIL: ("1 e-mail", "%(n)s e-mails"),
    Channel.SMS: ("1 SMS", "%(n)s SMS"),
    Channel.CALL: ("1 appel à faire", "%(n)s appels à faire"),
    Channel.LETTER: ("1 lettre à poster", "%(n)s lettres à poster"),
    Channel.HAND: ("1 papier à remettre", "%(n)s papiers à remettre"),
}
STATES = {
    BatchState.DRAFT: "À confirmer",
    BatchState.WAITING: "En attente",
    BatchState.RUNNING: "En cours",
    BatchState.DONE: "Terminé",
    BatchState.STOPPED: "Arrêté",
    BatchState.FAILED: "Interrompu",
}
BACK = {
    Subject.SESSION: ("/sessions/plusieurs", "Choisir d’autres sessions"),
    Subject.MESSAGE: ("/a-faire", "Revenir aux messages"),
    Subject.PARTNER: ("/partenaires", "Revenir aux partenaires"),
}
UNKNOWN = Words(500, "Une erreur est survenue", "Essayez celle-ci seule.")
BY_CODE = {refusal.code(): words for refusal, words in REFUSALS.items()} | {BROKE: UNKNOWN}
LONG = timedelta(seconds=90)


def counted(said: tuple[str, str], n: int, say: Translate) -> str:
    """So many of them."""
    return say(said[0]) if n == 1 else say(said[1]) % {"n": n}


def title(batch: Batch, say: Translate) -> str:
    """What is done, and with how many."""
    said = counted(TITLES[batch.deed], batch.lines_total, say)
    return say("Défaire : %(deed)s") % {"deed": said} if batch.undoes else said


def why(code: str) -> Words:
    """The words of a refusal."""
    return BY_CODE.get(code, UNKNOWN)


def left(time: timedelta | None, say: Translate) -> str:
    """How long it may still take."""
    if time is None:
        return ""
    if time > LONG:
        return say("encore %(n)s minutes environ") % {"n": round(time.total_seconds() / 60)}
    return say("encore une minute environ") if time > LONG / 3 else say("encore quelques secondes")


def progress(batch: Batch, time: timedelta | None, say: Translate) -> str:
    """How far it is, in words."""
    if not batch.is_under_way:
        return say(STATES[batch.state])
    share = 100 * batch.lines_done // batch.lines_total
    said = say("%(n)s sur %(all)s, soit %(share)s %%")
    far = said % {"n": batch.lines_done, "all": batch.lines_total, "share": share}
    return f"{far}, {rest}" if (rest := left(time, say)) else far
