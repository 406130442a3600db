"""What pages say that have nothing behind them."""

from __future__ import annotations

from index.formats.page_kinds_cues import cues

SITE_ERROR = cues(
    r"""
    (?:error )?5\d\d\b.{0,30}|.{0,30}error (?:code )?5\d\d
    connection (?:timed out|refused|reset).{0,10}|(?:http )?(?:error|status) 5\d\d.*
    .{0,20}internal server error|bad gateway|gateway time-?out|service
      \ (?:temporarily )?unavailable
    site (?:is )?(?:down|offline)|(?:site |scheduled |under )?maintenance(?: mode)?
    (?:database|server|application) error|error establishing a database connection
    we'?(?:ll| will) be (?:right )?back(?: soon)?!?|be right back|.{0,60} is for sale!?
    domain (?:for sale|parked|expired)|wartungsarbeiten|.{0,20}im wartungsmodus|serverfehler
    erreur (?:interne )?(?:du )?serveur|maintenance en cours|site en maintenance
    sitio en mantenimiento|error (?:interno )?del servidor|(?:sito )?in manutenzione
    технические работы|ошибка сервера|сайт (?:временно )?недоступен|account suspended
    this site can'?t be reached|メンテナンス中|网站维护中|系统维护中
    """,
    r"""
    (?:performing|undergoing|carrying out|down for) (?:some |scheduled |routine |planned )?maint
    we'?(?:ll| will) be back (?:soon|online|shortly)|be back online shortly
    (?:this|the) domain (?:name )?(?:may be|is) (?:for sale|parked|available)|buy this domain
    domain (?:name )?has expired|inquire about this domain|server encountered an internal error
    error establishing a database connection|unable to complete your request
    experiencing technical (?:difficulties|problems)
    (?:temporarily|currently) (?:unavailable|offline|unable to (?:service|handle) your request)
    something went wrong on our (?:end|side)|wegen wartungsarbeiten|derzeit nicht erreichbar
    vorübergehend nicht (?:verfügbar|erreichbar)|in wenigen minuten wieder
    temporairement indisponible|en cours de maintenance|temporalmente fuera de servicio
    no está disponible temporalmente|estamos realizando tareas de mantenimiento
    temporaneamente non disponibile|временно недоступен|проводятся технические работы
    ведутся (?:технические|профилактические) работы|попробуйте зайти позже
    """,
    r"maintenance|inconvenience|back (?:online|soon)|try again|administrator|server|error|domain"
    r"|sponsored listings|wartung|erreur|mantenimiento|работ|неудобств|позже",
)

