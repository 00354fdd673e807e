### Deutsch. Leserinnen, Leser und Redaktion werden gesiezt.

## Numbers

number-1234 = 1.234
number-12345 = 12.345

percent = { $number }{ "\u00A0" }%

## Dates

date = { $day }. { month-in-date } { $year }

month-in-date = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}

weekday = { $weekday ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}

weekday-and-date = { weekday }, { date }

date-and-time = { weekday-and-date }, { $time } Uhr ({ $zone })

month-and-year = { month-in-date } { $year }

## Lengths of time

# In the dative, as after "mit … Verspätung".
duration-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tagen
}
duration-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
duration-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
duration-seconds = { $count ->
    [one] { $count } Sekunde
   *[other] { $count } Sekunden
}

duration-pair = { $first } und { $second }

## Lists

list-pair = { $first } und { $second }
list-middle = { $list }, { $item }
list-end = { $list } und { $item }

two-sentences = { $first } { $second }

## A comparison of two tools

# Nutzen und Auslassen; in Kurzform: dafür und dagegen.
ship = Nutzen
skip = Auslassen

versus = vs.

sample = Beispiel: Die Tools sind erfunden

panel = Die Jury

result-wins = { $tool } gewinnt
result-tie = Unentschieden
result-split = Geteilte Meinungen
result-no-contest = Keine Wertung

result-all-would-ship-it = { $count ->
    [1] Nur ein Jurymitglied hat es getestet und würde es nutzen.
    [2] Beide Jurymitglieder würden es nutzen.
   *[other] Alle { $count } Jurymitglieder würden es nutzen.
}
result-some-would-ship-it = { $ship ->
    [one] { $ship } von { $count } Jurymitgliedern würde es nutzen.
   *[other] { $ship } von { $count } Jurymitgliedern würden es nutzen.
}
result-would-ship = { $ship ->
    [0] { $count ->
        [1] Nur ein Jurymitglied hat { $tool } getestet und würde es auslassen.
       *[other] Von { $count } Jurymitgliedern würde keines { $tool } nutzen.
    }
    [1] { $count ->
        [1] Nur ein Jurymitglied hat { $tool } getestet und würde es nutzen.
       *[other] { $ship } von { $count } würde { $tool } nutzen.
    }
   *[other] { $ship } von { $count } würden { $tool } nutzen.
}
result-each = { $ship ->
    [0] Niemand in der Jury würde eines der beiden Tools nutzen.
    [one] Für beide Tools gilt: { $ship } von { $count } Jurymitgliedern würde das Tool nutzen.
   *[other] Für beide Tools gilt: { $ship } von { $count } Jurymitgliedern würden das Tool nutzen.
}
result-only-one = { $ship ->
    [0] Die Jury hat nur { $tool } getestet, und niemand würde es nutzen.
    [one] Die Jury hat nur { $tool } getestet: { $ship } von { $count } würde es nutzen.
   *[other] Die Jury hat nur { $tool } getestet: { $ship } von { $count } würden es nutzen.
}
result-neither = Die Jury hat keines der beiden Tools getestet.

result-line = { $title }. { $result }

result-in-short = { $first } · { $second }
result-short = { $tool }: { $ship } von { $count } dafür
result-short-not-reviewed = { $tool }: nicht getestet

different-panels = Nicht alle Jurymitglieder haben beide Tools getestet.

pick-tool = { $against ->
    [panel] Wahl der Redaktion: { $tool }, anders als die Jury.
   *[none] Wahl der Redaktion: { $tool }.
}
pick-tie = { $against ->
    [panel] Wahl der Redaktion: unentschieden, anders als die Jury.
   *[none] Wahl der Redaktion: unentschieden.
}

## Reviewers

# Immer ohne Artikel, im Nominativ.
role-name = { $role ->
    [builder] Entwickler
    [skeptic] Skeptiker
    [futurist] Futurist
    [creator] Creator
    [founder] Gründer
   *[other] { $role }
}
role = { role-name }
role-at-start = { role-name }

split-between = { $count ->
    [one] Für { $ship } und gegen { $skip }: { $roles }.
   *[other] Für { $ship } und gegen { $skip }: { $roles }.
}
split-not-reviewed = Die Jury hat { $tool } nicht getestet.
split-only-reviewer = { $verdict ->
    [ship] Nur ein Jurymitglied ({ $role }) hat { $tool } getestet und würde es nutzen.
   *[skip] Nur ein Jurymitglied ({ $role }) hat { $tool } getestet und würde es auslassen.
}
split-unanimous = { $verdict ->
    [ship] { $count ->
        [2] Beide Jurymitglieder würden { $tool } nutzen.
       *[other] Alle { $count } Jurymitglieder würden { $tool } nutzen.
    }
   *[skip] { $count ->
        [2] Beide Jurymitglieder würden { $tool } auslassen.
       *[other] Alle { $count } Jurymitglieder würden { $tool } auslassen.
    }
}
split-in-half = { $count ->
    [one] Bei { $tool } ist die Jury geteilter Meinung{ "\u00A0" }– dafür: { $ship }; dagegen: { $skip }.
   *[other] Bei { $tool } ist die Jury geteilter Meinung{ "\u00A0" }– dafür: { $ship }; dagegen: { $skip }.
}
split-minority = { $verdict ->
    [ship] { $count ->
        [one] Nur eine Stimme für { $tool }: { $roles }.
       *[other] Nur { $count } Stimmen für { $tool }: { $roles }.
    }
   *[skip] { $count ->
        [one] Nur eine Stimme gegen { $tool }: { $roles }.
       *[other] Nur { $count } Stimmen gegen { $tool }: { $roles }.
    }
}

