### Italiano. A lettori e redazione si dà del tu.

## Numbers

number-1234 = 1.234
number-12345 = 12.345

percent = { $number }%

## Dates

date = { $day ->
    [1] 1º
   *[other] { $day }
} { month-in-date } { $year }

month-in-date = { $month ->
    [1] gennaio
    [2] febbraio
    [3] marzo
    [4] aprile
    [5] maggio
    [6] giugno
    [7] luglio
    [8] agosto
    [9] settembre
    [10] ottobre
    [11] novembre
   *[12] dicembre
}

weekday = { $weekday ->
    [1] lunedì
    [2] martedì
    [3] mercoledì
    [4] giovedì
    [5] venerdì
    [6] sabato
   *[7] domenica
}

weekday-and-date = { weekday } { date }

date-and-time = { weekday-and-date }, { $time } ({ $zone })

month-and-year = { month-in-date } { $year }

## Lengths of time

duration-days = { $count ->
    [one] { $count } giorno
   *[other] { $count } giorni
}
duration-hours = { $count ->
    [one] { $count } ora
   *[other] { $count } ore
}
duration-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minuti
}
duration-seconds = { $count ->
    [one] { $count } secondo
   *[other] { $count } secondi
}

duration-pair = { $first } e { $second }

## Lists

list-pair = { $first } e { $second }
list-middle = { $list }, { $item }
list-end = { $list } e { $item }

two-sentences = { $first } { $second }

## A comparison of two tools

ship = Adotta
skip = Scarta

versus = vs

sample = Esempio: gli strumenti sono inventati

panel = Il panel

## The result, as a heading

result-wins = Vince { $tool }
result-tie = Pareggio
result-split = Panel diviso
result-no-contest = Confronto impossibile

## The result, in sentences

result-all-would-ship-it = { $count ->
    [1] L’ha recensito una sola persona, che l’adotterebbe.
    [2] Entrambi i recensori l’adotterebbero.
   *[other] Tutti e { $count } i recensori l’adotterebbero.
}
result-some-would-ship-it = { $ship ->
    [one] { $ship } recensore su { $count } l’adotterebbe.
   *[other] { $ship } recensori su { $count } l’adotterebbero.
}
result-would-ship = { $ship ->
    [0] { $count ->
        [1] { $tool } è stato recensito da una sola persona, che lo scarterebbe.
       *[other] Nessuno su { $count } adotterebbe { $tool }.
    }
    [one] { $count ->
        [1] { $tool } è stato recensito da una sola persona, che l’adotterebbe.
       *[other] { $ship } su { $count } adotterebbe { $tool }.
    }
   *[other] { $ship } su { $count } adotterebbero { $tool }.
}
result-each = { $ship ->
    [0] { $count ->
        [1] Ogni strumento è stato recensito da una sola persona, che lo scarterebbe.
       *[other] Nessun recensore su { $count } adotterebbe uno dei due strumenti.
    }
    [one] { $count ->
        [1] Ogni strumento è stato recensito da una sola persona, che l’adotterebbe.
       *[other] { $ship } recensore su { $count } adotterebbe ciascuno dei due strumenti.
    }
   *[other] { $ship } recensori su { $count } adotterebbero ciascuno dei due strumenti.
}
result-only-one = { $ship ->
    [0] Il panel ha recensito solo { $tool }, e nessuno l’adotterebbe.
    [one] Il panel ha recensito solo { $tool }: { $ship } su { $count } l’adotterebbe.
   *[other] Il panel ha recensito solo { $tool }: { $ship } su { $count } l’adotterebbero.
}
result-neither = Il panel non ha recensito nessuno dei due strumenti.

result-line = { $title }. { $result }

result-in-short = { $first } · { $second }
result-short = { $ship ->
    [one] { $tool }: { $ship } su { $count } l’adotterebbe
   *[other] { $tool }: { $ship } su { $count } l’adotterebbero
}
result-short-not-reviewed = { $tool }: non recensito

different-panels = Non tutti i recensori hanno provato entrambi gli strumenti.

pick-tool = { $against ->
    [panel] La scelta della redazione: { $tool }, contro il parere del panel.
   *[none] La scelta della redazione: { $tool }.
}
pick-tie = { $against ->
    [panel] La scelta della redazione: pareggio, contro il parere del panel.
   *[none] La scelta della redazione: pareggio.
}

## Reviewers

role-name = { $role ->
    [builder] dev
    [skeptic] scettico
    [futurist] futurista
    [creator] creator
    [founder] fondatore
   *[other] { $role }
}
# Con «il profilo» non serve accordare l’articolo con un ruolo sconosciuto.
role = { role-name }
role-at-start = { role-name }

