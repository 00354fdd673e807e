### Nederlands. Lezers en redactie worden met je aangesproken.

## Numbers

number-1234 = 1.234
number-12345 = 12.345

percent = { $number }%

## Dates

date = { $day } { month-in-date } { $year }

month-in-date = { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
}

weekday = { $weekday ->
    [1] maandag
    [2] dinsdag
    [3] woensdag
    [4] donderdag
    [5] vrijdag
    [6] zaterdag
   *[7] zondag
}

weekday-and-date = { weekday } { date }

date-and-time = { weekday-and-date }, { $time } uur ({ $zone })

month-and-year = { month-in-date } { $year }

## Lengths of time

duration-days = { $count ->
    [one] { $count } dag
   *[other] { $count } dagen
}
duration-hours = { $count } uur
duration-minutes = { $count ->
    [one] { $count } minuut
   *[other] { $count } minuten
}
duration-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } seconden
}

duration-pair = { $first } en { $second }

## Lists

list-pair = { $first } en { $second }
list-middle = { $list }, { $item }
list-end = { $list } en { $item }

two-sentences = { $first } { $second }

## A comparison of two tools

# Gebruiken en overslaan; in het kort: voor en tegen.
ship = Gebruiken
skip = Overslaan

versus = vs.

sample = Voorbeeld: de tools zijn verzonnen

panel = Het panel

result-wins = { $tool } wint
result-tie = Gelijkspel
result-split = Verdeelde meningen
result-no-contest = Geen uitslag

result-all-would-ship-it = { $count ->
    [1] Slechts één panellid heeft het getest en zou het gebruiken.
    [2] Beide panelleden zouden het gebruiken.
   *[other] Alle { $count } panelleden zouden het gebruiken.
}
result-some-would-ship-it = { $ship ->
    [one] { $ship } van de { $count } panelleden zou het gebruiken.
   *[other] { $ship } van de { $count } panelleden zouden het gebruiken.
}
result-would-ship = { $ship ->
    [0] { $count ->
        [1] Slechts één panellid heeft { $tool } getest en zou het overslaan.
       *[other] Geen van de { $count } panelleden zou { $tool } gebruiken.
    }
    [1] { $count ->
        [1] Slechts één panellid heeft { $tool } getest en zou het gebruiken.
       *[other] { $ship } van de { $count } zou { $tool } gebruiken.
    }
   *[other] { $ship } van de { $count } zouden { $tool } gebruiken.
}
result-each = { $ship ->
    [0] Niemand in het panel zou een van beide tools gebruiken.
    [one] Voor beide tools geldt: { $ship } van de { $count } panelleden zou de tool gebruiken.
   *[other] Voor beide tools geldt: { $ship } van de { $count } panelleden zouden de tool gebruiken.
}
result-only-one = { $ship ->
    [0] Het panel heeft alleen { $tool } getest, en niemand zou het gebruiken.
    [one] Het panel heeft alleen { $tool } getest: { $ship } van de { $count } zou het gebruiken.
   *[other] Het panel heeft alleen { $tool } getest: { $ship } van de { $count } zouden het gebruiken.
}
result-neither = Het panel heeft geen van beide tools getest.

result-line = { $title }. { $result }

result-in-short = { $first } · { $second }
result-short = { $tool }: { $ship } van de { $count } vóór
result-short-not-reviewed = { $tool }: niet getest

different-panels = Niet elk panellid heeft beide tools getest.

pick-tool = { $against ->
    [panel] Keuze van de redactie: { $tool }, tegen het panel in.
   *[none] Keuze van de redactie: { $tool }.
}
pick-tie = { $against ->
    [panel] Keuze van de redactie: gelijkspel, tegen het panel in.
   *[none] Keuze van de redactie: gelijkspel.
}

## Reviewers

# Altijd zonder lidwoord.
role-name = { $role ->
    [builder] bouwer
    [skeptic] scepticus
    [futurist] futurist
    [creator] maker
    [founder] oprichter
   *[other] { $role }
}
role = { role-name }
role-at-start = { role-name }

split-between = { $count ->
    [one] Voor { $ship } en tegen { $skip }: { $roles }.
   *[other] Voor { $ship } en tegen { $skip }: { $roles }.
}
split-not-reviewed = Niemand in het panel heeft { $tool } getest.
split-only-reviewer = { $verdict ->
    [ship] Slechts één panellid ({ $role }) heeft { $tool } getest en zou het gebruiken.
   *[skip] Slechts één panellid ({ $role }) heeft { $tool } getest en zou het overslaan.
}
split-unanimous = { $verdict ->
    [ship] { $count ->
        [2] Beide panelleden zouden { $tool } gebruiken.
       *[other] Alle { $count } panelleden zouden { $tool } gebruiken.
    }
   *[skip] { $count ->
        [2] Beide panelleden zouden { $tool } overslaan.
       *[other] Alle { $count } panelleden zouden { $tool } overslaan.
    }
}
split-in-half = { $count ->
    [one] Over { $tool } is het panel verdeeld{ "\u00A0" }– voor: { $ship }; tegen: { $skip }.
   *[other] Over { $tool } is het panel verdeeld{ "\u00A0" }– voor: { $ship }; tegen: { $skip }.
}
split-minority = { $verdict ->
    [ship] { $count ->
        [one] Slechts één stem voor { $tool }: { $roles }.
       *[other] Slechts { $count } stemmen voor { $tool }: { $roles }.
    }
   *[skip] { $count ->
        [one] Slechts één stem tegen { $tool }: { $roles }.
       *[other] Slechts { $count } stemmen tegen { $tool }: { $roles }.
    }
}

