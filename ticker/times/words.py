"""The words that stand around times, in the languages that news pages are written in: "ago", "yesterday", "hours".

Tables of rows as in `names.py`: a language's code, then its words; spellings parted by ``/``, blanks written
``_``; case and accents do not matter. Months and weekdays are in `names.py`.

Source: Unicode CLDR 47 (relative times, units, day periods), and forms that pages use besides.
"""

from __future__ import annotations

SECOND, MINUTE, HOUR, DAY = 1, 60, 3_600, 86_400
# Ages in months and years say little of the day: a month counts 30 days, a year 365.
UNIT_SECONDS = (SECOND, MINUTE, HOUR, DAY, 7 * DAY, 30 * DAY, 365 * DAY)

# Units that a number stands before (or after, in Swahili): second, minute, hour, day, week, month, year.
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
hi      सेकंड/सेकेंड/सेकण्ड/से मिनट/मि घंटे/घंटा/घंटों/घण्टे/घं दिन/दिनों सप्ताह/हफ्ते/हफ़्ते/हफ्ता महीने/महीना/माह/महीनों
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
az      saniyə dəqiqə/dəq saat gün həftə ay il_əvvəl/il_öncə
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
mr      सेकंद/से/सेकंदापूर्वी/सेकंदांपूर्वी मिनिटे/मिनिट/मिनि/मिनिटापूर्वी/मिनिटांपूर्वी तास/तासापूर्वी/तासांपूर्वी
        दिवस/दिवसापूर्वी/दिवसांपूर्वी आठवडा/आठवडे/आठवड्यापूर्वी/आठवड्यांपूर्वी महिना/महिने/महिन्यापूर्वी/महिन्यांपूर्वी
        वर्ष/वर्षे/वर्षापूर्वी/वर्षांपूर्वी
gu      સેકંડ/સેકન્ડ મિનિટ કલાક દિવસ અઠવાડિયા/અઠવાડિયું/અઠ મહિના/મહિનો વર્ષ
pa      ਸਕਿੰਟ ਮਿੰਟ ਘੰਟੇ/ਘੰਟਾ ਦਿਨ ਹਫ਼ਤੇ/ਹਫ਼ਤਾ ਮਹੀਨੇ/ਮਹੀਨਾ ਸਾਲ
ne      सेकेन्ड/सेकेण्ड मिनेट घण्टा/घन्टा दिन हप्ता महिना वर्ष/बर्ष
si      තත්පර මිනිත්තු/විනාඩි පැය දින/දවස් සති මාස වසර/අවුරුදු
my      စက္ကန့် မိနစ် နာရီ ရက် ပတ် လ နှစ်
am      ሰከንድ/ሰከንዶች ደቂቃ/ደቂቃዎች ሰዓት/ሰዓቶች/ሰዓታት ቀን/ቀናት/ቀኖች ሳምንት/ሳምንታት/ሳምንቶች ወር/ወራት/ወሮች ዓመት/ዓመታት/ዓመቶች
fil     segundo/seg minuto/min oras araw linggo buwan taon
"""

# What a unit means beside one word for "ago" that it does not mean beside others: seconds, by unit and that word.
UNITS_BESIDE = {
    ("години", "преди"): 365 * DAY,  # Bulgarian "years"; Ukrainian "hours"
    ("години", "пред"): 365 * DAY,  # Macedonian
    ("годину", "пре"): 365 * DAY,  # Serbian
    ("год", "тому"): HOUR,  # Ukrainian "hours", abbreviated; Russian "year"
    ("год", "пре"): 365 * DAY,
    ("г", "назад"): 365 * DAY,
    ("saat", "lalu"): SECOND,  # Malay "seconds"; Turkish "hours"
    ("h", "lalu"): DAY,  # Indonesian "hari"
    ("g", "temu"): HOUR,  # Polish; Italian "days"
    ("g", "prije"): 365 * DAY,  # Croatian
    ("m", "prieš"): 365 * DAY,  # Lithuanian; elsewhere "minutes"
    ("v", "sitten"): 365 * DAY,  # Finnish; Swedish "weeks"
    ("j", "gelede"): 365 * DAY,  # Afrikaans; French "days"
}

# Units that mean one where no number stands by them ("час назад", "قبل ساعة"); and those that mean two.
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
"""
TWO = """
ar      ثانيتين دقيقتين ساعتين يومين أسبوعين شهرين سنتين/عامين
he      שתי_שניות/שתי_שנ שתי_דקות/שתי_דק שעתיים יומיים שבועיים חודשיים שנתיים
"""

