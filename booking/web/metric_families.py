"""The figures of ``/metrics``, each with its name, its labels and what it means."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from booking import __version__
from booking.services.surveying import Survey
from booking.services.tallies import TALLIES
from booking.services.ticking import Health

Value = tuple[tuple[str, ...], float]


class Figures:
    """Read like a registry."""

    def __init__(self, survey: Survey | None, now: datetime) -> None:
        self._survey, self._now = survey, now

    def collect(self) -> Iterator[Metric]:
        """Those of this process, and those of the installation where there is a survey."""
        yield from TALLIES.collect()
        yield _gauge("ateliers_build_info", "The version that runs.", ["version"], [((__version__,), 1)])
        yield _gauge("ateliers_database_up", "1 while the database answers.", [], [((), float(bool(self._survey)))])
        if self._survey:
            yield from _of_deeds(self._survey)
            yield from _of_queues(self._survey, self._now)
            yield from _of_health(self._survey.health, self._survey.head)
            yield from _of_providers(self._survey)
            in_use, waiting = self._survey.load or (0, 0)
            said = "Connections to the database in use, and requests that wait for one."
            yield _gauge(
                "ateliers_database_connections", said, ["state"], [(("in_use",), in_use), (("waiting",), waiting)]
            )


def _of_deeds(survey: Survey) -> Iterator[Metric]:
    said = "What was done in the whole installation since this process was first asked, from the sealed audit."
    told = CounterMetricFamily("ateliers_deeds", said, labels=["noun", "action"])
    for deed, number in sorted(survey.deeds.items()):
        told.add_metric(deed, number)
    yield told


def _of_queues(survey: Survey, now: datetime) -> Iterator[Metric]:
    ages = [((name,), max((now - at).total_seconds(), 0) if at else 0) for name, at in survey.oldest.items()]
    yield _gauge("ateliers_queue_oldest_seconds", "How long the oldest one is overdue, by queue.", ["queue"], ages)
    yield _gauge(
        "ateliers_messages_due", "Messages to people that should have left (10,000 at most).", [], [((), survey.due)]
    )
    yield _gauge("ateliers_messages_dead", "Messages that no way could say (10,000 at most).", [], [((), survey.dead)])
    said = "Webhooks that programs should have been told (10,000 at most)."
    yield _gauge("ateliers_webhooks_due", said, [], [((), survey.due_to_programs)])
    waiting = [((channel or "none",), number) for channel, number in sorted(survey.to_do.items(), key=str)]
    yield _gauge("ateliers_messages_to_do", "Messages that wait for a person, by channel.", ["channel"], waiting)


def _of_health(health: Health, head: int) -> Iterator[Metric]:
    good = [((name,), one.finished_at.timestamp()) for name, one in health.ticks.items() if one.finished_at]
    said = "When each job last ended well, in seconds of Unix."
    yield _gauge("ateliers_tick_last_good_timestamp_seconds", said, ["tick"], good)
    late = [((name,), 1) for name in health.silent]
    yield _gauge("ateliers_tick_late", "1 for each job that should have run since.", ["tick"], late)
    yield _gauge("ateliers_audit_head", "The number of the last seal; it never falls.", [], [((), head)])
    is_tampered = float(health.is_tampered)
    yield _gauge("ateliers_audit_tampered", "1 when the audit is not as it was written.", [], [((), is_tampered)])


def _of_providers(survey: Survey) -> Iterator[Metric]:
    gates = [(one, one.gate) for one in survey.providers]
    stopped = [((gate.name, gate.trouble or "full"), float(one.is_stopped)) for one, gate in gates if one.is_stopped]
    yield _gauge(
        "ateliers_provider_stopped", "1 for each provider by which nothing leaves.", ["provider", "trouble"], stopped
    )
    sent = [((gate.name,), gate.sent) for _, gate in gates]
    yield _gauge(
        "ateliers_provider_sent_today", "Letters that left on the provider's last day (UTC).", ["provider"], sent
    )
    credit = [((gate.name,), gate.credit) for _, gate in gates if gate.credit is not None]
    yield _gauge("ateliers_provider_credit", "What the provider last said was left.", ["provider"], credit)


def _gauge(name: str, said: str, labels: list[str], values: Iterable[Value]) -> Metric:
    told = GaugeMetricFamily(name, said, labels=labels)
    for of, value in values:
        told.add_metric(of, value)
    return told
