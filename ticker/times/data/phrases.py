"""Phrases around times in many languages ("ago", "yesterday"), and spans of time, in the format of ``words``."""

from __future__ import annotations

# Durations in words, by their minutes: "half an hour", "an hour and a half", "half a day".
SPANS = """
en      15:a_quarter_of_an_hour/quarter_of_an_hour 30:half_an_hour/half_hour/half-hour/a_half_hour/a_half-hour
        90:an_hour_and_a_half/one_and_a_half_hours 720:half_a_day 262800:half_a_year/half_year
fr      15:un_quart_d'heure/quart_d'heure 30:une_demi-heure/demi-heure/une_demi_heure 90:une_heure_et_demie
de      15:einer_viertelstunde/viertelstunde 30:einer_halben_stunde/halben_stunde/eine_halbe_stunde/halbe_stunde
        90:anderthalb_stunden/eineinhalb_stunden 262800:einem_halben_jahr/halben_jahr
es      15:un_cuarto_de_hora/cuarto_de_hora 30:media_hora 90:una_hora_y_media/hora_y_media 262800:medio_año
pt      15:um_quarto_de_hora 30:meia_hora/meia-hora 90:uma_hora_e_meia 720:meio_dia
it      15:un_quarto_d'ora 30:mezz'ora/mezza_ora/una_mezz'ora 90:un'ora_e_mezza/un'ora_e_mezzo
nl      15:een_kwartier/kwartier 30:een_half_uur/half_uur/halfuur/een_halfuur 90:anderhalf_uur
        262800:een_half_jaar/half_jaar
sv      15:en_kvart 30:en_halvtimme/halvtimme/en_halv_timme 90:en_och_en_halv_timme
da      15:et_kvarter 30:en_halv_time/halv_time/en_halvtime 90:halvanden_time
no      30:en_halvtime/halvtime 90:halvannen_time
fi      30:puoli_tuntia 90:puolitoista_tuntia
pl      15:kwadrans 30:pół_godziny 90:półtorej_godziny 262800:pół_roku
cs      15:čtvrt_hodinou/čtvrthodinou 30:půl_hodinou/půlhodinou/půl_hodiny 90:hodinou_a_půl
sk      30:pol_hodinou/polhodinou 90:hodinou_a_pol
hu      30:fél_órája/fél_órával/félórája/félórával 90:másfél_órája/másfél_órával
ro      30:jumătate_de_oră/o_jumătate_de_oră 90:o_oră_și_jumătate
ru      15:четверть_часа 30:полчаса 90:полтора_часа 262800:полгода
uk      30:півгодини/пів_години 90:півтори_години
bg      30:половин_час 90:час_и_половина
sr      30:пола_сата/пола_часа 90:сат_и_по
sr-Latn 30:pola_sata/pola_časa/pol_ure 90:sat_i_pol
el      30:μισή_ώρα 90:μιάμιση_ώρα
tr      30:yarım_saat 90:bir_buçuk_saat
ar      15:ربع_ساعة 30:نصف_ساعة 90:ساعة_ونصف
fa      30:نیم_ساعت 90:یک_ساعت_و_نیم
he      15:רבע_שעה 30:חצי_שעה 90:שעה_וחצי
hi      30:आधा_घंटा/आधे_घंटे/आधा_घंटे 90:डेढ़_घंटे/डेढ़_घंटा
bn      30:আধা_ঘণ্টা/আধ_ঘণ্টা/আধঘণ্টা 90:দেড়_ঘণ্টা
ur      30:آدھا_گھنٹہ/آدھے_گھنٹے/آدھ_گھنٹہ 90:ڈیڑھ_گھنٹہ/ڈیڑھ_گھنٹے
id      30:setengah_jam 90:satu_setengah_jam
ms      30:setengah_jam
vi      30:nửa_tiếng/nửa_giờ/nửa_tiếng_đồng_hồ 90:một_tiếng_rưỡi
th      30:ครึ่งชั่วโมง 90:ชั่วโมงครึ่ง
zh      15:一刻钟/一刻鐘 30:半小时/半小時/半个小时/半個小時/半個鐘/半個鐘頭/半个钟头 90:一个半小时/一個半小時 720:半天
        262800:半年
ja      30:半時間/三十分 90:一時間半 720:半日
ko      30:반_시간/반시간 90:한_시간_반 720:반나절
fil     30:kalahating_oras 90:isa't_kalahating_oras
eu      30:ordu_erdi/ordu_erdia 90:ordu_eta_erdi
ca      30:mitja_hora 90:una_hora_i_mitja
gl      30:media_hora 90:unha_hora_e_media
et      30:pool_tundi 90:poolteist_tundi
lv      30:pusstundas/pusstundu 90:pusotras_stundas
lt      30:pusvalandį 90:pusantros_valandos
hr      30:pola_sata/pol_sata 90:sat_i_pol
sl      30:pol_ure 90:uro_in_pol
sq      30:gjysmë_ore
ka      30:ნახევარი_საათის
hy      30:կես_ժամ
az      30:yarım_saat
uz      30:yarim_soat
kk      30:жарты_сағат
lo      30:ເຄິ່ງຊົ່ວໂມງ
km      30:កន្លះម៉ោង
my      30:နာရီဝက်
ta      30:அரை_மணி_நேரத்திற்கு/அரை_மணிநேரத்திற்கு
te      30:అరగంట
ml      30:അര_മണിക്കൂർ
kn      30:ಅರ್ಧ_ಗಂಟೆ/ಅರ್ಧ_ಗಂಟೆಯ
mr      30:अर्धा_तास
gu      30:અડધો_કલાક/અડધા_કલાક
pa      30:ਅੱਧਾ_ਘੰਟਾ
ku      30:nîv_saet/nîv_saetê
ckb     30:نیو_کاتژمێر/نیو_سەعات
ha      30:rabin_sa'a
so      30:nus_saac/nuss_saac
sw      30:nusu_saa
"""

