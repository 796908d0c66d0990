"""What is wrong with an installation, and what to do about it, in one sentence each."""

import json

from booking.domain.safety import CONDITIONS, Condition

WORDS = {
    "secret-varied": (
        "Le secret peut être deviné",
        "Mettez dans ATELIERS_SECRET le résultat de « openssl rand -base64 33 ».",
    ),
    "secret-closed": ("D’autres comptes peuvent lire le secret", "Lancez « chmod 600 secret » dans le dossier."),
    "secret-shared": (
        "Le secret n’est gardé que sur cette machine",
        "Si plusieurs machines servent, donnez à toutes le même ATELIERS_SECRET.",
    ),
    "address-https": (
        "L’adresse publique n’est pas en https",
        "Mettez un serveur https devant, et son adresse dans ATELIERS_PUBLIC_URL.",
    ),
    "address-named": (
        "L’adresse publique est un numéro",
        "Donnez un nom à cette machine : les liens et les agendas le gardent longtemps.",
    ),
    "calendars-named": (
        "Les agendas portent un nom provisoire",
        "Choisissez ATELIERS_UID_DOMAIN une fois pour toutes, avant la première session.",
    ),
    "proxies-trusted": (
        "N’importe qui peut se faire passer pour le serveur placé devant",
        "Écrivez dans FORWARDED_ALLOW_IPS l’adresse de ce serveur, jamais « * ».",
    ),
    "contact-named": (
        "Personne n’est nommé pour recevoir une alerte de sécurité",
        "Écrivez dans ATELIERS_SECURITY_CONTACT par exemple mailto:securite@example.org.",
    ),
    "debugging-off": ("Python tourne en mode de mise au point", "Retirez PYTHONDEVMODE, PYTHONASYNCIODEBUG et -X dev."),
    "checks-kept": ("Python saute les vérifications du programme", "Retirez PYTHONOPTIMIZE et l’option -O."),
    "not-root": ("Le programme a tous les droits sur la machine", "Lancez-le sous un compte à lui, sans privilège."),
    "memory-not-dumped": (
        "En cas de panne, la mémoire serait écrite sur le disque",
        "Lancez « ulimit -c 0 » avant, ou LimitCORE=0 dans le service.",
    ),
    "files-enough": ("Trop peu de fichiers peuvent être ouverts", "Lancez « ulimit -n 4096 », ou LimitNOFILE=4096."),
    "one-writer": ("SQLite n’a qu’un processus qui écrit", "Retirez WEB_CONCURRENCY, ou passez à PostgreSQL."),
    "authorities-known": (
        "Aucune autorité de certification n’est connue",
        "Installez ca-certificates, ou montrez un fichier par SSL_CERT_FILE.",
    ),
    "zones-known": ("Les fuseaux horaires manquent", "Installez tzdata : les heures des séances en dépendent."),
    "clock-plausible": ("L’horloge de la machine se trompe de date", "Mettez-la à l’heure, et laissez-la s’y tenir."),
    "clocks-agree": (
        "L’horloge de la machine et celle de la base ne sont pas d’accord",
        "Réglez les deux sur le même serveur de temps (NTP).",
    ),
    "logs-for-machines": (
        "Le journal technique est écrit pour un écran",
        "Mettez ATELIERS_LOG_FORMAT=json pour qu’un collecteur le lise.",
    ),
    "settings-known": (
        "Un réglage est mal écrit, et n’a aucun effet",
        "Comparez les variables ATELIERS_… avec la liste de docs/operate.md.",
    ),
    "answers-noted": ("Les demandes ne sont pas notées", "Retirez ATELIERS_ACCESS_LOG=no ; aucun nom n’y figure."),
    "folder-closed": ("D’autres comptes peuvent lire le dossier des données", "Lancez « chmod 700 » sur ce dossier."),
    "database-closed": ("D’autres comptes peuvent lire la base", "Lancez « chmod 600 » sur son fichier."),
    "disk-near": (
        "La base SQLite est sur un disque du réseau",
        "Mettez-la sur un disque de la machine, ou passez à PostgreSQL.",
    ),
    "disk-roomy": ("Le disque est presque plein", "Gardez libres au moins 1 Gio et un dixième du disque."),
    "backup-recent": (
        "Aucune sauvegarde de moins de 26 heures n’est connue",
        "Sauvegardez chaque nuit, et nommez le dossier dans ATELIERS_BACKUPS.",
    ),
    "database-reached": ("La base ne répond pas", "Vérifiez ATELIERS_DATABASE_URL, et qu’elle est lancée."),
    "schema-current": ("La base n’est pas à jour", "Lancez « ateliers migrate »."),
    "database-new-enough": (
        "La version de la base est trop ancienne",
        "Il faut SQLite 3.37 ou PostgreSQL 15, ou plus récent.",
    ),
    "database-link-encrypted": (
        "La base est sur une autre machine et rien ne chiffre le chemin",
        "Ajoutez ?ssl=verify-full à ATELIERS_DATABASE_URL.",
    ),
    "journal-kept": (
        "Une panne peut abîmer la base",
        "PostgreSQL : remettez fsync à on. SQLite : le fichier doit permettre le mode WAL.",
    ),
    "commits-on-disk": (
        "Une inscription confirmée peut se perdre dans une panne",
        "PostgreSQL : remettez synchronous_commit à on. SQLite : synchronous doit être FULL.",
    ),
    "links-or-pages-kept": (
        "La base ne vérifie pas tout ce qu’elle écrit",
        "PostgreSQL : remettez full_page_writes à on. SQLite : foreign_keys doit être ON.",
    ),
    "no-demo": (
        "Ce dossier est celui de la démonstration",
        "Prenez un autre dossier et une base neuve : ses mots de passe sont connus de tous.",
    ),
    "no-known-password": (
        "Un mot de passe de la démonstration ouvre cette base",
        "Changez-le, ou retirez ces comptes.",
    ),
    "administrator-there": (
        "Personne n’administre le réseau",
        "Lancez « ateliers add-staff … --role administrator@* ».",
    ),
    "providers-closed": (
        "D’autres que vous peuvent écrire le fichier des fournisseurs d’identité",
        "Lancez « chmod go-w » sur le fichier nommé dans ATELIERS_PROVIDERS.",
    ),
    "way-in-left": (
        "Sans fournisseur d’identité, personne ne pourrait entrer pour administrer le réseau",
        "Gardez un compte d’administration du réseau avec un mot de passe et un second facteur.",
    ),
    "mail-leaves": ("Aucun e-mail ne part", "Écrivez l’adresse du serveur dans ATELIERS_SMTP_URL."),
    "mail-encrypted": (
        "Les e-mails peuvent partir en clair",
        "Écrivez smtps://… ou ajoutez ?starttls=always à ATELIERS_SMTP_URL.",
    ),
    "sender-real": ("L’expéditeur des e-mails est un exemple", "Écrivez une vraie adresse dans ATELIERS_MAIL_FROM."),
    "texts-leave": (
        "Aucun SMS ne part",
        "Nommez un fournisseur dans ATELIERS_SMS_URL ; sinon les personnes sont jointes par lettre ou par appel.",
    ),
    "promises-kept": ("La base ne tient pas toutes ses promesses", "Lancez « ateliers doctor », qui dit lesquelles."),
    "jobs-run": (
        "Des tâches de fond ne tournent pas",
        "Lancez « ateliers serve » ou « ateliers worker », puis « ateliers jobs status ».",
    ),
}


def sentence(unmet: Condition) -> str:
    """``Le disque est presque plein (disk-roomy). Gardez libres…``."""
    what, remedy = WORDS[unmet.name]
    return f"{what} ({unmet.name}).\n  {remedy}"


def for_people(found: tuple[Condition, ...]) -> str:
    """What must be mended first, then what should be."""
    if not found:
        return f"Tout est en ordre : {len(CONDITIONS)} points vérifiés."
    grave = [sentence(one) for one in found if one.is_grave]
    advice = [sentence(one) for one in found if not one.is_grave]
    parts = (("À corriger avant de servir :", grave), ("À faire bientôt :", advice))
    told = ["\n".join([title, *lines]) for title, lines in parts if lines]
    return "\n\n".join([*told, f"{len(CONDITIONS) - len(found)} points sur {len(CONDITIONS)} sont en ordre."])


def for_programs(found: tuple[Condition, ...]) -> str:
    """The same as JSON."""
    told = [{"name": one.name, "grave": one.is_grave, "what": WORDS[one.name][0]} for one in found]
    return json.dumps(told, indent=2, ensure_ascii=False)
