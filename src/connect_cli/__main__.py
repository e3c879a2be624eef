"""The entry point: `connect`, and `python -m connect_cli`."""

import gc
import sys

MANY = 100_000


def main() -> None:
    """Run the command line; `connect prompt` is answered before it is loaded."""
    gc.set_threshold(MANY)  # what a start makes stays: looking through it for waste takes 6 ms
    if sys.argv[1:] == ["prompt"]:
        from connect_cli.prompt import show

        show()
        return
    from connect_cli.cli import app  # noqa: PLC0415  # a prompt has no use for it

    app()


if __name__ == "__main__":
    main()
