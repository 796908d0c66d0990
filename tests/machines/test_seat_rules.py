"""The product keeps the seat rules through whatever people and the clock do, on both databases."""

from tests.machines.playing import LENGTH, play
from tests.machines.stage import Stage


def test_every_answer_and_every_row_is_that_of_the_rules_in_a_file(file_stage: Stage) -> None:
    play(file_stage, 15 * LENGTH)


def test_every_answer_and_every_row_is_that_of_the_rules_on_a_server(server_stage: Stage) -> None:
    play(server_stage, 8 * LENGTH)
