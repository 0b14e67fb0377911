"""How large the county is, and what is planted in it: numbers that its registers must show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
#: Schemes with a notice in every village, as `notices` in registry/registers.toml has them.
SCHEMES = ("低保", "特困", "残疾人两项补贴", "高龄补贴")


@dataclass(frozen=True, slots=True)
class CountyPlan:
    """A county: of each village, and of all together. All numbers are exact."""

    villages: int = 58
    dibao: int = 12  #: households of a village
    tekun: int = 3
    disabled: int = 15
    elders: int = 25
    edge: int = 50  #: 边缘户
    every_dossier: int = 7  #: villages with a case of each of the other dossiers
    teams: int = 3
    #: Problems of the campaign.
    solved: int = 102  #: closed, with a filed scan
    unproved: int = 5  #: closed in the ledger, but for the scan
    late: int = 6
    running: int = 7
    answers: int = 315
    #: Notices.
    absent: int = 3
    stale: int = 2
    unsealed: int = 4
    old_template: int = 1
    differences: int = 3  #: of the three levels
    #: What is scanned besides notices that hang and problems that are closed. Reading a scan
    #: takes a second, so of a whole county no notice that hung before a decision is.
    scanned_visits: int = 12
    scanned_announcements: int = 0

    @property
    def recipients(self) -> int:
        """Whom something was approved for, in one village."""
        return self.dibao + self.tekun + self.disabled + self.elders

    @property
    def visited(self) -> int:
        """Persons visited in the whole county."""
        return self.villages * (self.recipients + self.edge)

    @property
    def unvisited(self) -> int:
        """Whom something was given to lately, and nobody has visited."""
        return 3 * self.every_dossier  # 临时救助, 医疗救助, 优抚

    @property
    def problems(self) -> int:
        """Problems of the campaign in whatever state."""
        return self.solved + self.unproved + self.late + self.running

    @property
    def notices(self) -> int:
        """Notices that hang somewhere, in whatever state."""
        return self.villages * len(SCHEMES) - self.absent

    @property
    def valid_notices(self) -> int:
        """Notices that are stamped, new enough and on today's form."""
        return self.notices - self.stale - self.unsealed - self.old_template

    @property
    def announcements(self) -> int:
        """Notices that hung before a decision; one household was decided later."""
        return self.villages * len(SCHEMES) + (self.differences > 0)

    @property
    def doubts(self) -> dict[str, int]:
        """What the checks must find, and nothing else."""
        unscanned = self.announcements - self.scanned_announcements
        return {
            "notices_without_seal": self.unsealed + unscanned,
            "papers_missing": 3
            * self.every_dossier,  # 临时救助, 医疗救助 not published, 孤儿 not seen
            "problems_left_open": self.late,
            "amounts_differ": 1,  # lowered, and the roster does not know it
        }


WHOLE = CountyPlan()
#: The same in small, for tests: laid in seconds.
SMALL = CountyPlan(
    villages=6, dibao=2, tekun=1, disabled=2, elders=2, edge=2, every_dossier=1,
    solved=4, unproved=1, late=2, running=1, answers=9, absent=1, stale=1, unsealed=2,
    scanned_visits=1, scanned_announcements=25,
)  # fmt: skip


def spread(count: int, over: Sequence[T]) -> Iterator[T]:
    """So many picks, as evenly as may be, one after the other."""
    for number in range(count):
        yield over[number * len(over) // count if count < len(over) else number % len(over)]
