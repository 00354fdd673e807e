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
    L’appuntamento di { $slot } è stato notato con un ritardo di { $late }. È più di quanto permette schedule.max_delay, quindi non è stato inviato nulla.

    Succede quando Verdict non era in esecuzione a quell’ora. Nessun numero è andato perso: quello senza send_on parte al prossimo appuntamento, quello con un send_on ormai passato ha bisogno di una nuova data.

    Per inviare subito un numero:
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] { $count } appuntamenti mancati, l’ultimo: { $date }
   *[no] Più di { $count } appuntamenti mancati, l’ultimo: { $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] Non è stato inviato nulla per { $count } appuntamenti, perché Verdict li ha notati più tardi di quanto permette schedule.max_delay.
       *[no] Non è stato inviato nulla per più di { $count } appuntamenti, perché Verdict li ha notati più tardi di quanto permette schedule.max_delay.
    }

    Il primo: { $first }
    L’ultimo: { $last }

    Succede quando Verdict non era in esecuzione a quelle ore o quando l’orologio della macchina era sbagliato. Nessun numero è andato perso: quello senza send_on parte al prossimo appuntamento, quello con un send_on ormai passato ha bisogno di una nuova data.

    Per vedere che cosa invieranno i prossimi appuntamenti:
        verdict calendar

    Per inviare subito un numero:
        verdict send SLUG

alert-clock-subject = Un orologio sbagliato ha deciso appuntamenti troppo presto
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
    Il riepilogo di { $month } doveva partire con l’appuntamento di { $due }. Verdict lo ha mancato per più di quanto permette schedule.max_delay.

    Parte adesso, con l’appuntamento di { $slot }, per chi vuole una sola email al mese.

alert-digest-lost-subject = Il riepilogo di { $month } non è stato inviato
alert-digest-lost-text =
    Il riepilogo di { $month } doveva partire con l’appuntamento di { $due }. Verdict ha mancato questo e tutti gli altri appuntamenti del mese per più di quanto permette schedule.max_delay, quindi il riepilogo non è stato inviato.

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

    Per inviarlo a chi il server di posta ha rifiutato fino a quel momento:
        verdict resend { $slug } --refused

    Per decidere di chi forse lo ha già ricevuto:
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
