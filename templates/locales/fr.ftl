### Français. On vouvoie les lecteurs et la rédaction.

## Numbers

number-1234 = 1{ "\u202F" }234
number-12345 = 12{ "\u202F" }345

percent = { $number }{ "\u202F" }%

## Dates

date = { $day ->
    [1] 1er
   *[other] { $day }
} { month-in-date } { $year }

month-in-date = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}

weekday = { $weekday ->
    [1] lundi
    [2] mardi
    [3] mercredi
    [4] jeudi
    [5] vendredi
    [6] samedi
   *[7] dimanche
}

weekday-and-date = { weekday } { date }

date-and-time = { weekday-and-date } à { $time } ({ $zone })

month-and-year = { month-in-date } { $year }

## Lengths of time

duration-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
duration-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
duration-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
duration-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}

duration-pair = { $first } { $second }

## Lists

list-pair = { $first } et { $second }
list-middle = { $list }, { $item }
list-end = { $list } et { $item }

## Alerts

alert-empty-subject = Rien à envoyer le { $date }
alert-empty-text =
    Aucun numéro n’était prêt pour le créneau du { $slot } : rien n’a été envoyé.

    Un créneau envoie le numéro dont le statut est « ready » et dont send_on tombe ce jour-là, sinon un numéro prêt sans send_on.

    Pour voir ce que les prochains créneaux enverront :
        verdict calendar

    Pour envoyer un numéro tout de suite :
        verdict send SLUG

alert-no-readers-subject = Personne à qui écrire le { $date }
alert-no-readers-text =
    { $slug } était prêt pour le créneau du { $slot }, mais personne sur la liste n’a confirmé son abonnement : rien n’a été envoyé. Le numéro reste prêt pour le prochain créneau.

    Pour voir qui est sur la liste :
        verdict subscribers list

alert-missed-subject = Créneau du { $date } manqué
alert-missed-text =
    Le créneau du { $slot } a été remarqué avec un retard de { $late }. C’est plus que schedule.max_delay ne permet : rien n’a été envoyé.

    Cela arrive quand Verdict ne tournait pas à ce moment-là. Aucun numéro n’est perdu : un numéro sans send_on part au prochain créneau, un numéro dont le send_on est passé a besoin d’une nouvelle date.

    Pour envoyer un numéro tout de suite :
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] { $count } créneaux manqués, le dernier le { $date }
   *[no] Plus de { $count } créneaux manqués, le dernier le { $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] Rien n’a été envoyé pour { $count } créneaux, car Verdict les a remarqués plus tard que schedule.max_delay ne permet.
       *[no] Rien n’a été envoyé pour plus de { $count } créneaux, car Verdict les a remarqués plus tard que schedule.max_delay ne permet.
    }

    Le premier : { $first }
    Le dernier : { $last }

    Cela arrive quand Verdict ne tournait pas à ces moments-là, ou quand l’horloge de la machine était fausse. Aucun numéro n’est perdu : un numéro sans send_on part au prochain créneau, un numéro dont le send_on est passé a besoin d’une nouvelle date.

    Pour voir ce que les prochains créneaux enverront :
        verdict calendar

    Pour envoyer un numéro tout de suite :
        verdict send SLUG

alert-clock-subject = Une horloge fausse a décidé de créneaux trop tôt
alert-clock-text =
    { $several ->
        [yes] Verdict a tourné sur une machine dont l’horloge avançait, et a cru manqués ou vides les créneaux du { $first } au { $last }.
       *[no] Verdict a tourné sur une machine dont l’horloge avançait, et a cru manqué ou vide le créneau du { $first }.
    } L’horloge est de nouveau à l’heure et cela ne compte plus : Verdict décidera le moment venu.

    Ne tenez pas compte des messages précédents sur des créneaux manqués ou vides à ces dates. Vérifiez que la machine règle son horloge par le réseau.

    Pour voir ce que les prochains créneaux enverront :
        verdict calendar

alert-digest-late-subject = Le récapitulatif de { $month } est en retard
alert-digest-late-text =
    Le récapitulatif de { $month } devait partir avec le créneau du { $due }. Verdict l’a manqué de plus que schedule.max_delay.

    Il part maintenant, avec le créneau du { $slot }, aux lecteurs qui veulent un seul e-mail par mois.

alert-digest-lost-subject = Le récapitulatif de { $month } n’a pas été envoyé
alert-digest-lost-text =
    Le récapitulatif de { $month } devait partir avec le créneau du { $due }. Verdict l’a manqué, ainsi que tous les autres du mois, de plus que schedule.max_delay : le récapitulatif n’a pas été envoyé.

    Les lecteurs qui veulent un seul e-mail par mois n’ont rien reçu pour ce mois. Tous les comparatifs sont dans les archives de votre site. Le prochain récapitulatif part avec le premier créneau de son mois.
alert-digest-without-slot-text =
    Le récapitulatif de { $month } part avec le premier créneau du mois suivant. Votre calendrier n’a aucun créneau ce mois-là : le récapitulatif n’a pas été envoyé.

    Les lecteurs qui veulent un seul e-mail par mois n’ont rien reçu pour ce mois. Tous les comparatifs sont dans les archives de votre site. Le prochain récapitulatif part avec le premier créneau de son mois.

alert-paused-subject = L’envoi de { $slug } est suspendu
alert-paused-text =
    Verdict a suspendu l’envoi de { $slug }. La raison :
    { "    " }{ $reason }

    Les lecteurs qui l’ont déjà reçu ne le recevront pas une seconde fois. Une fois la cause réglée, reprenez avec :
        verdict resume { $slug }

    Pour écrire aux lecteurs que le serveur de messagerie a refusés jusque-là :
        verdict resend { $slug } --refused

    Pour trancher le cas des lecteurs qui l’ont peut-être reçu :
        verdict settle { $slug }

alert-sign-ups-subject = Un nombre inhabituel d’inscriptions
alert-sign-ups-text =
    { $count ->
        [one] Le formulaire d’inscription a servi { $count } fois en une heure, et d’autres inscriptions peuvent suivre.
       *[other] Le formulaire d’inscription a servi { $count } fois en une heure, et d’autres inscriptions peuvent suivre.
    }

    Rien n’a été bloqué. Chaque inscription doit encore être confirmée, et le nombre d’e-mails par adresse et par réseau est limité. Si l’on ne parle pas de votre newsletter en ce moment, quelqu’un abuse peut-être du formulaire.

    Pour voir qui s’est inscrit :
        verdict subscribers list --consent pending

    Les limites sont dans verdict.toml, sous [join].

alert-findings-subject = Le numéro { $slug } contient des erreurs
alert-findings-text =
    Ce créneau a laissé de côté le numéro { $slug }, qui contient des erreurs :

alert-overdue-subject = Le numéro { $slug } a manqué sa date
alert-overdue-text =
    Le numéro { $slug } est daté du { $date }, et aucun créneau de ce jour ne l’a envoyé.

    Verdict ne l’envoie pas en retard sans votre accord : changez son send_on, ou supprimez-le.