## The table

winner = Winnaar
row-panel = Panel
row-community = Lezers
row-price = Prijs
row-maker = Aanbieder
row-category = Categorie

panel-figures = { $ship } van de { $count } vóór
not-reviewed = Niet getest
votes = { $count ->
    [one] { $count } stem
   *[other] { $count } stemmen
}
votes-too-few = Minder dan vijf stemmen

price-free = Gratis
price-paid = Betaald
price-freemium = Freemium
price-trial = Gratis proefperiode
price-open-weights = Open weights
price-open-source = Open source

## Below the table

facts = De belangrijkste feiten
source = Bron: { $site }
scorecard = Het oordeel van het panel
quote = “{ $text }”

## Readers' votes

last-time = Vorige keer: { $title }.
last-time-too-few = Beide kregen minder dan vijf stemmen.
readers-would-ship = { $count ->
    [one] { $share } van jullie zou { $tool } gebruiken ({ $count } stem).
   *[other] { $share } van jullie zou { $tool } gebruiken ({ $count } stemmen).
}
voting-closes = Stemmen kan tot en met { $date }.

sign-up = Ontvang de volgende vergelijking in je inbox

## Mails to readers

mail-greeting = Hallo { $name },
mail-greeting-without-name = Hallo,

mail-label = { $label }:
mail-labeled = { $label }: { $value }

mail-read-online = Lees online
mail-vote = Wat is jouw oordeel?
mail-maker = van { $maker }
mail-last-time-link = Nog eens lezen

mail-forwarded = Heeft iemand dit naar je doorgestuurd?
mail-forwarded-text = Ontvang de volgende vergelijking in je inbox.

mail-why = Je krijgt deze e-mail omdat je je met dit adres hebt aangemeld voor { $newsletter }:
mail-unsubscribe = Afmelden
mail-settings-link = Pauzeren of instellingen wijzigen

## The digest

mail-digest-subject-one = Overzicht van { $month }: { $title }
mail-digest-subject = Overzicht van { $month }: { $count ->
    [one] { $count } vergelijking
   *[other] { $count } vergelijkingen
}
mail-digest-panel = { $tool }: panel { $panel }
mail-digest-panel-and-community = { $tool }: panel { $panel }, lezers { $community }

## The correction notice

mail-correction-subject = Correctie: { $title }
mail-correction-intro = Op { $date } stuurden we je “{ $title }” met een fout. Onze excuses. Dit hebben we gecorrigeerd:
mail-correction-before = We schreven: { $text }
mail-correction-now = Er had moeten staan: { $text }
mail-correction-removed = Dit hebben we verwijderd.
mail-correction-button = Lees de gecorrigeerde vergelijking

## The welcome mail

mail-welcome-subject = Welkom bij { $newsletter }
mail-welcome-title = Je bent aangemeld
mail-welcome-thanks = Bedankt voor je aanmelding voor { $newsletter }. We sturen elke nieuwe editie naar dit adres.
mail-welcome-latest = In afwachting van je eerste editie is hier alvast de nieuwste:

## Short mails

mail-button-fallback = Werkt de knop niet? Open dan deze link:
mail-ignore = Heb je hier niet om gevraagd, negeer deze e-mail dan.
mail-ignore-unchanged = Heb je hier niet om gevraagd, negeer deze e-mail dan. Er verandert niets.
mail-link-expires = De link werkt 24 uur. Heb je hier niet om gevraagd, negeer deze e-mail dan. Er verandert niets.

mail-confirm-subject = Bevestig je aanmelding voor { $newsletter }
mail-confirm-preview = Bevestig, en je krijgt elke editie.
mail-confirm-title = Bevestig je aanmelding
mail-confirm-text = Je wilt { $newsletter } ontvangen. Bevestig om te beginnen.
mail-confirm-button = Bevestigen
mail-confirm-ignore = Tot je bevestigt, sturen we je verder niets. Heb je hier niet om gevraagd, negeer deze e-mail dan: we wissen je adres na 48 uur, tenzij je al eens eerder was aangemeld.
mail-confirm-paused = Je hebt je abonnement gepauzeerd tot en met { $date }. Als je bevestigt, eindigt de pauze en krijg je weer elke editie.
mail-confirm-digest = Je hebt het maandoverzicht gekozen. Als je bevestigt, krijg je weer elke editie.

