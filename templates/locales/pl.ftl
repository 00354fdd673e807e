### Polski. Do czytelników i redakcji zwracamy się na „ty”.

## Numbers

number-1234 = 1234
number-12345 = 12{ "\u00A0" }345

percent = { $number }%

## Dates

date = { $day } { month-in-date } { $year }

month-in-date = { $month ->
    [1] stycznia
    [2] lutego
    [3] marca
    [4] kwietnia
    [5] maja
    [6] czerwca
    [7] lipca
    [8] sierpnia
    [9] września
    [10] października
    [11] listopada
   *[12] grudnia
}

weekday = { $weekday ->
    [1] poniedziałek
    [2] wtorek
    [3] środa
    [4] czwartek
    [5] piątek
    [6] sobota
   *[7] niedziela
}

weekday-and-date = { weekday }, { date }

date-and-time = { weekday-and-date }, { $time } ({ $zone })

month-and-year = { $month ->
    [1] styczeń { $year }
    [2] luty { $year }
    [3] marzec { $year }
    [4] kwiecień { $year }
    [5] maj { $year }
    [6] czerwiec { $year }
    [7] lipiec { $year }
    [8] sierpień { $year }
    [9] wrzesień { $year }
    [10] październik { $year }
    [11] listopad { $year }
   *[12] grudzień { $year }
}

## Lengths of time

duration-days = { $count ->
    [one] { $count } dzień
    [few] { $count } dni
    [many] { $count } dni
   *[other] { $count } dnia
}
duration-hours = { $count ->
    [one] { $count } godzina
    [few] { $count } godziny
    [many] { $count } godzin
   *[other] { $count } godziny
}
duration-minutes = { $count ->
    [one] { $count } minuta
    [few] { $count } minuty
    [many] { $count } minut
   *[other] { $count } minuty
}
duration-seconds = { $count ->
    [one] { $count } sekunda
    [few] { $count } sekundy
    [many] { $count } sekund
   *[other] { $count } sekundy
}

duration-pair = { $first } { $second }

## Lists

list-pair = { $first } i { $second }
list-middle = { $list }, { $item }
list-end = { $list } i { $item }

## Alerts

alert-empty-subject = Nic do wysłania: { $date }
alert-empty-text =
    Na ten termin nie było gotowego wydania, więc nic nie wysłano: { $slot }.

    W terminie wysyłane jest wydanie o statusie „ready”, którego send_on przypada na ten dzień, a jeśli takiego nie ma, gotowe wydanie bez send_on.

    Aby zobaczyć, co zostanie wysłane w następnych terminach:
        verdict calendar

    Aby wysłać wydanie teraz:
        verdict send SLUG

alert-no-readers-subject = Brak odbiorców: { $date }
alert-no-readers-text =
    Wydanie { $slug } było gotowe, ale nikt na liście nie potwierdził subskrypcji, więc nic nie wysłano. Wydanie czeka na następny termin. Termin, o który chodzi: { $slot }.

    Aby zobaczyć, kto jest na liście:
        verdict subscribers list

alert-missed-subject = Przegapiony termin: { $date }
alert-missed-text =
    Termin: { $slot }. Zauważono go z opóźnieniem (opóźnienie: { $late }), większym, niż pozwala schedule.max_delay, więc nic nie wysłano.

    Tak się dzieje, gdy Verdict w tym czasie nie działał. Żadne wydanie nie przepadło: wydanie bez send_on wyjdzie w następnym terminie, a wydanie z minionym send_on potrzebuje nowej daty.

    Aby wysłać wydanie teraz:
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] Przegapione terminy: { $count }, ostatni: { $date }
   *[no] Przegapione terminy: ponad { $count }, ostatni: { $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] Przegapione terminy: { $count }. Nic w nich nie wysłano, bo Verdict zauważył je później, niż pozwala schedule.max_delay.
       *[no] Przegapione terminy: ponad { $count }. Nic w nich nie wysłano, bo Verdict zauważył je później, niż pozwala schedule.max_delay.
    }

    Pierwszy: { $first }
    Ostatni: { $last }

    Tak się dzieje, gdy Verdict w tym czasie nie działał albo gdy zegar maszyny chodził źle. Żadne wydanie nie przepadło: wydanie bez send_on wyjdzie w następnym terminie, a wydanie z minionym send_on potrzebuje nowej daty.

    Aby zobaczyć, co zostanie wysłane w następnych terminach:
        verdict calendar

    Aby wysłać wydanie teraz:
        verdict send SLUG

