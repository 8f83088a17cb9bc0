"""Words used with times of day: day periods, hour and day markers, eras, units of measurement.

The tables have the format of `words.py`. Source: Unicode CLDR 47 (day periods), and other forms that pages use.
"""

from __future__ import annotations

# Day periods. noon: 11 is before noon, 12 and 1 to 5 are after it; night: 12 and 1 to 5 are before noon.
DAY_PARTS = """
en      am:am/a.m./a.m/a._m. pm:pm/p.m./p.m/p._m.
el      am:πμ/π.μ./π.μ pm:μμ/μ.μ./μ.μ
tr      am:öö pm:ös
bg      am:пр.об./пр.об pm:сл.об./сл.об
uk      am:дп pm:пп
ar      am:ص/صباحا/صباحًا/صباحاً/فجرا/فجرًا/فجراً pm:م/مساء/مساءً/عصرا/عصرًا/عصراً/بعد_الظهر noon:ظهرا/ظهرًا/ظهراً
        night:ليلا/ليلاً/ليلًا
fa      am:ق.ظ/ق.ظ./قبل_از_ظهر/قبل_ازظهر/صبح/بامداد pm:ب.ظ/ب.ظ./بعد_از_ظهر/بعدازظهر/عصر night:شب
ur      am:صبح pm:شام/سہ_پہر noon:دوپہر night:رات
hi      am:सुबह/प्रातः/पूर्वाह्न/पूर्वाह्ण/भोर/तड़के pm:शाम/अपराह्न/अपराह्ण/सायं noon:दोपहर night:रात
bn      am:সকাল/ভোর/সকালবেলায়/ভোরবেলায়/পূর্বাহ্ণ/পূর্বাহ্ন pm:বিকাল/বিকেল/সন্ধ্যা/সন্ধ্যাবেলায়/অপরাহ্ণ/অপরাহ্ন
        noon:দুপুর/দুপুরবেলায়
        night:রাত/রাত্রি/রাত্রিবেলায়
ms      am:pg/pagi pm:ptg/petang night:malam
vi      am:sa/sáng pm:ch/chiều/tối
th      am:ก่อนเที่ยง/ในตอนเช้า/ตอนเช้า pm:หลังเที่ยง/ในตอนบ่าย/ตอนบ่าย/บ่าย/ในตอนเย็น/ตอนเย็น/ค่ำ
af      am:vm pm:nm
is      am:f.h./f.h pm:e.h./e.h
ga      am:r.n./r.n pm:i.n./i.n
am      am:ጥዋት/ጠዋት pm:ከሰዓት/ከሰዓት_በኋላ/በምሽት/ምሽት night:በሌሊት
pa      am:ਪੂ.ਦੁ./ਪੂ.ਦੁ/ਸਵੇਰੇ/ਸਵੇਰ pm:ਬਾ.ਦੁ./ਬਾ.ਦੁ/ਸ਼ਾਮੀਂ/ਸ਼ਾਮ noon:ਦੁਪਹਿਰੇ/ਦੁਪਹਿਰ night:ਰਾਤੀਂ/ਰਾਤ
sq      am:p.d./p.d pm:m.d./m.d
zh      am:上午/凌晨/早上/清晨/早晨/清早/早/晨/凌晨时分/半夜 pm:下午/傍晚/黄昏/下晝
        noon:中午/正午/午间 night:晚上/夜间/夜間/晚/夜里/夜裡/深夜/晚间/晚間/夜晚
ja      am:午前/朝/未明/早朝/明け方 pm:午後/夕方/夕 noon:昼/正午 night:夜/夜中/深夜
ko      am:오전/새벽/아침 pm:오후/저녁 noon:낮/정오 night:밤
ta      am:காலை/அதிகாலை/முற்பகல் pm:மாலை/சாயங்காலம்/பிற்பகல்/அந்தி_மாலை noon:நண்பகல்/மதியம்/பகல் night:இரவு/நள்ளிரவு
te      am:ఉదయం/తెల్లవారుజామున/తెల్లవారుజామున pm:సాయంత్రం noon:మధ్యాహ్నం/మధ్యాహ్నం night:రాత్రి/అర్ధరాత్రి
ml      am:രാവിലെ/പുലർച്ചെ/പുലര്‍ച്ചെ pm:വൈകിട്ട്/വൈകീട്ട്/വൈകുന്നേരം/സന്ധ്യ/ഉച്ചതിരിഞ്ഞ്/ഉച്ചകഴിഞ്ഞ്
        noon:ഉച്ച/ഉച്ചയ്ക്ക്/ഉച്ചക്ക്
        night:രാത്രി/അർദ്ധരാത്രി
kn      am:ಬೆಳಗ್ಗೆ/ಬೆಳಿಗ್ಗೆ/ಮುಂಜಾನೆ/ಪೂರ್ವಾಹ್ನ pm:ಸಂಜೆ/ಅಪರಾಹ್ನ noon:ಮಧ್ಯಾಹ್ನ night:ರಾತ್ರಿ
mr      am:सकाळी/सकाळ/पहाटे/पहाट pm:सायंकाळी/संध्याकाळी/संध्याकाळ noon:दुपारी/दुपार/मध्यान्ह night:रात्री/रात्र
gu      am:સવારે/સવાર/પરોઢિયે/વહેલી_સવારે pm:સાંજે/સાંજ noon:બપોરે/બપોર night:રાત્રે/રાત
or      am:ସକାଳ/ପୂର୍ବାହ୍ନ/ଭୋର pm:ସନ୍ଧ୍ୟା/ଅପରାହ୍ନ noon:ମଧ୍ୟାହ୍ନ/ଦ୍ୱିପ୍ରହର night:ରାତି/ରାତ୍ରି
as      am:পুৱা/পূৰ্বাহ্ন pm:আবেলি/সন্ধিয়া/গধূলি/অপৰাহ্ন night:ৰাতি noon:দুপৰীয়া
ne      am:बिहान/बिहानी pm:दिउँसो/साँझ/बेलुकी/बेलुका/अपरान्ह noon:मध्यान्ह
si      am:පෙ.ව./පෙ.ව/පාන්දර/උදේ pm:ප.ව./ප.ව/හවස/සවස noon:දවල් night:රෑ/රාත්‍රී
kok     am:सकाळीं pm:सांजे
my      am:နံနက် pm:ညနေ/မွန်းလွဲ noon:နေ့လယ်/မွန်းတည့် night:ည
lo      am:ກ່ອນທ່ຽງ/ຕອນເຊົ້າ pm:ຫຼັງທ່ຽງ/ຕອນບ່າຍ/ຕອນແລງ noon:ຕອນທ່ຽງ night:ຕອນກາງຄືນ/ກາງຄືນ
km      am:ព្រឹក/នៅពេលព្រឹក/នៅពេល_ព្រឹក/ព្រលឹម pm:រសៀល/នៅពេលរសៀល/ល្ងាច/នៅពេលល្ងាច/នៅពេល_ល្ងាច noon:ថ្ងៃត្រង់
        night:យប់/នៅពេលយប់/នៅពេល_យប់
ckb     am:ب.ن/بەیانی/پێش_نیوەڕۆ pm:د.ن/ئێوارە/پاش_نیوەڕۆ/دوای_نیوەڕۆ noon:نیوەڕۆ night:شەو
ps      am:غ.م./غ.م/سهار pm:غ.و./غ.و/ماسپښين/مازديګر/ماښام night:شپه
ug      am:چۈشتىن_بۇرۇن/چ.ب pm:چۈشتىن_كېيىن/چ.ك
ti      am:ቅ.ቀ./ቅ.ቀ/ንግሆ pm:ድ.ቀ./ድ.ቀ/ድሕሪ_ቀትሪ/ምሸት
he      am:בבוקר/לפנות_בוקר pm:אחר_הצהריים/אחה"צ/בערב noon:בצהריים night:בלילה
ka      am:დილით pm:ნაშუადღევს/საღამოს night:ღამით
hy      am:առավոտյան pm:ցերեկվա/երեկոյան night:գիշերվա/գիշերը
mn      am:ү.ө./ү.ө pm:ү.х./ү.х
eu      am:goizeko/goizaldeko pm:arratsaldeko/iluntzeko noon:eguerdiko night:gaueko
hu      am:délelőtt/reggel/hajnali pm:délután/este
"""

