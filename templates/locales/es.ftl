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

two-sentences = { $first } { $second }

## A comparison of two tools

ship = Adoptar
skip = Descartar

versus = vs

sample = Ejemplo: las herramientas son ficticias

panel = El panel

## The result, as a heading

result-wins = Gana { $tool }
result-tie = Empate
result-split = Panel dividido
result-no-contest = Comparación imposible

## The result, in sentences

result-all-would-ship-it = { $count ->
    [1] Solo la evaluó un panelista, que la adoptaría.
    [2] Los dos panelistas la adoptarían.
   *[other] Los { $count } panelistas la adoptarían.
}
result-some-would-ship-it = { $ship ->
    [one] { $ship } de { $count } panelistas la adoptaría.
   *[other] { $ship } de { $count } panelistas la adoptarían.
}
result-would-ship = { $ship ->
    [0] { $count ->
        [1] Solo un panelista evaluó { $tool }, y la descartaría.
       *[other] Ninguno de los { $count } adoptaría { $tool }.
    }
    [one] { $count ->
        [1] Solo un panelista evaluó { $tool }, y la adoptaría.
       *[other] { $ship } de { $count } adoptaría { $tool }.
    }
   *[other] { $ship } de { $count } adoptarían { $tool }.
}
result-each = { $ship ->
    [0] { $count ->
        [1] Solo un panelista evaluó cada herramienta, y la descartaría.
       *[other] Ninguno de los { $count } panelistas adoptaría ninguna de las dos herramientas.
    }
    [one] { $count ->
        [1] Solo un panelista evaluó cada herramienta, y la adoptaría.
       *[other] { $ship } de { $count } panelistas adoptaría cada herramienta.
    }
   *[other] { $ship } de { $count } panelistas adoptarían cada herramienta.
}
result-only-one = { $ship ->
    [0] El panel solo evaluó { $tool }, y nadie la adoptaría.
    [one] El panel solo evaluó { $tool }: { $ship } de { $count } la adoptaría.
   *[other] El panel solo evaluó { $tool }: { $ship } de { $count } la adoptarían.
}
result-neither = El panel no ha evaluado ninguna de las dos herramientas.

result-line = { $title }. { $result }

result-in-short = { $first } · { $second }
result-short = { $ship ->
    [one] { $tool }: { $ship } de { $count } la adoptaría
   *[other] { $tool }: { $ship } de { $count } la adoptarían
}
result-short-not-reviewed = { $tool }: sin evaluar

different-panels = No todos los panelistas probaron las dos herramientas.

pick-tool = { $against ->
    [panel] La elección de la redacción: { $tool }, en contra del panel.
   *[none] La elección de la redacción: { $tool }.
}
pick-tie = { $against ->
    [panel] La elección de la redacción: empate, en contra del panel.
   *[none] La elección de la redacción: empate.
}

## Reviewers

role-name = { $role ->
    [builder] dev
    [skeptic] escéptico
    [futurist] futurista
    [creator] creador
    [founder] fundador
   *[other] { $role }
}
# Con «el perfil» no hace falta concordar el artículo con un rol desconocido.
role = { role-name }
role-at-start = { role-name }

split-between = { $count ->
    [one] El perfil { $roles } adoptaría { $ship } y descartaría { $skip }.
   *[other] Los perfiles { $roles } adoptarían { $ship } y descartarían { $skip }.
}
split-not-reviewed = Nadie del panel evaluó { $tool }.
split-only-reviewer = { $verdict ->
    [ship] Solo el perfil { $role } evaluó { $tool }, y la adoptaría.
   *[skip] Solo el perfil { $role } evaluó { $tool }, y la descartaría.
}
split-unanimous = { $verdict ->
    [ship] { $count ->
        [2] Los dos panelistas adoptarían { $tool }.
       *[other] Los { $count } panelistas adoptarían { $tool }.
    }
   *[skip] { $count ->
        [2] Los dos panelistas descartarían { $tool }.
       *[other] Los { $count } panelistas descartarían { $tool }.
    }
}
split-in-half = { $count ->
    [one] El panel está dividido sobre { $tool }: el perfil { $ship } la adoptaría, el perfil { $skip } la descartaría.
   *[other] El panel está dividido sobre { $tool }: los perfiles { $ship } la adoptarían, los perfiles { $skip } la descartarían.
}
split-minority = { $verdict ->
    [ship] { $count ->
        [one] Solo el perfil { $roles } adoptaría { $tool }.
       *[other] Solo los perfiles { $roles } adoptarían { $tool }.
    }
   *[skip] { $count ->
        [one] Solo el perfil { $roles } descartaría { $tool }.
       *[other] Solo los perfiles { $roles } descartarían { $tool }.
    }
}