## The table

winner = Sieger
row-panel = Jury
row-community = Publikum
row-price = Preis
row-maker = Anbieter
row-category = Kategorie

panel-figures = { $ship } von { $count } dafür
not-reviewed = Nicht getestet
votes = { $count ->
    [one] { $count } Stimme
   *[other] { $count } Stimmen
}
votes-too-few = Weniger als fünf Stimmen

price-free = Kostenlos
price-paid = Gegen Bezahlung
price-freemium = Freemium
price-trial = Kostenlose Testphase
price-open-weights = Open Weights
price-open-source = Open Source

## Below the table

facts = Die wichtigsten Fakten
source = Quelle: { $site }
scorecard = Die Urteile der Jury
quote = „{ $text }“

## Readers' votes

last-time = Letztes Mal: { $title }.
last-time-too-few = Für beide kamen weniger als fünf Stimmen zusammen.
readers-would-ship = { $count ->
    [one] { $share } von Ihnen würden { $tool } nutzen ({ $count } Stimme).
   *[other] { $share } von Ihnen würden { $tool } nutzen ({ $count } Stimmen).
}
voting-closes = Die Abstimmung endet am { $date }.

sign-up = Erhalten Sie den nächsten Vergleich per E-Mail

## Mails to readers

mail-greeting = Guten Tag { $name },
mail-greeting-without-name = Guten Tag,

mail-label = { $label }:
mail-labeled = { $label }: { $value }

mail-read-online = Im Browser lesen
mail-vote = Wie lautet Ihr Urteil?
mail-maker = von { $maker }
mail-last-time-link = Noch einmal lesen

mail-forwarded = Wurde Ihnen diese E-Mail weitergeleitet?
mail-forwarded-text = Erhalten Sie den nächsten Vergleich per E-Mail.

mail-why = Sie bekommen diese E-Mail, weil Sie { $newsletter } mit dieser Adresse abonniert haben:
mail-unsubscribe = Abmelden
mail-settings-link = Pausieren oder Einstellungen ändern

## The digest

mail-digest-subject-one = { $month }: { $title }
mail-digest-subject = { $month }: { $count ->
    [one] { $count } Vergleich
   *[other] { $count } Vergleiche
}
mail-digest-panel = { $tool }: Jury { $panel }
mail-digest-panel-and-community = { $tool }: Jury { $panel }, Publikum { $community }

## The correction notice

mail-correction-subject = Korrektur: { $title }
mail-correction-intro = Am { $date } haben wir Ihnen „{ $title }“ mit einem Fehler geschickt. Das tut uns leid. Das haben wir korrigiert:
mail-correction-before = Wir schrieben: { $text }
mail-correction-now = Richtig ist: { $text }
mail-correction-removed = Das haben wir entfernt.
mail-correction-button = Korrigierten Vergleich lesen

## The welcome mail

mail-welcome-subject = Willkommen bei { $newsletter }
mail-welcome-title = Sie sind dabei
mail-welcome-thanks = Danke, dass Sie { $newsletter } abonniert haben. Wir schicken jede neue Ausgabe an diese Adresse.
mail-welcome-latest = Bis Ihre erste Ausgabe kommt, lesen Sie hier die neueste:

## Short mails

mail-button-fallback = Wenn die Schaltfläche nicht funktioniert, öffnen Sie diesen Link:
mail-ignore = Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail.
mail-ignore-unchanged = Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Es ändert sich nichts.
mail-link-expires = Der Link gilt 24 Stunden. Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Es ändert sich nichts.

mail-confirm-subject = Bestätigen Sie Ihr Abonnement von { $newsletter }
mail-confirm-preview = Bestätigen Sie, und Sie sind dabei.
mail-confirm-title = Bestätigen Sie Ihr Abonnement
mail-confirm-text = Sie möchten { $newsletter } bekommen. Bestätigen Sie, und es geht los.
mail-confirm-button = Bestätigen
mail-confirm-ignore = Bis Sie bestätigen, schicken wir Ihnen sonst nichts. Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail: Wir löschen Ihre Adresse nach 48 Stunden, es sei denn, Sie hatten schon einmal ein Abonnement.
mail-confirm-paused = Sie haben Ihr Abonnement bis zum { $date } pausiert. Wenn Sie bestätigen, endet die Pause, und Sie bekommen wieder jede Ausgabe.
mail-confirm-digest = Sie haben die Monatsausgabe gewählt. Wenn Sie bestätigen, bekommen Sie wieder jede Ausgabe.

mail-resume-subject = Bestätigen Sie, dass Sie wieder jede Ausgabe von { $newsletter } möchten
mail-resume-preview = Bestätigen Sie, um die nächste Ausgabe zu bekommen.
mail-resume-title = Wieder jede Ausgabe?
mail-resume-button = Jede Ausgabe bekommen

