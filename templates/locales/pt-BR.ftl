### Português do Brasil. Leitores e redação são tratados por você.

## Numbers

number-1234 = 1.234
number-12345 = 12.345

percent = { $number }%

## Dates

date = { $day ->
    [1] 1º
   *[other] { $day }
} de { month-in-date } de { $year }

month-in-date = { $month ->
    [1] janeiro
    [2] fevereiro
    [3] março
    [4] abril
    [5] maio
    [6] junho
    [7] julho
    [8] agosto
    [9] setembro
    [10] outubro
    [11] novembro
   *[12] dezembro
}

weekday = { $weekday ->
    [1] segunda-feira
    [2] terça-feira
    [3] quarta-feira
    [4] quinta-feira
    [5] sexta-feira
    [6] sábado
   *[7] domingo
}

weekday-and-date = { weekday }, { date }

date-and-time = { weekday-and-date }, { $time } ({ $zone })

month-and-year = { month-in-date } de { $year }

## Lengths of time

duration-days = { $count ->
    [one] { $count } dia
   *[other] { $count } dias
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

duration-pair = { $first } e { $second }

## Lists

list-pair = { $first } e { $second }
list-middle = { $list }, { $item }
list-end = { $list } e { $item }

## Alerts

alert-empty-subject = Nada para enviar: { $date }
alert-empty-text =
    Nenhuma edição estava pronta para o horário de { $slot }, por isso nada foi enviado.

    Um horário envia a edição cujo status é “ready” e cujo send_on cai nesse dia; se não houver, uma edição pronta sem send_on.

    Para ver o que os próximos horários vão enviar:
        verdict calendar

    Para enviar uma edição agora:
        verdict send SLUG

alert-no-readers-subject = Ninguém para receber: { $date }
alert-no-readers-text =
    { $slug } estava pronta para o horário de { $slot }, mas ninguém da lista confirmou a inscrição, por isso nada foi enviado. A edição continua pronta para o próximo horário.

    Para ver quem está na lista:
        verdict subscribers list

alert-missed-subject = Horário perdido: { $date }
alert-missed-text =
    O horário de { $slot } foi percebido com atraso de { $late }. Isso é mais do que schedule.max_delay permite, por isso nada foi enviado.

    Isso acontece quando o Verdict não estava em execução nessa hora. Nenhuma edição se perdeu: a que não tem send_on sai no próximo horário, e a que tem um send_on vencido precisa de uma nova data.

    Para enviar uma edição agora:
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] { $count } horários perdidos, o último: { $date }
   *[no] Mais de { $count } horários perdidos, o último: { $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] Nada foi enviado em { $count } horários, porque o Verdict os percebeu mais tarde do que schedule.max_delay permite.
       *[no] Nada foi enviado em mais de { $count } horários, porque o Verdict os percebeu mais tarde do que schedule.max_delay permite.
    }

    O primeiro: { $first }
    O último: { $last }

    Isso acontece quando o Verdict não estava em execução nessas horas ou quando o relógio da máquina estava errado. Nenhuma edição se perdeu: a que não tem send_on sai no próximo horário, e a que tem um send_on vencido precisa de uma nova data.

    Para ver o que os próximos horários vão enviar:
        verdict calendar

    Para enviar uma edição agora:
        verdict send SLUG

alert-clock-subject = Um relógio errado decidiu horários cedo demais
alert-clock-text =
    { $several ->
        [yes] O Verdict rodou em uma máquina com o relógio adiantado e deu por perdidos ou vazios os horários de { $first } a { $last }.
       *[no] O Verdict rodou em uma máquina com o relógio adiantado e deu por perdido ou vazio o horário de { $first }.
    } O relógio está certo de novo e isso já não vale: o Verdict vai decidir outra vez quando chegar a hora.

    Desconsidere os avisos anteriores sobre horários perdidos ou vazios nessas datas. Verifique se a máquina acerta o relógio pela rede.

    Para ver o que os próximos horários vão enviar:
        verdict calendar

alert-digest-late-subject = O resumo de { $month } está atrasado
alert-digest-late-text =
    O resumo de { $month } deveria sair no horário de { $due }. O Verdict perdeu esse horário por mais do que schedule.max_delay permite.

    Ele sai agora, no horário de { $slot }, para quem quer um e-mail por mês.

alert-digest-lost-subject = O resumo de { $month } não foi enviado
alert-digest-lost-text =
    O resumo de { $month } deveria sair no horário de { $due }. O Verdict perdeu esse horário e todos os outros do mês por mais do que schedule.max_delay permite, por isso o resumo não foi enviado.

    Quem quer um e-mail por mês não recebeu nada referente a esse mês. Todas as comparações estão no arquivo do seu site. O próximo resumo sai no primeiro horário do seu mês.
alert-digest-without-slot-text =
    O resumo de { $month } sai no primeiro horário do mês seguinte. Sua programação não tem horário nesse mês, por isso o resumo não foi enviado.

    Quem quer um e-mail por mês não recebeu nada referente a esse mês. Todas as comparações estão no arquivo do seu site. O próximo resumo sai no primeiro horário do seu mês.

alert-paused-subject = O envio de { $slug } está pausado
alert-paused-text =
    O Verdict parou de enviar { $slug }. O motivo:
    { "    " }{ $reason }

    Quem já recebeu não recebe de novo. Depois de resolver a causa, continue com:
        verdict resume { $slug }

    Para enviar a quem o servidor de e-mail recusou até lá:
        verdict resend { $slug } --refused

    Para decidir sobre quem talvez já tenha recebido:
        verdict settle { $slug }

alert-sign-ups-subject = Inscrições acima do normal
alert-sign-ups-text =
    { $count ->
        [one] O formulário de inscrição foi usado { $count } vez em uma hora, e pode haver mais.
       *[other] O formulário de inscrição foi usado { $count } vezes em uma hora, e pode haver mais.
    }

    Nada foi bloqueado. Cada inscrição ainda precisa ser confirmada, e há um limite de e-mails por endereço e por rede. Se a sua newsletter não está em evidência, talvez alguém esteja abusando do formulário.

    Para ver quem se inscreveu:
        verdict subscribers list --consent pending

    Os limites estão em verdict.toml, em [join].

alert-findings-subject = A edição { $slug } tem erros
alert-findings-text =
    Este horário deixou de fora a edição { $slug }, porque ela tem erros:

alert-overdue-subject = A edição { $slug } perdeu a data
alert-overdue-text =
    A edição { $slug } tem a data { $date }, e nenhum horário desse dia a enviou.

    O Verdict não a envia com atraso sem você pedir: mude o send_on ou remova-o.
