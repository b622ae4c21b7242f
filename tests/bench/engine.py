"""The library's own engine as a candidate, through the function that `Case.attempt` calls."""

from __future__ import annotations

from operator import attrgetter

from jcm_cycle.states._engine import Engine, fire
from tests.bench.workload import EVENTS, STATES, Adapter, Subject

__all__ = ["OwnEngine"]


class OwnEngine(Adapter):
    """A table on `transitions` behind the seam: the guard is judged outside, the engine reads the verdict."""

    title = "jcm_cycle engine"

    def setup(self) -> None:
        """Build one shared engine and the guards."""
        rows = [
            {"trigger": event.name, "source": source, "dest": event.target}
            for event in EVENTS
            for source in event.sources
        ]
        moves = Engine(model=None, states=list(STATES), initial=None, transitions=rows, auto_transitions=False)
        guards = {event.name: attrgetter(event.guard) for event in EVENTS}

        def attempt(subject: Subject, event: str) -> bool:
            state = subject.state
            target = fire(moves, state, event, guards[event](subject))
            if target is None:
                return False
            subject.log.append((event, state, target, subject.at))
            subject.state = target
            return True

        self.fire = attempt
