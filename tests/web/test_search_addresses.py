"""The address of the placing page keeps what was asked."""

from booking.web.pages.seat_searches import Search


def test_a_search_forgets_all_filters_at_once_but_not_the_person():
    search = Search.of({"personne": "p", "moment": "matin", "agence": "5", "complet": "1", "tri": "pres"})

    assert search.without() == "/placer?personne=p&tri=pres"
    assert search.without("half") == "/placer?personne=p&tri=pres&agence=5&complet=1"
    assert search.narrowing == ["scope", "half"]