mail-already-subject = Sie haben { $newsletter } schon abonniert
mail-already-preview = Sie bekommen jede Ausgabe. Es hat sich nichts geändert.
mail-already-title = Sie sind schon dabei
mail-already-text = Sie haben sich für { $newsletter } angemeldet, bekommen aber schon jede Ausgabe.
mail-already-spam = Wenn unsere E-Mails nicht ankommen, sehen Sie im Spam-Ordner nach.

mail-settings-subject = Ihre Einstellungen für { $newsletter }
mail-settings-preview = Der Link gilt 24 Stunden.
mail-settings-title = Ihre Einstellungen
mail-settings-text = Sie haben einen Link zu Ihren Einstellungen für { $newsletter } angefordert.
mail-settings-secret = Behalten Sie ihn für sich: Wer diesen Link hat, kann die Einstellungen ändern.
mail-settings-button = Einstellungen öffnen
mail-settings-ignore = Der Link gilt 24 Stunden. Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail.

mail-address-subject = Bestätigen Sie Ihre neue Adresse für { $newsletter }
mail-address-preview = Bestätigen Sie, dass diese Adresse Ihnen gehört.
mail-address-title = Bestätigen Sie Ihre neue Adresse
mail-address-text = Sie möchten { $newsletter } künftig an dieser Adresse bekommen. Bestätigen Sie, dass sie Ihnen gehört.
mail-address-button = Diese Adresse verwenden

mail-taken-subject = Ihre Adresse für { $newsletter } wurde nicht geändert
mail-taken-preview = Es hat sich nichts geändert.
mail-taken-title = Wir konnten Ihre Adresse nicht ändern
mail-taken-text = Sie möchten { $newsletter } an dieser Adresse bekommen. Die Adresse war schon einmal angemeldet, deshalb haben wir nichts geändert.
mail-taken-help = Wenn Sie den Newsletter hier lesen möchten, abonnieren Sie ihn mit dieser Adresse. Wenn an Ihrer anderen Adresse nichts mehr ankommen soll, nutzen Sie den Abmeldelink in einer E-Mail, die Sie dort bekommen haben.

mail-moved-subject = Ihre Adresse für { $newsletter } wurde geändert
mail-moved-preview = Waren Sie das nicht? Antworten Sie auf diese E-Mail.
mail-moved-title = Ihre Adresse wurde geändert
mail-moved-text = Ab jetzt schicken wir { $newsletter } an die neue Adresse in Ihren Einstellungen und nicht mehr an diese.
mail-moved-reply = Wenn Sie das nicht waren, antworten Sie auf diese E-Mail.

mail-erase-subject = Bestätigen Sie die Löschung Ihrer Daten bei { $newsletter }
mail-erase-preview = Das lässt sich nicht rückgängig machen.
mail-erase-title = Alle Ihre Daten löschen?
mail-erase-text = Sie möchten, dass { $newsletter } alles löscht, was über Sie gespeichert ist. Damit endet Ihr Abonnement. Das lässt sich nicht rückgängig machen.
mail-erase-button = Alles löschen

## Pages that anyone can open

page-skip = Zum Inhalt springen
page-links-main = Hauptnavigation
page-links-site = Fußzeile
page-archive = Archiv
page-subscribe = Abonnieren
page-all-comparisons = Alle Vergleiche
page-feed = Feed
subscribe-to = { $newsletter } abonnieren
page-email = Ihre E-Mail-Adresse
page-honeypot = Bitte leer lassen

home-latest = Neuester Vergleich
home-latest-dated = Neuester Vergleich · { $date }
read-comparison = Vergleich lesen
home-earlier = Frühere Vergleiche
no-comparisons-yet = Noch keine Vergleiche. Der erste steht hier, sobald er versendet wird.

archive-order = Neueste zuerst
archive-search-long = Ihre Suche ist sehr lang. Berücksichtigt sind nur die ersten { $words } Wörter und von jedem höchstens { $characters } Zeichen.
archive-nothing-found = Zu dieser Suche haben wir keinen Vergleich gefunden.
archive-words = Tool oder Titel
archive-category = Kategorie
archive-every-category = Alle
archive-category-count = { $category } ({ $count })
archive-search = Suchen
archive-year = { $year }
archive-pages = Seiten
archive-newer = Neuere
archive-older = Ältere

table-caption = Die beiden Tools nebeneinander
matrix-caption = Das Urteil jedes Jurymitglieds
comparison-more = Mehr zu diesen Tools
comparison-all-of-tool = Alle Vergleiche mit { $tool }
comparison-neighbors = Vorheriger und nächster Vergleich
comparison-previous = Vorheriger
comparison-next = Nächster

corrections = Korrekturen
corrections-intro = Oben steht, was wir versendet haben. Seitdem hat die Redaktion Folgendes geändert:
corrections-intro-revised = Ein Teil der Leser hat eine frühere Fassung dieses Vergleichs bekommen. Seitdem hat die Redaktion Folgendes geändert:
correction-title = Titel
correction-question = Frage
correction-intro = Einleitung
correction-pick = Wahl der Redaktion
correction-sample = Beispiel
correction-voting-closes = Letzter Tag der Abstimmung
correction-name = { $tool }: Name
correction-maker = { $tool }: Anbieter
correction-category = { $tool }: Kategorie
correction-tagline = { $tool }: Kurzbeschreibung
correction-price = { $tool }: Preis
correction-price-note = { $tool }: Hinweis zum Preis
correction-url = { $tool }: Website
correction-description = { $tool }: Beschreibung
correction-fact = { $tool }: Fakt { $number }
correction-fact-source = { $tool }: Quelle zu Fakt { $number }
correction-verdict = { $tool }: Urteil ({ $role })
correction-quote = { $tool }: Begründung ({ $role })
correction-signed-verdict = { $sign } { $verdict }

