"""English words that say how a follow-up hangs on the question before it (plain lists)."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.replace(",", " ").split())


ASKING = _words("who whom whose what which when where why how")
AUXILIARIES = _words(
    """
    is are was were am do does did has have had can could will would shall should may might must
    isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt cant couldnt wont wouldnt shouldnt
    """
)
BEING = _words("is are was were am isnt arent wasnt werent be been being")
DOING = _words("do does did dont doesnt didnt")
PREPOSITIONS = _words(
    """
    about above across after against among around as at before behind below beside between by
    despite during for from in inside into near of off on onto out outside over past since
    through throughout till to toward towards under until up upon via with within without
    """
)
BOUNDARIES = _words(
    "when where while if because although after before since until that which who whom whose"
    " and but or than as so"
)
"""Words at which another clause may begin."""
DETERMINERS = _words("the a an this that these those his her its their my your our some any")

OPENERS = _words(
    """
    and but so or ok okay k well hm hmm hmmm also plus yes yeah yep no oh ah aha wow cool nice great
    interesting thanks thx right alright hey hi um uh er please pls now then and&
    """
)
"""What may stand before a follow-up and says nothing."""
JOINERS = _words("and but so or also plus then")
"""Those of them that hang on what was said."""
CLOSERS = _words(
    "tho though please pls plz exactly precisely anyway btw lol haha thx thanks too again also"
    " instead"
)
"""What may stand behind a follow-up and says nothing."""

MALE = _words("he him his himself")
FEMALE = _words("she her hers herself")
NEUTER = _words("it its itself")
PLURAL = _words("they them their theirs themselves")
SUBJECTS = _words("he she it they")
POSSESSIVES = _words("his her hers its their theirs")
"""`her` is one only where a noun follows."""

MEN = _words(
    """
    man boy king prince father dad son brother husband uncle grandfather actor sultan emperor duke
    lord sir priest pope gentleman guy widower nephew waiter chairman businessman policeman
    spokesman salesman congressman fisherman fireman mr
    """
)
WOMEN = _words(
    """
    woman girl queen princess mother mum mom daughter sister wife aunt grandmother actress empress
    duchess lady nun widow niece waitress chairwoman businesswoman policewoman spokeswoman
    congresswoman mrs ms miss
    """
)
PEOPLE = (
    MEN
    | WOMEN
    | _words(
        """
        person somebody someone anybody anyone nobody who whom child baby teenager student president
        chef cook judge suspect victim minister official expert boss coach captain champion chief
        friend neighbour neighbor colleague partner guest host hero spouse parent relative astronaut
        pilot witness doctor surgeon nurse lawyer attorney politician musician guitarist artist
        scientist physicist chemist biologist journalist athlete senator governor mayor chancellor
        ambassador diplomat general colonel soldier officer spy hacker thief robber killer murderer
        author writer poet singer drummer composer rapper director producer painter architect
        engineer mathematician mechanic teacher professor lecturer candidate nominee winner loser
        runner driver rider player goalkeeper striker defender wrestler boxer swimmer skier referee
        manager leader founder owner inventor discoverer successor predecessor candidate ceo
        refugee migrant passenger gunman shooter attacker bomber monk bishop
        cardinal rabbi imam saint critic columnist speaker secretary treasurer heir
        """
    )
)
CROWDS = _words(
    """
    people police men women children students workers members fans soldiers
    family team band group company party government parliament committee council club
    tribe union league army navy court agency bank firm museum university school hospital church
    association organisation organization charity foundation institute commission ministry
    """
)
PLACES = _words(
    """
    city town village country state county province region district island place venue stadium
    street river lake sea ocean mountain valley desert park planet continent capital airport
    location area
    """
)

COUNTRIES = _words(
    """
    afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain
    bangladesh belarus belgium bolivia bosnia botswana brazil britain bulgaria cambodia cameroon
    canada chad chile china colombia congo croatia cuba cyprus czechia denmark ecuador egypt england
    eritrea estonia ethiopia fiji finland france gabon georgia germany ghana greece greenland
    guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel
    italy jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon liberia
    libya lithuania luxembourg madagascar malawi malaysia mali malta mauritius mexico moldova monaco
    mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria
    norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar romania
    russia rwanda samoa scotland senegal serbia singapore slovakia slovenia somalia spain sudan
    suriname sweden switzerland syria taiwan tajikistan tanzania thailand togo tonga tunisia turkey
    turkmenistan tuvalu uganda ukraine uruguay uzbekistan vanuatu venezuela vietnam wales yemen
    zambia zimbabwe africa america asia europe antarctica uk us usa uae
    """
)
FAMILIES: tuple[frozenset[str], ...] = (
    _words("gold silver bronze"),
    _words("january february march april may june july august september october november december"),
    _words("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow"),
    _words("first second third fourth fifth sixth seventh eighth ninth tenth last next previous"),
    _words("1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th"),
    _words("spring summer autumn fall winter"),
    _words("morning afternoon evening night noon midnight"),
    _words("men women boys girls children adults"),
    _words("mens womens men's women's boys' girls'"),
    _words("male female"),
    _words("north south east west northern southern eastern western"),
    _words("red blue green yellow white black orange purple brown grey gray pink"),
    _words("won lost"),
    _words("win lose"),
    _words("winner loser"),
    _words("highest lowest"),
    _words("oldest youngest"),
    _words("most fewest least"),
    _words("born died"),
    _words("killed injured wounded hurt dead missing arrested rescued displaced"),
    _words("deaths injuries"),
    _words("mother father"),
    _words("wife husband"),
    _words("son daughter"),
    _words("brother sister"),
    _words("home away"),
    _words("left right"),
    COUNTRIES,
)
"""Words of which one can take another's place."""