## The table of both tools' figures

winner = Ganadora
row-panel = Panel
row-community = Lectores
row-price = Precio inicial
row-maker = Creada por
row-category = Categoría

panel-figures = { $ship ->
    [one] { $ship } de { $count } la adoptaría
   *[other] { $ship } de { $count } la adoptarían
}
not-reviewed = Sin evaluar
votes = { $count ->
    [one] { $count } voto
   *[other] { $count } votos
}
votes-too-few = Menos de cinco votos

price-free = Gratis
price-paid = De pago
price-freemium = Freemium
price-trial = Prueba gratuita
price-open-weights = Pesos abiertos
price-open-source = Código abierto

## Below the table

facts = Datos clave
source = Fuente: { $site }
scorecard = Los veredictos del panel
quote = «{ $text }»

## Readers' votes

last-time = La última vez: { $title }.
last-time-too-few = Ninguna de las dos herramientas llegó a cinco votos.
readers-would-ship = { $count ->
    [one] El { $share } de los lectores adoptaría { $tool } ({ $count } voto).
   *[other] El { $share } de los lectores adoptaría { $tool } ({ $count } votos).
}
voting-closes = Puedes votar hasta el { $date }.

sign-up = Recibe la próxima comparativa en tu correo

## Mails to readers

mail-greeting = Hola, { $name }:
mail-greeting-without-name = Hola:

mail-label = { $label }:
mail-labeled = { $label }: { $value }

mail-read-online = Leer en la web
mail-vote = ¿Cuál es tu veredicto?
mail-maker = de { $maker }
mail-last-time-link = Volver a leerla

mail-forwarded = ¿Te han reenviado este correo?
mail-forwarded-text = Recibe la próxima comparativa en tu correo.

mail-why = Recibes este correo porque te suscribiste a { $newsletter } con esta dirección:
mail-unsubscribe = Cancelar la suscripción
mail-settings-link = Hacer una pausa o cambiar tus preferencias

## The digest

mail-digest-subject-one = Resumen de { $month }: { $title }
mail-digest-subject = Resumen de { $month }: { $count ->
    [one] { $count } comparativa
   *[other] { $count } comparativas
}
mail-digest-panel = { $tool }: panel { $panel }
mail-digest-panel-and-community = { $tool }: panel { $panel }, lectores { $community }

## The correction notice

mail-correction-subject = Corrección: { $title }
mail-correction-intro = El { $date } te enviamos «{ $title }» con un error. Lo sentimos. Esto es lo que hemos corregido:
mail-correction-before = Escribimos: { $text }
mail-correction-now = Debía decir: { $text }
mail-correction-removed = Lo hemos eliminado.
mail-correction-button = Leer la comparación corregida

## The welcome mail

mail-welcome-subject = Te damos la bienvenida a { $newsletter }
mail-welcome-title = ¡Ya estás en la lista!
mail-welcome-thanks = Gracias por suscribirte a { $newsletter }. Enviaremos cada número nuevo a esta dirección.
mail-welcome-latest = Mientras llega tu primer número, aquí tienes el último:

## Short mails, each with one purpose

