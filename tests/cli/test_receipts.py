"""What the operator is told to give to the provider of text messages."""

from click.testing import CliRunner

from booking.cli import main

KEY = {"ATELIERS_SECRET": "x" * 40, "ATELIERS_PUBLIC_URL": "https://ateliers.example"}


def said(tmp_path, **environ: str) -> str:
    found = CliRunner().invoke(main, ["receipts", "--data", str(tmp_path)], env=KEY | environ)
    assert found.exit_code == 0, found.output
    return found.output


def test_the_provider_of_the_settings_gets_its_own_address(tmp_path):
    told = said(tmp_path, ATELIERS_SMS_URL="brevo://KEY@?sender=Ateliers")

    assert "Adresse à donner à Brevo : https://ateliers.example/retours/brevo/" in told and "OVH" not in told
    assert "KEY" not in told


def test_a_gateway_gets_the_secret_that_it_signs_with(tmp_path):
    told = said(tmp_path, ATELIERS_SMS_URL="gateway+https://sms.example.org/?to={digits}&text={text}")

    assert "https://ateliers.example/retours/passerelle\n" in told and "whsec_" in told


def test_without_a_provider_each_is_named_and_the_addresses_stay_the_same(tmp_path):
    assert said(tmp_path).count("/retours/") == 4
    assert said(tmp_path) == said(tmp_path)