tool-line = { $category } · von { $maker } · { $site }
tool-figures-from = Aus dem neuesten Vergleich: { $comparison }
tool-reviews = Das schreibt die Jury
tool-comparisons = Vergleiche

error-title = Da ist etwas schiefgegangen
not-found-title = Seite nicht gefunden
error-ours = Der Fehler liegt bei uns. Bitte versuchen Sie es in einer Minute noch einmal.
error-code = Wenn das Problem bestehen bleibt, schreiben Sie uns und nennen Sie diesen Code: { $code }
not-found-text = Prüfen Sie die Adresse auf Tippfehler. Alle Vergleiche, die wir versendet haben, finden Sie im Archiv.
error-busy = Gerade sind zu viele Menschen hier. Bitte versuchen Sie es gleich noch einmal.

inbox-title = Demo-Postfach
inbox-count = { $count ->
    [0] Noch keine E-Mails. Laden Sie diese Seite gleich noch einmal.
    [one] { $count } E-Mail
   *[other] { $count } E-Mails
}
inbox-next = Öffnen Sie eine E-Mail und melden Sie sich ab. Versenden Sie dann die nächste Ausgabe: Alle anderen bekommen sie.
inbox-send = „{ $title }“ versenden
inbox-all = Alle E-Mails
inbox-to = An
inbox-from = Von
inbox-received = Empfangen
inbox-views = Ansichten dieser E-Mail
inbox-html = HTML
inbox-text = Text
inbox-source = Quelltext
inbox-frame = Die E-Mail als HTML
inbox-catcher = Das ist das Testpostfach der Demo.
inbox-local = Nichts davon hat diesen Rechner verlassen.
inbox-site = Zur Website

## Voting

vote-button = { $verdict ->
    [ship] { $tool } nutzen
   *[skip] { $tool } auslassen
}
vote-question = { $verdict ->
    [ship] { $tool } nutzen?
   *[skip] { $tool } auslassen?
}
vote-changed-mind = Anders gemeint? { $link }
vote-instead = { $verdict ->
    [ship] { $tool } doch nutzen
   *[skip] { $tool } doch auslassen
}
vote-voted = { $verdict ->
    [ship] Ihre Stimme: { $tool } nutzen.
   *[skip] Ihre Stimme: { $tool } auslassen.
}
vote-change = { $verdict ->
    [ship] Doch nutzen
   *[skip] Doch auslassen
}
vote-other-tool = Und { $tool }?
vote-until-then = Bis dahin können Sie Ihre Stimme ändern.
vote-closed = Die Abstimmung ist beendet
vote-choose = Wählen Sie „Nutzen“ oder „Auslassen“.
vote-link-broken = Vielleicht fehlt ein Teil davon. Öffnen Sie ihn noch einmal aus der E-Mail, oder kopieren Sie ihn vollständig.

## Joining, settings and leaving

link-broken = Dieser Link funktioniert nicht
check-inbox = Schauen Sie in Ihr Postfach
subscribe-again = Erneut abonnieren

subscribe-intro = Erhalten Sie den nächsten Vergleich per E-Mail.
subscribe-button = Abonnieren
subscribe-name = Ihr Name für die Anrede (optional)
subscribe-time-zone = Ihre Zeitzone (optional)
subscribe-no-time-zone = Keine Angabe
subscribe-note = Wir schicken Ihnen eine E-Mail zur Bestätigung und sonst nichts, bis Sie bestätigen. In jeder E-Mail können Sie sich mit einem Klick abmelden.

once-more = Noch ein Schritt
once-more-quick = Das Formular wurde innerhalb von zwei Sekunden abgeschickt, wie es Programme tun. Wenn Sie es waren, schicken Sie es bitte noch einmal ab.
once-more-expired = Dieses Formular ist abgelaufen. Bitte schicken Sie es noch einmal ab.
once-more-used = Dieses Formular wurde schon für eine andere E-Mail-Adresse benutzt. Bitte schicken Sie es noch einmal ab.
once-more-elsewhere = Eine andere Website hat dieses Formular für Sie abgeschickt. Bitte bestätigen Sie, dass Sie den Newsletter abonnieren möchten.
once-more-many = Wir bekommen gerade ungewöhnlich viele Anmeldungen, manche vielleicht von Programmen. Wenn Sie es waren, schicken Sie das Formular bitte noch einmal ab.

subscribe-sent = Wir haben Ihnen eine E-Mail geschickt, sofern Ihre Adresse { $newsletter } empfangen kann. Öffnen Sie den Link darin innerhalb von 48 Stunden, um Ihr Abonnement zu bestätigen.
subscribe-sent-nothing = Nach ein paar Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, oder { $link }. Wir schicken nur wenige dieser E-Mails am Tag an eine Adresse: Wenn Sie schon einen Link bekommen haben, nehmen Sie den.
subscribe-sent-try-again = versuchen Sie es noch einmal
subscribe-sent-back = Zurück zu { $newsletter }