mail-button-fallback = Si el botón no funciona, abre este enlace:
mail-ignore = Si no lo has pedido tú, ignora este correo.
mail-ignore-unchanged = Si no lo has pedido tú, ignora este correo. No cambiará nada.
mail-link-expires = El enlace funciona durante 24 horas. Si no lo has pedido tú, ignora este correo. No cambiará nada.

mail-confirm-subject = Confirma tu suscripción a { $newsletter }
mail-confirm-preview = Confirma y ya estás en la lista.
mail-confirm-title = Confirma tu suscripción
mail-confirm-text = Has pedido recibir { $newsletter }. Confirma para empezar.
mail-confirm-button = Confirmar
mail-confirm-ignore = Hasta que confirmes, no te enviaremos nada más. Si no lo has pedido tú, ignora este correo: borraremos tu dirección a las 48 horas, a menos que ya hayas tenido una suscripción.
mail-confirm-paused = Tu suscripción está en pausa hasta el { $date }. Si confirmas, la pausa termina y vuelves a recibir todos los números.
mail-confirm-digest = Has elegido el resumen mensual. Si confirmas, vuelves a recibir todos los números.

mail-resume-subject = Confirma que quieres recibir de nuevo todos los números de { $newsletter }
mail-resume-preview = Confirma para recibir el próximo número.
mail-resume-title = ¿Volver a recibir todos los números?
mail-resume-button = Recibir todos los números

mail-already-subject = Ya tienes una suscripción a { $newsletter }
mail-already-preview = Recibes todos los números. No ha cambiado nada.
mail-already-title = Ya tienes una suscripción
mail-already-text = Has pedido recibir { $newsletter }, pero ya recibes todos los números.
mail-already-spam = Si nuestros correos no te llegan, mira en la carpeta de spam.

mail-settings-subject = Tus preferencias de { $newsletter }
mail-settings-preview = El enlace funciona durante 24 horas.
mail-settings-title = Tus preferencias
mail-settings-text = Has pedido un enlace a tus preferencias de { $newsletter }.
mail-settings-secret = No lo compartas: cualquiera que tenga este enlace puede cambiarlas.
mail-settings-button = Abrir tus preferencias
mail-settings-ignore = El enlace funciona durante 24 horas. Si no lo has pedido tú, ignora este correo.

mail-address-subject = Confirma tu nueva dirección para { $newsletter }
mail-address-preview = Confirma que esta dirección es tuya.
mail-address-title = Confirma tu nueva dirección
mail-address-text = Has pedido recibir { $newsletter } en esta dirección a partir de ahora. Confirma que es tuya.
mail-address-button = Usar esta dirección

mail-taken-subject = Tu suscripción a { $newsletter } no ha cambiado de dirección
mail-taken-preview = No ha cambiado nada.
mail-taken-title = No hemos podido cambiar tu dirección
mail-taken-text = Has pedido recibir { $newsletter } en esta dirección. Como ya estuvo suscrita antes, no hemos cambiado nada.
mail-taken-help = Para recibirlo aquí, suscríbete con esta dirección. Para dejar de recibirlo en la otra, usa el enlace «Cancelar la suscripción» de cualquier correo que te haya llegado allí.

mail-moved-subject = Tu dirección para { $newsletter } ha cambiado
mail-moved-preview = Si no has sido tú, responde a este correo.
mail-moved-title = Tu dirección ha cambiado
mail-moved-text = A partir de ahora enviamos { $newsletter } a la nueva dirección que figura en tus preferencias, y ya no a esta.
mail-moved-reply = Si no la has cambiado tú, responde a este correo.

mail-erase-subject = Confirma que quieres borrar tus datos de { $newsletter }
mail-erase-preview = No se puede deshacer.
mail-erase-title = ¿Borrar todos tus datos?
mail-erase-text = Has pedido a { $newsletter } que borre todo lo que guarda sobre ti. Tu suscripción terminará. No se puede deshacer.
mail-erase-button = Borrar todo

## The head and the foot of every page