split-between = { $count ->
    [one] Il profilo { $roles } adotterebbe { $ship } e scarterebbe { $skip }.
   *[other] I profili { $roles } adotterebbero { $ship } e scarterebbero { $skip }.
}
split-not-reviewed = Nessuno del panel ha recensito { $tool }.
split-only-reviewer = { $verdict ->
    [ship] Solo il profilo { $role } ha recensito { $tool }, e l’adotterebbe.
   *[skip] Solo il profilo { $role } ha recensito { $tool }, e lo scarterebbe.
}
split-unanimous = { $verdict ->
    [ship] { $count ->
        [2] Entrambi i recensori adotterebbero { $tool }.
       *[other] Tutti e { $count } i recensori adotterebbero { $tool }.
    }
   *[skip] { $count ->
        [2] Entrambi i recensori scarterebbero { $tool }.
       *[other] Tutti e { $count } i recensori scarterebbero { $tool }.
    }
}
split-in-half = { $count ->
    [one] Il panel è diviso su { $tool }: il profilo { $ship } l’adotterebbe, il profilo { $skip } lo scarterebbe.
   *[other] Il panel è diviso su { $tool }: i profili { $ship } l’adotterebbero, i profili { $skip } lo scarterebbero.
}
split-minority = { $verdict ->
    [ship] { $count ->
        [one] Solo il profilo { $roles } adotterebbe { $tool }.
       *[other] Solo i profili { $roles } adotterebbero { $tool }.
    }
   *[skip] { $count ->
        [one] Solo il profilo { $roles } scarterebbe { $tool }.
       *[other] Solo i profili { $roles } scarterebbero { $tool }.
    }
}

## The table of both tools' figures

winner = Vincitore
row-panel = Panel
row-community = Lettori
row-price = Prezzo iniziale
row-maker = Creato da
row-category = Categoria

panel-figures = { $ship ->
    [one] { $ship } su { $count } l’adotterebbe
   *[other] { $ship } su { $count } l’adotterebbero
}
not-reviewed = Non recensito
votes = { $count ->
    [one] { $count } voto
   *[other] { $count } voti
}
votes-too-few = Meno di cinque voti

price-free = Gratis
price-paid = A pagamento
price-freemium = Freemium
price-trial = Prova gratuita
price-open-weights = Pesi aperti
price-open-source = Open source

## Below the table

facts = Punti chiave
source = Fonte: { $site }
scorecard = I verdetti del panel
quote = «{ $text }»

## Readers' votes

last-time = L’ultima volta: { $title }.
last-time-too-few = Nessuno dei due strumenti è arrivato a cinque voti.
# Senza articolo davanti alla percentuale: «il 62%», ma «l’8%».
readers-would-ship = { $count ->
    [one] Lettori che adotterebbero { $tool }: { $share } ({ $count } voto).
   *[other] Lettori che adotterebbero { $tool }: { $share } ({ $count } voti).
}
# Senza articolo davanti alla data: «il 3 marzo», ma «l’8 marzo».
voting-closes = Ultimo giorno per votare: { $date }.

sign-up = Ricevi il prossimo confronto via email

## Mails to readers

mail-greeting = Ciao { $name },
mail-greeting-without-name = Ciao,

mail-label = { $label }:
mail-labeled = { $label }: { $value }

mail-read-online = Leggi online
mail-vote = Qual è il tuo verdetto?
mail-maker = di { $maker }
mail-last-time-link = Rileggilo

mail-forwarded = Ti hanno inoltrato questa email?
mail-forwarded-text = Ricevi il prossimo confronto via email.

mail-why = Ricevi questa email perché hai un’iscrizione a { $newsletter } con questo indirizzo:
mail-unsubscribe = Disiscriviti
mail-settings-link = Fai una pausa o cambia le preferenze

## The digest

mail-digest-subject-one = Riepilogo di { $month }: { $title }
mail-digest-subject = Riepilogo di { $month }: { $count ->
    [one] { $count } confronto
   *[other] { $count } confronti
}
mail-digest-panel = { $tool }: panel { $panel }
mail-digest-panel-and-community = { $tool }: panel { $panel }, lettori { $community }

## The correction notice

mail-correction-subject = Correzione: { $title }
mail-correction-intro = Il { $date } ti abbiamo inviato “{ $title }” con un errore. Ci dispiace. Ecco che cosa abbiamo corretto:
mail-correction-before = Avevamo scritto: { $text }
mail-correction-now = La versione corretta è: { $text }
mail-correction-removed = L’abbiamo tolto.
mail-correction-button = Leggi il confronto corretto

## The welcome mail

mail-welcome-subject = Ti diamo il benvenuto in { $newsletter }
mail-welcome-title = Sei dei nostri!
mail-welcome-thanks = Grazie per l’iscrizione a { $newsletter }. Invieremo ogni nuovo numero a questo indirizzo.
mail-welcome-latest = In attesa del tuo primo numero, ecco l’ultimo uscito:

## Short mails, each with one purpose

mail-button-fallback = Se il pulsante non funziona, apri questo link:
mail-ignore = Se non l’hai chiesto tu, ignora questa email.
mail-ignore-unchanged = Se non l’hai chiesto tu, ignora questa email. Non cambierà nulla.
mail-link-expires = Il link è valido per 24 ore. Se non l’hai chiesto tu, ignora questa email. Non cambierà nulla.

