"""What can be shown: the page of a country, a machine as a diagram, a book over time, all countries side by side.

Everything is text: pages are Markdown, diagrams Mermaid, pictures SVG. The same book gives the same page, letter by
letter, on whatever day it is asked for. What comes from a book is shown as it was written and is never markup.
"""

from __future__ import annotations

from jcm_cycle.pictures._comparison import comparison
from jcm_cycle.pictures._diagram import diagram
from jcm_cycle.pictures._eight import Guideline, guidelines, today
from jcm_cycle.pictures._page import MARK, page
from jcm_cycle.pictures._timeline import timeline

__all__ = ["MARK", "Guideline", "comparison", "diagram", "guidelines", "page", "timeline", "today"]
