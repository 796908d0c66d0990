"""Fields into which one types a secret."""

import re

from booking.web.templating import TEMPLATES

# Written out, or by the macro of all fields.
FIELD = re.compile(r"<input[^>]*\bname=\"password\w*\"[^>]*>|m\.field\('password.*?\) }}")


def test_every_field_for_a_secret_is_masked_and_takes_what_is_pasted():
    fields = [found for page in TEMPLATES.rglob("*.html") for found in FIELD.findall(page.read_text())]

    assert len(fields) >= 4
    assert [one for one in fields if not re.search(r"type=[\"']password[\"']", one)] == []
    assert [one for one in fields if not re.search(r"(current|new)-password", one)] == []
    assert [one for one in fields if "onpaste" in one or "readonly" in one] == []
