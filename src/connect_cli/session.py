"""One run of the program: which journal, what time it is, how to answer."""

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from connect_cli import environment, files, interrupts
from connect_cli.errors import NotUnderstood, first_steps
from connect_cli.journal.answers import Answers, Silent
from connect_cli.journal.journal import Context, Journal
from connect_cli.render import Renderer
from connect_cli.render.safe import HIDDEN
from connect_cli.settings import Settings, from_file
from connect_cli.terminal.output import tell
from connect_cli.terminal.prompts import ask_unseen, read_key, wants_to_mend
from connect_cli.terminal.questions import AtTerminal

if TYPE_CHECKING:
    from connect_cli.safety.keyring import Keyring

LARGEST_INPUT = 2**20
"""The most bytes to read of a mail: only its head matters."""


_SAVED = "An editor was cut off earlier. What you had written in it is in {}"
_REMOVED = (
    "An editor was cut off earlier. What you had written in it was removed, because the journal is"
    " encrypted and the text was not."
)


@dataclass(frozen=True)
class Session:
    """One run of the program: which journal, what time it is, how to answer.

    journal_path: a journal other than the usual one. discreet: hide what is private.
    """

    journal_path: Path | None = None
    discreet: bool = False

    @cached_property
    def now(self) -> datetime:
        """The moment, with its zone."""
        return environment.now()

    @cached_property
    def path(self) -> Path:
        """The journal's file."""
        return environment.journal_path(self.journal_path)

    @cached_property
    def settings_path(self) -> Path:
        """The settings file, which may not exist."""
        return environment.settings_path()

    @cached_property
    def settings(self) -> Settings:
        """What config.toml says."""
        return from_file(self.settings_path)

    @cached_property
    def journal(self) -> Journal:
        """The journal, on this day."""
        given = (self.path, self.now, self.settings, self.answers(), self.keys, self.keys_at_hand)
        return Journal(Context(*given))

    def keys(self, path: Path) -> Iterable[str]:
        """The keys to try on an encrypted journal; the person may be asked for one."""
        return self.keyring(path)

    def keys_at_hand(self, path: Path) -> Iterable[str]:
        """Those keys for which nobody has to be asked."""
        return self.keyring.at_hand(path)

    @cached_property
    def keyring(self) -> "Keyring":
        """The keys and passphrases of this run."""
        from connect_cli.safety.keyring import Keyring  # noqa: PLC0415  # only an encrypted journal needs it

        ask = ask_unseen if self.can_ask else None
        return Keyring(self.path, environment.secrets(), self.settings.key_command, ask)

    def answers(self, *, yes: bool = False) -> Answers:
        """Who answers questions: the person at the terminal, or nobody. yes: confirm everything."""
        if not self.can_ask:
            return Silent(yes=yes)
        return AtTerminal(lambda: self.journal, yes=yes, discreet=self.hides)

    @property
    def today(self) -> date:
        """The logical day."""
        return self.journal.today_is

    @property
    def can_ask(self) -> bool:
        """Whether somebody is at the keyboard to answer a question."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def on_terminal(self) -> bool:
        """Whether the answer goes to a terminal."""
        return sys.stdout.isatty()

    def close(self) -> None:
        """Close the journal if it was opened; the day's copy comes after the answer is printed.

        Ctrl-C, also one that was held back, ends that copy, and no longer the command: it is done.
        """
        if "journal" not in self.__dict__:
            return
        try:
            with suppress(BrokenPipeError):  # `Commands.main` deals with it
                sys.stdout.flush()
            for saved in self.journal.saved_texts:
                tell(_REMOVED if saved is None else _SAVED.format(saved))
            if self.journal.wrote:
                self._keep_daily()
        finally:
            self.journal.close()

    def _keep_daily(self) -> None:
        from connect_cli.safety import daily_copy  # noqa: PLC0415  # only who wrote needs it

        with suppress(KeyboardInterrupt):
            interrupts.let_through()
            if said := daily_copy.keep_daily(self.journal):
                tell(said)
        interrupts.hold()

    @property
    def height(self) -> int:
        """The height of the terminal in lines."""
        return shutil.get_terminal_size().lines

    def show(
        self,
        draw: Callable[[Renderer], None],
        *,
        as_json: bool = False,
        long: bool = False,
        empty: bool = False,
    ) -> None:
        """Answer: as JSON if asked for, with Rich on a terminal, as plain records in a pipe.

        long: on a terminal, use the pager if the answer is taller than the screen. empty: there is
        nothing to show; if that is because nobody is in the journal, a terminal gets the first
        steps instead.
        """
        if empty and self.on_terminal and not as_json and not self.journal.has_people:
            for line in first_steps():
                self.say(line, whole=True)
        elif as_json:
            from connect_cli.render.as_json import AsJson  # noqa: PLC0415  # only `--json` pays for json

            draw(AsJson(sys.stdout, self.today, self.hides))
        elif self.on_terminal:
            from connect_cli.terminal.screen import show  # noqa: PLC0415  # only a terminal pays for Rich

            show(draw, self.today, discreet=self.hides, long=long)
        else:
            from connect_cli.render.plain import Plain  # noqa: PLC0415  # only a pipe pays for it

            draw(Plain(sys.stdout, self.today, self.hides))

    def say(
        self, text: str, *, as_json: bool = False, whole: bool = False, empty: bool = False
    ) -> None:
        """Answer in one sentence. whole: on one line, because it ends with a command to copy.

        empty: as in `show`.
        """
        self.show(
            lambda renderer: renderer.sentence(text, whole=whole), as_json=as_json, empty=empty
        )

    def key(self, allowed: str) -> str:
        """Wait for one of these keys and return it; the end of input returns an empty text."""
        while (pressed := read_key()) and pressed not in allowed:
            continue
        return pressed

    def clear(self) -> None:
        """Clear the screen."""
        from connect_cli.terminal.screen import clear  # noqa: PLC0415  # only a terminal pays for Rich

        clear()

    def hide(self, text: str) -> str:
        """A private text, or a placeholder where others can see the screen."""
        return HIDDEN if self.hides else text

    def edit_until_valid(self, form: str, apply: Callable[[str], bool]) -> bool:
        """Open a form in the editor until `apply` accepts it. False: nothing changed.

        Raises NotUnderstood without a terminal or an editor; see terminal/editor.py.
        """
        from connect_cli.terminal import editor  # noqa: PLC0415  # two commands open it

        command = environment.editor()
        if not (self.can_ask or command):
            raise NotUnderstood(
                "there is no terminal to open an editor in", "use options, or set EDITOR"
            )
        self.journal.check_writable()
        mend = wants_to_mend if self.can_ask else None
        beside = files.real(self.path)
        return editor.edit_until_valid(form, apply, command or editor.EDITOR, beside, mend)

    @property
    def stdin(self) -> BinaryIO:
        """Standard input, as bytes."""
        return sys.stdin.buffer

    def lines_of_stdin(self) -> Sequence[str]:
        """The lines of standard input, without line ends. Raises NotUnderstood if it is no text."""
        try:
            text = sys.stdin.read().removeprefix("\ufeff")  # as Windows marks a text
            text.encode()
        except UnicodeError as error:
            raise NotUnderstood("standard input is not valid text", "is it UTF-8?") from error
        return [line.removesuffix("\r") for line in text.rstrip("\r\n").split("\n")]

    def content_of(self, file: str) -> bytes:
        """The bytes of a file, or of standard input if the name is `-`. Raises NotUnderstood."""
        if file == "-":
            return sys.stdin.buffer.read(LARGEST_INPUT)
        try:
            with Path(file).open("rb") as stream:
                return stream.read(LARGEST_INPUT)
        except OSError as error:
            raise NotUnderstood(f"cannot read {file}: {error.strerror}") from error

    @property
    def hides(self) -> bool:
        """Whether notes, details, promises, relations and contact points are hidden."""
        return self.discreet or environment.discreet()