# Day periods that count only after a time of day, and only if no other word follows: they are also words of prose.
DAY_PARTS_AFTER = """
en      am:in_the_morning pm:in_the_afternoon/in_the_evening night:at_night
es      am:de_la_mañana/de_la_madrugada/de_madrugada/de_mañana pm:de_la_tarde noon:del_mediodía/de_mediodía
        night:de_la_noche/de_noche
pt      am:da_manhã/da_madrugada pm:da_tarde noon:do_meio-dia night:da_noite
gl      am:da_mañá/da_madrugada pm:da_tarde noon:do_mediodía night:da_noite
ca      am:del_matí/de_la_matinada/matí/matinada pm:de_la_tarda/del_vespre/tarda/vespre noon:del_migdia/migdia
        night:de_la_nit/nit
fr      am:du_matin pm:de_l'après-midi/du_soir
it      am:di_mattina/del_mattino/della_mattina pm:di_pomeriggio/del_pomeriggio/di_sera/della_sera
        night:di_notte/della_notte
ro      am:dimineața pm:după-amiaza/după-amiază/seara night:noaptea
de      am:morgens/vormittags/vorm/früh pm:nachmittags/nachm/abends noon:mittags night:nachts
nl      am:'s_ochtends/'s_morgens pm:'s_middags/'s_avonds night:'s_nachts
sv      am:på_morgonen/på_förmiddagen pm:på_eftermiddagen/på_kvällen night:på_natten
da      am:om_morgenen/om_formiddagen pm:om_eftermiddagen/om_aftenen night:om_natten
no      am:på_morgenen/på_formiddagen/på_morgonen pm:på_ettermiddagen/på_kvelden night:på_natten/på_natta
fi      am:aamulla/aamupäivällä pm:iltapäivällä/illalla night:yöllä
is      am:að_morgni pm:síðdegis/að_kvöldi night:að_nóttu
pl      am:rano/przed_południem pm:po_południu/wieczorem noon:w_południe night:w_nocy
cs      am:ráno/dopoledne pm:odpoledne/večer night:v_noci
sk      am:ráno/dopoludnia pm:popoludní/večer night:v_noci
sl      am:zjutraj/dopoldan pm:popoldan/zvečer night:ponoči
hr      am:ujutro pm:poslije_podne/popodne/poslijepodne/navečer night:noću
sr-Latn am:ujutru/pre_podne pm:po_podne/popodne/uveče night:noću
sr      am:ујутру/ујутро/пре_подне/прије_подне pm:по_подне/поподне/послије_подне/увече/навечер night:ноћу
bg      am:сутринта pm:следобед/вечерта noon:на_обяд night:през_нощта
mk      am:наутро/претпладне/претпл pm:попладне/попл/навечер night:ноќе
ru      am:утра pm:дня/вечера night:ночи
uk      am:ранку pm:дня/вечора night:ночі
be      am:раніцы pm:дня/вечара night:ночы
el      am:το_πρωί/πρωί pm:το_απόγευμα/το_βράδυ/απόγ/βράδυ noon:το_μεσημέρι/μεσημ
et      am:hommikul pm:pärastlõunal/õhtul night:öösel
lv      am:no_rīta/priekšpusdienā pm:pēcpusdienā/vakarā night:naktī
lt      am:ryto/rytas/priešpiet pm:popiet/popietė/vakaro/vakaras night:nakties/naktis
sq      am:e_mëngjesit/e_paradites pm:e_pasdites/e_mbrëmjes night:e_natës
tr      am:sabah pm:öğleden_sonra/akşam night:gece
id      am:pagi pm:siang/sore night:malam
ms      am:pagi pm:petang/tengah_hari night:malam
vi      noon:trưa night:đêm
fil     am:ng_umaga/ng_madaling-araw/ng_madaling_araw/madaling-araw pm:ng_hapon noon:ng_tanghali night:ng_gabi
af      am:die_oggend pm:die_middag/die_aand night:die_nag
cy      am:y_bore/yb pm:y_prynhawn/yr_hwyr/yh
ga      am:ar_maidin pm:tráthnóna
ha      am:na_safe/na_safiya pm:na_yamma/na_rana night:na_dare
so      am:subaxnimo pm:galabnimo night:habeennimo
ku      am:serê_sibê pm:piştî_nîvro/êvarî night:şevê
fa      pm:غروب noon:ظهر
az      am:səhər/sübh pm:gündüz/axşam night:gecə
uz      am:ertalab pm:kunduzi/kechqurun night:kechasi
kk      am:таңғы pm:түстен_кейінгі/кешкі night:түнгі
lb      am:moies pm:nomëttes/owes
hi-Latn am:subah pm:dopahar/shaam night:raat
sw      am:asubuhi/alfajiri pm:mchana/jioni night:usiku
"""

