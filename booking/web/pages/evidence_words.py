"""The log of evidence in words."""

from booking.domain.evidence import Deed

DEEDS = {
    Deed.PRINTED: "Lettre imprimée",
    Deed.HANDED_OVER: "Remis en main propre",
    Deed.UNDONE: "Remise annulée",
    Deed.ATTACHED: "Document signé joint",
    Deed.REMOVED: "Document signé retiré",
}
DONE = {
    "remis": "C’est noté : la lettre a été remise en main propre.",
    "annulee": "La remise est annulée. Les deux lignes restent au journal.",
    "joint": "Le document signé est joint.",
    "retire": "Le document signé est retiré. Le journal garde le motif.",
}
