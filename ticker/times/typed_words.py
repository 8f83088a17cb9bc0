"""Words of times that people type and pages do not show: "this" and "last", parts of a day, beginnings and ends.

Tables of rows: what is meant, then the words for it in any of the languages of `words.py`; blanks within one written
``_``. Case and accents do not matter.
"""

from __future__ import annotations

# "This" and "last", as they stand before or after a week, month, year, weekday or month's name.
MARKS = """
this    diese dieser dieses diesen ce cet cette esta este questa questo nesta neste deze dit denne denna dette tämä
        tällä tänä ten ta tym tento tuto této toto tomto ez ezen acest această asta этот эта эту этой этом это цей
        ця цю цього цієї този тази αυτή αυτόν αυτό bu هذا هذه این היום הזה הזו इस এই ini này นี้
last    letzte letzter letztes letzten vorige voriger voriges vorigen vergangene vergangenen dernier dernière passé
        passée passat pasada pasado última último scorsa scorso passada passado vorige afgelopen förra sidste siste
        viime forrige ubiegły zeszły zeszłym zeszłego zeszłej ostatni ostatnia ostatniej minulý minulou minulé
        последний последняя прошлый прошлая прошлую прошлой прошлом минулий минула минулого минулої миналата миналия
        geçen الماضي الماضية گذشته שעבר שעברה पिछले पिछला গত lalu trước múlt trecută trecut περασμένη περασμένο
        prošli prošla prošle prošlu прошли прошле
next    nächste nächsten nächster nächstes prochain prochaine próxima próximo prossima prossimo volgende nästa neste
        næste ensi przyszły przyszłym příští следующая следующей следующий следующую наступна gelecek القادم القادمة
        depan
"""
# "The last" before or after a number and a unit: from then to now.
PAST = """
letzten letzte letzter vergangenen derniers dernières dernière dernier últimos últimas última último ultimi ultime
ultima ultimo scorsi scorse passados passadas afgelopen laatste senaste sidste siste viimeiset viimeisten viimeisen
viime ostatnie ostatnich ostatnia ostatniej poslední posledných posledné posledních elmúlt utolsó ultimele ultimii
последние последних последний последнюю останні останніх последните τελευταίες τελευταία τελευταίους son آخر الأخيرة
الماضية اخیر گذشته האחרונים האחרונות पिछले पिछला গত terakhir qua vừa_qua ที่ผ่านมา 过去 過去 最近 近 ここ 지난 최근
"""
# Units as they stand after "this" and "last", where they are spelt otherwise than after a number.
INFLECTED = """
week    woche неделе неделю неделя тижні тижня veckan ugen uken الأسبوع tygodniu týden tydne héten săptămâna
        viikolla εβδομάδα
month   monats месяце місяці månaden måneden الشهر miesiącu měsíc hónapban luna kuussa μήνα
year    jahres году році año året السنة العام roku rok évben anul vuonna χρόνο
weekend wochenende week-end weekend fin_de_semana fim_de_semana finde helgen weekenden helg viikonloppu
        viikonloppuna víkend víkendu hétvégén hétvége выходные вихідні σαββατοκύριακο 周末 週末 주말
"""
# Of one word, in scripts without spaces and elsewhere: the unit, how many of them ago, the words.
ONE_WORD = """
week 1       先週 上周 上週 上星期 上礼拜 지난주 สัปดาห์ที่แล้ว
week 0       今週 本周 本週 这周 這週 这星期 이번주 이번_주 สัปดาห์นี้
month 1      先月 上月 上个月 上個月 지난달 지난_달 เดือนที่แล้ว
month 0      今月 本月 这个月 這個月 이번달 이번_달 เดือนนี้
year 1       昨年 去年 작년 지난해 ปีที่แล้ว
year 0       今年 올해 ปีนี้
weekend 1    先週末 上周末 上週末 지난주말 지난_주말
week -1      下周 下週 下星期 来週 다음주 다음_주
month -1     下个月 下個月 下月 来月 다음달 다음_달
day 2        前日 前天 그저께 그제
day -1       morgen demain mañana domani amanhã morgon i_morgon imorgon i_morgen huomenna jutro zítra zajtra holnap
             mâine завтра утре αύριο yarın غدا فردا מחר besok esok ngày_mai พรุ่งนี้ 明天 明日 내일
"""
# Parts of a day; "small" is from midnight to the morning.
DAY_PARTS = """
morning    morgen morgens früh vormittag vormittags matin matinée mañana manhã mattina mattino ochtend morgon
           morgonen förmiddag formiddag morgenen aamu aamuna aamulla aamupäivällä rano ranem przedpołudnie ráno
           dopoledne reggel délelőtt dimineață dimineața утро утром утра ранок вранці сутрин сутринта πρωί sabah
           sabahı صباح صباحا صبح בבוקר בוקר सुबह সকাল সকালে صبح pagi sáng เช้า ตอนเช้า 早上 上午 早晨 清晨 朝 午前
           아침 오전 jutro jutros ujutro matí
afternoon  nachmittag nachmittags après-midi aprèm tarde pomeriggio middag namiddag eftermiddag ettermiddag
           iltapäivällä iltapäivä popołudnie popołudniu po_południu odpoledne popoludní délután după-amiază
           после_полудня днём днем день вдень следобед απόγευμα öğleden_sonra بعد_الظهر عصر ظهر بعدازظهر בצהריים
           אחר_הצהריים दोपहर বিকাল বিকেল دوپہر siang sore petang chiều บ่าย ตอนบ่าย 下午 午後 오후 popodne poslijepodne
           popoldne
evening    abend abends soir soirée sera avond kväll kvällen aften aftenen kveld kvelden ilta iltana illalla wieczór
           wieczorem večer este esti seară seara вечер вечером вечера вечір ввечері увечері вечерта βράδυ akşam
           akşamı مساء ערב בערב शाम সন্ধ্যা شام tối เย็น ตอนเย็น 傍晚 夕方 저녁 navečer uvečer zvečer vespre
night      nacht nachts nuit noche noite notte natt natten nat yö yönä yöllä noc nocy w_nocy noci v_noci éjjel
           éjszaka noapte noaptea ночь ночью ночи ніч вночі нощ нощта νύχτα gece gecesi ليل ليلة ليلا شب לילה בלילה
           रात রাত رات malam đêm khuya คืน 晚上 夜里 夜裡 夜间 晚 夜 밤 noć noću ponoći nit
small      madrugada madrugá matinada 凌晨 未明 明け方 새벽 فجرا فجر ভোর
noon       mittag mittags midi mediodía meio-dia mezzogiorno polední poledne południe delben dél полдень полудень
           обед обяд μεσημέρι öğle öğlen 中午 正午 昼 점심 정오
"""
# A day and a part of it in one.
ONE_WORD_PARTS = """
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
# The beginning, the middle and the end of a month or year.
EDGES = """
0   anfang beginn début principio principios comienzo comienzos inicio inicios início começo inícios inizio inizi
    begin början starten begyndelsen begynnelsen alku alussa początek początku začátek začátku začiatok začiatku
    eleje elején începutul начало начале початок початку началото αρχές αρχή başı أوائل بداية اوایل תחילת awal đầu
    ต้น 上旬 初め 初 초 初头