# Eras, with the year before the first year of each. R (Reiwa) and H (Heisei) precede digits: "R6.3.10".
ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "民國": 1911,
    "中華民國": 1911,
    "中华民国": 1911,
    "民国": 1911,
    "r": 2018,
    "h": 1988,
}

# Markers within and after times of day and dates. hour: between hour and minute; minute: after the minute; clock:
# after a complete time; oclock: after an hour without minutes; hours: the same, if "at" precedes the hour; monthly:
# before the number of a month; t: between the date and the time of ISO 8601; length: after the length of a video,
# which is not a time of day ("0:21 min"); era: before a year; nth: the endings of ordinals.
MARKS = """
hour    h u uhr ч 時 时 點 点 시 giờ ώ год
minute  分 분 phút хв мин λεπτά
clock   बजे वाजता વાગ્યે વાગે ਵਜੇ بجے மணிக்கு గంటలకు ಗಂಟೆಗೆ മണിക്ക് h hs hr hrs hours horas heures uhr uur u час часа
        часов ч val น. น นาฬิกา óra órakor годин ώρα godz hod ura
oclock  uhr 時 时 시 นาฬิกา o'clock
hours   h heures heure horas hora uhr uur u giờ 點 点 ч часов
year    年 년 г год года р року рік m gada eko ko (e)ko urteko năm سال ж թ оны ခုနှစ် ခု ел
month   月 월
day     日 號 号 일 d a (a) ရက်
first   元
monthly tháng thg
t       t
length  min mins minuten minutes minuti minutos minuter minutter minut мин 分钟 분
era     พ.ศ. ค.ศ. พ.ศ ค.ศ
nth     st nd rd th er ère º ª го й ste de e re
"""

