"""Units and counts of times in the languages of news pages: "hours", "two"; words such as "ago" are in ``phrases``.

The tables have the format of `names.py`: a language code, then its words. ``/`` separates spellings, and ``_``
stands for a space. Case and accents do not matter. Months and weekdays are in `names.py`.

Source: Unicode CLDR 47 (relative times, units, day periods), and other forms that pages use.
"""

from __future__ import annotations

from ticker.times import expressions

SECOND, MINUTE, HOUR, DAY, YEAR = 1, 60, 3_600, 86_400, 365 * 86_400
MONTH = round(expressions.MONTH.total_seconds())
UNIT_SECONDS = (SECOND, MINUTE, HOUR, DAY, 7 * DAY, MONTH, YEAR)

# Units that follow a number (or precede it, in Swahili): second, minute, hour, day, week, month, year.
UNITS = """
en      second/seconds/sec/secs/s minute/minutes/min/mins/m hour/hours/hr/hrs/h day/days/d week/weeks/wk/wks/w
        month/months/mo/mos/mth/mths year/years/yr/yrs/y
fr      seconde/secondes minute/minutes/mn heure/heures jour/jours/j semaine/semaines/sem mois an/ans/année/années
de      sekunde/sekunden/sek minute/minuten stunde/stunden/std/stdn tag/tage/tagen/tg woche/wochen/wo
        monat/monate/monaten jahr/jahre/jahren
es      segundo/segundos/seg/segs minuto/minutos hora/horas/hs día/días semana/semanas mes/meses año/años
pt      segundo/segundos minuto/minutos hora/horas dia/dias semana/semanas mês/meses ano/anos
it      secondo/secondi minuto/minuti ora/ore giorno/giorni/g/gg settimana/settimane/sett mese/mesi anno/anni
nl      seconde/seconden minuut/minuten uur/uren/u dag/dagen/dgn week/weken/wkn maand/maanden/mnd jaar/jaren/jr
sv      sekund/sekunder minut/minuter timme/timmar/tim dag/dagar/dygn vecka/veckor/v månad/månader/mån år
da      sekund/sekunder minut/minutter time/timer/t dag/dage uge/uger måned/måneder/md/mdr år
no      sekund/sekunder minutt/minutter time/timer/t døgn/dag/dager uke/uker måned/måneder år
fi      sekunti/sekuntia minuutti/minuuttia tunti/tuntia päivä/päivää/pv viikko/viikkoa/vk kuukausi/kuukautta/kk
        vuosi/vuotta
pl      sekundę/sekundy/sekund minutę/minuty/minut godzinę/godziny/godzin/godz dzień/dni/dnia
        tydzień/tygodnie/tygodni/tyg/tydz miesiąc/miesiące/miesięcy/mies rok/lata/lat
cs      sekundou/sekundami/sekundy minutou/minutami/minuty hodinou/hodinami/hodiny/hodin/hod dnem/dny/dní/dnů
        týdnem/týdny/týdnů/týd měsícem/měsíci/měsíců/měs rokem/lety/roky/let
sk      sekundou/sekundami/sekúnd minútou/minútami/minúty/minút hodinou/hodinami/hodiny/hodín dňom/dňami/dni/dňa
        týždňom/týždňami/týždne/týždňov/týž mesiacom/mesiacmi/mesiace/mesiacov rokom/rokmi/roky/rokov
hu      másodperccel/másodperce/másodperc/mp perccel/perce/perc órával/órája/óra/ó nappal/napja/nap héttel/hete/hét
        hónappal/hónapja/hónap évvel/éve/év
ro      secundă/secunde minut/minute oră/ore zi/zile săptămână/săptămâni/săpt lună/luni an/ani
ru      секунду/секунды/секунд/секунда/сек/с минуту/минуты/минут/минута/мин/м час/часа/часов/ч день/дня/дней/дн
        неделю/недели/недель/нед месяц/месяца/месяцев/мес год/года/лет
uk      секунду/секунди/секунд хвилину/хвилини/хвилин/хвилина/хв годину/години/годин день/дні/дня/днів/дн
        тиждень/тижні/тижня/тижнів/тиж місяць/місяці/місяця/місяців/міс рік/роки/року/років
bg      секунда/секунди минута/минути/мин час/часа/часове/ч ден/дни седмица/седмици/седм месец/месеца година/години
el      δευτερόλεπτο/δευτερόλεπτα/δευτ λεπτό/λεπτά/λεπ/λ ώρα/ώρες/ώ ημέρα/ημέρες/μέρα/μέρες/ημ εβδομάδα/εβδομάδες/εβδ
        μήνα/μήνας/μήνες έτος/έτη/χρόνο/χρόνια
tr      saniye/sn dakika/dk saat/sa gün hafta/hf ay yıl
ar      ثانية/ثوان/ثوانٍ/ثوانِ/ثواني/ث دقيقة/دقائق/د ساعة/ساعات/س يوم/أيام/يوما/يومًا/يوماً
        أسبوع/أسابيع/أسبوعا/أسبوعًا/أسبوعاً شهر/أشهر/شهرا/شهرًا/شهراً/شهور سنة/سنوات/عام/أعوام/عاما/عامًا/عاماً
fa      ثانیه دقیقه ساعت روز هفته ماه سال
he      שנייה/שניה/שניות/שנ דקה/דקות/דק שעה/שעות/שע יום/ימים שבוע/שבועות/שב חודש/חודשים שנה/שנים
hi      सेकंड/सेकेंड/सेकण्ड/से मिनट/मि घंटे/घंटा/घंटों/घण्टे/घं दिन/दिनों सप्ताह/हफ्ते/हफ़्ते/हफ्ता
        महीने/महीना/माह/महीनों
        साल/वर्ष
bn      সেকেন্ড মিনিট/মি ঘণ্টা/ঘন্টা দিন সপ্তাহ মাস বছর
ur      سیکنڈ/سیکنڈز منٹ گھنٹے/گھنٹہ/گھنٹوں دن/دنوں ہفتے/ہفتہ ماہ/مہینے/مہینہ سال
id      detik/dtk menit/mnt jam hari minggu/mgg bulan/bln tahun/thn
ms      detik minit jam hari minggu/mgu bulan tahun
vi      giây phút giờ/tiếng ngày tuần tháng năm
th      วินาที/วิ นาที ชั่วโมง/ชม./ชม วัน สัปดาห์/อาทิตย์ เดือน ปี
zh      秒/秒钟/秒鐘 分钟/分鐘/分 小时/小時/个小时/個小時/個鐘 天/日 周/週/星期/个星期/個星期 个月/個月/月 年
ja      秒 分/分間 時間 日/日間 週間/週 か月/ヶ月/カ月/ヵ月/ケ月/ヶ月間 年/年間
ko      초 분 시간 일 주/주일 개월/달 년
sr      секунде/секунди минута/минуте/минуту/мин сат/сата/сати дан/дана недеља/недеље/недељу месец/месеца/месеци
        година/године/годину
sr-Latn sekunde/sekundi minut/minuta/minute/minutu sat/sata/sati dan/dana nedelja/nedelje/nedelju
        mesec/meseca/meseci godina/godine/godinu/god
hr      sekundu/sekunde/sekundi minutu/minute/minuta sat/sata/sati dan/dana tjedan/tjedna/tjedana/tj
        mjesec/mjeseca/mjeseci/mj godinu/godine/godina
sl      sekundo/sekundama/sekundami/sekund minuto/minutama/minutami uro/urama/urami dnevom/dnevoma/dnevi
        tednom/tednoma/tedni/ted mesecem/mesecema/meseci letom/letoma/leti
et      sekundi/sekundit minuti/minutit tunni/tundi/tund päeva/päev nädala/nädalat/näd kuu/kuud aasta/aastat
lv      sekundes/sekundēm/sekundi minūtes/minūtēm/minūti stundas/stundām/stundu/st dienas/dienām/dienu
        nedēļas/nedēļām/nedēļu mēneša/mēnešiem/mēn gada/gadiem
lt      sekundes/sekundę/sekundės/sekundžių minutes/minutę/minutės/minučių valandas/valandą/valandos/valandų/val
        dienas/dieną/dienos/dienų savaites/savaitę/savaitės/savaičių/sav mėnesius/mėnesį/mėnesio/mėnesių/mėn metus/metų
ca      segon/segons minut/minuts hora/hores dia/dies setmana/setmanes/setm mes/mesos any/anys
gl      segundo/segundos minuto/minutos hora/horas día/días semana/semanas mes/meses ano/anos
eu      segundo minutu ordu egun aste hilabete urte
af      sekonde/sekondes minuut/minute uur/ure dag/dae week/weke maand/maande jaar/jare
sw      sekunde/sek dakika/dak saa/masaa siku wiki mwezi/miezi mwaka/miaka
is      sekúndu/sekúndum mínútu/mínútum/mín klukkustund/klukkustundum/klukkutíma/klukkutímum/klst degi/dögum/daga
        viku/vikum mánuði/mánuðum/mán ári/árum
ga      soicind/shoicind/soic/shoic nóiméad/nóim uair/huaire/n-uaire/uair_an_chloig/n-uair_an_chloig
        lá seachtain/seachtaine/sheachtain/scht/shcht mí/mhí bliain/bliana/bhliain/mbliana
mk      секунда/секунди минута/минути/мин час/часа/часови ден/дена седмица/седмици/недела/недели месец/месеци
        година/години
bs      sekunde/sekundi/sekundu minuta/minute/minutu sat/sata/sati dan/dana sedmica/sedmice/sedmicu
        mjesec/mjeseca/mjeseci godina/godine/godinu
be      секунд/секунду/секунды хвілін/хвіліну/хвіліны/хв гадзін/гадзіну/гадзіны/гадз дзень/дзён/дня/дні
        тыдзень/тыдня/тыдняў/тыдні месяц/месяца/месяцаў/месяцы год/гады/гадоў/года
sq      sekonda/sekondë/sek minuta/minutë/min orë ditë javë muaj vit/vjet
ka      წამის/წამი/წმ წუთის/წუთი/წთ საათის/საათი/სთ დღის/დღე კვირის/კვირა თვის/თვე წლის/წელი
hy      վայրկյան/վրկ րոպե/ր ժամ/ժ օր շաբաթ/շաբ ամիս տարի
az      saniyə dəqiqə/dəq saat gün həftə ay il
uz      soniya daqiqa soat kun hafta oy yil
kk      секунд/сек минут/мин сағат/сағ күн апта ай жыл
ky      секунд минут/мүнөт/мүн саат күн апта/апт ай жыл
mn      секундын/секунд минутын/минут цагийн/цаг өдрийн/өдөр долоо_хоногийн/хоногийн сарын жилийн
ta      விநாடிகளுக்கு/விநாடிக்கு/விநாடி நிமிடங்களுக்கு/நிமிடத்திற்கு/நிமிடம்/நிமிடங்கள்/நிமி
        மணிநேரம்/மணிநேரங்களுக்கு/மணி_நேரத்திற்கு/மணி_நேரத்துக்கு/மணி/மணி_நேரம் நாட்களுக்கு/நாளுக்கு/நாள்/நாட்கள்
        வாரங்களுக்கு/வாரத்திற்கு/வாரம்/வார மாதங்களுக்கு/மாதத்துக்கு/மாதத்திற்கு/மாதம்/மாத
        ஆண்டுகளுக்கு/ஆண்டிற்கு/ஆண்டு/வருடங்களுக்கு/ஆ
te      సెకన్ల/సెకను/సెక నిమిషాల/నిమిషం/నిమి గంటల/గంట/గం రోజుల/రోజు వారాల/వారం నెలల/నెల సంవత్సరాల/సంవత్సరం/సం
ml      സെക്കൻഡ്/സെക്കന്റ് മിനിറ്റ്/മിനിട്ട് മണിക്കൂർ ദിവസം/ദിവസങ്ങൾക്ക് ആഴ്ച മാസം വർഷം
kn      ಸೆಕೆಂಡುಗಳ/ಸೆಕೆಂಡ್ ನಿಮಿಷಗಳ/ನಿಮಿಷದ/ನಿಮಿಷ ಗಂಟೆಗಳ/ಗಂಟೆಯ/ಗಂಟೆ ದಿನಗಳ/ದಿನದ/ದಿನ ವಾರಗಳ/ವಾರದ/ವಾರ ತಿಂಗಳ/ತಿಂಗಳುಗಳ/ತಿಂಗಳು
        ವರ್ಷಗಳ/ವರ್ಷದ/ವರ್ಷ
mr      सेकंद/से मिनिटे/मिनिट/मिनि तास दिवस आठवडा/आठवडे महिना/महिने वर्ष/वर्षे
gu      સેકંડ/સેકન્ડ મિનિટ કલાક દિવસ અઠવાડિયા/અઠવાડિયું/અઠ મહિના/મહિનો વર્ષ
pa      ਸਕਿੰਟ ਮਿੰਟ ਘੰਟੇ/ਘੰਟਾ ਦਿਨ ਹਫ਼ਤੇ/ਹਫ਼ਤਾ ਮਹੀਨੇ/ਮਹੀਨਾ ਸਾਲ
ne      सेकेन्ड/सेकेण्ड मिनेट घण्टा/घन्टा दिन हप्ता महिना वर्ष/बर्ष
si      තත්පර මිනිත්තු/විනාඩි පැය දින/දවස් සති මාස වසර/අවුරුදු
my      စက္ကန့် မိနစ် နာရီ ရက် ပတ်/အပတ် လ နှစ်
am      ሰከንድ/ሰከንዶች ደቂቃ/ደቂቃዎች ሰዓት/ሰዓቶች/ሰዓታት ቀን/ቀናት/ቀኖች ሳምንት/ሳምንታት/ሳምንቶች ወር/ወራት/ወሮች ዓመት/ዓመታት/ዓመቶች
fil     segundo/seg minuto/min oras araw linggo buwan taon
"""

