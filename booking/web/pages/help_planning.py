"""What a manager does."""

from booking.web.pages.help_topics import Topic, lines

TOPICS = {
    "planifier": Topic(
        "Planifier une série",
        "Tous les mardis à 9 h 30, pendant six semaines : une seule fois à écrire.",
        lines(
            "Ouvrez « Sessions », puis « Planifier une série ».",
            "Choisissez l’atelier, les jours, l’heure, la salle et l’animation, puis « Voir les dates ».",
            "Les jours fériés et les fermetures sont sautés. Chaque date en conflit propose des réparations : "
            "choisissez.",
            "Choisissez « Publier », ou « Enregistrer les brouillons » pour y revenir.",
        ),
        lines(
            "Un cycle est une seule inscription pour plusieurs séances.",
        ),
    ),
    "changer": Topic(
        "Changer une séance",
        "Une autre heure, une autre salle, une autre personne qui anime.",
        lines(
            "Ouvrez la session. En face de la séance, choisissez « Changer ».",
            "Corrigez la date, l’heure, la salle ou l’animation.",
            "Dites si cela vaut pour « cette séance seulement » ou pour « celle-ci et les suivantes », puis « "
            "Enregistrer ».",
        ),
        lines(
            "Les personnes inscrites sont prévenues, chacune par le moyen qui l’atteint.",
        ),
    ),
    "annuler-session": Topic(
        "Annuler une session",
        "Tout le monde est prévenu, et une autre date est proposée.",
        lines(
            "Ouvrez la session, puis « Annuler la session ».",
            "Écrivez le motif en une phrase courte : il sera dit aux personnes.",
            "Choisissez de déplacer tout le monde vers une autre session, ou « Prévenir seulement ». La page dit "
            "combien de personnes cela concerne.",
            "Confirmez par « Annuler la session ». Les personnes sans téléphone ni e-mail vont dans « À rappeler ».",
        ),
    ),
    "a-decider": Topic(
        "Décider quand il y a trop peu de monde",
        "Trois jours avant, le système prévient : il y a moins de monde que le minimum.",
        lines(
            "Ouvrez « À décider ».",
            "Choisissez : « Maintenir », « Fusionner » avec une autre session, ou « Annuler ».",
            "Pour maintenir, écrivez pourquoi. La raison reste avec la session.",
        ),
    ),
    "places": Topic(
        "Ajouter ou garder des places",
        "Une place en plus se décide et se motive. Des places peuvent être gardées pour une agence.",
        lines(
            "Ouvrez la session, puis « Places ».",
            "Une place en plus : écrivez le nombre et le motif, puis « Enregistrer ».",
            "Pour une agence : choisissez l’agence, le nombre et jusqu’à quand, puis « Garder ces places ». "
            "Ensuite elles sont pour tout le monde.",
        ),
    ),
    "salles": Topic(
        "Salles, fermetures et pannes",
        "Ce qui est fermé ou en panne ne se planifie pas.",
        lines(
            "Ouvrez « Salles et fermetures ».",
            "« Ajouter une salle » : places assises et postes de travail sont deux nombres.",
            "« Ajouter une fermeture » : un jour ou plusieurs, pour une salle ou toute l’agence.",
            "Un ordinateur ne marche pas : « Signaler une panne ». Les sessions trop pleines sont montrées.",
        ),
    ),
    "equipe": Topic(
        "Donner un rôle, dire les disponibilités",
        "Chacun a un rôle par agence : c’est le rôle qui dit ce qu’il peut faire.",
        lines(
            "Ouvrez « Équipe ». « Disponibilités » dit quand quelqu’un peut être planifié.",
            "Ouvrez « Rôles et droits », puis remplissez « Donner un rôle ».",
            "Un service civique a un dernier jour : il est obligatoire.",
        ),
    ),
    "messages": Topic(
        "Écrire les messages et régler les rappels",
        "Les textes communs servent tant que l’agence n’écrit pas les siens.",
        lines(
            "Ouvrez « Salles et fermetures », puis « Réglages de l’agence ».",
            "« Textes des messages » : changez un texte et regardez l’aperçu. Un SMS est mesuré pendant que vous "
            "écrivez.",
            "« Règles des messages » : par quel moyen, quand, et à quelles heures. La page dit ce que cela "
            "changerait avant d’enregistrer.",
        ),
    ),
    "statistiques": Topic(
        "Lire les chiffres",
        "Places offertes et prises, personnes venues, absences. Aucun nom.",
        lines(
            "Ouvrez « Statistiques ». Choisissez la période, l’agence, l’atelier, puis « Afficher ».",
            "Pour une réunion : « Rapport d’une page (PDF) ».",
            "Les petits nombres sont cachés : on pourrait reconnaître quelqu’un.",
        ),
    ),
}