subscribe-too-many = Zu viele Anmeldungen aus Ihrem Netzwerk
subscribe-too-many-wait = { $minutes ->
    [one] Bitte versuchen Sie es in { $minutes } Minute noch einmal.
   *[other] Bitte versuchen Sie es in { $minutes } Minuten noch einmal.
}

confirm = Bestätigen Sie Ihr Abonnement
confirm-text = Bestätigen Sie, und wir schicken { $newsletter } an { $address }.
confirm-button = Bestätigen

confirmed = Sie sind dabei
confirmed-text = Wir schicken jede Ausgabe von { $newsletter } an { $address }, angefangen mit der nächsten.
confirmed-anew = Falls Sie pausiert oder die Monatsausgabe gewählt hatten, gilt das jetzt nicht mehr.
confirmed-latest = Bis dahin: der neueste Vergleich

confirm-link-broken = Er ist vielleicht abgelaufen oder unvollständig. Kopieren Sie ihn ganz aus der E-Mail.
confirm-link-used = Wenn Sie Ihr Abonnement damit schon bestätigt haben, sind Sie dabei und müssen nichts mehr tun. Andernfalls { $link }, um einen neuen Link zu bekommen.
confirm-link-again = abonnieren Sie erneut

settings = Ihre Einstellungen
settings-ask = E-Mails werden manchmal weitergeleitet. Deshalb schicken wir den Link zu Ihren Einstellungen nur an { $address }. Er gilt 24 Stunden.
settings-email-link = Link zuschicken
settings-link-sent = Wir haben einen Link an { $address } geschickt. Er gilt 24 Stunden.
settings-links-enough = Sie haben den Link schon
settings-links-enough-text = Wir haben heute drei Links an { $address } geschickt. Nehmen Sie den neuesten: Er gilt 24 Stunden. Nicht gefunden? Sehen Sie im Spam-Ordner nach. Morgen können Sie einen weiteren Link anfordern.
settings-link-broken = Er ist vielleicht zu alt, schon benutzt oder unvollständig. Einen neuen bekommen Sie über den Link zu den Einstellungen am Ende jeder unserer E-Mails.

settings-saved = Gespeichert.
settings-of = Für { $address }
settings-not-subscribed = Sie haben kein Abonnement. { $link } können Sie jederzeit.
settings-name = Ihr Name für die Anrede
settings-frequency = Wie oft
settings-every = Jede Ausgabe
settings-digest = Nur die Monatsausgabe
settings-pause = Pause
settings-pause-none = Keine Pause
settings-pause-until = Bis { $date }
settings-pause-end = Pause beenden
settings-pause-for = { $weeks ->
    [one] { $weeks } Woche
   *[other] { $weeks } Wochen
}
settings-save = Speichern

move = Adresse ändern
move-text = Wir schicken einen Link an die neue Adresse. Öffnen Sie ihn, um die Änderung zu bestätigen. Danach benachrichtigen wir Ihre alte Adresse.
move-email = Ihre neue E-Mail-Adresse
move-button = Adresse ändern
move-asked = Schauen Sie in Ihr neues Postfach
move-asked-text = Wir haben einen Link an { $address } geschickt, sofern sich diese Adresse verwenden lässt. Öffnen Sie ihn innerhalb von 24 Stunden, um Ihre neue Adresse zu bestätigen. Links, die wir an andere neue Adressen geschickt haben, funktionieren nicht mehr.
move-asked-until = Bis Sie bestätigen, ändert sich nichts. Wir schicken nur wenige dieser E-Mails am Tag an eine Adresse.
move-too-often = Zu viele Adressänderungen für heute
move-too-often-text = Sie können höchstens drei Adressen am Tag angeben. Es hat sich nichts geändert. Bitte versuchen Sie es morgen noch einmal.
move-confirm = Diese Adresse verwenden?
move-confirm-text = { $address } ersetzt dann Ihre alte Adresse für { $newsletter }.
move-confirm-button = Diese Adresse verwenden
moved = Ihre Adresse ist geändert
moved-text = Ihre Adresse für { $newsletter } ist ab jetzt { $address }. Ihre alte Adresse benachrichtigen wir.

data = Ihre Daten
data-download = Alles herunterladen, was wir über Sie gespeichert haben: { $json } oder { $csv }.
data-erase = Oder alles löschen. Zur Bestätigung schicken wir Ihnen einen Link per E-Mail.
data-unsubscribe = Wenn Sie nur keine E-Mails mehr möchten, { $link }.
data-unsubscribe-link = melden Sie sich ab
erase-button = Alles löschen
erase-confirm = Alles löschen?
erase-confirm-text = Wir löschen { $address }, Ihren Namen, Ihre Einstellungen und die Versanddaten Ihrer E-Mails. Ihr Abonnement endet. Das lässt sich nicht rückgängig machen.
erased = Alles ist gelöscht
erased-text = Wir haben nichts mehr über Sie gespeichert, bis auf einen Code, der Ihre Adresse von unserer Liste fernhält.

