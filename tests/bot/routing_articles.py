"""Messages with links, long texts and comments, with what they want: the rest of the table."""

from __future__ import annotations

from typing import NamedTuple

from routing_messages import ASK, BOTH, EITHER, SAVE, SURE

from bot.routing import Intent

FERRY = "https://ostrel.example/news/2024/ferry-returns?from=home"
LAMP = "https://skerry.example/lamp"
HARBOUR = "www.harbour-trust.example/about"


class Linked(NamedTuple):
    """A text with its links, and what is to be asked and saved."""

    text: str
    links: tuple[str, ...]
    intent: Intent
    question: str | None = None
    doubtful: bool | None = SURE


LINKED = [
    Linked(FERRY, (FERRY,), SAVE),
    Linked(f"{FERRY}\n{LAMP}", (FERRY, LAMP), SAVE),
    Linked("skerry.example", ("skerry.example",), SAVE),
    Linked("skerry.example/lamp", ("skerry.example/lamp",), SAVE),
    Linked(f"Ferry returns to Ostrel after six years\n{FERRY}", (FERRY,), SAVE),
    Linked(f"How Tallow got its footbridge back {FERRY}", (FERRY,), SAVE, None, EITHER),
    Linked(f"Как Острель вернул себе паром {FERRY}", (FERRY,), SAVE, None, EITHER),
    Linked(f"interesting! {LAMP}", (LAMP,), SAVE),
    Linked(f"для истории: {LAMP}", (LAMP,), SAVE),
    Linked(f"save this {LAMP}", (LAMP,), SAVE),
    Linked(f"thanks, here it is {LAMP}", (LAMP,), SAVE),
    Linked(f"👇👇\n{LAMP}", (LAMP,), SAVE),
    Linked(f"Who is the captain?\n{FERRY}", (FERRY,), BOTH, "Who is the captain?"),
    Linked(f"{FERRY}\n\nwho is the captain", (FERRY,), BOTH, "who is the captain"),
    Linked(f"{FERRY} is it still true?", (FERRY,), BOTH, "is it still true?"),
    Linked(f"How did they pay for it {LAMP}", (LAMP,), BOTH, "How did they pay for it"),
    Linked(f"Summarize this article for me please: {LAMP}", (LAMP,), BOTH),
    Linked(f"{LAMP}\nо чём это?", (LAMP,), BOTH, "о чём это?"),
    Linked(f"{LAMP} wer hat die lampe repariert", (LAMP,), BOTH, "wer hat die lampe repariert"),
    Linked(f"这篇文章讲什么？\n{LAMP}", (LAMP,), BOTH, "这篇文章讲什么？"),
    Linked(f"ما موضوع هذا المقال؟\n{LAMP}", (LAMP,), BOTH, "ما موضوع هذا المقال؟"),
    Linked(f"誰が直したのですか？ {LAMP}", (LAMP,), BOTH, "誰が直したのですか？"),
    Linked(f"Hi!\n{LAMP}\nWho lit it?\nThanks!", (LAMP,), BOTH, "Who lit it?"),
    Linked(
        f"Look at this: {LAMP}\nWho is the keeper?", (LAMP,), BOTH, "Who is the keeper?", EITHER
    ),
    Linked("Who owns skerry.example?", ("skerry.example",), ASK, "Who owns skerry.example?"),
    Linked(f"What does {HARBOUR} do?", (HARBOUR,), BOTH),
    Linked("What does https://x.example/?q=ferry say?", (), BOTH, "What does say?"),
    Linked(f"what is this?\n{LAMP}", (LAMP,), BOTH, "what is this?"),
    Linked(f"{LAMP} why?", (LAMP,), BOTH, "why?"),
    # Links behind words, as copied from a page.
    Linked("Captain returns to the river", (FERRY,), SAVE),
    # Posts that close with a question to their readers.
    Linked(
        f"🔥 The ferry is back. Tickets cost 46 crowns, dogs go free.\n\nWill you go?\n{FERRY}",
        (FERRY,),
        SAVE,
        None,
        EITHER,
    ),
    Linked(
        "The harbour trust wants to sell the old pier to a hotel, and the fishermen are against "
        f"it because their boats have nowhere else to go.\n\nWhat do you think?\n\n{HARBOUR}",
        (HARBOUR,),
        SAVE,
        None,
        EITHER,
    ),
]