# Units of further languages, which count only beside a word for "ago". Many of them are short words of other
# languages, such as "5 at" or "3 meh".
UNITS_BESIDE_AGO = """
lo      ວິນາທີ/ວິ ນາທີ/ນທ ຊົ່ວໂມງ/ຊົ່ວໂມງ/ຊມ ມື້/ວັນ ອາທິດ/ສັບປະດາ/ອທ ເດືອນ/ດ ປີ
km      វិនាទី នាទី ម៉ោង ថ្ងៃ សប្ដាហ៍/សប្តាហ៍/អាទិត្យ ខែ ឆ្នាំ
ku      çirke/çirkeyan/saniye deqe/deqeyan/deqeyê/deqîqe/deqîqeyan/deqîqeyê/xulek/xulekan/xulekê/dq
        saet/saetan/saetê/seet/seetan/seetê/demjimêr/demjimêran/demjimêrê roj/rojan/rojê
        hefte/hefteyan/hefteyê/heftî/heftiyan meh/mehan/mehê sal/salan/salê
ckb     چرکە/چرکەیەک خولەک/خولەکێک/دەقە/دەقیقە/دەقەیەک/دەقیقەیەک کاتژمێر/کاتژمێرێک/سەعات/سەعاتێک/کاژێر/کاژێرێک
        ڕۆژ/رۆژ/ڕۆژێک/رۆژێک هەفتە/هەفتەیەک/حەفتە/حەفتەیەک مانگ/مانگێک ساڵ/ساڵێک
ha      sakan/dakiku/dakika minti/mintuna/mintoci awa/awanni/awowi/sa'a/sa'o'i/sa'oi/awoyi kwana/kwanaki/rana
        mako/makonni/sati/satuttuka wata/watanni shekara/shekaru
so      ilbiriqsi/ilbiriqsiyo/ilbrqsi daqiiqo/daqiiqad/daqiiqadood/dqqd saac/saacad/saacadood/saacadod/scd
        maalin/maalmood/maalmo/mln/mlmd toddobaad/todobaad/toddobaadyo/usbuuc/isbuuc/usbuucood/tdbd bil/bilood/bilo
        sannad/sannadood/sano/sanad/sanadood/snd
ps      ثانيې/ثانيه/ثانیو دقيقې/دقيقه/دقیقو ساعت/ساعته/ساعتونه/ساعتونو ورځ/ورځې/ورځو اونۍ/اونيو مياشت/مياشتې/مياشتو
        کال/کاله/کلونه/کلونو
cy      eiliad/eiliadau/eil munud/munudau/funud/mun awr/oriau/o_oriau diwrnod/ddiwrnod/niwrnod/dyddiau/o_ddyddiau
        wythnos/wythnosau/o_wythnosau/ws mis/fis/misoedd/o_fisoedd blynedd/flynedd/blwyddyn/o_flynyddoedd/flynyddoedd/bl
as      ছেকেণ্ড মিনিট ঘণ্টা দিন সপ্তাহ মাহ বছৰৰ/বছৰ
or      ସେକେଣ୍ଡ/ସେ ମିନିଟ୍/ମିନିଟ/ମି ଘଣ୍ଟା/ଘ ଦିନ ସପ୍ତାହ/ସପ୍ତା ମାସ/ମା ବର୍ଷ/ବ
sd      سيڪنڊ/سيڪنڊن منٽ/منٽن ڪلاڪ/ڪلاڪن ڏينهن/ڏينهنن هفتا/هفتو/هفتن مهينا/مهينو/مهينن سال/سالن
tg      сония/сон дақиқа/дақ соат/ст рӯз ҳафта/ҳ моҳ/м сол/с
tt      секунд минут сәгать/сәг көн атна ай ел
ug      سېكۇنت/سېكۇنىت مىنۇت سائەت كۈن ھەپتە ئاي يىل
mt      sekonda/sekondi/il_sekonda/sek minuta/minuti/il_minuta siegħa/sigħat/il_siegħa ġurnata/ġranet/il_ġurnata/jiem
        ġimgħa/ġimgħat/il_ġimgħa xahar/xhur/il_xahar sena/snin/il_sena/sa_sena
lb      sekonn/sekonnen/sek minutt/minutten stonn/stonnen/st dag/deeg woch/wochen/w mount/méint/m joer/j
fo      sekund minutt/minuttir tími/tímar/tíma/t dagur/dagar/døgn vika/vikur/vi mánað/mánaðir/mnð ár
fy      sekonde/sekonden minút/minuten oere/oeren dei/dagen/deien wike/wiken moanne/moannen jier/jr
ti      ካልኢት ደቒቕ/ደቓይቕ ሰዓት/ሰዓታት መዓልቲ/መዓልታት ሰሙን/ሰሙናት ወርሒ/ኣዋርሕ ዓ/ዓመት/ዓመታት
om      sekoondii/sekoondiiwwan daqiiqaa/daqiiqaawwan sa'aatii/sa'aatiiwwan guyyaa/guyyoota torbee/torban/torbanoota
        ji'a/ji'oota waggaa/waggoota
yo      ìṣẹ́jú_àáyá ìṣẹ́jú wákàtí ọjọ́ ọ̀sẹ̀ oṣù ọdún
ig      sekọnd nkeji awa/elekere ụbọchị izu ọnwa afọ
zu      isekhondi/amasekhondi iminithi/amaminithi ihora/amahora usuku/izinsuku iviki/amaviki inyanga/izinyanga
        unyaka/iminyaka
nn      sekund minutt time/timar/t døgn/dag/dagar/d veke/veker/v månad/månadar/md år
gd      diog/dhiog/diogan mionaid/mhionaid/mionaidean/mion/mhion uair/uairean/uair_a_thìde/uairean_a_thìde
        latha/làithean/là seachdain/sheachdain/seachdainean/seachd/sheachd mìos/mhìos/mìosan
        bliadhna/bhliadhna/bhliadhnaichean/bhliadhnaichean/blia/bhlia
br      eilenn munut/vunut/a_vunutoù eur/a_eurioù deiz/zeiz/a_zeizioù sizhun/a_sizhunioù/sizh miz/viz/a_vizioù
        bloaz/vloaz/a_vloazioù/bl
jv      detik menit jam dina/dino pekan/minggu sasi/wulan taun
ast     segundu/segundos minutu/minutos hora/hores día/díes selmana/selmanes/selm mes/meses añu/años
eo      sekundo/sekundoj minuto/minutoj horo/horoj tago/tagoj semajno/semajnoj monato/monatoj jaro/jaroj
sr      секунд минут сат дан седмица/седмице/седмицу/седм мјесец/мјесеца/мјесеци/мјес година
uz-Cyrl сония дақиқа соат кун ҳафта ой йил
kok     सेकंद/से मिन्टां/मिनटां वरा/वरां दीस सप्तकां/सप्त म्हयन्यां/म्हयनो वर्सां/वर्स
hi-Latn second/sekand minute/minat ghante/ghanta din hafte/hafta maheene/mahine/mahina saal
se      sekunda/sekundda minuhta/minuhtta diibmu/diibmur jándor/jándora vahku/vahkku mánotbadji/mánnu jahki/jahkki
my      စက္ကန့်က မိနစ်က နာရီက ရက်က ပတ်က/အပတ်က လက နှစ်က
"""