# Words around ages, dates and clock times. before, after: "ago" before and after its age; fore: optional before an
# age that "ago" follows; about: between "ago" and its number; one, some: in place of a number; link: between a number
# and its unit; and: between units; now, today, yesterday, earlier (the day before yesterday), third (three days ago);
# at: before a clock time; on: before a date; of: within a date.
PHRASES = """
en      after:ago fore:about/around/almost/nearly/over/approximately/less_than/more_than one:a/an/one
        some:a_few/few/several/a_couple_of/couple_of and:and
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
sv      fore:för after:sedan/sen one:en/ett some:några and:och about:cirka now:nyss/just_nu/alldeles_nyss
        today:idag/i_dag yesterday:igår/i_går earlier:i_förrgår/förrgår at:kl/klockan on:den
da      fore:for after:siden one:en/et some:få and:og now:lige_nu/netop_nu/nu
        today:i_dag yesterday:i_går earlier:i_forgårs/forgårs at:kl/klokken/klokka on:den
no      fore:for after:siden one:en/ett/ei some:noen and:og now:akkurat_nå/nettopp/nå/nå_nettopp today:i_dag
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
th      fore:เมื่อ after:ที่แล้ว/ที่ผ่านมา/ก่อน/ก่อนหน้านี้/มาแล้ว now:เมื่อสักครู่/เมื่อสักครู่นี้/เมื่อครู่/ตอนนี้
        today:วันนี้
        yesterday:เมื่อวาน/เมื่อวานนี้ earlier:เมื่อวานซืน at:เวลา
zh      after:前/以前/之前 one:一 some:几/幾/数/數 now:刚刚/剛剛/刚才/剛才/现在/現在 today:今天/今日 yesterday:昨天/昨日
        earlier:前天 third:大前天
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
eu      before:duela/orain_dela one:bat now:orain/oraintxe today:gaur yesterday:atzo earlier:herenegun
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
my      before:ပြီးခဲ့သည့်/ပြီးခဲ့သော/လွန်ခဲ့သော/လွန်ခဲ့သည့် after:အကြာက/အကြာ/အရင်က one:တစ် about:ခန့် today:ယနေ့/ဒီနေ့
        yesterday:မနေ့က/မနေ့/ယမန်နေ့/ယမန်နေ့က now:ယခု/ယခုလေးတင် earlier:တစ်နေ့က at:အချိန်
am      before:ከ after:በፊት one:አንድ now:አሁን today:ዛሬ yesterday:ትናንት/ትናንትና earlier:ከትናንት_ወዲያ
fil     after:ang_nakalipas/na_ang_nakalipas/nang_nakalipas/ang_nakaraan/na_ang_nakaraan/ang_nakararaan/ang_nakakaraan
        one:isang/isa some:ilang link:na now:ngayon_lang/ngayon-ngayon_lang/kanina_lang today:ngayong_araw
        yesterday:kahapon earlier:kamakalawa/noong_isang_araw at:nang_alas
lo      after:ກ່ອນ/ກ່ອນໜ້ານີ້/ກ່ອນຫນ້ານີ້/ກ່ອນນີ້/ຜ່ານມາ/ທີ່ຜ່ານມາ/ຜ່ານມານີ້/ທີ່ແລ້ວ one:ໜຶ່ງ/ຫນຶ່ງ some:ສອງສາມ
        now:ດຽວນີ້/ຕອນນີ້/ຫາກໍ່ today:ມື້ນີ້ yesterday:ມື້ວານ/ມື້ວານນີ້ earlier:ມື້ຊືນ/ມື້ຊືນນີ້ at:ເວລາ of:ເດືອນ/ປີ
km      fore:កាលពី/ប្រហែល after:មុន/មុននេះ/មុន_នេះ/កន្លងទៅ/កន្លងមក/ដែលបានកន្លងទៅ/កន្លងទៅនេះ one:មួយ some:ប៉ុន្មាន
        now:អម្បាញ់មិញ/ឥឡូវនេះ today:ថ្ងៃនេះ yesterday:ម្សិលមិញ/កាលពីម្សិលមិញ/ម្សិលម៉ិញ earlier:ម្សិលម្ង៉ៃ at:ម៉ោង
        of:ខែ/ឆ្នាំ
bs-Cyrl before:прије one:једну now:сада
"""

