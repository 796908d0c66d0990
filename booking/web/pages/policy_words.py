"""What is said on screen about the rules of messages."""

from booking.domain.job_seekers import Channel
from booking.domain.policies import Group, SmsNo

GROUPS = {
    Group.CONFIRMATION: "Inscription",
    Group.REMINDER: "Rappel",
    Group.CHANGE: "Changement et annulation",
    Group.OFFER: "Place proposée",
}
WAYS = {
    Channel.EMAIL: "E-mail",
    Channel.SMS: "SMS",
    Channel.CALL: "Appel",
    Channel.LETTER: "Courrier",
}
SMS_NO = {
    SmsNo.ASKS: "Le conseil est prévenu et décide",
    SmsNo.FREES: "La place est libre tout de suite",
}
SMS_NO_MEANINGS = {
    SmsNo.ASKS: "La personne garde sa place. Son conseil trouve la réponse dans ce qui est à faire.",
    SmsNo.FREES: "L’inscription est annulée, la personne reçoit une réponse, et la place va à la personne qui attend.",
}
# What a rule may be, as the form offers it.
SAME_HOUR, GIVEN_HOUR, MORNING, HOURS = "jours", "jours-heure", "matin", "heures"
RULES = {
    SAME_HOUR: "des jours avant, à l’heure de l’atelier",
    GIVEN_HOUR: "des jours avant, à une heure fixe",
    MORNING: "le jour même, à une heure fixe",
    HOURS: "des heures avant",
}
