"""By its first bytes a file is a journal, an encrypted one, or something else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.store import signature


@settings(max_examples=60)
@given(content=st.binary(max_size=1024))
def test_only_noise_is_taken_for_an_encrypted_journal(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Text, zeros and what a database has in its head are not; what is encrypted is."""
    path = tmp_path_factory.mktemp("noise") / "file"
    path.write_bytes(content[:300])
    assert not signature.is_encrypted(path)
    path.write_bytes(signature.PLAIN + content)
    assert not signature.is_encrypted(path)