mail-confirm-subject = Conferma la tua iscrizione a { $newsletter }
mail-confirm-preview = Conferma e sei dei nostri.
mail-confirm-title = Conferma la tua iscrizione
mail-confirm-text = Hai chiesto di ricevere { $newsletter }. Conferma per iniziare.
mail-confirm-button = Conferma
mail-confirm-ignore = Finché non confermi, non ti invieremo altro. Se non l’hai chiesto tu, ignora questa email: cancelleremo il tuo indirizzo dopo 48 ore, a meno che tu non abbia già avuto un’iscrizione.
mail-confirm-paused = Hai messo in pausa la tua iscrizione (ultimo giorno: { $date }). Se confermi, la pausa finisce e ricevi di nuovo ogni numero.
mail-confirm-digest = Hai scelto il riepilogo mensile. Se confermi, ricevi di nuovo ogni numero.

mail-resume-subject = Conferma che vuoi ricevere di nuovo ogni numero di { $newsletter }
mail-resume-preview = Conferma per ricevere il prossimo numero.
mail-resume-title = Vuoi ricevere di nuovo ogni numero?
mail-resume-button = Ricevi ogni numero

mail-already-subject = Hai già un’iscrizione a { $newsletter }
mail-already-preview = Ricevi ogni numero. Non è cambiato nulla.
mail-already-title = Hai già un’iscrizione
mail-already-text = Hai chiesto di ricevere { $newsletter }, ma ricevi già ogni numero.
mail-already-spam = Se le nostre email non arrivano, controlla la cartella spam.

mail-settings-subject = Le tue preferenze per { $newsletter }
mail-settings-preview = Il link è valido per 24 ore.
mail-settings-title = Le tue preferenze
mail-settings-text = Hai chiesto un link alle tue preferenze per { $newsletter }.
mail-settings-secret = Tienilo per te: chiunque abbia questo link può modificarle.
mail-settings-button = Apri le preferenze
mail-settings-ignore = Il link è valido per 24 ore. Se non l’hai chiesto tu, ignora questa email.

mail-address-subject = Conferma il tuo nuovo indirizzo per { $newsletter }
mail-address-preview = Conferma che questo indirizzo è tuo.
mail-address-title = Conferma il tuo nuovo indirizzo
mail-address-text = Hai chiesto di ricevere d’ora in poi { $newsletter } a questo indirizzo. Conferma che è tuo.
mail-address-button = Usa questo indirizzo

mail-taken-subject = La tua iscrizione a { $newsletter } non ha cambiato indirizzo
mail-taken-preview = Non è cambiato nulla.
mail-taken-title = Non abbiamo potuto cambiare il tuo indirizzo
mail-taken-text = Hai chiesto di ricevere { $newsletter } a questo indirizzo. È già stato iscritto in passato, quindi non abbiamo cambiato nulla.
mail-taken-help = Per ricevere i numeri qui, iscriviti con questo indirizzo. Per non riceverli più all’altro, usa il link «Disiscriviti» in una qualsiasi delle email arrivate lì.

mail-moved-subject = Il tuo indirizzo per { $newsletter } è cambiato
mail-moved-preview = Se non l’hai fatto tu, rispondi a questa email.
mail-moved-title = Il tuo indirizzo è cambiato
mail-moved-text = D’ora in poi inviamo { $newsletter } al nuovo indirizzo indicato nelle tue preferenze, e non più a questo.
mail-moved-reply = Se non l’hai cambiato tu, rispondi a questa email.

mail-erase-subject = Conferma la cancellazione dei tuoi dati da { $newsletter }
mail-erase-preview = L’operazione non si può annullare.
mail-erase-title = Vuoi cancellare tutti i tuoi dati?
mail-erase-text = Hai chiesto di cancellare tutto ciò che { $newsletter } conserva su di te. La tua iscrizione terminerà. L’operazione non si può annullare.
mail-erase-button = Cancella tutto

## The head and the foot of every page

page-skip = Vai al contenuto
page-links-main = Principale
page-links-site = Link del sito
page-archive = Archivio
page-subscribe = Iscriviti
page-all-comparisons = Tutti i confronti
page-feed = Feed
subscribe-to = Iscriviti a { $newsletter }
page-email = Il tuo indirizzo email
page-honeypot = Lascia vuoto questo campo

## The home page

home-latest = Ultimo confronto
home-latest-dated = Ultimo confronto · { $date }
read-comparison = Leggi il confronto
home-earlier = Precedenti
no-comparisons-yet = Ancora nessun confronto. Il primo apparirà qui il giorno dell’invio.

## The archive