# Units that include "ago".
PAST_UNITS = """
az      saniyə_əvvəl/saniyə_öncə dəqiqə_əvvəl/dəqiqə_öncə saat_əvvəl/saat_öncə gün_əvvəl/gün_öncə həftə_əvvəl/həftə_öncə
        ay_əvvəl/ay_öncə il_əvvəl/il_öncə
tk      sekunt_öň/sek._öň minut_öň/min._öň sagat_öň/sag._öň gün_öň hepde_öň/hep._öň aý_öň ýyl_öň
mr      सेकंदापूर्वी/सेकंदांपूर्वी मिनिटापूर्वी/मिनिटांपूर्वी तासापूर्वी/तासांपूर्वी दिवसापूर्वी/दिवसांपूर्वी
        आठवड्यापूर्वी/आठवड्यांपूर्वी महिन्यापूर्वी/महिन्यांपूर्वी वर्षापूर्वी/वर्षांपूर्वी
"""

# Units with another meaning beside a certain word for "ago": seconds, by unit and that word.
UNITS_BESIDE = {
    ("години", "преди"): YEAR,  # Bulgarian "years"; Ukrainian "hours"
    ("години", "пред"): YEAR,  # Macedonian
    ("годину", "пре"): YEAR,  # Serbian
    ("годину", "прије"): YEAR,  # Bosnian
    ("год", "тому"): HOUR,  # Ukrainian "hours", abbreviated; Russian "year"
    ("год", "пре"): YEAR,
    ("г", "назад"): YEAR,
    ("saat", "lalu"): SECOND,  # Malay "seconds"; Turkish "hours"
    ("h", "lalu"): DAY,  # Indonesian "hari"
    ("g", "temu"): HOUR,  # Polish; Italian "days"
    ("g", "prije"): YEAR,  # Croatian
    ("m", "prieš"): YEAR,  # Lithuanian; elsewhere "minutes"
    ("v", "sitten"): YEAR,  # Finnish; Swedish "weeks"
    ("j", "gelede"): YEAR,  # Afrikaans; French "days"
    ("j", "virun"): YEAR,  # Luxembourgish
    ("dakika", "da ta gabata"): SECOND,  # Hausa; Turkish "minutes"
    ("м", "пеш"): MONTH,  # Tajik; Russian "minutes"
    ("с", "пеш"): YEAR,  # Tajik; Russian "seconds"
}