mail-resume-subject = Bevestig dat je weer elke editie van { $newsletter } wilt
mail-resume-preview = Bevestig om de volgende editie te krijgen.
mail-resume-title = Weer elke editie?
mail-resume-button = Ja, elke editie

mail-already-subject = Je bent al aangemeld voor { $newsletter }
mail-already-preview = Je krijgt elke editie. Er is niets veranderd.
mail-already-title = Je bent al aangemeld
mail-already-text = Je hebt je aangemeld voor { $newsletter }, maar je krijgt al elke editie.
mail-already-spam = Komen onze e-mails niet aan? Kijk dan in je spammap.

mail-settings-subject = Je instellingen voor { $newsletter }
mail-settings-preview = De link werkt 24 uur.
mail-settings-title = Je instellingen
mail-settings-text = Je hebt gevraagd om een link naar je instellingen voor { $newsletter }.
mail-settings-secret = Houd hem voor jezelf: iedereen die deze link heeft, kan je instellingen wijzigen.
mail-settings-button = Open je instellingen
mail-settings-ignore = De link werkt 24 uur. Heb je er niet om gevraagd, negeer deze e-mail dan.

mail-address-subject = Bevestig je nieuwe adres voor { $newsletter }
mail-address-preview = Bevestig dat dit adres van jou is.
mail-address-title = Bevestig je nieuwe adres
mail-address-text = Je wilt { $newsletter } voortaan op dit adres ontvangen. Bevestig dat het van jou is.
mail-address-button = Dit adres gebruiken

mail-taken-subject = Je adres voor { $newsletter } is niet gewijzigd
mail-taken-preview = Er is niets veranderd.
mail-taken-title = We konden je adres niet wijzigen
mail-taken-text = Je wilt { $newsletter } op dit adres ontvangen. Het is al eens aangemeld geweest, dus hebben we niets gewijzigd.
mail-taken-help = Wil je de nieuwsbrief hier lezen, meld je dan aan met dit adres. Wil je op je andere adres niets meer krijgen, gebruik dan de afmeldlink in een e-mail die je daar hebt gekregen.

mail-moved-subject = Je adres voor { $newsletter } is gewijzigd
mail-moved-preview = Was jij dat niet? Beantwoord dan deze e-mail.
mail-moved-title = Je adres is gewijzigd
mail-moved-text = Vanaf nu sturen we { $newsletter } naar het nieuwe adres in je instellingen, en niet meer naar dit adres.
mail-moved-reply = Heb jij het niet gewijzigd? Beantwoord dan deze e-mail.

mail-erase-subject = Bevestig dat je gegevens bij { $newsletter } gewist mogen worden
mail-erase-preview = Dit kun je niet ongedaan maken.
mail-erase-title = Al je gegevens wissen?
mail-erase-text = Je hebt { $newsletter } gevraagd alles te wissen wat over jou is opgeslagen. Je abonnement eindigt daarmee. Dit kun je niet ongedaan maken.
mail-erase-button = Alles wissen

## Pages that anyone can open

page-skip = Naar de inhoud
page-links-main = Hoofdmenu
page-links-site = Voettekst
page-archive = Archief
page-subscribe = Aanmelden
page-all-comparisons = Alle vergelijkingen
page-feed = Feed
subscribe-to = Aanmelden voor { $newsletter }
page-email = Je e-mailadres
page-honeypot = Laat dit leeg

home-latest = Nieuwste vergelijking
home-latest-dated = Nieuwste vergelijking · { $date }
read-comparison = Lees de vergelijking
home-earlier = Eerder
no-comparisons-yet = Nog geen vergelijkingen. De eerste staat hier op de dag dat we die versturen.

archive-order = Nieuwste eerst
archive-search-long = Je zoekopdracht is erg lang. We hebben alleen de eerste { $words } woorden gebruikt, en van elk woord hooguit { $characters } tekens.
archive-nothing-found = We hebben geen vergelijkingen gevonden voor deze zoekopdracht.
archive-words = Tool of titel
archive-category = Categorie
archive-every-category = Alle
archive-category-count = { $category } ({ $count })
archive-search = Zoeken
archive-year = { $year }
archive-pages = Pagina’s
archive-newer = Nieuwer
archive-older = Ouder

table-caption = De twee tools naast elkaar
matrix-caption = Het oordeel van elk panellid
comparison-more = Meer over deze tools
comparison-all-of-tool = Alle vergelijkingen met { $tool }
comparison-neighbors = Vorige en volgende vergelijking
comparison-previous = Vorige
comparison-next = Volgende

