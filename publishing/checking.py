"""What is compared with the record before a text is published; nothing is ever changed by it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One place where a text says other things than the record: its words, and what is on record.

    `address` is where the record says so, for staff.
    """

    quoted: str
    on_record: str
    address: str = ""


# Each app to the right adds what it can compare: publication -> findings.
CHECKS: list[Callable[..., list[Finding]]] = []


def findings_of(publication) -> list[Finding]:
    """Return what in a text differs from the record, in the order of the checks, each once."""
    return list(dict.fromkeys(one for check in CHECKS for one in check(publication)))