# Units that mean one if no number is beside them ("час назад", "قبل ساعة"); then units that mean two.
ONE = """
ar      ثانية دقيقة ساعة يوم أسبوع شهر سنة/عام
he      שנייה/שניה דקה שעה יום שבוע חודש/חו שנה
ru      секунду минуту час день неделю месяц год
uk      секунду хвилину годину день тиждень місяць рік
pl      sekundę minutę godzinę dzień tydzień miesiąc rok
cs      sekundou minutou hodinou dnem týdnem měsícem rokem
sk      sekundou minútou hodinou dňom týždňom mesiacom rokom
hr      sekundu minutu sat dan tjedan mjesec godinu
sl      sekundo minuto uro dnevom tednom mesecem letom
sr      секунду минут сат дан недељу месец годину
lv      sekundes minūtes stundas dienas nedēļas mēneša gada
lt      sekundę minutę valandą dieną savaitę mėnesį metus
fi      sekunti minuutti tunti päivä viikko kuukausi vuosi
et      sekund minut/minuti tund/tunni päev/päeva nädal/nädala kuu aasta
id      sedetik semenit sejam sehari seminggu sebulan setahun
is      sekúndu mínútu klukkustund/klukkutíma degi viku mánuði ári
sw      sekunde dakika saa siku wiki mwezi mwaka
fa      ثانیه‌ای دقیقه‌ای ساعتی روزی هفته‌ای ماهی سالی
ku      çirkeyekê deqeyekê/deqîqeyekê/xulekekê saetekê/seetekê/demjimêrekê rojekê heftiyekê/hefteyekê mehekê salekê
ckb     چرکەیەک خولەکێک/دەقەیەک/دەقیقەیەک کاتژمێرێک/سەعاتێک/کاژێرێک ڕۆژێک/رۆژێک هەفتەیەک/حەفتەیەک مانگێک ساڵێک
eu      segundobete minutubete ordubete egunbete astebete hilabete urtebete
cy      eiliad munud awr diwrnod wythnos mis blwyddyn
mt      sekonda/sek minuta siegħa ġurnata ġimgħa xahar sena
br      eilenn munut eur deiz sizhun miz bloaz
"""
TWO = """
ar      ثانيتين دقيقتين ساعتين يومين أسبوعين شهرين سنتين/عامين
he      שתי_שניות/שתי_שנ שתי_דקות/שתי_דק שעתיים יומיים שבועיים חודשיים שנתיים
mt      żewġ_sekondi żewġ_minuti sagħtejn jumejn ġimagħtejn xahrejn sentejn
cy      dwy_eiliad dwy_funud dwy_awr deuddydd pythefnos deufis dwyflynedd
"""

