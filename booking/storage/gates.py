"""The gate of each provider, shared by every worker on every host."""

from collections.abc import Collection

from sqlalchemy import select, update

from booking.domain.gates import Gate
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made, values
from booking.storage.tables import provider_gates

_GATE = columns(Gate, provider_gates)


async def of(tx: Tx, names: Collection[str]) -> dict[str, Gate]:
    """What is known of these providers; one of which nothing is known is new."""
    found = {name: Gate(name=name) for name in names}
    known = select(*_GATE).where(provider_gates.c.name.in_(names))
    return found | {row.name: made(Gate, row) for row in (await tx.rows(known) if names else ())}


async def hold(tx: Tx, names: Collection[str]) -> dict[str, Gate]:
    """The same, locked in the order of their names until the transaction ends."""
    if not names:
        return {}
    new = INSERT[tx.dialect](provider_gates).on_conflict_do_nothing(index_elements=["name"])
    await tx.run(new, [{"name": name} for name in sorted(names)])
    known = select(*_GATE).where(provider_gates.c.name.in_(names)).order_by(provider_gates.c.name).with_for_update()
    return {row.name: made(Gate, row) for row in await tx.rows(known)}


async def keep(tx: Tx, gate: Gate) -> None:
    """Write a gate that is held."""
    new = values(gate, provider_gates)
    await tx.run(update(provider_gates).where(provider_gates.c.name == gate.name).values(new))


async def everything(tx: Tx) -> list[Gate]:
    """Every provider that was ever called, by name."""
    return [made(Gate, row) for row in await tx.rows(select(*_GATE).order_by(provider_gates.c.name))]
