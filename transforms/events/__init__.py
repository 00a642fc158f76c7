"""What articles say happened: events, who took part, when and where; documents."""

from transforms.events.finding import EventsFound, find_events
from transforms.events.knowledge import EventKnowledge, dimension_of_event_types

__all__ = ["EventKnowledge", "EventsFound", "dimension_of_event_types", "find_events"]