unsubscribe-from = Von { $newsletter } abmelden?
unsubscribe-text = Wir schicken dann keine E-Mails mehr an { $address }.
unsubscribe-digest = An { $address } schicken wir die Monatsausgabe. Wenn Sie sich abmelden, kommen keine E-Mails mehr.
unsubscribe-paused = Sie pausieren bis zum { $date }. Bis dahin schicken wir keine E-Mails an { $address }. Beenden können Sie die Pause in { $settings }. Wenn Sie sich abmelden, kommen auch danach keine E-Mails.
unsubscribe-settings = Ihren Einstellungen
unsubscribe-why = Warum melden Sie sich ab? (optional)
unsubscribe-too-often = Zu viele E-Mails
unsubscribe-not-for-me = Für mich nicht relevant
unsubscribe-not-good = Nicht gut genug
unsubscribe-never-joined = Ich habe mich nie angemeldet
unsubscribe-own-words = In Ihren eigenen Worten
unsubscribe-button = Abmelden
unsubscribe-less = Oder weniger E‑Mails bekommen
unsubscribe-pause-for = { $weeks ->
    [one] { $weeks } Woche pausieren
   *[other] { $weeks } Wochen pausieren
}
unsubscribe-to-digest = Zur Monatsausgabe wechseln
unsubscribe-link-broken = Vielleicht fehlt ein Teil davon. Öffnen Sie „Abmelden“ am Ende einer unserer E-Mails noch einmal, oder kopieren Sie den ganzen Link.
unsubscribe-reply = Wenn das nicht hilft, antworten Sie auf eine unserer E-Mails, und bitten Sie uns, Sie abzumelden.

unsubscribed = Sie sind abgemeldet
unsubscribed-now = Wir schicken { $newsletter } nicht mehr an { $address }.
unsubscribed-before = Wir schicken { $newsletter } nicht an { $address }.
unsubscribed-thanks = Danke fürs Lesen. Alle Vergleiche stehen Ihnen weiterhin { $link } offen.
unsubscribed-archive = im Archiv
unsubscribed-changed-mind = Anders überlegt? { $link }.
unsubscribed-not-yet = Ihre Abmeldung ist weniger als eine Stunde her. Auf der Seite, auf der sie erfolgt ist, lässt sie sich noch rückgängig machen.
unsubscribed-for-good = Endgültig abmelden
unsubscribed-one-click = Sie sind abgemeldet.

subscription-ended = Dieses Abonnement ist beendet
subscription-ended-text = Für das Abonnement, zu dem dieser Link gehört, schicken wir keine E-Mails mehr.
subscription-ended-but = Sie bekommen { $newsletter } trotzdem? Dann haben Sie inzwischen erneut abonniert. Nutzen Sie den Abmeldelink in der neuesten E-Mail.

paused-until = Pause bis zum { $date }
paused-text = Bis zum { $date } schicken wir { $newsletter } nicht an { $address }. Danach geht es weiter wie zuvor.
digest-chosen = Sie bekommen die Monatsausgabe
digest-chosen-text = Ab jetzt schicken wir { $newsletter } einmal im Monat an { $address }, mit allen Urteilen in einer E-Mail.

undo-button = Rückgängig machen
undo-ask = Letzte Änderung rückgängig machen?
undo-ask-text = Wir schicken { $newsletter } dann wieder so an { $address } wie vor der Änderung.
undone = Sie sind wieder dabei
undone-paused = Rückgängig gemacht
undo-subscribed = Sie sind angemeldet
undo-nothing = Es gibt nichts mehr rückgängig zu machen: Das ist schon geschehen, die Änderung ist mehr als eine Stunde her, oder Sie haben seitdem etwas anderes geändert.

gets-every = Wir schicken jede Ausgabe von { $newsletter } an { $address }.
gets-digest = Wir schicken die Monatsausgabe von { $newsletter } an { $address }.
gets-after-pause = { $newsletter } pausiert bis zum { $date }. Danach geht die nächste Ausgabe wieder an { $address }.

## What is wrong with a form

wrong-email-empty = Geben Sie Ihre E-Mail-Adresse ein.
wrong-email-invisible = Das sieht nicht nach einer E-Mail-Adresse aus: Die Eingabe enthält ein unsichtbares Zeichen. Tippen Sie die Adresse ein, statt sie einzufügen.
wrong-email-space = Das sieht nicht nach einer E-Mail-Adresse aus: Die Eingabe enthält ein Leerzeichen.
wrong-email-long = Das ist zu lang für eine E-Mail-Adresse.
wrong-email-bare = Geben Sie nur die E-Mail-Adresse ein, ohne Namen und ohne Klammern.
wrong-email-no-at = Das sieht nicht nach einer E-Mail-Adresse aus: Das @ fehlt.
wrong-email-ats = Das sieht nicht nach einer E-Mail-Adresse aus: Die Eingabe enthält mehr als ein @.
wrong-email-no-local = Das sieht nicht nach einer E-Mail-Adresse aus: Vor dem @ steht nichts.
wrong-email-local = Das sieht nicht nach einer E-Mail-Adresse aus. Prüfen Sie den Teil vor dem @.
wrong-email-no-domain = Das sieht nicht nach einer E-Mail-Adresse aus: Nach dem @ steht nichts.
wrong-email-domain = Das sieht nicht nach einer E-Mail-Adresse aus. Prüfen Sie den Teil nach dem @.
wrong-email-no-dot = Das sieht nicht nach einer E-Mail-Adresse aus: Nach dem @ fehlt ein Punkt wie in „example.com“.
wrong-email-ip = An IP-Adressen können wir nichts schicken. Geben Sie eine E-Mail-Adresse mit einer Domain wie „example.com“ ein.
wrong-email-disposable = An Wegwerfadressen, etwa bei { $domain }, schicken wir nichts.
wrong-email-shared = { $local }@ lesen vielleicht mehrere Personen. Bitte geben Sie Ihre eigene Adresse ein.
wrong-name-lines = Ihr Name muss in eine Zeile passen.
wrong-name-long = { $most ->
    [one] Ihr Name darf höchstens { $most } Zeichen haben.
   *[other] Ihr Name darf höchstens { $most } Zeichen haben.
}
wrong-time-zone = Diese Zeitzone kennen wir nicht. Wählen Sie eine aus der Liste.

