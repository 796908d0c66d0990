"""What a screen reader is told, from Chromium's tree of accessibility."""

from typing import Any

from playwright.sync_api import Locator, Page

ROLES = {
    "searchbox": "champ de recherche",
    "link": "lien",
    "heading": "titre",
    "status": "état",
    "radio": "bouton radio",
    "button": "bouton",
}
CHECKED = {"true": "coché"}


def heard(page: Page, place: Locator | None = None) -> tuple[str, str]:
    """The role and the words of where the focus is, or of this place."""
    client = page.context.new_cdp_session(page)
    (place or page.locator(":focus")).first.evaluate("(it) => { globalThis.heard = it; }")
    found = client.send("Runtime.evaluate", {"expression": "globalThis.heard"})["result"]["objectId"]
    nodes = client.send("Accessibility.getPartialAXTree", {"objectId": found, "fetchRelatives": False})["nodes"]
    node = nodes[0]
    role = str(node["role"]["value"])
    said = [_value(node, "name"), _value(node, "description"), *_states(node)]
    if not said[0]:
        said.append(page.evaluate("globalThis.heard.textContent"))
    return ROLES.get(role, role), " ".join(" ".join(said).split())


def _value(node: dict[str, Any], kind: str) -> str:
    return str(node.get(kind, {}).get("value", ""))


def _states(node: dict[str, Any]) -> list[str]:
    known = {one["name"]: str(one["value"].get("value")) for one in node.get("properties", ())}
    return [CHECKED.get(known.get("checked", ""), "")]
