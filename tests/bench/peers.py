"""The peers: hand-written dispatch as the bound of what Python allows, and two libraries used as they ship.

A library is imported in `setup`, so that no candidate pays for another one.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from operator import attrgetter
from typing import Any

from tests.bench.workload import EVENTS, STATES, Adapter, Subject

__all__ = ["DictDispatch", "SharedTransitions", "ViewflowFsm"]


class DictDispatch(Adapter):
    """A dictionary of dictionaries, one call of the guard, one append."""

    title = "hand-written dispatch"

    def setup(self) -> None:
        """Write the table state -> event -> (guard, target)."""
        table: dict[str, dict[str, tuple[Callable[[Subject], bool], str]]] = {state: {} for state in STATES}
        for event in EVENTS:
            for source in event.sources:
                table[source][event.name] = (attrgetter(event.guard), event.target)

        def fire(subject: Subject, event: str) -> bool:
            source = subject.state
            guard, target = table[source][event]
            if not guard(subject):
                return False
            subject.log.append((event, source, target, subject.at))
            subject.state = target
            return True

        self.fire = fire


class SharedTransitions(Adapter):
    """One machine for all subjects, triggered through its events: the quickest public way there is.

    Adding each subject as a model (`add_model`) is the usual way; it costs more at every step.
    """

    title = "`transitions` as shipped"
    distribution = "transitions"

    def setup(self) -> None:
        """Define the machine without a model and without `to_<state>` shortcuts."""
        from transitions import EventData, Machine

        def audit(data: EventData) -> None:
            subject: Any = data.model
            transition: Any = data.transition
            subject.log.append((data.event.name, transition.source, transition.dest, subject.at))

        machine = Machine(
            model=None,
            states=list(STATES),
            initial=STATES[0],
            transitions=[
                {
                    "trigger": event.name,
                    "source": list(event.sources),
                    "dest": event.target,
                    "conditions": attrgetter(f"model.{event.guard}"),
                }
                for event in EVENTS
            ],
            auto_transitions=False,
            send_event=True,
            after_state_change=audit,
        )
        events = machine.events
        self.fire = lambda subject, event: events[event].trigger(subject)


class ViewflowFsm(Adapter):
    """A flow class with one method for each event, and a flow object around each subject.

    The class is built from the table, as its author would have written it by hand.
    """

    title = "`viewflow.fsm`"
    distribution = "django-viewflow"

    def setup(self) -> None:
        """Define the flow class; its module needs configured Django settings, and no database."""
        import django
        from django.conf import settings

        settings.configure(INSTALLED_APPS=["viewflow"])
        django.setup()
        from viewflow import fsm

        state = fsm.State(StrEnum("ProjectState", {name: name for name in STATES}), default=STATES[0])

        class Flow:
            def __init__(self, subject: Subject) -> None:
                self.subject = subject

            @state.setter()
            def _set(self, value: str) -> None:
                self.subject.state = value

            @state.getter()
            def _get(self) -> str:
                return self.subject.state

            @state.on_success()
            def _audit(self, descriptor: Any, source: str, target: str) -> None:
                self.subject.log.append((descriptor._func.__name__, source, target, self.subject.at))

        body: dict[str, Any] = {"state": state}
        for event in EVENTS:
            body[event.name] = state.transition(
                source=list(event.sources),
                target=event.target,
                conditions=[attrgetter(f"subject.{event.guard}")],
            )(_named(event.name))
        self._flow = type("ProjectFlow", (Flow,), body)
        self._refusal = fsm.TransitionNotAllowed

    def make(self, number: int) -> Any:
        """Return a flow object around a new subject."""
        return self._flow(Subject(number))

    def subject(self, handle: Any) -> Subject:
        """Return the subject that the flow object holds."""
        subject: Subject = handle.subject
        return subject

    def fire(self, handle: Any, event: str) -> bool:
        """Call the flow's method; a refusal is an exception there."""
        try:
            getattr(handle, event)()
        except self._refusal:
            return False
        return True


def _named(name: str) -> Callable[[Any], None]:
    def act(_: Any) -> None: ...

    act.__name__ = name
    return act
