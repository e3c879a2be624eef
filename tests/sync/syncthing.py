"""Real Syncthing instances that share one folder over loopback, and reach nothing else.

Each has a home and a folder of its own. They know each other by address: no discovery, no relay, no
port mapping, no usage or crash report, no upgrade. Each keeps old versions of a file in
`.stversions`, as many people let it.
"""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self
from xml.sax.saxutils import escape

import pytest

FOLDER = "inbox"
API_KEY = "loopback"
HOST = str(ip_address("127.0.0.0") + (os.getpid() if sys.platform == "linux" else 1))
"""On Linux loopback has an address for each process of tests: no other takes a port meanwhile."""
PATIENCE = 180
"""Seconds after which instances that do not agree are wrong."""

CONFIG = """<configuration version="36">
  <folder id="{folder}" path="{path}" type="sendreceive" rescanIntervalS="1"
      fsWatcherEnabled="true" fsWatcherDelayS="1" ignorePerms="false">
    {shared_with}
    <maxConflicts>{max_conflicts}</maxConflicts>
    <minDiskFree unit="">0</minDiskFree>
    <versioning type="simple"><param key="keep" val="5"/></versioning>
  </folder>
  {devices}
  <gui enabled="true" tls="false">
    <address>{host}:{gui_port}</address>
    <apikey>{api_key}</apikey>
  </gui>
  <options>
    <listenAddress>tcp://{host}:{port}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled>
    <localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled>
    <natEnabled>false</natEnabled>
    <reconnectionIntervalS>1</reconnectionIntervalS>
    <startBrowser>false</startBrowser>
    <urAccepted>-1</urAccepted>
    <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
    <crashReportingEnabled>false</crashReportingEnabled>
    <announceLANAddresses>false</announceLANAddresses>
    <setLowPriority>false</setLowPriority>
    <limitBandwidthInLan>{limits}</limitBandwidthInLan>
    <maxSendKbps>{kilobytes}</maxSendKbps>
    <maxRecvKbps>{kilobytes}</maxRecvKbps>
  </options>
</configuration>
"""


class Instance:
    """A Syncthing with a home and a shared folder of its own."""

    def __init__(self, program: str, place: Path, port: int, gui_port: int) -> None:
        self._program, self._home = program, place / "home"
        self.folder = place / FOLDER
        self.folder.mkdir(parents=True)
        (self.folder / ".stfolder").mkdir()  # without it Syncthing takes the folder for missing
        self.port, self._gui_port = port, gui_port
        done = self._command("generate", "--no-default-folder", "--skip-port-probing")
        assert done.returncode == 0, done.stdout + done.stderr
        self.device = self._command("serve", "--device-id").stdout.strip()
        self._process: subprocess.Popen[bytes] | None = None

    def configure(self, instances: Sequence[Self], max_conflicts: int, kilobytes: int = 0) -> None:
        """Share the folder with all of these. kilobytes: how many a second it brings; 0: all."""
        config = CONFIG.format(
            folder=FOLDER,
            path=escape(str(self.folder)),
            shared_with="".join(f'<device id="{one.device}"/>' for one in instances),
            max_conflicts=max_conflicts,
            devices="".join(
                f'<device id="{one.device}" name="{number}" compression="never">'
                f"<address>tcp://{HOST}:{one.port}</address></device>"
                for number, one in enumerate(instances)
            ),
            host=HOST,
            gui_port=self._gui_port,
            api_key=API_KEY,
            port=self.port,
            limits=str(kilobytes > 0).lower(),
            kilobytes=kilobytes,
        )
        (self._home / "config.xml").write_text(config)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        log = (self._home / "log").open("wb")
        with log:
            self._process = subprocess.Popen(
                [*self._words("serve"), "--no-browser", "--no-restart", "--no-upgrade"],
                stdout=log,
                stderr=log,
            )
        wait_until(self._answers, self.log)

    def log(self) -> str:
        """What it said, for whoever waited in vain."""
        return (self._home / "log").read_text()[-5000:]

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def scan(self) -> None:
        """Look through the folder, and return when that is done."""
        self._ask("POST", f"/rest/db/scan?folder={FOLDER}")

    def pause(self) -> None:
        """Part from all others."""
        self._ask("POST", "/rest/system/pause")
        wait_until(partial(self.speaks_with, 0), self.log)

    def resume(self) -> None:
        """Look for the others again."""
        self._ask("POST", "/rest/system/resume")

    def speaks_with(self, count: int) -> bool:
        """Whether it is connected with so many others."""
        others = self._ask("GET", "/rest/system/connections")["connections"].values()
        return len([one for one in others if one["connected"]]) == count

    def content(self) -> dict[str, bytes]:
        """Each file of the shared folder, by its path there; none of Syncthing's own."""
        found = {}
        for path in (
            Path(place, name) for place, _, names in os.walk(self.folder) for name in names
        ):
            inside = path.relative_to(self.folder)
            if not inside.parts[0].startswith((".st", ".syncthing.", "~syncthing~")):
                with suppress(FileNotFoundError, IsADirectoryError):
                    if path.is_file() and not path.name.startswith(".syncthing."):
                        found[str(inside)] = path.read_bytes()
        return found

    def _answers(self) -> bool:
        try:
            return bool(self._ask("GET", "/rest/system/ping"))
        except ConnectionError:
            return False

    def _ask(self, method: str, path: str) -> Any:
        connection = http.client.HTTPConnection(HOST, self._gui_port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers={"X-API-Key": API_KEY})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        assert answer.status == 200, (path, answer.status, content)
        return json.loads(content or "null")

    def _command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self._words(*words), capture_output=True, text=True, check=False)

    def _words(self, *words: str) -> list[str]:
        return [self._program, *words, f"--home={self._home}"]


@contextmanager
def instances(
    place: Path, count: int, max_conflicts: int, kilobytes: int = 0
) -> Iterator[list[Instance]]:
    """So many instances that share a folder, and stand in connection."""
    program = shutil.which("syncthing")
    if program is None:
        pytest.skip("there is no syncthing here")
    ports = iter(free_ports(2 * count))
    made = [
        Instance(program, place / str(number), next(ports), next(ports)) for number in range(count)
    ]
    with ExitStack() as stack:
        for one in made:
            one.configure(made, max_conflicts, kilobytes)
            stack.callback(one.stop)
            one.start()
        connect(made)
        yield made


def connect(all_of_them: Sequence[Instance]) -> None:
    """Wait until each speaks with all others."""
    for one in all_of_them:
        wait_until(partial(one.speaks_with, len(all_of_them) - 1), one.log)


def settle(all_of_them: Sequence[Instance]) -> dict[str, bytes]:
    """Wait until all folders hold the same files; what they hold."""

    def same() -> bool:
        for one in all_of_them:
            one.scan()
        first, *others = [one.content() for one in all_of_them]
        return all(other == first for other in others)

    wait_until(
        lambda: all(same() for _ in range(3)), lambda: str([one.content() for one in all_of_them])
    )
    return all_of_them[0].content()


def wait_until(true: Callable[[], bool], why: Callable[[], str]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, why()
        time.sleep(0.1)


def free_ports(count: int) -> list[int]:
    """Ports of this process's address on which nobody listens, all of them different."""
    with ExitStack() as stack:
        found = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in found:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in found]
