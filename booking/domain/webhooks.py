"""A webhook tells another program what has happened here."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """The life of one thing told to one program."""

    PLANNED = "planned"
    SENDING = "sending"
    DELIVERED = "delivered"
    DEAD = "dead"
