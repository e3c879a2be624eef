"""What a way to reach somebody opens: a message that is empty, a number, a page, or nothing."""

import pytest

from connect_cli.model import ContactPoint
from connect_cli.render.links import LONGEST, link_of


@pytest.mark.parametrize(
    ("kind", "value", "link"),
    [
        ("email", "ada@example.org", "mailto:ada@example.org"),
        ("email", "a+b@example.org", "mailto:a+b@example.org"),
        (
            "email",
            "ada@example.org?subject=hi&body=x",
            "mailto:ada@example.org%3Fsubject%3Dhi%26body%3Dx",
        ),
        ("email", "a,b@example.org", "mailto:a%2Cb@example.org"),
        ("email", "a%0Ab@example.org", "mailto:a%250Ab@example.org"),
        ("email", "jürgen@example.org", "mailto:j%C3%BCrgen@example.org"),
        ("email", "nobody", ""),
        ("phone", "+44 20 7946 0018", "tel:+442079460018"),
        ("phone", "0171 2345678 (evenings, 6-8)", "tel:01712345678"),
        ("phone", "tel:+1-555-0100;ext=5", "tel:+15550100"),
        ("phone", "none", ""),
        ("phone", "112", "tel:112"),
        ("phone", "tel:112", "tel:112"),
        ("phone", "0800-CALL-ME", ""),
        ("phone", "123[31m", ""),
        ("url", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("url", "HTTP://example.org", "http://example.org"),
        (
            "url",
            "https://example.org/a b'\"<>\\\x1b\x07\x9c",
            ("https://example.org/a%20b%27%22%3C%3E%5C%1B%07%C2%9C"),
        ),
        ("url", "https://", ""),
        ("url", "example.org", ""),
        ("url", "javascript:alert(1)", ""),
        ("url", "javascript://example.org", ""),
        ("url", "file:///etc/passwd", ""),
        ("url", f"https://example.org/{'x' * LONGEST}", ""),
        ("address", "https://example.org", ""),
    ],
)
def test_a_link_opens_only_what_is_safe_and_empty(kind: str, value: str, link: str) -> None:
    """No subject, no text, no other scheme; whatever is unusual is percent-encoded."""
    assert link_of(ContactPoint("c", kind, value)) == link
