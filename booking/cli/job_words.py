"""What ``ateliers jobs status`` says, in plain French: first what needs a person, then everything."""

from collections.abc import Iterable

from booking.cli.moments import clock_time
from booking.services.standings import Concern, Counted, ProviderStanding, Standing, TickStanding
from booking.web.pages.provider_words import TROUBLES
from booking.web.pages.words import CHANNELS, MESSAGES

CONCERNS = {
    Concern.SILENT: "Une tâche ne tourne plus : un serveur (« ateliers serve » ou « ateliers worker ») est-il lancé ?",
    Concern.OVERDUE: "Un message attend depuis plus de dix minutes : lancez un serveur, ou « ateliers jobs drain ».",
    Concern.DEAD: "Des messages n’ont pu partir d’aucune façon : appelez ces personnes, ou « ateliers jobs retry ».",
    Concern.RESTING: "Un moyen d’envoi est en panne : regardez son réglage et son fournisseur.",
    Concern.FULL: "Le plafond du jour est atteint : le reste part demain, ou changez « ATELIERS_SMS_A_DAY ».",
    Concern.CREDIT: "Il reste peu de crédit chez le fournisseur : achetez-en.",
    Concern.WEBHOOKS: "Un programme prévenu de ce qui change ne répond plus : écrivez à qui s’en occupe.",
    Concern.CALENDARS: "Un agenda extérieur est illisible : vérifiez son adresse avec son propriétaire.",
    Concern.AUDIT: "Le journal n’est plus tel qu’il a été écrit : lancez « ateliers audit verify ».",
}
TICKS = {
    "send": "envoi des messages",
    "sweep": "retrait de ce qui vient trop tard",
    "reap": "reprise des envois interrompus",
    "reconcile": "rappels qui manquent",
    "close_over": "fin des sessions",
    "make_ups": "fin des rattrapages",
    "phases": "étapes d’agence à leur date",
    "release": "places gardées rendues",
    "lapse": "fin des places proposées",
    "serve": "places pour qui attend",
    "leave": "fin des attentes",
    "webhooks": "programmes à prévenir",
    "figures": "chiffres à compter",
    "staff_mails": "e-mails aux équipes",
    "calendars": "agendas extérieurs",
    "entries": "entrées d’agenda",
    "replies": "réponses des agendas",
    "credit": "crédit chez le fournisseur de SMS",
    "receipts": "accusés de réception des SMS",
    "sms_answers": "réponses par SMS",
    "forget_texts": "oubli des SMS reçus",
    "evidence": "oubli des preuves anciennes",
    "sent_texts": "oubli des textes envoyés",
    "seal": "scellement du journal",
    "watch": "vérification du journal",
    "exports": "préparation des fichiers demandés",
    "old_exports": "oubli des fichiers échus",
    "batches": "actions groupées",
    "old_batches": "oubli des actions groupées",
    "imports": "écriture des listes importées",
    "old_imports": "oubli des listes importées",
    "sign_ins": "oubli des connexions finies",
    "recent_people": "oubli des personnes ouvertes dans la journée",
    "retention": "effacement de ce qui a fait son temps",
    "referrals": "relances aux partenaires",
    "erasures": "effacement des personnes après leur délai",
}


def report(found: Standing, zone: str) -> str:
    """Everything, a paragraph each."""
    told = (part(found, zone) for part in (_ticks, _messages, _channels, _others))
    return "\n\n".join("\n".join(part) for part in (_concerns(found), *told))


def _concerns(found: Standing) -> list[str]:
    return [CONCERNS[one] for one in found.concerns] or ["Tout va bien."]


def _ticks(found: Standing, zone: str) -> list[str]:
    return [f"Tâches (heure de {zone}) :", *(_tick(one, zone) for one in found.ticks)]


def _tick(tick: TickStanding, zone: str) -> str:
    name = TICKS.get(tick.name, tick.name)
    begun = f"commencée le {clock_time(tick.started_at, zone)}" if tick.started_at else "jamais lancée"
    ended = [f"réussie le {clock_time(tick.finished_at, zone)}, {tick.rows} lignes"] if tick.finished_at else []
    failed = [f"erreur : {tick.error}"] if tick.error else []
    late = ["EN RETARD"] if tick.is_late else []
    return f"  {name} ({tick.name}) : {', '.join([begun, *ended, *failed, *late])}"


def _messages(found: Standing, zone: str) -> list[str]:
    since = found.overdue_since
    waits = f"le plus ancien aurait dû partir le {clock_time(since, zone)}" if since else "aucun n’attend son départ"
    dead = f"  En échec : {found.dead}, dont {found.dead_of_use} encore utiles"
    return [f"Messages : {waits}", *map(_counted, found.messages), dead]


def _counted(one: Counted) -> str:
    by = f", {CHANNELS[one.channel]}" if one.channel else ""
    return f"  {MESSAGES[one.state]}{by} : {one.number}"


def _channels(found: Standing, zone: str) -> list[str]:
    called = {one.name.partition(":")[0] for one in found.providers}
    ready = [f"  {CHANNELS[one]} : prêt" for one in found.machines if one not in called]
    machines = [*(_provider(one, zone) for one in found.providers), *ready]
    return ["Moyens d’envoi :", *(machines or ["  aucun n’est réglé : tout est laissé à des personnes"])]


def _provider(one: ProviderStanding, zone: str) -> str:
    said = [f"{one.sent_today} partis aujourd’hui"]
    if one.trouble and one.since:
        said = [f"en panne depuis le {clock_time(one.since, zone)}, {TROUBLES[one.trouble]} ({one.error})", *said]
    if one.is_full:
        said.append("plafond du jour atteint")
    if one.credit is not None:
        said.append(f"reste {one.credit:.0f} SMS à envoyer")
    return f"  {one.name} : {', '.join(said)}"


def _others(found: Standing, zone: str) -> list[str]:
    failing = (f"{name} (depuis le {clock_time(since, zone)})" for name, since in found.webhooks_failing.items())
    unread = (f"{name} ({times} fois de suite)" for name, times in found.calendars_failing.items())
    return [
        f"Invitations pour les agendas de l’équipe à envoyer : {found.invitations_waiting}",
        f"Annonces aux programmes à faire : {found.webhooks_waiting} ; ne répondent pas : {_list(failing)}",
        f"Agendas extérieurs illisibles : {_list(unread)}",
        f"Boîte des réponses d’agendas : {'lue chaque minute' if found.reads_replies else 'aucune'}",
    ]


def _list(said: Iterable[str]) -> str:
    return ", ".join(said) or "aucun"
