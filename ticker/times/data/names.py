"""Names of months and weekdays, in the languages of news pages.

Each table has one row per language: its code, then one group of spellings for each month from January (weekday
from Monday). ``/`` separates spellings, and ``_`` stands for a space. Case, accents and the full stop after an
abbreviation do not matter. If two languages use one word with different meanings, the first row wins;
``DOTTED_MONTHS`` has the names whose meaning depends on the full stop before them.

Source: Unicode CLDR 47 (wide and abbreviated names, format and stand-alone), and other forms that pages use.
"""

from __future__ import annotations

MONTHS = """
en      january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct
        november/nov december/dec
fr      janvier/janv/jan février/févr/fev mars avril/avr mai juin juillet/juil/jul août septembre/sept/sep
        octobre/oct novembre/nov décembre/déc
de      januar/jan/jänner februar/feb/feber/febr märz/mär/mrz/maerz april/apr mai juni/jun/juno juli/jul august/aug
        september/sept/sep oktober/okt november/nov dezember/dez
es      enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago/agto
        septiembre/sept/setiembre/set octubre/oct noviembre/nov diciembre/dic
pt      janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set
        outubro/out novembro/nov dezembro/dez
it      gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago settembre/set
        ottobre/ott novembre/nov dicembre/dic
nl      januari/jan februari/feb maart/mrt/mar april/apr mei juni/jun juli/jul augustus/aug september/sep/sept
        oktober/okt november/nov december/dec
sv      januari/jan februari/feb mars/mar april/apr maj juni/jun juli/jul augusti/aug september/sep/sept oktober/okt
        november/nov december/dec
da      januar/jan februar/feb marts/mar april/apr maj juni/jun juli/jul august/aug september/sep/sept oktober/okt
        november/nov december/dec
no      januar/jan februar/feb mars/mar april/apr mai juni/jun juli/jul august/aug september/sep/sept oktober/okt
        november/nov desember/des
fi      tammikuuta/tammikuu/tammi helmikuuta/helmikuu/helmi maaliskuuta/maaliskuu/maalis huhtikuuta/huhtikuu/huhti
        toukokuuta/toukokuu/touko kesäkuuta/kesäkuu/kesä heinäkuuta/heinäkuu/heinä elokuuta/elokuu/elo
        syyskuuta/syyskuu/syys lokakuuta/lokakuu/loka marraskuuta/marraskuu/marras joulukuuta/joulukuu/joulu
pl      stycznia/styczeń/sty lutego/luty/lut marca/marzec/mar kwietnia/kwiecień/kwi maja/maj czerwca/czerwiec/cze
        lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz października/październik/paź
        listopada/listopad/lis grudnia/grudzień/gru
cs      ledna/leden/led února/únor/úno března/březen/bře dubna/duben/dub května/květen/kvě června/červen/čvn
        července/červenec/čvc srpna/srpen/srp září/zář října/říjen/říj listopadu/listopad/lis prosince/prosinec/pro
sk      januára/január/jan februára/február/feb marca/marec/mar apríla/apríl/apr mája/máj júna/jún júla/júl
        augusta/august/aug septembra/september/sep októbra/október/okt novembra/november/nov decembra/december/dec
hu      január/jan február/febr/feb március/márc április/ápr május/máj június/jún július/júl augusztus/aug
        szeptember/szept/szep október/okt november/nov december/dec
ro      ianuarie/ian februarie/feb martie/mar aprilie/apr mai iunie/iun iulie/iul august/aug septembrie/sept/sep
        octombrie/oct noiembrie/nov/noi decembrie/dec
bg      януари/яну/ян февруари/фев март април/апр май юни юли август/авг септември/сеп/септ октомври/окт
        ноември/ное/ноем декември/дек
ru      января/январь/янв февраля/февраль/февр/фев марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн
        июля/июль/июл августа/август/авг сентября/сентябрь/сент/сен октября/октябрь/окт ноября/ноябрь/нояб/ноя
        декабря/декабрь/дек
uk      січня/січень/січ лютого/лютий/лют березня/березень/бер квітня/квітень/квіт травня/травень/трав
        червня/червень/черв липня/липень/лип серпня/серпень/серп вересня/вересень/вер жовтня/жовтень/жовт
        листопада/листопад/лист грудня/грудень/груд
el      ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ απριλίου/απρίλιος/απρ
        μαΐου/μάιος/μαΐ ιουνίου/ιούνιος/ιουν ιουλίου/ιούλιος/ιουλ αυγούστου/αύγουστος/αυγ
        σεπτεμβρίου/σεπτέμβριος/σεπ οκτωβρίου/οκτώβριος/οκτ νοεμβρίου/νοέμβριος/νοε δεκεμβρίου/δεκέμβριος/δεκ
tr      ocak/oca şubat/şub mart/mar nisan/nis mayıs/may haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki
        kasım/kas aralık/ara
ar      يناير/كانون_الثاني/جانفي فبراير/شباط/فيفري مارس/آذار أبريل/نيسان/أفريل مايو/أيار/ماي يونيو/حزيران/جوان
        يوليو/تموز/يوليوز/جويلية أغسطس/آب/غشت/أوت سبتمبر/أيلول/شتنبر أكتوبر/تشرين_الأول نوفمبر/تشرين_الثاني/نونبر
        ديسمبر/كانون_الأول/دجنبر
fa      ژانویه/ژانویهٔ فوریه/فوریهٔ مارس آوریل مه/مهٔ/می ژوئن ژوئیه/ژوئیهٔ/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر
he      ינואר/ינו/בינואר/בינו פברואר/פבר/בפברואר/בפבר מרץ/מארס/במרץ/במארס אפריל/אפר/באפריל/באפר מאי/במאי יוני/ביוני
        יולי/ביולי אוגוסט/אוג/באוגוסט/באוג ספטמבר/ספט/בספטמבר/בספט אוקטובר/אוק/באוקטובר/באוק נובמבר/נוב/בנובמבר/בנוב
        דצמבר/דצמ/בדצמבר/בדצמ
hi      जनवरी/जन फ़रवरी/फ़र/फरवरी/फर मार्च अप्रैल मई जून जुलाई/जुल अगस्त/अग सितंबर/सित/सितम्बर अक्टूबर/अक्टू/अक्तूबर
        नवंबर/नव/नवम्बर दिसंबर/दिस/दिसम्बर
bn      জানুয়ারী/জানু/জানুয়ারি ফেব্রুয়ারী/ফেব/ফেব্রুয়ারি মার্চ এপ্রিল/এপ্রি মে জুন জুলাই/জুল
        আগস্ট/আগ/অগস্ট/আগষ্ট সেপ্টেম্বর/সেপ অক্টোবর/অক্টো নভেম্বর/নভে ডিসেম্বর/ডিসে
ur      جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
id      januari/jan februari/feb/pebruari/peb maret/mar april/apr mei juni/jun juli/jul agustus/agu/agt/ags/agust
        september/sep oktober/okt november/nov/nopember/nop desember/des
ms      januari/jan februari/feb mac april/apr mei jun julai/jul ogos/ogo september/sep oktober/okt november/nov
        disember/dis
th      มกราคม/ม.ค./ม.ค กุมภาพันธ์/ก.พ./ก.พ มีนาคม/มี.ค./มี.ค เมษายน/เม.ย./เม.ย พฤษภาคม/พ.ค./พ.ค มิถุนายน/มิ.ย./มิ.ย
        กรกฎาคม/ก.ค./ก.ค สิงหาคม/ส.ค./ส.ค กันยายน/ก.ย./ก.ย ตุลาคม/ต.ค./ต.ค พฤศจิกายน/พ.ย./พ.ย ธันวาคม/ธ.ค./ธ.ค
sr      јануар/јан фебруар/феб март/мар април/апр мај јун/јуни јул/јули август/авг септембар/сеп октобар/окт
        новембар/нов децембар/дец
sr-Latn januar/jan februar/feb mart/mar april/apr maj jun/juni jul/juli avgust/avg septembar/sep oktobar/okt
        novembar/nov decembar/dec
hr      siječnja/siječanj/sij veljače/veljača/velj/vlj ožujka/ožujak/ožu travnja/travanj/tra svibnja/svibanj/svi
        lipnja/lipanj/lip srpnja/srpanj/srp kolovoza/kolovoz/kol rujna/rujan/ruj listopada/listopad/lis
        studenoga/studeni/stu/studenog prosinca/prosinac/pro
sl      januar/jan/januarja februar/feb/februarja marec/mar/marca april/apr/aprila maj/maja junij/jun/junija
        julij/jul/julija avgust/avg/avgusta september/sep/septembra oktober/okt/oktobra november/nov/novembra
        december/dec/decembra
et      jaanuar/jaan veebruar/veebr märts aprill/apr mai juuni juuli august/aug september/sept oktoober/okt
        november/nov detsember/dets
lv      janvāris/janv/janvārī februāris/febr/februārī marts/martā aprīlis/apr/aprīlī maijs/maijā jūnijs/jūn/jūnijā
        jūlijs/jūl/jūlijā augusts/aug/augustā septembris/sept/septembrī oktobris/okt/oktobrī novembris/nov/novembrī
        decembris/dec/decembrī
lt      sausio/sausis/saus vasario/vasaris/vas kovo/kovas/kov balandžio/balandis/bal gegužės/gegužė/geg
        birželio/birželis/birž liepos/liepa/liep rugpjūčio/rugpjūtis/rugp rugsėjo/rugsėjis/rugs spalio/spalis/spal
        lapkričio/lapkritis/lapkr gruodžio/gruodis/gruod
ca      gener/gen febrer/febr març abril/abr maig juny juliol/jul agost/ag setembre/set octubre/oct novembre/nov
        desembre/des
gl      xaneiro/xan febreiro/feb marzo/mar abril/abr maio xuño xullo/xul agosto/ago setembro/set outubro/out
        novembro/nov decembro/dec
eu      urtarrila/urt/urtarrilak/urtarrilaren otsaila/ots/otsailak/otsailaren martxoa/mar/martxoak/martxoaren
        apirila/api/apirilak/apirilaren maiatza/mai/maiatzak/maiatzaren ekaina/eka/ekainak/ekainaren
        uztaila/uzt/uztailak/uztailaren abuztua/abu/abuztuak/abuztuaren iraila/ira/irailak/irailaren
        urria/urr/urriak/urriaren azaroa/aza/azaroak/azaroaren abendua/abe/abenduak/abenduaren
af      januarie/jan februarie/feb maart/mrt april/apr mei junie/jun julie/jul augustus/aug september/sep
        oktober/okt november/nov desember/des
sw      januari/jan februari/feb machi/mac aprili/apr mei juni/jun julai/jul agosti/ago septemba/sep oktoba/okt
        novemba/nov desemba/des
is      janúar/jan febrúar/feb mars/mar apríl/apr maí júní/jún júlí/júl ágúst/ágú september/sep/sept október/okt
        nóvember/nóv desember/des
ga      eanáir/ean feabhra/feabh márta aibreán/aib bealtaine/beal meitheamh/meith iúil lúnasa/lún meán_fómhair/mfómh
        deireadh_fómhair/dfómh samhain/samh nollaig/noll
mk      јануари/јан февруари/фев март/мар април/апр мај јуни/јун јули/јул август/авг септември/сеп октомври/окт
        ноември/ное декември/дек
bs      januar/jan februar/feb mart/mar april/apr maj juni/jun juli/jul august/aug septembar/sep oktobar/okt
        novembar/nov decembar/dec
be      студзеня/студзень/сту лютага/люты/лют сакавіка/сакавік/сак красавіка/красавік/кра мая/май чэрвеня/чэрвень/чэр
        ліпеня/ліпень/ліп жніўня/жнівень/жні верасня/верасень/вер кастрычніка/кастрычнік/кас лістапада/лістапад/ліс
        снежня/снежань/сне
sq      janar/jan shkurt/shk mars/mar prill/pri maj qershor/qer korrik/korr gusht/gush shtator/sht tetor/tet
        nëntor/nën dhjetor/dhj
ka      იანვარი/იან თებერვალი/თებ მარტი/მარ აპრილი/აპრ მაისი/მაი ივნისი/ივნ ივლისი/ივლ აგვისტო/აგვ სექტემბერი/სექ
        ოქტომბერი/ოქტ ნოემბერი/ნოე დეკემბერი/დეკ
hy      հունվարի/հունվար/հնվ փետրվարի/փետրվար/փտվ մարտի/մարտ/մրտ ապրիլի/ապրիլ/ապր մայիսի/մայիս/մյս հունիսի/հունիս/հնս
        հուլիսի/հուլիս/հլս օգոստոսի/օգոստոս/օգս սեպտեմբերի/սեպտեմբեր/սեպ հոկտեմբերի/հոկտեմբեր/հոկ
        նոյեմբերի/նոյեմբեր/նոյ դեկտեմբերի/դեկտեմբեր/դեկ
az      yanvar/yan fevral/fev mart/mar aprel/apr may iyun/iyn iyul/iyl avqust/avq sentyabr/sen oktyabr/okt noyabr/noy
        dekabr/dek
uz      yanvar/yan fevral/fev mart/mar aprel/apr may iyun/iyn iyul/iyl avgust/avg sentabr/sen oktabr/okt noyabr/noy
        dekabr/dek
kk      қаңтар/қаң ақпан/ақп наурыз/нау сәуір/сәу мамыр/мам маусым/мау шілде/шіл тамыз/там қыркүйек/қыр қазан/қаз
        қараша/қар желтоқсан/жел
ky      январь/янв февраль/фев март/мар апрель/апр май июнь/июн июль/июл август/авг сентябрь/сен октябрь/окт
        ноябрь/ноя декабрь/дек
mn      нэгдүгээр_сар/нэгдүгээр_сарын хоёрдугаар_сар/хоёрдугаар_сарын гуравдугаар_сар/гуравдугаар_сарын
        дөрөвдүгээр_сар/дөрөвдүгээр_сарын тавдугаар_сар/тавдугаар_сарын зургаадугаар_сар/зургаадугаар_сарын
        долоодугаар_сар/долоодугаар_сарын наймдугаар_сар/наймдугаар_сарын есдүгээр_сар/есдүгээр_сарын
        аравдугаар_сар/аравдугаар_сарын арван_нэгдүгээр_сар/арван_нэгдүгээр_сарын
        арван_хоёрдугаар_сар/арван_хоёрдугаар_сарын
ta      ஜனவரி/ஜன பிப்ரவரி/பிப் மார்ச்/மார் ஏப்ரல்/ஏப் மே ஜூன் ஜூலை ஆகஸ்ட்/ஆக செப்டம்பர்/செப் அக்டோபர்/அக் நவம்பர்/நவ
        டிசம்பர்/டிச
te      జనవరి/జన ఫిబ్రవరి/ఫిబ్ర మార్చి ఏప్రిల్/ఏప్రి మే జూన్ జులై ఆగస్టు/ఆగ సెప్టెంబర్/సెప్టెం అక్టోబర్/అక్టో
        నవంబర్/నవం డిసెంబర్/డిసెం
ml      ജനുവരി/ജനു ഫെബ്രുവരി/ഫെബ്രു മാർച്ച്/മാർ ഏപ്രിൽ/ഏപ്രി മേയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ്/ഓഗ സെപ്റ്റംബർ/സെപ്റ്റം
        ഒക്‌ടോബർ/ഒക്ടോ നവംബർ/നവം ഡിസംബർ/ഡിസം
kn      ಜನವರಿ/ಜನ ಫೆಬ್ರವರಿ/ಫೆಬ್ರ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್/ಏಪ್ರಿ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್/ಆಗ ಸೆಪ್ಟೆಂಬರ್/ಸೆಪ್ಟೆಂ ಅಕ್ಟೋಬರ್/ಅಕ್ಟೋ
        ನವೆಂಬರ್/ನವೆಂ ಡಿಸೆಂಬರ್/ಡಿಸೆಂ
mr      जानेवारी/जाने फेब्रुवारी/फेब्रु मार्च एप्रिल/एप्रि मे जून जुलै ऑगस्ट/ऑग सप्टेंबर/सप्टें ऑक्टोबर/ऑक्टो
        नोव्हेंबर/नोव्हें डिसेंबर/डिसें
gu      જાન્યુઆરી/જાન્યુ ફેબ્રુઆરી/ફેબ્રુ માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટેમ્બર/સપ્ટે ઑક્ટોબર/ઑક્ટો નવેમ્બર/નવે
        ડિસેમ્બર/ડિસે
pa      ਜਨਵਰੀ/ਜਨ ਫ਼ਰਵਰੀ/ਫ਼ਰ ਮਾਰਚ ਅਪ੍ਰੈਲ/ਅਪ੍ਰੈ ਮਈ ਜੂਨ ਜੁਲਾਈ/ਜੁਲਾ ਅਗਸਤ/ਅਗ ਸਤੰਬਰ/ਸਤੰ ਅਕਤੂਬਰ/ਅਕਤੂ ਨਵੰਬਰ/ਨਵੰ ਦਸੰਬਰ/ਦਸੰ
ne      जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर
si      ජනවාරි/ජන පෙබරවාරි/පෙබ මාර්තු/මාර් අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු/අගෝ සැප්තැම්බර්/සැප් ඔක්තෝබර්/ඔක්
        නොවැම්බර්/නොවැ දෙසැම්බර්/දෙසැ
my      ဇန်နဝါရီ/ဇန် ဖေဖော်ဝါရီ/ဖေ မတ် ဧပြီ/ဧ မေ ဇွန် ဇူလိုင်/ဇူ ဩဂုတ်/ဩ စက်တင်ဘာ/စက် အောက်တိုဘာ/အောက် နိုဝင်ဘာ/နို
        ဒီဇင်ဘာ/ဒီ
am      ጃንዋሪ/ጃን ፌብሩዋሪ/ፌብ ማርች ኤፕሪል/ኤፕሪ ሜይ ጁን ጁላይ ኦገስት/ኦገስ ሴፕቴምበር/ሴፕቴ ኦክቶበር/ኦክቶ ኖቬምበር/ኖቬም ዲሴምበር/ዲሴም
fil     enero/ene pebrero/peb marso/mar abril/abr mayo/may hunyo/hun hulyo/hul agosto/ago setyembre/set oktubre/okt
        nobyembre/nob disyembre/dis
zh      一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月
ku      rêbendan sibat adar nîsan gulan hezîran tîrmeh tebax îlon cotmeh mijdar berfanbar
ckb     کانوونی_دووەم شوبات ئازار نیسان ئایار حوزەیران تەمووز ئاب ئەیلوول تشرینی_یەکەم تشرینی_دووەم کانونی_یەکەم
ha      janairu faburairu maris afirilu mayu yuni yuli agusta satumba oktoba nuwamba disamba
so      janaayo/jannaayo febraayo maarso abriil maayo juun luulyo agosto/ogosto sebtembar/sebteembar oktoobar
        noofeembar diseembar
lo      ມັງກອນ/ມ.ກ ກຸມພາ/ກ.ພ ມີນາ/ມ.ນ ເມສາ/ມ.ສ ພຶດສະພາ/ພ.ພ ມິຖຸນາ/ມິ.ຖ ກໍລະກົດ/ກ.ລ ສິງຫາ/ສ.ຫ ກັນຍາ/ກ.ຍ ຕຸລາ/ຕ.ລ
        ພະຈິກ/ພ.ຈ ທັນວາ/ທ.ວ
km      មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ
ps      جنوري فبروري/فېبروري مارچ اپریل مۍ جون جولای اګست سېپتمبر/سپتمبر اکتوبر نومبر دسمبر
cy      ionawr chwefror/chwef mawrth ebrill mai mehefin gorffennaf/gorff awst medi hydref tachwedd rhagfyr
as      জানুৱাৰী/জানু ফেব্ৰুৱাৰী/ফেব্ৰু মাৰ্চ এপ্ৰিল মে' জুন জুলাই আগষ্ট/আগ ছেপ্তেম্বৰ/ছেপ্তে অক্টোবৰ/অক্টো
        নৱেম্বৰ/নৱে ডিচেম্বৰ/ডিচে
or      ଜାନୁଆରୀ ଫେବୃଆରୀ ମାର୍ଚ୍ଚ ଅପ୍ରେଲ ମଇ ଜୁନ ଜୁଲାଇ ଅଗଷ୍ଟ ସେପ୍ଟେମ୍ବର ଅକ୍ଟୋବର ନଭେମ୍ବର ଡିସେମ୍ବର
sd      جنوري فيبروري مارچ اپريل مئي جون جولاءِ آگسٽ سيپٽمبر آڪٽوبر نومبر ڊسمبر
tk      ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr
tg      январ феврал март апрел май июн июл август сентябр октябр ноябр декабр
tt      гыйнвар февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
ug      يانۋار فېۋرال مارت ئاپرېل ماي ئىيۇن ئىيۇل ئاۋغۇست سېنتەبىر ئۆكتەبىر نويابىر دېكابىر
mt      jannar frar marzu april mejju ġunju lulju awwissu settembru ottubru novembru diċembru
lb      januar februar mäerz abrëll mai juni juli august september oktober november dezember
fo      januar februar mars apríl mai juni juli august september oktober november desember
fy      jannewaris febrewaris maart april maaie juny july augustus septimber oktober novimber desimber
ti      ጥሪ ለካቲት/ለካ መጋቢት/መጋ ሚያዝያ/ሚያ ጉንበት/ግን ሰነ ሓምለ/ሓም ነሓሰ/ነሓ መስከረም/መስ ጥቅምቲ/ጥቅ ሕዳር/ሕዳ ታሕሳስ/ታሕ
om      amajjii guraandhala bitootessa eebila caamsaa waxabajjii adoolessa hagayya fulbaana onkoloolessa sadaasa mudde
ig      jenụwarị febrụwarị maachị epreel mee jun julaị ọgọọst/ọgọ septemba ọktoba novemba disemba
zu      januwari februwari mashi ephreli meyi juni julayi agasti septhemba okthoba novemba disemba
ast     de_xineru/xineru de_febreru/febreru de_marzu/marzu d'abril/abril de_mayu de_xunu de_xunetu/xunetu
        d'agostu/agostu de_setiembre/setiembre d'ochobre/ochobre de_payares/payares d'avientu/avientu
eo      januaro februaro marto aprilo majo junio julio aŭgusto septembro oktobro novembro decembro
bs-Cyrl јануар фебруар март април мај јуни јули аугуст септембар октобар новембар децембар
kok     जानेवारी फेब्रुवारी मार्च एप्रील मे जून जुलय ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर
se      ođđajagemánnu guovvamánnu njukčamánnu cuoŋománnu miessemánnu geassemánnu suoidnemánnu borgemánnu čakčamánnu
        golggotmánnu skábmamánnu juovlamánnu
my      ဇန်နဝါရီလ ဖေဖော်ဝါရီလ မတ်လ ဧပြီလ မေလ ဇွန်လ ဇူလိုင်လ ဩဂုတ်လ စက်တင်ဘာလ အောက်တိုဘာလ နိုဝင်ဘာလ ဒီဇင်ဘာလ
"""

