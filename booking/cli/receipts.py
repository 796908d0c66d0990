"""Where a provider of text messages tells what became of them: the address to give it, and what it signs with."""

import click

from booking.cli.databases import in_data
from booking.domain.returns import GATEWAY, PROVIDERS, path_of, secret_of
from booking.domain.signatures import written
from booking.domain.sites import Site
from booking.settings import Settings

NAMES = {"passerelle": "votre passerelle", "ovh": "OVHcloud", "smsfactor": "SMSFactor", "brevo": "Brevo"}
WHERE = {
    "passerelle": "Elle envoie en POST, signé selon Standard Webhooks avec ce secret : {secret}",
    "ovh": "À inscrire comme « Callback » de l’utilisateur SMS, ou du compte. Les réponses n’y passent pas.",
    "smsfactor": "À inscrire dans trois webhooks : DLR, MO et STOP.",
    "brevo": "À inscrire comme webhook des SMS transactionnels.",
}


@click.command()
@in_data
def receipts(settings: Settings) -> None:
    """Dit l’adresse où votre fournisseur de SMS annonce ce qu’ils deviennent, et les réponses.

    Cette adresse est secrète : qui la connaît peut faire croire qu’un SMS est arrivé.
    """
    scheme = (settings.sms_url or "").partition(":")[0].partition("+")[0].lower()
    chosen = [name for name, kind in PROVIDERS.items() if kind == scheme] or list(PROVIDERS)
    for name in chosen:
        click.echo(f"Adresse à donner à {NAMES[name]} : {settings.site.url}{path_of(settings.site.secret, name)}")
        click.echo(f"  {WHERE[name].format(secret=_secret(settings.site))}")


def _secret(site: Site) -> str:
    return written(secret_of(site.secret, GATEWAY))
