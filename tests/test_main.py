"""The entry point itself."""

import subprocess
import sys


def ended_in_order(program: str) -> bool:
    """Whether a program ends with 130 and not a word."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    return (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_ctrl_c_while_the_program_is_loaded_is_an_end_in_order() -> None:
    """130 and not a word, as at any other moment."""
    assert ended_in_order(
        "import sys, connect_cli.__main__ as entry\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'connect_cli.cli':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "entry.main()\n"
    )


def test_ctrl_c_that_nothing_could_raise_comes_again() -> None:
    """One that comes while an object is cleared away ends the command all the same, in order."""
    assert ended_in_order(
        "import sys, time, types, weakref, connect_cli.__main__ as entry\n"
        "class Object: pass\n"
        "def interrupt(_): raise KeyboardInterrupt\n"
        "def app():\n"
        "    gone = Object()\n"
        "    watched = weakref.ref(gone, interrupt)\n"
        "    del gone\n"
        "    time.sleep(30)\n"
        "sys.modules['connect_cli.cli.app'] = types.SimpleNamespace(app=app)\n"
        "entry.main()\n"
    )