archive-order = Dal più recente al meno recente
archive-search-long = La tua ricerca è lunga. Abbiamo usato le prime { $words } parole, con al massimo { $characters } caratteri ciascuna.
archive-nothing-found = Nessun confronto corrisponde alla tua ricerca.
archive-words = Strumento o titolo
archive-category = Categoria
archive-every-category = Tutte
archive-category-count = { $category } ({ $count })
archive-search = Cerca
archive-year = { $year }
archive-pages = Pagine
archive-newer = Più recenti
archive-older = Meno recenti

## A comparison's page

table-caption = I due strumenti fianco a fianco
matrix-caption = Il verdetto di ogni recensore
comparison-more = Altro su questi strumenti
comparison-all-of-tool = Tutti i confronti con { $tool }
comparison-neighbors = Confronto precedente e successivo
comparison-previous = Precedente
comparison-next = Successivo

## Corrections, at the foot of a comparison's page

corrections = Correzioni
corrections-intro = Qui sopra c’è ciò che abbiamo inviato. Da allora la redazione ha fatto queste modifiche:
corrections-intro-revised = Alcuni lettori hanno ricevuto una versione precedente di questo confronto. Da allora la redazione ha apportato queste modifiche:

correction-title = Titolo
correction-question = Domanda
correction-intro = Introduzione
correction-pick = Scelta della redazione
correction-sample = Esempio
correction-voting-closes = Ultimo giorno per votare
correction-name = { $tool }: nome
correction-maker = { $tool }: creato da
correction-category = { $tool }: categoria
correction-tagline = { $tool }: in una frase
correction-price = { $tool }: prezzo iniziale
correction-price-note = { $tool }: nota sul prezzo
correction-url = { $tool }: sito web
correction-description = { $tool }: descrizione
correction-fact = { $tool }: punto chiave { $number }
correction-fact-source = { $tool }: fonte del punto chiave { $number }
correction-verdict = { $tool }: verdetto ({ $role })
correction-quote = { $tool }: recensione ({ $role })
correction-signed-verdict = { $sign } { $verdict }

## A tool's page

tool-line = { $category } · di { $maker } · { $site }
tool-figures-from = Dall’ultimo confronto: { $comparison }
tool-reviews = Che cosa ne pensano i recensori
tool-comparisons = Confronti

## Error pages

error-title = Qualcosa è andato storto
not-found-title = Pagina non trovata
error-ours = Il problema è nostro. Riprova tra un minuto.
error-code = Se continua a succedere, scrivici indicando questo codice: { $code }
not-found-text = Controlla l’indirizzo. Tutti i confronti che abbiamo inviato sono nell’archivio.
error-busy = In questo momento ci sono troppi visitatori. Riprova tra poco.

## The demo's inbox

inbox-title = Posta in arrivo della demo
inbox-count = { $count ->
    [0] Ancora nessuna email. Ricarica questa pagina tra un momento.
    [one] { $count } email
   *[other] { $count } email
}
inbox-next = Apri un’email e disiscriviti. Poi invia il numero successivo: lo riceveranno tutti gli altri.
inbox-send = Invia «{ $title }»
inbox-all = Tutte le email
inbox-to = A
inbox-from = Da
inbox-received = Ricevuta
inbox-views = Formati di questa email
inbox-html = HTML
inbox-text = Testo
inbox-source = Sorgente
inbox-frame = L’email in HTML
inbox-catcher = Questa è la casella di prova della demo.
inbox-local = Nulla di ciò che vedi ha lasciato questa macchina.
inbox-site = Vai al sito

## Voting

vote-button = { $verdict ->
    [ship] Adotta { $tool }
   *[skip] Scarta { $tool }
}
vote-question = { $verdict ->
    [ship] Adotteresti { $tool }?
   *[skip] Scarteresti { $tool }?
}
vote-changed-mind = Non intendevi questo? { $link }
vote-instead = { $verdict ->
    [ship] Meglio adottare { $tool }
   *[skip] Meglio scartare { $tool }
}
vote-voted = { $verdict ->
    [ship] Hai votato per adottare { $tool }.
   *[skip] Hai votato per scartare { $tool }.
}
vote-change = { $verdict ->
    [ship] Cambia in «adotta»
   *[skip] Cambia in «scarta»
}
vote-other-tool = E { $tool }?
vote-until-then = Fino ad allora puoi cambiare il tuo voto.
vote-closed = La votazione è chiusa
vote-choose = Scegli «adotta» o «scarta».
vote-link-broken = Forse ne manca una parte. Aprilo di nuovo dall’email o copialo per intero.

## Joining, settings and leaving

link-broken = Questo link non funziona
check-inbox = Controlla la posta
subscribe-again = Iscriviti di nuovo

subscribe-intro = Ricevi il prossimo confronto via email.
subscribe-button = Iscriviti
subscribe-name = Il tuo nome, per il saluto (facoltativo)
subscribe-time-zone = Il tuo fuso orario (facoltativo)
subscribe-no-time-zone = Preferisco non dirlo
subscribe-note = Ti invieremo una sola email di conferma, e nient’altro finché non confermi. Puoi disiscriverti con un clic da ogni email.