# The Persian calendar of Iran and Afghanistan, from Farvardin; `calendars.py` converts its dates.
JALALI_MONTHS = """
fa      فروردین اردیبهشت خرداد تیر مرداد/امرداد شهریور مهر آبان آذر دی بهمن اسفند
prs     حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت
ps      وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب
"""

WEEKDAYS = """
en      monday/mon/mo/mond tuesday/tue/tu/tues wednesday/wed/we/weds thursday/thu/th/thur/thurs friday/fri/fr
        saturday/sat/sa sunday/sun/su
fr      lundi/lun/lu mardi/mar/ma mercredi/mer/me jeudi/jeu/je vendredi/ven/ve samedi/sam/sa dimanche/dim/di
de      montag/mo dienstag/di mittwoch/mi donnerstag/do freitag/fr samstag/sa/sonnabend sonntag/so
es      lunes/lun/lu martes/mar/ma miércoles/mié/mi jueves/jue/ju viernes/vie/vi sábado/sáb/sa domingo/dom/do
pt      segunda-feira/seg/segunda terça-feira/ter/terça quarta-feira/qua/quarta quinta-feira/qui/quinta
        sexta-feira/sex/sexta sábado/sáb domingo/dom
it      lunedì/lun martedì/mar mercoledì/mer giovedì/gio venerdì/ven sabato/sab domenica/dom
nl      maandag/ma dinsdag/di woensdag/wo donderdag/do vrijdag/vr zaterdag/za zondag/zo
sv      måndag/mån/må tisdag/tis/ti onsdag/ons/on torsdag/tors/to fredag/fre/fr lördag/lör/lö söndag/sön/sö
da      mandag/man/ma tirsdag/tirs/ti onsdag/ons/on torsdag/tors/to fredag/fre/fr lørdag/lør/lø søndag/søn/sø
no      mandag/man/ma tirsdag/tir/ti onsdag/ons/on torsdag/tor/to fredag/fre/fr lørdag/lør/lø søndag/søn/sø
fi      maanantaina/maanantai/ma tiistaina/tiistai/ti keskiviikkona/keskiviikko/ke torstaina/torstai/to
        perjantaina/perjantai/pe lauantaina/lauantai/la sunnuntai/su/sunnuntaina
pl      poniedziałek/pon wtorek/wt/wto środa/śr/śro/środę czwartek/czw piątek/pt/pią sobota/sob/sobotę
        niedziela/niedz/nie/niedzielę/ndz
cs      pondělí/po úterý/út středa/st/středu čtvrtek/čt pátek/pá sobota/so/sobotu neděle/ne/neděli
sk      pondelok/po utorok/ut streda/st/stredu štvrtok/št piatok/pi sobota/so/sobotu nedeľa/ne/nedeľu
hu      hétfő kedd szerda/sze csütörtök/cs péntek szombat/szo vasárnap
ro      luni/lun/lu marți/mar/ma miercuri/mie/mi joi vineri/vin/vi sâmbătă/sâm/sâ duminică/dum/du
bg      понеделник/пн вторник/вт сряда/ср четвъртък/чт петък/пт събота/сб неделя/нд
ru      понедельник/пн вторник/вт среда/ср/среду четверг/чт пятница/пт/пятницу суббота/сб/субботу воскресенье/вс
uk      понеділок/пн вівторок/вт середа/ср/середу четвер/чт п'ятниця/пт/п'ятницю субота/сб/суботу неділя/нд/неділю
el      δευτέρα/δευ/δε τρίτη/τρί/τρ τετάρτη/τετ/τε πέμπτη/πέμ/πέ παρασκευή/παρ/πα σάββατο/σάβ/σά κυριακή/κυρ/κυ
tr      pazartesi/pzt/pt salı/sal/sa çarşamba/çar/ça perşembe/per/pe cuma/cum/cu cumartesi/cmt/ct pazar/paz/pa
ar      الاثنين/إثنين الثلاثاء/ثلاثاء الأربعاء/أربعاء الخميس/خميس الجمعة/جمعة السبت/سبت الأحد/أحد
fa      دوشنبه سه_شنبه/سه_شنبه چهارشنبه/چهار_شنبه پنجشنبه/پنج_شنبه جمعه شنبه یکشنبه/یک_شنبه
he      יום_שני/יום_ב יום_שלישי/יום_ג יום_רביעי/יום_ד יום_חמישי/יום_ה יום_שישי/יום_ו יום_שבת/שבת יום_ראשון/יום_א
hi      सोमवार/सोम/सो मंगलवार/मंगल/मं बुधवार/बुध/बु गुरुवार/गुरु/गु/बृहस्पतिवार/वीरवार शुक्रवार/शुक्र/शु शनिवार/शनि
        रविवार/रवि
bn      সোমবার/সোম/সোঃ মঙ্গলবার/মঙ্গল/মঃ বুধবার/বুধ/বুঃ বৃহস্পতিবার/বৃহস্পতি/বৃঃ শুক্রবার/শুক্র/শুঃ শনিবার/শনি
        রবিবার/রবি/রঃ
ur      پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار
id      senin/sen selasa/sel rabu/rab kamis/kam jumat/jum/jum'at sabtu/sab minggu/min
ms      isnin/isn/is selasa/sel/se rabu/rab/ra khamis/kha/kh jumaat/jum/ju sabtu/sab/sa ahad/ahd/ah
th      วันจันทร์/จ. วันอังคาร/อ. วันพุธ/พ. วันพฤหัสบดี/พฤ./พฤ วันศุกร์/ศ. วันเสาร์/ส. วันอาทิตย์/อา./อา
sr      понедељак/пон/по уторак/уто/ут среда/сре/ср четвртак/чет/че петак/пет/пе субота/суб/су недеља/нед/не
sr-Latn ponedeljak/pon/po utorak/uto/ut sreda/sre/sr/sredu četvrtak/čet/če petak/pet/pe subota/sub/su/subotu
        nedelja/ned/ne/nedelju
hr      ponedjeljak/pon utorak/uto srijeda/sri/srijedu četvrtak/čet petak/pet subota/sub/subotu
        nedjelja/ned/nedjelju
sl      ponedeljek/pon torek/tor sreda/sre četrtek/čet petek/pet sobota/sob nedelja/ned
et      esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev
lv      pirmdiena/pirmd/pr otrdiena/otrd/ot trešdiena/trešd/tr ceturtdiena/ceturtd/ce piektdiena/piektd/pk
        sestdiena/sestd/se svētdiena/svētd/sv
lt      pirmadienis/pr antradienis/an trečiadienis/tr ketvirtadienis/kt penktadienis/pn šeštadienis/št
        sekmadienis/sk
ca      dilluns/dl dimarts/dt dimecres/dc dijous/dj divendres/dv dissabte/ds diumenge/dg
gl      luns/lu martes/mar/ma mércores/mér/mé xoves/xov/xo venres/ven/ve sábado/sáb/sá domingo/dom/do
eu      astelehena/al asteartea/ar asteazkena/az osteguna/og ostirala/or larunbata/lr igandea/ig
af      maandag/ma dinsdag/di woensdag/wo donderdag/do vrydag/vr saterdag/sa sondag/so
sw      jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili
is      mánudagur/mán/má/mánudaginn þriðjudagur/þri/þr miðvikudagur/mið/mi fimmtudagur/fim/fi föstudagur/fös/fö
        laugardagur/lau/la sunnudagur/sun/su
ga      dé_luain/luan/lu dé_máirt/máirt/má dé_céadaoin/céad/cé déardaoin/déar/dé dé_haoine/aoine/ao
        dé_sathairn/sath/sa dé_domhnaigh/domh/do
mk      понеделник/пон вторник/вто среда/сре четврток/чет петок/пет сабота/саб недела/нед
bs      ponedjeljak/pon utorak/uto srijeda/sri četvrtak/čet petak/pet subota/sub nedjelja/ned
be      панядзелак/пн аўторак/аў серада/ср чацвер/чц пятніца/пт субота/сб нядзеля/нд
sq      e_hënë/hën e_martë/mar e_mërkurë/mër e_enjte/enj e_premte/pre e_shtunë/sht e_diel/die
ka      ორშაბათი/ორშ სამშაბათი/სამ ოთხშაბათი/ოთხ ხუთშაბათი/ხუთ პარასკევი/პარ შაბათი/შაბ კვირა/კვი
hy      երկուշաբթի/երկ երեքշաբթի/երք չորեքշաբթի/չրք հինգշաբթի/հնգ ուրբաթ/ուր շաբաթ/շբթ կիրակի/կիր
az      bazar_ertəsi/b.e çərşənbə_axşamı/ç.a çərşənbə cümə_axşamı/c.a cümə şənbə bazar
uz      dushanba/dush seshanba/sesh chorshanba/chor payshanba/pay juma/jum shanba/shan yakshanba/yak
kk      дүйсенбі/дс сейсенбі/сс сәрсенбі/ср бейсенбі/бс жұма/жм сенбі/сб жексенбі/жс
ky      дүйшөмбү/дүй шейшемби/шейш шаршемби/шарш бейшемби/бейш жума ишемби/ишм жекшемби/жек
mn      даваа/да мягмар/мя лхагва/лх пүрэв/пү баасан/ба бямба/бя ням/ня
ta      திங்கள்/திங் செவ்வாய்/செவ் புதன்/புத வியாழன்/வியா வெள்ளி/வெள் சனி ஞாயிறு/ஞாயி
te      సోమవారం/సోమ మంగళవారం/మంగళ బుధవారం/బుధ గురువారం/గురు శుక్రవారం/శుక్ర శనివారం/శని ఆదివారం/ఆది
ml      തിങ്കളാഴ്‌ച/തിങ്കൾ ചൊവ്വാഴ്ച/ചൊവ്വാഴ്‌ച/ചൊവ്വ ബുധനാഴ്‌ച/ബുധൻ വ്യാഴാഴ്‌ച/വ്യാഴം വെള്ളിയാഴ്‌ച/വെള്ളി
        ശനിയാഴ്‌ച/ശനി ഞായറാഴ്‌ച/ഞായർ
kn      ಸೋಮವಾರ/ಸೋಮ ಮಂಗಳವಾರ/ಮಂಗಳ ಬುಧವಾರ/ಬುಧ ಗುರುವಾರ/ಗುರು ಶುಕ್ರವಾರ/ಶುಕ್ರ ಶನಿವಾರ/ಶನಿ ಭಾನುವಾರ/ಭಾನು
mr      सोमवार/सोम मंगळवार/मंगळ बुधवार/बुध गुरुवार/गुरु शुक्रवार/शुक्र शनिवार/शनि रविवार/रवि
gu      સોમવાર/સોમ મંગળવાર/મંગળ બુધવાર/બુધ ગુરુવાર/ગુરુ શુક્રવાર/શુક્ર શનિવાર/શનિ રવિવાર/રવિ
pa      ਸੋਮਵਾਰ/ਸੋਮ ਮੰਗਲਵਾਰ/ਮੰਗਲ ਬੁੱਧਵਾਰ/ਬੁੱਧ ਵੀਰਵਾਰ/ਵੀਰ ਸ਼ੁੱਕਰਵਾਰ/ਸ਼ੁੱਕਰ ਸ਼ਨਿੱਚਰਵਾਰ/ਸ਼ਨਿੱਚਰ ਐਤਵਾਰ/ਐਤ
ne      सोमबार/सोम मङ्गलबार/मङ्गल बुधबार/बुध बिहिबार/बिहि शुक्रबार/शुक्र शनिबार/शनि आइतबार/आइत
si      සඳුදා අඟහරුවාදා/අඟහ බදාදා බ්‍රහස්පතින්දා/බ්‍රහස් සිකුරාදා/සිකු සෙනසුරාදා/සෙන ඉරිදා
my      တနင်္လာ အင်္ဂါ ဗုဒ္ဓဟူး ကြာသပတေး သောကြာ စနေ တနင်္ဂနွေ
am      ሰኞ ማክሰኞ/ማክሰ ረቡዕ ሐሙስ ዓርብ ቅዳሜ እሑድ
fil     lunes/lun martes/mar miyerkules/miy huwebes/huw biyernes/biy sabado/sab linggo/lin
vi      thứ_hai/thứ_2 thứ_ba/thứ_3 thứ_tư/thứ_4 thứ_năm/thứ_5 thứ_sáu/thứ_6 thứ_bảy/thứ_7 chủ_nhật
zh      星期一/周一/週一/礼拜一/禮拜一 星期二/周二/週二/礼拜二/禮拜二 星期三/周三/週三/礼拜三/禮拜三
        星期四/周四/週四/礼拜四/禮拜四 星期五/周五/週五/礼拜五/禮拜五 星期六/周六/週六/礼拜六/禮拜六
        星期日/周日/週日/星期天/周天/週天/礼拜天/禮拜天/礼拜日/禮拜日
ja      月曜日/月曜 火曜日/火曜 水曜日/水曜 木曜日/木曜 金曜日/金曜 土曜日/土曜 日曜日/日曜
ko      월요일 화요일 수요일 목요일 금요일 토요일 일요일
ku      duşem sêşem çarşem pêncşem roja_înê roja_şemiyê yekşem
ckb     دووشەممە سێشەممە چوارشەممە پێنجشەممە ھەینی شەممە یەکشەممە
ha      litinin talata laraba alhamis jumma'a asabar lahadi
so      isniin talaado arbaco khamiis jimco sabti axad
lo      ວັນຈັນ ວັນອັງຄານ ວັນພຸດ ວັນພະຫັດ ວັນສຸກ ວັນເສົາ ວັນອາທິດ
km      ច័ន្ទ អង្គារ ពុធ ព្រហស្បតិ៍ សុក្រ សៅរ៍ អាទិត្យ
ps      دونۍ درېنۍ څلرنۍ پينځنۍ جمعه اونۍ يونۍ
cy      dydd_llun dydd_mawrth dydd_mercher dydd_iau dydd_gwener dydd_sadwrn dydd_sul
as      সোমবাৰ মঙ্গলবাৰ বুধবাৰ বৃহস্পতিবাৰ শুক্ৰবাৰ শনিবাৰ দেওবাৰ
or      ସୋମବାର ମଙ୍ଗଳବାର ବୁଧବାର ଗୁରୁବାର ଶୁକ୍ରବାର ଶନିବାର ରବିବାର
sd      سومر اڱارو اربعا خميس جمعو ڇنڇر آچر
tk      duşenbe sişenbe çarşenbe penşenbe anna_güni şenbe ýekşenbe
tg      рӯзи_душанбе сешанбе чоршанбе панҷшанбе ҷумъа шанбе якшанбе
tt      дүшәмбе сишәмбе чәршәмбе пәнҗешәмбе җомга шимбә якшәмбе
ug      دۈشەنبە سەيشەنبە چارشەنبە پەيشەنبە جۈمە شەنبە يەكشەنبە
mt      it-tnejn it-tlieta l-erbgħa il-ħamis il-ġimgħa is-sibt il-ħadd
lb      méindeg dënschdeg mëttwoch donneschdeg freideg samschdeg sonndeg
fo      mánadagur týsdagur mikudagur hósdagur fríggjadagur leygardagur sunnudagur
ti      ሰኑይ ሰሉስ ረቡዕ ሓሙስ ዓርቢ ቀዳም ሰንበት
om      wiixata kibxata roobii kamisa jimaata sanbata dilbata
zu      umsombuluko ulwesibili ulwesithathu ulwesine ulwesihlanu umgqibelo isonto
bs-Cyrl понедјељак уторак сриједа четвртак петак субота недјеља
uz-Cyrl душанба_куни сешанба чоршанба пайшанба жума шанба якшанба
kok     सोमार मंगळार बुधवार बिरेस्तार शुक्रार शेनवार आयतार
se      vuossárga maŋŋebárga gaskavahkku duorasdat bearjadat lávvardat sotnabeaivi
"""

# Characters that mean a weekday only in parentheses after a date: 6月12日(木), 6월 12일(목).
WEEKDAY_SIGNS = """
ja      月 火 水 木 金 土 日
ko      월 화 수 목 금 토 일
zh      一 二 三 四 五 六 日
"""

# "12 listopada" is November in Polish; "12. listopada", with the full stop of an ordinal, is October in Croatian.
# The others differ in the same way: Polish, Czech and Croatian share names with different meanings.
DOTTED_MONTHS = {"listopada": 10, "listopad": 10, "lis": 10, "lip": 6, "srp": 7}
