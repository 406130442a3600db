"""Messages as people send them, with what they want: the table that routing is held to."""

from __future__ import annotations

from typing import NamedTuple

from bot.routing import Intent

SAVE, ASK, BOTH = Intent.SAVE, Intent.ASK, Intent.BOTH
GREETING, THANKS, UNCLEAR = Intent.GREETING, Intent.THANKS, Intent.UNCLEAR
SURE, DOUBTFUL, EITHER = False, True, None


class Message(NamedTuple):
    """A message without anything else to it, and what it should be taken for."""

    text: str
    intent: Intent
    doubtful: bool | None = SURE


QUESTIONS = [
    # With a question mark, in many scripts and with what people put after one.
    Message("Who owns the bees that travelled on the night train?", ASK),
    Message("What is the captain's name??", ASK),
    Message("so who paid for the bridge? 🤔", ASK),
    Message("Who is Dr. J. R. Brandt?", ASK),
    Message("Wait, the ferry is back? Since when?", ASK),
    Message("Is it true that the mayor resigned? I read something about it.", ASK),
    Message("Who wrote “The Patient Margit”?", ASK),
    Message("Peskov?", ASK),
    Message("Кто теперь капитан парома?", ASK),
    Message("А сколько стоит билет?)))", ASK),
    Message("Хто збудував міст у Таллоу?", ASK),
    Message("Wann fährt die erste Fähre am Sonntag?", ASK),
    Message("Combien coûte le billet pour traverser la rivière ?", ASK),
    Message("¿Quién encontró el reloj robado del observatorio?", ASK),
    Message("Dove hanno trovato l'orologio rubato?", ASK),
    Message("Quantos livros cabem na biblioteca do farol?", ASK),
    Message("国务卿昨天给谁打了电话？", ASK),
    Message("灯台の図書館にいる猫の名前は何ですか？", ASK),
    Message("등대는 언제 다시 켜졌나요?", ASK),
    Message("من أعاد إضاءة المنارة؟", ASK),
    Message("מי הדליק את המגדלור?", ASK),
    Message("Ποιος έχτισε τη γέφυρα;", ASK),
    Message("पुल किसने बनाया?", ASK),
    Message("Ո՞վ կառուցեց կամուրջը", ASK),
    Message("ድልድዩን ማን ሠራው፧", ASK),
    Message("กัปตันเรือชื่ออะไร?", ASK),
    # Without one: by their words.
    Message("who built the bridge", ASK),
    Message("how many books can the lighthouse library hold", ASK),
    Message("in what year was the observatory clock made", ASK),
    Message("and who is the second warden", ASK),
    Message("did the court decide on the river's seat yet", ASK),
    Message("Tell me about the River Saltash.", ASK),
    Message("summarize the story of the glassblowers", ASK),
    Message("I'd like to know what the bees cost", ASK),
    Message("кто построил мост", ASK),
    Message("в каком году сделали часы обсерватории", ASK),
    Message("расскажи про маяк", ASK),
    Message("wie heißt die katze in der bibliothek", ASK),
    Message("qui a rallumé le four de Vessary", ASK),
    Message("cuánto cuesta el billete de ida", ASK),
    Message("chi è il capitano del traghetto", ASK),
    Message("köprüyü kim yaptı", ASK),
    Message("Vapur seferleri yeniden başladı mı", ASK),
    Message("kto jest pierwszym strażnikiem rzeki", ASK),
    Message("谁修好了灯塔", ASK),
    Message("灯塔什么时候重新点亮", ASK),
    Message("橋の建設費を教えて", ASK),
    Message("誰が橋を建てましたか", ASK),
    Message("다리를 누가 만들었나요", ASK),
    Message("पुल कब खुला", ASK),
    Message("متى عادت العبارة", ASK),
    Message("کاپیتان کشتی کیست", ASK, EITHER),
    Message("สะพานสร้างเมื่อไหร่", ASK),
    Message("Jembatan itu dibangun siapa", ASK),
    Message("Ai là thuyền trưởng", ASK),
    # With a greeting, a mention or thanks around them.
    Message("Hi, who built the bridge?", ASK),
    Message("Hello!\n\nWho is the captain of the ferry?\n\nThank you!", ASK),
    Message("Thanks! And who built the second one?", ASK),
    Message("@cuttings_bot who lit the lamp?", ASK),
    Message("Добрый день! Сколько стоит билет?", ASK),
    Message("你好，谁是船长？", ASK),
    Message("Bonjour, quel est le nom du chat ?", ASK),
    # Several at once, and with a word about them.
    Message("Who is the captain?\nWhen does the ferry leave?\nHow much is a ticket?", ASK),
    Message("1. Who is the captain?\n2. When does she retire?", ASK),
    Message("Tallow bridge\nwho designed it?", ASK),
    Message("> The lamp was lit on Monday\nwho lit it?", ASK, DOUBTFUL),
    Message("I read about the bridge in Tallow.\nWho paid for it?", ASK, DOUBTFUL),
    Message(
        "I have read three articles about the ferry now and I still do not know who pays for it. "
        "The town says the county, the county says the passengers. Do you know who it is?",
        ASK,
        DOUBTFUL,
    ),
]