form-not-read = Ihr Formular ist nicht angekommen
form-not-read-text = Es war zu groß, unvollständig oder zu lange unterwegs. Gehen Sie zurück, und schicken Sie es noch einmal ab.

## Alerts

alert-empty-subject = Nichts zu versenden am { $date }
alert-empty-text =
    Für den Termin am { $slot } war keine Ausgabe bereit. Es wurde nichts versendet.

    Ein Termin versendet die Ausgabe mit dem Status „ready“, deren send_on auf diesen Tag fällt, sonst eine Ausgabe, die bereit ist und kein send_on hat.

    So sehen Sie, was die nächsten Termine versenden:
        verdict calendar

    So versenden Sie sofort eine Ausgabe:
        verdict send SLUG

alert-no-readers-subject = Keine Empfänger am { $date }
alert-no-readers-text =
    Zum Termin am { $slot } war { $slug } bereit, aber auf der Liste steht niemand, der das Abonnement bestätigt hat. Es wurde nichts versendet. Die Ausgabe bleibt für den nächsten Termin bereit.

    So sehen Sie, wer auf der Liste steht:
        verdict subscribers list

alert-missed-subject = Termin am { $date } verpasst
alert-missed-text =
    Der Termin am { $slot } wurde mit { $late } Verspätung bemerkt. Das ist mehr, als schedule.max_delay erlaubt. Es wurde nichts versendet.

    Dazu kommt es, wenn Verdict zu dieser Zeit nicht lief. Es ist keine Ausgabe verloren: Eine ohne send_on wird mit dem nächsten Termin versendet, eine mit abgelaufenem send_on braucht ein neues Datum.

    So versenden Sie sofort eine Ausgabe:
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] { $count } Termine verpasst, zuletzt am { $date }
   *[no] Mehr als { $count } Termine verpasst, zuletzt am { $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] Zu { $count } Terminen wurde nichts versendet, weil Verdict sie später bemerkt hat, als schedule.max_delay erlaubt.
       *[no] Zu mehr als { $count } Terminen wurde nichts versendet, weil Verdict sie später bemerkt hat, als schedule.max_delay erlaubt.
    }

    Der erste: { $first }
    Der letzte: { $last }

    Dazu kommt es, wenn Verdict zu diesen Zeiten nicht lief oder die Uhr des Rechners falsch ging. Es ist keine Ausgabe verloren: Eine ohne send_on wird mit dem nächsten Termin versendet, eine mit abgelaufenem send_on braucht ein neues Datum.

    So sehen Sie, was die nächsten Termine versenden:
        verdict calendar

    So versenden Sie sofort eine Ausgabe:
        verdict send SLUG

alert-clock-subject = Uhr ging vor: Termine wurden zu früh entschieden
alert-clock-text =
    { $several ->
        [yes] Verdict lief auf einem Rechner, dessen Uhr vorging, und hielt die Termine von { $first } bis { $last } für verpasst oder leer.
       *[no] Verdict lief auf einem Rechner, dessen Uhr vorging, und hielt den Termin am { $first } für verpasst oder leer.
    } Die Uhr geht wieder richtig, das gilt also nicht mehr: Verdict entscheidet neu, wenn es so weit ist.

    Frühere Nachrichten über verpasste oder leere Termine in dieser Zeit können Sie ignorieren. Prüfen Sie, ob der Rechner seine Uhr über das Netz stellt.

    So sehen Sie, was die nächsten Termine versenden:
        verdict calendar

alert-digest-late-subject = Die Monatsausgabe für { $month } kommt verspätet
alert-digest-late-text =
    Die Monatsausgabe für { $month } war mit dem Termin am { $due } fällig. Verdict hat ihn um mehr als schedule.max_delay verpasst.

    Sie geht jetzt mit dem Termin am { $slot } an alle, die eine E-Mail im Monat wünschen.

alert-digest-lost-subject = Die Monatsausgabe für { $month } wurde nicht versendet
alert-digest-lost-text =
    Die Monatsausgabe für { $month } war mit dem Termin am { $due } fällig. Verdict hat ihn und alle weiteren Termine des Monats um mehr als schedule.max_delay verpasst. Die Monatsausgabe wurde nicht versendet.

    Wer eine E-Mail im Monat wünscht, hat für diesen Monat nichts bekommen. Alle Vergleiche stehen im Archiv auf Ihrer Website. Die nächste Monatsausgabe wird mit dem ersten Termin ihres Monats versendet.
