"""What an adviser does afterwards: calls, papers, what comes next."""

from booking.web.pages.help_topics import Topic, lines

TOPICS = {
    "a-faire": Topic(
        "Imprimer et appeler",
        "La liste du jour : les lettres à imprimer, et les personnes qu’on ne joint que par téléphone fixe.",
        lines(
            "Ouvrez « À faire ». Le plus pressé est en haut.",
            "À appeler : « Quoi dire » montre le texte. Après l’appel, notez la réponse.",
            "À imprimer : une lettre à la fois, ou « Toutes les lettres (PDF) ».",
        ),
        lines(
            "Personne ne répond ? Notez l’essai. La liste vous le rappelle.",
        ),
    ),
    "a-rappeler": Topic(
        "Rappeler qui a perdu sa place",
        "Une session annulée, une absence, une autre date demandée : ces personnes attendent un appel.",
        lines(
            "Ouvrez « À rappeler ».",
            "Choisissez « Proposer une autre date » : la recherche s’ouvre avec la bonne personne et le bon atelier.",
            "La personne ne veut plus venir ? « C’est réglé ».",
        ),
    ),
    "suivi": Topic(
        "Suivre ses inscriptions",
        "Qui est venu, qui a fini, et quelle est la suite.",
        lines(
            "Ouvrez « Suivi ». Vos inscriptions y sont, la plus récente d’abord.",
            "Filtrez par atelier ou par état, puis « Filtrer ».",
            "Qui a fini un atelier peut continuer : la colonne « Suite » propose le suivant.",
        ),
        lines(
            "« Personnes difficiles à joindre » montre qui a une place mais que rien ne prévient.",
        ),
    ),
    "diagnostic": Topic(
        "Faire le diagnostic numérique",
        "Neuf questions sur le téléphone, l’ordinateur et l’internet. Ce n’est pas un examen.",
        lines(
            "Ouvrez la fiche de la personne, puis « Diagnostic ».",
            "Posez les questions. « Ne sait pas » est une réponse ; une question peut rester ouverte.",
            "Choisissez « Enregistrer ». Les suggestions apparaissent.",
            "Pour chacune : suivez-la, ou choisissez « Écarter » et dites pourquoi. C’est vous qui décidez.",
        ),
    ),
    "orienter": Topic(
        "Orienter vers un partenaire",
        "Un téléphone, une carte SIM, une connexion, un ordinateur, un accompagnement : un partenaire peut aider.",
        lines(
            "Ouvrez la fiche de la personne, puis « Orienter ».",
            "Choisissez le service et le partenaire. Le plus proche est le premier.",
            "Demandez l’accord de la personne et cochez « La personne est d’accord. ».",
            "Choisissez « Orienter et imprimer » et remettez la fiche.",
        ),
        lines(
            "La suite est dans « Orientations » : ce qui attend une relance ou une lecture est en haut.",
        ),
    ),
}
