"""``ateliers jobs drain``: send what is due without a server, for a PC of its own or before maintenance."""

import asyncio
import signal
import time

import click

from booking.cli.databases import in_data, opened
from booking.cli.logs import configure_logs
from booking.cli.serving import deliveries_of
from booking.services import sweeping
from booking.services.draining import drain as send
from booking.settings import Settings

LINE_EVERY = 1.0


@click.command()
@click.option("--seconds", type=click.IntRange(1), help="S’arrête au plus tard après ce temps.")
@in_data
def drain(seconds: int | None, settings: Settings) -> None:
    """Envoie ce qui doit partir maintenant, sans serveur, jusqu’à ce que plus rien n’attende.

    Ctrl+C arrête proprement : ce qui est en cours d’envoi est d’abord noté. Un serveur peut tourner à côté.
    """
    configure_logs(settings.log_format)
    asyncio.run(_Drain(settings, seconds).run())


class _Drain:
    """One run: how far it is, and whether it is to end."""

    def __init__(self, settings: Settings, seconds: int | None) -> None:
        self._settings, self._began = settings, time.monotonic()
        self._ends = self._began + seconds if seconds else None
        self._is_stopped, self._met = False, 0

    async def run(self) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, self._stop)
        deliveries = deliveries_of(self._settings)
        async with opened(self._settings) as db:
            await sweeping.reap(db, now := await db.now(), deliveries)
            saying = asyncio.create_task(self._say_how_far())
            try:
                known = {"site": self._settings.site, "is_over": self._is_over, "told": self._tell}
                await send(db, deliveries, now, **known)
            finally:
                saying.cancel()
                await deliveries.close()
        click.echo(self._end())

    def _stop(self) -> None:
        self._is_stopped = True

    def _is_over(self) -> bool:
        return self._is_stopped or (self._ends is not None and time.monotonic() >= self._ends)

    def _tell(self, met: int) -> None:
        self._met = met

    async def _say_how_far(self) -> None:
        while True:
            await asyncio.sleep(LINE_EVERY)
            click.echo(f"{time.monotonic() - self._began:.0f} s : {self._met} messages traités")

    def _end(self) -> str:
        what = f"Messages traités : {self._met}."
        if self._is_over():
            return f"{what} Arrêté avant la fin : le reste partira la prochaine fois."
        return f"{what} Plus rien n’attend."