# What stands around them. before, after: "ago" before and after its age; fore: may stand before an age that
# "ago" follows; about: between "ago" and its number; one, some: in a number's place; and: between units; now, today,
# yesterday, earlier (the day before yesterday): themselves; at: before a clock; on: before a date; of: within one.
PHRASES = """
en      after:ago one:a/an/one some:a_few/few/several/a_couple_of/couple_of and:and
        now:just_now/now/right_now/moments_ago/a_moment_ago/a_few_moments_ago today:today
        yesterday:yesterday at:at/@ on:on/the of:of
fr      before:il_y_a one:un/une some:quelques and:et about:environ/près_de/plus_de/moins_de
        now:à_l'instant/maintenant/il_y_a_un_instant/il_y_a_quelques_instants today:aujourd'hui yesterday:hier
        earlier:avant-hier at:à/vers on:le/du of:d'
de      before:vor one:einer/einem/eine/ein some:wenigen/einigen/ein_paar and:und about:etwa/ca/rund/ungefähr/knapp/über
        now:gerade_eben/soeben/eben/jetzt/vor_kurzem/gerade_jetzt/vor_wenigen_augenblicken today:heute
        yesterday:gestern earlier:vorgestern at:um/am/gegen/ab on:am/vom/den/dem
es      before:hace after:atrás one:un/una/uno some:unos/unas/pocos/pocas/algunos/algunas and:y
        about:aproximadamente/cerca_de/más_de/menos_de
        now:ahora/ahora_mismo/justo_ahora/recién/hace_un_momento/hace_instantes/hace_unos_instantes today:hoy
        yesterday:ayer earlier:anteayer/antier/antes_de_ayer at:a_las/a_la/las on:el/del of:de/del
pt      before:há/faz after:atrás one:um/uma some:alguns/algumas/poucos/poucas and:e about:cerca_de/mais_de/menos_de
        now:agora/agora_mesmo/há_instantes/há_poucos_instantes today:hoje yesterday:ontem earlier:anteontem
        at:às/as/à/a on:em/no
it      after:fa one:un/una/un' some:pochi/poche/alcuni/alcune and:e about:circa
        now:adesso/proprio_ora/poco_fa/pochi_istanti_fa/un_attimo_fa today:oggi yesterday:ieri
        earlier:l'altro_ieri/altro_ieri at:alle/alle_ore/ore/dalle/h on:il of:di
nl      after:geleden one:een/één some:enkele/een_paar and:en about:ongeveer/circa now:zojuist/net/zonet/daarnet/nu
        today:vandaag yesterday:gisteren earlier:eergisteren at:om on:op
sv      fore:för/för_ca/för_cirka after:sedan/sen one:en/ett some:några and:och now:nyss/just_nu/alldeles_nyss
        today:idag/i_dag yesterday:igår/i_går earlier:i_förrgår/förrgår at:kl/klockan on:den
da      fore:for/for_ca after:siden one:en/et some:få and:og now:lige_nu/netop_nu/nu
        today:i_dag yesterday:i_går earlier:i_forgårs/forgårs at:kl/klokken/klokka on:den
no      fore:for/for_ca after:siden one:en/ett/ei some:noen and:og now:akkurat_nå/nettopp/nå/nå_nettopp today:i_dag
        yesterday:i_går earlier:i_forgårs at:kl/klokken/klokka on:den
fi      after:sitten one:yksi/yhden some:muutama and:ja about:noin now:juuri_nyt/äsken/juuri_äsken/hetki_sitten/nyt
        today:tänään yesterday:eilen earlier:toissapäivänä at:klo/kello
pl      after:temu one:jedną/jeden some:kilka and:i about:około
        now:przed_chwilą/przed_momentem/teraz/właśnie_teraz/chwilę_temu today:dzisiaj/dziś yesterday:wczoraj
        earlier:przedwczoraj at:o/o_godz/o_godzinie/godz/godzina/g on:w_dniu/dnia
cs      before:před one:jednou/jedním some:několika and:a about:asi/zhruba now:právě_teď/teď/před_chvílí/právě
        today:dnes/dneska yesterday:včera earlier:předevčírem at:v/ve
sk      before:pred one:jednou/jedným some:niekoľkými and:a about:asi now:práve_teraz/teraz/pred_chvíľou today:dnes
        yesterday:včera earlier:predvčerom at:o
hu      after:ezelőtt one:egy some:néhány/pár and:és now:épp_most/éppen_most/az_imént/most/pár_másodperce today:ma
        yesterday:tegnap earlier:tegnapelőtt
ro      before:acum/în_urmă_cu/acum_câteva after:în_urmă one:o/un some:câteva/câțiva and:și about:aproximativ/circa
        now:chiar_acum/adineauri/acum today:azi/astăzi yesterday:ieri earlier:alaltăieri at:la/ora/la_ora/orele
        on:pe/din of:de
bg      before:преди/пр one:една/един some:няколко and:и about:около now:току-що/преди_малко/сега today:днес
        yesterday:вчера earlier:завчера/онзи_ден at:в/от/във/часа on:на
ru      after:назад/тому_назад one:одну/один some:несколько and:и about:около/примерно
        now:только_что/сейчас/прямо_сейчас today:сегодня yesterday:вчера earlier:позавчера at:в/во/около
uk      after:тому/назад/тому_назад one:одну/один some:кілька and:і/та about:близько now:щойно/тільки_що/зараз
        today:сьогодні yesterday:вчора/учора earlier:позавчора at:о/об/в/у
el      before:πριν/πριν_από/εδώ_και after:πριν one:μία/μια/ένα/έναν/ένας some:λίγα/λίγες/μερικά/μερικές and:και
        about:περίπου now:μόλις_τώρα/τώρα/πριν_λίγο/πριν_από_λίγο/μόλις today:σήμερα yesterday:χθες/χτες
        earlier:προχθές at:στις/στη/στην/ώρα on:στις
tr      after:önce/evvel one:bir some:birkaç and:ve about:yaklaşık now:az_önce/biraz_önce/şu_an/şimdi today:bugün
        yesterday:dün earlier:önceki_gün/evvelsi_gün at:saat
ar      before:قبل/منذ one:واحدة/واحد some:بضع/عدة and:و about:حوالي/نحو
        now:الآن/للتو/قبل_قليل/منذ_قليل/منذ_لحظات/قبل_لحظات today:اليوم yesterday:أمس/البارحة/الأمس/بالأمس
        earlier:أول_أمس/أول_من_أمس at:الساعة/في/في_الساعة/على_الساعة/عند_الساعة
fa      after:پیش/قبل one:یک some:چند and:و about:حدود now:هم_اکنون/لحظاتی_پیش/اکنون/الان today:امروز yesterday:دیروز
        earlier:پریروز at:ساعت/در_ساعت
he      before:לפני one:אחת/אחד some:כמה/מספר and:ו about:כ now:עכשיו/כרגע/הרגע/זה_עתה today:היום yesterday:אתמול
        earlier:שלשום at:בשעה/ב on:ב
hi      after:पहले/पूर्व one:एक some:कुछ and:और about:करीब/लगभग now:अभी/अभी_अभी/अभी-अभी today:आज yesterday:कल
        earlier:परसों
bn      after:আগে/পূর্বে one:এক some:কয়েক and:এবং/ও about:প্রায় now:এইমাত্র/এই_মাত্র/এখন today:আজ yesterday:গতকাল
        earlier:পরশু
ur      after:پہلے/قبل/پیشتر one:ایک some:چند and:اور about:تقریبا now:ابھی/ابھی_ابھی today:آج yesterday:کل
        earlier:پرسوں
id      after:lalu/yang_lalu one:satu some:beberapa and:dan about:sekitar now:baru_saja/barusan/sekarang today:hari_ini
        yesterday:kemarin earlier:kemarin_dulu/kemarin_lusa at:pukul/pkl/jam
ms      after:lalu/yang_lalu one:satu and:dan now:baru_sahaja/sebentar_tadi today:hari_ini yesterday:semalam/kelmarin
        at:pukul/jam
vi      after:trước one:một some:vài about:khoảng now:vừa_xong/vừa_mới/bây_giờ/mới_đây today:hôm_nay
        yesterday:hôm_qua earlier:hôm_kia at:lúc/vào_lúc on:ngày
th      fore:เมื่อ after:ที่แล้ว/ที่ผ่านมา/ก่อน/ก่อนหน้านี้/มาแล้ว now:เมื่อสักครู่/เมื่อสักครู่นี้/เมื่อครู่/ตอนนี้ today:วันนี้
        yesterday:เมื่อวาน/เมื่อวานนี้ earlier:เมื่อวานซืน at:เวลา
zh      after:前/以前/之前 one:一 some:几/幾/数/數 now:刚刚/剛剛/刚才/剛才/现在/現在 today:今天/今日 yesterday:昨天/昨日
        earlier:前天
ja      after:前 one:一 some:数 now:たった今/たったいま/今/さっき/先ほど today:今日/本日/きょう yesterday:昨日/きのう
        earlier:一昨日/おととい
ko      after:전 one:한 some:몇 now:방금/방금_전/지금/조금_전 today:오늘 yesterday:어제 earlier:그저께/그제
sr      before:пре one:једну/једног/један some:неколико and:и about:око now:управо/управо_сада/малопре today:данас
        yesterday:јуче earlier:прекјуче at:у
sr-Latn before:pre one:jednu/jednog/jedan some:nekoliko and:i about:oko now:upravo/upravo_sada/malopre today:danas
        yesterday:juče earlier:prekjuče at:u
hr      before:prije one:jednu/jedan some:nekoliko and:i about:oko now:upravo_sad/maloprije today:danas
        yesterday:jučer earlier:prekjučer at:u
sl      before:pred one:eno/enim some:nekaj and:in now:pravkar/ravnokar/malo_prej/zdaj today:danes yesterday:včeraj
        earlier:predvčerajšnjim at:ob
et      after:tagasi/eest one:üks/ühe some:mõni and:ja about:umbes now:just_nüüd/äsja/hetk_tagasi/praegu today:täna
        yesterday:eile earlier:üleeile at:kell
lv      before:pirms one:vienas/viena/vienu some:dažām and:un now:tikko/tikko_kā/nupat/tagad today:šodien
        yesterday:vakar earlier:aizvakar at:plkst/pulksten
lt      before:prieš one:vieną/vienas some:kelias/kelis and:ir about:apie now:ką_tik/dabar today:šiandien
        yesterday:vakar earlier:užvakar
ca      before:fa one:un/una some:uns/unes and:i now:ara/ara_mateix/fa_un_moment today:avui yesterday:ahir
        earlier:abans-d'ahir at:a_les/a_la/les of:d'
gl      before:hai one:un/unha and:e now:agora/agora_mesmo today:hoxe yesterday:onte earlier:antonte at:ás on:o
eu      before:duela one:bat now:orain/oraintxe today:gaur yesterday:atzo earlier:herenegun
af      after:gelede one:'n and:en now:sopas/nou_net today:vandag yesterday:gister earlier:eergister at:om on:op
sw      after:zilizopita/iliyopita/uliopita/iliopita/yaliyopita one:moja/mmoja and:na now:sasa/sasa_hivi/hivi_punde
        today:leo yesterday:jana earlier:juzi at:saa
is      before:fyrir after:síðan one:einni/einum/einn some:nokkrum and:og now:rétt_í_þessu/núna/rétt_áðan today:í_dag
        yesterday:í_gær earlier:í_fyrradag at:kl/klukkan on:þann
ga      after:ó_shin one:aon and:agus now:anois/díreach_anois today:inniu yesterday:inné earlier:arú_inné at:ag
mk      before:пред one:една/еден some:неколку and:и now:пред_малку/штотуку/сега today:денес yesterday:вчера
        earlier:завчера at:во
bs      before:prije one:jednu/jedan some:nekoliko and:i now:upravo/sada today:danas yesterday:jučer earlier:prekjučer
        at:u
be      after:таму/назад one:адну/адзін some:некалькі and:і now:толькі_што/зараз today:сёння yesterday:учора
        earlier:заўчора at:у/а
sq      after:më_parë/parë one:një some:disa and:dhe now:tani/pak_më_parë/sapo today:sot yesterday:dje earlier:pardje
        at:në/ora
ka      after:წინ/უკან one:ერთი some:რამდენიმე now:ახლა/ახლახან today:დღეს yesterday:გუშინ earlier:გუშინწინ
hy      after:առաջ one:մեկ some:մի_քանի now:հիմա/քիչ_առաջ today:այսօր yesterday:երեկ earlier:նախանցյալ_օրը at:ժամը
az      after:əvvəl/öncə one:bir some:bir_neçə now:indi/bayaq today:bu_gün yesterday:dünən earlier:srağagün
uz      after:oldin/avval one:bir some:bir_necha now:hozir/hozirgina today:bugun yesterday:kecha earlier:o'tgan_kuni
kk      after:бұрын one:бір some:бірнеше now:қазір/жаңа_ғана today:бүгін yesterday:кеше earlier:алдыңғы_күні
ky      after:мурун/мурн/мурда one:бир some:бир_нече now:азыр/жаңы_эле today:бүгүн yesterday:кечээ
mn      after:өмнө one:нэг some:хэдэн now:одоо/саяхан today:өнөөдөр yesterday:өчигдөр earlier:уржигдар
ta      after:முன்/முன்பு/முன்னர் one:ஒரு some:சில now:இப்போது/சற்றுமுன்/சற்று_முன் today:இன்று yesterday:நேற்று
te      after:క్రితం one:ఒక some:కొన్ని now:ఇప్పుడే/ఇప్పుడు today:నేడు/ఈరోజు yesterday:నిన్న earlier:మొన్న
ml      after:മുമ്പ്/മുൻപ്/മുന്നേ one:ഒരു now:ഇപ്പോൾ today:ഇന്ന് yesterday:ഇന്നലെ earlier:മിനിഞ്ഞാന്ന്
kn      after:ಹಿಂದೆ one:ಒಂದು some:ಕೆಲವು now:ಈಗ/ಇದೀಗ today:ಇಂದು yesterday:ನಿನ್ನೆ earlier:ಮೊನ್ನೆ
mr      after:पूर्वी/आधी one:एक some:काही now:आत्ता/आता today:आज yesterday:काल earlier:परवा
gu      after:પહેલાં/પહેલા/અગાઉ one:એક some:થોડા now:હમણાં today:આજે yesterday:ગઈકાલે/કાલે
pa      after:ਪਹਿਲਾਂ one:ਇੱਕ some:ਕੁਝ now:ਹੁਣੇ/ਹੁਣ today:ਅੱਜ yesterday:ਬੀਤਿਆ_ਕੱਲ੍ਹ/ਕੱਲ੍ਹ
ne      after:पहिले/अघि/अगाडि one:एक some:केही now:भर्खरै/अहिले today:आज yesterday:हिजो earlier:अस्ति
si      after:පෙර/කට_පෙර one:එක now:දැන් today:අද yesterday:ඊයේ earlier:පෙරේදා
my      before:ပြီးခဲ့သည့်/လွန်ခဲ့သော after:အကြာက/က today:ယနေ့/ဒီနေ့ yesterday:မနေ့က now:ယခု
am      before:ከ after:በፊት one:አንድ now:አሁን today:ዛሬ yesterday:ትናንት/ትናንትና earlier:ከትናንት_ወዲያ
fil     after:ang_nakalipas/na_ang_nakalipas/ang_nakaraan/na_ang_nakaraan one:isang/isa some:ilang now:ngayon_lang
        today:ngayong_araw yesterday:kahapon earlier:kamakalawa
"""

