"""Which words name a Git repository."""

import subprocess
from pathlib import Path

import pytest

from connect_cli.errors import ConnectError
from connect_cli.sync.git_address import as_kept, is_git


@pytest.mark.parametrize(
    "where",
    [
        *("git@example.org:me/journal.git", "host:journal.git", "ssh://me@host:22/x", "git://h/x"),
        *("https://example.org/x.git", "http://h/x", "HTTPS://h/x", "file:///x", "ssh+git://h/x"),
        *("ext::sh -c true", "--upload-pack=a:b"),
    ],
)
def test_an_address_is_of_git(where: str) -> None:
    """URLs that git knows, and host:path; also what is then refused in one clear line."""
    assert is_git(where)


@pytest.mark.parametrize("where", ["/mnt/stick", "Sync", "./a:b", "/a:b/c", "~/Sync", "a/b:c", ""])
def test_a_folder_is_not_of_git(where: str) -> None:
    """A path that could be a folder is one, also before it is there."""
    assert not is_git(where)


def test_a_bare_repository_on_the_disk_is_of_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder is looked into: a bare repository, a work tree, a folder with a colon."""
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet", "--bare", "bare.git"], check=True)
    subprocess.run(["git", "init", "--quiet", "tree"], check=True)
    (tmp_path / "a:b").mkdir()
    assert [is_git(name) for name in ("bare.git", "tree", "a:b")] == [True, False, False]
    assert as_kept("bare.git") == str(tmp_path / "bare.git")


@pytest.mark.parametrize(
    "where",
    [
        *("--upload-pack=touch x:y", "-x", "ext::sh -c true", "fd::3", "", "a\0b"),
        "https://me:secret@example.org/x.git",
    ],
)
def test_what_is_no_plain_address_is_refused(where: str) -> None:
    """No option, no command, and no password, which would be shown to everybody on the machine."""
    with pytest.raises(ConnectError) as refused:
        as_kept(where)
    assert "secret" not in refused.value.message


@pytest.mark.parametrize(
    "where",
    ["git@example.org:me/a.git", "ssh://me@host:22/x@y:z", "https://me@host/x", "file:///x"],
)
def test_an_address_is_kept_as_it_was_written(where: str) -> None:
    """A port or a user is no password."""
    assert as_kept(where) == where
