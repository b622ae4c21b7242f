"""Who acts: the roles of the procedure and the party that takes one."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from jcm_cycle.errors import EvidenceError

__all__ = ["JAPAN", "Actor", "Role"]

JAPAN = "JP"
"""The code of the Japanese side."""


class Role(StrEnum):
    """What a party is in the procedure; each step names the roles that may take it."""

    __hash__ = str.__hash__

    PARTICIPANT = "participant"
    """Project participant, of either side."""
    FOCAL_POINT = "focal point"
    """The one entity that the modalities of communication name to speak for all participants."""
    ENTITY = "entity"
    """Third-party entity designated by the Joint Committee."""
    SECRETARIAT = "secretariat"
    """Secretariat of the Joint Committee, of either side."""
    JOINT_COMMITTEE = "Joint Committee"
    """The committee of the two governments."""
    PUBLIC = "public"
    """Anyone who comments."""
    CLOCK = "clock"
    """Nobody: a window has passed."""
    LINKED_CASE = "linked case"
    """Nobody: the decision of another case has its effect here."""
    PROPONENT = "proponent"
    """Who proposes a methodology: a company, a government or the Joint Committee."""
    CANDIDATE = "candidate"
    """Entity that applies for designation."""
    SIDE = "side"
    """Registry manager of one government."""
    HOST_AUTHORITY = "host authority"
    """Authority of the host country."""
    JAPANESE_AUTHORITY = "Japanese authority"
    """Japanese minister or implementing agency."""
    REGISTRY = "registry"
    """Registry of a holder of credits."""


FILING_ROLES = frozenset({Role.PARTICIPANT, Role.FOCAL_POINT, Role.PROPONENT, Role.CANDIDATE})
"""The roles whose steps are filings."""


def _role(value: str) -> Role:
    if type(value) is Role:
        return value
    try:
        return Role(value)
    except ValueError:
        why = f"{value!r} is not a role."
        raise EvidenceError(why, cure=f"Roles are {', '.join(Role)}.") from None


@frozen
class Actor:
    """A party in its role.

    Attributes:
        role: the role it acts in.
        name: its name, where the journal should keep it; the name of an organisation, not of a person.
    """

    role: Role = field(converter=_role)
    name: str | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.role})" if self.name else str(self.role)