# The same for languages whose words for "ago" mean something else elsewhere: they need a unit of `UNITS_BESIDE_AGO`.
RARER_PHRASES = """
ku      before:berî/beriya/berîya after:berê/beriya_niha/berî_niha/berîya_niha one:yek some:çend and:û
        now:niha today:îro yesterday:duh_ê/duhî
ckb     fore:لە before:پێش/بەر_لە
        after:پێش_ئێستا/پێش_ئەمڕۆ/لەمەوبەر/لەمەوپێش/لەوەوبەر/پێشتر/بەر_لە_ئێستا
        one:یەک some:چەند  and:و about:نزیکەی now:ئێستا/هەر_ئێستا today:ئەمڕۆ/ئەمرۆ
        yesterday:دوێنێ/دوێنی earlier:پێرێ at:کاتژمێر/سەعات
ha      after:da_suka_gabata/da_ta_gabata/da_ya_gabata/da_suka_wuce/da_ta_wuce/da_ya_wuce/da_suka_shude
        one:ɗaya/daya some:kaɗan/kadan and:da now:yanzu/yanzun_nan today:yau yesterday:jiya earlier:shekaranjiya
        at:ƙarfe
so      after:kahor/ka_hor/khr/horay one:hal/kow some:dhowr and:iyo now:hadda/imminka today:maanta yesterday:shalay
        earlier:dorraad
ps      after:مخکې/مخکښې/وړاندې/دمخه/پخوا/مخې fore:له one:یو/یوه some:څو and:او now:اوس today:نن yesterday:پرون
        of:د
cy      after:yn_ôl one:un now:newydd_fod  today:heddiw yesterday:ddoe earlier:echdoe
as      after:পূৰ্বে/আগতে/আগত one:এক/এটা some:কেইটামান today:আজি yesterday:কালি earlier:পৰহি now:এতিয়া
or      after:ପୂର୍ବେ/ପୂର୍ବରୁ/ଆଗରୁ/ତଳେ one:ଏକ some:କିଛି now:ବର୍ତ୍ତମାନ today:ଆଜି yesterday:ଗତକାଲି earlier:ପଅରଦିନ
sd      after:پهرين/اڳ/اڳي one:هڪ some:ڪجهه now:هاڻي today:اڄ yesterday:ڪالهه
tg      after:пеш/қабл one:як some:чанд now:ҳозир/ҳозир_ҳозир today:имрӯз yesterday:дирӯз earlier:парерӯз at:соати
tt      after:элек one:бер some:берничә now:хәзер today:бүген yesterday:кичә
ug      after:ئىلگىرى/بۇرۇن/ئاۋۋال one:بىر some:بىرنەچچە now:ھازىر today:بۈگۈن yesterday:تۈنۈگۈن
mt      after:ilu some:ftit today:illum yesterday:ilbieraħ earlier:ilbieraħtlula of:ta'
lb      before:viru/virun one:enger/engem now:grad_elo yesterday:gëschter earlier:virgëschter at:um
fo      after:síðan one:ein/eina now:beint_nú today:í_dag yesterday:í_gjár
fy      after:lyn today:hjoed yesterday:juster earlier:earjuster now:krekt_no at:om
ti      before:ቅድሚ one:ሓደ now:ሕጂ today:ሎሚ yesterday:ትማሊ
om      after:darbe/darban/dura one:tokko today:har'a yesterday:kaleessa
yo      after:sẹ́yìn/sẹ́hìn one:kan
ig      after:gara_aga one:otu now:ugbu_a yesterday:ụnyaahụ
zu      after:edlule/eledlule/ezedlule/eyedlule/odlule/ezidlule/adlule today:namuhla yesterday:izolo
nn      fore:for after:sidan one:ein/ei/eitt some:nokre now:akkurat_no/nett_no today:i_dag yesterday:i_går
        earlier:i_førgår
gd      after:air_ais now:an-dràsta today:an-diugh yesterday:an-dè earlier:a-bhòin-dè
br      after:zo today:hiziv yesterday:dec'h
jv      after:kepungkur today:dina_iki
ast     before:hai one:un/una now:agora today:güei yesterday:ayeri
eo      before:antaŭ one:unu today:hodiaŭ yesterday:hieraŭ earlier:antaŭhieraŭ
uz-Cyrl after:олдин/аввал one:бир now:ҳозир/ҳозиргина today:бугун yesterday:кеча
kok     after:आदीं one:एक today:आयज yesterday:काल
hi-Latn after:pahle/pehle one:ek some:kuch now:abhi_abhi
se      after:árat today:odne yesterday:ikte
"""
