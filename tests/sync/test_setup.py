"""What a folder may be before this journal meets others in it."""

from pathlib import Path

import pytest

from connect_cli.errors import ConnectError
from connect_cli.store.schema import new_id
from connect_cli.sync import meeting_place, setup
from connect_cli.sync.folder import Marker
from tests.sync.fleet import Machine


def test_a_machine_with_a_key_gives_nothing_in_plain_text(tmp_path: Path) -> None:
    """Whoever can write in an encrypted folder could let its marker say that it is plain."""
    machine = Machine(tmp_path / "laptop", "laptop", tmp_path / "meet")
    machine.log("tea with Ada")
    with machine.journal() as journal:
        at = meeting_place.place(machine.path, str(machine.folder), quiet=True)
        setup.adopt(journal, Marker(new_id(), encrypted=True), "AGE-SECRET-KEY-1")
        with pytest.raises(ConnectError, match="met the others encrypted"):
            setup.key_for(journal, Marker(new_id(), encrypted=False), at, lambda: "", plain=False)
