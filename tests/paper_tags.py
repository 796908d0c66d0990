"""What a screen reader finds in a PDF (ISO 14289-1): checked by structure, since no certified checker runs here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, IndirectObject

PAINTING = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh"}


@dataclass
class Element:
    """One element of the structure; ``inside`` are further elements, and its own contents by page and number."""

    kind: str
    alt: str = ""
    scope: str = ""
    inside: "list[Element | tuple[int, int]]" = field(default_factory=list)

    def all(self, *kinds: str) -> "list[Element]":
        """Every element of these kinds below, in reading order."""
        return [one for one in walk(self) if one.kind in kinds]


def walk(element: Element) -> Iterator[Element]:
    """The element and all below, in reading order."""
    yield element
    for part in element.inside:
        if isinstance(part, Element):
            yield from walk(part)


def faults(content: bytes) -> list[str]:
    """What is wrong, in words; empty for a paper that can be read aloud."""
    reader = PdfReader(BytesIO(content))
    root = reader.root_object
    if "/StructTreeRoot" not in root:
        return ["no structure"]
    tree = structure(reader)
    said = {
        "not marked": not root.get("/MarkInfo", {}).get("/Marked"),
        "no language": not str(root.get("/Lang", "")),
        "title not shown": not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"),
        "no title": not (reader.metadata and reader.metadata.title),
        "picture without words": any(not one.alt for one in tree.all("/Figure")),
        "head of a table without scope": any(not one.scope for one in tree.all("/TH")),
        "table without head": any(not one.all("/TH") for one in tree.all("/Table")),
        "no first heading": not tree.all("/H1"),
        "headings skip a level": _skips([int(one.kind[2]) for one in tree.all("/H1", "/H2", "/H3")]),
        "read in another order than printed": not _in_order(tree),
    }
    loose = [n for n, page in enumerate(reader.pages) if _has_loose_content(reader, page)]
    return [fault for fault, is_so in said.items() if is_so] + [f"page {n} has content without tags" for n in loose]


def structure(reader: PdfReader) -> Element:
    """The tree of elements."""
    pages = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages) if page.indirect_reference}
    return _element(reader.root_object["/StructTreeRoot"], pages, None)


def _element(node: Any, pages: dict[int, int], page: int | None) -> Element:
    if isinstance(node.raw_get("/Pg") if "/Pg" in node else None, IndirectObject):
        page = pages[node.raw_get("/Pg").idnum]
    made = Element(str(node.get("/S", "")), str(node.get("/Alt", "")), _scope(node.get("/A")))
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        one = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(one, int) and page is not None:
            made.inside.append((page, int(one)))
        elif not isinstance(one, int) and "/MCID" in one:
            on = pages[one.raw_get("/Pg").idnum] if "/Pg" in one else page
            made.inside.append((on or 0, int(one["/MCID"])))
        elif not isinstance(one, int) and "/S" in one:
            made.inside.append(_element(one, pages, page))
    return made


def _scope(attributes: Any) -> str:
    some = attributes.get_object() if isinstance(attributes, IndirectObject) else attributes
    each = some if isinstance(some, ArrayObject) else [some]
    return next((str(one.get_object()["/Scope"]) for one in each if one and "/Scope" in one.get_object()), "")


def _skips(levels: list[int]) -> bool:
    return any(after > before + 1 for before, after in zip([0, *levels], levels, strict=False))


def _in_order(tree: Element) -> bool:
    marks = list(_marks(tree))
    return marks == sorted(marks)


def _marks(element: Element) -> Iterator[tuple[int, int]]:
    for part in element.inside:
        yield from _marks(part) if isinstance(part, Element) else (part,)


def _has_loose_content(reader: PdfReader, page: Any) -> bool:
    inside: list[bool] = []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            known = operands[1] if len(operands) > 1 else {}
            inside.append(operands[0] == "/Artifact" or (isinstance(known, dict) and "/MCID" in known))
        elif operator == b"EMC":
            inside.pop()
        elif operator in PAINTING and not any(inside):
            return True
    return False