corrections = Correcties
corrections-intro = Hierboven staat wat we hebben verstuurd. Sindsdien heeft de redactie dit gewijzigd:
corrections-intro-revised = Sommige lezers kregen een eerdere versie van deze vergelijking. De redactie heeft sindsdien deze wijzigingen aangebracht:
correction-title = Titel
correction-question = Vraag
correction-intro = Inleiding
correction-pick = Keuze van de redactie
correction-sample = Voorbeeld
correction-voting-closes = Laatste dag om te stemmen
correction-name = { $tool }: naam
correction-maker = { $tool }: aanbieder
correction-category = { $tool }: categorie
correction-tagline = { $tool }: samenvatting
correction-price = { $tool }: prijs
correction-price-note = { $tool }: toelichting bij de prijs
correction-url = { $tool }: website
correction-description = { $tool }: beschrijving
correction-fact = { $tool }: feit { $number }
correction-fact-source = { $tool }: bron bij feit { $number }
correction-verdict = { $tool }: oordeel ({ $role })
correction-quote = { $tool }: toelichting ({ $role })
correction-signed-verdict = { $sign } { $verdict }

tool-line = { $category } · van { $maker } · { $site }
tool-figures-from = Uit de nieuwste vergelijking: { $comparison }
tool-reviews = Wat het panel schreef
tool-comparisons = Vergelijkingen

error-title = Er ging iets mis
not-found-title = Pagina niet gevonden
error-ours = De fout ligt bij ons. Probeer het over een minuut nog eens.
error-code = Blijft het misgaan? Neem contact met ons op en vermeld deze code: { $code }
not-found-text = Controleer het adres op typefouten. Alle vergelijkingen die we hebben verstuurd, vind je in het archief.
error-busy = Er zijn nu te veel bezoekers. Probeer het zo nog eens.

inbox-title = Demo-inbox
inbox-count = { $count ->
    [0] Nog geen e-mails. Laad deze pagina zo opnieuw.
    [one] { $count } e-mail
   *[other] { $count } e-mails
}
inbox-next = Open een e-mail en meld je af. Verstuur daarna de volgende editie: alle anderen krijgen die.
inbox-send = Verstuur ‘{ $title }’
inbox-all = Alle e-mails
inbox-to = Aan
inbox-from = Van
inbox-received = Ontvangen
inbox-views = Weergaven van deze e-mail
inbox-html = HTML
inbox-text = Tekst
inbox-source = Bron
inbox-frame = De e-mail als HTML
inbox-catcher = Dit is de testinbox van de demo.
inbox-local = Niets hiervan heeft deze computer verlaten.
inbox-site = Naar de site

## Voting

vote-button = { $verdict ->
    [ship] { $tool } gebruiken
   *[skip] { $tool } overslaan
}
vote-question = { $verdict ->
    [ship] { $tool } gebruiken?
   *[skip] { $tool } overslaan?
}
vote-changed-mind = Niet wat je bedoelde? { $link }
vote-instead = { $verdict ->
    [ship] Toch { $tool } gebruiken
   *[skip] Toch { $tool } overslaan
}
vote-voted = { $verdict ->
    [ship] Jouw stem: { $tool } gebruiken.
   *[skip] Jouw stem: { $tool } overslaan.
}
vote-change = { $verdict ->
    [ship] Toch gebruiken
   *[skip] Toch overslaan
}
vote-other-tool = En { $tool }?
vote-until-then = Tot die tijd kun je je stem wijzigen.
vote-closed = De stemming is gesloten
vote-choose = Kies ‘Gebruiken’ of ‘Overslaan’.
vote-link-broken = Misschien ontbreekt er een stuk. Open de link nog eens vanuit de e-mail, of kopieer hem helemaal.

## Joining, settings and leaving

link-broken = Deze link werkt niet
check-inbox = Kijk in je inbox
subscribe-again = Opnieuw aanmelden

subscribe-intro = Ontvang de volgende vergelijking in je inbox.
subscribe-button = Aanmelden
subscribe-name = Je naam, voor de aanhef (optioneel)
subscribe-time-zone = Je tijdzone (optioneel)
subscribe-no-time-zone = Zeg ik liever niet
subscribe-note = We sturen je één e-mail om te bevestigen, en verder niets tot je dat hebt gedaan. Afmelden kan met één klik in elke e-mail.

once-more = Nog één stap
once-more-quick = Het formulier werd binnen twee seconden verstuurd, zoals programma’s dat doen. Was jij het, verstuur het dan nog eens.
once-more-expired = Dit formulier is verlopen. Verstuur het nog eens.
once-more-used = Dit formulier is al voor een ander e-mailadres gebruikt. Verstuur het nog eens.
once-more-elsewhere = Een andere website heeft dit formulier voor je verstuurd. Bevestig dat je je wilt aanmelden.
once-more-many = We krijgen meer aanmeldingen dan anders, en een deel komt misschien van programma’s. Was jij het, verstuur het formulier dan nog eens.

