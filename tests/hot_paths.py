"""The ways that an office goes all day, and the statements that each may cost.

Counted with BEGIN and COMMIT, which are ways to the database and back like any other; on a file with the savepoint of
each transaction, too, where they cost next to nothing.
"""

STATEMENTS = {
    "seats searched by a program": {"postgresql": 2, "sqlite": 2},
    "placing page": {"postgresql": 22, "sqlite": 30},
    "home page": {"postgresql": 6, "sqlite": 6},
    "page of a person": {"postgresql": 20, "sqlite": 28},
    "roll": {"postgresql": 7, "sqlite": 11},
    "month of an agenda": {"postgresql": 15, "sqlite": 15},
    "figures of an agency": {"postgresql": 26, "sqlite": 28},
    "calendar unchanged": {"postgresql": 1, "sqlite": 1},
    "calendar kept": {"postgresql": 1, "sqlite": 1},
    "calendar cold": {"postgresql": 3, "sqlite": 3},
    "seat taken": {"postgresql": 3, "sqlite": 15},
    "seat given up and given on": {"postgresql": 42, "sqlite": 42},
    "reminders planned": {"postgresql": 19, "sqlite": 23},
    "words sent": {"postgresql": 26, "sqlite": 30},
}