# Halves of the day. noon: 11 and 12 are before and after noon, 1 to 4 after; night: up to 5 is before noon.
DAY_PARTS = """
en      am:am/a.m./a.m/a._m. pm:pm/p.m./p.m/p._m.
el      am:πμ/π.μ./π.μ pm:μμ/μ.μ./μ.μ
tr      am:öö pm:ös
bg      am:пр.об./пр.об pm:сл.об./сл.об
uk      am:дп pm:пп
ar      am:ص/صباحا/صباحًا/صباحاً/فجرا/فجرًا pm:م/مساء/مساءً/ظهرا/ظهرًا/عصرا/عصرًا
fa      am:ق.ظ/ق.ظ./قبل_از_ظهر/قبل_ازظهر/صبح/بامداد pm:ب.ظ/ب.ظ./بعد_از_ظهر/بعدازظهر/عصر night:شب
ur      pm:شام/سہ_پہر night:رات
hi      am:सुबह/प्रातः pm:दोपहर/शाम night:रात
bn      am:সকাল/ভোর pm:দুপুর/বিকাল/বিকেল/সন্ধ্যা night:রাত
ms      am:pg/pagi pm:ptg/petang night:malam
vi      am:sa/sáng pm:ch/chiều/tối
th      am:ก่อนเที่ยง pm:หลังเที่ยง
af      am:vm pm:nm
is      am:f.h./f.h pm:e.h./e.h
ga      am:r.n./r.n pm:i.n./i.n
am      am:ጥዋት pm:ከሰዓት
pa      am:ਪੂ.ਦੁ./ਪੂ.ਦੁ pm:ਬਾ.ਦੁ./ਬਾ.ਦੁ
sq      am:p.d./p.d pm:m.d./m.d
zh      am:上午/凌晨/早上/清晨/早晨 pm:下午/傍晚 noon:中午 night:晚上/夜间/晚
ja      am:午前/朝 pm:午後/夕方 night:夜
ko      am:오전/새벽/아침 pm:오후/저녁 noon:낮 night:밤
"""

