"""The phases of an agency, in words."""

from booking.domain.agencies import Phase

PHASES = {Phase.PILOT: "Agence pilote", Phase.OPEN: "Ouverte", Phase.CLOSED: "Fermée"}
MEANINGS = {
    Phase.PILOT: "Elle essaie les ateliers avant les autres.",
    Phase.OPEN: "Elle travaille avec les ateliers comme toutes les autres.",
    Phase.CLOSED: "Pas encore ouverte, ou plus. Personne n’y est envoyé, et rien ne s’y planifie.",
}
HOSTING = {
    "hosts": "Elle accueille des ateliers",
    "sends": "Elle oriente seulement : ses conseillers envoient vers d’autres agences",
}
