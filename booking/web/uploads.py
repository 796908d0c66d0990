"""A file that somebody sends with a form."""

from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge

from booking.domain.archives import LARGEST
from booking.domain.sites import Site
from booking.web.errors import MalformedBody
from booking.web.forms import Form
from booking.web.security import AnyRequest, must_come_from_here

# A list of sessions of a whole country's year.
LARGEST_LIST = 5 * 1024 * 1024
# A calendar of the largest size that is read, and the form around it.
LARGEST_CALENDAR = 5 * 1024 * 1024 + 64 * 1024
# A scan of the largest size that is kept, and the form around it.
LARGEST_SCAN = LARGEST + 64 * 1024


async def read_upload(request: AnyRequest, site: Site, name: str) -> tuple[Form, bytes]:
    """The fields of a form that comes from our own page, and the file of this name; empty when none was chosen.

    Raises like :func:`read_named`.
    """
    form, _, content = await read_named(request, site, name)
    return form, content


async def read_named(request: AnyRequest, site: Site, name: str) -> tuple[Form, str, bytes]:
    """The same, with what the file is called on the machine of who sends it; as true as any word of a form.

    Raises :class:`ForgedForm`, :class:`MalformedBody` for another content type, ``RequestEntityTooLarge``.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise MalformedBody
    try:
        sent = await request.form()
    except RequestEntityTooLarge:
        raise
    except (HTTPException, ValueError) as error:
        raise MalformedBody from error
    form = Form([(key, value) for key, value in sent.multi_items() if isinstance(value, str)])
    must_come_from_here(request, site, form.get("form_token"))
    file = sent.get(name)
    return (form, file.filename, await file.read()) if isinstance(file, UploadFile) else (form, "", b"")
