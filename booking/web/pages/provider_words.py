"""What is wrong with a provider, in words for who cannot put it right and for who can."""

from booking.domain.gates import Trouble
from booking.domain.job_seekers import Channel

TROUBLES = {
    Trouble.SILENT: "le fournisseur ne répond pas",
    Trouble.KEY: "le fournisseur refuse notre mot de passe",
    Trouble.CREDIT: "le crédit chez le fournisseur est épuisé",
    Trouble.REFUSED: "le fournisseur refuse nos envois",
}
NAMES = {Channel.SMS: "Les SMS", Channel.EMAIL: "Les e-mails"}