page-skip = Ir al contenido
page-links-main = Principal
page-links-site = Enlaces del sitio
page-archive = Archivo
page-subscribe = Suscríbete
page-all-comparisons = Todas las comparativas
page-feed = Feed
subscribe-to = Suscríbete a { $newsletter }
page-email = Tu dirección de correo
page-honeypot = Deja esto en blanco

## The home page

home-latest = Última comparativa
home-latest-dated = Última comparativa · { $date }
read-comparison = Leer la comparativa
home-earlier = Anteriores
no-comparisons-yet = Aún no hay comparativas. La primera aparecerá aquí el día de su envío.

## The archive

archive-order = De la más reciente a la más antigua
archive-search-long = Tu búsqueda es larga. Hemos usado las primeras { $words } palabras, con un máximo de { $characters } caracteres cada una.
archive-nothing-found = Ninguna comparativa coincide con tu búsqueda.
archive-words = Herramienta o título
archive-category = Categoría
archive-every-category = Todas
archive-category-count = { $category } ({ $count })
archive-search = Buscar
archive-year = { $year }
archive-pages = Páginas
archive-newer = Más recientes
archive-older = Más antiguas

## A comparison's page

table-caption = Las dos herramientas, lado a lado
matrix-caption = El veredicto de cada panelista
comparison-more = Más sobre estas herramientas
comparison-all-of-tool = Todas las comparativas con { $tool }
comparison-neighbors = Comparativa anterior y siguiente
comparison-previous = Anterior
comparison-next = Siguiente

## Corrections, at the foot of a comparison's page

corrections = Correcciones
corrections-intro = Arriba está lo que enviamos. Desde entonces, la redacción ha hecho estos cambios:
corrections-intro-revised = Algunos lectores recibieron una versión anterior de esta comparación. Desde entonces, la redacción ha hecho estos cambios:

correction-title = Titular
correction-question = Pregunta
correction-intro = Introducción
correction-pick = Elección de la redacción
correction-sample = Ejemplo
correction-voting-closes = Último día para votar
correction-name = { $tool }: nombre
correction-maker = { $tool }: creada por
correction-category = { $tool }: categoría
correction-tagline = { $tool }: en una frase
correction-price = { $tool }: precio inicial
correction-price-note = { $tool }: nota sobre el precio
correction-url = { $tool }: sitio web
correction-description = { $tool }: descripción
correction-fact = { $tool }: dato clave { $number }
correction-fact-source = { $tool }: fuente del dato clave { $number }
correction-verdict = { $tool }: veredicto ({ $role })
correction-quote = { $tool }: reseña ({ $role })
correction-signed-verdict = { $sign } { $verdict }

## A tool's page

tool-line = { $category } · de { $maker } · { $site }
tool-figures-from = Según la última comparativa: { $comparison }
tool-reviews = Lo que dicen los panelistas
tool-comparisons = Comparativas

## Error pages

error-title = Algo ha salido mal
not-found-title = Página no encontrada
error-ours = El problema es nuestro. Inténtalo de nuevo dentro de un minuto.
error-code = Si sigue ocurriendo, escríbenos e incluye este código: { $code }
not-found-text = Comprueba que la dirección esté bien escrita. Todas las comparativas que hemos enviado están en el archivo.
error-busy = Hay demasiadas visitas en este momento. Vuelve a intentarlo enseguida.

## The demo's inbox

inbox-title = Bandeja de entrada de la demo
inbox-count = { $count ->
    [0] Aún no hay correos. Vuelve a cargar esta página en un momento.
    [one] { $count } correo
   *[other] { $count } correos
}
inbox-next = Abre un correo y cancela la suscripción. Después envía el siguiente número: lo recibirán todos los demás.
inbox-send = Enviar «{ $title }»
inbox-all = Todos los correos
inbox-to = Para
inbox-from = De
inbox-received = Recibido
inbox-views = Vistas de este correo
inbox-html = HTML
inbox-text = Texto
inbox-source = Código fuente
inbox-frame = El correo en HTML
inbox-catcher = Este es el buzón de prueba de la demo.
inbox-local = Nada de lo que ves ha salido de esta máquina.
inbox-site = Ir al sitio