AGES = _words("age")
PERSONAL = _words(
    """
    age job jobs wife husband spouse partner children kids son daughter parents mother father
    brother sister family birthplace birthday hometown nationality religion occupation profession
    salary height weight career education name nickname hobby successor predecessor net
    team party club band school degree salary record address
    """
)
"""What a person has: asked for bare ("first job?"), it is that of the person spoken of."""
SEQUELS = _words(
    "then next after before afterwards afterward beforehand later earlier since meanwhile else more"
    " now that this"
)
"""What stands for what came next, or came else."""
PERIODS = _words(
    "year week month morning evening afternoon summer winter spring autumn weekend century decade"
)
GENERIC = _words(
    """
    people persons happen happened happening hurt killed died die injured wounded dead arrested
    anyone anybody anything someone somebody something everyone everybody everything win won lose
    lost get got make made go went come came take took give gave say said start started begin began
    end ended know knew think thought want wanted call called really ever still already actually
    even one ones way many much
    """
)
"""Words that tell too little to be looked for."""
WHERES = _words("birthplace hometown location venue place address destination")
WHENS = _words("birthday birthdate date")
THINGS = _words(
    """
    number order river answer weather letter paper newspaper matter power winter summer
    corner water dinner center centre offer order computer helicopter tower
    factor motor colour color error behaviour cancer career chapter character charter cover culture
    danger disaster flower fever fire future gender humour laser layer master measure
    nature picture pressure procedure quarter register remainder server shoulder structure
    temperature theatre theater timer transfer trailer transmitter tumor border
    """
)
"""Nouns that end as those for people do."""
VERBLIKE = _words(
    """
    be become begin believe belong break bring build buy call carry cause catch change charge choose
    come compete cost crash create cut declare decide defeat die divert do dock drive drop earn eat
    end enter escape fall feel fight fill find finish fly follow found get give go grow happen have
    hear help hit hold hurt join keep kill know land last launch lead learn leave let live lose make
    marry mean meet miss move name need nominate notice open own pass pay plan play promise publish
    put race raise reach read receive release resign return ride rise run say see seek sell send
    set shoot show sign sing sink sit speak spend stand start stay steal stop study suffer take
    talk teach tell think travel try turn use visit vote wait walk want wear weigh win withdraw
    work worry write ask act agree announce appear arrive attack beat born based called killed
    named found held made located worth hurt injured arrested shot released renamed nominated
    elected married buried charged convicted convinced forced supposed
    """
)
"""Verbs that often end a question's subject."""
PASTS: dict[str, str] = {
    past: base
    for pair in _words(
        """
    became:become began:begin bought:buy broke:break brought:bring built:build burned:burn
    came:come caught:catch chose:choose crashed:crash died:die did:do drank:drink drew:draw
    drove:drive ate:eat fell:fall felt:feel fought:fight flew:fly forgot:forget founded:found
    found:find froze:freeze gave:give got:get grew:grow had:have heard:hear held:hold hid:hide
    hit:hit hurt:hurt kept:keep killed:kill knew:know led:lead left:leave lent:lend let:let
    lost:lose made:make meant:mean met:meet owned:own paid:pay put:put quit:quit ran:run
    read:read rode:ride rose:rise said:say sang:sing sank:sink sat:sit saw:see sent:send set:set
    shook:shake shot:shoot shut:shut sold:sell spent:spend spoke:speak stole:steal stood:stand
    struck:strike swam:swim taught:teach thought:think threw:throw told:tell took:take
    understood:understand went:go withdrew:withdraw woke:wake won:win wore:wear wrote:write
    won:win cut:cut bid:bid beat:beat cost:cost dealt:deal dug:dig fed:feed fled:flee hung:hang
    swore:swear sued:sue used:use named:name scored:score invited:invite wrote:write lived:live
    moved:move closed:close caused:cause saved:save received:receive hosted:host
    noticed:notice announced:announce produced:produce replaced:replace raised:raise
    discovered:discover invented:invent created:create signed:sign played:play stopped:stop
    planned:plan dropped:drop committed:commit married:marry buried:bury carried:carry
    studied:study tried:try
    """
    )
    for past, base in [pair.split(":")]
}
"""The past of verbs -> the form that follows `did`."""
PLAIN_STEMS = tuple(
    _words(
        """
        ck rk sk nk lk rt nt st pt ct lt ft rd nd ld sh ch th mp lp rp rm lm rn wn lf ff ss ll zz
        ey oy ay ow ew aw x ain eat oin ail ear eal ead our
        """
    )
)
"""How verbs end that take `ed` without losing an `e`."""

ENGLISH = _words(
    """
    who whom whose what which when where why how the of his her its their they them he she it
    did does do is are were has have had and about with from for that this there then any anyone
    many much long old by to happened whats whos
    """
)
"""Words that tell English from its neighbours."""
FOREIGN = _words(
    """
    wer wie wo wann warum wieso wen wem welche welcher welches der die das und ist nicht ein eine
    hat sind mit von dem den des auf für im zu
    qui que quoi où ou quand pourquoi comment combien est les des une du dans avec et il elle sont
    quién quien qué cuándo cuando dónde donde cómo como cuál cual cuánto el la los las es y de del
    en por con su son fue
    chi che cosa dove perché quando quale il lo gli di è nel una uno sono
    quem onde quanto porque por o os um uma não foi em
    wat waar waarom wanneer hoe welke het een van zijn
    vad var varför när hur är och kto co gdzie kiedy dlaczego jak jest czy kim ne nerede
    """
)