once-more = Ancora un passaggio
once-more-quick = Hai inviato il modulo in meno di due secondi, come fanno i bot. Se l’hai inviato tu, invialo di nuovo.
once-more-expired = Questo modulo è scaduto. Invialo di nuovo.
once-more-used = Questo modulo è già stato usato per un altro indirizzo email. Invialo di nuovo.
once-more-elsewhere = Un altro sito ha inviato questo modulo per te. Conferma che vuoi iscriverti.
once-more-many = Stiamo ricevendo più iscrizioni del solito e alcune potrebbero venire da bot. Se il modulo l’hai inviato tu, invialo di nuovo.

subscribe-sent = Se il tuo indirizzo può ricevere { $newsletter }, ti abbiamo inviato un’email. Hai 48 ore per aprire il link e confermare l’iscrizione.
subscribe-sent-nothing = Non è arrivato nulla dopo qualche minuto? Controlla la cartella spam, oppure { $link }. Inviamo solo poche email di questo tipo al giorno allo stesso indirizzo: se l’hai già chiesta, usa il link che hai.
subscribe-sent-try-again = riprova
subscribe-sent-back = Torna a { $newsletter }

subscribe-too-many = Troppe iscrizioni dalla tua rete
subscribe-too-many-wait = { $minutes ->
    [one] Riprova tra { $minutes } minuto.
   *[other] Riprova tra { $minutes } minuti.
}

confirm = Conferma la tua iscrizione
confirm-text = Conferma, e invieremo { $newsletter } a { $address }.
confirm-button = Conferma

confirmed = Sei dei nostri!
confirmed-text = Invieremo ogni numero di { $newsletter } a { $address }, a partire dal prossimo.
confirmed-anew = Se avevi messo in pausa gli invii o scelto il riepilogo mensile, ora non vale più.
confirmed-latest = Nell’attesa, l’ultimo confronto

confirm-link-broken = Forse è scaduto, o ne manca una parte. Prova a copiarlo per intero dall’email.
confirm-link-used = Se l’hai già usato per confermare, la tua iscrizione è attiva e non devi fare altro. Altrimenti { $link } per ricevere un nuovo link.
confirm-link-again = iscriviti di nuovo

settings = Le tue preferenze
settings-ask = Le email si inoltrano facilmente, quindi invieremo il link alle tue preferenze solo a { $address }. È valido per 24 ore.
settings-email-link = Inviami il link
settings-link-sent = Abbiamo inviato un link a { $address }. È valido per 24 ore.
settings-links-enough = Hai già il link
settings-links-enough-text = Oggi abbiamo inviato tre link a { $address }. Usa il più recente: è valido per 24 ore. Non lo trovi? Controlla la cartella spam. Domani potrai chiederne un altro.
settings-link-broken = Forse è troppo vecchio, già usato o incompleto. Per riceverne uno nuovo, segui il link alle preferenze in fondo a una qualsiasi delle nostre email.

settings-saved = Salvato.
settings-of = Per { $address }
settings-not-subscribed = Al momento non hai un’iscrizione attiva. { $link } quando vuoi.
settings-name = Il tuo nome, per il saluto
settings-frequency = Frequenza
settings-every = Ogni numero
settings-digest = Il riepilogo mensile
settings-pause = Pausa
settings-pause-none = Nessuna pausa
settings-pause-until = Ultimo giorno: { $date }
settings-pause-end = Riprendi ora
settings-pause-for = { $weeks ->
    [one] Per { $weeks } settimana
   *[other] Per { $weeks } settimane
}
settings-save = Salva

move = Cambia il tuo indirizzo email
move-text = Invieremo un link al nuovo indirizzo. Aprilo per confermare il cambio. Poi invieremo un avviso al vecchio indirizzo.
move-email = Il tuo nuovo indirizzo email
move-button = Cambia indirizzo
move-asked = Controlla la nuova casella di posta
move-asked-text = Abbiamo inviato un link a { $address }, a meno che l’indirizzo non sia utilizzabile. Aprilo entro 24 ore per confermare il nuovo indirizzo. I link inviati ad altri nuovi indirizzi non funzionano più.
move-asked-until = Non cambia nulla finché non confermi. Inviamo solo poche email di questo tipo al giorno allo stesso indirizzo.
move-too-often = Troppi cambi di indirizzo per oggi
move-too-often-text = Puoi provare tre indirizzi al giorno. Non è cambiato nulla. Riprova domani.
move-confirm = Vuoi usare questo indirizzo?
move-confirm-text = { $address } sostituirà il tuo vecchio indirizzo per { $newsletter }.
move-confirm-button = Usa questo indirizzo
moved = Il tuo indirizzo è cambiato
moved-text = D’ora in poi il tuo indirizzo per { $newsletter } è { $address }. Inviamo un avviso anche al vecchio indirizzo.

