"""Who is answered what: the tables of the apps, as one."""

from tests.architecture.access import ROLES, change_control, decisions, desk, dissent, groups, meetings, register

PARTS = (register.TABLE, desk.TABLE, meetings.TABLE, decisions.TABLE, dissent.TABLE, groups.TABLE, change_control.TABLE)
TABLE = {row: answers for part in PARTS for row, answers in part.items()}

assert len(TABLE) == sum(map(len, PARTS)), "an address stands in the table of one app only"

__all__ = ["ROLES", "TABLE"]
