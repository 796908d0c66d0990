"""Why a copy of the installation cannot be taken in, in one sentence each."""

from booking.services.moving_in import UnusableCopy

UNUSABLE = {
    "not-a-copy": "ce n’est pas une copie faite par « ateliers export all » : {detail}.",
    "other-format": "c’est une copie d’un autre format ({found}) : prenez la version d’Ateliers qui l’a faite.",
    "other-secret": "cette copie vient d’une installation qui a un autre secret. Copiez d’abord son fichier « secret » "
    "dans le dossier des données, ou donnez ATELIERS_SECRET.",
    "damaged": "{path} est abîmé : {detail}. Reprenez la copie d’origine.",
    "unknown-table": "la table {table} n’existe pas ici. La copie vient de la version {version} : "
    "mettez Ateliers à jour.",
    "unknown-column": "la colonne {column} de {table} n’existe pas ici. La copie vient de la version {version} : "
    "mettez Ateliers à jour.",
    "missing-column": "il manque la colonne {column} de {table} : la copie vient de la version {version}, "
    "trop ancienne.",
    "not-empty": "la base n’est pas vide (table {table}). Prenez-en une neuve : « ateliers migrate ».",
}


def why_unusable(error: UnusableCopy) -> str:
    """What is wrong with the copy, and what to do about it."""
    return UNUSABLE[error.why].format(**error.facts)
