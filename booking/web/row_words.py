"""What is said of the rows of a list of places that somebody brings in, on a page and to an operator alike."""

from booking.language import Translate
from booking.services.read_rows import Remark

TRIFLES = {
    "cedex": "{n} codes postaux Cedex, gardés tels quels : le code INSEE dit la vraie commune",
    "box-first": "{n} adresses où la boîte (BP, CS) précédait la rue : remise après",
    "blanks": "{n} lignes avec des espaces en double, corrigées",
    "no-phone": "{n} sans téléphone",
    "no-coordinates": "{n} sans coordonnées : absentes des recherches par distance",
}
REMARKS = {
    "required": "vide",
    "too-long": "{said} caractères, {instead} au plus",
    "bad-characters": "caractères invisibles",
    "not-a-text": "ce n’est pas un texte",
    "not-an-object": "ce n’est pas un objet",
    "too-many-cells": "plus de cellules que de colonnes : un séparateur de trop, ou des guillemets oubliés",
    "unclosed-quote": "des guillemets s’ouvrent et ne se referment pas : rien n’est lu après",
    "broken-quotes": "guillemets mal placés",
    "unknown-department": "« {said} » n’est pas un département",
    "no-department": "aucun département, et ni le code INSEE ni le code postal ne le disent",
    "same-key": "« {said} » est déjà l’identifiant de la ligne {instead}",
    "same-code": "« {said} » est déjà le code de l’agence « {instead} »",
    "alike": "« {said} » est sans doute « {instead} »",
    "bad-code": "« {said} » n’est pas un code à cinq chiffres ; laissé vide",
    "undivided-corsica": "« 20 » n’est plus un département (2A ou 2B) ; gardé, même fuseau et mêmes jours fériés",
    "insee-elsewhere": "le code INSEE {said} n’est pas du département {instead}, qui est gardé",
    "postcode-elsewhere": "le code postal {said} n’est pas du département {instead} ; gardé, à vérifier",
    "zone-differs": "le fichier dit {said} ; retenu d’après le département : {instead}",
    "no-such-phone": "« {said} » n’est pas un numéro ; laissé vide",
    "bad-coordinates": "« {said} » n’est pas dans le pays ; laissé vide",
    "unknown-kind": "« {said} » n’est pas une sorte de partenaire connue ; « autre » pour un nouveau",
    "unknown-term": "« {said} » n’est pas dans le schéma national ; laissé de côté",
    "hours-as-written": "« {said} » n’est pas compris ; montré tel quel. Écrivez par exemple Mo-Fr 09:00-12:00",
    "no-such-email": "« {said} » n’est pas une adresse d’e-mail ; laissée de côté",
    "no-such-address": "« {said} » n’est pas une adresse d’Internet ; laissée de côté",
    "bad-pivot": "« {said} » n’est ni un SIRET ni un RNA ; laissé vide",
    "no-such-day": "« {said} » n’est pas une date ; laissée vide. Écrivez 2026-11-24",
    "cut": "{said} caractères, coupé à {instead}",
    "left-out-characters": "caractères invisibles ; texte laissé vide",
}


def sentence(remark: Remark, say: Translate) -> str:
    """What is so with one row, and what was done about it."""
    said = say(REMARKS[remark.code]).format(said=remark.said[:80], instead=remark.instead)
    return said[:1].upper() + said[1:] + ("" if said.endswith(".") else ".")