## Voting

vote-button = { $verdict ->
    [ship] Adoptar { $tool }
   *[skip] Descartar { $tool }
}
vote-question = { $verdict ->
    [ship] ¿Adoptar { $tool }?
   *[skip] ¿Descartar { $tool }?
}
vote-changed-mind = ¿No es lo que querías? { $link }
vote-instead = { $verdict ->
    [ship] Mejor adoptar { $tool }
   *[skip] Mejor descartar { $tool }
}
vote-voted = { $verdict ->
    [ship] Has votado por adoptar { $tool }.
   *[skip] Has votado por descartar { $tool }.
}
vote-change = { $verdict ->
    [ship] Cambiar a «adoptar»
   *[skip] Cambiar a «descartar»
}
vote-other-tool = ¿Y { $tool }?
vote-until-then = Hasta entonces puedes cambiar tu voto.
vote-closed = La votación ha terminado
vote-choose = Elige: adoptar o descartar.
vote-link-broken = Puede que le falte una parte. Ábrelo de nuevo desde el correo o cópialo entero.

## Joining, settings and leaving

link-broken = Este enlace no funciona
check-inbox = Revisa tu correo
subscribe-again = Suscríbete de nuevo

subscribe-intro = Recibe la próxima comparativa en tu correo.
subscribe-button = Suscríbete
subscribe-name = Tu nombre, para saludarte (opcional)
subscribe-time-zone = Tu zona horaria (opcional)
subscribe-no-time-zone = Prefiero no decirlo
subscribe-note = Te enviaremos un solo correo para confirmar, y nada más hasta que lo hagas. Puedes cancelar la suscripción con un clic desde cualquier correo.

once-more = Un paso más
once-more-quick = Has enviado el formulario en menos de dos segundos, como hacen los robots. Si has sido tú, envíalo de nuevo.
once-more-expired = Este formulario ha caducado. Envíalo de nuevo.
once-more-used = Este formulario ya se usó para otra dirección de correo. Envíalo de nuevo.
once-more-elsewhere = Otro sitio web ha enviado este formulario por ti. Confirma que quieres suscribirte.
once-more-many = Estamos recibiendo más altas de lo habitual y puede que algunas vengan de robots. Si has sido tú, envía el formulario de nuevo.

subscribe-sent = Si tu dirección puede recibir { $newsletter }, te hemos enviado un correo. Tienes 48 horas para abrir el enlace y confirmar tu suscripción.
subscribe-sent-nothing = ¿No ha llegado nada después de unos minutos? Mira en la carpeta de spam o { $link }. Solo enviamos unos pocos correos de este tipo al día a una misma dirección: si ya lo habías pedido, usa el enlace que tienes.
subscribe-sent-try-again = inténtalo de nuevo
subscribe-sent-back = Volver a { $newsletter }

subscribe-too-many = Demasiadas altas desde tu red
subscribe-too-many-wait = { $minutes ->
    [one] Inténtalo de nuevo dentro de { $minutes } minuto.
   *[other] Inténtalo de nuevo dentro de { $minutes } minutos.
}

confirm = Confirma tu suscripción
confirm-text = Confirma y enviaremos { $newsletter } a { $address }.
confirm-button = Confirmar

confirmed = ¡Ya estás en la lista!
confirmed-text = Enviaremos todos los números de { $newsletter } a { $address }, empezando por el próximo.
confirmed-anew = Si habías hecho una pausa o elegido el resumen mensual, ya no se aplica.
confirmed-latest = Mientras tanto, la última comparativa

confirm-link-broken = Puede que haya caducado o que le falte una parte. Prueba a copiarlo entero desde el correo.
confirm-link-used = Si ya lo usaste para confirmar, tu suscripción está activa y no tienes que hacer nada más. Si no, { $link } para recibir un enlace nuevo.
confirm-link-again = suscríbete de nuevo

