"""The faults of SQLite and of the system, in plain words."""

import os
from pathlib import Path

import pytest

from connect_cli.store import faults


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_what_stops_the_program_while_a_file_is_closed_is_no_fault_of_the_journal(
    tmp_path: Path, stop: type[BaseException]
) -> None:
    """The standard library then closes the file a second time, which is an error of its own."""

    def stopped() -> None:
        with faults.faults(tmp_path / "journal.db"):
            try:
                raise stop
            finally:
                os.close(-1)

    with pytest.raises(stop):
        stopped()
