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

duration-pair = { $first } i { $second }

## Lists

list-pair = { $first } i { $second }
list-middle = { $list }, { $item }
list-end = { $list } i { $item }

two-sentences = { $first } { $second }

## A comparison of two tools

# „Warto” i „Nie warto”; w skrócie: na tak i na nie. Nazw narzędzi nie odmieniamy.
ship = Warto
skip = Nie warto

versus = vs

sample = Przykład: narzędzia są zmyślone

panel = Jury

result-wins = Wygrywa { $tool }
result-tie = Remis
result-split = Zdania podzielone
result-no-contest = Bez rozstrzygnięcia

result-all-would-ship-it = { $count ->
    [1] Ocena jest jedna: warto.
    [2] Zdaniem obu jurorów warto.
   *[other] Zdaniem wszystkich { $count } jurorów warto.
}
result-some-would-ship-it = Zdaniem { $ship } z { $count } jurorów warto.
result-would-ship = { $ship ->
    [0] { $count ->
        [1] { $tool }: tylko jedna ocena{ "\u00A0" }– nie warto.
       *[other] { $tool }: żaden z { $count } jurorów nie uważa, że warto.
    }
   *[other] { $count ->
        [1] { $tool }: tylko jedna ocena{ "\u00A0" }– warto.
       *[other] { $tool }: warto zdaniem { $ship } z { $count }.
    }
}
result-each = { $ship ->
    [0] W obu przypadkach nikt z jury nie uważa, że warto.
   *[other] W obu przypadkach warto zdaniem { $ship } z { $count } jurorów.
}
result-only-one = { $ship ->
    [0] Jury oceniło tylko jedno narzędzie{ "\u00A0" }– { $tool }. Nikt nie uważa, że warto.
   *[other] Jury oceniło tylko jedno narzędzie{ "\u00A0" }– { $tool }. Warto zdaniem { $ship } z { $count }.
}
result-neither = Jury nie oceniło żadnego z narzędzi.

result-line = { $title }. { $result }

result-in-short = { $first } · { $second }
result-short = { $tool }: { $ship } z { $count } na tak
result-short-not-reviewed = { $tool }: bez oceny

different-panels = Nie każdy juror ocenił oba narzędzia.

pick-tool = { $against ->
    [panel] Wybór redakcji: { $tool }, wbrew jury.
   *[none] Wybór redakcji: { $tool }.
}
pick-tie = { $against ->
    [panel] Wybór redakcji: remis, wbrew jury.
   *[none] Wybór redakcji: remis.
}

## Reviewers

# Zawsze w mianowniku.
role-name = { $role ->
    [builder] inżynier
    [skeptic] sceptyk
    [futurist] futurolog
    [creator] twórca
    [founder] założyciel
   *[other] { $role }
}
role = { role-name }
role-at-start = { role-name }

split-between = { $count ->
    [one] { $ship }{ "\u00A0" }– warto, { $skip }{ "\u00A0" }– nie warto: tak uważa { $roles }.
    [few] { $ship }{ "\u00A0" }– warto, { $skip }{ "\u00A0" }– nie warto: tak uważają { $roles }.
    [many] { $ship }{ "\u00A0" }– warto, { $skip }{ "\u00A0" }– nie warto: tak uważają { $roles }.
   *[other] { $ship }{ "\u00A0" }– warto, { $skip }{ "\u00A0" }– nie warto: tak uważają { $roles }.
}
split-not-reviewed = { $tool }: nikt z jury nie wydał oceny.
split-only-reviewer = { $verdict ->
    [ship] { $tool }: tylko jedna ocena ({ $role }){ "\u00A0" }– warto.
   *[skip] { $tool }: tylko jedna ocena ({ $role }){ "\u00A0" }– nie warto.
}
split-unanimous = { $verdict ->
    [ship] { $count ->
        [2] { $tool }: warto zdaniem obu jurorów.
       *[other] { $tool }: warto zdaniem wszystkich { $count } jurorów.
    }
   *[skip] { $count ->
        [2] { $tool }: nie warto zdaniem obu jurorów.
       *[other] { $tool }: nie warto zdaniem wszystkich { $count } jurorów.
    }
}
split-in-half = { $count ->
    [one] { $tool }: zdania są podzielone. Na tak: { $ship }. Na nie: { $skip }.
   *[other] { $tool }: zdania są podzielone. Na tak: { $ship }. Na nie: { $skip }.
}
split-minority = { $verdict ->
    [ship] { $count ->
        [one] { $tool }: tylko jeden głos na tak ({ $roles }).
        [few] { $tool }: tylko { $count } głosy na tak ({ $roles }).
        [many] { $tool }: tylko { $count } głosów na tak ({ $roles }).
       *[other] { $tool }: tylko { $count } głosu na tak ({ $roles }).
    }
   *[skip] { $count ->
        [one] { $tool }: tylko jeden głos na nie ({ $roles }).
        [few] { $tool }: tylko { $count } głosy na nie ({ $roles }).
        [many] { $tool }: tylko { $count } głosów na nie ({ $roles }).
       *[other] { $tool }: tylko { $count } głosu na nie ({ $roles }).
    }
}

