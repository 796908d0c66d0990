"""What a copy of the installation says of itself, to whoever opens it years later."""

CONTENT = """\
COPIE D'UNE INSTALLATION D'ATELIERS
===================================

Faite le {made_at}, avec la version {version}.

Ce dossier contient des noms et des adresses. Gardez-le sous clé, et détruisez-le quand il ne sert plus.

Ce qu'il contient
-----------------
  data/           une table par fichier : .csv, ou .jsonl (un objet JSON par ligne) quand une case n'est pas simple
  documents/      les papiers archivés, nommés par l'empreinte SHA-256 de leur contenu
  leaflets/       les dépliants et les affiches
  datapackage.json  la description : colonnes, types, clés, nombre de lignes, empreintes (format Frictionless)

Comment lire les CSV
--------------------
  UTF-8, virgules, une ligne d'en-tête.
  \\N            rien (une case vide est un texte vide)
  \\ au début    ne fait pas partie du texte : il évite qu'un tableur l'exécute ; ôtez-le
  true, false    oui, non
  Les instants sont en temps universel (ISO 8601).

Ce qu'il ne contient pas
------------------------
{left_out}

Le remettre en place
--------------------
  ateliers migrate
  ateliers import all FICHIER
La base doit être vide, en SQLite ou en PostgreSQL, et le secret de l'installation le même
(le fichier « secret » du dossier des données, ou ATELIERS_SECRET) : des empreintes en dépendent.
"""
WITHOUT_SECRETS = """\
  Les secrets : mots de passe, deuxièmes facteurs, connexions, jetons, liens d'agendas, adresses d'agendas extérieurs.
  Après la remise en place, chacun choisit un nouveau mot de passe (ateliers link).
  Les fichiers en cours (exports, listes à importer)."""
WITH_SECRETS = """\
  Les fichiers en cours (exports, listes à importer).
ATTENTION : cette copie contient aussi les secrets (empreintes des mots de passe, jetons, deuxièmes facteurs)."""