data = I tuoi dati
data-download = Scarica tutto ciò che abbiamo su di te: { $json } o { $csv }.
data-erase = Oppure cancella tutto. Ti invieremo un link per confermare.
data-unsubscribe = Se vuoi solo non ricevere più email, { $link }.
data-unsubscribe-link = disiscriviti
erase-button = Cancella tutto
erase-confirm = Vuoi cancellare tutto?
erase-confirm-text = Cancelleremo { $address }, il tuo nome, le tue preferenze e il registro delle email che ti abbiamo inviato. La tua iscrizione terminerà. L’operazione non si può annullare.
erased = È stato cancellato tutto
erased-text = Non conserviamo più nulla su di te, tranne un codice che tiene il tuo indirizzo fuori dalla nostra lista.

unsubscribe-from = Vuoi disiscriverti da { $newsletter }?
unsubscribe-text = Non invieremo più email a { $address }.
unsubscribe-digest = Inviamo il riepilogo mensile a { $address }. Se ti disiscrivi, non invieremo più email.
unsubscribe-paused = Hai messo in pausa l’iscrizione (ultimo giorno: { $date }). Fino ad allora non invieremo email a { $address }. Puoi terminare la pausa nelle { $settings }. Se ti disiscrivi, non ne invieremo nemmeno dopo.
unsubscribe-settings = tue preferenze
unsubscribe-why = Perché ci lasci? (facoltativo)
unsubscribe-too-often = Troppe email
unsubscribe-not-for-me = Non mi interessa
unsubscribe-not-good = Non è all’altezza
unsubscribe-never-joined = Non ho mai chiesto l’iscrizione
unsubscribe-own-words = Con parole tue
unsubscribe-button = Disiscriviti
unsubscribe-less = Oppure ricevi meno email
unsubscribe-pause-for = { $weeks ->
    [one] Pausa di { $weeks } settimana
   *[other] Pausa di { $weeks } settimane
}
unsubscribe-to-digest = Passa al riepilogo mensile
unsubscribe-link-broken = Forse ne manca una parte. Apri di nuovo «Disiscriviti» in fondo a una delle nostre email, oppure copia il link per intero.
unsubscribe-reply = Se non basta, rispondi a una qualsiasi delle nostre email e chiedici di disiscriverti.

unsubscribed = Disiscrizione completata
unsubscribed-now = Non inviamo più { $newsletter } a { $address }.
unsubscribed-before = Non inviamo { $newsletter } a { $address }.
unsubscribed-thanks = Grazie per averci letto. Puoi ancora leggere tutti i confronti { $link }.
unsubscribed-archive = nell’archivio
unsubscribed-changed-mind = Hai cambiato idea? { $link }.
unsubscribed-not-yet = La disiscrizione è avvenuta meno di un’ora fa e si può ancora annullare nella pagina in cui è stata chiesta.
unsubscribed-for-good = Disiscriviti definitivamente
unsubscribed-one-click = Disiscrizione completata.

subscription-ended = Questa iscrizione è terminata
subscription-ended-text = Non invieremo più email per l’iscrizione a cui appartiene questo link.
subscription-ended-but = Ricevi ancora { $newsletter }? Allora nel frattempo c’è stata una nuova iscrizione. Usa il link «Disiscriviti» nell’email più recente.

paused-until = In pausa, ultimo giorno: { $date }
paused-text = Non invieremo { $newsletter } a { $address } durante la pausa (ultimo giorno: { $date }). Poi tutto riprenderà come prima.
digest-chosen = Riceverai il riepilogo mensile
digest-chosen-text = D’ora in poi invieremo { $newsletter } a { $address } una volta al mese, con tutti i verdetti in una sola email.

undo-button = Annulla
undo-ask = Vuoi annullare l’ultima modifica?
undo-ask-text = Invieremo { $newsletter } a { $address } come prima della modifica.
undone = Sei di nuovo nella lista
undone-paused = Modifica annullata
undo-subscribed = Sei nella lista
undo-nothing = Non c’è più nulla da annullare: è già stato annullato, è passata più di un’ora o nel frattempo hai cambiato qualcosa.

gets-every = Inviamo ogni numero di { $newsletter } a { $address }.
gets-digest = Inviamo il riepilogo mensile di { $newsletter } a { $address }.
gets-after-pause = { $newsletter } è in pausa (ultimo giorno: { $date }). Poi riprenderemo gli invii a { $address }.

## What is wrong with a form

