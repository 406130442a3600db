"""The words by which pages without an article are recognised, in the languages of most pages."""

from __future__ import annotations

import re

from index.formats.page_kinds_cues import Cues
from index.formats.page_kinds_nothing import (
    DISAMBIGUATION,
    EMPTY_SERVER,
    NOT_FOUND,
    SCRIPT,
    SITE_ERROR,
)
from index.formats.page_kinds_walls import BOT_CHECK, CONSENT, LOGIN
from index.obstacles import Obstacle

WALLS: dict[Obstacle, Cues] = {
    Obstacle.SITE_ERROR: SITE_ERROR,
    Obstacle.BOT_CHECK: BOT_CHECK,
    Obstacle.CONSENT: CONSENT,
    Obstacle.LOGIN: LOGIN,
    Obstacle.NOT_FOUND: NOT_FOUND,
    Obstacle.SCRIPT: SCRIPT,
    Obstacle.NO_ARTICLE: EMPTY_SERVER,
    Obstacle.LIST: DISAMBIGUATION,
}
"""In the order in which they are asked for; a paywall is asked for by rules of its own."""

CHALLENGES = re.compile(
    r"cdn-cgi/challenge-platform|_cf_chl_opt|captcha-delivery|px-captcha|_pxCaptcha"
    r"|_Incapsula_Resource"
    r"|awswaf|ddos-guard|challenge-form|CheckboxCaptcha|smart-?captcha|sucuri_cloudproxy"
    r"|/_sec/cp_challenge",
    re.IGNORECASE,
)
"""What the programs of bot checks are called."""
CAPTCHAS = re.compile(r"g-recaptcha|h-captcha|cf-turnstile|recaptcha/(?:api|enterprise)", re.I)
"""Many pages have these in a form of their own; they count where there is nothing else."""

LISTS = re.compile(
    r"(?:^|[-–—|:] )(?:search results?|results for|archives?|index of /|site ?map"
    r"|all (?:articles|posts|stories|issues|episodes)"
    r"|latest (?:news|articles|posts|stories)|board index|forum index|category|categories"
    r"|tag(?:ged)?|topics?|authors? at"
    r"|suchergebnis|alle artikel|thema|nachrichten|résultats|archives|articles de|toutes les"
    r"|resultados|archivo"
    r"|últimas noticias|risultati|archivio|лента новостей|новости дня|результаты поиска|архив"
    r"|рубрика|搜索结果|首页)"
    r"\b",
    re.IGNORECASE,
)
"""How the titles of lists begin, or go on behind a dash."""
