"""What walls say that can be passed: to people who log in, agree, pay, or are people."""

from __future__ import annotations

from index.formats.page_kinds_cues import cues

BOT_CHECK = cues(
    r"""
    just a moment\.{0,3}|attention required!.*|access (?:to this page )?(?:has been )?denied\.?
    (?:security|browser|human|robot|bot) (?:check|verification|challenge)
    verify (?:that )?you are (?:a )?human\.?|one more step|checking your browser.*|robot check
    please verify you are (?:a )?human\.?|you have been blocked|sorry, you have been blocked
    (?:403 )?forbidden|(?:403 )?error 403.*|pardon our interruption\.{0,3}|captcha
    (?:einen )?moment,? bitte\.{0,3}|sicherheitsüberprüfung|zugriff verweigert|un instant\.{0,3}
    accès (?:refusé|bloqué)|vérification de sécurité|un momento\.{0,3}|acceso denegado
    accesso negato|доступ (?:запрещ[её]н|ограничен)|проверка безопасности|вы не робот\??
    安全验证|人机验证
    ロボットではありません
    """,
    r"""
    (?:verify|confirm|prove|check|make sure|sure)(?:ing)? (?:that )?(?:you(?:'re| are)
      |it'?s really you)
    you(?:'re| are) (?:a )?human(?: being)?(?: and| \(| by|\b.{0,20}not a (?:ro)?bot)
    complet(?:e|ing) the (?:security check|captcha)|unusual traffic from your|press (?:&|and) hold
    checking (?:if the site connection is secure|your browser)
    enable javascript and cookies to cont|don'?t have permission to access .{0,200} on this server
    enable js and disable any ad ?blocker
    (?:your (?:ip|request|access)|you) (?:address )?(?:has|have) been (?:temporarily )?blocked
    automated (?:access|requests|queries)|needs to review the security of your connection
    something about your browser made us think you (?:were|are|might be) a bot
    bestätigen sie, dass sie (?:ein mensch|kein roboter)|ihr browser wird (?:gerade )?überprüft
    ungewöhnlichen (?:datenverkehr|aktivitäten)|vérifie[rz] que vous (?:êtes|n'êtes pas)
    vous n'êtes pas un robot|trafic (?:inhabituel|exceptionnel)|que no eres un robot|eres humano
    tráfico inusual|che non sei un robot|traffico insolito|что вы не робот|я не робот
    запросы отправляли вы, а не робот|похожи на автоматические|подозрительный трафик|请完成安全验证
    确认您不是机器人|ロボットでないことを確認
    """,
    r"captcha|human|robot|\bbots?\b|security|browser|traffic|automat|cookies|javascript|verif"
    r"|blocked"
    r"|permission|malware|network|überprüf|sicherheit|sécurité|робот|автоматич|запрос|проверк",
)