KEYWORDS = [
    Message("Peskov", ASK),
    Message("tallow bridge opening date", ASK),
    Message("ferry ticket price", ASK),
    Message("2816 signatures", ASK),
    Message("#bridge", ASK),
    Message("паром цена билета", ASK),
    Message("Fahrplan Fähre Ostrel", ASK),
    Message("灯塔 图书馆", ASK),
    Message("橋", ASK),
    Message("سعر تذكرة العبارة", ASK),
    Message("नौका का टिकट", ASK),
    Message("“We will not sell the ferry”", ASK),
    Message("the clock that was found in the bakery", ASK, DOUBTFUL),
    Message("C++ templates", ASK),
    Message("🇫🇷 Macron", ASK),
]

STATEMENTS = [
    Message("The mayor resigned.", ASK, DOUBTFUL),
    Message("I don't understand the second paragraph.", ASK, DOUBTFUL),
    Message("市长昨天宣布辞职。", ASK, DOUBTFUL),
    Message('She asked: "Why did you do it?"', ASK, EITHER),
    Message(
        "The town of Tallow opened a wooden footbridge over the river Elm on Saturday.",
        SAVE,
        DOUBTFUL,
    ),
    Message(
        "Мост построил плотник Рубен Хейл из местного дуба, и стоил он недорого.", SAVE, DOUBTFUL
    ),
    Message(
        "When the lamp was lit again on Monday, hundreds of people came to the harbour to watch.",
        SAVE,
        DOUBTFUL,
    ),
    Message(
        "La ville a vendu son dernier bac. L'acheteur est un menuisier de la région voisine.",
        SAVE,
        DOUBTFUL,
    ),
    Message(
        "昨日、町は川に新しい木造の橋を開通させ、多くの住民が式典に集まりました。", SAVE, DOUBTFUL
    ),
    Message(
        "Honey lasts. Bees work. Nobody knows who told them to do it that way.", SAVE, DOUBTFUL
    ),
    Message(
        "Did you know? Honey never spoils, and old jars of it have been found in tombs.",
        SAVE,
        DOUBTFUL,
    ),
]

NOTES = [
    Message("note: the harbour meeting is on Thursday", SAVE),
    Message("Remember that the ferry leaves at six", SAVE),
    Message("Запомни: паром уходит в шесть", SAVE),
    Message("Save this: the bakery opens at five.", SAVE),
]

