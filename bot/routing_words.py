"""Words by which routing tells what a message is, in the languages most people write (pure data).

Phrases are separated by commas, by language; capitals and accents do not
matter. The lists need not be complete: a question mark, the length and the layout decide first.
"""

from __future__ import annotations

QUESTION_MARKS = "?？؟՞፧⸮﹖︖⁇⁈⁉‽❓❔¿"
STATEMENT_ENDS = ".!…。！｡।॥։።۔៕။"
CLOSERS = "\"'”’»›)]}」』）】》"

QUESTIONS = """
    who, who's, whom, whose, what, what's, when, when's, where, where's, why, which, how, how's,
    is, isn't, are, aren't, was, wasn't, were, did, didn't, does, doesn't, has, could, would,
    should, do you, do they, do we, can you, can i, can we, could you, will it, will they,
    will there, have they, have you, any news on, any idea, кто, что, где, когда, почему, зачем,
    сколько, куда, откуда, какой, какая, какое, какие, каким, каких, какую, чей, чья, чье, как,
    о чем, правда ли, есть ли, кем, кому, кого, чем, чему, хто, коли, чому, навіщо, скільки, який,
    яка, яке, які, звідки, чи, якому, хіба, wer, wann, wo, warum, wieso, weshalb, wie, welche,
    welcher, welches, welchem, welchen, wem, wen, wessen, wohin, woher, wofür, womit, ist, sind,
    gibt es, haben, wurde, wurden, kann, qui, que, quoi, quand, où, pourquoi, comment, combien,
    quel, quelle, quels, quelles, est-ce, qu'est-ce, a-t-il, a-t-elle, y a-t-il, quién, quiénes,
    qué, cuándo, dónde, por qué, cómo, cuánto, cuánta, cuántos, cuántas, cuál, cuáles, chi, cosa,
    dove, perché, quanto, quanta, quanti, quante, quale, quali, che cosa, c'è, com'è, quem, o que,
    onde, como, quantos, quantas, qual, quais, será que, há quanto, wat, wanneer, waar, waarom,
    waarmee, hoe, hoeveel, welke, welk, kto, kiedy, gdzie, dlaczego, jak, który, która, które,
    czy, skąd, czyj, jaki, jaka, jakie, kdo, kdy, kde, proč, kolik, který, která, které, čí, jaký,
    vem, vad, när, varför, hur, vilken, vilket, vilka, hvem, hva, hvad, hvornår, hvor, hvorfor,
    hvordan, hvilken, hvilke, kuka, mikä, mitä, milloin, missä, miksi, miten, kuinka, montako,
    kenen, ποιος, ποια, ποιο, ποιοι, τι, πότε, πού, γιατί, πώς, πόσο, πόσα, πόσοι, cine, unde,
    de ce, cum, mikor, hol, miért, hogyan, mennyi, hány, melyik, ماذا, متى, أين, لماذا, كيف, كم,
    هل, أي, من هو, من هي, من الذي, ما هو, ما هي, ما الذي, מי, מה, מתי, איפה, היכן, למה, מדוע, איך,
    כיצד, כמה, האם, איזה, איזו, לאן, מאיפה, siapa, apa, apakah, kapan, di mana, dimana, mengapa,
    kenapa, bagaimana, berapa, nani, nini, lini, wapi, kwa nini, vipi, ngapi, ማን, ምን, መቼ, የት, ለምን,
    እንዴት, ስንት, ვინ, რა, როდის, სად, რატომ, როგორ, რამდენი, ով, ինչ, երբ, որտեղ, ինչու, ինչպես,
    քանի, ai là, tại sao, vì sao, khi nào, bao giờ, làm sao, có phải
"""
"""How questions begin."""

WEAK_QUESTIONS = """
    will, can, have, had, do, kim, come, che, ne, co, ki, ce, ai, var, war, من, ما
"""
"""How questions begin that are other words or names just as often."""

POLITE = """
    please, and, so, now, ok, then, also, but, lol, bitte, und, пожалуйста, а, и, ну, будь ласка,
    і, por favor, y, e, et, s'il vous plaît, s'il te plaît, proszę, lütfen, tolong
"""
"""What may stand before a request."""

