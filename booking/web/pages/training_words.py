"""What is said about trainings on screen."""

from booking.domain.trainings import Standing

DONE = {
    "booked": "Vous avez une place à cette formation.",
    "waitlisted": "Vous êtes en liste d’attente. Si une place se libère, elle est pour vous.",
    "cancelled": "Votre inscription est annulée. Votre place est libre.",
}
STANDINGS = {
    Standing.TRAINED: "faite",
    Standing.BOOKED: "place réservée",
    Standing.WAITING: "en attente",
    Standing.EXPIRED: "à refaire",
    Standing.MISSING: "pas encore faite",
    Standing.FREE: "facultative",
}
TAGS = {
    Standing.TRAINED: "good",
    Standing.BOOKED: "info",
    Standing.WAITING: "wait",
    Standing.EXPIRED: "warn",
    Standing.MISSING: "bad",
    Standing.FREE: "",
}