settings = Tus preferencias
settings-ask = Los correos a veces se reenvían, así que enviaremos el enlace a tus preferencias solo a { $address }. Funciona durante 24 horas.
settings-email-link = Enviarme el enlace
settings-link-sent = Hemos enviado un enlace a { $address }. Funciona durante 24 horas.
settings-links-enough = Ya tienes el enlace
settings-links-enough-text = Hoy hemos enviado tres enlaces a { $address }. Usa el último: funciona durante 24 horas. ¿No lo encuentras? Mira en la carpeta de spam. Mañana podrás pedir otro.
settings-link-broken = Puede que sea demasiado antiguo, que ya se haya usado o que esté incompleto. Para recibir uno nuevo, sigue el enlace a tus preferencias al final de cualquiera de nuestros correos.

settings-saved = Guardado.
settings-of = Para { $address }
settings-not-subscribed = No tienes una suscripción activa. { $link } cuando quieras.
settings-name = Tu nombre, para saludarte
settings-frequency = Frecuencia
settings-every = Todos los números
settings-digest = El resumen mensual
settings-pause = Pausa
settings-pause-none = Sin pausa
settings-pause-until = Hasta el { $date }
settings-pause-end = Reanudar ahora
settings-pause-for = { $weeks ->
    [one] Durante { $weeks } semana
   *[other] Durante { $weeks } semanas
}
settings-save = Guardar

move = Cambia tu dirección de correo
move-text = Enviaremos un enlace a la nueva dirección. Ábrelo para confirmar el cambio. Después enviaremos un aviso a la dirección anterior.
move-email = Tu nueva dirección de correo
move-button = Cambiar dirección
move-asked = Revisa el correo de tu nueva dirección
move-asked-text = Hemos enviado un enlace a { $address }, salvo que esa dirección no se pueda usar. Ábrelo en un plazo de 24 horas para confirmar tu nueva dirección. Los enlaces que enviamos a otras direcciones nuevas ya no funcionan.
move-asked-until = No cambia nada hasta que confirmes. Solo enviamos unos pocos correos de este tipo al día a una misma dirección.
move-too-often = Demasiados cambios de dirección por hoy
move-too-often-text = Puedes probar tres direcciones al día. No ha cambiado nada. Inténtalo de nuevo mañana.
move-confirm = ¿Usar esta dirección?
move-confirm-text = { $address } sustituirá a tu dirección anterior en { $newsletter }.
move-confirm-button = Usar esta dirección
moved = Tu dirección ha cambiado
moved-text = A partir de ahora, tu dirección para { $newsletter } es { $address }. También enviamos un aviso a tu dirección anterior.

data = Tus datos
data-download = Descarga todo lo que tenemos sobre ti: { $json } o { $csv }.
data-erase = O bórralo todo. Te enviaremos un enlace para confirmar.
data-unsubscribe = Si solo quieres dejar de recibir correos, { $link }.
data-unsubscribe-link = cancela la suscripción
erase-button = Borrar todo
erase-confirm = ¿Borrar todo?
erase-confirm-text = Borraremos { $address }, tu nombre, tus preferencias y el registro de los correos que te hemos enviado. Tu suscripción terminará. No se puede deshacer.
erased = Se ha borrado todo
erased-text = Ya no guardamos nada sobre ti, salvo un código que mantiene tu dirección fuera de nuestra lista.

