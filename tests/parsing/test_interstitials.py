"""Tests that pages shown in place of content are recognized, and articles on the same topics are not."""

from __future__ import annotations

import pytest

from ticker.parsing import trace_page


def page(title: str, *paragraphs: str, buttons: tuple[str, ...] = (), head: str = "", end: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    drawn = "".join(f"<button>{button}</button>" for button in buttons)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><main><h1>{title}</h1>{text}{drawn}</main>{end}</body></html>"
    )


CONSENT = {
    "en": page(
        "Before you continue to The Lamp",
        "We use cookies and data to deliver and maintain our services, and to measure audience engagement.",
        "If you choose to accept, we will also use cookies and data to show personalised ads on your device.",
        "You can change your choices at any time in our privacy policy.",
        buttons=("Reject all", "Accept all"),
    ),
    "en, brands": page(
        "The Lamp is part of the Lantern family of brands",
        "When you use our sites and apps, we use cookies to provide them to you and to authenticate users.",
        "If you click 'Accept all', we and our 237 partners, of whom 89 are part of a framework, also store and/or "
        "access information on a device (in other words, use cookies) and use precise location data.",
        "You can withdraw your consent or change your choices at any time by clicking on the privacy settings.",
        buttons=("Accept all", "Reject all", "Manage privacy settings"),
    ),
    "de": page(
        "Die Lampe mit Werbung weiterlesen",
        "Besuchen Sie uns wie gewohnt mit Werbung und Tracking. Details zum Tracking finden Sie in der "
        "Datenschutzerklärung und im Privacy Center, wo Sie Ihre Zustimmung jederzeit widerrufen können.",
        "Wir und unsere bis zu 191 Partner verarbeiten personenbezogene Daten, wie Cookies und Gerätekennungen, um "
        "personalisierte Anzeigen auszuspielen.",
        buttons=("Akzeptieren und weiter", "Abonnieren"),
    ),
    "fr": page(
        "Votre vie privée nous importe",
        "Nous et nos 812 partenaires stockons et accédons à des informations sur un terminal, telles que les cookies, "
        "et traitons des données à caractère personnel.",
        "Avec votre consentement, nos partenaires et nous pouvons utiliser des données de géolocalisation précises.",
        buttons=("Continuer sans accepter", "Accepter et fermer"),
    ),
    "es": page(
        "Tu privacidad",
        "Nosotros y nuestros socios almacenamos cookies en tu dispositivo y tratamos datos personales.",
        "Puedes retirar tu consentimiento u oponerte al tratamiento basado en un interés legítimo.",
        buttons=("Aceptar y continuar",),
    ),
    "it": page(
        "La Lampada",
        "Noi e i nostri 745 partner archiviamo informazioni su dispositivo, come cookie, e trattiamo dati personali.",
        "Puoi negare il consenso: la pubblicità personalizzata ci permette di offrire gratis le notizie. Leggi "
        "l'informativa sui cookie.",
        buttons=("Accetta e continua", "Rifiuta e abbonati"),
    ),
    "pt": page(
        "Antes de continuar",
        "Utilizamos cookies e dados para manter os nossos serviços e medir o interesse do público.",
        "Nós e os nossos parceiros tratamos dados pessoais para publicidade personalizada, com o seu consentimento.",
        buttons=("Rejeitar tudo", "Aceitar tudo"),
    ),
    "nl": page(
        "Voordat je verdergaat",
        "Wij en onze partners plaatsen cookies en verwerken persoonsgegevens voor gepersonaliseerde advertenties.",
        "Je kunt je toestemming op elk moment intrekken via de cookie-instellingen.",
        buttons=("Akkoord", "Instellen"),
    ),
    "pl": page(
        "Dbamy o Twoją prywatność",
        "My i nasi partnerzy przechowujemy pliki cookies na urządzeniu i przetwarzamy dane osobowe.",
        "Zgody możesz wycofać w dowolnym momencie. Nasi partnerzy mają uzasadniony interes w przetwarzaniu danych.",
        buttons=("Przejdź do serwisu",),
    ),
    "cs": page(
        "Nastavení souhlasu s personalizací",
        "S vaším souhlasem používáme soubory cookies a osobní údaje, abychom vám ukazovali vhodnou reklamu.",
        "Souhlas můžete kdykoli odvolat v nastavení soukromí.",
        buttons=("Souhlasím",),
    ),
    "ru": page(
        "Прежде чем продолжить",
        "Мы и наши партнеры используем файлы cookie и обрабатываем персональные данные.",
        "Вы можете отозвать согласие в любое время.",
        buttons=("Принять все",),
    ),
    "ja": page(
        "続行する前に",
        "当社と 812 社のパートナーは、クッキーなどの情報を保存し、個人データを処理します。",
        "同意はいつでも撤回できます。",
        buttons=("同意する",),
    ),
}