# One-letter units that make an age without "ago": "20m", "4d". Other letters mean units such as grams and tons.
BARE_LETTERS = "s m h d w j ч"

# Units after a decimal number that is not a time of day: "17.10 €", "2.15 million", "12.30 km".
MEASURES = """
€ $ £ ¥ % ° ‰ ₹ ₽ ₺ ₴ ₪ eur euro euros usd gbp chf kr sek nok dkk pln zł zl kč kc ft huf lei ron lv rub руб грн uah tl
try rp rs inr dollar dollars pesos reais percent procent prozent pct pc per_cent pour_cent por_ciento por_cento
million millions millionen mio mln mil milj miljoen millones milhões milioni milionów billion billions bn mrd mld
milliard milliarden thousand tsd tis km m cm mm kg g l mb gb tb mph kmh points punkte points pts prosenttia prosent
miljoner miljoonaa
"""

# Words that name a day and a part of it: the day period, the days from today, the words.
DAYS_WITH_PARTS = """
night -1     anoche 昨晚 昨夜 昨晩 ゆうべ 어젯밤 간밤 เมื่อคืน เมื่อคืนนี้ đêm_qua tadi_malam gisternacht sinoć aznit دیشب
evening -1   aseară tối_qua gisteravond i_aftes 昨夕
morning -1   gisterochtend gistermorgen sáng_qua 昨早 昨晨
afternoon -1 gistermiddag chiều_qua
night -2     前晚
night 0      stanotte vannacht i_natt inatt i_nat đêm_nay
morning 0    stamattina stamani vanmorgen vanochtend i_morse imorse i_morges 今朝 今早 今晨 けさ sáng_nay เมื่อเช้า เมื่อเช้านี้
             เช้านี้ tadi_pagi pagi_ini jutros
afternoon 0  今午 vanmiddag i_eftermiddag i_ettermiddag chiều_nay siang_ini sore_ini tadi_siang บ่ายนี้
evening 0    stasera vanavond i_kväll ikväll i_aften i_kveld 今晚 今夕 今夜 今晩 오늘밤 오늘_밤 tối_nay
             malam_ini คืนนี้ diseară
             večeras
"""
