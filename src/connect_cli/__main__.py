"""The entry point: `connect`, and `python -m connect_cli`."""

import gc
import os
import sys
from contextlib import suppress

MANY = 100_000
SOON = 0.01  # seconds


def main() -> None:
    """Run the command line; `connect prompt` is answered before that is loaded.

    Looking for cyclic waste takes a quarter of a short command's time, most of it at the very end,
    and finds nothing: what a start makes stays. Long commands still have theirs looked for.
    """
    gc.set_threshold(MANY)
    sys.unraisablehook = _interrupt_again
    _open_streams()
    try:
        _run()
    except KeyboardInterrupt:  # while it was being loaded: what is loaded takes it itself
        sys.exit(130)
    finally:
        gc.freeze()


def _open_streams() -> None:
    """Give a stream that was closed somewhere to go, so that no file of ours takes its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            with suppress(OSError):
                os.fstat(number)
                continue
            os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))


def _interrupt_again(lost: "sys.UnraisableHookArgs") -> None:
    """Bring a Ctrl-C again that came while an object was cleared away, where none can be raised."""
    if not isinstance(lost.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    from signal import SIGINT, pthread_kill  # noqa: PLC0415  # only a lost Ctrl-C needs these
    from threading import Timer, get_ident  # noqa: PLC0415  # as above

    again = Timer(SOON, pthread_kill, (get_ident(), SIGINT))
    again.daemon = True  # a program that has ended by then is not kept waiting
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