## The table

winner = Wygrywa
row-panel = Jury
row-community = Czytelnicy
row-price = Cena
row-maker = Producent
row-category = Kategoria

panel-figures = { $ship } z { $count } na tak
not-reviewed = Bez oceny
votes = { $count ->
    [one] { $count } głos
    [few] { $count } głosy
    [many] { $count } głosów
   *[other] { $count } głosu
}
votes-too-few = Mniej niż pięć głosów

price-free = Bezpłatne
price-paid = Płatne
price-freemium = Freemium
price-trial = Bezpłatny okres próbny
price-open-weights = Otwarte wagi
price-open-source = Open source

## Below the table

facts = Najważniejsze fakty
source = Źródło: { $site }
scorecard = Oceny jury
quote = „{ $text }”

## Readers' votes

last-time = Poprzednio: { $title }.
last-time-too-few = Oba narzędzia dostały mniej niż pięć głosów.
readers-would-ship = { $count ->
    [one] { $tool }: warto zdaniem { $share } z was ({ $count } głos).
    [few] { $tool }: warto zdaniem { $share } z was ({ $count } głosy).
    [many] { $tool }: warto zdaniem { $share } z was ({ $count } głosów).
   *[other] { $tool }: warto zdaniem { $share } z was ({ $count } głosu).
}
voting-closes = Głosowanie trwa do { $date }.

sign-up = Otrzymaj następne porównanie prosto do skrzynki

## Mails to readers

mail-greeting = Cześć, { $name }!
mail-greeting-without-name = Cześć!

mail-label = { $label }:
mail-labeled = { $label }: { $value }

mail-read-online = Przeczytaj w przeglądarce
mail-vote = Jaki jest twój werdykt?
mail-maker = Producent: { $maker }
mail-last-time-link = Przeczytaj jeszcze raz

mail-forwarded = Ktoś przesłał ci tę wiadomość?
mail-forwarded-text = Otrzymaj następne porównanie prosto do skrzynki.

mail-why = Dostajesz tę wiadomość, bo na newsletter { $newsletter } zapisany jest ten adres:
mail-unsubscribe = Wypisz się
mail-settings-link = Pauza i inne ustawienia

## The digest

mail-digest-subject-one = Podsumowanie ({ $month }): { $title }
mail-digest-subject = Podsumowanie ({ $month }): { $count ->
    [one] { $count } porównanie
    [few] { $count } porównania
    [many] { $count } porównań
   *[other] { $count } porównania
}
mail-digest-panel = { $tool }: jury { $panel }
mail-digest-panel-and-community = { $tool }: jury { $panel }, czytelnicy { $community }

## The correction notice

mail-correction-subject = Sprostowanie: { $title }
mail-correction-intro = { $date } wysłaliśmy Ci „{ $title }” z błędem. Przepraszamy. Oto, co poprawiliśmy:
mail-correction-before = Napisaliśmy: { $text }
mail-correction-now = Powinno być: { $text }
mail-correction-removed = Usunęliśmy to.
mail-correction-button = Przeczytaj poprawione porównanie

## The welcome mail

mail-welcome-subject = Witamy w newsletterze { $newsletter }
mail-welcome-title = Jesteś na liście
mail-welcome-thanks = Dziękujemy za zapis na newsletter { $newsletter }. Każde nowe wydanie wyślemy na ten adres.
mail-welcome-latest = Zanim przyjdzie pierwsze wydanie, przeczytaj najnowsze:

## Short mails

mail-button-fallback = Jeśli przycisk nie działa, otwórz ten link:
mail-ignore = Jeśli to nie była twoja prośba, zignoruj tę wiadomość.
mail-ignore-unchanged = Jeśli to nie była twoja prośba, zignoruj tę wiadomość. Nic się nie zmieni.
mail-link-expires = Link działa 24 godziny. Jeśli to nie była twoja prośba, zignoruj tę wiadomość. Nic się nie zmieni.