CONSENT = cues(
    r"""
    before you continue.*|(?:we )?(?:value|care about|respect) your privacy
    (?:your )?(?:privacy|cookie|consent) (?:choices|settings|preferences|consent|notice)
    your privacy (?:is important to us|matters(?: to us)?)|cookie(?:s| consent| wall| policy)?
    (?:ihre )?(?:datenschutz|privatsphäre|cookie)-?\s?einstellungen|zustimmung
    .{0,40}im pur-abo lesen|.{0,10}(?:respect(?:ons)? (?:de )?)?votre vie privée.{0,30}
    (?:vos|gérer (?:vos|mes)) (?:choix|cookies).{0,30}|(?:su|tu) privacidad.{0,30}
    (?:la )?(?:tua|vostra) privacy.{0,30}|accetta i cookie.{0,30}
    """,
    r"""
    we(?:,? and|&)?\b.{0,60}\buse cookies|we and (?:our|up to|\d+).{0,20}partners
    before you continue
    (?:click|clicking|choose to|press|select|tap) (?:on )?['"“„«]?(?:accept|agree|i agree|allow
      |reject)
    (?:accept|reject|allow|refuse) all(?: cookies)?(?: (?:to|and) (?:continue|close))?$
    (?:store|access|storing|accessing).{0,30}information on (?:a|your) device
    (?:withdraw|change|manage) your (?:consent|choices|privacy settings|preferences)
    accept (?:our |the use of )?cookies to (?:continue|proceed|read|access|view)
    cookie.{0,200}partner|partner.{0,200}cookie|(?:wyrażasz|wyrażam) zgodę
    aceitar (?:todos os )?cookies|consent to (?:the use of|our use of) cookies
    mit werbung(?: und)? (?:cookies|tracking|weiterlesen)
    wir (?:und|verwenden|nutzen|benötigen).{0,60}(?:partner|cookies|zustimmung|einwilligung)
    ihre (?:zustimmung|einwilligung) (?:ist|können|jederzeit)|akzeptieren und (?:weiter|schließen)
    nos (?:\d+ )?partenaires (?:et nous|utilis)
    nous (?:et nos|utilisons).{0,60}(?:partenaires|cookies)|continuer sans accepter
    (?:retirer|modifier) votre (?:consentement|choix)|accepter et fermer
    (?:nosotros y )?nuestros (?:\d+ )?socios|(?:utilizamos|usamos) cookies
      |acepta(?:r)? y continuar
    (?:aceptar|rechazar) (?:todas las )?cookies|accetta (?:e continua|i cookie)
    noi e i nostri.{0,20}partner|il tuo consenso|utilizziamo (?:i )?cookie
    мы используем (?:файлы )?cookie|wij (?:en|gebruiken).{0,40}(?:partners|cookies)
    alles accepteren|(?:usamos|utilizamos) cookies e
    """,
    r"cookie|consent|privacy|partner|personal(?:ised|ized)? |advert|accept|reject|tracking|device"
    r"|measure|audience|einwillig|zustimm|datenschutz|werbung|pur-|akzept|partenaire|publicit"
    r"|privats|confidentialit|consenti|zgod|prywatno|toestemming|privacidade|données|dispositi|appareil"
    r"|socios|privacidad|consenso|pubblicit|abbon",
)

LOGIN = cues(
    r"""
    (?:please )?(?:log|sign)[ -]?in(?: (?:to|with|or) .{1,60}| required)?|login(?: required
      | page)?
    (?:log|sign) in or (?:register|sign up|create an account)|members only.{0,60}
    central authentication service|(?:bitte )?(?:anmelden|einloggen|anmeldung|login)
    melden? (?:dich|sie sich) an.{0,40}|(?:se )?connecter|connexion|identifi(?:cation|ez-vous)
    connectez-vous.{0,40}|inici(?:ar|a|e) sesión.{0,40}|acceso (?:restringido|usuarios)
    acced(?:i|er|ere)|entrar|вход(?: на сайт)?|войти|авторизация
    登录|登入|ログイン|로그인|zaloguj się
    inloggen|logga in
    """,
    r"""
    (?:log|sign)(?:ged)? in (?:to|or (?:register|join|sign up|create).{0,30} to) (?:continue
      |view|read|see|access|your|join|use|proceed)
    (?:must|need to|have to|please|required to) (?:first )?(?:be (?:logged|signed) in|(?:log
      |sign|login)[ -]?in\b|login)
    (?:are |you're )not (?:logged|signed) in
    (?:enter|type) your (?:user ?name|e-?mail).{0,20} and password
    (?:only )?(?:for|available to|visible to|restricted to|limited to) (?:registered
      \ |logged.in )?(?:members|users)\b(?: only)?
    (?:create|register) (?:an|a free|your free) account to (?:continue|read|view|keep)
    use your .{0,30}account to continue|um fortzufahren|anmelden, um|melde dich an|einloggen, um
    (?:müssen|musst) (?:sie |du )?(?:sich |dich |angemeldet|eingeloggt)
    nur für (?:registrierte|angemeldete|mitglieder)|connectez-vous pour
    vous devez (?:être connecté|vous connecter|vous identifier)|réservée? aux membres
    (?:inici[ae]|debe iniciar|debes iniciar|necesitas iniciar) sesión (?:para|con)|regístrate para
    (?:accedi|effettua (?:il login|l'accesso)) per|войдите,? (?:чтобы|в|на|или)
    необходимо (?:войти|авторизоваться)|(?:требуется|пройдите) авторизаци
    только (?:для )?зарегистрированн|请(?:先)?登录|ログインしてください|zaloguj się, aby
    """,
    r"log(?:ged|ging)?[ -]?in|sign(?:ed|ing)?[ -]?(?:in|up)|login|account|password|user ?name"
    r"|member"
    r"|permission|privilege|register|authenticat|log out|anmeld|passwort|konto|freunden|connect"
    r"|compte|mot de passe|sesión|contraseña|cuenta|usuario|парол|войти|войдите|авториз",
)

