### Español. Se tutea a los lectores y a la redacción.

## Numbers

number-1234 = 1234
number-12345 = 12.345

percent = { $number }{ "\u00A0" }%

## Dates

date = { $day } de { month-in-date } de { $year }

month-in-date = { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}

weekday = { $weekday ->
    [1] lunes
    [2] martes
    [3] miércoles
    [4] jueves
    [5] viernes
    [6] sábado
   *[7] domingo
}

weekday-and-date = { weekday } { date }

date-and-time = { weekday-and-date }, { $time } ({ $zone })

month-and-year = { month-in-date } de { $year }

## Lengths of time

duration-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
duration-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
duration-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
duration-seconds = { $count ->
    [one] { $count } segundo
   *[other] { $count } segundos
}

duration-pair = { $first } y { $second }

## Lists

list-pair = { $first } y { $second }
list-middle = { $list }, { $item }
list-end = { $list } y { $item }

## Alerts

alert-empty-subject = Nada que enviar el { $date }
alert-empty-text =
    No había ningún número listo para el turno del { $slot }, así que no se envió nada.

    Un turno envía el número cuyo estado es «ready» y cuyo send_on cae en ese día; si no lo hay, un número listo sin send_on.

    Para ver qué enviarán los próximos turnos:
        verdict calendar

    Para enviar un número ahora:
        verdict send SLUG

alert-no-readers-subject = Nadie a quien enviar el { $date }
alert-no-readers-text =
    { $slug } estaba listo para el turno del { $slot }, pero nadie de la lista ha confirmado su suscripción, así que no se envió nada. El número sigue listo para el próximo turno.

    Para ver quién está en la lista:
        verdict subscribers list

alert-missed-subject = Turno perdido: { $date }
alert-missed-text =
    El turno del { $slot } se detectó con un retraso de { $late }. Es más de lo que permite schedule.max_delay, así que no se envió nada.

    Esto ocurre cuando Verdict no estaba en marcha a esa hora. No se ha gastado ningún número: el que no tiene send_on sale en el próximo turno, y el que tiene un send_on ya pasado necesita una fecha nueva.

    Para enviar un número ahora:
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] { $count } turnos perdidos, el último el { $date }
   *[no] Más de { $count } turnos perdidos, el último el { $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] No se envió nada en { $count } turnos, porque Verdict los detectó más tarde de lo que permite schedule.max_delay.
       *[no] No se envió nada en más de { $count } turnos, porque Verdict los detectó más tarde de lo que permite schedule.max_delay.
    }

    El primero: { $first }
    El último: { $last }

    Esto ocurre cuando Verdict no estaba en marcha a esas horas o cuando el reloj de la máquina iba mal. No se ha gastado ningún número: el que no tiene send_on sale en el próximo turno, y el que tiene un send_on ya pasado necesita una fecha nueva.

    Para ver qué enviarán los próximos turnos:
        verdict calendar

    Para enviar un número ahora:
        verdict send SLUG

alert-clock-subject = Un reloj equivocado decidió turnos antes de tiempo
alert-clock-text =
    { $several ->
        [yes] Verdict se ejecutó en una máquina con el reloj adelantado y dio por perdidos o vacíos los turnos desde el { $first } hasta el { $last }.
       *[no] Verdict se ejecutó en una máquina con el reloj adelantado y dio por perdido o vacío el turno del { $first }.
    } El reloj vuelve a estar en hora y eso ya no cuenta: Verdict decidirá de nuevo cuando llegue el momento.

    No hagas caso de los avisos anteriores sobre turnos perdidos o vacíos en esas fechas. Comprueba que la máquina ajusta su reloj por la red.

    Para ver qué enviarán los próximos turnos:
        verdict calendar

alert-digest-late-subject = El resumen de { $month } llega tarde
alert-digest-late-text =
    El resumen de { $month } debía salir con el turno del { $due }. Verdict lo perdió por más de lo que permite schedule.max_delay.

    Sale ahora, con el turno del { $slot }, a quienes quieren un solo correo al mes.

alert-digest-lost-subject = El resumen de { $month } no se envió
alert-digest-lost-text =
    El resumen de { $month } debía salir con el turno del { $due }. Verdict perdió ese turno y todos los demás de su mes por más de lo que permite schedule.max_delay, así que el resumen no se envió.

    Quienes quieren un solo correo al mes no recibieron nada de ese mes. Encontrarán todas las comparativas en el archivo de tu sitio. El próximo resumen sale con el primer turno de su mes.
alert-digest-without-slot-text =
    El resumen de { $month } sale con el primer turno del mes siguiente. Tu calendario no tiene ningún turno en ese mes, así que el resumen no se envió.

    Quienes quieren un solo correo al mes no recibieron nada de ese mes. Encontrarán todas las comparativas en el archivo de tu sitio. El próximo resumen sale con el primer turno de su mes.

alert-paused-subject = El envío de { $slug } está en pausa
alert-paused-text =
    Verdict ha detenido el envío de { $slug }. El motivo:
    { "    " }{ $reason }

    Quienes ya lo tienen no lo recibirán otra vez. Cuando hayas resuelto la causa, continúa con:
        verdict resume { $slug }

    Para enviarlo a quienes el servidor de correo haya rechazado hasta entonces:
        verdict resend { $slug } --refused

    Para decidir sobre quienes quizá lo hayan recibido:
        verdict settle { $slug }

alert-sign-ups-subject = Más altas de lo habitual
alert-sign-ups-text =
    { $count ->
        [one] El formulario de alta se usó { $count } vez en una hora, y puede haber más.
       *[other] El formulario de alta se usó { $count } veces en una hora, y puede haber más.
    }

    No se ha bloqueado nada. Cada alta tiene que confirmarse, y el número de correos por dirección y por red es limitado. Si tu boletín no está en las noticias, puede que alguien esté abusando del formulario.

    Para ver quién se ha dado de alta:
        verdict subscribers list --consent pending

    Los límites están en verdict.toml, en [join].

alert-findings-subject = El número { $slug } tiene errores
alert-findings-text =
    Este turno ha dejado fuera el número { $slug } porque tiene errores:

alert-overdue-subject = Al número { $slug } se le pasó la fecha
alert-overdue-text =
    El número { $slug } lleva la fecha { $date }, y ningún turno de ese día lo envió.

    Verdict no lo envía tarde si no se lo pides: cambia su send_on o quítalo.
