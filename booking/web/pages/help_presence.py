"""What a facilitator or an assistant does."""

from booking.web.pages.help_topics import Topic, lines

TOPICS = {
    "appel": Topic(
        "Faire l’appel",
        "Un geste par personne, sur la tablette ou l’ordinateur.",
        lines(
            "Ouvrez « Présence », puis votre séance.",
            "Pour chaque personne : « Présent », « Retard » ou « Absent ». C’est enregistré tout de suite.",
            "Le motif ne se demande que pour les absents.",
            "À la fin : « Tous les autres présents », puis « Clore l’appel ».",
        ),
        lines(
            "Une erreur se corrige, même après la clôture. Chaque correction est gardée avec votre nom.",
        ),
    ),
    "sans-inscription": Topic(
        "Ajouter quelqu’un venu sans inscription",
        "Il reste une place ? La personne peut entrer.",
        lines(
            "Sur la feuille, choisissez « Venu sans inscription ».",
            "Écrivez le nom ou le prénom, puis « Chercher ».",
            "La personne est dans la liste : « Présent ». Sinon, écrivez son prénom et son nom, puis « Ajouter et "
            "pointer présent ».",
        ),
        lines(
            "Complet ? Une personne responsable peut ajouter une place à la session.",
        ),
    ),
    "sans-reseau": Topic(
        "Faire l’appel sans réseau",
        "Le réseau coupe : continuez. Rien n’est perdu.",
        lines(
            "Ouvrez la feuille une fois avec le réseau, avant la séance.",
            "Pointez comme d’habitude. La bande en haut dit ce qui est gardé sur l’appareil.",
            "Gardez la page ouverte. Tout part dès que le réseau revient.",
        ),
        lines(
            "Quelqu’un d’autre a pointé entre-temps ? La page montre les deux et vous demande lequel garder.",
        ),
    ),
    "emargement": Topic(
        "La feuille d’émargement",
        "La feuille se signe sur papier et se range avec la séance.",
        lines(
            "Ouvrez la séance dans « Présence », puis « Émargement ». Imprimez.",
            "Après la séance, ouvrez « Scanner une feuille » et photographiez la feuille entière.",
            "Le dessin carré de la feuille ouvre la bonne séance. À défaut, écrivez le code de la feuille.",
        ),
    ),
}