subscribe-sent = We hebben je een e-mail gestuurd, tenzij je adres { $newsletter } niet kan ontvangen. Open binnen 48 uur de link in die e-mail om je aanmelding te bevestigen.
subscribe-sent-nothing = Na een paar minuten nog niets? Kijk in je spammap, of { $link }. We sturen maar een paar van deze e-mails per dag naar één adres: heb je al eerder een link gekregen, gebruik dan die.
subscribe-sent-try-again = probeer het nog eens
subscribe-sent-back = Terug naar { $newsletter }

subscribe-too-many = Te veel aanmeldingen vanaf je netwerk
subscribe-too-many-wait = { $minutes ->
    [one] Probeer het over { $minutes } minuut nog eens.
   *[other] Probeer het over { $minutes } minuten nog eens.
}

confirm = Bevestig je aanmelding
confirm-text = Bevestig, en we sturen { $newsletter } naar { $address }.
confirm-button = Bevestigen

confirmed = Je bent aangemeld
confirmed-text = We sturen elke editie van { $newsletter } naar { $address }, te beginnen met de volgende.
confirmed-anew = Had je gepauzeerd of het maandoverzicht gekozen, dan is dat nu voorbij.
confirmed-latest = Om alvast te lezen: de nieuwste vergelijking

confirm-link-broken = Misschien is hij verlopen, of ontbreekt er een stuk. Kopieer hem helemaal uit de e-mail.
confirm-link-used = Heb je je aanmelding er al mee bevestigd, dan ben je aangemeld en hoef je niets meer te doen. Zo niet, { $link } voor een nieuwe link.
confirm-link-again = meld je dan opnieuw aan

settings = Je instellingen
settings-ask = E-mails worden weleens doorgestuurd. Daarom sturen we de link naar je instellingen alleen naar { $address }. Hij werkt 24 uur.
settings-email-link = Mail me de link
settings-link-sent = We hebben een link naar { $address } gestuurd. Hij werkt 24 uur.
settings-links-enough = Je hebt de link al
settings-links-enough-text = We hebben vandaag drie links naar { $address } gestuurd. Gebruik de nieuwste: die werkt 24 uur. Niet te vinden? Kijk in je spammap. Morgen kun je weer een link aanvragen.
settings-link-broken = Misschien is hij te oud, al gebruikt of onvolledig. Een nieuwe krijg je via de link naar je instellingen onder aan elke e-mail van ons.

settings-saved = Opgeslagen.
settings-of = Voor { $address }
settings-not-subscribed = Je bent niet aangemeld. { $link } kan altijd.
settings-name = Je naam, voor de aanhef
settings-frequency = Hoe vaak
settings-every = Elke editie
settings-digest = Alleen het maandoverzicht
settings-pause = Pauze
settings-pause-none = Geen pauze
settings-pause-until = Tot en met { $date }
settings-pause-end = Pauze beëindigen
settings-pause-for = { $weeks ->
    [one] { $weeks } week
   *[other] { $weeks } weken
}
settings-save = Opslaan

move = Je e-mailadres wijzigen
move-text = We sturen een link naar het nieuwe adres. Open die om de wijziging te bevestigen. Daarna sturen we een bericht naar je oude adres.
move-email = Je nieuwe e-mailadres
move-button = Adres wijzigen
move-asked = Kijk in je nieuwe inbox
move-asked-text = We hebben een link naar { $address } gestuurd, tenzij dat adres niet te gebruiken is. Open hem binnen 24 uur om je nieuwe adres te bevestigen. Links die we naar andere nieuwe adressen hebben gestuurd, werken niet meer.
move-asked-until = Er verandert niets tot je bevestigt. We sturen maar een paar van deze e-mails per dag naar één adres.
move-too-often = Te veel adreswijzigingen vandaag
move-too-often-text = Je kunt drie adressen per dag proberen. Er is niets gewijzigd. Probeer het morgen nog eens.
move-confirm = Dit adres gebruiken?
move-confirm-text = { $address } komt dan in de plaats van je oude adres voor { $newsletter }.
move-confirm-button = Dit adres gebruiken
moved = Je adres is gewijzigd
moved-text = Vanaf nu is { $address } je adres voor { $newsletter }. Je oude adres krijgt daar bericht van.

data = Je gegevens
data-download = Download alles wat we over je hebben: { $json } of { $csv }.
data-erase = Of wis alles. We mailen je een link om dat te bevestigen.
data-unsubscribe = Wil je alleen geen e-mails meer, { $link }.
data-unsubscribe-link = meld je dan af
erase-button = Alles wissen
erase-confirm = Alles wissen?
erase-confirm-text = We wissen { $address }, je naam, je instellingen en de verzendgegevens van je e-mails. Je abonnement eindigt. Dit kun je niet ongedaan maken.
erased = Alles is gewist
erased-text = We hebben niets meer over je, behalve een code die je adres van onze lijst houdt.

