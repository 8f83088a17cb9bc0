"""Tables of words that classify lists of headlines, in several languages.

``blocks.split_words`` and ``blocks.role_words`` split class names into such words. No word is specific to one site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Words beside a time without a meaning of their own: "Updated at 17:10 Uhr", "Publié le 12 juin à 17h".
TIME_FILLERS = frozenset(
    "a à ab actualizado aggiornato aktualisiert aktualizace aktualizacja al alle am an at atualizado às az bei "
    "changed clock créé created da dated date datum de del den der des di dia do du edited el em en erschienen "
    "erstellt et fa from früher gegen geändert godz godzina h heure heures hrs hora horas hours ist im in io je "
    "kello kl klo klokken klockan last le letzte letztes los maj mis modified modifié à jour o ob of om on online "
    "op oppdatert opdateret opublikowano os paivitetty päivitetty pm post posted postado publicada publicado "
    "published publicerad publié publiée pubblicato publikováno published publiziert published since stand time "
    "today u uhr um update updated uppdaterad upd ura van veröffentlicht vom von vor w zuletzt às ч час года год "
    "г от в на о обновлено опубликовано оновлено опубліковано δημοσίευση ενημέρωση نشر في الساعة آخر تحديث تاريخ "
    "النشر منذ 更新 公開 配信 発表 发布 發佈 发表于 发布时间 时间 入力 "
    "수정 입력 등록 güncelleme güncellendi yayınlanma son saat".split()
)
# Class names of elements that show a time.
TIME_NAMES = frozenset(
    "time date datetime timestamp timeago ago pubdate published publish posted updated modified dateline relative "
    "datum zeit uhrzeit fecha hora heure data orario dato tid klokkeslett datetimes moment livestamp".split()
)
# Class names of elements that hold a headline.
TITLE_NAMES = frozenset(
    "title titles headline headlines heading head titel titre titulo titular titolo overskrift rubrik otsikko "
    "tytul nadpis caption name hed".split()
)
# Class names of teasers below a headline.
TEASER_NAMES = frozenset(
    "teaser summary excerpt description desc intro lead lede standfirst dek abstract snippet subtitle subline "
    "subhead chapo resume sommario bajada copete ingress".split()
)
# Class names of labels beside a headline: section, author, kind.
LABEL_NAMES = frozenset(
    "category categories cat section label kicker badge tag tags topic channel author authors byline by source "
    "credit credits rubric rubrik overline dachzeile roofline eyebrow flag icon meta info count counter comments "
    "views likes share sharing sr visuallyhidden hidden time date datetime timestamp pubdate ago spitzmarke "
    "vorspann teaser summary excerpt desc description duration ressort topline pretitle surtitle antetitulo "
    "occhiello strapline premium plus paid".split()
)
# First words of a byline, folded.
BY_WORDS = frozenset("by von par por di door av af autor author text przez от автор".split())
# Class names of the heading above a list.
HEADING_NAMES = frozenset("heading header head title titre titulo titel headline label caption rubrik".split())
# Class names of lists whose times are durations, programmes, games, calendars or prices.
VIDEO_NAMES = frozenset("duration length runtime player playtime videotime dauer duree duracion durata".split())
SCHEDULE_NAMES = frozenset(
    "schedule programme programm sendungen epg tvguide events calendar kalender termine agenda veranstaltung "
    "veranstaltungen fixture fixtures spielplan livescore scores scoreboard standings showtimes recipe rezept "
    "cookie cookies consent".split()
)
# Words of schedule headings, folded; some have other meanings in class names ("match-height").
SCHEDULE_HEADINGS = SCHEDULE_NAMES | frozenset(
    "match matches programs program sendung event departures abfahrten tv-programm programa programma program "
    "tv-guide fernsehprogramm horarios horaires partidos".split()
)
SOCIAL_NAMES = frozenset(["tweet", "tweets", "twitter", "facebook", "instagram", "mastodon", "social"])
# First words of the class names of social network posts within an entry.
EMBED_NAMES = frozenset("tweet twitter instagram facebook fb mastodon tiktok bluesky".split())
QUOTE_NAMES = frozenset("quote quotes stock stocks stockticker kurs kurse indices bourse".split())
# Class names and URL words of videos and recordings.
MEDIA_NAMES = frozenset(
    "video videos player play mediathek podcast podcasts audio watch vod clip clips episode episodes tv "
    "playlist".split()
)
# Words beside the remaining time of a countdown, folded.
COUNTDOWN_WORDS = frozenset(
    "left remaining noch verbleibend restant restantes restante restanti rimasti rimanenti kvar igjen tilbage jaljella "
    "zostalo zbyva zostava осталось залишилось kaldi".split()
)
# Words beside the time that an article takes to read or hear, folded; also used as class names.
READING_WORDS = frozenset(
    "read reading readtime lesezeit lesedauer lezen leestijd lecture lectura leitura lettura lasning lastid lesetid "
    "laesetid lukuaika czytania cteni чтения читання okuma listen listening".split()
)
# Class names of the copies of entries at the ends of a carousel.
CLONE_NAMES = frozenset("clone cloned duplicate".split())
# Parts of URLs that lead to people, topics and tools instead of articles.
AWAY_PATHS = frozenset(
    "author authors autor autoren autore autori auteur auteurs editor editors redaktion user users member members "
    "profile profiles profil mitglied nutzer usuario usuarios utilisateur people person staff contributor "
    "contributors tag tags topic topics thema themen category categories kategorie login signin register share edit "
    "sharer reply respond report flag intent mailto cart basket warenkorb".split()
)
# Class names of such links.
AWAY_NAMES = frozenset("author byline avatar user username profile tag category comments share reply login".split())
# Headings of lists of news, folded.
NEWS_HEADINGS = frozenset(
    "news latest newest recent breaking headlines stories articles posts related more trending popular recommended "
    "live updates nachrichten neueste neuste aktuell aktuelles meldungen artikel meistgelesen ticker mehr eilmeldungen "
    "noticias ultimas ultima ultimo articulos actualidad mas leidas lo actualites derniers dernieres articles direct "
    "fil info notizie ultime ultim articoli leggi nieuws laatste meest gelezen nyheter siste seneste senaste nytt "
    "aktualnosci najnowsze wiadomosci uutiset tuoreimmat haberler son новости последние главное novinky zpravy "
    "aktualne hirek noticies ειδησεις berita terkini tin moi ニュース 新着 最新 関連記事 最新新闻 新闻 即時 뉴스 "
    "최신 أخبار الأخبار חדשות समाचार ข่าว".split()
)
# Words for "latest" and "new" in headings such as "Latest comments", folded.
LATEST_WORDS = frozenset(
    "latest recent newest new letzte neueste neue aktuelle ultimos recientes nuevos derniers recents ultimi recenti "
    "nuovi laatste nieuwste recente senaste siste seneste ostatnie najnowsze posledni последние recentes".split()
)
# Parts of the URLs of news.
NEWS_PATHS = frozenset(
    "news article articles artikel articulo articulos articolo story stories nachrichten noticia noticias notizie "
    "nieuws nyheter nyheder actualite actualites aktuell blog blogs politik politics wirtschaft business sport sports "
    "economia economie kultur culture cultura".split()
)


@dataclass(frozen=True, slots=True)
class ListKind:
    """The signs of a list of something other than news.

    ``paths`` are parts of the URLs of its titles, ``names`` class names of its entries and ``headings`` words of its
    heading. ``notes`` are complete texts, folded, of buttons and labels in its entries; ``note`` matches texts that
    vary.
    """

    paths: frozenset[str]
    names: frozenset[str]
    headings: frozenset[str]
    notes: frozenset[str]
    note: re.Pattern[str] | None = None

    def is_noted(self, text: str) -> bool:
        """Return whether a folded text is a button or label of this kind."""
        return text in self.notes or (self.note is not None and self.note.search(text) is not None)


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split("|"))


TOPICS = ListKind(
    paths=frozenset(
        "forum forums foren foro foros forumdisplay thread threads viewtopic showthread topic discussion discussions "
        "board boards comments questions question answers preguntas pregunta fragen frage".split()
    ),
    names=frozenset("thread threads threadlist threadbit topic topics topiclist forum forums".split()),
    headings=frozenset("forum forums foren foro foros forumthemen threads discussions".split()),
    notes=_phrases(
        "replies|replies:|antworten|antworten:|respuestas|reponses|reponses :|risposte|risposte:|odpowiedzi|svar|"
        "ответы|ответов|last post|latest post|last reply|letzter beitrag|ultimo mensaje|dernier message|"
        "ultimo messaggio|started by|posted in|go to last post|unread|sticky|solved"
    ),
    note=re.compile(
        r"(?:replies|antworten|respuestas|reponses|risposte)\b:? \d|"
        r"\d (?:replies|answers|antworten|respuestas|reponses|risposte)"
    ),
)
# Newspapers have sections on work, homes and shopping too, so these tables hold only words for offers.
JOBS = ListKind(
    paths=frozenset(
        "job jobs stellenangebot stellenangebote stellenmarkt vacancy vacancies vacature vacatures empleos emplois "
        "vaga vagas oferta ofertas oferta-de-empleo ofertas-de-empleo offre-emploi offres-emploi".split()
    ),
    names=frozenset("job jobs joblist vacancy vacancies stellenmarkt stellenangebote empleos emplois".split()),
    headings=frozenset(
        "job jobs vacancy vacancies stellenmarkt stellenangebote stellen jobangebote empleos emplois vagas "
        "vacatures".split()
    ),
    notes=_phrases(
        "full-time|full time|fulltime|part-time|part time|vollzeit|teilzeit|voll-/teilzeit|remote|home office|hybrid|"
        "apply|apply now|easy apply|bewerben|jetzt bewerben|postuler|cdi|cdd|temps plein|temps partiel|"
        "tiempo completo|jornada completa|tempo pieno|tempo integral|voltijd|deltijd|heltid|deltid|permanent|contract|"
        "save job|salary|unbefristet|festanstellung"
    ),
    note=re.compile(
        r"\((?:[mwfdhx]/){1,2}[mwfdhx]\)|\d ?(?:per|a|an|pro|/) ?(?:hour|year|annum|stunde|jahr)\b|"
        r"(?:[$€£]|usd|eur) ?\d[\d.,k]* ?(?:-|–|to|bis) ?[$€£]?\d"
    ),
)
HOMES = ListKind(
    paths=frozenset(
        "listing listings expose for-sale to-rent homedetails inmueble inmuebles annonce annonces annunci annuncio "
        "anzeige anzeigen kleinanzeigen s-anzeige classifieds ad ads anuncio anuncios ogloszenie ogloszenia "
        "advertentie advertenties inzerat inzeraty annonser".split()
    ),
    names=frozenset("homecard realestate inmueble classified classifieds kleinanzeigen".split()),
    headings=frozenset(
        "kleinanzeigen anzeigenmarkt immobilienmarkt classifieds inmuebles ogloszenia inzeraty inserate annunci "
        "anuncios advertenties".split()
    ),
    notes=_phrases(
        "for sale|for rent|to let|zu verkaufen|zu vermieten|kaltmiete|open house|a vendre|a louer|se vende|se alquila"
    ),
    note=re.compile(
        r"\d (?:beds?|baths?|ba|bd|bedrooms?|bathrooms?|zimmer|zi\.|hab\.?|pieces|vani|locali|kamers)\b|"
        r"\d ?(?:m2|m²|qm|sq\.? ?ft)\b"
    ),
)
PRODUCTS = ListKind(
    paths=frozenset(
        "product products produkt produkte producto productos produit produits prodotto prodotti produto produtos "
        "shop store cart basket warenkorb dp sku auction auctions".split()
    ),
    names=frozenset("product products produkt produkte producto price prices preis preise prix precio cart".split()),
    headings=frozenset("shop products produkte productos produits prodotti".split()),
    notes=_phrases(
        "add to cart|add to basket|add to bag|in den warenkorb|buy|buy now|jetzt kaufen|kaufen|ajouter au panier|"
        "acheter|anadir al carrito|comprar|aggiungi al carrello|acquista|adicionar ao carrinho|in winkelwagen|"
        "lagg i varukorg|do koszyka|add to compare|compare|add to wishlist|wishlist|in stock|out of stock|auf lager|"
        "en stock|select options|quick view|free shipping|notify me|bid now|place bid|current bid|sofort kaufen"
    ),
    note=re.compile(
        r"^(?:from |ab |now |nur )?(?:[$€£¥₹₩]|usd|eur|gbp|chf|us \$) ?\d[\d.,]*$|^[$€£¥₹₩]$|"
        r"^\d[\d.,]* ?(?:[$€£¥₹₩]|eur|usd|chf|kr|zł|zl|kc|ft|lei|руб\.?)$"
    ),
)
EVENTS = ListKind(
    paths=frozenset(
        "event events veranstaltung veranstaltungen termin termine kalender calendar agenda evento eventos eventi "
        "concert concerts webinar webinars".split()
    ),
    names=SCHEDULE_NAMES,
    headings=SCHEDULE_HEADINGS,
    notes=_phrases("tickets|buy tickets|get tickets|register now|anmelden|rsvp|add to calendar|sold out|ausverkauft"),
)
POSTS = ListKind(
    paths=frozenset("replytocom newreply reply status".split()),
    names=frozenset(),
    headings=frozenset(),
    notes=_phrases(
        "reply|antworten|zitieren|quote|report abuse|report post|report comment|report this|melden|repondre|citer|"
        "signaler|responder|citar|denunciar|reportar|rispondi|cita|segnala|reageer|reageren|beantwoorden|svara|svar|"
        "odpowiedz|cytuj|odpovedet|valaszol|ответить|цитировать|пожаловаться|cevapla|yanitla|vastaa|返信|回复|回覆|"
        "답글|رد|upvote|join date|posts:|joined:|all posts|profile|sign in to reply|log in to reply|reply to this"
    ),
    note=re.compile(r"^(?:posts|beitrage|mensajes|messages|messaggi|joined|registriert(?: seit)?|join date):? ?\d*$"),
)
REVIEWS = ListKind(
    paths=frozenset(),
    names=frozenset(
        "review reviews rating ratings testimonial testimonials bewertung bewertungen rezension rezensionen avis "
        "opiniones recensione recensioni".split()
    ),
    headings=frozenset(
        "review reviews ratings testimonials bewertungen rezensionen kundenbewertungen avis opiniones recensioni "
        "beoordelingen opinie recenzje отзывы レビュー".split()
    ),
    notes=_phrases(
        "helpful|was this helpful?|verified purchase|verified review|verified buyer|verifizierter kauf|"
        "achat verifie|compra verificada|acquisto verificato|recommended|would recommend"
    ),
    note=re.compile(r"[★☆]{2}|^[1-5](?:[.,]\d)? ?(?:/|of|out of|von|sur|de|su) ?5\b"),
)
OTHER_THINGS = ListKind(
    paths=frozenset("members memberlist download downloads changelog commit commits pull blob".split()),
    names=frozenset(
        "members mitglieder downloads changelog releases commit commits playlist song songs track tracks "
        "tracklist".split()
    ),
    headings=frozenset(
        "members mitglieder downloads changelog releases playlist songs tracks tracklist titelliste gespielt "
        "played".split()
    ),
    notes=_phrases("diff|hist|talk|contribs"),
    note=re.compile(r"^(?:version|release|v\.?) ?\d|^#\d+ (?:opened|closed|merged)"),
)