mail-confirm-subject = Potwierdź subskrypcję newslettera { $newsletter }
mail-confirm-preview = Potwierdź i gotowe.
mail-confirm-title = Potwierdź subskrypcję
mail-confirm-text = Dostaliśmy prośbę, aby wysyłać na ten adres newsletter { $newsletter }. Potwierdź, aby zacząć.
mail-confirm-button = Potwierdź
mail-confirm-ignore = Dopóki nie potwierdzisz, nie wyślemy nic więcej. Jeśli to nie była twoja prośba, zignoruj tę wiadomość: po 48 godzinach usuniemy twój adres, chyba że był już kiedyś na naszej liście.
mail-confirm-paused = Twoja subskrypcja jest wstrzymana do { $date }. Jeśli potwierdzisz, pauza się skończy i znów dostaniesz każde wydanie.
mail-confirm-digest = Dostajesz tylko podsumowanie miesiąca. Jeśli potwierdzisz, znów dostaniesz każde wydanie.

mail-resume-subject = Potwierdź, że chcesz znów każde wydanie newslettera { $newsletter }
mail-resume-preview = Potwierdź, aby dostać następne wydanie.
mail-resume-title = Znów każde wydanie?
mail-resume-button = Tak, każde wydanie

mail-already-subject = Newsletter { $newsletter } już do ciebie przychodzi
mail-already-preview = Dostajesz każde wydanie. Nic się nie zmieniło.
mail-already-title = Ten adres jest już zapisany
mail-already-text = Dostaliśmy prośbę o zapis na newsletter { $newsletter }, ale dostajesz już każde wydanie.
mail-already-spam = Jeśli nasze e-maile nie docierają, sprawdź folder ze spamem.

mail-settings-subject = Twoje ustawienia newslettera { $newsletter }
mail-settings-preview = Link działa 24 godziny.
mail-settings-title = Twoje ustawienia
mail-settings-text = Oto link do twoich ustawień newslettera { $newsletter }.
mail-settings-secret = Zachowaj go dla siebie: każdy, kto go ma, może zmienić twoje ustawienia.
mail-settings-button = Otwórz ustawienia
mail-settings-ignore = Link działa 24 godziny. Jeśli to nie była twoja prośba, zignoruj tę wiadomość.

mail-address-subject = Potwierdź nowy adres dla newslettera { $newsletter }
mail-address-preview = Potwierdź, że ten adres należy do ciebie.
mail-address-title = Potwierdź nowy adres
mail-address-text = Dostaliśmy prośbę, aby odtąd wysyłać newsletter { $newsletter } na ten adres. Potwierdź, że należy do ciebie.
mail-address-button = Użyj tego adresu

mail-taken-subject = Adres dla newslettera { $newsletter } się nie zmienił
mail-taken-preview = Nic się nie zmieniło.
mail-taken-title = Nie mogliśmy zmienić adresu
mail-taken-text = Dostaliśmy prośbę, aby wysyłać newsletter { $newsletter } na ten adres. Był już kiedyś na naszej liście, więc nic nie zmieniliśmy.
mail-taken-help = Jeśli chcesz dostawać newsletter tutaj, zapisz się i podaj ten adres. Jeśli nie chcesz już dostawać newslettera na drugi adres, użyj linku do wypisania z dowolnego e-maila, który tam przyszedł.

mail-moved-subject = Adres dla newslettera { $newsletter } został zmieniony
mail-moved-preview = Jeśli to nie ty, odpowiedz na tę wiadomość.
mail-moved-title = Adres został zmieniony
mail-moved-text = Od teraz wysyłamy newsletter { $newsletter } na nowy adres z twoich ustawień, a nie na ten.
mail-moved-reply = Jeśli to nie ty, odpowiedz na tę wiadomość.

mail-erase-subject = Potwierdź usunięcie swoich danych z newslettera { $newsletter }
mail-erase-preview = Tego nie da się cofnąć.
mail-erase-title = Usunąć wszystkie twoje dane?
mail-erase-text = Dostaliśmy prośbę o usunięcie wszystkiego, co newsletter { $newsletter } o tobie przechowuje. Twoja subskrypcja się zakończy. Tego nie da się cofnąć.
mail-erase-button = Usuń wszystko

## Pages that anyone can open

page-skip = Przejdź do treści
page-links-main = Menu główne
page-links-site = Stopka
page-archive = Archiwum
page-subscribe = Zapisz się
page-all-comparisons = Wszystkie porównania
page-feed = Kanał Atom
subscribe-to = Zapisz się na newsletter { $newsletter }
page-email = Twój adres e-mail
page-honeypot = Nie wypełniaj tego pola

