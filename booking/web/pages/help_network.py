"""What is done for many: openings, accounts, lists, data."""

from booking.web.pages.help_topics import Topic, lines

TOPICS = {
    "ouvrir-une-agence": Topic(
        "Ouvrir une agence",
        "De rien à la première inscription, dans l’ordre. Une demi-journée suffit, à deux.",
        lines(
            "Ouvrez « Le réseau », choisissez l’agence, puis la liste de son ouverture. Elle dit ce qui est fait "
            "et ce qui manque.",
            "Une agence lui ressemble déjà ? « Copier une agence modèle » : salles, règles, textes et sessions en "
            "brouillon. Regardez l’essai, puis « Copier ».",
            "Le lieu : « Salles », « Horaires et fermetures », et « Pour venir » avec l’arrêt de bus, l’entrée et "
            "l’étage. Cela sera sur les lettres.",
            "Les gens : une personne « Responsable », puis « Conseillers » et « Animation ». Chacun reçoit un lien "
            "pour choisir son mot de passe.",
            "Le papier : « Imprimer la lettre d’essai ». L’adresse doit tomber dans la fenêtre de l’enveloppe.",
            "Les « Premières sessions » : planifiez deux semaines, relisez les brouillons, publiez.",
            "Inscrivez une personne d’essai, imprimez, puis annulez. Vous avez tout vu.",
            "Tout est prêt ? « Changer l’étape » : l’agence est ouverte à la date choisie.",
        ),
        lines(
            "Un point ne sert pas ici ? « Pas nécessaire ici », avec une raison.",
            "Une agence qui oriente seulement n’a besoin ni de salle ni de session.",
        ),
    ),
    "premiere-semaine": Topic(
        "La première semaine d’une agence",
        "Cinq minutes par jour évitent les surprises.",
        lines(
            "Chaque matin : l’accueil dit ce qui attend quelqu’un. Videz « À faire » avant midi.",
            "Chaque soir : dans « Présence », il ne reste aucune séance « À clore ».",
            "Le mercredi : ouvrez « À décider ». Une session trop vide se remplit ou se regroupe encore.",
            "Le vendredi : ouvrez « Journal des messages ». Un message en échec cache souvent un numéro à corriger.",
            "Donnez à chacun son guide illustré : deux pages, à imprimer.",
        ),
    ),
    "comptes": Topic(
        "Inviter des collègues",
        "Un compte par personne. Le mot de passe, c’est elle qui le choisit.",
        lines(
            "Ouvrez « Comptes », puis « Inviter quelqu’un ».",
            "Écrivez le nom, l’identifiant, l’e-mail, l’agence et le rôle, puis « Inviter ».",
            "Beaucoup de monde ? « Importer une liste ». Rien n’est créé avant que vous ayez relu.",
        ),
    ),
    "imports": Topic(
        "Importer une liste",
        "Des personnes ou des présences d’avant, depuis un tableur.",
        lines(
            "Ouvrez « Importer des listes ». « Quelles colonnes ? » dit ce qui est compris.",
            "Choisissez le fichier, puis « Envoyer ». Rien n’est encore enregistré.",
            "Relisez ligne par ligne : ce qui est faux est dit avec sa colonne, ce qui existe déjà est montré.",
        ),
    ),
    "donnees": Topic(
        "Les données d’une personne",
        "Chacun peut demander ce qu’on garde de lui, et l’effacement.",
        lines(
            "Ouvrez la fiche de la personne, puis « Données de cette personne ».",
            "Pour la personne : « À lire (PDF) ». Pour un programme : « Pour un programme (JSON) ».",
            "Pour effacer : lisez ce qui s’efface et ce qui reste, puis confirmez. Cela ne peut pas être défait.",
        ),
    ),
    "journal": Topic(
        "Lire le journal",
        "Qui a vu, créé ou changé quoi. Rien ne s’y efface.",
        lines(
            "Ouvrez « Journal des actions ».",
            "Cherchez par personne de l’équipe, par jour ou par sujet.",
            "Sur une fiche, « Historique » montre la même chose pour elle seule.",
        ),
    ),
}