# What stands within and after clocks and dates. hour: between hour and minute; minute: after the minute; clock:
# after a whole clock; oclock: makes a clock of an hour alone; hours: does so where "at" stands before it; monthly:
# stands before a month's number; t: between the date and the clock of ISO 8601;
# length: after the length of a film, which is no clock ("0:21 min"); era: before a year; nth: the endings of ordinals.
MARKS = """
hour    h u uhr ч 時 时 點 点 시 giờ ώ год
minute  分 분 phút хв мин λεπτά
clock   h hs hr hrs hours horas heures uhr uur u час часа часов ч val น. น นาฬิกา óra órakor годин ώρα godz hod ura
oclock  uhr 時 时 시 นาฬิกา o'clock
hours   h heures heure horas hora uhr uur u giờ 點 点 ч часов
year    年 년 г год года р року рік m gada eko ko (e)ko urteko năm سال ж թ оны
month   月 월
day     日 號 号 일 d a (a)
monthly tháng thg
t       t
length  min mins minuten minutes minuti minutos minuter minutter minut мин 分钟 분
era     พ.ศ. ค.ศ. พ.ศ ค.ศ
nth     st nd rd th er ère º ª го й ste de e re
"""

# Of the units of one letter those that alone, without "ago", make an age: "20m", "4d"; others are grams and tons.
BARE_LETTERS = "s m h d w j ч"

# What a number with a point before it measures, so that it is no clock: "17.10 €", "2.15 million", "12.30 km".
MEASURES = """
€ $ £ ¥ % ° ‰ ₹ ₽ ₺ ₴ ₪ eur euro euros usd gbp chf kr sek nok dkk pln zł zl kč kc ft huf lei ron lv rub руб грн uah tl
try rp rs inr dollar dollars pesos reais percent procent prozent pct pc per_cent pour_cent por_ciento por_cento
million millions millionen mio mln mil milj miljoen millones milhões milioni milionów billion billions bn mrd mld
milliard milliarden thousand tsd tis km m cm mm kg g l mb gb tb mph kmh points punkte points pts prosenttia prosent
miljoner miljoonaa
"""