CHALLENGES = {
    "en": page(
        "Just a moment...",
        "news.example needs to review the security of your connection before proceeding.",
        "Verifying you are human. This may take a few seconds.",
        "Ray ID: 8c1f",
        end='<script src="/cdn/challenge-platform/h/b/orchestrate.js"></script>',
    ),
    "enable": "<html><head><title>news.example</title></head><body><p>Please enable JS and disable any ad blocker</p>"
    "</body></html>",
    "noscript": "<html><head><title>Lamp</title></head><body><noscript><h1>Enable JavaScript and cookies to continue"
    "</h1></noscript><script>let x = 1</script></body></html>",
    "hold": page(
        "Access to this page has been denied",
        "Press & Hold to confirm you are a human (and not a bot).",
        "Reference ID 7f3a",
    ),
    "interruption": page(
        "Pardon Our Interruption",
        "As you were browsing something about your browser made us think you were a bot. There are a few reasons this "
        "might happen:",
        "You've disabled JavaScript in your web browser. You're a power user moving through this website with "
        "super-human speed.",
        "To regain access, please make sure that cookies and JavaScript are enabled before reloading the page.",
    ),
    "traffic": page(
        "Sorry",
        "Our systems have detected unusual traffic from your computer network. This page checks to see if it's really "
        "you sending the requests, and not a robot.",
        end='<form id="captcha-form"><div class="g-recaptcha"></div></form>',
    ),
    "de": page("Nur einen Moment…", "Verifizieren Sie, dass Sie ein Mensch sind, indem Sie die Aktion abschließen."),
    "fr": page("Un instant…", "Vérifiez que vous êtes humain en effectuant l'action ci-dessous."),
    "es": page("Un momento…", "Verifique que es un ser humano completando la acción a continuación."),
    "ru": page(
        "Вы не робот?", "Подтвердите, что запросы отправляли вы, а не робот.", end='<div class="SmartCaptcha"></div>'
    ),
    "zh": page("请稍候…", "完成以下操作，确认您是真人。"),
}