# Numbers in words before a unit, from two to ten. They count only in an age that is set apart from other text.
COUNTS = """
en      two three four five six seven eight nine ten
fr      deux trois quatre cinq six sept huit neuf dix
de      zwei drei vier fünf sechs sieben acht neun zehn
es      dos tres cuatro cinco seis siete ocho nueve diez
pt      dois/duas três quatro cinco seis sete oito nove dez
it      due tre quattro cinque sei sette otto nove dieci
nl      twee drie vier vijf zes zeven acht negen tien
sv      två tre fyra fem sex sju åtta nio tio
da      to tre fire fem seks syv/sju otte/åtte ni ti
fi      kaksi/kahden kolme/kolmen neljä/neljän viisi/viiden kuusi/kuuden seitsemän kahdeksan yhdeksän kymmenen
pl      dwa/dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć
cs      dvěma/dva/dvě třemi/tři čtyřmi/čtyři pěti/pět šesti/šest sedmi/sedm osmi/osm devíti/devět deseti/deset
sk      dvoma/dva/dve troma/tri štyrmi/štyri piatimi/päť šiestimi/šesť siedmimi/sedem ôsmimi/osem deviatimi/deväť
        desiatimi/desať
hu      két/kettő három négy öt hat hét nyolc kilenc tíz
ro      doi/două trei patru cinci șase șapte opt nouă zece
ru      два/две три четыре пять шесть семь восемь девять десять
uk      два/дві три чотири п'ять шість сім вісім дев'ять десять
bg      два/две три четири пет шест седем осем девет десет
sr      два/две три четири пет шест седам осам девет десет
sr-Latn dva/dve/dvije tri četiri pet šest sedam osam devet deset
el      δύο/δυο τρεις/τρία τέσσερις/τέσσερα πέντε έξι επτά/εφτά οκτώ/οχτώ εννέα/εννιά δέκα
tr      iki üç dört beş altı yedi sekiz dokuz on
ar      اثنين/اثنتين ثلاث/ثلاثة أربع/أربعة خمس/خمسة ست/ستة سبع/سبعة ثماني/ثمانية تسع/تسعة عشر/عشرة
fa      دو سه چهار پنج شش هفت هشت نه ده
he      שתי/שני שלוש/שלושה ארבע/ארבעה חמש/חמישה שש/שישה שבע/שבעה שמונה תשע/תשעה עשר/עשרה
hi      दो तीन चार पांच/पाँच छह/छः सात आठ नौ दस
bn      দুই তিন চার পাঁচ ছয় সাত আট নয় দশ
ur      دو تین چار پانچ چھ سات آٹھ نو دس
id      dua tiga empat lima enam tujuh delapan sembilan sepuluh
vi      hai ba bốn năm sáu bảy tám chín mười
th      สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ
zh      二/两/兩 三 四 五 六 七 八 九 十
ko      두 세 네 다섯 여섯 일곱 여덟 아홉 열
fil     dalawang tatlong apat_na limang anim_na pitong walong siyam_na sampung
eu      bi hiru lau bost sei zazpi zortzi bederatzi hamar
ca      dos/dues tres quatre cinc sis set vuit nou deu
gl      dous/dúas tres catro cinco seis sete oito nove dez
lo      ສອງ ສາມ ສີ່ ຫ້າ ຫົກ ເຈັດ ແປດ ເກົ້າ ສິບ
km      ពីរ បី បួន ប្រាំ ប្រាំមួយ ប្រាំពីរ ប្រាំបី ប្រាំបួន ដប់
my      နှစ် သုံး လေး ငါး ခြောက် ခုနစ် ရှစ် ကိုး ဆယ်
ku      du sê/sisê çar pênc şeş heft heşt neh deh
ckb     دوو سێ چوار پێنج شەش حەوت هەشت نۆ دە
so      laba saddex afar shan lix toddoba siddeed sagaal toban
ha      biyu uku huɗu biyar shida bakwai takwas tara goma
"""