alert-digest-without-slot-text =
    Die Monatsausgabe für { $month } wird mit dem ersten Termin des folgenden Monats versendet. Ihr Zeitplan hat in diesem Monat keinen Termin. Die Monatsausgabe wurde nicht versendet.

    Wer eine E-Mail im Monat wünscht, hat für diesen Monat nichts bekommen. Alle Vergleiche stehen im Archiv auf Ihrer Website. Die nächste Monatsausgabe wird mit dem ersten Termin ihres Monats versendet.

alert-paused-subject = Der Versand von { $slug } ist angehalten
alert-paused-text =
    Verdict hat den Versand von { $slug } angehalten. Der Grund:
    { "    " }{ $reason }

    Wer die Ausgabe schon hat, bekommt sie nicht noch einmal. Wenn die Ursache behoben ist, setzen Sie den Versand fort:
        verdict resume { $slug }

    So erreichen Sie alle, die der Mailserver bis dahin abgelehnt hat:
        verdict resend { $slug } --refused

    So entscheiden Sie über alle, die die Ausgabe vielleicht schon haben:
        verdict settle { $slug }

alert-sign-ups-subject = Ungewöhnlich viele Anmeldungen
alert-sign-ups-text =
    { $count ->
        [one] Das Anmeldeformular wurde innerhalb einer Stunde einmal benutzt, weitere Anmeldungen können folgen.
       *[other] Das Anmeldeformular wurde innerhalb einer Stunde { $count }-mal benutzt, weitere Anmeldungen können folgen.
    }

    Es wurde nichts gestoppt. Alle müssen ihre Anmeldung noch bestätigen, und jede Adresse und jedes Netz wird nur begrenzt oft angeschrieben. Wenn über Ihren Newsletter nicht gerade berichtet wird, missbraucht vielleicht jemand das Formular.

    So sehen Sie, wer sich angemeldet hat:
        verdict subscribers list --consent pending

    Die Grenzen stehen in verdict.toml unter [join].

alert-findings-subject = Die Ausgabe { $slug } enthält Fehler
alert-findings-text =
    Zu diesem Termin wurde die Ausgabe { $slug } übersprungen, weil sie Fehler enthält:

alert-overdue-subject = Die Ausgabe { $slug } hat ihr Datum verpasst
alert-overdue-text =
    Die Ausgabe { $slug } trägt das Datum { $date }, und kein Termin an diesem Tag hat sie versendet.

    Ohne Ihr Zutun versendet Verdict sie nicht nachträglich: Ändern Sie send_on, oder entfernen Sie es.

alert-unapproved-subject = Die Ausgabe { $slug } wurde nicht versendet: Die Freigabe fehlt
alert-unapproved-text =
    Die Ausgabe { $slug } war für den Termin am { $slot } an der Reihe, darf aber noch nicht versendet werden. { $why }

    So geben Sie sie frei, wie sie ist:
        verdict approve { $slug } --as NAME

    So versenden Sie sie danach sofort:
        verdict send { $slug }

alert-preflight-subject = Die Prüfung vor einer Ausgabe hat Probleme gefunden
alert-preflight-text =
    Bevor Verdict eine Ausgabe verschickt hat, wurden Absender, Mailserver und Seiten geprüft. Unten steht, was dabei auffiel. Die Ausgabe ging trotzdem hinaus: Vielleicht kommen Mails nicht an, oder Leser können sich nicht abmelden.

    So prüfen Sie noch einmal:
        verdict doctor
alert-held-subject = Die Ausgabe vom { $date } ist nicht verschickt
alert-held-text =
    Der Termin { $slot } ist fällig, aber Verdict hat nichts verschickt: Bei der Prüfung von Absender, Mailserver und Seiten fiel auf, was unten steht. Verdict prüft alle paar Minuten noch einmal und verschickt die Ausgabe, wenn rechtzeitig alles in Ordnung ist.

    So prüfen Sie jetzt:
        verdict doctor

alert-reminder-subject = Noch nicht bereit für { $date }
alert-reminder-text =
    Der nächste Termin ist am { $slot }. Bitte kümmern Sie sich vorher darum:

    { $lacks }

    So sehen Sie, was die nächsten Termine versenden:
        verdict calendar
alert-lacks-issue = Dafür ist keine Ausgabe bereit.
alert-lacks-correction = Die Ausgabe { $slug } enthält Fehler. `verdict check` zeigt sie.
alert-lacks-look =
    { $count ->
        [one] Zur Ausgabe { $slug } gibt es eine Warnung. `verdict check` zeigt sie.
       *[other] Zur Ausgabe { $slug } gibt es { $count } Warnungen. `verdict check` zeigt sie.
    }
alert-lacks-approval =
    { $why ->
        [changed] Die Ausgabe { $slug } wurde geändert, seit { $by } sie freigegeben hat.
        [author] Nur { $by } hat die Ausgabe { $slug } freigegeben, und { $by } hat sie auch geschrieben.
        [unknown] In der Ausgabe { $slug } steht nicht, wer sie geschrieben hat; deshalb lässt sie sich nicht freigeben. Ergänzen Sie author = "NAME" in ihrer Datei.
       *[missing] Die Ausgabe { $slug } ist nicht freigegeben.
    }