home-latest = Najnowsze porównanie
home-latest-dated = Najnowsze porównanie · { $date }
read-comparison = Przeczytaj porównanie
home-earlier = Wcześniejsze
no-comparisons-yet = Nie ma jeszcze porównań. Pierwsze pojawi się tutaj w dniu wysyłki.

archive-order = Od najnowszych
archive-search-long = To długie zapytanie. Szukaliśmy tylko pierwszych { $words } słów i pierwszych { $characters } znaków każdego z nich.
archive-nothing-found = Nie znaleźliśmy porównań dla tego zapytania.
archive-words = Narzędzie lub tytuł
archive-category = Kategoria
archive-every-category = Wszystkie
archive-category-count = { $category } ({ $count })
archive-search = Szukaj
archive-year = { $year }
archive-pages = Strony
archive-newer = Nowsze
archive-older = Starsze

table-caption = Oba narzędzia obok siebie
matrix-caption = Ocena każdego z jurorów
comparison-more = Więcej o tych narzędziach
comparison-all-of-tool = Wszystkie porównania: { $tool }
comparison-neighbors = Poprzednie i następne porównanie
comparison-previous = Poprzednie
comparison-next = Następne

corrections = Poprawki
corrections-intro = Powyżej jest treść, którą wysłaliśmy. Od tego czasu redakcja wprowadziła te zmiany:
corrections-intro-revised = Część czytelników otrzymała wcześniejszą wersję tego porównania. Od tego czasu redakcja wprowadziła te zmiany:
correction-title = Tytuł
correction-question = Pytanie
correction-intro = Wstęp
correction-pick = Wybór redakcji
correction-sample = Przykład
correction-voting-closes = Ostatni dzień głosowania
correction-name = { $tool }: nazwa
correction-maker = { $tool }: producent
correction-category = { $tool }: kategoria
correction-tagline = { $tool }: krótki opis
correction-price = { $tool }: cena
correction-price-note = { $tool }: uwaga o cenie
correction-url = { $tool }: strona internetowa
correction-description = { $tool }: opis
correction-fact = { $tool }: fakt { $number }
correction-fact-source = { $tool }: źródło faktu { $number }
correction-verdict = { $tool }: ocena ({ $role })
correction-quote = { $tool }: uzasadnienie ({ $role })
correction-signed-verdict = { $sign } { $verdict }

tool-line = { $category } · { $maker } · { $site }
tool-figures-from = Z najnowszego porównania: { $comparison }
tool-reviews = Co napisało jury
tool-comparisons = Porównania

error-title = Coś poszło nie tak
not-found-title = Nie znaleziono strony
error-ours = To problem po naszej stronie. Spróbuj ponownie za minutę.
error-code = Jeśli to się powtarza, skontaktuj się z nami i podaj ten kod: { $code }
not-found-text = Sprawdź, czy w adresie nie ma literówki. Wszystkie wysłane porównania są w archiwum.
error-busy = W tej chwili stronę odwiedza zbyt wiele osób. Spróbuj ponownie za chwilę.

inbox-title = Skrzynka demonstracyjna
inbox-count = { $count ->
    [0] Nie ma jeszcze e-maili. Odśwież tę stronę za chwilę.
    [one] { $count } e-mail
    [few] { $count } e-maile
    [many] { $count } e-maili
   *[other] { $count } e-maila
}
inbox-next = Otwórz e-mail i wypisz się. Potem wyślij następne wydanie: dostaną je wszyscy pozostali.
inbox-send = Wyślij „{ $title }”
inbox-all = Wszystkie e-maile
inbox-to = Do
inbox-from = Od
inbox-received = Odebrano
inbox-views = Widoki tego e-maila
inbox-html = HTML
inbox-text = Tekst
inbox-source = Źródło
inbox-frame = E-mail w HTML
inbox-catcher = To skrzynka testowa wersji demonstracyjnej.
inbox-local = Nic stąd nie opuściło tego komputera.
inbox-site = Przejdź do strony

## Voting

