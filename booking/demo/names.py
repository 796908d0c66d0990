"""Invented people: names that occur around Grenoble and Lyon, and ways to reach them, or none."""

from dataclasses import replace
from random import Random

from booking.domain.job_seekers import Channel, Need
from booking.services.job_seekers import PersonSaid

FIRST_NAMES = """
Aïssatou Mamadou Nadia Karim Françoise Jean-Noël Maria Didier Elif Thị-Hoa Salif Ewa Amélie Björn Chloé Dragan Émile
Fatoumata Gaëlle Hakim Ingrid Joaquim Khadija Léa Mehdi Noémie Oumar Perrine Quentin Rachida Sofiane Tatiana Ulysse
Valérie Wassim Xavier Yasmine Zoltan Anaïs Bakary Céline Djamila Edmond Farida Grégoire Hélène Issa Jocelyne Kévin
Lamine Mireille Nicolas Odile Paulo Raymonde Stéphane Tuğba Victor Yvette Zineb
""".split()
LAST_NAMES = """
Diallo Belkacem Bouchet Cœuret Güneş Lefèvre Nguyễn Ouedraogo Pełka Vidal Martin Roche Garnier Ferrand Benali Traoré
Moreau Perrin Chevalier Faure Lambert Rousseau Blanchard Guérin Muller Fontaine Dupuis Morin Barbier Arnaud Renaud
Schmitt Colin Vasseur Lacroix Marchand Dumas Gauthier Perret Clerc Bonnet Mercier Girard André Haddad Kaya Yılmaz Camara
Konaté Sow Silva Pereira Costa Popescu Kowalski Novák Horváth Petrović Hassan Saïdi Mansouri Khelifi Zerrouki Ndiaye
Keita Touré Nkosi Lopez Garcia Fernandez Moretti Rossi Conti Berger Weber
""".split()
STREETS = """
rue des Alliés|avenue Jean Perrot|cours Berriat|rue Ampère|place Notre-Dame|chemin du Drac|rue de la Soie|quai Rambaud
|rue des Canuts|montée de la Butte|avenue Berthelot|rue Garibaldi|boulevard des Tilleuls|impasse du Verger
""".replace("\n", "").split("|")

# How people can be reached, out of twenty: every kind occurs, also none.
WAYS = (
    ["email+mobile"] * 5
    + ["mobile"] * 5
    + ["email"] * 3
    + ["landline"] * 2
    + ["letter"] * 2
    + ["letter+mobile"]
    + ["none"] * 2
)


def invent(dice: Random, number: int, commune: str, postcode: str) -> PersonSaid:
    """Somebody who does not exist; phone numbers are from the ranges kept for fiction (ARCEP, decision 2018-0881)."""
    first, last = dice.choice(FIRST_NAMES), dice.choice(LAST_NAMES)
    said = PersonSaid(
        first_name=first,
        last_name=last,
        identifier=f"{3100000 + 37 * number}{'ABCDEFGHJKLMNPRSTUVWXYZ'[number % 23]}",
        birth_year=dice.randint(1962, 2006),
        needs=frozenset(need for need in Need if dice.random() < 0.18),
    )
    return _reached(said, dice, number, commune, postcode)


def _reached(said: PersonSaid, dice: Random, number: int, commune: str, postcode: str) -> PersonSaid:
    way = WAYS[dice.randrange(len(WAYS))]
    if "email" in way:
        said = replace(said, email=f"personne{number:03}@demo.example")
    if "mobile" in way:
        said = replace(said, phone=f"06 39 98 {number // 100:02} {number % 100:02}")
    if "landline" in way:
        said = replace(said, phone=f"04 65 71 {number // 100:02} {number % 100:02}", preferred=Channel.CALL)
    if "letter" in way:
        home = f"{dice.randint(1, 90)} {dice.choice(STREETS)}"
        said = replace(said, address=home, postcode=postcode, commune=commune, preferred=Channel.LETTER)
    return said
