"""Every setting that comes from the environment: name, type, default and what it is for.

`read(name)` gives a typed value; a missing or malformed one ends the process with one line.
`python -m config.environment` prints the table that docs/settings.md shows.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
REQUIRED = object()
SHORTEST_SECRET = 32


def boolean(raw: str) -> bool:
    try:
        return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[raw.lower()]
    except KeyError:
        raise ValueError("expected true or false") from None


def comma_list(raw: str) -> list[str]:
    return [part.strip() for part in raw.split(",") if part.strip()]


def folder(raw: str) -> Path:
    """A folder, made where there is none."""
    found = Path(raw).expanduser().resolve()
    try:
        found.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"the folder cannot be made ({error.strerror})") from error
    return found


def host_list(raw: str) -> list[str]:
    hosts = comma_list(raw)
    if not hosts or any(sign in host for host in hosts for sign in "/: "):
        raise ValueError("expected host names such as example.org, without https:// and port")
    return hosts


def secret(raw: str) -> str:
    if len(raw) < SHORTEST_SECRET:
        raise ValueError(f"expected at least {SHORTEST_SECRET} characters")
    return raw


def one_of(*words: str) -> Callable[[str], str]:
    def parse_word(raw: str) -> str:
        if raw.upper() not in words:
            raise ValueError(f"expected one of {', '.join(words)}")
        return raw.upper()

    return parse_word


def address(*schemes: str) -> Callable[[str], str]:
    """A whole address with one of the schemes."""

    def parse_address(raw: str) -> str:
        try:
            parts = urlsplit(raw)
            whole = parts.scheme in schemes and parts.hostname and parts.port != 0
        except ValueError:  # its words may quote a password
            whole = False
        if not whole:
            raise ValueError(f"expected an address such as {schemes[0]}://example.org")
        return raw

    return parse_address


def addresses(*schemes: str) -> Callable[[str], list[str]]:
    """Whole addresses, comma separated."""
    return lambda raw: [address(*schemes)(one) for one in comma_list(raw)]


def index_name(raw: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", raw):
        raise ValueError("expected small letters, digits, - and _, beginning with a letter or digit")
    return raw


def mailbox(raw: str) -> str:
    if "@" not in parseaddr(raw)[1]:
        raise ValueError("expected an e-mail address, or a name and <address>")
    return raw


def database(raw: str) -> dict[str, Any]:
    """Django's settings of the database."""
    address("postgres", "postgresql")(raw)
    return environ.Env.db_url_config(raw)


def mail_server(raw: str) -> dict[str, Any]:
    """Django's settings of the mail server."""
    address(*(scheme for scheme in environ.Env.EMAIL_SCHEMES if scheme.startswith("smtp")))(raw)
    return environ.Env.email_url_config(raw)


@dataclass(frozen=True)
class Variable:
    """One environment variable. `default` is what an absent variable gives; REQUIRED has none."""

    name: str
    parse: Callable[[str], Any]
    default: Any
    about: str


TABLE = {
    variable.name: variable
    for variable in (
        Variable(
            "SECRET_KEY", secret, REQUIRED, "Signs sessions and links. Long, random, secret. Required in production."
        ),
        Variable("ALLOWED_HOSTS", host_list, REQUIRED, "Host names served, comma separated. Required in production."),
        Variable(
            "BASE_URL",
            address("https", "http"),
            REQUIRED,
            "The site's address as people type it; used in mails. Required in production.",
        ),
        Variable("DEBUG", boolean, False, "Django's debug pages and `/tasarim/`. Never in production."),
        Variable("DEMO_MODE", boolean, False, "Offers the demo accounts on the sign-in page and marks every page."),
        Variable(
            "QUICK_EXIT_URL",
            address("https", "http"),
            "https://www.google.com/",
            "Where “quick exit” leads: a page that gives nobody away.",
        ),
        Variable("CONTENT_LICENCE", str, "CC BY-SA 4.0", "Licence of plans and comments, named in the open interface."),
        Variable(
            "CONTENT_LICENCE_URL",
            address("https", "http"),
            "https://creativecommons.org/licenses/by-sa/4.0/deed.tr",
            "Where that licence can be read.",
        ),
        Variable("VAR_DIR", folder, VAR_DIR, "Folder for everything that the embedded set-up writes."),
        Variable(
            "DATABASE_URL", database, None, "`postgres://user:password@host:5432/name`. Empty: SQLite in `VAR_DIR`."
        ),
        Variable(
            "REDIS_URL",
            address("redis", "rediss"),
            "",
            "Shared cache for rate limits with several web processes. Empty: in memory.",
        ),
        Variable(
            "ELASTICSEARCH_URLS",
            addresses("https", "http"),
            [],
            "Addresses of Elasticsearch's nodes, comma separated. Empty: the embedded search engine in `VAR_DIR`.",
        ),
        Variable(
            "ELASTICSEARCH_INDEX", index_name, "musterek", "Name of its alias, and beginning of its indices' names."
        ),
        Variable("ELASTICSEARCH_API_KEY", str, "", "Encoded API key that may manage these indices."),
        Variable("ELASTICSEARCH_CA_CERTS", str, "", "File with the authority of its certificate, if it is one's own."),
        Variable(
            "EMAIL_URL",
            mail_server,
            None,
            "`smtp+tls://user:password@host:587`. Empty: mails are written to `VAR_DIR/mail`.",
        ),
        Variable("DEFAULT_FROM_EMAIL", mailbox, "Müşterek <noreply@localhost>", "Sender of the site's mails."),
        Variable("S3_BUCKET", str, "", "Bucket for uploaded files (needs the `scale` extra). Empty: `VAR_DIR/media`."),
        Variable(
            "S3_ENDPOINT_URL",
            address("https", "http"),
            "",
            "Address of an S3-compatible store other than Amazon's.",
        ),
        Variable(
            "BEHIND_TLS_PROXY",
            boolean,
            True,
            "Production: trust `X-Forwarded-Proto` and the last `X-Forwarded-For`; redirect to HTTPS.",
        ),
        Variable(
            "LOG_LEVEL",
            one_of("DEBUG", "INFO", "WARNING", "ERROR"),
            "INFO",
            "DEBUG, INFO, WARNING or ERROR; logs go to standard error.",
        ),
    )
}


def read(name: str) -> Any:
    """The typed value of one variable of TABLE. Ends the process with one line when it is missing or malformed; the line goes
    into logs, so it never holds the value, which may be a password."""
    variable = TABLE[name]
    raw = os.environ.get(name)
    if raw is None or (raw == "" and variable.default is not REQUIRED):
        if variable.default is REQUIRED:
            raise SystemExit(f"musterek: the environment variable {name} is missing. {variable.about}")
        return variable.default
    try:
        return variable.parse(raw)
    except ValueError as error:
        raise SystemExit(f"musterek: the environment variable {name} is wrong: {error}.") from None


def table_as_markdown() -> str:
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for variable in TABLE.values():
        default = (
            "" if variable.default in (REQUIRED, None, "") else str(variable.default).replace(str(BASE_DIR) + "/", "")
        )
        rows.append(f"| `{variable.name}` | {f'`{default}`' if default else ''} | {variable.about} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table_as_markdown())