vote-button = { $verdict ->
    [ship] { $tool }{ "\u00A0" }– warto
   *[skip] { $tool }{ "\u00A0" }– nie warto
}
vote-question = { $verdict ->
    [ship] { $tool }{ "\u00A0" }– warto?
   *[skip] { $tool }{ "\u00A0" }– nie warto?
}
vote-changed-mind = Nie o to chodziło? { $link }
vote-instead = { $verdict ->
    [ship] { $tool }{ "\u00A0" }– jednak warto
   *[skip] { $tool }{ "\u00A0" }– jednak nie warto
}
vote-voted = { $verdict ->
    [ship] Twój głos: { $tool }{ "\u00A0" }– warto.
   *[skip] Twój głos: { $tool }{ "\u00A0" }– nie warto.
}
vote-change = { $verdict ->
    [ship] Jednak warto
   *[skip] Jednak nie warto
}
vote-other-tool = A { $tool }?
vote-until-then = Do tego czasu możesz zmienić swój głos.
vote-closed = Głosowanie zakończone
vote-choose = Wybierz „Warto” albo „Nie warto”.
vote-link-broken = Być może brakuje jego części. Otwórz go ponownie z e-maila albo skopiuj w całości.

## Joining, settings and leaving

link-broken = Ten link nie działa
check-inbox = Sprawdź skrzynkę
subscribe-again = Zapisz się ponownie

subscribe-intro = Otrzymaj następne porównanie prosto do skrzynki.
subscribe-button = Zapisz się
subscribe-name = Twoje imię do powitania (opcjonalnie)
subscribe-time-zone = Twoja strefa czasowa (opcjonalnie)
subscribe-no-time-zone = Wolę nie podawać
subscribe-note = Wyślemy jeden e-mail z prośbą o potwierdzenie i nic więcej, dopóki nie potwierdzisz. W każdym e-mailu możesz się wypisać jednym kliknięciem.

once-more = Jeszcze jeden krok
once-more-quick = Formularz wysłano w ciągu dwóch sekund, tak jak robią to programy. Jeśli to był twój zapis, wyślij formularz jeszcze raz.
once-more-expired = Ten formularz wygasł. Wyślij go jeszcze raz.
once-more-used = Tego formularza użyto już dla innego adresu e-mail. Wyślij go jeszcze raz.
once-more-elsewhere = Ten formularz wysłała za ciebie inna strona. Potwierdź, że chcesz się zapisać.
once-more-many = Mamy więcej zapisów niż zwykle, a część może pochodzić od programów. Jeśli to był twój zapis, wyślij formularz jeszcze raz.

subscribe-sent = Wysłaliśmy e-mail na twój adres, o ile może odbierać newsletter { $newsletter }. Otwórz zawarty w nim link w ciągu 48 godzin, aby potwierdzić subskrypcję.
subscribe-sent-nothing = Nic po kilku minutach? Sprawdź folder ze spamem albo { $link }. Na jeden adres wysyłamy tylko kilka takich e-maili dziennie: jeśli masz już link, użyj go.
subscribe-sent-try-again = spróbuj ponownie
subscribe-sent-back = Wróć na stronę newslettera { $newsletter }

subscribe-too-many = Zbyt wiele zapisów z twojej sieci
subscribe-too-many-wait = { $minutes ->
    [one] Spróbuj ponownie za { $minutes } minutę.
    [few] Spróbuj ponownie za { $minutes } minuty.
    [many] Spróbuj ponownie za { $minutes } minut.
   *[other] Spróbuj ponownie za { $minutes } minuty.
}

confirm = Potwierdź subskrypcję
confirm-text = Potwierdź, a będziemy wysyłać newsletter { $newsletter } na adres { $address }.
confirm-button = Potwierdź

confirmed = Gotowe, jesteś na liście
confirmed-text = Każde wydanie newslettera { $newsletter } będziemy wysyłać na adres { $address }, począwszy od następnego.
confirmed-anew = Wcześniejsza pauza albo wybór podsumowania miesiąca już nie obowiązuje.
confirmed-latest = Na początek: najnowsze porównanie

confirm-link-broken = Być może wygasł albo brakuje jego części. Skopiuj go w całości z e-maila.
confirm-link-used = Jeśli subskrypcja jest już potwierdzona, nie musisz nic robić. Jeśli nie, { $link }, aby dostać nowy link.
confirm-link-again = zapisz się ponownie

settings = Twoje ustawienia
settings-ask = E-maile bywają przesyłane dalej, dlatego link do twoich ustawień wysyłamy tylko na adres { $address }. Działa 24 godziny.
settings-email-link = Wyślij mi link
settings-link-sent = Wysłaliśmy link na adres { $address }. Działa 24 godziny.
settings-links-enough = Masz już ten link
settings-links-enough-text = Wysłaliśmy dziś trzy linki na adres { $address }. Użyj najnowszego: działa 24 godziny. Nie możesz go znaleźć? Sprawdź folder ze spamem. Jutro możesz poprosić o kolejny link.
settings-link-broken = Być może jest za stary, już użyty albo niepełny. Nowy dostaniesz przez link do ustawień na końcu każdego naszego e-maila.