LEADING = """
    but, in, at, on, for, with, from, to, by, of, about, since, until, or, then, also, ok,
    according to the article, а, и, но, в, во, на, к, с, у, о, об, от, до, по, из, за, для, или,
    й, і, з, und, an, auf, mit, von, seit, für, nach, aus, zu, bei, um, aber, et, à, de, en, dans,
    pour, avec, depuis, par, sur, mais, y, a, con, por, para, desde, hasta, pero, e, di, da, per,
    ma, em, com, mas, od, do, po, op, met, van, och, men, og, και, σε, από, و, في, إلى, del, al
"""
"""What may stand before the word that asks."""

QUESTIONS_ANYWHERE = """
    kimin, kime, nasıl, nerede, neden, niçin, niye, hangi, kaç, ne zaman, क्या, कौन, किसने, किसका,
    किसकी, किसके, किसे, कब, कहाँ, कहां, क्यों, कैसे, कितना, कितने, कितनी, چه, چرا, چگونه, چطور,
    کجا, کدام, آیا, چقدر, کیا, کون, کب, کہاں, کیوں, کیسے, کتنے, کتنا, কে, কী, কি, কখন, কোথায়, কেন,
    কিভাবে, কীভাবে, কত, யார், என்ன, எப்போது, எங்கே, ஏன், எப்படி, 누가, 누구, 누구의, 무엇, 무엇을, 무슨,
    뭐, 언제, 어디, 어디에, 어디서, 왜, 어떻게, 어떤, 몇, 얼마, 얼마나, bao nhiêu, ở đâu, là ai,
    là gì, thế nào, mấy
"""
"""Words that ask wherever they stand in a sentence."""

QUESTIONS_UNSPACED = """
    什么, 什麼, 谁, 誰, 哪, 为什么, 為什麼, 怎么, 怎麼, 怎样, 多少, 几个, 几时, 是否, 请问, 請問,
    何时, 为何, どこ, いつ, なぜ, どうして, どうやって, どのよう, いくら, いくつ, 何が, 何を,
    何人, 何年, どれ, どんな, とは何, อะไร, ใคร, ที่ไหน, เมื่อไหร่, เมื่อไร, ทำไม, อย่างไร, ยังไง,
    เท่าไร, เท่าไหร่, กี่, ไหม, หรือไม่
"""
"""Words that ask, in scripts without spaces."""

QUESTION_LAST_WORDS = """
    mı, mi, mu, mü, mıdır, midir, mudur, mısın, misin, mısınız, misiniz, không, chưa, gì, đâu, nào
"""
"""Words that ask at the end of a sentence."""

QUESTION_ENDINGS = """
    吗, 嗎, 呢, ですか, ますか, ましたか, でしたか, のか, かな, だれ, なに, 何, 습니까, 입니까,
    합니까, 했나요, 나요, 가요, 인가요, 일까, 할까, 됩니까, 됐나요
"""
"""How the last word of a question ends."""

REQUESTS = """
    tell me, tell us, show me, show, find, find me, explain, list, name, summarize, summarise,
    describe, search, search for, look up, remind me, define, compare, quote, give me,
    give a summary, i want to know, i'd like to know, i would like to know, i wonder,
    i'm wondering, i'm looking for, looking for, please tell, please explain, please summarize,
    please find, tldr, summary please, расскажи, расскажите, покажи, покажите, найди, найдите,
    объясни, объясните, назови, назовите, перечисли, скажи, скажите, напомни, напомните, кратко о,
    подскажи, подскажите, интересно, розкажи, розкажіть, знайди, поясни, поясніть, підкажи,
    підкажіть, erzähl, erzähle, erkläre, erklär, zeig, zeige, finde, nenne, suche, such, sag mir,
    fasse, weißt du, dis-moi, dites-moi, explique, expliquez, montre, trouve, raconte, cherche,
    résume, résumez, dime, dígame, explica, explícame, busca, muestra, muéstrame, cuéntame,
    encuentra, resume, resúmeme, dimmi, spiega, spiegami, trova, cerca, mostra, mostrami,
    riassumi, parlami, diga, diga-me, me diga, me conte, encontre, procure, mostre, resuma,
    conte-me, vertel, leg uit, zoek, opowiedz, wyjaśnij, znajdź, powiedz, řekni, vysvětli,
    berätta, förklara, anlat, açıkla, bul, göster, söyle, özetle, أخبرني, اشرح, ابحث, لخص, بگو,
    توضیح بده, ספר לי, הסבר, מצא, बताओ, बताइए, बताएं, समझाओ, ceritakan, jelaskan, carikan,
    tolong jelaskan, 请, 請, 告诉我, 解释, 介绍一下, 总结, 概括, 帮我找, 알려줘, 알려주세요,
    설명해, 찾아줘, 요약해
"""
"""How a person asks for something without asking a question."""

