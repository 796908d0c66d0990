"""Two entries of the directory that may be one place."""

import pytest

from booking.domain.partner_likeness import Known, alike
from tests.given_partners import a_partner


@pytest.mark.parametrize(
    ("name", "commune"),
    [
        ("ESPACE DES CLICS", "GRENOBLE CEDEX 9"),
        ("Clics, espace", "Grenoble"),
        ("Espace des Clic", "Grenoble"),
    ],
)
def test_the_same_name_in_one_town_is_alike(name: str, commune: str):
    assert alike(a_partner("Espace des Clics"), a_partner(name, commune=commune))


@pytest.mark.parametrize(
    ("one", "other", "commune"),
    [
        ("Espace des Clics", "Espace des Clics", "Lyon"),
        ("Espace des Clics", "Maison des Clics", "Grenoble"),
        ("Mission locale antenne 1", "Mission locale antenne 2", "Grenoble"),
        ("Le Fil", "Le Fils", "Grenoble"),
    ],
)
def test_another_name_or_another_town_is_not(one: str, other: str, commune: str):
    assert not alike(a_partner(one), a_partner(other, commune=commune))


def test_one_establishment_at_one_address_is_alike_whatever_it_is_called():
    of_one = {"pivot": "43493312300029", "address": "12 rue Haute"}

    assert alike(a_partner("Médiathèque", **of_one), a_partner("La Source", **of_one))
    assert not alike(a_partner("Médiathèque", **of_one), a_partner("La Source", **of_one | {"address": "1 rue Basse"}))


def test_nobody_is_like_himself():
    partner = a_partner()

    assert Known([partner]).like(partner) == []