settings-saved = Zapisano.
settings-of = Adres: { $address }
settings-not-subscribed = Nie masz teraz subskrypcji. W każdej chwili możesz wrócić: { $link }.
settings-name = Twoje imię do powitania
settings-frequency = Jak często
settings-every = Każde wydanie
settings-digest = Tylko podsumowanie miesiąca
settings-pause = Pauza
settings-pause-none = Bez pauzy
settings-pause-until = Do { $date }
settings-pause-end = Zakończ pauzę
settings-pause-for = { $weeks ->
    [one] Na { $weeks } tydzień
    [few] Na { $weeks } tygodnie
    [many] Na { $weeks } tygodni
   *[other] Na { $weeks } tygodnia
}
settings-save = Zapisz

move = Zmień adres e-mail
move-text = Na nowy adres wyślemy link. Otwórz go, aby potwierdzić zmianę. Potem powiadomimy o niej twój stary adres.
move-email = Twój nowy adres e-mail
move-button = Zmień adres
move-asked = Sprawdź nową skrzynkę
move-asked-text = Wysłaliśmy link na adres { $address }, o ile można go użyć. Otwórz link w ciągu 24 godzin, aby potwierdzić nowy adres. Linki wysłane na inne nowe adresy już nie działają.
move-asked-until = Dopóki nie potwierdzisz, nic się nie zmieni. Na jeden adres wysyłamy tylko kilka takich e-maili dziennie.
move-too-often = Zbyt wiele zmian adresu dzisiaj
move-too-often-text = Dziennie możesz podać najwyżej trzy adresy. Nic się nie zmieniło. Spróbuj ponownie jutro.
move-confirm = Użyć tego adresu?
move-confirm-text = Adres { $address } zastąpi twój stary adres dla newslettera { $newsletter }.
move-confirm-button = Użyj tego adresu
moved = Adres został zmieniony
moved-text = Od teraz twój adres dla newslettera { $newsletter } to { $address }. Powiadomimy o tym twój stary adres.

data = Twoje dane
data-download = Pobierz wszystko, co o tobie mamy: { $json } lub { $csv }.
data-erase = Albo usuń wszystko. Wyślemy ci e-mailem link do potwierdzenia.
data-unsubscribe = Aby po prostu nie dostawać już e-maili, { $link }.
data-unsubscribe-link = wypisz się
erase-button = Usuń wszystko
erase-confirm = Usunąć wszystko?
erase-confirm-text = Usuniemy { $address }, twoje imię, ustawienia i dane o wysyłce e-maili do ciebie. Subskrypcja się zakończy. Tego nie da się cofnąć.
erased = Wszystko usunięte
erased-text = Nie mamy już o tobie żadnych danych, poza kodem, dzięki któremu twój adres nie wróci na naszą listę.

unsubscribe-from = Chcesz się wypisać z{ "\u00A0" }newslettera { $newsletter }?
unsubscribe-text = Nie wyślemy już żadnych e-maili na adres { $address }.
unsubscribe-digest = Na adres { $address } wysyłamy podsumowanie miesiąca. Jeśli się wypiszesz, nie wyślemy już żadnych e-maili.
unsubscribe-paused = Twoja subskrypcja jest wstrzymana do { $date }. Do tego czasu nie wysyłamy e-maili na adres { $address }. Pauzę możesz zakończyć w { $settings }. Jeśli się wypiszesz, później też nie wyślemy żadnych e-maili.
unsubscribe-settings = ustawieniach
unsubscribe-why = Dlaczego się wypisujesz? (opcjonalnie)
unsubscribe-too-often = Za dużo e-maili
unsubscribe-not-for-me = To nie dla mnie
unsubscribe-not-good = Za słaba jakość
unsubscribe-never-joined = To nie był mój zapis
unsubscribe-own-words = Własnymi słowami
unsubscribe-button = Wypisz się
unsubscribe-less = Albo dostawaj mniej e-maili
unsubscribe-pause-for = { $weeks ->
    [one] Pauza na { $weeks } tydzień
    [few] Pauza na { $weeks } tygodnie
    [many] Pauza na { $weeks } tygodni
   *[other] Pauza na { $weeks } tygodnia
}
unsubscribe-to-digest = Tylko podsumowanie miesiąca
unsubscribe-link-broken = Być może brakuje jego części. Otwórz ponownie „Wypisz się” na końcu jednego z naszych e-maili albo skopiuj cały link.
unsubscribe-reply = Jeśli to nie pomoże, odpowiedz na dowolny nasz e-mail i poproś, żebyśmy cię wypisali.

