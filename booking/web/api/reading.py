"""The OpenAPI description, read again for people: operations, and the kinds of things they take and give."""

import json
import re
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "delete")
# What an example says for a type, when its name says nothing better.
EXAMPLES = {"string": "…", "integer": 1, "number": 1.0, "boolean": True, "null": None}
FORMATS = {"uuid": "0192d9c4-8f00-7000-8000-000000000001", "date-time": "2026-11-24T09:30:00+01:00"}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind, or a parameter of an operation; ``place`` is path, query or header."""

    name: str
    type: str
    is_required: bool
    description: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A thing that is taken or given, or the words it may be one of."""

    name: str
    description: str
    fields: list[Field]
    words: list[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation may answer: a status, the kind of its body, and for refusals their types."""

    status: int
    type: str
    description: str
    headers: list[str]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a program can ask for."""

    id: str
    tag: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    body: str
    example: str
    answers: list[Answer]


def operations(schema: Json) -> list[Operation]:
    """Every operation, in the order of the addresses."""
    return [
        _operation(schema, path, method, item[method])
        for path, item in sorted(schema["paths"].items())
        for method in METHODS
        if method in item
    ]


def _operation(schema: Json, path: str, method: str, said: Json) -> Operation:
    parameters = [_parameter(parameter) for parameter in said.get("parameters", [])]
    body = _content(said.get("requestBody", {}))
    return Operation(
        id=said["operationId"],
        tag=said["tags"][0],
        method=method.upper(),
        path=path,
        summary=said["summary"],
        description=" ".join(said.get("description", "").split()),
        parameters=parameters,
        body=_type(body) if body else "",
        example=_curl(schema, path, method, parameters, body),
        answers=[_answer(int(status), answer) for status, answer in sorted(said["responses"].items())],
    )


def _parameter(said: Json) -> Field:
    return Field(
        said["name"], _type(said["schema"]), said.get("required", False), said.get("description") or "", said["in"]
    )


def _answer(status: int, said: Json) -> Answer:
    content = _content(said)
    return Answer(status, _type(content) if content else "", said["description"], sorted(said.get("headers") or {}))


def _content(said: Json) -> Json:
    kinds = list((said.get("content") or {}).values())
    found: Json = kinds[0]["schema"] if kinds else {}
    return found


def kinds(schema: Json) -> list[Kind]:
    """Every kind by name; where two have the same, each carries that of its module before it."""
    return [_kind(name, said) for name, said in sorted(schema["components"]["schemas"].items())]


def _kind(name: str, said: Json) -> Kind:
    required = said.get("required", [])
    fields = [
        Field(field, _type(kind), field in required, kind.get("description", ""))
        for field, kind in said.get("properties", {}).items()
    ]
    return Kind(name, " ".join(said.get("description", "").split()), fields, said.get("enum", []))


def _type(said: Json) -> str:
    """A type in a few words."""
    if "$ref" in said:
        return str(said["$ref"].rpartition("/")[2])
    several = said.get("oneOf") or said.get("anyOf") or said.get("allOf")
    if several:
        return " | ".join(_type(one) for one in several if one.get("type") != "null")
    if said.get("type") == "array":
        return f"[{_type(said['items'])}]"
    kind = said.get("type", "object")
    return said.get("format") or (" | ".join(kind) if isinstance(kind, list) else str(kind))


def _curl(schema: Json, path: str, method: str, parameters: list[Field], body: Json) -> str:
    """How to ask for it with curl."""
    asked = "&".join(f"{p.name}=…" for p in parameters if p.place == "query" and p.is_required)
    # curl has its own idea of braces.
    address = re.sub(r"{(\w+)}", lambda name: f"${name[1].upper()}", path) + (f"?{asked}" if asked else "")
    lines = [f'curl -X {method.upper()} "$URL{address}"', '-H "Authorization: Bearer $TOKEN"']
    if any(p.name == "Idempotency-Key" for p in parameters):
        lines.append("-H 'Idempotency-Key: …'")
    if any(p.name == "If-Match" for p in parameters):
        lines.append("-H 'If-Match: \"1\"'")
    if body:
        said = json.dumps(example(schema, body), ensure_ascii=False)
        lines += ["-H 'Content-Type: application/json'", f"-d '{said}'"]
    return " \\\n  ".join(lines)


def example(schema: Json, said: Json) -> Any:
    """An example of a body: what is required, and nothing else."""
    if "$ref" in said:
        return example(schema, schema["components"]["schemas"][said["$ref"].rpartition("/")[2]])
    if "enum" in said:
        return said["enum"][0]
    if said.get("type") == "array":
        return [example(schema, said["items"])]
    if "properties" in said:
        return {name: example(schema, said["properties"][name]) for name in said.get("required", [])}
    return FORMATS.get(said.get("format", ""), EXAMPLES.get(str(said.get("type")), "…"))