CONSENT |= {
    "sv": page(
        "Innan du fortsätter",
        "Vi använder cookies och data för att leverera och underhålla tjänster från oss.",
        "Om du väljer att godkänna alla använder vi även cookies för att visa personligt anpassade annonser.",
        "Du kan ändra ditt samtycke när som helst.",
        buttons=(
            "Avvisa alla",
            "Godkänn alla",
        ),
    ),
    "da": page(
        "Vi bruger cookies",
        "Vi og vores partnere bruger cookies til at indsamle personoplysninger om dig.",
        "Du kan altid trække dit samtykke tilbage.",
        buttons=("Tillad alle",),
    ),
    "no": page(
        "Ditt personvern",
        "Vi og våre partnere lagrer informasjonskapsler og behandler personopplysninger.",
        "Du kan trekke tilbake samtykket.",
        buttons=("Godta alle",),
    ),
    "fi": page(
        "Yksityisyytesi on meille tärkeää",
        "Me ja kumppanimme käytämme evästeitä ja käsittelemme henkilötietoja.",
        "Voit peruuttaa suostumuksesi milloin tahansa.",
        buttons=("Hyväksy kaikki",),
    ),
    "hu": page(
        "Mielőtt továbblépne",
        "Mi és partnereink sütiket használunk, és személyes adatokat kezelünk.",
        "Hozzájárulását bármikor visszavonhatja.",
        buttons=("Elfogadom",),
    ),
    "ro": page(
        "Confidențialitatea ta",
        "Noi și partenerii noștri folosim cookie-uri și prelucrăm date cu caracter personal.",
        "Îți poți retrage consimțământul oricând.",
        buttons=("Sunt de acord",),
    ),
    "tr": page(
        "Gizliliğinize önem veriyoruz",
        "Biz ve 800 iş ortağımız çerezleri kullanıyor ve kişisel verileri işliyoruz.",
        "Onayınızı istediğiniz zaman geri alabilirsiniz.",
        buttons=("Tümünü kabul et",),
    ),
    "el": page(
        "Το απόρρητό σας",
        "Εμείς και οι συνεργάτες μας χρησιμοποιούμε cookies και επεξεργαζόμαστε προσωπικά δεδομένα.",
        "Μπορείτε να ανακαλέσετε τη συγκατάθεσή σας.",
        buttons=("Αποδοχή όλων",),
    ),
    "uk": page(
        "Перш ніж продовжити",
        "Ми використовуємо файли cookie та обробляємо персональні дані.",
        "Ви можете відкликати згоду будь-коли.",
        buttons=("Прийняти все",),
    ),
    "zh": page(
        "在继续之前",
        "我们使用 Cookie 和数据来提供服务。",
        "我们和我们的合作伙伴会处理个人数据，以展示个性化广告。",
        buttons=("全部接受",),
    ),
    "ko": page(
        "계속하기 전에",
        "당사와 파트너는 쿠키를 사용하여 개인정보를 처리합니다.",
        "언제든지 동의를 철회할 수 있습니다.",
        buttons=("모두 수락",),
    ),
    "ar": page(
        "قبل المتابعة",
        "نستخدم ملفات تعريف الارتباط والبيانات لتقديم خدماتنا.",
        "نحن وشركاؤنا نعالج البيانات الشخصية بموافقتك.",
        buttons=("قبول الكل",),
    ),
    "de, a subscription": page(
        "Mit Werbung weiterlesen",
        "Sie können das Angebot mit Werbung und Cookies nutzen. Ihre Einwilligung können Sie jederzeit widerrufen.",
        "Mehr dazu in der Datenschutzerklärung. Wir und unsere Partner verarbeiten Daten wie Cookies.",
        buttons=(
            "Einverstanden",
            "Pur-Abo",
        ),
    ),
    "fr, a click": page(
        "Le Phare",
        "En cliquant sur « Accepter », vous consentez au dépôt de cookies par nos partenaires et nous-mêmes.",
        "Vous pouvez retirer votre consentement à tout moment, ou vous abonner.",
        buttons=("Accepter et continuer",),
    ),
    "ca": page(
        "La teva privacitat",
        "Utilitzem cookies i tractem dades personals amb el teu consentiment.",
        buttons=("Accepta",),
    ),
}
CHALLENGES |= {
    "sv": page(
        "Ett ögonblick…",
        "Verifiera att du är människa genom att slutföra åtgärden.",
    ),
    "it": page(
        "Ci siamo quasi…",
        "Verifica che tu sia un essere umano completando l'azione seguente.",
    ),
    "pt": page(
        "Um momento…",
        "Confirme que é humano realizando a ação abaixo.",
    ),
    "nl": page(
        "Een ogenblik geduld…",
        "Verifieer dat u een mens bent door de onderstaande actie te voltooien.",
    ),
    "pl": page(
        "Cierpliwości…",
        "Potwierdź, że jesteś człowiekiem, wykonując poniższą czynność.",
    ),
    "tr": page(
        "Bir dakika lütfen…",
        "Aşağıdaki işlemi tamamlayarak insan olduğunuzu doğrulayın.",
    ),
    "ja": page(
        "しばらくお待ちください…",
        "以下のアクションを実行して、あなたが人間であることを確認してください。",
    ),
    "ko": page(
        "잠시만 기다리십시오…",
        "아래 작업을 완료하여 사람인지 확인하십시오.",
    ),
    "ar": page(
        "لحظة…",
        "تحقق من أنك إنسان من خلال إكمال الإجراء أدناه.",
    ),
    "denied": page(
        "Access Denied",
        'You don\'t have permission to access "http://www.news.example/" on this server.',
        "Reference #18.2f3c1060.1700000000.1a2b3c4d",
    ),
    "blocked": page(
        "Sorry, you have been blocked",
        "You are unable to access news.example",
        "Why have I been blocked? This website is using a security service.",
        "Cloudflare Ray ID: 8c1f",
    ),
    "automated": page(
        "Request blocked",
        "Your request has been identified as automated. Please contact support.",
    ),
}
ANUBIS = page(
    "Making sure you&#39;re not a bot!",
    "You are seeing this because the administrator of this website protects the server against companies that collect "
    "whole sites. That can and does cause downtime, which makes its resources inaccessible for everyone.",
    "It is a compromise: your browser solves a proof of work. For one reader the additional load is small, but for "
    "those that collect pages by the million it adds up and makes collecting much more expensive.",
    "Ultimately, this is a placeholder, so that more time can be spent on recognizing browsers without a reader.",
    head='<script id="anubis_challenge" type="application/json">{"rules": {"difficulty": 4}}</script>',
)
CHALLENGES |= {
    "proof of work": ANUBIS,
    "proof of work, in another language": ANUBIS.replace("Making sure you&#39;re not a bot!", "Einen Augenblick bitte"),
    "frame": '<html><head></head><body><iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9&xinfo=9">Request '
    "unsuccessful. Incapsula incident ID: 877000-289234</iframe></body></html>",
    "unusual traffic": page(
        "https://find.example/search?q=harbour",
        "About this page",
        "Our systems have detected unusual traffic from your computer network. This page checks to see if it's really "
        "you sending the requests, and not a robot.",
        "This page appears when the site automatically detects requests coming from your computer network which appear "
        "to be in violation of its terms. The block will expire shortly after those requests stop.",
        end='<form id="captcha-form"><div id="recaptcha" class="g-recaptcha"></div></form>',
    ),
}
CONSENT |= {
    "pay or consent": page(
        "Weiterlesen mit Werbung oder im Pur-Abo",
        "Lesen Sie unser Angebot kostenlos mit Werbung und Cookies. Ihre Zustimmung zum Tracking können Sie jederzeit "
        "widerrufen.",
        "Lesen Sie für 3,99 € im Monat alle Inhalte nahezu werbefrei und ohne Werbetracking auf allen Geräten.",
        "Wir finanzieren unsere Redaktion durch Werbung und Abonnements und bitten um Ihr Verständnis.",
        buttons=("Einwilligen und weiter", "Pur-Abo abschließen"),
    ),
    "hu": page(
        "Az Ön adatainak védelme fontos számunkra",
        "Weboldalunk a működéshez és a látogatottság méréséhez sütiket (cookie-kat) használ. Az oldal böngészéséhez "
        "kérjük a hozzájárulását a sütik kezeléséhez.",
        "Részletek az adatkezelési tájékoztatóban olvashatók.",
        buttons=("Beleegyezem",),
    ),
    "hr": page(
        "Vaša privatnost nam je važna",
        "Mi i naših 745 partnera pohranjujemo i/ili pristupamo podacima na uređaju, kao što su kolačići, te obrađujemo "
        "osobne podatke za prilagođeno oglašavanje i mjerenje sadržaja.",
        "Svoju privolu možete povući u svakom trenutku u pravilima privatnosti.",
        buttons=("Prihvaćam", "Postavke"),
    ),
    "id": page(
        "Kami menghargai privasi Anda",
        "Kami dan 812 mitra kami menyimpan dan/atau mengakses informasi di perangkat Anda, seperti cookie, dan "
        "memproses data pribadi untuk iklan yang dipersonalisasi.",
        "Anda dapat menarik persetujuan kapan saja melalui kebijakan privasi.",
        buttons=("Setuju", "Opsi lainnya"),
    ),
}
OTHERS = {
    "refused, 451": (
        "page that is refused in this country",
        page(
            "451: Unavailable due to legal reasons",
            "We recognize you are attempting to access this website from a country belonging to the European Economic "
            "Area (EEA) including the EU which enforces the General Data Protection Regulation (GDPR) and therefore "
            "access cannot be granted at this time. For any issues, call 555-0132.",
        ),
    ),
    "refused": (
        "page that is refused in this country",
        page(
            "Our European visitors are important to us",
            "This site is currently unavailable to visitors from the European Economic Area while we work to ensure "
            "your data is protected in accordance with applicable EU laws.",
        ),
    ),
    "drawn by scripts": (
        "page built by scripts",
        "<html><head><title>The Lamp</title></head><body><noscript>You need to enable JavaScript to run this app."
        '</noscript><div id="root"></div><script src="/main.js"></script></body></html>',
    ),
    "drawn by scripts, de": (
        "page built by scripts",
        page(
            "JavaScript erforderlich", "Bitte aktivieren Sie JavaScript in Ihrem Browser und laden Sie die Seite neu."
        ),
    ),
    "maintenance": (
        "maintenance page",
        page(
            "We&rsquo;ll be back soon!",
            "Sorry for the inconvenience but we&rsquo;re performing some maintenance at the moment. If you need to you "
            "can always contact us, otherwise we&rsquo;ll be back online shortly!",
        ),
    ),
    "maintenance, fr": (
        "maintenance page",
        page("Site en maintenance", "Notre site est en cours de maintenance. Merci de votre patience et à bientôt."),
    ),
}
LOGINS = {
    "en": "<html><head><title>Sign in - The Lamp</title></head><body><h1>Sign in to continue reading</h1><form><label>"
    'Email</label><input type="email" name="mail"><label>Password</label><input type="password" name="pw"><button>Sign '
    "in</button></form><p>By signing in you accept our terms of use, and the way in which we treat what you say.</p>"
    "</body></html>",
    "de": '<html><head><title>Anmelden</title></head><body><h2>Melden Sie sich an</h2><form><input type="password">'
    "<button>Einloggen</button></form><p>Noch kein Konto? Hier können Sie sich in wenigen Schritten registrieren.</p>"
    "</body></html>",
}