PAYWALL = cues(
    r"(?!)",
    r"""
    subscri(?:be|ption)s?(?: now| today)? (?:is |are )?(?:required )?to (?:continue|keep|read
      |unlock|access|view|finish)
    (?:continue|keep|unlock|get) (?:reading|full access|the full (?:story|article)
      |this (?:story|article)).{0,40}(?:subscri|trial|membership|for (?:just|only)|with)
    (?:unlock|read|get) the (?:full|whole|rest of (?:the|this)) (?:story|article|post)\b
    (?:only )?(?:for|available to|exclusive to|reserved for|limited to|exclusively for) (?:our
      \ |paid |paying |premium )*subscribers\b
    (?:this|the) (?:article|story|post|content|letter) is (?:only )?(?:for|available to|part of
      |exclusive).{0,30}(?:subscri|premium|member|plus)
    (?:subscriber|subscribers|premium|members?)[- ](?:only|exclusive) (?:content|article|story
      |post)
    (?:reached|used|read) (?:your|the|all your|all of your)(?: monthly| last| free)* (?:limit
      |articles?|stories)
    (?:last|no more|out of|remaining) (?:of your )?free (?:articles?|stories) (?:this month
      |left|remaining)
    to read (?:this|the) (?:article|story|post|letter)\b.{0,12}(?:please|in full|choose|you need)
    (?:existing|current) subscriber\?
    already (?:a |have a |an? )?(?:paid |digital )*(?:subscriber|subscription|subscribed)\b
    (?:become|are you) a (?:paid )?subscriber|view subscription options|start your (?:free )?trial
    to (?:continue|keep) reading,? (?:subscribe|please subscribe|start|buy|become|choose)
    nur für (?:abonnent|abonnierende|premium|plus|digital)
    (?:jetzt |um )?weiterlesen (?:mit|zu können|im abo)
    (?:bereits|schon|haben sie (?:bereits|schon)) (?:ein )?(?:abo\b|abonnent)
    exklusiv für (?:abonnent|unsere abonnent|plus)
    den (?:vollständigen|ganzen|kompletten) (?:artikel|text) lesen
    diesen artikel (?:weiter)?lesen .{0,30}abo|réservée?s? (?:à nos |aux )?abonné
    il vous reste [\d.,]+ ?% de cet|déjà abonné|abonnez-vous pour (?:lire|continuer|accéder)
    pour lire la suite|la suite (?:de cet article )?est réservée|je m'abonne
    (?:exclusiv[oa]|sol[oa]|disponible) para (?:nuestros )?(?:suscriptor|socios|abonad)
    suscríbete para (?:seguir|continuar|leer|acceder)|(?:ya eres|¿eres) (?:suscriptor|socio)
    para (?:seguir|continuar) leyendo|riservat[oi] agli abbonati
    abbonati per (?:leggere|continuare)|contenuto (?:esclusivo|riservato)|sei già abbonato
    (?:só|apenas|exclusivo) para assinantes|assine para
    (?:доступ(?:ен|на|но)|только) .{0,20}(?:по подписке|(?:для )?подписчик)|оформите подписку
    подпишитесь, чтобы (?:читать|прочитать|прочесть)|(?:alleen|exclusief) voor abonnees
    al abonnee\b|tylko dla (?:subskrybent|prenumerator)|czytaj dalej z
    有料会員(?:限定|記事)|会員限定記事
    订阅后(?:阅读|继续)|付费(?:阅读|内容)|구독자 전용
    """,
    r"(?!)",
)