REQUEST_ENDINGS = """
    教えて, 教えてください, 教えてほしい, 説明して, 説明してください, 探して, 要約して, 알려줘,
    알려주세요, 설명해줘, 설명해주세요, 찾아줘, 찾아주세요, 요약해줘, 요약해주세요, बताओ, बताइए,
    बताएं
"""

SAVING = """
    save this, save the following, keep this, remember this, remember that, note that,
    note to self, сохрани, сохрани это, запомни, запиши, speichere, merk dir, merke dir,
    enregistre, garde ça, guarda esto, guárdalo, salva questo, guarde isto, zapisz, збережи,
    kaydet, احفظ, 保存, 记住, 저장해
"""
"""How a person says that something is to be kept."""

NOTE_LABELS = """
    save, note, notes, memo, remember, reminder, заметка, на память, notiz, nota, recordatorio,
    promemoria, merken, lembrete, notatka, нотатка, not, ملاحظة, הערה, 备注, 笔记, メモ, 메모, याद
"""
"""What stands before a colon and something to be kept."""

QUIZZES = """
    did you know, знаете ли вы, знали ли вы, а вы знали, wusstest du, wussten sie, saviez-vous,
    sabías que, sabia que, lo sapevi, sapevate, wist je, biliyor muydunuz, 你知道吗, هل تعلم
"""
"""How posts begin that only look like a question."""

REFERENCES = """
    this article, the article, article above, article below, above article, following article,
    following text, this text, text above, text below, this post, this piece, this story,
    summarize, summarise, summarize this, tldr, этой статье, этой статьи, эту статью, в статье,
    из статьи, этот текст, этом тексте, этого текста, тексте выше, тексте ниже, цій статті,
    цю статтю, diesem artikel, diesen artikel, dieser artikel, der artikel, im artikel,
    diesem text, dieser text, cet article, l'article, cette article, ce texte, este artículo,
    el artículo, este texto, questo articolo, l'articolo, questo testo, este artigo, o artigo,
    dit artikel, het artikel, tym artykule, ten artykuł, bu makale, bu makalede, bu yazıda,
    هذا المقال, المقال, هذا النص, این مقاله, این متن, המאמר, הכתבה, इस लेख, artikel ini,
    bài viết này
"""
REFERENCES_UNSPACED = """
    文章, 本文, 这篇, 上文, 下文, 文中, 記事, この文, 요약, 기사, 이 글, บทความ, 总结, 要約
"""
"""Words for the text that a question stands beside."""

GREETINGS = """
    hi, hello, hey, hiya, heya, howdy, yo, greetings, good morning, good afternoon, good evening,
    good night, good day, good to see you, nice to meet you, how are you, how are you doing,
    how's it going, what's up, sup, bye, goodbye, see you, see you later, привет, приветик,
    здравствуй, здравствуйте, добрый день, добрый вечер, доброе утро, доброго дня, доброй ночи,
    спокойной ночи, хай, как дела, пока, до свидания, привіт, вітаю, добрий день, добрий вечір,
    доброго ранку, як справи, hallo, guten tag, guten morgen, guten abend, gute nacht, moin,
    servus, grüß gott, grüezi, wie geht's, wie geht es dir, tschüss, bonjour, salut, bonsoir,
    coucou, ça va, comment ça va, au revoir, bonne nuit, hola, buenos días, buenas tardes,
    buenas noches, buenas, qué tal, cómo estás, adiós, ciao, salve, buongiorno, buonasera,
    come stai, arrivederci, olá, oi, bom dia, boa tarde, boa noite, tudo bem, hoi, goedemorgen,
    goedemiddag, goedenavond, goedendag, cześć, dzień dobry, dobry wieczór, witam, hejka, ahoj,
    dobrý den, hej, hejsan, god morgon, god dag, moi, terve, hei, merhaba, selam, günaydın,
    iyi günler, iyi akşamlar, nasılsın, مرحبا, أهلا, أهلا وسهلا, السلام عليكم, صباح الخير,
    مساء الخير, كيف حالك, سلام, درود, שלום, היי, בוקר טוב, ערב טוב, מה נשמע, नमस्ते, नमस्कार, हैलो,
    कैसे हो, সালাম, নমস্কার, হ্যালো, வணக்கம், こんにちは, こんばんは, おはよう, おはようございます,
    はじめまして, やあ, 你好, 您好, 嗨, 早上好, 晚上好, 下午好, 大家好, 你好吗, 再见, 안녕,
    안녕하세요, 안녕하십니까, 반갑습니다, สวัสดี, สวัสดีครับ, สวัสดีค่ะ, xin chào, chào bạn, chào,
    halo, selamat pagi, selamat siang, selamat malam, apa kabar, γεια, γεια σου, γεια σας,
    καλημέρα, καλησπέρα, გამარჯობა, բարև, ሰላም, habari, jambo, hujambo, bună, bună ziua, szia,
    jó napot, zdravo, dobar dan, здраво, здравей
"""