wrong-email-empty = Inserisci il tuo indirizzo email.
wrong-email-invisible = Questo indirizzo email non sembra corretto: contiene un carattere invisibile. Digitalo invece di incollarlo.
wrong-email-space = Questo indirizzo email non sembra corretto: contiene uno spazio.
wrong-email-long = È troppo lungo per un indirizzo email.
wrong-email-bare = Inserisci solo l’indirizzo email, senza nome né simboli < >.
wrong-email-no-at = Questo indirizzo email non sembra corretto: manca la @.
wrong-email-ats = Questo indirizzo email non sembra corretto: contiene più di una @.
wrong-email-no-local = Questo indirizzo email non sembra corretto: non c’è nulla prima della @.
wrong-email-local = Questo indirizzo email non sembra corretto. Controlla la parte prima della @.
wrong-email-no-domain = Questo indirizzo email non sembra corretto: non c’è nulla dopo la @.
wrong-email-domain = Questo indirizzo email non sembra corretto. Controlla la parte dopo la @.
wrong-email-no-dot = Questo indirizzo email non sembra corretto: manca un punto dopo la @, come in «example.com».
wrong-email-ip = Non possiamo inviare a un indirizzo IP. Usa un indirizzo email con un dominio, come «example.com».
wrong-email-disposable = Non inviamo a indirizzi usa e getta, come quelli di { $domain }.
wrong-email-shared = { $local }@ potrebbe essere letto da più persone. Usa un tuo indirizzo personale.
wrong-name-lines = Il nome deve stare su una riga.
wrong-name-long = { $most ->
    [one] Il nome può avere al massimo { $most } carattere.
   *[other] Il nome può avere al massimo { $most } caratteri.
}
wrong-time-zone = Non conosciamo questo fuso orario. Scegline uno dall’elenco.

form-not-read = Il tuo modulo non è arrivato
form-not-read-text = Era troppo grande o incompleto, oppure l’invio ha richiesto troppo tempo. Torna indietro e invialo di nuovo.

## Alerts

alert-empty-subject = Niente da inviare: { $date }
alert-empty-text =
    Nessun numero era pronto per l’appuntamento di { $slot }, quindi non è stato inviato nulla.

    Un appuntamento invia il numero il cui stato è «ready» e il cui send_on cade in quel giorno; se non c’è, un numero pronto senza send_on.

    Per vedere che cosa invieranno i prossimi appuntamenti:
        verdict calendar

    Per inviare subito un numero:
        verdict send SLUG

alert-no-readers-subject = Nessuno a cui inviare: { $date }
alert-no-readers-text =
    { $slug } era pronto per l’appuntamento di { $slot }, ma nessuno nella lista ha confermato l’iscrizione, quindi non è stato inviato nulla. Il numero resta pronto per il prossimo appuntamento.

    Per vedere chi è nella lista:
        verdict subscribers list

alert-missed-subject = Appuntamento mancato: { $date }
alert-missed-text =
    L’appuntamento di { $slot } è stato rilevato con un ritardo di { $late }. È più di quanto permette schedule.max_delay, quindi non è stato inviato nulla.

    Succede quando Verdict non era in esecuzione a quell’ora. Nessun numero è andato perso: quello senza send_on parte al prossimo appuntamento, quello con un send_on ormai passato ha bisogno di una nuova data.

    Per inviare subito un numero:
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] { $count } appuntamenti mancati, l’ultimo: { $date }
   *[no] Più di { $count } appuntamenti mancati, l’ultimo: { $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] Non è stato inviato nulla per { $count } appuntamenti, perché Verdict li ha rilevati più tardi di quanto permette schedule.max_delay.
       *[no] Non è stato inviato nulla per più di { $count } appuntamenti, perché Verdict li ha rilevati più tardi di quanto permette schedule.max_delay.
    }

    Il primo: { $first }
    L’ultimo: { $last }

    Succede quando Verdict non era in esecuzione a quelle ore o quando l’orologio della macchina era sbagliato. Nessun numero è andato perso: quello senza send_on parte al prossimo appuntamento, quello con un send_on ormai passato ha bisogno di una nuova data.

    Per vedere che cosa invieranno i prossimi appuntamenti:
        verdict calendar

    Per inviare subito un numero:
        verdict send SLUG

alert-clock-subject = Appuntamenti decisi troppo presto a causa di un orologio avanti
alert-clock-text =
    { $several ->
        [yes] Verdict è stato eseguito su una macchina con l’orologio avanti e ha considerato mancati o vuoti gli appuntamenti da { $first } a { $last }.
       *[no] Verdict è stato eseguito su una macchina con l’orologio avanti e ha considerato mancato o vuoto l’appuntamento di { $first }.
    } L’orologio è di nuovo giusto e quella decisione non conta più: Verdict deciderà di nuovo quando sarà il momento.

    Ignora gli avvisi precedenti su appuntamenti mancati o vuoti in quelle date. Controlla che la macchina regoli l’orologio tramite la rete.

    Per vedere che cosa invieranno i prossimi appuntamenti:
        verdict calendar

alert-digest-late-subject = Il riepilogo di { $month } è in ritardo
alert-digest-late-text =
    Il riepilogo di { $month } doveva partire con l’appuntamento di { $due }. Verdict è arrivato a quell’appuntamento più tardi di quanto permette schedule.max_delay.

    Parte adesso, con l’appuntamento di { $slot }, per chi vuole una sola email al mese.

