"""The command `jcm-cycle`."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command, or say what has to be installed for it."""
    try:
        from jcm_cycle.cli._pages import app  # noqa: PLC0415 - typer and rich come with an extra
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("typer", "rich"):
            raise
        sys.stderr.write("The command needs typer and rich: pip install 'jcm-cycle[cli]'\n")
        raise SystemExit(2) from None
    app()