unsubscribe-from = Afmelden voor { $newsletter }?
unsubscribe-text = We sturen dan geen e-mails meer naar { $address }.
unsubscribe-digest = We sturen het maandoverzicht naar { $address }. Als je je afmeldt, sturen we geen e-mails meer.
unsubscribe-paused = Je hebt gepauzeerd tot en met { $date }. Tot die tijd sturen we geen e-mails naar { $address }. Je kunt de pauze beëindigen in { $settings }. Als je je afmeldt, sturen we ook daarna geen e-mails.
unsubscribe-settings = je instellingen
unsubscribe-why = Waarom meld je je af? (optioneel)
unsubscribe-too-often = Te veel e-mails
unsubscribe-not-for-me = Niet relevant voor mij
unsubscribe-not-good = Niet goed genoeg
unsubscribe-never-joined = Ik heb me nooit aangemeld
unsubscribe-own-words = In je eigen woorden
unsubscribe-button = Afmelden
unsubscribe-less = Of ontvang minder e-mails
unsubscribe-pause-for = { $weeks ->
    [one] { $weeks } week pauzeren
   *[other] { $weeks } weken pauzeren
}
unsubscribe-to-digest = Overstappen op het maandoverzicht
unsubscribe-link-broken = Misschien ontbreekt er een stuk. Open ‘Afmelden’ onder aan een van onze e-mails nog eens, of kopieer de hele link.
unsubscribe-reply = Helpt dat niet? Beantwoord een van onze e-mails en vraag ons je af te melden.

unsubscribed = Je bent afgemeld
unsubscribed-now = We sturen { $newsletter } niet meer naar { $address }.
unsubscribed-before = We sturen { $newsletter } niet naar { $address }.
unsubscribed-thanks = Bedankt voor het lezen. Alle vergelijkingen blijven te lezen { $link }.
unsubscribed-archive = in het archief
unsubscribed-changed-mind = Van gedachten veranderd? { $link }.
unsubscribed-not-yet = Je bent minder dan een uur geleden afgemeld. Op de pagina waar dat is gebeurd, kun je het nog ongedaan maken.
unsubscribed-for-good = Definitief afmelden
unsubscribed-one-click = Je bent afgemeld.

subscription-ended = Dit abonnement is beëindigd
subscription-ended-text = We sturen geen e-mails meer voor het abonnement waar deze link bij hoort.
subscription-ended-but = Krijg je { $newsletter } toch nog? Dan heb je je intussen opnieuw aangemeld. Gebruik de afmeldlink in de nieuwste e-mail.

paused-until = Gepauzeerd tot en met { $date }
paused-text = Tot en met { $date } sturen we { $newsletter } niet naar { $address }. Daarna gaat het weer verder zoals voorheen.
digest-chosen = Je krijgt het maandoverzicht
digest-chosen-text = Vanaf nu sturen we { $newsletter } één keer per maand naar { $address }, met alle oordelen in één e-mail.

undo-button = Ongedaan maken
undo-ask = Je laatste wijziging ongedaan maken?
undo-ask-text = We sturen { $newsletter } dan weer naar { $address } zoals vóór de wijziging.
undone = Je bent weer aangemeld
undone-paused = Ongedaan gemaakt
undo-subscribed = Je bent aangemeld
undo-nothing = Er valt niets meer ongedaan te maken: dat is al gebeurd, het is langer dan een uur geleden, of je hebt sindsdien iets gewijzigd.

gets-every = We sturen elke editie van { $newsletter } naar { $address }.
gets-digest = We sturen het maandoverzicht van { $newsletter } naar { $address }.
gets-after-pause = { $newsletter } is gepauzeerd tot en met { $date }. Daarna sturen we de volgende editie weer naar { $address }.

## What is wrong with a form

wrong-email-empty = Vul je e-mailadres in.
wrong-email-invisible = Dit lijkt geen geldig e-mailadres: er staat een onzichtbaar teken in. Typ het in plaats van het te plakken.
wrong-email-space = Dit lijkt geen geldig e-mailadres: er staat een spatie in.
wrong-email-long = Dat is te lang voor een e-mailadres.
wrong-email-bare = Vul alleen het e-mailadres in, zonder naam of haakjes.
wrong-email-no-at = Dit lijkt geen geldig e-mailadres: de @ ontbreekt.
wrong-email-ats = Dit lijkt geen geldig e-mailadres: er staat meer dan één @ in.
wrong-email-no-local = Dit lijkt geen geldig e-mailadres: er staat niets vóór de @.
wrong-email-local = Dit lijkt geen geldig e-mailadres. Controleer het deel vóór de @.
wrong-email-no-domain = Dit lijkt geen geldig e-mailadres: er staat niets na de @.
wrong-email-domain = Dit lijkt geen geldig e-mailadres. Controleer het deel na de @.
wrong-email-no-dot = Dit lijkt geen geldig e-mailadres: na de @ ontbreekt een punt, zoals in ‘example.com’.
wrong-email-ip = Naar een IP-adres kunnen we niets sturen. Gebruik een e-mailadres met een domein, zoals ‘example.com’.
wrong-email-disposable = We sturen niets naar wegwerpadressen, zoals die van { $domain }.
wrong-email-shared = { $local }@ wordt misschien door meer mensen gelezen. Gebruik je eigen adres.
wrong-name-lines = Je naam moet op één regel passen.
wrong-name-long = { $most ->
    [one] Je naam mag hooguit { $most } teken lang zijn.
   *[other] Je naam mag hooguit { $most } tekens lang zijn.
}
wrong-time-zone = Die tijdzone kennen we niet. Kies er een uit de lijst.