1   mitte mi milieu mediados meados metà half midden medio mitten midten połowa połowie polovina polovině közepe
    közepén mijlocul середина середине середині средата μέσα ortası منتصف اواسط אמצע pertengahan giữa กลาง 中旬 중순
    puoliväli puolivälissä
2   ende fin final finales fines fim fins finais fine eind einde slutet slutningen slutten loppu lopussa koniec
    końcu końca konec konci konce konca koncom vége végén sfârșitul конец конце конца кінець кінці кінця края τέλη
    τέλος sonu أواخر نهاية اواخر סוף akhir cuối ปลาย สิ้น 下旬 末 底 終わり 말 하순
"""
NUMBERED = """
week     week kw cw kalenderwoche semaine sem. semana settimana week vecka v. uke uge viikko tydzień týden týždeň
         hét săptămâna неделя тиждень седмица εβδομάδα hafta minggu tuần สัปดาห์ 周 週 주 주차 woche semaine
quarter  quarter quartal quartals trimestre trimestr trimestru trimester kwartaal kvartal kvartalet kvartaali
         neljännes kwartał kwartale čtvrtletí štvrťrok negyedév квартал квартале тримесечие τρίμηνο çeyrek الربع ربع
         רבעון तिमाही triwulan kuartal quý ไตรมาส 季度 季 四半期 분기
"""
FILLERS = """
la le les l' el los il lo the a o os as de den der die das du des da do dos am im in on en em no na al på i w we v
ve в во на у от з із с со от през του της την το τη στις στην seit depuis desde dal dalla ci since from por à di del
della dello nel nella av om der fra a_les az ban ben od z za pe în din の に から 的 在 第 의 من في فى منذ از در ב מ ה
की को से का dari pada sejak từ vào за для για
"""
