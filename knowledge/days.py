"""Days as residents and staff count them: in Asia/Tokyo, whatever the clock of the machine says."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def today() -> date:
    """The day in the towns' own time."""
    return datetime.now(TOKYO).date()