form-not-read = Je formulier is niet aangekomen
form-not-read-text = Het was te groot of onvolledig, of het versturen duurde te lang. Ga terug en verstuur het nog eens.

## Alerts

alert-empty-subject = Niets te versturen op { $date }
alert-empty-text =
    Er was geen editie klaar voor het verzendmoment van { $slot }, dus is er niets verstuurd.

    Op een verzendmoment gaat de editie uit met de status ‘ready’ waarvan send_on op die dag valt, en anders een editie die klaar is en geen send_on heeft.

    Zo zie je wat er op de volgende verzendmomenten uitgaat:
        verdict calendar

    Zo verstuur je nu een editie:
        verdict send SLUG

alert-no-readers-subject = Geen ontvangers op { $date }
alert-no-readers-text =
    { $slug } was klaar voor het verzendmoment van { $slot }, maar niemand op de lijst heeft de aanmelding bevestigd, dus is er niets verstuurd. De editie blijft klaar voor het volgende verzendmoment.

    Zo zie je wie er op de lijst staat:
        verdict subscribers list

alert-missed-subject = Verzendmoment gemist: { $date }
alert-missed-text =
    Het verzendmoment van { $slot } werd { $late } te laat opgemerkt. Dat is meer dan schedule.max_delay toestaat, dus is er niets verstuurd.

    Dit gebeurt als Verdict op dat moment niet draaide. Er is geen editie verloren gegaan: een editie zonder send_on gaat op het volgende verzendmoment uit, en een editie waarvan send_on voorbij is, heeft een nieuwe datum nodig.

    Zo verstuur je nu een editie:
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] { $count } verzendmomenten gemist, het laatste op { $date }
   *[no] Meer dan { $count } verzendmomenten gemist, het laatste op { $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] Op { $count } verzendmomenten is er niets verstuurd, omdat Verdict ze later opmerkte dan schedule.max_delay toestaat.
       *[no] Op meer dan { $count } verzendmomenten is er niets verstuurd, omdat Verdict ze later opmerkte dan schedule.max_delay toestaat.
    }

    Het eerste: { $first }
    Het laatste: { $last }

    Dit gebeurt als Verdict op die momenten niet draaide of als de klok van de machine verkeerd stond. Er is geen editie verloren gegaan: een editie zonder send_on gaat op het volgende verzendmoment uit, en een editie waarvan send_on voorbij is, heeft een nieuwe datum nodig.

    Zo zie je wat er op de volgende verzendmomenten uitgaat:
        verdict calendar

    Zo verstuur je nu een editie:
        verdict send SLUG

alert-clock-subject = Klok liep voor: te vroeg over verzendmomenten beslist
alert-clock-text =
    { $several ->
        [yes] Verdict draaide op een machine waarvan de klok voorliep, en hield de verzendmomenten van { $first } tot en met { $last } voor gemist of leeg.
       *[no] Verdict draaide op een machine waarvan de klok voorliep, en hield het verzendmoment van { $first } voor gemist of leeg.
    } De klok loopt weer goed en dit telt niet meer: Verdict beslist opnieuw als het zover is.

    Eerdere e-mails over gemiste of lege verzendmomenten in die periode kun je negeren. Controleer of de machine haar klok via het netwerk gelijkzet.

    Zo zie je wat er op de volgende verzendmomenten uitgaat:
        verdict calendar

alert-digest-late-subject = Het maandoverzicht van { $month } is te laat
alert-digest-late-text =
    Het maandoverzicht van { $month } had moeten uitgaan op het verzendmoment van { $due }. Verdict heeft dat moment met meer dan schedule.max_delay gemist.

    Het gaat nu uit, op het verzendmoment van { $slot }, naar de lezers die één e-mail per maand willen.

alert-digest-lost-subject = Het maandoverzicht van { $month } is niet verstuurd
alert-digest-lost-text =
    Het maandoverzicht van { $month } had moeten uitgaan op het verzendmoment van { $due }. Verdict heeft dat moment en alle andere van die maand met meer dan schedule.max_delay gemist, dus is het maandoverzicht niet verstuurd.

    De lezers die één e-mail per maand willen, hebben over die maand niets gekregen. Ze vinden alle vergelijkingen in het archief op je site. Het volgende maandoverzicht gaat uit op het eerste verzendmoment van zijn maand.