unsubscribed = Nie ma cię już na liście
unsubscribed-now = Nie wysyłamy już newslettera { $newsletter } na adres { $address }.
unsubscribed-before = Nie wysyłamy newslettera { $newsletter } na adres { $address }.
unsubscribed-thanks = Dziękujemy za czytanie. Wszystkie porównania nadal są { $link }.
unsubscribed-archive = w archiwum
unsubscribed-changed-mind = Zmieniasz zdanie? { $link }.
unsubscribed-not-yet = Adres wypisano mniej niż godzinę temu. Można to jeszcze cofnąć na stronie, na której to zrobiono.
unsubscribed-for-good = Wypisz się na dobre
unsubscribed-one-click = Nie ma cię już na liście.

subscription-ended = Ta subskrypcja się skończyła
subscription-ended-text = Nie wyślemy już e-maili w ramach subskrypcji, do której należy ten link.
subscription-ended-but = Newsletter { $newsletter } nadal przychodzi? To znaczy, że masz nową subskrypcję. Użyj linku do wypisania z najnowszego e-maila.

paused-until = Pauza do { $date }
paused-text = Do { $date } nie wysyłamy newslettera { $newsletter } na adres { $address }. Potem będzie jak wcześniej.
digest-chosen = Będziesz dostawać podsumowanie miesiąca
digest-chosen-text = Od teraz wysyłamy newsletter { $newsletter } na adres { $address } raz w miesiącu, ze wszystkimi werdyktami w jednym e-mailu.

undo-button = Cofnij
undo-ask = Cofnąć ostatnią zmianę?
undo-ask-text = Będziemy wysyłać newsletter { $newsletter } na adres { $address } tak jak przed zmianą.
undone = Znów jesteś na liście
undone-paused = Cofnięto
undo-subscribed = Jesteś na liście
undo-nothing = Nie ma już czego cofać: zostało to już cofnięte, minęła ponad godzina albo od tego czasu coś się zmieniło.

gets-every = Na adres { $address } wysyłamy każde wydanie newslettera { $newsletter }.
gets-digest = Na adres { $address } wysyłamy podsumowanie miesiąca z newslettera { $newsletter }.
gets-after-pause = Wysyłka newslettera { $newsletter } jest wstrzymana do { $date }. Potem znów będziemy go wysyłać na adres { $address }.

## What is wrong with a form

wrong-email-empty = Podaj swój adres e-mail.
wrong-email-invisible = To nie wygląda na adres e-mail: zawiera niewidoczny znak. Wpisz go, zamiast wklejać.
wrong-email-space = To nie wygląda na adres e-mail: zawiera spację.
wrong-email-long = To za długie jak na adres e-mail.
wrong-email-bare = Podaj sam adres e-mail, bez imienia i nawiasów.
wrong-email-no-at = To nie wygląda na adres e-mail: brakuje znaku @.
wrong-email-ats = To nie wygląda na adres e-mail: zawiera więcej niż jeden znak @.
wrong-email-no-local = To nie wygląda na adres e-mail: przed @ nic nie ma.
wrong-email-local = To nie wygląda na adres e-mail. Sprawdź część przed @.
wrong-email-no-domain = To nie wygląda na adres e-mail: po @ nic nie ma.
wrong-email-domain = To nie wygląda na adres e-mail. Sprawdź część po @.
wrong-email-no-dot = To nie wygląda na adres e-mail: w części po @ brakuje kropki, jak w „example.com”.
wrong-email-ip = Nie możemy wysyłać na adres IP. Podaj adres e-mail z domeną, taką jak „example.com”.
wrong-email-disposable = Nie wysyłamy na adresy tymczasowe, takie jak w domenie { $domain }.
wrong-email-shared = Adres { $local }@ może czytać kilka osób. Podaj swój własny adres.
wrong-name-lines = Imię musi zmieścić się w jednym wierszu.
wrong-name-long = { $most ->
    [one] Imię może mieć najwyżej { $most } znak.
    [few] Imię może mieć najwyżej { $most } znaki.
    [many] Imię może mieć najwyżej { $most } znaków.
   *[other] Imię może mieć najwyżej { $most } znaku.
}
wrong-time-zone = Nie znamy tej strefy czasowej. Wybierz ją z listy.