ARTICLES = [
    """The keeper who stayed

When the last boat left Skerry Point in 1983, nobody thought of asking Agnes Moray whether she
wanted to be on it. She did not. For forty years she swept the stairs of a lighthouse without
a lamp, wrote down the weather in school exercise books and sold honey to the few who came by.

Now the lamp is back. The harbour trust found 340,000 pounds for it, mostly in small sums, and
on Monday evening she climbed the 112 steps once more. "It is heavier than I remember," she
said of the lens, and turned it by hand.

What becomes of the exercise books? A museum has asked for them. She is thinking about it.""",
    "Шесть лет причал в Остреле стоял пустым: прежний паром продали, а нового так и не "
    "построили. Весной жители сложились и выкупили старую баржу, на которой когда-то "
    "возили зерно. Работали по выходным, красили ночью, когда не было ветра. Капитаном "
    "стала Теодора Винт, бывшая учительница географии. Билет в одну сторону стоит сорок "
    "шесть крон, детей и велосипеды возят бесплатно. Первый рейс назначен на понедельник, "
    "в шесть утра, и все места на него уже заняты.",
    "Über Nacht kam der Ofen zurück. Siebzehn Monate lang war die Glashütte von Vessary "
    "kalt gewesen, dann entzündete der Nachtwächter Bartholomäus Sze das Feuer, ohne "
    "jemanden zu fragen. Am Morgen standen die ersten Arbeiter vor dem Tor, am Mittag "
    "waren es vierzig. Der Konzern, dem das Werk gehört, sprach von Hausfriedensbruch; das "
    "Eisenbahnmuseum bestellte eintausendzweihundert Lampen. Wem gehört ein Feuer? Darüber "
    "wird nun ein Gericht in Mill Harbour entscheiden, vermutlich im Herbst.",
    "去年冬天，卡罗米尔镇的面包师在墙上发现了一座旧钟。他以为那只是一件装饰品"
    "，便把它挂在柜台后面，让客人看时间。三个月以后，一位退休的天文学家走进店"
    "里买面包，抬头一看，愣住了：那正是四十年前从天文台失窃的钟。钟是一八八七"
    "年造的，走得仍然很准，每天只差两秒。天文台的台长当天下午就赶来了，带着一"
    "张发黄的照片和一封道歉信。面包师说，他愿意把钟还回去，只有一个条件：每年"
    "钟的生日，天文台要在他的店里订一个蛋糕。台长答应了。",
    "في بلدة صغيرة على ضفة النهر، قرر المجلس أن يمنح النهر صوتا في اجتماعاته. كانت الفكرة "
    "في البداية مزحة، ثم وقع عليها ألفان وثمانمئة وستة عشر شخصا. اختار السكان معلمة بيانو "
    "في الثامنة والخمسين من عمرها لتتكلم باسم الماء، فهي تسكن أقرب بيت إليه منذ ولدت. تقول "
    "إنها لا تعرف القانون، لكنها تعرف متى يغضب النهر ومتى يهدأ. رفعت شركة تريد بناء موقف "
    "للسيارات دعوى أمام المحكمة الإدارية، وينتظر الجميع الحكم في الشهر القادم.",
    "रात की रेलगाड़ी में मधुमक्खियाँ सफ़र कर रही थीं। उनकी मालकिन, इकहत्तर साल की "
    "विल्हेल्मिना ट्रूस्ट, उन्हें बाग़ों तक ले जाना चाहती थीं, क्योंकि इस साल वसंत पहाड़ों "
    "में जल्दी आ गया था। रेलवे ने उन्नीस सौ पचास फ़्लोरिन लिए और एक पूरा डिब्बा दिया। रात "
    "भर किसी यात्री ने शिकायत नहीं की। सुबह पाँच बजकर बाईस मिनट पर, आठ मिनट की देरी से, "
    "गाड़ी संत ओरला पहुँची। स्टेशन मास्टर ने ख़ुद दरवाज़ा खोला और पीछे हट गए। दो घंटे बाद "
    "बाग़ों में काम शुरू हो चुका था और डिब्बे में केवल मोम की हल्की गंध बची थी।",
    "En el puerto nadie recordaba quién había encargado el mural. Apareció un martes, con "
    "los andamios todavía puestos, y mostraba a una mujer que remienda una red de la que "
    "escapan letras en vez de peces. La alcaldesa mandó borrarlo; los pintores municipales "
    "se negaron, porque una de las letras, dijeron, era la inicial de su abuela. Hoy hay "
    "visitas guiadas los domingos, y la mujer del mural tiene nombre, aunque distinto "
    "según quién lo cuente. ¿Hace falta saber más? El puerto cree que no.",
]
"""Pasted or forwarded whole, each more than 400 characters or as many as say as much."""

LONG = [
    # A question about the article that it stands beside.
    (f"Who is this article about?\n\n{ARTICLES[0]}", BOTH, "Who is this article about?"),
    (f"{ARTICLES[1]}\n\nКто капитан в этой статье?", BOTH, "Кто капитан в этой статье?"),
    (f"{ARTICLES[3]}\n\n请总结这篇文章", BOTH, "请总结这篇文章"),
    # Questions that belong to the article.
    (f"Will the lamp stay lit?\n\n{ARTICLES[0]}", SAVE, None),
    (f"{ARTICLES[0]}\n\nWhat do you think of this article? Tell us in the comments!", SAVE, None),
    (f"Did you know?\n\n{ARTICLES[2]}", SAVE, None),
    # A question at length.
    (
        "I have been reading about the glassworks for some weeks now, about the night watchman "
        "who lit the furnace and the forty workers who stood at the gate in the morning, and "
        "about the group that owns the building and would rather make its glass at Mill Harbour, "
        "and there was also something about a railway museum that had ordered lamps although "
        "nobody was sure that there would ever be any; can you tell me what the court decided?",
        ASK,
        None,
    ),
]

COMMENTS = [
    ("Who is the captain?", "Who is the captain?"),
    ("who is the captain", "who is the captain"),
    ("Hi! Who is the captain?", "Who is the captain?"),
    ("is this true", "is this true"),
    ("What is this?", "What is this?"),
    ("почему?", "почему?"),
    ("summarize please", "summarize please"),
    ("Why Europe's ferries are failing", "Why Europe's ferries are failing"),
    ("@cuttings_bot кто это?", "кто это?"),
    ("Worum geht es hier?", "Worum geht es hier?"),
    ("誰が書いたの？", "誰が書いたの？"),
    ("هل هذا صحيح؟", "هل هذا صحيح؟"),
    ("for later", None),
    ("interesting!", None),
    ("really?", None),
    ("wow 😮", None),
    ("", None),
    ("🤔?", None),
    ("Look what they wrote about our bridge.", None),
    ("на память", None),
    ("谢谢", None),
    (ARTICLES[6], None),
]