@pytest.mark.parametrize("name", CONSENT)
def test_consent_pages(name: str) -> None:
    found = trace_page(CONSENT[name]).page
    assert (found.interstitial, found.article, found.headlines) == ("consent page", None, ())


@pytest.mark.parametrize("name", CHALLENGES)
def test_challenges(name: str) -> None:
    found = trace_page(CHALLENGES[name]).page
    assert (found.interstitial, found.article) == ("challenge page", None)


@pytest.mark.parametrize("name", LOGINS)
def test_logins(name: str) -> None:
    found = trace_page(LOGINS[name]).page
    assert (found.interstitial, found.article) == ("login page", None)


@pytest.mark.parametrize("name", OTHERS)
def test_other_kinds(name: str) -> None:
    kind, text = OTHERS[name]
    found = trace_page(text).page
    assert (found.interstitial, found.article) == (kind, None)


REPORT = [
    f"The commission of {town} said on Tuesday that shops must ask before they set cookies, and that the rule on "
    f"consent holds for personal data of every kind, which {people} had asked for since last year."
    for town, people in (("Aarhus", "readers"), ("Basel", "lawyers"), ("Cork", "teachers"), ("Delft", "nurses"))
]
BANNER = (
    '<div class="cookie-banner"><p>We use cookies. We and our partners store and access information on a device.</p>'
    "<button>Accept all</button></div>"
)
DATE = (
    '<meta property="article:published_time" content="2026-11-20T10:00:00Z"><meta property="og:type" content="article">'
)
ARTICLES = {
    "about cookies": page("New rule on cookies and consent", *REPORT, head=DATE),
    "about cookies, with a banner": page("New rule on cookies and consent", *REPORT, head=DATE, end=BANNER),
    "any, with a banner, undated": page(
        "Harbour crane stops for repairs",
        *(
            f"Sentence {n} of the report tells what the crane drivers said about the chain and the wind."
            for n in "abcdef"
        ),
        end=BANNER,
    ),
    "about captchas, undated": page(
        "Are you a robot? The puzzle that nobody likes",
        *(
            f"For {n} years people have clicked on pictures of traffic lights, and researchers of the town's school "
            "say that programs are better at it by now than their grandparents ever were."
            for n in ("ten", "eleven", "twelve")
        ),
        "A box that says 'I am not a robot' was the first to be solved.",
        end='<form><div class="g-recaptcha"></div><input name="mail"></form>',
    ),
    "about maintenance, undated": page(
        "Bridge closes for scheduled maintenance",
        "The harbour bridge will be closed for scheduled maintenance from Monday, the port authority said.",
        *(f"The {n} crew paints the eastern span and looks after the bolts of the railing." for n in ("day", "night")),
        "Buses take the long way round by the mill, and cyclists are asked to take the ferry, which is free of charge.",
        "The work was put off twice since spring because of the wind, and costs the town some forty thousand.",
        "The mayor said that she would walk across first, as she had done when the bridge was opened.",
        "Shops at the quay fear for their trade and ask for a discount on the rent of the stalls.",
    ),
    "about the rules, undated": page(
        "Papers shut out European readers",
        "Several American papers are unavailable in the European Union since the General Data Protection Regulation.",
        *REPORT,
    ),
    "with a login beside it": page(
        "Harbour crane stops for repairs",
        *(
            f"Sentence {n} of the report tells what the crane drivers said about the chain and the wind."
            for n in "abcdef"
        ),
        end='<aside><form><input type="password"><button>Log in</button></form></aside>',
    ),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_are_none(name: str) -> None:
    found = trace_page(ARTICLES[name]).page
    assert found.interstitial == "" and found.article is not None


def test_a_front_page_under_a_consent_dialog_is_none() -> None:
    titles = (
        "Harbour crane stops for repairs", "Mayor opens the new footbridge", "Library extends its winter hours",
        "Two trams collide without injuries", "Bakers vote on a price rise",
    )  # fmt: skip
    rows = "".join(f"<li><time>1{n}:05</time> <a href='/{n}'>{titles[n]}</a></li>" for n in range(4, -1, -1))
    found = trace_page(CONSENT["en"].replace("</main>", f"</main><ul>{rows}</ul>")).page
    assert found.interstitial == "" and len(found.headlines) == 5


SCRIPTED = """<html><head><title>The Gazette</title><script src=/app.js></script></head><body>
<noscript>You need to enable JavaScript to run this app, which has all the news of the islands and the mainland, ferries
included, as it comes in, hour by hour, in four languages and with the weather of each harbour and its tides.</noscript>
<div id=app><!-- filled later --></div><p>Loading</p><footer>The Gazette</footer></body></html>"""


def test_pages_that_scripts_fill() -> None:
    assert trace_page(SCRIPTED).page.interstitial == "page built by scripts"
    custom = SCRIPTED.replace("<div id=app><!-- filled later --></div>", "<gazette-app></gazette-app>")
    assert trace_page(custom).page.interstitial == "page built by scripts"


@pytest.mark.parametrize(
    "page",
    [
        SCRIPTED.replace("<script src=/app.js></script>", "").replace("enable JavaScript to run", "wait for"),
        SCRIPTED.replace("<!-- filled later -->", "Nothing here").replace("enable JavaScript to run", "wait for"),
        SCRIPTED.replace("Loading", "A page about the islands, their ferries and their weather. " * 8),
    ],
)
def test_pages_that_scripts_do_not_fill(page: str) -> None:
    assert trace_page(page).page.interstitial == ""
