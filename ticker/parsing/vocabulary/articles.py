"""Tables of words in and around articles, in several languages.

``blocks.split_words`` splits class names for these tables. The phrases are parts of regular expressions. No word is
specific to one site.
"""

from __future__ import annotations

# Class names of the block that holds an article's text: two words of one name, or one word that is enough.
BODY_PAIRS = frozenset(
    tuple(sorted(pair.split("-")))
    for pair in (
        "article-body article-content article-text article-main article-detail story-body story-content "
        "story-text entry-content entry-body post-content post-body post-text post-entry news-content news-body "
        "news-text news-detail content-body content-text content-main main-content body-content body-text body-copy "
        "text-content rich-text artikel-body artikel-text artikel-inhalt artikel-content texte-article "
        "corps-article contenu-article article-corps cuerpo-noticia texto-noticia cuerpo-articulo contenido-noticia "
        "corpo-noticia texto-materia corpo-materia testo-articolo corpo-articolo articolo-testo tekst-artikel "
        "artykul-tresc tresc-artykulu haber-metni haber-icerik haber-detay detail-content single-content"
    ).split()
)
BODY_NAMES = frozenset(
    "articlebody storybody storytext articletext articlecontent postcontent postbody entrycontent newsbody newstext "
    "artikeltext brodtext brødtekst bodytext cuerpo corpo corps".split()
)
# Class names of an article's first paragraph, its summary.
LEAD_NAMES = frozenset(
    "lead lede leadin leadtext intro introduction ingress ingressi standfirst dek deck strapline strap subtitle "
    "subtitles subheadline subheading subhead sub subtitulo subtitular entradilla bajada copete sumario sumarios "
    "summary excerpt abstract chapo chapeau chapo accroche preface einleitung vorspann anriss teaser description "
    "epigraph epigrafe gravata linhafina sommario occhiello catenaccio abstract manchet underrubrik undertitel "
    "perex zajawka spot ozet".split()
)
# Class names of elements in or beside a body that are not part of it.
NOISE_NAMES = frozenset(
    "related relateds recommended recommend recommendations recirc recirculation outbrain taboola "
    "promo promos promotion sponsored ad ads advert adverts advertisement advertising adslot adbox "
    "adcontainer dfp gpt banner share sharing shares sharebar sharetools social socials socialmedia "
    "newsletter newsletters subscribe subscription subscribers signup register login "
    "breadcrumb breadcrumbs pagination pager nav navigation navbar navi menu megamenu footer sidebar toolbar caption "
    "captions figcaption credit credito creditos credits copyright imagecaption imagecredit tags taglist keywords bio "
    "biography aboutauthor byline bylines author authors dateline timestamp rating ratings poll polls vote survey "
    "popup modal overlay tooltip player jwplayer videoplayer carousel slider print sr "
    "sronly visuallyhidden screenreader trending mostread mostpopular tweet twitter instagram facebook tiktok "
    "textwidget testimonial testimonials donation donate donations disclosure disclaimer "
    "teasers teaserlist readmore seealso morenews topnews ticker download whatsapp telegram "
    "verwandt empfehlung empfehlungen werbung anzeige anzeigen teilen autor autoren autoreninfo bildunterschrift "
    "bildtext bildquelle copyrights schlagworte abo abonnement "
    "publicite partage partager abonnez legende auteur auteurs signature inscription "
    "relacionada relacionadas relacionado relacionados publicidad compartir suscripcion suscribete firma etiquetas "
    "temas publicidade compartilhar assine legenda tagi "
    "correlati correlate correlata pubblicita condividi didascalia autore iscriviti "
    "gerelateerd advertentie delen bijschrift "
    "relaterte relaterade annonse annons reklame reklama bildetekst faktaboks "
    "powiazane udostepnij podpis ilgili paylas etiketler factbox infobox faktaruta infokasten".split()
)
# Class names of text for screen readers only, without hyphens.
SCREEN_READER_NAMES = frozenset("sr sronly visuallyhidden screenreader screenreadertext screenreaderonly".split())
# Class names of notices on consent and privacy, which laws require.
CONSENT_NAMES = frozenset(
    "cookie cookies consent gdpr rgpd rodo lgpd dsgvo ccpa onetrust optanon didomi usercentrics privacy".split()
)
# The same in two words.
NOISE_PAIRS = frozenset(
    tuple(sorted(pair.split("-")))
    for pair in (
        "read-more read-also see-also more-news more-stories more-articles most-read most-popular latest-news top-news "
        "you-like also-like next-article next-story article-list post-list news-list link-list story-list "
        "article-tags post-tags entry-meta article-meta post-meta story-meta meta-data article-info news-info "
        "sign-up screen-reader visually-hidden sr-only cta-box call-action pull-quote key-words social-media "
        "reading-time read-time about-author post-author article-footer entry-footer article-tools post-tools "
        "mehr-thema lesen-auch lire-aussi lire-suite lees-ook "
        "leia-mais leia-tambem veja-tambem leggi-anche lea-tambien "
        "lee-tambien te-interesar les-ogsa las-mer czytaj-takze audio-player video-player image-caption photo-credit "
        "image-credit photo-caption wp-caption back-top column-right col-right right-rail"
    ).split()
)
# Invitations to read something else, on a line of their own. At a line's beginning.
READ_ALSO = (
    r"read more|read also|also read|read next|read our|see also|see more|watch also|watch:|watch now|related:|"
    r"related stor|related article|related news|recommended|more on this|more from|more stor|more:|don't miss|"
    r"must read|you may also|you might also|click (?:here|to)|up next|most read|editor's pick|sign up|subscribe|"
    r"follow us|follow the|join our|join us|get the latest|download (?:the|our)|listen to|share this|advertisement|"
    r"lesen sie|lies auch|lesen:|auch interessant|mehr zum|mehr dazu|mehr lesen|mehr aus|mehr von|weitere artikel|"
    r"weitere infos|weiterlesen|das könnte sie|passend dazu|siehe auch|zum thema|hier geht|jetzt (?:abonnieren|"
    r"anmelden|lesen|herunterladen)|lire aussi|à lire|a lire|lire la suite|lire également|voir aussi|sur le même|"
    r"en savoir plus|notre dossier|retrouvez|découvrez aussi|abonnez|inscrivez|publicité|lee también|lea también|"
    r"leer más|te puede interesar|le puede interesar|más información|noticias relacionadas|ver más|vea también|"
    r"también te|puedes seguir|suscríbete|síguenos|leia também|leia mais|veja também|saiba mais|confira também|"
    r"assine|siga o|leggi anche|leggi di più|vedi anche|approfondisci|potrebbe interessarti|lees ook|lees meer|"
    r"bekijk ook|lees verder|meer over|les også|les mer|se også|følg |läs också|läs mer|läs även|se också|læs også|"
    r"læs mere|lue myös|lue lisää|czytaj także|czytaj też|czytaj więcej|zobacz też|zobacz także|przeczytaj|"
    r"čtěte také|čtěte více|přečtěte si|prečítajte|olvassa el|citește și|citiţi|pročitajte|preberite|lexo edhe|"
    r"διαβάστε|читайте также|читайте|читать|смотрите также|подписывайтесь|по теме|читайте також|дивіться|"
    r"підписуйтесь|ayrıca|bunlar da|ilgili haber|اقرأ أيضا|اقرأ أيضًا|إقرأ أيضا|شاهد أيضا|لمزيد|بیشتر بخوانید|"
    r"यह भी पढ़ें|ये भी पढ़ें|関連記事|あわせて読みたい|続きを読む|【関連|"
    r"相关阅读|相關新聞|延伸閱讀|관련기사|관련 기사|baca juga|simak juga|xem thêm|"
    r"đọc thêm|อ่านเพิ่มเติม|ข่าวที่เกี่ยวข้อง|soma zaidi|soma pia"
)
# Lines below an article's end: where to follow, write to, sign up. At the beginning of one of the last lines.
AFTER_END = (
    r"this (?:story|article) is part of|a version of this|"
    r"follow |for more|for the latest|get in touch|do you have|have a (?:story|tip)|if you have a story|"
    r"got a story|contact (?:us|the|me)|email us|e-mail|sign up|subscribe|check out|click (?:here|to|on)|"
    r"want more|this article (?:was|originally|first|is)|this story (?:was|originally|first|has)|"
    r"originally published|first published|copyright|©|all rights|the post .{5,80}appeared first|reporting by|"
    r"additional reporting|our standards|editing by|with (?:reporting|files|inputs)|join (?:us|our|the)|like us|"
    r"you can (?:follow|sign|read|find|contact|email) |share your|comments? |tags?:|topics?:|photo:|image:|"
    r"mehr (?:zum|dazu|aus|von|lesen)|weitere (?:infos|informationen|artikel|meldungen)|lesen sie|folgen |"
    r"abonnieren |hier (?:geht|finden)|mit (?:material|agentur)|redaktion:|quellen?:|verwendete quellen|korrektur|"
    r"dieser (?:artikel|text|beitrag)|transparenzhinweis|hinweis|(?:ein |mit )?dpa|il vous reste|la suite est|"
    r"cet article (?:a été|est)|retrouvez|suivez|pour (?:en savoir|aller)|abonnez|avec (?:afp|reuters)|"
    r"sources? ?:|síguenos|sigue |suscríbete|más información|puede (?:leer|seguir|consultar) |si quieres|"
    r"siga |assine|acompanhe|com informações|seguici|iscriviti|leggi (?:anche|di più|tutt)|volg |abonneer|"
    r"meer (?:over|lezen|nieuws)|følg |les (?:mer|også|flere) |läs |följ |читайте|подпис|"
    r"следите|источник|takip |abone |ikuti |baca |مصدر|المصدر|تابع|اقرأ|購読|"
    r"フォロー|この記事|관련기사|저작권|ⓒ|无断|版权|责任编辑|编辑"
)
# Credits of author, photographer or supplier, on a line of their own. At a line's beginning.
CREDIT = (
    r"by |text: |texte: |[▲▼△▽].*[圖图攝摄]|"
    r"photo|foto|image|picture|photograph|credit|source|getty|bild:|bilder:|fotos:|quelle|video:|grafik|"
    r"symbolbild|crédit|source :|sources :|illustration|imagen|imágenes|fuente|imagem|fonte|reprodução|divulgação|"
    r"bron:|kilde|källa|zdroj|źródło|fot\.|фото|источник|джерело|写真|撮影|사진|圖|图片|photo:|©|\(c\)|copyright|"
    r"all rights reserved|alle rechte|tous droits|reservados|reservados todos"
)
# Labels of advertisements, on a line of their own.
ADVERT = (
    r"advertisements?|ad|sponsored|anzeige|werbung|annonce|annonse|annons|reklam|reklama|реклама|publicité|publicidad|"
    r"publicidade|pubblicità|advertentie|mainos|oglas|hirdetés|διαφήμιση|広告|广告|廣告|광고|إعلان|اعلان|تبلیغات|iklan|"
    r"quảng cáo|โฆษณา|विज्ञापन|פרסומת|"
    r"(?:story|article) continues (?:below|after)(?: (?:this|the))?(?: advertisement| ad)?|"
    r"la suite après (?:la|cette) publicité|continua após a publicidade|continua depois da publicidade|"
    r"la noticia continúa después de la publicidad|sigue después de la publicidad|"
    r"continua a leggere dopo la pubblicità|"
    r"(?:der )?artikel wird nach der anzeige fortgesetzt|artikel gaat verder onder de advertentie|"
    r"artikkelen fortsetter (?:under|etter) annonsen|artikeln fortsätter under annonsen|haberin devamı"
)
# Notices on rights and liability. At a line's beginning.
LEGAL = (
    r"©|\(c\)|copyright|all rights|alle rechte|tous droits|todos (?:os direitos|los derechos)|tutti i diritti|"
    r"alle rechten|все права|при перепечатке|wszelkie prawa|tüm hakları|版权声明|版權聲明|免责声明|特别声明|"
    r"无断转载|無断転載|저작권자|무단|جميع الحقوق|扫描二维码|掃描"
)
# Headings of other articles, readers' comments and sharing. At a heading's beginning.
RELATED = (
    r"related|recommended|read (?:more|also|next)|more (?:from|stories|on|like|articles|news|posts)|"
    r"you (?:may|might) (?:also|be)|you'?ll (?:also )?love|don.t miss|trending|popular|most (?:read|popular|viewed)|"
    r"latest (?:news|stories|posts|articles)|recent (?:posts|articles|news|stories|comments)|also (?:read|on|in)\b|"
    r"see also|up next|comments?\b|leave a (?:reply|comment)|\d+ (?:comments?|responses|thoughts on)|"
    r"share (?:this|on|via)|about the (?:author|writer)|sign up|subscribe|newsletter|follow us|join (?:us|our|the)|"
    r"tags\b|filed under|categories|editors?.s? pick|featured (?:posts|articles|stories)|"
    r"other (?:articles|posts|stories|news)|similar (?:articles|posts|stories)|further reading|"
    r"mehr (?:zum thema|aus|von|zu)|lesen sie auch|auch interessant|das könnte|weitere (?:artikel|themen|meldungen)|"
    r"meistgelesen|kommentare|zum autor|über de[nr] autor|ähnliche|verwandte|schlagw|sur le même|à lire aussi|"
    r"lire aussi|voir aussi|les plus lus|articles (?:liés|similaires)|commentaires|te puede interesar|"
    r"lo más (?:leído|visto)|noticias relacionadas|relacionad|comentarios|más noticias|leia (?:também|mais)|"
    r"veja (?:também|mais)|mais lidas|leggi anche|potrebbe interessarti|articoli correlati|i più letti|commenti|"
    r"lees ook|meer over|meest gelezen|reacties|les også|mest lest|läs (?:också|mer)|læs også|"
    r"czytaj (?:także|też|również)|zobacz (?:także|też)|komentarze|читайте также|похожие|комментарии|"
    r"ilgili haberler|yorumlar|baca juga|berita terkait|xem thêm|tin liên quan|関連(?:記事|リンク|ニュース)|"
    r"あわせて読みたい|おすすめ|人気記事|"
    r"コメント|相关(?:阅读|新闻|文章|推荐)|推荐阅读|延伸閱讀|相關|관련\s?(?:기사|뉴스)|인기\s?기사|댓글|"
    r"další (?:zprávy|články|z)|související|mohlo by vás|čtěte|ďalšie|súvisiace|więcej|polecane|najnowsze|najczęściej|"
    r"ещё по теме|еще по теме|по теме|другие новости|новости по теме|лента новостей|ще за темою|інші новини|"
    r"διαβάστε|σχετικά|περισσότερα|kapcsolódó|további|olvassa|citește|articole|fler |fler nyheter|vad tycker|"
    r"flere |mere om|relaterede|siste nytt|aiheesta|lue lisää|luetuimmat|ook interessant|gerelateerd|meer nieuws|"
    r"עוד |כתבות|תגובות|مطالب مرتبط|بیشتر بخوانید|نظرات|ये भी|यह भी|संबंधित|เรื่องที่เกี่ยวข้อง|"
    r"ข่าวที่เกี่ยวข้อง|อ่านเพิ่ม|ランキング|新着|更多|热门|熱門|猜你喜欢|评论|"
    r"impressum|imprint|legal notice|haftungsausschluss|mentions légales|aviso legal|"
    r"اقرأ أيضا|مواضيع ذات صلة|التعليقات"
)