THANKS = """
    thanks, thank you, thank u, thx, ty, tysm, cheers, much appreciated, appreciate it,
    thanks a lot, thanks a million, thank you so much, thank you very much, many thanks, good bot,
    good job, great job, well done, good work, bravo, you are great, you're great,
    you are the best, you're the best, i love it, i love you, love it, that helped,
    that's helpful, very helpful, спасибо, спасибо большое, большое спасибо, благодарю, спс,
    пасиб, молодец, спасибо огромное, дякую, дуже дякую, щиро дякую, danke, danke schön,
    danke dir, vielen dank, dankeschön, merci, merci beaucoup, merci bien, gracias,
    muchas gracias, mil gracias, grazie, grazie mille, obrigado, obrigada, muito obrigado, valeu,
    bedankt, dank je, dank je wel, dank u, dziękuję, dzięki, děkuji, díky, tack, tack så mycket,
    takk, tak skal du have, kiitos, teşekkürler, teşekkür ederim, sağ ol, çok teşekkürler, شكرا,
    شكرا جزيلا, شكرا لك, متشکرم, ممنون, ممنونم, מרסי, تشکر, תודה, תודה רבה, धन्यवाद, शुक्रिया,
    बहुत धन्यवाद, ধন্যবাদ, நன்றி, شکریہ, ありがとう, ありがとうございます, ありがとうございました,
    どうも, 谢谢, 谢谢你, 多谢, 感谢, 謝謝, 감사합니다, 고마워, 고마워요, 고맙습니다, ขอบคุณ,
    ขอบคุณครับ, ขอบคุณค่ะ, cảm ơn, cám ơn, terima kasih, makasih, ευχαριστώ, მადლობა,
    շնորհակալություն, አመሰግናለሁ, asante, asante sana, mulțumesc, köszönöm, hvala, хвала, благодаря
"""

HINTS = """
    save, save it, save this, remember this, translate this, stop, cancel, undo, delete, forget,
    help, help me, can you help me, i need help, who are you, what are you, what can you do,
    what do you do, what is this, how do you work, how does this work, how does it work,
    how do i use you, what's this, i have a question, can i ask you, can i ask a question, menu,
    start, commands, settings, are you there, are you a bot, помощь, помоги, помогите, кто ты,
    что ты умеешь, что ты можешь, как это работает, у меня вопрос, ты тут, допоможи, hilfe,
    wer bist du, was kannst du, aide, aide-moi, qui es-tu, que sais-tu faire, ayuda, ayúdame,
    quién eres, qué puedes hacer, cómo funciona, aiuto, chi sei, cosa sai fare, ajuda,
    quem é você, o que você faz, pomoc, kim jesteś, co potrafisz, yardım, kimsin, ne yapabilirsin,
    مساعدة, من أنت, ماذا تفعل, עזרה, מי אתה, मदद, तुम कौन हो, 帮助, 你是谁, 你能做什么, 助けて,
    ヘルプ, あなたは誰, 何ができる, 何ができますか, 도움말, 도와줘, 너는 누구, 뭐 할 수 있어,
    ช่วยด้วย, bantuan, kamu siapa, giúp
"""
"""What is asked of the bot itself, not of the articles."""