unsubscribe-from = ¿Cancelar la suscripción a { $newsletter }?
unsubscribe-text = No enviaremos más correos a { $address }.
unsubscribe-digest = Enviamos el resumen mensual a { $address }. Si cancelas la suscripción, no enviaremos más correos.
unsubscribe-paused = Tu suscripción está en pausa hasta el { $date }. Hasta entonces no enviaremos correos a { $address }. Puedes terminar la pausa en { $settings }. Si cancelas la suscripción, tampoco los enviaremos después.
unsubscribe-settings = tus preferencias
unsubscribe-why = ¿Por qué te vas? (opcional)
unsubscribe-too-often = Demasiados correos
unsubscribe-not-for-me = No me interesa
unsubscribe-not-good = No es lo bastante bueno
unsubscribe-never-joined = Nunca me suscribí
unsubscribe-own-words = Con tus palabras
unsubscribe-button = Cancelar la suscripción
unsubscribe-less = O recibe menos correos
unsubscribe-pause-for = { $weeks ->
    [one] Pausar durante { $weeks } semana
   *[other] Pausar durante { $weeks } semanas
}
unsubscribe-to-digest = Cambiar al resumen mensual
unsubscribe-link-broken = Puede que le falte una parte. Abre de nuevo «Cancelar la suscripción» al final de uno de nuestros correos o copia el enlace entero.
unsubscribe-reply = Si no funciona, responde a cualquiera de nuestros correos y pídenos que cancelemos tu suscripción.

unsubscribed = Suscripción cancelada
unsubscribed-now = Hemos dejado de enviar { $newsletter } a { $address }.
unsubscribed-before = No enviamos { $newsletter } a { $address }.
unsubscribed-thanks = Gracias por leernos. Todas las comparativas siguen disponibles { $link }.
unsubscribed-archive = en el archivo
unsubscribed-changed-mind = ¿Has cambiado de opinión? { $link }.
unsubscribed-not-yet = Tu suscripción se canceló hace menos de una hora. Todavía se puede deshacer en la página donde se hizo.
unsubscribed-for-good = Cancelar definitivamente
unsubscribed-one-click = Suscripción cancelada.

subscription-ended = Esta suscripción ha terminado
subscription-ended-text = No enviaremos más correos de la suscripción a la que pertenece este enlace.
subscription-ended-but = ¿Sigues recibiendo { $newsletter }? Entonces te has vuelto a suscribir después. Usa el enlace «Cancelar la suscripción» del correo más reciente.

paused-until = En pausa hasta el { $date }
paused-text = No enviaremos { $newsletter } a { $address } hasta el { $date }. Después, todo seguirá como antes.
digest-chosen = Recibirás el resumen mensual
digest-chosen-text = A partir de ahora enviaremos { $newsletter } a { $address } una vez al mes, con todos los veredictos en un solo correo.

undo-button = Deshacer
undo-ask = ¿Deshacer tu último cambio?
undo-ask-text = Enviaremos { $newsletter } a { $address } como antes del cambio.
undone = Vuelves a estar en la lista
undone-paused = Deshecho
undo-subscribed = Estás en la lista
undo-nothing = Ya no queda nada que deshacer: ya se deshizo, ha pasado más de una hora o has cambiado algo desde entonces.

gets-every = Enviamos todos los números de { $newsletter } a { $address }.
gets-digest = Enviamos el resumen mensual de { $newsletter } a { $address }.
gets-after-pause = { $newsletter } está en pausa hasta el { $date }. Después volveremos a enviarlo a { $address }.

## What is wrong with a form

wrong-email-empty = Escribe tu dirección de correo.
wrong-email-invisible = Esa dirección de correo no parece correcta: contiene un carácter invisible. Escríbela en lugar de pegarla.
wrong-email-space = Esa dirección de correo no parece correcta: contiene un espacio.
wrong-email-long = Es demasiado larga para ser una dirección de correo.
wrong-email-bare = Escribe solo la dirección de correo, sin nombre ni signos < >.
wrong-email-no-at = Esa dirección de correo no parece correcta: falta la @.
wrong-email-ats = Esa dirección de correo no parece correcta: tiene más de una @.
wrong-email-no-local = Esa dirección de correo no parece correcta: no hay nada antes de la @.
wrong-email-local = Esa dirección de correo no parece correcta. Revisa la parte anterior a la @.
wrong-email-no-domain = Esa dirección de correo no parece correcta: no hay nada después de la @.
wrong-email-domain = Esa dirección de correo no parece correcta. Revisa la parte posterior a la @.
wrong-email-no-dot = Esa dirección de correo no parece correcta: falta un punto después de la @, como en «example.com».
wrong-email-ip = No podemos enviar a una dirección IP. Usa una dirección de correo con un dominio, como «example.com».
wrong-email-disposable = No enviamos a direcciones desechables, como las de { $domain }.
wrong-email-shared = Puede que varias personas lean los correos de { $local }@. Usa una dirección personal.
wrong-name-lines = Tu nombre tiene que caber en una línea.
wrong-name-long = { $most ->
    [one] Tu nombre puede tener como máximo { $most } carácter.
   *[other] Tu nombre puede tener como máximo { $most } caracteres.
}
wrong-time-zone = No conocemos esa zona horaria. Elige una de la lista.

