"""Where somebody asks from."""

from booking.domain.origins import household, place_of


def test_an_address_written_the_long_way_is_the_same_one_and_not_all_the_world():
    assert household("::ffff:192.0.2.7") == household("192.0.2.7") == "192.0.2.7"
    assert household("::ffff:192.0.2.8") != household("::ffff:192.0.2.7")
    assert place_of("::ffff:192.0.2.7") == place_of("192.0.2.7") == "192.0.2.0/24"


def test_one_subscriber_has_many_addresses_of_the_sixth_kind_and_is_counted_once():
    assert household("2001:db8::1") == household("2001:db8::ffff:1") == "2001:db8::/64"
    assert household("2001:db8:0:1::1") != household("2001:db8::1")