NODS = """
    ok, okay, okey, k, kk, oki, yes, yep, yeah, yup, no, nope, nah, sure, fine, good, great, nice,
    cool, wow, awesome, perfect, amazing, interesting, excellent, super, got it, i see,
    understood, right, all right, alright, agreed, done, hm, oh, ah, lol, wtf, omg, oops, sorry,
    never mind, nevermind, no problem, please, really, seriously, huh, what, come on, no way, 123,
    1234, test 1, test 2, test 123, why not, test, testing, test test, test message, wrong,
    that's wrong, that is wrong, not true, incorrect, неверно, неправильно, не понял, falsch,
    faux, incorrecto, 不对, beautiful, lovely, what a story, what a read, what a day, ping,
    hello world, check, bla, bla bla, asdf, qwerty, так, дуже добре, да, нет, ага, угу, ок, окей,
    понятно, ясно, понял, поняла, хорошо, ладно, отлично, круто, класс, супер, интересно, тест,
    проверка, проверка связи, ого, правда, серьезно, пожалуйста, ні, добре, зрозуміло, чудово, ja,
    nein, gut, klar, alles klar, verstanden, super gut, toll, genau, echt, bitte, oui, non,
    d'accord, bien, très bien, génial, parfait, vraiment, sí, vale, bueno, claro, de acuerdo,
    perfecto, genial, en serio, va bene, certo, bene, perfetto, davvero, sim, não, tá, beleza,
    ótimo, entendi, nee, goed, prima, oké, tak, nie, dobrze, dobra, spoko, jasne, ano, ne, dobře,
    evet, hayır, tamam, peki, güzel, نعم, لا, تمام, حسنا, ماشي, بله, نه, باشه, خوب, כן, לא, בסדר,
    סבבה, אוקיי, हाँ, हां, नहीं, ठीक है, अच्छा, ठीक, 好, 好的, 是, 是的, 不, 不是, 嗯, 行, 可以,
    知道了, 明白, 明白了, 测试, 对, 真的吗, 真的, はい, いいえ, うん, 了解, 了解です,
    わかりました, なるほど, テスト, すごい, 네, 예, 아니요, 아니, 응, 알겠습니다, 알겠어, 좋아요,
    좋아, 테스트, 대박, 진짜, ใช่, ไม่, โอเค, ครับ, ค่ะ, ทดสอบ, vâng, được, ya, tidak, oke, baik,
    sip, mantap, tes, ναι, όχι, εντάξει, igen, nem, jó, da, nu, bine
"""

FILLERS = """
    article, story, read, one, a, really, bot, there, all, everyone, everybody, guys, folks, dear,
    friend, my friend, again, very, very much, so, much, a lot, and, you, then, well, just, too,
    sir, cuttings, also, бот, всем, друг, друзья, еще раз, снова, большое, очень, а, и, тебе, вам,
    zusammen, alle, und, dir, ihnen, nochmal, sehr, à tous, tout le monde, et, toi, a todos, y,
    a tutti, e, a você, allemaal, wszystkim, herkese, جدا, لك, بوت, 啊, 呀, 哈, 机器人, 你, 您,
    了, 大家, ね, です, よ, 봇, 여러분, 요, นะ, นะครับ, นะคะ, bạn, semua, banyak, ji, जी
"""
"""What may stand beside a greeting or thanks and changes nothing."""

INTRODUCTIONS = """
    i'm, i am, my name is, my name's, this is, i just, i have just, меня зовут, я, мене звати,
    ich bin, ich heiße, mein name, je suis, je m'appelle, soy, me llamo, sono, mi chiamo, sou,
    eu sou, me chamo, ik ben, jestem, mam na imię, ben, jag är, أنا, اسمي, من, אני, मैं, मेरा नाम,
    saya, nama saya, tôi là
"""
"""How a person goes on after a greeting without asking anything."""

INVERTED = """
    is, are, was, were, did, does, do, has, have, had, can, could, will, would, should, many,
    much, long, old, far, often, isn't, aren't, wasn't, weren't, didn't, doesn't, don't
"""
"""What follows the first word of an English question, but not of a title."""

NEVER_TITLES = """
    who, who's, whom, whose, is, are, was, were, did, does, has, could, would, should, do you,
    can you, can i, could you, czy, est-ce, هل, האם, apakah, правда ли, gibt es
"""
"""How titles without a question mark do not begin."""

ABBREVIATIONS = """
    mr, mrs, ms, dr, st, prof, jr, sr, nr, vs, gen, col, rev, hon, sen, rep, gov, capt, inc, ltd,
    bzw, ca, гг, ул, им, тыс, млн, sra, srta, mme, mlle, sig, ing
"""
"""What a full stop follows within a sentence."""
