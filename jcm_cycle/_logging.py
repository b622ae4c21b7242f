"""The one seam to structlog: silent unless the host configures logging.

Events are named `noun.verb` and carry values as keywords. What must be kept goes to the journal, never here.
"""

from __future__ import annotations

import logging
from typing import Any

import structlog

__all__ = ["logger"]

logging.getLogger("jcm_cycle").addHandler(logging.NullHandler())


def logger(name: str) -> Any:
    """Return the logger of one module, bound to the standard library logger of that name."""
    return structlog.wrap_logger(
        logging.getLogger(name),
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            structlog.stdlib.render_to_log_kwargs,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
    )
