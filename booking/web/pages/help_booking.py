"""What an adviser does with somebody beside him."""

from booking.web.pages.help_topics import Topic, lines

TOPICS = {
    "placer": Topic(
        "Placer une personne",
        "La personne est devant vous : trois gestes, et elle repart avec son papier.",
        lines(
            "Ouvrez « Placer ». Écrivez le nom, un morceau du nom ou le téléphone, puis Entrée. Choisissez la "
            "personne.",
            "Les sessions avec des places libres sont à droite. La première qui convient est mise en avant. "
            "Choisissez « Inscrire ».",
            "La ligne s’ouvre : elle dit ce qui part et quand. Choisissez « Imprimer » et remettez le papier.",
        ),
        lines(
            "Vous parlez encore ? « Retenir » garde la place quelques minutes.",
            "Une erreur ? « Annuler », dans la ligne ouverte, rend la place aussitôt.",
            "Le bouton dit « Inscrire et imprimer » : rien d’autre n’atteint cette personne. Ne la laissez pas "
            "partir sans papier.",
        ),
    ),
    "nouvelle-personne": Topic(
        "Créer la fiche d’une personne",
        "Un nom et un moyen de contact suffisent.",
        lines(
            "Dans « Placer », choisissez « Nouvelle ».",
            "Écrivez le nom et le prénom. Demandez un téléphone ou un e-mail ; s’il n’y en a pas, laissez vide.",
            "Choisissez « Créer et choisir une session ». La personne est prête à être inscrite.",
        ),
        lines(
            "Rien sur la santé, pas de numéro de sécurité sociale. Les besoins se cochent.",
            "Deux fiches pour la même personne ? Ouvrez l’une d’elles, puis « Fusionner ».",
        ),
    ),
    "liste-attente": Topic(
        "Quand il n’y a plus de place",
        "La personne attend son tour ; la place libérée va à la première qui attend.",
        lines(
            "Dans « Placer », choisissez la personne, puis « Avec les complètes ».",
            "Choisissez « Mettre en attente ». La ligne dit sa position.",
            "Un cas pressant : « En priorité… », avec un motif. Le motif reste dans l’historique.",
        ),
        lines(
            "Une place se libère : la personne la reçoit, ou on la lui propose avec une date limite. Cela se règle "
            "par agence.",
        ),
    ),
    "papier": Topic(
        "Imprimer et remettre le papier",
        "Le papier est le seul message qui arrive toujours.",
        lines(
            "Après l’inscription, choisissez « Imprimer ». Plus tard : ouvrez l’inscription, puis « Lettre à "
            "imprimer ».",
            "Pour de gros caractères, choisissez « Gros caractères » avant d’imprimer.",
            "Remettez la lettre. Pour une convocation, faites signer le talon et gardez-le.",
            "Choisissez « Remis en main propre » : la remise est notée, avec le texte exact.",
        ),
    ),
    "deplacer": Topic(
        "Déplacer ou annuler une inscription",
        "La personne ne peut pas venir : sa place sert à quelqu’un d’autre.",
        lines(
            "Ouvrez la fiche de la personne, puis « Déplacer ou annuler ».",
            "Une autre date : choisissez la session, puis « Déplacer ».",
            "Plus du tout : dites qui annule, puis « Annuler cette inscription ».",
        ),
        lines(
            "Dites bien qui annule : la lettre n’est pas la même si c’est la personne ou si c’est nous.",
        ),
    ),
    "code": Topic(
        "Une personne donne son code",
        "Le code est sur la lettre, l’e-mail ou le SMS : trois lettres et trois chiffres.",
        lines(
            "Sur l’accueil, ouvrez « Une personne donne son code ».",
            "Écrivez le code, puis « Chercher ».",
            "Notez la réponse : « Vient », « Ne vient pas » ou « Autre date ».",
        ),
    ),
    "groupe": Topic(
        "Inscrire un groupe",
        "Plusieurs personnes dans la même session, en une fois.",
        lines(
            "Ouvrez la session, puis « Inscrire un groupe ».",
            "Cherchez chaque personne et ajoutez-la au groupe.",
            "Choisissez « Inscrire autant que possible », ou « Inscrire tout le groupe ou personne ».",
        ),
    ),
}
