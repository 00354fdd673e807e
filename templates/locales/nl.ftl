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

## Alerts

alert-empty-subject = Niets te versturen op { $date }
alert-empty-text =
    Er was geen nummer klaar voor het moment van { $slot }, dus is er niets verstuurd.

    Op een moment gaat het nummer uit met de status ‘ready’ waarvan send_on op die dag valt, en anders een nummer dat klaar is en geen send_on heeft.

    Zo zie je wat er op de volgende momenten uitgaat:
        verdict calendar

    Zo verstuur je nu een nummer:
        verdict send SLUG

alert-no-readers-subject = Niemand om naar te versturen op { $date }
alert-no-readers-text =
    { $slug } was klaar voor het moment van { $slot }, maar niemand op de lijst heeft de aanmelding bevestigd, dus is er niets verstuurd. Het nummer blijft klaar voor het volgende moment.

    Zo zie je wie er op de lijst staat:
        verdict subscribers list

alert-missed-subject = Moment gemist: { $date }
alert-missed-text =
    Het moment van { $slot } werd { $late } te laat opgemerkt. Dat is meer dan schedule.max_delay toestaat, dus is er niets verstuurd.

    Dit gebeurt als Verdict op dat moment niet draaide. Er is geen nummer verloren gegaan: een nummer zonder send_on gaat op het volgende moment uit, een nummer waarvan send_on voorbij is heeft een nieuwe datum nodig.

    Zo verstuur je nu een nummer:
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] { $count } momenten gemist, het laatste op { $date }
   *[no] Meer dan { $count } momenten gemist, het laatste op { $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] Op { $count } momenten is er niets verstuurd, omdat Verdict ze later opmerkte dan schedule.max_delay toestaat.
       *[no] Op meer dan { $count } momenten is er niets verstuurd, omdat Verdict ze later opmerkte dan schedule.max_delay toestaat.
    }

    Het eerste: { $first }
    Het laatste: { $last }

    Dit gebeurt als Verdict op die momenten niet draaide of als de klok van de machine verkeerd stond. Er is geen nummer verloren gegaan: een nummer zonder send_on gaat op het volgende moment uit, een nummer waarvan send_on voorbij is heeft een nieuwe datum nodig.

    Zo zie je wat er op de volgende momenten uitgaat:
        verdict calendar

    Zo verstuur je nu een nummer:
        verdict send SLUG

alert-clock-subject = Een verkeerde klok heeft te vroeg over momenten beslist
alert-clock-text =
    { $several ->
        [yes] Verdict draaide op een machine waarvan de klok voorliep, en hield de momenten van { $first } tot en met { $last } voor gemist of leeg.
       *[no] Verdict draaide op een machine waarvan de klok voorliep, en hield het moment van { $first } voor gemist of leeg.
    } De klok loopt weer goed en dit telt niet meer: Verdict beslist opnieuw als het zover is.

    Eerdere mails over gemiste of lege momenten in die periode kun je negeren. Controleer of de machine haar klok via het netwerk gelijkzet.

    Zo zie je wat er op de volgende momenten uitgaat:
        verdict calendar

alert-digest-late-subject = Het maandoverzicht van { $month } is te laat
alert-digest-late-text =
    Het maandoverzicht van { $month } had moeten uitgaan op het moment van { $due }. Verdict heeft dat moment met meer dan schedule.max_delay gemist.

    Het gaat nu uit, op het moment van { $slot }, naar de lezers die één mail per maand willen.

alert-digest-lost-subject = Het maandoverzicht van { $month } is niet verstuurd
alert-digest-lost-text =
    Het maandoverzicht van { $month } had moeten uitgaan op het moment van { $due }. Verdict heeft dat moment en alle andere van die maand met meer dan schedule.max_delay gemist, dus is het maandoverzicht niet verstuurd.

    De lezers die één mail per maand willen, hebben over die maand niets gekregen. Ze vinden alle vergelijkingen in het archief op je site. Het volgende maandoverzicht gaat uit op het eerste moment van zijn maand.
alert-digest-without-slot-text =
    Het maandoverzicht van { $month } gaat uit op het eerste moment van de maand erna. Je schema heeft in die maand geen moment, dus is het maandoverzicht niet verstuurd.

    De lezers die één mail per maand willen, hebben over die maand niets gekregen. Ze vinden alle vergelijkingen in het archief op je site. Het volgende maandoverzicht gaat uit op het eerste moment van zijn maand.

alert-paused-subject = De verzending van { $slug } is gepauzeerd
alert-paused-text =
    Verdict heeft de verzending van { $slug } gestopt. De reden:
    { "    " }{ $reason }

    Wie het nummer al heeft, krijgt het niet nog eens. Ga verder als je de oorzaak hebt verholpen:
        verdict resume { $slug }

    Zo mail je de lezers die de mailserver tot dan toe heeft geweigerd:
        verdict resend { $slug } --refused

    Zo beslis je over lezers die het misschien al hebben:
        verdict settle { $slug }

alert-sign-ups-subject = Ongewoon veel aanmeldingen
alert-sign-ups-text =
    { $count ->
        [one] Het aanmeldformulier is binnen een uur { $count } keer gebruikt, en er kunnen er meer volgen.
       *[other] Het aanmeldformulier is binnen een uur { $count } keer gebruikt, en er kunnen er meer volgen.
    }

    Er is niets tegengehouden. Iedereen moet de aanmelding nog bevestigen, en per adres en per netwerk gaat er maar een beperkt aantal mails uit. Als je nieuwsbrief niet net in het nieuws is, misbruikt iemand misschien het formulier.

    Zo zie je wie zich heeft aangemeld:
        verdict subscribers list --consent pending

    De limieten staan in verdict.toml onder [join].

alert-findings-subject = Het nummer { $slug } bevat fouten
alert-findings-text =
    Op dit moment is het nummer { $slug } overgeslagen, omdat het fouten bevat:

alert-overdue-subject = Het nummer { $slug } heeft zijn datum gemist
alert-overdue-text =
    Het nummer { $slug } heeft de datum { $date }, en op geen enkel moment van die dag is het verstuurd.

    Verdict verstuurt het niet te laat zonder dat jij het vraagt: wijzig send_on, of haal het weg.
