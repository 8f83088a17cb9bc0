"""Words of the trade around lists of headlines, in several languages: tables, and nothing else.

Class names are looked up by `words.words_of` and `words.roles_of`. No word here is one site's own.
"""

from __future__ import annotations

# What stands beside a time and says nothing of its own: "Updated at 17:10 Uhr", "Publié le 12 juin à 17h".
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
# Class names of what stands below a headline and tells more.
TEASER_NAMES = frozenset(
    "teaser summary excerpt description desc intro lead lede standfirst dek abstract snippet subtitle subline "
    "subhead chapo resume sommario bajada copete ingress".split()
)
# Class names of labels beside a headline: where it belongs, who wrote it, what it is.
LABEL_NAMES = frozenset(
    "category categories cat section label kicker badge tag tags topic channel author authors byline by source "
    "credit credits rubric rubrik overline dachzeile roofline eyebrow flag icon meta info count counter comments "
    "views likes share sharing sr visuallyhidden hidden time date datetime timestamp pubdate ago spitzmarke "
    "vorspann teaser summary excerpt desc description duration ressort topline pretitle surtitle antetitulo "
    "occhiello strapline premium plus paid".split()
)
# Class names of the heading above a list.
HEADING_NAMES = frozenset("heading header head title titre titulo titel headline label caption rubrik".split())
# Class names of places where times are lengths, programmes, games, calendars or prices, not those of news.
VIDEO_NAMES = frozenset("duration length runtime player playtime videotime dauer duree duracion durata".split())
SCHEDULE_NAMES = frozenset(
    "schedule programme programm sendungen epg tvguide events calendar kalender termine agenda veranstaltung "
    "veranstaltungen fixture fixtures spielplan livescore scores scoreboard standings showtimes recipe rezept "
    "cookie cookies consent".split()
)
# The same as headings say it, folded; in class names these words mean other things too ("match-height").
SCHEDULE_HEADINGS = SCHEDULE_NAMES | frozenset(
    "match matches programs program sendung event departures abfahrten tv-programm programa programma program "
    "tv-guide fernsehprogramm horarios horaires partidos".split()
)
SOCIAL_NAMES = frozenset(["tweet", "tweets", "twitter", "facebook", "instagram", "mastodon", "social"])
# Class names of posts of social networks within an entry begin so.
EMBED_NAMES = frozenset("tweet twitter instagram facebook fb mastodon tiktok bluesky".split())
QUOTE_NAMES = frozenset("quote quotes stock stocks stockticker kurs kurse indices bourse".split())
# Names and path words of videos and recordings.
MEDIA_NAMES = frozenset(
    "video videos player play mediathek podcast podcasts audio watch vod clip clips episode episodes tv "
    "playlist".split()
)
# What stands beside time that is left, folded.
COUNTDOWN_WORDS = frozenset(
    "left remaining noch verbleibend restant restantes restante restanti rimasti rimanenti kvar igjen tilbage jaljella "
    "zostalo zbyva zostava осталось залишилось kaldi".split()
)
# What stands beside the time that an article takes to read or hear, folded; class names say the same.
READING_WORDS = frozenset(
    "read reading readtime lesezeit lesedauer lezen leestijd lecture lectura leitura lettura lasning lastid lesetid "
    "laesetid lukuaika czytania cteni чтения читання okuma listen listening".split()
)
# Headings and class names of lists that show when something was offered, joined or changed, and are no news.
OFFER_NAMES = frozenset(
    "job jobs vacancies stellenmarkt stellenangebote jobangebote empleo empleos emploi emplois lavoro vagas vacatures "
    "classifieds anzeigenmarkt kleinanzeigen members mitglieder downloads changelog".split()
)
# Names of the copies of entries that a carousel makes at its ends.
CLONE_NAMES = frozenset("clone cloned duplicate".split())
# Parts of addresses that lead from a list to people, topics and tools, and not to stories.
AWAY_PATHS = frozenset(
    "author authors autor autoren autore autori auteur auteurs editor editors redaktion user users member members "
    "profile profiles profil mitglied nutzer usuario usuarios utilisateur people person staff contributor "
    "contributors tag tags topic topics thema themen category categories kategorie login signin register share "
    "sharer reply respond report flag intent mailto cart basket warenkorb".split()
)
# Class names of such links.
AWAY_NAMES = frozenset("author byline avatar user username profile tag category comments share reply login".split())