form-not-read = Formularz nie dotarł
form-not-read-text = Był za duży albo niepełny, albo wysyłanie trwało za długo. Wróć i wyślij go jeszcze raz.

## Alerts

alert-empty-subject = Nic do wysłania: { $date }
alert-empty-text =
    Termin: { $slot }. Żadne wydanie nie było gotowe, więc nic nie wysłano.

    W terminie wysyłane jest wydanie o statusie „ready”, którego send_on przypada na ten dzień, a jeśli takiego nie ma, gotowe wydanie bez send_on.

    Aby zobaczyć, co zostanie wysłane w następnych terminach:
        verdict calendar

    Aby wysłać wydanie teraz:
        verdict send SLUG

alert-no-readers-subject = Brak odbiorców: { $date }
alert-no-readers-text =
    Termin: { $slot }. Wydanie { $slug } było gotowe, ale nikt na liście nie potwierdził subskrypcji, więc nic nie wysłano. Wydanie czeka na następny termin.

    Aby zobaczyć, kto jest na liście:
        verdict subscribers list

alert-missed-subject = Przegapiony termin: { $date }
alert-missed-text =
    Termin: { $slot }. Opóźnienie, z jakim go zauważono: { $late }. To więcej, niż pozwala schedule.max_delay, więc nic nie wysłano.

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

alert-clock-subject = Zegar się spieszył: terminy rozstrzygnięto za wcześnie
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

    Ten, kto już dostał to wydanie, nie dostanie go ponownie. Gdy usuniesz przyczynę, wznów wysyłkę:
        verdict resume { $slug }

    Aby wysłać je do czytelników, których serwer poczty do tego czasu odrzucił:
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

alert-unapproved-subject = Wydanie { $slug } nie zostało wysłane: brak zatwierdzenia
alert-unapproved-text =
    Wydanie { $slug } było następne w kolejce (termin: { $slot }), ale nie można go jeszcze wysłać. { $why }

    Aby zatwierdzić je w obecnej postaci:
        verdict approve { $slug } --as NAME

    Aby potem od razu je wysłać:
        verdict send { $slug }

alert-preflight-subject = Kontrola przed wydaniem wykryła problemy
alert-preflight-text =
    Przed wysłaniem wydania Verdict sprawdził nadawcę, serwer pocztowy i strony. Znalazł to, co podano poniżej, a mimo to wysłał wydanie: wiadomości mogą nie dotrzeć albo czytelnicy mogą nie móc się wypisać.

    Aby sprawdzić ponownie:
        verdict doctor
alert-held-subject = Wydanie z { $date } nie zostało wysłane
alert-held-text =
    Nadszedł termin { $slot }, ale Verdict niczego nie wysłał: kontrola nadawcy, serwera pocztowego i stron wykryła to, co podano poniżej. Verdict sprawdza ponownie co kilka minut i wyśle wydanie, jeśli wszystko będzie w porządku, zanim będzie za późno.

    Aby sprawdzić teraz:
        verdict doctor

alert-reminder-subject = Jeszcze niegotowe: { $date }
alert-reminder-text =
    Następny termin: { $slot }. Wymaga twojej uwagi:

    { $lacks }

    Aby zobaczyć, co zostanie wysłane w następnych terminach:
        verdict calendar
alert-lacks-issue = Żadne wydanie nie jest na niego gotowe.
alert-lacks-correction = Wydanie { $slug } zawiera błędy. Pokaże je `verdict check`.
alert-lacks-look =
    { $count ->
        [one] Wydanie { $slug } ma jedno ostrzeżenie. Pokaże je `verdict check`.
        [few] Wydanie { $slug } ma { $count } ostrzeżenia. Pokaże je `verdict check`.
        [many] Wydanie { $slug } ma { $count } ostrzeżeń. Pokaże je `verdict check`.
       *[other] Wydanie { $slug } ma { $count } ostrzeżenia. Pokaże je `verdict check`.
    }
alert-lacks-approval =
    { $why ->
        [changed] Wydanie { $slug } zmieniło się od czasu zatwierdzenia. Zatwierdzenie: { $by }.
        [author] Wydanie { $slug } zatwierdziła tylko osoba, która je napisała ({ $by }).
        [unknown] W wydaniu { $slug } nie podano, kto je napisał, więc nie można go zatwierdzić. Dodaj author = "IMIĘ" do jego pliku.
       *[missing] Wydanie { $slug } nie jest zatwierdzone.
    }
