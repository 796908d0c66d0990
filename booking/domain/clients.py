"""Which program fetched a calendar, as people call it: the owner of a link recognises his own by it."""

# What stands in a User-Agent (RFC 9110, 10.1.5), in lower case, and what people call the program. The first that is
# found counts: Outlook on a telephone names iOS too, and all of them like to name Mozilla.
NAMES = (
    ("google-calendar", "Google Agenda"),
    ("thunderbird/", "Thunderbird"),
    ("icsx5/", "Android (ICSx5)"),
    ("davx5/", "DAVx5"),
    ("nextcloud", "Nextcloud"),
    ("evolution", "Evolution"),
    # Outlook itself, and the servers that fetch for Outlook on the web.
    ("outlook", "Outlook"),
    ("microsoft office", "Outlook"),
    ("microsoft exchange", "Outlook"),
    ("microsoft.exchange", "Outlook"),
    ("msoffice", "Outlook"),
    ("dataaccessd", "Apple Calendrier"),
    ("calendaragent", "Apple Calendrier"),
    ("calendarstore", "Apple Calendrier"),
    ("curl/", "curl"),
    ("mozilla/", "un navigateur"),
)
OTHER = "un autre programme"


def client_of(user_agent: str | None) -> str:
    """What people call the program that says this of itself."""
    said = (user_agent or "").lower()
    return next((name for sign, name in NAMES if sign in said), OTHER)