CHATTER = [
    Message("hi", GREETING),
    Message("Hello there!", GREETING),
    Message("hey bot 👋", GREETING),
    Message("Hi Ann", GREETING),
    Message("Hello, I am Cleo and I am new here", GREETING),
    Message("Good morning everyone", GREETING),
    Message("How are you?", GREETING),
    Message("Привет!", GREETING),
    Message("Здравствуйте, как дела?", GREETING),
    Message("Guten Tag", GREETING),
    Message("bonjour à tous", GREETING),
    Message("¡Hola! ¿Qué tal?", GREETING),
    Message("السلام عليكم", GREETING),
    Message("שלום", GREETING),
    Message("नमस्ते", GREETING),
    Message("こんにちは！", GREETING),
    Message("你好你好", GREETING),
    Message("안녕하세요~", GREETING),
    Message("สวัสดีครับ", GREETING),
    Message("thanks a lot!", THANKS),
    Message("Thank you for the quick answer", THANKS),
    Message("wow, that was quick, thank you", THANKS),
    Message("ok thx 🙏", THANKS),
    Message("Спасибо большое!!", THANKS),
    Message("Vielen Dank", THANKS),
    Message("Gracias por todo", THANKS),
    Message("谢谢你的帮助", THANKS),
    Message("ありがとうございます", THANKS),
    Message("감사합니다", THANKS),
    Message("شكرا جزيلا", THANKS),
    Message("धन्यवाद", THANKS),
    Message("good bot", THANKS),
    Message("ok", UNCLEAR),
    Message("OK 👌", UNCLEAR),
    Message("👍", UNCLEAR),
    Message("😂😂😂", UNCLEAR),
    Message("1️⃣", UNCLEAR),
    Message("❤️❓", UNCLEAR),
    Message("???", UNCLEAR),
    Message("...", UNCLEAR),
    Message("test", UNCLEAR),
    Message("тест", UNCLEAR),
    Message("haha", UNCLEAR),
    Message("ахахаха", UNCLEAR),
    Message("really?", UNCLEAR),
    Message("why?", UNCLEAR),
    Message("да", UNCLEAR),
    Message("好的", UNCLEAR),
    Message("ㅋㅋㅋ", UNCLEAR),
    Message("ठीक है", UNCLEAR),
    Message("a", UNCLEAR),
    Message("help", UNCLEAR),
    Message("What can you do?", UNCLEAR),
    Message("hi, who are you?", UNCLEAR),
    Message("помощь", UNCLEAR),
    Message("/start", UNCLEAR),
    Message("", UNCLEAR),
    Message(" \n ", UNCLEAR),
]

LAYOUTS = [
    Message("milk\neggs\nbread\ntwo lemons", SAVE, DOUBTFUL),
    Message("To do:\n- call the harbour trust\n- paint the gate\n- buy oak", SAVE, DOUBTFUL),
    Message("old ferry at dusk\nthe rope remembers the hands\nthat let go of it", SAVE, DOUBTFUL),
    Message(
        "I asked the river for its name,\nit gave me back my own.\n"
        "Who taught the water how to tame\na sound so near to stone?",
        SAVE,
        EITHER,
    ),
    Message("def greet(name):\n    print(f'Hello {name}')\n\ngreet('Ann')", SAVE, EITHER),
    Message("sudo apt install python3-venv && make run", SAVE, DOUBTFUL),
    Message("SELECT name FROM people WHERE id = 3;", SAVE, DOUBTFUL),
    Message("Use /start to begin and /help to see all of the commands.", SAVE, DOUBTFUL),
    Message("Bridge opened\nThe town of Tallow opened a footbridge on Saturday.", SAVE, DOUBTFUL),
    Message("⚡️ Мэр Таллоу подал в отставку", SAVE, DOUBTFUL),
    Message("#breaking Mayor of Tallow resigns after the flood #tallow", SAVE, DOUBTFUL),
    Message("❓ Who lit the lamp at Skerry Point", ASK),
    Message(
        "🔥 Паром возвращается!\n\nС понедельника «Терпеливая Маргит» снова ходит из Остреля.\n\n"
        "А вы поедете?\n\n#паром #острель",
        SAVE,
        EITHER,
    ),
    Message(
        "Ferry returns\n\nThe Patient Margit sails again from Monday. Tickets cost 46 crowns, and "
        "the captain promises cake.\n\n@ostrel_news",
        SAVE,
        EITHER,
    ),
    Message("城镇新闻\n\n新桥周六开放。\n\n渡轮将于十月停运。", SAVE, EITHER),
]