# Higher numbers in words.
HIGHER_COUNTS = """
en      11:eleven 12:twelve 13:thirteen 14:fourteen 15:fifteen 16:sixteen 17:seventeen 18:eighteen 19:nineteen
        20:twenty 30:thirty 40:forty 45:forty-five 50:fifty
fr      11:onze 12:douze 13:treize 14:quatorze 15:quinze 20:vingt 30:trente 40:quarante 45:quarante-cinq 50:cinquante
de      11:elf 12:zwölf 13:dreizehn 14:vierzehn 15:fünfzehn 20:zwanzig 30:dreißig 40:vierzig 45:fünfundvierzig
        50:fünfzig
es      11:once 12:doce 15:quince 20:veinte 30:treinta 40:cuarenta 45:cuarenta_y_cinco 50:cincuenta
pt      11:onze 12:doze 15:quinze 20:vinte 30:trinta 40:quarenta 50:cinquenta
it      11:undici 12:dodici 15:quindici 20:venti 30:trenta 40:quaranta 50:cinquanta
nl      11:elf 12:twaalf 15:vijftien 20:twintig 30:dertig 40:veertig 50:vijftig
sv      12:tolv 15:femton 20:tjugo 30:trettio 40:fyrtio 50:femtio
pl      12:dwanaście 15:piętnaście 20:dwadzieścia 30:trzydzieści 40:czterdzieści 50:pięćdziesiąt
ru      12:двенадцать 15:пятнадцать 20:двадцать 30:тридцать 40:сорок 50:пятьдесят
tr      20:yirmi 30:otuz 40:kırk 50:elli
"""
