"""The entry point: `connect`, and `python -m connect_cli`."""

from connect_cli.cli import app


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
