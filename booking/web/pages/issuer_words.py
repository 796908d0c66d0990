"""What is told about providers of identities: to who cannot sign in, and to who can help."""

from booking.domain.issuers import Failure

# To whoever wants to sign in.
WHY = {
    Failure.AWAY: "Le fournisseur d’identité ne répond pas.",
    Failure.NOT_ITSELF: "Le fournisseur d’identité est mal réglé.",
    Failure.UNREADABLE: "La réponse du fournisseur d’identité n’est pas lisible.",
    Failure.DECLINED: "La connexion a été abandonnée ou refusée chez le fournisseur d’identité.",
    Failure.NO_CODE: "La réponse du fournisseur d’identité est incomplète.",
    Failure.OTHER_ISSUER: "La réponse ne vient pas du fournisseur attendu. Elle n’a pas été crue.",
    Failure.CODE_REFUSED: "Cette réponse a déjà servi, ou elle est trop ancienne.",
    Failure.SECRET_REFUSED: "Le fournisseur d’identité ne reconnaît pas Ateliers.",
    Failure.BAD_SIGNATURE: "La signature de la réponse n’est pas la bonne. Elle n’a pas été crue.",
    Failure.BAD_CLAIM: "La réponse n’est pas faite pour cette connexion. Elle n’a pas été crue.",
    Failure.EXPIRED: "La réponse est trop ancienne.",
    Failure.TOO_WEAK: "Le fournisseur d’identité n’a pas demandé assez de preuves.",
}
# To whoever looks after it: what to do.
ADVICE = {
    Failure.AWAY: "L’adresse ne répond pas : réseau, panne ou certificat.",
    Failure.NOT_ITSELF: "Le fournisseur se nomme autrement que dans le fichier : corrigez « issuer », au signe près.",
    Failure.UNREADABLE: "La description ou les clés ne sont pas celles d’un fournisseur OpenID Connect.",
    Failure.CODE_REFUSED: "Le fournisseur refuse le code : comparez l’adresse de retour enregistrée chez lui.",
    Failure.SECRET_REFUSED: "Le fournisseur refuse le secret : comparez « client_id » et le secret.",
    Failure.BAD_SIGNATURE: "Une réponse n’était pas signée avec une clé publiée par le fournisseur.",
    Failure.BAD_CLAIM: "Une réponse n’était pas pour Ateliers : comparez « client_id » et « issuer ».",
    Failure.EXPIRED: "Une réponse avait expiré : comparez les horloges.",
    Failure.TOO_WEAK: "Le fournisseur n’atteint pas le niveau « acr » demandé.",
}
DONE = {
    "reliee": "L’identité est reliée à votre compte.",
    "retiree": "L’identité n’est plus reliée à votre compte.",
    "verifie": "Le fournisseur a été interrogé : voyez son état.",
}
