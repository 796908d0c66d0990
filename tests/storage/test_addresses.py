"""One address for the toolkit and for PostgreSQL's own programs."""

from booking.storage.addresses import for_programs, read

SEVERAL = "postgresql://u:p%40@un:5432,[::2]/nom?ssl=require&pooled=yes"


def test_several_hosts_are_read_one_by_one():
    address = read(SEVERAL)

    assert (address.username, address.password, address.database) == ("u", "p@", "nom")
    assert address.query["host"] == ("un:5432", "[::2]:5432")


def test_one_host_stays_as_it_is():
    assert read("postgresql://u@un:5433/nom").port == 5433


def test_programs_are_told_to_take_the_host_that_is_written_to():
    told = for_programs(SEVERAL)

    assert told == (
        "postgresql://u@un:5432,[::2]:5432/nom?sslmode=require&target_session_attrs=read-write&connect_timeout=5"
    )


def test_programs_know_the_link_by_another_name():
    assert for_programs("postgresql+asyncpg://u:p@un/nom?ssl=verify-full") == (
        "postgresql://u@un/nom?sslmode=verify-full"
    )
