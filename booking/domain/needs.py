"""What may wait for somebody who works here, the most urgent first, and with which right it is his to do."""

from enum import StrEnum

from booking.domain.staff import Right


class Need(StrEnum):
    """One kind of thing that waits, in the order of its urgency."""

    TO_CALL = "to_call"
    FAILED = "failed"
    TO_RECALL = "to_recall"
    TO_CLOSE = "to_close"
    DECLINED = "declined"
    BUSY_ELSEWHERE = "busy_elsewhere"
    TOO_FEW = "too_few"
    TO_PRINT = "to_print"
    REFERRALS = "referrals"
    ABSENT = "absent"
    WAITING = "waiting"
    DRAFTS = "drafts"
    LISTS = "lists"
    OPENING = "opening"


RIGHTS = {
    Need.TO_CALL: Right.REACH,
    Need.FAILED: Right.REACH,
    Need.TO_RECALL: Right.REACH,
    Need.TO_CLOSE: Right.MARK,
    Need.DECLINED: Right.PLAN,
    Need.BUSY_ELSEWHERE: Right.PLAN,
    Need.TOO_FEW: Right.PLAN,
    Need.TO_PRINT: Right.REACH,
    Need.REFERRALS: Right.SEE_PEOPLE,
    Need.ABSENT: Right.REACH,
    Need.WAITING: Right.PLAN,
    Need.DRAFTS: Right.PLAN,
    Need.LISTS: Right.BOOK,
    Need.OPENING: Right.PLAN,
}
