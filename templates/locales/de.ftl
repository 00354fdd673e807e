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

duration-pair = { $first } { $second }

## Lists

list-pair = { $first } und { $second }
list-middle = { $list }, { $item }
list-end = { $list } und { $item }

## Alerts

alert-empty-subject = Nichts zu versenden am { $date }
alert-empty-text =
    Für den Termin am { $slot } war keine Ausgabe bereit. Es wurde nichts versendet.

    Ein Termin versendet die Ausgabe mit dem Status „ready“, deren send_on auf diesen Tag fällt, sonst eine Ausgabe, die bereit ist und kein send_on hat.

    So sehen Sie, was die nächsten Termine versenden:
        verdict calendar

    So versenden Sie sofort eine Ausgabe:
        verdict send SLUG

alert-no-readers-subject = Niemand zu erreichen am { $date }
alert-no-readers-text =
    Zum Termin am { $slot } war { $slug } bereit, aber auf der Liste steht niemand, der das Abonnement bestätigt hat. Es wurde nichts versendet. Die Ausgabe bleibt für den nächsten Termin bereit.

    So sehen Sie, wer auf der Liste steht:
        verdict subscribers list

alert-missed-subject = Termin am { $date } verpasst
alert-missed-text =
    Der Termin am { $slot } wurde mit { $late } Verspätung bemerkt. Das ist mehr, als schedule.max_delay erlaubt. Es wurde nichts versendet.

    Dazu kommt es, wenn Verdict zu dieser Zeit nicht lief. Es ist keine Ausgabe verloren: Eine ohne send_on geht mit dem nächsten Termin hinaus, eine mit abgelaufenem send_on braucht ein neues Datum.

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

    Dazu kommt es, wenn Verdict zu diesen Zeiten nicht lief oder die Uhr des Rechners falsch ging. Es ist keine Ausgabe verloren: Eine ohne send_on geht mit dem nächsten Termin hinaus, eine mit abgelaufenem send_on braucht ein neues Datum.

    So sehen Sie, was die nächsten Termine versenden:
        verdict calendar

    So versenden Sie sofort eine Ausgabe:
        verdict send SLUG

alert-clock-subject = Eine falsche Uhr hat Termine zu früh entschieden
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

    Sie geht jetzt mit dem Termin am { $slot } an alle, die eine Mail im Monat wünschen.

alert-digest-lost-subject = Die Monatsausgabe für { $month } wurde nicht versendet
alert-digest-lost-text =
    Die Monatsausgabe für { $month } war mit dem Termin am { $due } fällig. Verdict hat ihn und alle weiteren Termine des Monats um mehr als schedule.max_delay verpasst. Die Monatsausgabe wurde nicht versendet.

    Wer eine Mail im Monat wünscht, hat für diesen Monat nichts bekommen. Alle Vergleiche stehen im Archiv auf Ihrer Website. Die nächste Monatsausgabe geht mit dem ersten Termin ihres Monats hinaus.
alert-digest-without-slot-text =
    Die Monatsausgabe für { $month } geht mit dem ersten Termin des folgenden Monats hinaus. Ihr Zeitplan hat in diesem Monat keinen Termin. Die Monatsausgabe wurde nicht versendet.

    Wer eine Mail im Monat wünscht, hat für diesen Monat nichts bekommen. Alle Vergleiche stehen im Archiv auf Ihrer Website. Die nächste Monatsausgabe geht mit dem ersten Termin ihres Monats hinaus.

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
    Dieser Termin hat die Ausgabe { $slug } ausgelassen, weil sie Fehler enthält:

alert-overdue-subject = Die Ausgabe { $slug } hat ihr Datum verpasst
alert-overdue-text =
    Die Ausgabe { $slug } trägt das Datum { $date }, und kein Termin an diesem Tag hat sie versendet.

    Verdict versendet sie nicht ungefragt zu spät: Ändern Sie send_on, oder entfernen Sie es.
