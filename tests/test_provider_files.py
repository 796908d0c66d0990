"""The file of providers of identities: what is read, and what is refused with its place and without a secret."""

from pathlib import Path

import pytest

from booking.domain.issuers import Grant
from booking.domain.staff import Role
from booking.provider_files import BadProvider, read
from booking.settings import BadSetting, load

GOOD = """
[reseau]
label = "Réseau Emploi"
issuer = "https://identite.example"
client_id = "ateliers"
claim = "groups"
creates_accounts = true
roles = [{ value = "conseil", role = "adviser", agency = "38001" }, { value = "siege", role = "auditor" }]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "providers.toml"
    path.write_text(text)
    return path


def test_a_provider_is_read_with_its_secret_from_the_environment_or_a_file(tmp_path: Path):
    (tmp_path / "secret").write_text("dans un fichier\n")

    (by_variable,) = read(written(tmp_path, GOOD), {"ATELIERS_PROVIDER_RESEAU_SECRET": "dans une variable"})
    (by_file,) = read(written(tmp_path, GOOD.replace("claim", 'client_secret_file = "secret"\nclaim')), {})

    assert (by_variable.client_secret, by_file.client_secret) == ("dans une variable", "dans un fichier")
    assert by_variable.grants == (
        Grant(value="conseil", role=Role.ADVISER, agency_code="38001"),
        Grant(value="siege", role=Role.AUDITOR),
    )
    assert "dans une variable" not in repr(by_variable)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://identite", "http://identite"),
        ("adviser", "boss"),
        ("[reseau]", "[Réseau]"),
        ("label", "lable"),
        ('claim = "groups"', ""),
        ("client_id", 'client_secret_file = "nowhere"\nclient_id'),
        ("client_id", 'scopes = ["profile"]\nclient_id'),
        ("true", '"yes"'),
        ('"38001"', "38001"),
        ("[reseau]", "[reseau"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, old: str, new: str):
    path = written(tmp_path, GOOD.replace(old, new))

    with pytest.raises(BadProvider):
        read(path, {})
    with pytest.raises(BadSetting, match="ATELIERS_PROVIDERS"):
        load(tmp_path, {"ATELIERS_PROVIDERS": str(path)})


def test_passwords_are_not_left_to_a_provider_that_nobody_wrote_down(tmp_path: Path):
    with pytest.raises(BadSetting, match="ATELIERS_PASSWORDS_FOR_ALL"):
        load(tmp_path, {"ATELIERS_PASSWORDS_FOR_ALL": "no"})

    found = load(tmp_path, {"ATELIERS_PASSWORDS_FOR_ALL": "no", "ATELIERS_PROVIDERS": str(written(tmp_path, GOOD))})
    assert not found.terms.passwords_for_all
