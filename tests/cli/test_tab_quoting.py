"""A shell's line as words, and text quoted so that it can be put there."""

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.cli.completion import Quote, Shell
from connect_cli.cli.completion_protocol import Line, quoted, read_line

NONE, SINGLE, DOUBLE, ESCAPED = Quote.NONE, Quote.SINGLE, Quote.DOUBLE, Quote.ESCAPED
POSIX = (Shell.BASH, Shell.ZSH)
LINES = [
    ("connect show a", ("connect", "show", "a"), NONE),
    ("connect show ", ("connect", "show", ""), NONE),
    ("connect \t show  a", ("connect", "show", "a"), NONE),
    (r"connect a\ b\;c", ("connect", "a b;c"), NONE),
    ('connect "a b', ("connect", "a b"), DOUBLE),
    ('connect "a b" ', ("connect", "a b", ""), NONE),
    ('connect "a b"c', ("connect", "a bc"), NONE),
    (r'connect "a \"b\" \$5 \`c\` \\', ("connect", r'a "b" $5 `c` \ '[:-1]), DOUBLE),
    ("connect 'a \"b", ("connect", 'a "b'), SINGLE),
    (r"connect 'a'\''b", ("connect", "a'b"), SINGLE),
    ("connect --with='a b", ("connect", "--with=a b"), SINGLE),
    ("connect $", ("connect", "$"), NONE),
    ("connect $HOME x", ("connect", "$HOME", "x"), NONE),
    ("connect zoë\u00a0x", ("connect", "zoë\u00a0x"), NONE),
    ("", ("",), NONE),
]


@pytest.mark.parametrize("shell", [*POSIX, Shell.FISH], ids=str)
@pytest.mark.parametrize(("typed", "words", "quote"), LINES, ids=[line for line, *_ in LINES])
def test_a_line_is_read_as_its_words(
    typed: str, words: tuple[str, ...], quote: Quote, shell: Shell
) -> None:
    """Without quotes and escapes; and which quotes are open is known."""
    if shell is Shell.FISH:
        typed = typed.replace(r"\`", "`")
    assert read_line(typed, shell) == Line(words, quote)


OWN = [
    (Shell.BASH, r'"a\xb', r"a\xb", DOUBLE),
    (Shell.BASH, r"'a\xb\'c", r"a\xb\c", NONE),
    (Shell.ZSH, r"$'a\'b", "a'b", ESCAPED),
    (Shell.BASH, "$'a b'", "a b", NONE),
    (Shell.BASH, '$"a b', "a b", DOUBLE),
    (Shell.FISH, r"'a\'b\\c\d", r"a'b\c\d", SINGLE),
    (Shell.FISH, r'"a\$b\`c', r"a$b\`c", DOUBLE),
    (Shell.FISH, "$'a", "$a", SINGLE),
]


@pytest.mark.parametrize(("shell", "typed", "word", "quote"), OWN)
def test_each_shell_has_rules_of_its_own(shell: Shell, typed: str, word: str, quote: Quote) -> None:
    """A backslash within quotes, and what `$'` is."""
    assert read_line(typed, shell) == Line((word,), quote)


@pytest.mark.parametrize("shell", Shell, ids=str)
@pytest.mark.parametrize("typed", ["a\\", '"a\\', "connect show a\\"])
def test_an_escape_that_is_not_complete_is_no_word(typed: str, shell: Shell) -> None:
    """What comes next would belong to it."""
    assert read_line(typed, shell) is None


QUOTED = [
    (NONE, "a;{b,c}", r"a\;\{b,c\}"),
    (NONE, "zoë o'b!", r"zoë\ o\'b\!"),
    (SINGLE, "o'b $x!", r"o'\''b $x!"),
    (DOUBLE, 'o"b $x `y` \\', r"o\"b \$x \`y\` \\"),
    (DOUBLE, "a!b", "a\"'!'\"b"),
    (DOUBLE, "a!", 'a"\'!\'""'),
    (ESCAPED, "o'b\\!", r"o\'b\\'\!$'"),
]


@pytest.mark.parametrize(("quote", "text", "line"), QUOTED)
def test_text_is_quoted_for_where_it_stands(quote: Quote, text: str, line: str) -> None:
    """By the rules of the quotes that are open; an exclamation mark outside of `"`."""
    assert quoted(text, quote) == line


@given(text=st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" ")))
def test_what_is_quoted_is_read_as_it_was(text: str) -> None:
    """Within all quotes, in both shells that take it as it is."""
    for shell in POSIX:
        for quote in Quote:
            line = read_line(f"a{quote}{quoted(text, quote)}", shell)
            assert line is not None
            assert line.words == (f"a{text}",)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_shells_read_it_so_too(shell: str) -> None:
    """Every mark there is, within all quotes."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    text = "".join(map(chr, range(0x20, 0x7F))) + "é’"
    closing = {NONE: "", SINGLE: "'", DOUBLE: '"', ESCAPED: "'"}
    words = [f"{quote}{quoted(text, quote)}{closing[quote]}" for quote in Quote]
    done = subprocess.run(
        [shell, "-c", f"printf '%s\\n' {' '.join(words)}"], capture_output=True, check=True
    )
    assert done.stdout.decode().splitlines() == [text] * len(words)
