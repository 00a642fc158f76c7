"""Web addresses in one canonical form, so that one article has one address."""

from __future__ import annotations

import polars as pl

#: Query parameters that tell where a reader came from, not what the page is.
_TRACKING = r"(?:utm_[^=&]*|fbclid|gclid|yclid|dclid|igshid|mc_cid|mc_eid|_openstat)"


def canonical_url(url: pl.Expr) -> pl.Expr:
    """Canonical address: https, lower-case host, nothing that only tracks.

    No ``www.`` or ``m.``, default port, user, fragment, tracking parameter or trailing
    slash; a missing scheme is taken as https.

    Args:
        url: String expression, as the record has it.

    Returns:
        String expression; null where it is no address of the web.
    """
    bare = (
        url.str.strip_chars()
        .str.replace(r"^(?i)https?:", "")
        .str.replace(r"#.*$", "")
        .str.replace(r"^/{2,}(?:[^/?@\s]*@)?", "")
    )
    parts = bare.str.extract_groups(
        r"^(?P<host>[^\s/?#:@]+\.[\p{L}]{2,}[^\s/?#:@.]*|\d+(?:\.\d+){3})(?::\d+)?(?P<path>/[^?\s]*)?(?P<query>\?[^\s]*)?$"
    )
    host = (
        parts.struct.field("host")
        .str.to_lowercase()
        .str.replace(r"^(?:(?:www|m)\.)+([^.]+\.)", "$1")
    )
    path = parts.struct.field("path").fill_null("").str.strip_chars_end("/")
    query = (
        parts.struct.field("query")
        .fill_null("")
        .str.replace_all(rf"(?i)([?&]){_TRACKING}=[^&]*", "$1")
        .str.replace_all(r"&{2,}", "&")
        .str.replace(r"\?&+", "?")
        .str.strip_chars_end("&?")
    )
    return pl.when(host.is_not_null()).then(
        pl.concat_str(pl.lit("https://"), host, path, query)
    )


def host_of(url: pl.Expr) -> pl.Expr:
    """The host of a canonical address (String expression), null where there is none."""
    return url.str.extract(r"^https://([^/?]+)", 1)
