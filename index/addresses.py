"""The many addresses of one article, and the one that stands for them all (pure)."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from tld import get_fld

# Only what is known to say where a reader comes from: `id`, `cid` or `source` may well choose
# the article, and two articles taken for one would lose one of them.
_TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|gc|dc|tw|yc|msclk|wbra|gbra|igsh|ysc|ttc|li_fat_|mkt_)(?:clid|id|tok)"
    r"|fbclid|gclid|gclsrc|dclid|msclkid|igshid|igsh|twclid|yclid|_openstat|mc_[ce]id|mkt_tok"
    r"|oly_(?:anon|enc)_id|vero_(?:id|conv)|_hs(?:enc|mi)|__hs\w+|hsctatracking|pk_\w+|mtm_\w+"
    r"|piwik_\w+|matomo_\w+|at_(?:medium|campaign|custom\d|link_\w+|format|ptr_name|bbc_team)"
    r"|xtor|wt_?mc|cmpid|ns_(?:campaign|mchannel|source|linkname|fee)|smid|smtyp|srnd|sref"
    r"|s_?cid|ocid|ito|guccounter|guce_referrer(?:_sig)?|spm|share(?:d|_token|source)?|sharetype"
    r"|ref_?src|ref_?url|__twitter_impression|amp(?:_js_v|_gsa|share)|usqp|rss|feedtype",
    re.IGNORECASE,
)
_AMP = {("amp", "1"), ("amp", "true"), ("amp", ""), ("outputtype", "amp"), ("output", "amp")}
_AMP_CACHES = (
    re.compile(r"https?://(?:www\.)?google\.[a-z.]+/amp/(?P<secure>s/)?(?P<rest>.+)"),
    re.compile(r"https?://[\w-]+\.cdn\.ampproject\.org/[cvir]/(?P<secure>s/)?(?P<rest>.+)"),
)
_AMP_PATH = re.compile(r"/amp(?=/|$)|(?<=\w)\.amp(?=\.html?$|$)", re.IGNORECASE)
_MIRRORS = re.compile(r"(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.[^.]+)")
_WORD = re.compile(r"[^\W_]+")
_MIN_SHARED_WORDS = 0.5
_MIN_NUMBER_DIGITS = 4
_SAFE = "/%:@!$&'()*+,;=~-._"


def clean_address(address: str) -> str:
    """The address without what says where its reader comes from, and without its fragment.

    What a search engine's cache of mobile pages leads to is taken out of it.
    """
    for cache in _AMP_CACHES:
        if match := cache.match(address):
            address = f"{'https' if match['secure'] else 'http'}://{match['rest']}"
    try:
        parts = urlsplit(address.strip())
        query = _without_tracking(parts)
    except ValueError:
        return address
    host = parts.netloc.lower().removesuffix(":443" if parts.scheme == "https" else ":80")
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return parts._replace(
        scheme=parts.scheme.lower(), netloc=host, query=query, fragment=fragment
    ).geturl()


def address_key(address: str) -> str:
    """One string for all addresses of an article: with and without `www.`, for phones, tracked."""
    try:
        parts = urlsplit(clean_address(address))
        query = sorted(
            (key, value)
            for key, value in parse_qsl(parts.query, keep_blank_values=True)
            if (key.lower(), value.lower()) not in _AMP
        )
    except ValueError:
        return address
    host = _MIRRORS.sub("", _ascii(parts.netloc.lower()), count=1)
    path = _AMP_PATH.sub("", quote(unquote(parts.path), safe=_SAFE)).rstrip("/")
    path = re.sub(r"/(?:index|default)\.(?:html?|php|aspx?)$", "", path)
    tail = f"?{urlencode(query)}" if query else ""
    shebang = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{path}{tail}{shebang}"


def believable_canonical(canonical: str | None, address: str) -> str | None:
    """The address that a page gives as its own, where it can be that of this very page.

    A page may not speak for another site, and what names the same address on every page of a
    site, as careless ones do, would make one article of them all.
    """
    if not canonical:
        return None
    try:
        own, stated = urlsplit(address), urlsplit(canonical)
    except ValueError:
        return None
    if stated.scheme not in ("http", "https") or _site(address) != _site(canonical):
        return None
    if address_key(canonical) == address_key(address):
        return clean_address(canonical)
    here = {word.lower() for word in _WORD.findall(unquote(f"{own.path} {own.query}"))}
    slug = stated.path.rstrip("/").rpartition("/")[2].partition(".")[0]
    there = {word.lower() for word in _WORD.findall(unquote(slug) or unquote(stated.query))}
    numbers = {word for word in there if word.isdigit() and len(word) >= _MIN_NUMBER_DIGITS}
    if numbers & here or (there and len(there & here) >= _MIN_SHARED_WORDS * len(there)):
        return clean_address(canonical)
    return None


def _without_tracking(parts: SplitResult) -> str:
    # As it stands where nothing goes: servers may care for what a round trip would change.
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _TRACKING.fullmatch(key)]
    return parts.query if len(kept) == len(pairs) else urlencode(kept)


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _site(address: str) -> str:
    """The part of a host that somebody registered, as far as that is known."""
    found = get_fld(address, fail_silently=True, search_private=True)
    return str(found or _MIRRORS.sub("", urlsplit(address).netloc.lower(), count=1))