NOT_FOUND = cues(
    r"""
    (?:error |http )?404(?: ?[-–—:|.!]? ?(?:error|page|not found|file).{0,30})?
    .{0,20}(?:page|file|article|story) (?:was |is )?(?:not|cannot be|can't be
      |could not be) found.{0,12}
    (?:\w+ ){0,2}not found|page (?:has )?moved
    (?:sorry,? |oops!? )?(?:we|i) (?:can'?t|couldn'?t|could not|cannot) find (?:that|this
      |the) page.{0,20}
    (?:this )?(?:page|content|article|story|post|video) (?:is )?(?:unavailable|not available
      |no longer (?:available|exists)).{0,10}
    (?:error )?410.{0,20}|page (?:doesn'?t|does not) exist|nothing (?:was )?found(?: here)?
    (?:fehler 404|404 fehler).{0,20}|.{0,10}seite (?:wurde )?(?:leider )?nicht gefunden.{0,10}
    (?:diese )?seite existiert nicht.{0,10}|(?:erreur 404|page (?:introuvable|non trouvée)).{0,20}
    cette page n'existe (?:pas|plus).{0,5}|página no encontrada.{0,10}|error 404.{0,30}
    pagina non trovata.{0,10}|(?:ошибка 404|страница не найдена).{0,20}|página não encontrada
    pagina niet gevonden|strona nie (?:istnieje|została znaleziona)
    页面不存在|找不到页面|ページが見つかりません.{0,5}
    페이지를 찾을 수 없습니다
    """,
    r"""
    (?:the|this) \w+(?: that)? you(?:'re| are| were) (?:looking for|trying to \w+|after)\b
    page (?:you(?:'re| are| were)? (?:are |were )?(?:looking for|requested|tried|trying)
      |that you requested)
    (?:article|story|page|post|content|file|video|item)(?: you.{0,40})? (?:is|has been|was
      |may have been|might have been|could not be|can'?t be|cannot be) (?:no longer|removed
      |deleted|moved|found|archived|unavailable|not available|renamed)
    (?:is|are)(?:n't| not| no longer) available (?:right now|any ?more|at this (?:time|address)
      |or|\.|$)
    (?:we|i) (?:can'?t|couldn'?t|could not|cannot|are unable to) (?:seem to )?find (?:the|that
      |this|what)
    (?:this|that|the requested) (?:page|url|address|document).{0,20} (?:does not|doesn'?t
      |no longer) exist
    requested url .{0,200}was not found|only shared it with a small group|it's been deleted
    seite .{0,60}nicht (?:gefunden|mehr verfügbar|vorhanden)
    (?:artikel|beitrag|inhalt).{0,20} (?:nicht mehr|leider nicht) (?:verfügbar|vorhanden)
    existiert (?:nicht|leider nicht)
    (?:page|article|contenu)(?: que vous.{0,40})? (?:n'existe (?:pas|plus)|a été (?:supprimé
      |déplacé)|est introuvable|n'est plus disponible)
    (?:página|artículo|contenido)(?: que .{0,40})? (?:no existe|ya no (?:existe|está)
      |ha sido (?:eliminad|movid)|no (?:se )?(?:ha sido )?encontr)
    pagina (?:che .{0,40} )?(?:non esiste|non è (?:stata trovata|disponibile))
    страниц[аы].{0,60} (?:не (?:найдена|существует)|удалена|перемещена)
    запрашиваем\w+ (?:вами )?страниц|(?:ha|foi) (?:sido )?removid
    """,
    r"page|article|story|address|search|moved|deleted|removed|link|seite|artikel|adresse|page"
    r"|accueil"
    r"|página|buscador|страниц|адрес|pagina",
)

SCRIPT = cues(
    r"javascript (?:is )?(?:not available|disabled|required|needed).{0,5}|loading(?:\.{3}|…)?"
    r"|please enable javascript.{0,5}|unsupported browser",
    r"""
    (?:enable|requires?|needs?|turn on|switch on|activate|without|allow) javascript
    javascript (?:is |must be |to be )?(?:disabled|required|enabled|not (?:available|enabled)
      |turned off)
    javascript.{0,20}(?:aktivieren|aktiviert|activer|activé|activar|habilit|attiva|abilita
      |включ|отключ)
    (?:aktivieren|activez|activer|active|habilite|attiva|abilita|включите) .{0,15}javascript
    启用javascript|javascriptを有効
    """,
    r"javascript|browser|navigateur|navegador|браузер",
)

EMPTY_SERVER = cues(
    r"""
    welcome to nginx!?|it works!?
    (?:apache2? )?(?:ubuntu |debian |http server )?(?:test|default) page.{0,40}
    (?:iis )?windows server
    (?:hello world|untitled(?: document| page)?|coming soon|under construction)[!.]{0,3}
    """,
    r"web server is successfully installed|(?:web ?site|page) (?:is )?(?:coming soon"
    r"|under construction)",
    r"server|configuration|install|documentation",
)

DISAMBIGUATION = cues(
    r".{1,60}\((?:disambiguation|begriffsklärung|homonymie|desambiguación)\)",
    r"""
    (?:may|can)(?: also)? refer to ?:?$|disambiguation page|may (?:also )?refer to:
    peut (?:désigner|faire référence à)|(?:steht für|bezeichnet):$|ist der name folgender
    puede (?:referirse|hacer referencia) a
    """,
    r"article|link|disambiguation|artikel|homonym",
)