alert-digest-lost-subject = Il riepilogo di { $month } non è stato inviato
alert-digest-lost-text =
    Il riepilogo di { $month } doveva partire con l’appuntamento di { $due }. Verdict è arrivato a quello e a tutti gli altri appuntamenti del mese più tardi di quanto permette schedule.max_delay, quindi il riepilogo non è stato inviato.

    Chi vuole una sola email al mese non ha ricevuto nulla per quel mese. Tutti i confronti sono nell’archivio del tuo sito. Il prossimo riepilogo parte con il primo appuntamento del suo mese.
alert-digest-without-slot-text =
    Il riepilogo di { $month } parte con il primo appuntamento del mese successivo. Il tuo calendario non ha appuntamenti in quel mese, quindi il riepilogo non è stato inviato.

    Chi vuole una sola email al mese non ha ricevuto nulla per quel mese. Tutti i confronti sono nell’archivio del tuo sito. Il prossimo riepilogo parte con il primo appuntamento del suo mese.

alert-paused-subject = L’invio di { $slug } è in pausa
alert-paused-text =
    Verdict ha interrotto l’invio di { $slug }. Il motivo:
    { "    " }{ $reason }

    Chi lo ha già ricevuto non lo riceverà di nuovo. Quando hai risolto la causa, riprendi con:
        verdict resume { $slug }

    Per inviarlo ai lettori che il server di posta ha rifiutato finora:
        verdict resend { $slug } --refused

    Per decidere sui lettori che forse lo hanno già ricevuto:
        verdict settle { $slug }

alert-sign-ups-subject = Iscrizioni insolitamente numerose
alert-sign-ups-text =
    { $count ->
        [one] Il modulo di iscrizione è stato usato { $count } volta in un’ora, e potrebbero arrivarne altre.
       *[other] Il modulo di iscrizione è stato usato { $count } volte in un’ora, e potrebbero arrivarne altre.
    }

    Nulla è stato bloccato. Ogni iscrizione va ancora confermata, e c’è un limite alle email per indirizzo e per rete. Se non si sta parlando della tua newsletter, forse qualcuno sta abusando del modulo.

    Per vedere chi si è iscritto:
        verdict subscribers list --consent pending

    I limiti sono in verdict.toml, sotto [join].

alert-findings-subject = Il numero { $slug } contiene errori
alert-findings-text =
    Questo appuntamento ha escluso il numero { $slug }, perché contiene errori:

alert-overdue-subject = Il numero { $slug } ha mancato la sua data
alert-overdue-text =
    Il numero { $slug } ha la data { $date }, e nessun appuntamento di quel giorno lo ha inviato.

    Verdict non lo invia in ritardo se non lo chiedi tu: cambia il suo send_on, oppure toglilo.

alert-unapproved-subject = Il numero { $slug } non è stato inviato: manca l’approvazione
alert-unapproved-text =
    Il numero { $slug } era il prossimo per l’appuntamento di { $slot }, ma non può ancora partire. { $why }

    Per approvarlo così com’è:
        verdict approve { $slug } --as NAME

    Poi, per inviarlo subito:
        verdict send { $slug }

alert-preflight-subject = Il controllo prima di un’edizione ha trovato problemi
alert-preflight-text =
    Prima di inviare un’edizione, Verdict ha controllato il mittente, il server di posta e le pagine. Ha trovato quanto segue e ha inviato comunque l’edizione: le email potrebbero non arrivare, o i lettori potrebbero non riuscire a disiscriversi.

    Per controllare di nuovo:
        verdict doctor
alert-held-subject = L’edizione di { $date } non è stata inviata
alert-held-text =
    È il momento di { $slot }, ma Verdict non ha inviato nulla: il controllo del mittente, del server di posta e delle pagine ha trovato quanto segue. Ricontrolla ogni pochi minuti e invia l’edizione se tutto va bene prima che sia troppo tardi.

    Per controllare ora:
        verdict doctor

alert-reminder-subject = Non ancora pronto per { $date }
alert-reminder-text =
    Il prossimo appuntamento è { $slot }. Serve la tua attenzione:

    { $lacks }

    Per vedere che cosa invieranno i prossimi appuntamenti:
        verdict calendar
alert-lacks-issue = Nessun numero è pronto per questo appuntamento.
alert-lacks-correction = Il numero { $slug } contiene errori. `verdict check` li mostra.
alert-lacks-look =
    { $count ->
        [one] Il numero { $slug } ha un avviso. `verdict check` lo mostra.
       *[other] Il numero { $slug } ha { $count } avvisi. `verdict check` li mostra.
    }
alert-lacks-approval =
    { $why ->
        [changed] Il numero { $slug } è cambiato dopo l’approvazione di { $by }.
        [author] Solo chi ha scritto il numero { $slug }, { $by }, lo ha approvato.
        [unknown] Il numero { $slug } non dice chi lo ha scritto, quindi non può essere approvato. Aggiungi author = "NOME" al suo file.
       *[missing] Il numero { $slug } non è approvato.
    }
