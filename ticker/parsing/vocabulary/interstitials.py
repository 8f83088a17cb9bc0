"""Phrases of interstitials, in several languages: consent pages, challenges, logins, refusals, maintenance.

Texts are compared folded (see ``ticker.text.fold``) and without digits, which vary, as in "we and our 812 partners".
"""

from __future__ import annotations

from ticker.text import fold


def _phrases(table: str) -> tuple[str, ...]:
    return tuple(fold(phrase.strip()) for line in table.strip().splitlines() for phrase in line.split("|"))


# Titles and headings of consent pages.
CONSENT_TITLES = _phrases("""
before you continue|your privacy|value your privacy|care about your privacy|respect your privacy|privacy settings
privacy choices|privacy preferences|cookie settings|cookie consent|cookie preferences|manage cookies|use of cookies
bevor sie fortfahren|bevor du fortfährst|bevor es weitergeht|datenschutzeinstellungen|privatsphäre
cookie-einstellungen
einwilligung|zustimmung|avant de continuer|avant d'accéder|vie privée|gestion des cookies|paramètres des cookies
consentement|antes de continuar|tu privacidad|teva privacitat|su privacidad|configuración de cookies|valoramos
consentimiento
prima di continuare|tua privacy|vostra privacy|impostazioni dei cookie|consenso|sua privacidade|definições de cookies
configurações de cookies|voordat je verder|voordat u verder|je privacy|uw privacy|cookie-instellingen|cookievoorkeuren
toestemming|zanim przejdziesz|twoja prywatność|twoją prywatność|ustawienia prywatności|innan du fortsätter
din integritet|inden du fortsætter|før du fortsetter|dit privatliv|ditt personvern|ennen kuin jatkat|yksityisyytesi
než budete pokračovat|než začnete|vaše soukromí|nastavení soukromí|mielőtt továbblép|mielőtt folytatná|adatvédelem
înainte de a continua|confidențialitatea|devam etmeden önce|gizliliğiniz|gizliliğinize|πριν συνεχίσετε|απόρρητο
ιδιωτικότητα|прежде чем продолжить|перед тем как продолжить|конфиденциальность|перш ніж продовжити|конфіденційність
続行する前に|続ける前に|プライバシー|继续之前|繼續之前|隐私|隱私|계속하기 전에|개인정보 보호|قبل المتابعة|خصوصيتك
לפני שממשיכים|הפרטיות
mit werbung weiterlesen|mit werbung lesen|pur-abo|werbung oder|adatvédelmi beáll|adatainak védelme|sütibeáll|süti beáll
magánélet|prije nego što nastavite|vaša privatnost|vašu privatnost|vaše privatnosti|postavke privatnosti
postavke kolačića|kolačići
sebelum melanjutkan|sebelum anda melanjutkan|privasi anda|setelan privasi|pengaturan privasi|pengaturan cookie
""")
# Terms in the lines of consent pages.
CONSENT_TERMS = _phrases("""
cookie|personal data|personal information|personalised ad|personalized ad|our partners|vendors|consent|privacy policy
legitimate interest|on a device|your device|tracking|your choices|personenbezogene|einwillig|zustimm|unsere partner
unseren partner|datenschutz|personalisierte|berechtigte|endgerät|données personnelles|données à caractère|consentement
nos partenaires|traceur|publicités personnalisées|intérêt légitime|confidentialité|datos personales|dades personals
consentimiento
nuestros socios|publicidad personalizada|interés legítimo|privacidad|dati personali|consenso|nostri partner
pubblicità personalizzata|legittimo interesse|informativa|dados pessoais|nossos parceiros|publicidade personalizada
interesse legítimo|persoonsgegevens|toestemming|onze partners|gepersonaliseerde|gerechtvaardigd|dane osobowe
danych osobowych|zgod|partnerzy|partnerami|spersonalizowan|ciasteczk|uzasadnion|personuppgifter|samtyck|samtykk
våra partner|vores partner|våre partner|personoplysninger|personopplysninger|henkilötie|suostum|kumppani|evästei
osobní údaje|osobních údajů|souhlas|naši partne|našimi partner|személyes adat|hozzájárul|partnereink|süti
caracter personal|consimțământ|partenerii|kişisel veri|çerez|rıza|onay|προσωπικά δεδομένα|προσωπικών δεδομένων
συγκατάθεση|συνεργάτες|персональны|согласи|партнер|куки|персональні|персональних|згод|クッキー|個人データ|個人情報
同意
パートナー|个人数据|个人信息|個人資料|合作伙伴|쿠키|개인정보|개인 정보|동의|파트너|ملفات تعريف الارتباط
البيانات الشخصية|بيانات شخصية|موافق
شركاؤنا|עוגיות|קובצי cookie|מידע אישי
pur-abo|werbetracking|mit werbung|werbefrei|adatkezel|adatvédel|hirdetés|kolačić|osobne podatke|osobnih podataka
osobni podaci|privol|pristaj|partneri|partnera|pravilima privatnosti|privatnost|data pribadi|persetujuan|menyetujui
mitra kami|privasi|iklan yang dipersonalisasi
""")
# Opening phrases of consent pages.
CONSENT_OPENINGS = _phrases("""
we and our|we use cookies|by clicking|if you click|en cliquant sur|mit klick auf|al hacer clic|cliccando su|ao clicar
klikając|kliknutím|нажимая|utilitzem cookies|we store and|store and or access|store and access|uses cookies
wir und unsere
wir verwenden cookies|wir nutzen cookies|verwendet cookies|nous et nos|nous utilisons des cookies|nosotros y nuestros
utilizamos cookies|usamos cookies|noi e i nostri|utilizziamo cookie|utilizziamo i cookie|usiamo cookie|nós e os nossos
nós e nossos|wij en onze|we gebruiken cookies|wij gebruiken cookies|my i nasi|używamy plików cookie|nasi partnerzy
vi och våra|vi använder cookies|vi og vores|vi og våre|vi bruger cookies|vi bruker|me ja kumppanimme
käytämme evästeitä
my a naši|používáme soubory cookie|používáme cookies|mi és partnereink|sütiket használunk|noi și partenerii
folosim cookie|biz ve|çerezleri kullan|εμείς και οι|χρησιμοποιούμε cookie|мы и наши|мы используем|ми та наші
ми використовуємо|当社と|当サイトは|当社は|我们和我们的|我们使用|我們使用|당사와|쿠키를 사용|نحن وشركاؤنا|نستخدم ملفات
אנחנו ושותפינו|אנו משתמשים
lesen sie mit werbung|mit werbung weiter|cookie-kat|sütiket és|partnerünk
mi i naši|mi i naših|koristi kolačiće|koristimo kolačiće|kami dan|menggunakan cookie|dengan mengklik|dengan mengeklik
""")
# Button texts of consent pages.
ACCEPTING = _phrases("""
accept|agree|i consent|allow all|allow cookies|akzeptier|zustimmen|stimme zu|einverstanden|alle zulassen|j'accepte
acepto|aceptar|accett|acconsent|aceit|concordo|accepteer|akkoord|toestaan|akceptuj|zgadzam|przejdź do serwisu
godkänn|acceptera|godkend|accepter|tillad alle|godta|aksepter|hyväksy|salli kaikki|souhlasím|přijmout|elfogad
sunt de acord|kabul|αποδοχή|συμφωνώ|принять|соглас|прийняти|погоджу|同意|承諾|承認|接受|동의|수락|허용|قبول|أوافق
موافق
הסכמ|מסכים|אישור
einwilligen|weiter mit werbung|weiterlesen mit werbung|beleegyez|hozzájárul|engedélyez|prihvaćam|prihvati|prihvatite
slažem se|pristajem|dopusti sve|setuju|terima semua|terima cookie|izinkan semua|saya menerima
""")
# Phrases of challenges, which check for a person in a browser or a browser that runs scripts.
CHALLENGES = _phrases("""
verify you are human|verify that you are human|verifying you are human|verify you are not a robot|you are a human
not a robot|not a bot|are you a robot|checking your browser|review the security of your connection
enable javascript and cookies|please enable js
have permission to access|you have been blocked|i been blocked
as automated
unusual traffic|automated requests|automated access|automated queries
complete the security check
complete the captcha|solve the captcha|bot protection|ddos protection|pardon our interruption|press and hold
dass sie ein mensch sind|sie kein roboter|ich bin kein roboter|überprüfung ihres browsers|ihr browser wird überprüft
ungewöhnlichen datenverkehr|vous êtes humain|vous êtes un humain|pas un robot
vérification de votre navigateur|trafic inhabituel|eres humano
eres un ser humano
es un ser humano|no eres un robot|no soy un robot|no es un robot|comprobando su navegador|verificando su navegador
tráfico inusual|sei umano|essere umano|non sei un robot|non sono un robot
controllo del browser|traffico insolito|que é humano|é um ser humano
não sou um robô|não é um robô|verificando o seu navegador|tráfego incomum|dat je een mens bent
dat u een mens bent|geen robot|je browser wordt gecontroleerd|jesteś człowiekiem
nie jesteś robotem|nie jestem robotem|sprawdzanie przeglądarki|nietypowy ruch|att du är människa
är en människa|inte en robot|er et menneske|ikke en robot|olet ihminen|et ole robotti|jste člověk
nejste robot|hogy ön ember|nem robot|sunteți om|nu sunteți robot|insan olduğunuzu
robot olmadığınızı
είστε άνθρωπος|δεν είστε ρομπότ|что вы человек|что вы не робот|я не робот|проверка браузера
необычный трафик|що ви людина|не робот|人間であることを確認
ロボットではありません
确认您是真人|完成验证|下方验证|您是真人|确认您不是机器人|不是機器人
사람인지 확인
로봇이 아닙니다
أنك إنسان|لست روبوت|שאתה אנושי|אינך רובוט
please enable js and|making sure you're not a|request unsuccessful
detects requests coming from|solving the above captcha
""")
# Phrases of pages that need scripts to show content.
SCRIPTS = _phrases("""
please enable javascript|turn on javascript|requires javascript|javascript is disabled|javascript is required
aktivieren sie javascript|activer javascript|activez javascript|habilita javascript|active javascript
attiva javascript|abilita javascript|ative o javascript|schakel javascript in|włącz javascript|aktiver javascript
povolte javascript|javascript'i etkinleştir|включите javascript|увімкніть javascript|javascriptを有効|启用javascript
启用 javascript|javascript를 활성화|تفعيل جافا|enable javascript to|without javascript enabled|need javascript
needs javascript|javascript must be enabled|javascript erforderlich|aktiviertem javascript|javascript aktiv
sans javascript|javascript est désactivé|javascript está desactivado|javascript deshabilitado
javascript è disabilitato|javascript está desativado|zonder javascript|javascript is uitgeschakeld
""")
CHALLENGE_TITLES = _phrases("""
just a moment|attention required|one more step|security check|human verification|bot verification|robot check
are you a robot|are you human|checking your browser|verify you are human|access denied|access to this page has been
please wait|nur einen moment|einen moment|sicherheitsüberprüfung|zugriff verweigert|un instant|un moment
vérification de sécurité|accès refusé|un momento|comprobación de seguridad|acceso denegado|ci siamo quasi
controllo di sicurezza|accesso negato|um momento|verificação de segurança|acesso negado|een ogenblik
beveiligingscontrole|toegang geweigerd|cierpliwości|chwileczkę|kontrola bezpieczeństwa|dostęp zabroniony|ett ögonblick
et øjeblik|et øyeblikk|hetkinen|okamžik|bezpečnostní kontrola|egy pillanat|un moment|bir dakika|güvenlik kontrolü
μια στιγμή|один момент|проверка безопасности|доступ запрещен|зачекайте|перевірка безпеки|しばらくお待ち
セキュリティチェック
请稍候|請稍候|安全检查|安全验证|잠시만 기다|보안 확인|لحظة|רק רגע
""")
# Parts of ids and frame URLs of challenges, which identify a challenge on a short page.
CHALLENGE_MARKS = ("anubis_challenge", "_incapsula_resource", "captcha-delivery.com", "px-captcha")
# Parts of class names, ids and URLs of the widgets of challenges.
CHALLENGE_NAMES = ("captcha", "challenge", "turnstile", "are-you-human", "human-verification", "bot-check")
# Titles and headings of login pages.
LOGINS = _phrases("""
log in|login|log on|sign in|signin|subscribe to continue|register to continue|anmelden|einloggen|anmeldung
melden sie sich an|connexion|se connecter|connectez-vous|identifiez-vous|iniciar sesión|inicia sesión|acceder
identifícate|accedi|effettua l'accesso|iniciar sessão|entrar|fazer login|inloggen|log in om|zaloguj|logowanie|logga in
log ind|logg inn|kirjaudu|přihlá|bejelentkez|autentific|conectează-te|giriş yap|oturum aç|σύνδεση|είσοδος|войти
вход|авторизац|увійти|вхід|ログイン|サインイン|登录|登錄|登入|로그인|تسجيل الدخول|סיסמה|התחבר
""")
# Regions and refusals on pages that are refused in some countries; one line contains a phrase of each table.
REGIONS = _phrases("""
european economic area|european union|european visitors|european countries|countries in europe|gdpr
general data protection regulation|your country|your region|your location|your territory|ihrem land|ihrer region
votre pays|votre région|su país|tu país|tu región|su región|il tuo paese|tuo paese|seu país|sua região|uw land|jouw land
twoim kraju|вашей стране|вашем регионе|вашій країні
""")
REFUSALS = _phrases("""
unavailable|not available|cannot be granted|cannot grant|cannot be accessed|cannot access|is blocked|not permitted
not accessible|no longer accessible|unable to provide|unable to offer|nicht verfügbar|gesperrt|pas disponible
n'est pas accessible|indisponible|no está disponible|no disponible|non è disponibile|não está disponível|indisponível
niet beschikbaar|niedostępn|недоступ
""")
LEGAL_TITLES = _phrases("""
unavailable due to legal reasons|unavailable for legal reasons|not available in your|unavailable in your
""")
# Phrases and titles of pages shown during maintenance.
MAINTENANCE = _phrases("""
performing maintenance|performing some maintenance|performing scheduled maintenance|down for maintenance|be back soon
undergoing maintenance|undergoing scheduled maintenance|currently under maintenance|site is under maintenance
be back shortly|be back online|for scheduled maintenance|back in a few minutes|briefly unavailable|back up and running
wird gerade gewartet|wartungsarbeiten|in kürze wieder|gleich wieder für sie da|momentan nicht erreichbar
en cours de maintenance|en maintenance|de retour très bientôt|opération de maintenance|en mantenimiento
tareas de mantenimiento|volveremos pronto|estaremos de vuelta|in manutenzione|torneremo presto|em manutenção
voltaremos em breve|in onderhoud|onderhoudswerkzaamheden|zo weer terug|przerwa techniczna|prace techniczne
prace konserwacyjne|wracamy wkrótce|underhållsarbete|vi är snart tillbaka|vedligeholdelse|vedlikehold|huoltokatko
probíhá údržba|karbantartás|în mentenanță|bakım çalışması|bakımdayız|технические работы|техническое обслуживание
технічні роботи|メンテナンス中|系统维护|系統維護|正在维护|점검 중|أعمال الصيانة|تحت الصيانة
u održavanju|sedang dalam pemeliharaan|sedang dalam perbaikan
""")
MAINTENANCE_TITLES = (
    *MAINTENANCE,
    *_phrases("""
maintenance|wartung|mantenimiento|manutenzione|manutenção|onderhoud|temporarily unavailable|service unavailable
технические работы|メンテナンス|维护|維護|점검|الصيانة
"""),
)