form-not-read = Tu formulario no ha llegado
form-not-read-text = Era demasiado grande, estaba incompleto o tardó demasiado en enviarse. Vuelve atrás y envíalo de nuevo.

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

alert-clock-subject = Turnos decididos antes de tiempo por un reloj adelantado
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
    El resumen de { $month } debía salir con el turno del { $due }. Verdict llegó a ese turno más tarde de lo que permite schedule.max_delay.

    Sale ahora, con el turno del { $slot }, a quienes quieren un solo correo al mes.

alert-digest-lost-subject = El resumen de { $month } no se envió
alert-digest-lost-text =
    El resumen de { $month } debía salir con el turno del { $due }. Verdict llegó a ese turno y a todos los demás de su mes más tarde de lo que permite schedule.max_delay, así que el resumen no se envió.

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

    Para enviarlo a quienes el servidor de correo haya rechazado hasta ahora:
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

alert-unapproved-subject = El número { $slug } no se ha enviado: falta su aprobación
alert-unapproved-text =
    Al número { $slug } le tocaba el turno del { $slot }, pero todavía no puede salir. { $why }

    Para aprobarlo tal como está:
        verdict approve { $slug } --as NAME

    Después, para enviarlo ahora:
        verdict send { $slug }

alert-preflight-subject = La comprobación previa a una edición encontró problemas
alert-preflight-text =
    Antes de enviar una edición, Verdict comprobó el remitente, el servidor de correo y las páginas. Encontró lo que figura abajo y envió la edición de todos modos: puede que los correos no lleguen o que los lectores no puedan darse de baja.

    Para comprobarlo de nuevo:
        verdict doctor
alert-held-subject = La edición del { $date } no se ha enviado
alert-held-text =
    Ha llegado la hora de { $slot }, pero Verdict no ha enviado nada: la comprobación del remitente, del servidor de correo y de las páginas encontró lo que figura abajo. Lo comprueba de nuevo cada pocos minutos y envía la edición si todo está bien antes de que sea demasiado tarde.

    Para comprobarlo ahora:
        verdict doctor

alert-reminder-subject = Todavía no está listo para el { $date }
alert-reminder-text =
    El próximo turno es el { $slot }. Esto necesita tu atención:

    { $lacks }

    Para ver qué enviarán los próximos turnos:
        verdict calendar
alert-lacks-issue = No hay ningún número listo para ese turno.
alert-lacks-correction = El número { $slug } tiene errores. `verdict check` los muestra.
alert-lacks-look =
    { $count ->
        [one] El número { $slug } tiene un aviso. `verdict check` lo muestra.
       *[other] El número { $slug } tiene { $count } avisos. `verdict check` los muestra.
    }
alert-lacks-approval =
    { $why ->
        [changed] El número { $slug } ha cambiado desde que lo aprobó { $by }.
        [author] Solo { $by }, que escribió el número { $slug }, lo ha aprobado.
        [unknown] El número { $slug } no dice quién lo escribió, así que no se puede aprobar. Añade author = "NOMBRE" a su archivo.
       *[missing] El número { $slug } no está aprobado.
    }
