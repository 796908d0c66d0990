"""What everybody does: signing in, calendars, trainings."""

from booking.web.pages.help_topics import Topic, lines

TOPICS = {
    "se-connecter": Topic(
        "Se connecter, se déconnecter",
        "Chacun a son identifiant et son mot de passe. On ne les prête pas.",
        lines(
            "Écrivez votre identifiant et votre mot de passe, puis « Se connecter ».",
            "Mot de passe perdu : « Mot de passe oublié ? », puis « Recevoir un lien ». Le lien marche une fois, "
            "pendant 30 minutes.",
            "Vous vous levez : ouvrez le menu à votre nom, puis « Verrouiller ».",
            "Fin de la journée : dans le même menu, « Se déconnecter ».",
        ),
        lines(
            "Ce que vous avez écrit n’est pas perdu quand la connexion prend fin : reconnectez-vous, le formulaire "
            "revient.",
        ),
    ),
    "agendas": Topic(
        "Recevoir ses séances dans son agenda",
        "Vos séances apparaissent dans votre agenda habituel, et s’y corrigent toutes seules.",
        lines(
            "Ouvrez « Mes agendas », puis « Ajouter un agenda ».",
            "Choisissez ce que vous voulez suivre, puis « Faire le lien ».",
            "Copiez l’adresse et collez-la dans votre agenda, là où il demande un abonnement.",
        ),
        lines(
            "L’adresse est secrète. Si elle a été vue, retirez l’agenda et refaites un lien.",
        ),
    ),
    "agenda-exterieur": Topic(
        "Dire quand on est pris",
        "On ne vous planifie pas aux heures où votre propre agenda est pris.",
        lines(
            "Ouvrez « Mon agenda extérieur ».",
            "Collez l’adresse de votre agenda, ou envoyez un fichier .ics.",
            "Seules les heures prises sont lues. Les titres de vos rendez-vous ne sont pas gardés.",
        ),
    ),
    "formations": Topic(
        "Suivre une formation de l’équipe",
        "Les formations des collègues se réservent comme un atelier.",
        lines(
            "Ouvrez « Formations de l’équipe ». Ce qui vous manque est en haut.",
            "Choisissez une date, puis « M’inscrire ».",
            "Après la formation, votre attestation est sur la même page.",
        ),
    ),
}