alert-digest-without-slot-text =
    Het maandoverzicht van { $month } gaat uit op het eerste verzendmoment van de maand erna. Je schema heeft in die maand geen verzendmoment, dus is het maandoverzicht niet verstuurd.

    De lezers die één e-mail per maand willen, hebben over die maand niets gekregen. Ze vinden alle vergelijkingen in het archief op je site. Het volgende maandoverzicht gaat uit op het eerste verzendmoment van zijn maand.

alert-paused-subject = De verzending van { $slug } is gepauzeerd
alert-paused-text =
    Verdict heeft de verzending van { $slug } gestopt. De reden:
    { "    " }{ $reason }

    Wie de editie al heeft, krijgt die niet nog eens. Ga verder als je de oorzaak hebt verholpen:
        verdict resume { $slug }

    Zo mail je de lezers die de mailserver tot dan toe heeft geweigerd:
        verdict resend { $slug } --refused

    Zo beslis je over lezers die de editie misschien al hebben:
        verdict settle { $slug }

alert-sign-ups-subject = Ongewoon veel aanmeldingen
alert-sign-ups-text =
    { $count ->
        [one] Het aanmeldformulier is binnen een uur { $count } keer gebruikt, en er kunnen meer aanmeldingen volgen.
       *[other] Het aanmeldformulier is binnen een uur { $count } keer gebruikt, en er kunnen meer aanmeldingen volgen.
    }

    Er is niets tegengehouden. Iedereen moet de aanmelding nog bevestigen, en per adres en per netwerk gaat er maar een beperkt aantal e-mails uit. Als je nieuwsbrief niet net in het nieuws is, misbruikt iemand misschien het formulier.

    Zo zie je wie zich heeft aangemeld:
        verdict subscribers list --consent pending

    De limieten staan in verdict.toml onder [join].

alert-findings-subject = De editie { $slug } bevat fouten
alert-findings-text =
    Op dit verzendmoment is de editie { $slug } overgeslagen, omdat er fouten in zitten:

alert-overdue-subject = De datum van de editie { $slug } is voorbij
alert-overdue-text =
    De editie { $slug } heeft de datum { $date }, maar is op geen enkel verzendmoment van die dag verstuurd.

    Verdict verstuurt de editie niet alsnog zonder dat je erom vraagt: wijzig send_on, of haal het weg.

alert-unapproved-subject = De editie { $slug } is niet verstuurd: er is geen goedkeuring
alert-unapproved-text =
    De editie { $slug } was aan de beurt op het verzendmoment van { $slot }, maar mag nog niet uitgaan. { $why }

    Zo keur je de editie goed zoals die nu is:
        verdict approve { $slug } --as NAME

    Zo verstuur je de editie daarna meteen:
        verdict send { $slug }

alert-preflight-subject = De controle vóór een editie heeft problemen gevonden
alert-preflight-text =
    Voordat Verdict een editie verstuurde, zijn de afzender, de mailserver en de pagina’s gecontroleerd. Hieronder staat wat daarbij opviel. De editie is toch verstuurd: misschien komen mails niet aan, of kunnen lezers zich niet afmelden.

    Zo controleert u opnieuw:
        verdict doctor
alert-held-subject = De editie van { $date } is niet verstuurd
alert-held-text =
    Het tijdstip { $slot } is aangebroken, maar Verdict heeft niets verstuurd: bij de controle van de afzender, de mailserver en de pagina’s viel op wat hieronder staat. Verdict controleert om de paar minuten opnieuw en verstuurt de editie als alles op tijd in orde is.

    Zo controleert u nu:
        verdict doctor

alert-reminder-subject = Nog niet klaar voor { $date }
alert-reminder-text =
    Het volgende verzendmoment is { $slot }. Dit vraagt je aandacht:

    { $lacks }

    Zo zie je wat er op de volgende verzendmomenten uitgaat:
        verdict calendar
alert-lacks-issue = Er is geen editie klaar voor dat moment.
alert-lacks-correction = De editie { $slug } bevat fouten. `verdict check` laat ze zien.
alert-lacks-look =
    { $count ->
        [one] Bij de editie { $slug } is er één waarschuwing. `verdict check` laat die zien.
       *[other] Bij de editie { $slug } zijn er { $count } waarschuwingen. `verdict check` laat ze zien.
    }
alert-lacks-approval =
    { $why ->
        [changed] De editie { $slug } is gewijzigd nadat { $by } die had goedgekeurd.
        [author] Alleen { $by }, die de editie { $slug } heeft geschreven, heeft die goedgekeurd.
        [unknown] In de editie { $slug } staat niet wie die heeft geschreven, dus kan niemand die goedkeuren. Zet author = "NAAM" in het bestand.
       *[missing] De editie { $slug } is niet goedgekeurd.
    }