alert-clock-subject = Zły zegar rozstrzygnął terminy za wcześnie
alert-clock-text =
    { $several ->
        [yes] Verdict działał na maszynie, której zegar się spieszył, i uznał za przegapione lub puste terminy od pierwszego ({ $first }) do ostatniego ({ $last }).
       *[no] Verdict działał na maszynie, której zegar się spieszył, i uznał za przegapiony lub pusty ten termin: { $first }.
    } Zegar znów chodzi dobrze, więc to już się nie liczy: Verdict rozstrzygnie ponownie, gdy nadejdzie czas.

    Zignoruj wcześniejsze wiadomości o przegapionych lub pustych terminach z tego okresu. Sprawdź, czy maszyna ustawia zegar przez sieć.

    Aby zobaczyć, co zostanie wysłane w następnych terminach:
        verdict calendar

alert-digest-late-subject = Podsumowanie miesiąca ({ $month }) się spóźnia
alert-digest-late-text =
    Podsumowanie miesiąca ({ $month }) miało wyjść w tym terminie: { $due }. Verdict przegapił go o więcej, niż pozwala schedule.max_delay.

    Wychodzi teraz do czytelników, którzy chcą jednego e-maila w miesiącu, w tym terminie: { $slot }.

alert-digest-lost-subject = Podsumowanie miesiąca ({ $month }) nie zostało wysłane
alert-digest-lost-text =
    Podsumowanie miesiąca ({ $month }) miało wyjść w tym terminie: { $due }. Verdict przegapił ten i wszystkie inne terminy miesiąca o więcej, niż pozwala schedule.max_delay, więc podsumowanie nie zostało wysłane.

    Czytelnicy, którzy chcą jednego e-maila w miesiącu, nie dostali nic za ten miesiąc. Wszystkie porównania są w archiwum na twojej stronie. Następne podsumowanie wyjdzie w pierwszym terminie swojego miesiąca.
alert-digest-without-slot-text =
    Podsumowanie miesiąca ({ $month }) wychodzi w pierwszym terminie następnego miesiąca. Twój harmonogram nie ma w nim żadnego terminu, więc podsumowanie nie zostało wysłane.

    Czytelnicy, którzy chcą jednego e-maila w miesiącu, nie dostali nic za ten miesiąc. Wszystkie porównania są w archiwum na twojej stronie. Następne podsumowanie wyjdzie w pierwszym terminie swojego miesiąca.

alert-paused-subject = Wysyłka { $slug } jest wstrzymana
alert-paused-text =
    Verdict wstrzymał wysyłkę { $slug }. Powód:
    { "    " }{ $reason }

    Kto już dostał to wydanie, nie dostanie go ponownie. Gdy usuniesz przyczynę, wznów wysyłkę:
        verdict resume { $slug }

    Aby wysłać do czytelników, których serwer poczty do tego czasu odrzucił:
        verdict resend { $slug } --refused

    Aby zdecydować o czytelnikach, którzy być może już je dostali:
        verdict settle { $slug }

alert-sign-ups-subject = Niezwykle dużo zapisów
alert-sign-ups-text =
    { $count ->
        [one] Formularza zapisu użyto { $count } raz w ciągu godziny, a mogą nadejść kolejne zapisy.
        [few] Formularza zapisu użyto { $count } razy w ciągu godziny, a mogą nadejść kolejne zapisy.
        [many] Formularza zapisu użyto { $count } razy w ciągu godziny, a mogą nadejść kolejne zapisy.
       *[other] Formularza zapisu użyto { $count } razy w ciągu godziny, a mogą nadejść kolejne zapisy.
    }

    Niczego nie zablokowano. Każdy zapis trzeba jeszcze potwierdzić, a liczba e-maili na adres i na sieć jest ograniczona. Jeśli o twoim newsletterze nie jest akurat głośno, ktoś być może nadużywa formularza.

    Aby zobaczyć, kto się zapisał:
        verdict subscribers list --consent pending

    Limity są w verdict.toml w sekcji [join].

alert-findings-subject = Wydanie { $slug } zawiera błędy
alert-findings-text =
    W tym terminie pominięto wydanie { $slug }, bo zawiera błędy:

alert-overdue-subject = Minęła data wydania { $slug }
alert-overdue-text =
    Wydanie { $slug } ma datę { $date }, a w żadnym terminie tego dnia nie zostało wysłane.

    Verdict nie wyśle go z opóźnieniem bez twojej zgody: zmień send_on albo je usuń.
