"""The demo's accounts, one per role and city; their password is public, so they exist in demo mode only."""

DEMO_PASSWORD = "musterek-ornek-2026"  # noqa: S105
DOMAIN = "ornek.invalid"


def demo_address(handle: str) -> str:
    """The e-mail address of an invented person; the domain can receive no mail (RFC 2606)."""
    return f"{handle}@{DOMAIN}"
