"""The entry point: `connect`, and `python -m connect_cli`."""

import gc
import os
import sys
from contextlib import suppress

MANY = 100_000
SOON = 0.01  # seconds


def main() -> None:
    """Run the command line; `connect prompt` runs without loading it.

    Garbage collection would take a quarter of a short command's time, mostly at exit, and find
    nothing, because what is made at start stays in use. It still runs in long commands.
    """
    gc.set_threshold(MANY)
    sys.unraisablehook = _interrupt_again
    _open_streams()
    try:
        _run()
    except SystemExit:
        from connect_cli import interrupts  # noqa: PLC0415  # a prompt does not end so

        interrupts.ignore()
        raise
    except KeyboardInterrupt:  # while loading: once loaded, the command line handles Ctrl-C
        sys.exit(130)
    finally:
        gc.freeze()


def _open_streams() -> None:
    """Open /dev/null for a closed standard stream, so that no file gets its descriptor."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            with suppress(OSError):
                os.fstat(number)
                continue
            os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))


def _interrupt_again(lost: "sys.UnraisableHookArgs") -> None:
    """Repeat a Ctrl-C that came inside a finaliser, where Python cannot raise it."""
    if not isinstance(lost.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    from signal import SIGINT, pthread_kill  # noqa: PLC0415  # only a lost Ctrl-C needs these
    from threading import Timer, get_ident  # noqa: PLC0415  # nothing else waits on a timer

    again = Timer(SOON, pthread_kill, (get_ident(), SIGINT))
    again.daemon = True  # the program need not wait for it to exit
    again.start()


def _run() -> None:
    if sys.argv[1:] == ["prompt"]:
        from connect_cli.cli.prompt import show  # noqa: PLC0415  # a prompt loads no command line

        show()
        return
    from connect_cli.cli.app import app  # noqa: PLC0415  # a prompt has no use for it

    app()


if __name__ == "__main__":
    main()
