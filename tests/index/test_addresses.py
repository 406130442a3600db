"""Which addresses lead to one article, and which must not be taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.addresses import address_key, believable_canonical, clean_address

KITES = "https://www.tamsel-post.example/2024/kites"


@pytest.mark.parametrize(
    "variant",
    [
        KITES,
        "http://tamsel-post.example/2024/kites",
        f"{KITES}/",
        f"{KITES}#comments",
        f"{KITES}?utm_source=letter&utm_medium=mail",
        f"{KITES}?fbclid=Iw3&gclid=9",
        f"{KITES}/amp",
        f"{KITES}/amp/?outputType=amp",
        f"{KITES}?amp=1",
        "https://m.tamsel-post.example/2024/kites",
        "https://amp.tamsel-post.example/2024/kites",
        "https://WWW.Tamsel-Post.example:443/2024/kites",
        "https://www.google.com/amp/s/www.tamsel-post.example/2024/kites/amp/",
        "https://tamsel--post-example.cdn.ampproject.org/c/s/tamsel-post.example/2024/kites",
    ],
)
def test_variants_of_an_address_are_one(variant: str) -> None:
    assert address_key(variant) == address_key(KITES) == "tamsel-post.example/2024/kites"


@pytest.mark.parametrize(
    "other",
    [
        f"{KITES}?id=2",
        f"{KITES}?page=2",
        f"{KITES}?cid=17",
        f"{KITES}?source=archive",
        "https://www.tamsel-post.example/2023/kites",
        "https://www.orlsby-post.example/2024/kites",
        "https://sport.tamsel-post.example/2024/kites",
        "https://www.tamsel-post.example:8443/2024/kites",
    ],
)
def test_other_addresses_stay_others(other: str) -> None:
    assert address_key(other) != address_key(KITES)


def test_what_chooses_the_article_is_kept_and_its_order_does_not_matter() -> None:
    one = "https://a.example/read?id=7&lang=de&utm_campaign=x"
    assert clean_address(one) == "https://a.example/read?id=7&lang=de"
    assert address_key(one) == address_key("https://a.example/read?lang=de&id=7")


def test_a_host_in_letters_and_in_punycode_is_one() -> None:
    assert address_key("https://bücher.example/a") == address_key("https://xn--bcher-kva.example/a")


@given(st.text(max_size=60))
def test_any_text_has_a_key_and_cleaning_twice_is_cleaning_once(text: str) -> None:
    address = f"https://a.example/{text}"
    assert isinstance(address_key(address), str)
    assert clean_address(clean_address(address)) == clean_address(address)


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        (KITES, "https://m.tamsel-post.example/2024/kites?x=1"),
        (KITES, "https://www.tamsel-post.example/2024/kites.amp.html"),
        ("https://www.tamsel-post.example/news/kites-4711", "https://amp.tamsel-post.example/4711"),
    ],
)
def test_a_page_may_name_another_address_of_itself(canonical: str, address: str) -> None:
    assert believable_canonical(canonical, address) == canonical


@pytest.mark.parametrize(
    "canonical",
    [
        None,
        "https://evil.example/2024/kites",
        "https://www.tamsel-post.example/",
        "https://www.tamsel-post.example/index.php",
        "javascript:alert(1)",
        "//[",
    ],
)
def test_a_page_may_not_speak_for_another_site_or_for_all_of_its_own(canonical: str | None) -> None:
    assert believable_canonical(canonical, KITES) is None


def test_people_who_share_a_host_are_not_one_site() -> None:
    assert (
        believable_canonical("https://ann.github.io/kites", "https://ben.github.io/kites") is None
    )
