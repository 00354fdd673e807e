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

two-sentences = { $first } { $second }

## A comparison of two tools

ship = Adotar
skip = Descartar

versus = vs

sample = Exemplo: as ferramentas são fictícias

panel = O painel

## The result, as a heading

result-wins = { $tool } vence
result-tie = Empate
result-split = Painel dividido
result-no-contest = Comparação impossível

## The result, in sentences

result-all-would-ship-it = { $count ->
    [1] Só uma pessoa a avaliou, e a adotaria.
    [2] Os dois avaliadores a adotariam.
   *[other] Todos os { $count } avaliadores a adotariam.
}
result-some-would-ship-it = { $ship ->
    [one] { $ship } de { $count } avaliadores a adotaria.
   *[other] { $ship } de { $count } avaliadores a adotariam.
}
result-would-ship = { $ship ->
    [0] { $count ->
        [1] Só uma pessoa avaliou { $tool }, e a descartaria.
       *[other] Nenhum dos { $count } adotaria { $tool }.
    }
    [one] { $count ->
        [1] Só uma pessoa avaliou { $tool }, e a adotaria.
       *[other] { $ship } de { $count } adotaria { $tool }.
    }
   *[other] { $ship } de { $count } adotariam { $tool }.
}
result-each = { $ship ->
    [0] { $count ->
        [1] Só uma pessoa avaliou cada ferramenta, e a descartaria.
       *[other] Nenhum dos { $count } avaliadores adotaria nenhuma das duas ferramentas.
    }
    [one] { $count ->
        [1] Só uma pessoa avaliou cada ferramenta, e a adotaria.
       *[other] { $ship } de { $count } avaliadores adotaria cada ferramenta.
    }
   *[other] { $ship } de { $count } avaliadores adotariam cada ferramenta.
}
result-only-one = { $ship ->
    [0] O painel só avaliou { $tool }, e ninguém a adotaria.
    [one] O painel só avaliou { $tool }: { $ship } de { $count } a adotaria.
   *[other] O painel só avaliou { $tool }: { $ship } de { $count } a adotariam.
}
result-neither = O painel não avaliou nenhuma das duas ferramentas.

result-line = { $title }. { $result }

result-in-short = { $first } · { $second }
result-short = { $ship ->
    [1] { $tool }: { $ship } de { $count } adotaria
   *[other] { $tool }: { $ship } de { $count } adotariam
}
result-short-not-reviewed = { $tool }: não avaliada

different-panels = Nem todos os avaliadores testaram as duas ferramentas.

pick-tool = { $against ->
    [panel] A escolha da redação: { $tool }, contra a opinião do painel.
   *[none] A escolha da redação: { $tool }.
}
pick-tie = { $against ->
    [panel] A escolha da redação: empate, contra a opinião do painel.
   *[none] A escolha da redação: empate.
}

## Reviewers

role-name = { $role ->
    [builder] dev
    [skeptic] cético
    [futurist] futurista
    [creator] criador
    [founder] fundador
   *[other] { $role }
}
# Com “o perfil”, o artigo não precisa concordar com um papel desconhecido.
role = { role-name }
role-at-start = { role-name }

split-between = { $count ->
    [one] O perfil { $roles } adotaria { $ship } e descartaria { $skip }.
   *[other] Os perfis { $roles } adotariam { $ship } e descartariam { $skip }.
}
split-not-reviewed = Ninguém do painel avaliou { $tool }.
split-only-reviewer = { $verdict ->
    [ship] Só o perfil { $role } avaliou { $tool }, e a adotaria.
   *[skip] Só o perfil { $role } avaliou { $tool }, e a descartaria.
}
split-unanimous = { $verdict ->
    [ship] { $count ->
        [2] Os dois avaliadores adotariam { $tool }.
       *[other] Todos os { $count } avaliadores adotariam { $tool }.
    }
   *[skip] { $count ->
        [2] Os dois avaliadores descartariam { $tool }.
       *[other] Todos os { $count } avaliadores descartariam { $tool }.
    }
}
split-in-half = { $count ->
    [one] O painel está dividido sobre { $tool }: o perfil { $ship } adotaria, o perfil { $skip } descartaria.
   *[other] O painel está dividido sobre { $tool }: os perfis { $ship } adotariam, os perfis { $skip } descartariam.
}
split-minority = { $verdict ->
    [ship] { $count ->
        [one] Só o perfil { $roles } adotaria { $tool }.
       *[other] Só os perfis { $roles } adotariam { $tool }.
    }
   *[skip] { $count ->
        [one] Só o perfil { $roles } descartaria { $tool }.
       *[other] Só os perfis { $roles } descartariam { $tool }.
    }
}

## The table of both tools' figures

winner = Vencedora
row-panel = Painel
row-community = Leitores
row-price = Preço inicial
row-maker = Criada por
row-category = Categoria

panel-figures = { $ship ->
    [1] { $ship } de { $count } adotaria
   *[other] { $ship } de { $count } adotariam
}
not-reviewed = Não avaliada
votes = { $count ->
    [one] { $count } voto
   *[other] { $count } votos
}
votes-too-few = Menos de cinco votos

price-free = Grátis
price-paid = Pago
price-freemium = Freemium
price-trial = Teste grátis
price-open-weights = Pesos abertos
price-open-source = Código aberto

## Below the table

facts = Pontos-chave
source = Fonte: { $site }
scorecard = Os veredictos do painel
quote = “{ $text }”

## Readers' votes

last-time = Da última vez: { $title }.
last-time-too-few = Nenhuma das duas ferramentas chegou a cinco votos.
readers-would-ship = { $count ->
    [one] { $share } de vocês adotariam { $tool } ({ $count } voto).
   *[other] { $share } de vocês adotariam { $tool } ({ $count } votos).
}
voting-closes = Você pode votar até { $date }.

sign-up = Receba o próximo comparativo por e-mail

## Mails to readers

mail-greeting = Olá, { $name }!
mail-greeting-without-name = Olá!

mail-label = { $label }:
mail-labeled = { $label }: { $value }

mail-read-online = Ler online
mail-vote = Qual é o seu veredicto?
mail-maker = por { $maker }
mail-last-time-link = Ler de novo

mail-forwarded = Encaminharam este e-mail para você?
mail-forwarded-text = Receba o próximo comparativo por e-mail.

mail-why = Você recebe este e-mail porque se inscreveu em { $newsletter } com este endereço:
mail-unsubscribe = Cancelar inscrição
mail-settings-link = Pausar ou mudar suas preferências

## The digest

mail-digest-subject-one = Resumo de { $month }: { $title }
mail-digest-subject = Resumo de { $month }: { $count ->
    [one] { $count } comparativo
   *[other] { $count } comparativos
}
mail-digest-panel = { $tool }: painel { $panel }
mail-digest-panel-and-community = { $tool }: painel { $panel }, leitores { $community }

## The correction notice

mail-correction-subject = Correção: { $title }
mail-correction-intro = Em { $date }, enviamos “{ $title }” a você com um erro. Pedimos desculpas. Isto é o que corrigimos:
mail-correction-before = Escrevemos: { $text }
mail-correction-now = O correto é: { $text }
mail-correction-removed = Removemos este trecho.
mail-correction-button = Ler a comparação corrigida

## The welcome mail

mail-welcome-subject = Boas-vindas a { $newsletter }
mail-welcome-title = Você está na lista!
mail-welcome-thanks = Agradecemos sua inscrição em { $newsletter }. Vamos enviar cada nova edição para este endereço.
mail-welcome-latest = Enquanto a sua primeira edição não chega, aqui está a mais recente:

## Short mails, each with one purpose

mail-button-fallback = Se o botão não funcionar, abra este link:
mail-ignore = Se não foi você que pediu, ignore este e-mail.
mail-ignore-unchanged = Se não foi você que pediu, ignore este e-mail. Nada vai mudar.
mail-link-expires = O link vale por 24 horas. Se não foi você que pediu, ignore este e-mail. Nada vai mudar.

mail-confirm-subject = Confirme sua inscrição em { $newsletter }
mail-confirm-preview = Confirme e pronto: você está na lista.
mail-confirm-title = Confirme sua inscrição
mail-confirm-text = Você pediu para receber { $newsletter }. Confirme para começar.
mail-confirm-button = Confirmar
mail-confirm-ignore = Até você confirmar, não vamos enviar mais nada. Se não foi você que pediu, ignore este e-mail: vamos apagar seu endereço depois de 48 horas, a menos que você já tenha tido uma inscrição.
mail-confirm-paused = Você pausou sua inscrição até { $date }. Se confirmar, a pausa termina e você volta a receber todas as edições.
mail-confirm-digest = Você escolheu o resumo mensal. Se confirmar, você volta a receber todas as edições.

mail-resume-subject = Confirme que quer voltar a receber todas as edições de { $newsletter }
mail-resume-preview = Confirme para receber a próxima edição.
mail-resume-title = Voltar a receber todas as edições?
mail-resume-button = Receber todas as edições

mail-already-subject = Você já tem uma inscrição em { $newsletter }
mail-already-preview = Você recebe todas as edições. Nada mudou.
mail-already-title = Você já tem uma inscrição
mail-already-text = Você pediu para receber { $newsletter }, mas já recebe todas as edições.
mail-already-spam = Se nossos e-mails não chegam, olhe na pasta de spam.

mail-settings-subject = Suas preferências em { $newsletter }
mail-settings-preview = O link vale por 24 horas.
mail-settings-title = Suas preferências
mail-settings-text = Você pediu um link para suas preferências em { $newsletter }.
mail-settings-secret = Não compartilhe: qualquer pessoa com este link pode mudá-las.
mail-settings-button = Abrir suas preferências
mail-settings-ignore = O link vale por 24 horas. Se não foi você que pediu, ignore este e-mail.

mail-address-subject = Confirme seu novo endereço em { $newsletter }
mail-address-preview = Confirme que este endereço é seu.
mail-address-title = Confirme seu novo endereço
mail-address-text = Você pediu para receber { $newsletter } neste endereço a partir de agora. Confirme que ele é seu.
mail-address-button = Usar este endereço

mail-taken-subject = Sua inscrição em { $newsletter } não mudou de endereço
mail-taken-preview = Nada mudou.
mail-taken-title = Não foi possível mudar o endereço
mail-taken-text = Você pediu para receber { $newsletter } neste endereço. Ele já teve uma inscrição antes, por isso não mudamos nada.
mail-taken-help = Para receber as edições aqui, inscreva-se com este endereço. Para deixar de recebê-las no outro, use o link “Cancelar inscrição” de qualquer e-mail que chegou lá.

mail-moved-subject = Seu endereço em { $newsletter } mudou
mail-moved-preview = Se não foi você, responda a este e-mail.
mail-moved-title = Seu endereço mudou
mail-moved-text = A partir de agora, enviamos { $newsletter } para o novo endereço que está nas suas preferências, e não mais para este.
mail-moved-reply = Se não foi você que mudou, responda a este e-mail.

mail-erase-subject = Confirme que seus dados em { $newsletter } devem ser apagados
mail-erase-preview = Essa ação não pode ser desfeita.
mail-erase-title = Apagar todos os seus dados?
mail-erase-text = Você pediu que { $newsletter } apague tudo o que guarda sobre você. Sua inscrição termina, e isso não pode ser desfeito.
mail-erase-button = Apagar tudo

## The head and the foot of every page

page-skip = Ir para o conteúdo
page-links-main = Principal
page-links-site = Links do site
page-archive = Arquivo
page-subscribe = Inscreva-se
page-all-comparisons = Todos os comparativos
page-feed = Feed
subscribe-to = Inscreva-se em { $newsletter }
page-email = Seu endereço de e-mail
page-honeypot = Deixe este campo em branco

## The home page

home-latest = Comparativo mais recente
home-latest-dated = Comparativo mais recente · { $date }
read-comparison = Ler o comparativo
home-earlier = Anteriores
no-comparisons-yet = Ainda não há comparativos. O primeiro aparecerá aqui no dia do envio.

## The archive

archive-order = Do mais recente ao mais antigo
archive-search-long = Sua busca é longa. Usamos as primeiras { $words } palavras, com no máximo { $characters } caracteres cada uma.
archive-nothing-found = Nenhum comparativo corresponde à sua busca.
archive-words = Ferramenta ou título
archive-category = Categoria
archive-every-category = Todas
archive-category-count = { $category } ({ $count })
archive-search = Buscar
archive-year = { $year }
archive-pages = Páginas
archive-newer = Mais recentes
archive-older = Mais antigos

## A comparison's page

table-caption = As duas ferramentas lado a lado
matrix-caption = O veredicto de cada avaliador
comparison-more = Mais sobre estas ferramentas
comparison-all-of-tool = Todos os comparativos com { $tool }
comparison-neighbors = Comparativo anterior e próximo
comparison-previous = Anterior
comparison-next = Próximo

## Corrections, at the foot of a comparison's page

corrections = Correções
corrections-intro = Acima está o que enviamos. Desde então, a redação fez estas mudanças:
corrections-intro-revised = Alguns leitores receberam uma versão anterior desta comparação. Desde então, a redação fez estas alterações:

correction-title = Título
correction-question = Pergunta
correction-intro = Introdução
correction-pick = Escolha da redação
correction-sample = Exemplo
correction-voting-closes = Último dia para votar
correction-name = { $tool }: nome
correction-maker = { $tool }: criada por
correction-category = { $tool }: categoria
correction-tagline = { $tool }: em uma frase
correction-price = { $tool }: preço inicial
correction-price-note = { $tool }: observação sobre o preço
correction-url = { $tool }: site
correction-description = { $tool }: descrição
correction-fact = { $tool }: ponto-chave { $number }
correction-fact-source = { $tool }: fonte do ponto-chave { $number }
correction-verdict = { $tool }: veredicto ({ $role })
correction-quote = { $tool }: avaliação ({ $role })
correction-signed-verdict = { $sign } { $verdict }

## A tool's page

tool-line = { $category } · por { $maker } · { $site }
tool-figures-from = Do comparativo mais recente: { $comparison }
tool-reviews = O que dizem os avaliadores
tool-comparisons = Comparativos

## Error pages

error-title = Algo deu errado
not-found-title = Página não encontrada
error-ours = O problema é nosso. Tente de novo em um minuto.
error-code = Se continuar acontecendo, escreva para nós e informe este código: { $code }
not-found-text = Confira o endereço. Todos os comparativos que enviamos estão no arquivo.
error-busy = Há muitas visitas neste momento. Tente de novo daqui a pouco.

## The demo's inbox

inbox-title = Caixa de entrada da demonstração
inbox-count = { $count ->
    [0] Ainda não há e-mails. Recarregue esta página em instantes.
    [one] { $count } e-mail
   *[other] { $count } e-mails
}
inbox-next = Abra um e-mail e cancele a inscrição. Depois envie a próxima edição: todas as outras pessoas vão recebê-la.
inbox-send = Enviar “{ $title }”
inbox-all = Todos os e-mails
inbox-to = Para
inbox-from = De
inbox-received = Recebido
inbox-views = Formas de ver este e-mail
inbox-html = HTML
inbox-text = Texto
inbox-source = Código-fonte
inbox-frame = O e-mail em HTML
inbox-catcher = Esta é a caixa de teste da demonstração.
inbox-local = Nada aqui saiu desta máquina.
inbox-site = Ir para o site

## Voting

vote-button = { $verdict ->
    [ship] Adotar { $tool }
   *[skip] Descartar { $tool }
}
vote-question = { $verdict ->
    [ship] Adotar { $tool }?
   *[skip] Descartar { $tool }?
}
vote-changed-mind = Não era isso que você queria? { $link }
vote-instead = { $verdict ->
    [ship] Prefiro adotar { $tool }
   *[skip] Prefiro descartar { $tool }
}
vote-voted = { $verdict ->
    [ship] Você votou por adotar { $tool }.
   *[skip] Você votou por descartar { $tool }.
}
vote-change = { $verdict ->
    [ship] Mudar para “adotar”
   *[skip] Mudar para “descartar”
}
vote-other-tool = E { $tool }?
vote-until-then = Até lá, você pode mudar seu voto.
vote-closed = A votação terminou
vote-choose = Escolha adotar ou descartar.
vote-link-broken = Talvez falte uma parte dele. Abra-o de novo pelo e-mail ou copie-o por inteiro.

## Joining, settings and leaving

link-broken = Este link não funciona
check-inbox = Confira seu e-mail
subscribe-again = Inscreva-se de novo

subscribe-intro = Receba o próximo comparativo por e-mail.
subscribe-button = Inscreva-se
subscribe-name = Seu nome, para a saudação (opcional)
subscribe-time-zone = Seu fuso horário (opcional)
subscribe-no-time-zone = Prefiro não informar
subscribe-note = Vamos enviar um só e-mail de confirmação, e nada mais até você confirmar. Você pode cancelar a inscrição com um clique em qualquer e-mail.

once-more = Só mais um passo
once-more-quick = Você enviou o formulário em menos de dois segundos, como fazem os robôs. Se foi você, envie-o de novo.
once-more-expired = Este formulário expirou. Envie-o de novo.
once-more-used = Este formulário já foi usado para outro endereço de e-mail. Envie-o de novo.
once-more-elsewhere = Outro site enviou este formulário por você. Confirme que você quer se inscrever.
once-more-many = Estamos recebendo mais inscrições do que o normal, e algumas podem vir de robôs. Se foi você que enviou o formulário, envie-o de novo.

subscribe-sent = Se o seu endereço pode receber { $newsletter }, enviamos um e-mail para ele. Você tem 48 horas para abrir o link e confirmar sua inscrição.
subscribe-sent-nothing = Não chegou nada depois de alguns minutos? Olhe na pasta de spam ou { $link }. Enviamos só alguns desses e-mails por dia para o mesmo endereço: se você já pediu antes, use o link que tem.
subscribe-sent-try-again = tente de novo
subscribe-sent-back = Voltar para { $newsletter }

subscribe-too-many = Inscrições demais da sua rede
subscribe-too-many-wait = { $minutes ->
    [one] Tente de novo em { $minutes } minuto.
   *[other] Tente de novo em { $minutes } minutos.
}

confirm = Confirme sua inscrição
confirm-text = Confirme, e vamos enviar { $newsletter } para { $address }.
confirm-button = Confirmar

confirmed = Você está na lista!
confirmed-text = Vamos enviar todas as edições de { $newsletter } para { $address }, a partir da próxima.
confirmed-anew = Se você tinha feito uma pausa ou escolhido o resumo mensal, isso deixa de valer.
confirmed-latest = Enquanto isso, o comparativo mais recente

confirm-link-broken = Talvez tenha expirado ou falte uma parte dele. Tente copiá-lo por inteiro do e-mail.
confirm-link-used = Se você já o usou para confirmar, sua inscrição está ativa e não há mais nada a fazer. Caso contrário, { $link } para receber um novo link.
confirm-link-again = inscreva-se de novo

settings = Suas preferências
settings-ask = E-mails podem ser encaminhados, por isso vamos enviar o link das suas preferências só para { $address }. Ele vale por 24 horas.
settings-email-link = Enviar o link por e-mail
settings-link-sent = Enviamos um link para { $address }. Ele vale por 24 horas.
settings-links-enough = Você já tem o link
settings-links-enough-text = Hoje enviamos três links para { $address }. Use o mais recente: ele vale por 24 horas. Não encontrou? Olhe na pasta de spam. Amanhã você pode pedir outro.
settings-link-broken = Talvez seja antigo demais, já tenha sido usado ou esteja incompleto. Para receber um novo, siga o link das preferências no fim de qualquer um dos nossos e-mails.

settings-saved = Salvo.
settings-of = Para { $address }
settings-not-subscribed = Você não tem uma inscrição ativa. { $link } quando quiser.
settings-name = Seu nome, para a saudação
settings-frequency = Frequência
settings-every = Todas as edições
settings-digest = O resumo mensal
settings-pause = Pausa
settings-pause-none = Sem pausa
settings-pause-until = Até { $date }
settings-pause-end = Retomar agora
settings-pause-for = { $weeks ->
    [one] Por { $weeks } semana
   *[other] Por { $weeks } semanas
}
settings-save = Salvar

move = Mude seu endereço de e-mail
move-text = Vamos enviar um link para o novo endereço. Abra-o para confirmar a mudança. Depois vamos enviar um aviso ao endereço antigo.
move-email = Seu novo endereço de e-mail
move-button = Mudar endereço
move-asked = Confira o e-mail no novo endereço
move-asked-text = Enviamos um link para { $address }, a menos que esse endereço não possa ser usado. Abra-o em até 24 horas para confirmar seu novo endereço. Os links que enviamos para outros endereços novos não funcionam mais.
move-asked-until = Nada muda até você confirmar. Enviamos só alguns desses e-mails por dia para o mesmo endereço.
move-too-often = Mudanças de endereço demais por hoje
move-too-often-text = Você pode tentar três endereços por dia. Nada mudou. Tente de novo amanhã.
move-confirm = Usar este endereço?
move-confirm-text = { $address } vai substituir seu endereço antigo em { $newsletter }.
move-confirm-button = Usar este endereço
moved = Seu endereço mudou
moved-text = A partir de agora, seu endereço em { $newsletter } é { $address }. Também enviamos um aviso ao endereço antigo.

data = Seus dados
data-download = Baixe tudo o que temos sobre você: { $json } ou { $csv }.
data-erase = Ou apague tudo. Vamos enviar um link para você confirmar.
data-unsubscribe = Se você só quer parar de receber e-mails, { $link }.
data-unsubscribe-link = cancele a inscrição
erase-button = Apagar tudo
erase-confirm = Apagar tudo?
erase-confirm-text = Vamos apagar { $address }, seu nome, suas preferências e o registro dos e-mails que enviamos a você. Sua inscrição termina. Isso não pode ser desfeito.
erased = Tudo foi apagado
erased-text = Não guardamos mais nada sobre você, exceto um código que mantém seu endereço fora da nossa lista.

unsubscribe-from = Cancelar a inscrição em { $newsletter }?
unsubscribe-text = Não vamos enviar mais e-mails para { $address }.
unsubscribe-digest = Enviamos o resumo mensal para { $address }. Se você cancelar a inscrição, não vamos enviar mais e-mails.
unsubscribe-paused = Sua inscrição está em pausa até { $date }. Até lá, não vamos enviar e-mails para { $address }. Você pode encerrar a pausa nas { $settings }. Se cancelar a inscrição, também não vamos enviar nada depois disso.
unsubscribe-settings = suas preferências
unsubscribe-why = Por que você está saindo? (opcional)
unsubscribe-too-often = E-mails demais
unsubscribe-not-for-me = Não é do meu interesse
unsubscribe-not-good = Não é bom o bastante
unsubscribe-never-joined = Eu nunca me inscrevi
unsubscribe-own-words = Com suas palavras
unsubscribe-button = Cancelar inscrição
unsubscribe-less = Ou receba menos e-mails
unsubscribe-pause-for = { $weeks ->
    [one] Pausar por { $weeks } semana
   *[other] Pausar por { $weeks } semanas
}
unsubscribe-to-digest = Mudar para o resumo mensal
unsubscribe-link-broken = Talvez falte uma parte dele. Abra de novo “Cancelar inscrição” no fim de um dos nossos e-mails ou copie o link por inteiro.
unsubscribe-reply = Se isso não resolver, responda a qualquer um dos nossos e-mails e peça o cancelamento da inscrição.

unsubscribed = Inscrição cancelada
unsubscribed-now = Paramos de enviar { $newsletter } para { $address }.
unsubscribed-before = Não enviamos { $newsletter } para { $address }.
unsubscribed-thanks = Agradecemos a leitura. Todos os comparativos continuam disponíveis { $link }.
unsubscribed-archive = no arquivo
unsubscribed-changed-mind = Mudou de ideia? { $link }.
unsubscribed-not-yet = O cancelamento foi feito há menos de uma hora e ainda pode ser desfeito na página em que foi pedido.
unsubscribed-for-good = Cancelar de vez
unsubscribed-one-click = Inscrição cancelada.

subscription-ended = Esta inscrição terminou
subscription-ended-text = Não vamos enviar mais e-mails para a inscrição deste link.
subscription-ended-but = Ainda recebe { $newsletter }? Então você se inscreveu de novo depois disso. Use o link de cancelamento do e-mail mais recente.

paused-until = Em pausa até { $date }
paused-text = Não vamos enviar { $newsletter } para { $address } até { $date }. Depois, tudo volta a ser como antes.
digest-chosen = Você vai receber o resumo mensal
digest-chosen-text = A partir de agora, vamos enviar { $newsletter } para { $address } uma vez por mês, com todos os veredictos em um só e-mail.

undo-button = Desfazer
undo-ask = Desfazer sua última mudança?
undo-ask-text = Vamos enviar { $newsletter } para { $address } como antes da mudança.
undone = Você está de volta à lista
undone-paused = Mudança desfeita
undo-subscribed = Você está na lista
undo-nothing = Não há mais nada para desfazer: já foi desfeito, passou mais de uma hora ou você mudou algo desde então.

gets-every = Enviamos todas as edições de { $newsletter } para { $address }.
gets-digest = Enviamos o resumo mensal de { $newsletter } para { $address }.
gets-after-pause = { $newsletter } está em pausa até { $date }. Depois, voltaremos a enviar para { $address }.

## What is wrong with a form

wrong-email-empty = Informe seu endereço de e-mail.
wrong-email-invisible = Esse endereço de e-mail não parece correto: contém um caractere invisível. Digite-o em vez de colar.
wrong-email-space = Esse endereço de e-mail não parece correto: contém um espaço.
wrong-email-long = É longo demais para um endereço de e-mail.
wrong-email-bare = Informe só o endereço de e-mail, sem nome nem sinais < >.
wrong-email-no-at = Esse endereço de e-mail não parece correto: falta o @.
wrong-email-ats = Esse endereço de e-mail não parece correto: tem mais de um @.
wrong-email-no-local = Esse endereço de e-mail não parece correto: não há nada antes do @.
wrong-email-local = Esse endereço de e-mail não parece correto. Confira a parte antes do @.
wrong-email-no-domain = Esse endereço de e-mail não parece correto: não há nada depois do @.
wrong-email-domain = Esse endereço de e-mail não parece correto. Confira a parte depois do @.
wrong-email-no-dot = Esse endereço de e-mail não parece correto: falta um ponto depois do @, como em “example.com”.
wrong-email-ip = Não é possível enviar para um endereço IP. Use um endereço de e-mail com domínio, como “example.com”.
wrong-email-disposable = Não enviamos para endereços descartáveis, como os de { $domain }.
wrong-email-shared = Talvez várias pessoas leiam os e-mails de { $local }@. Use um endereço pessoal.
wrong-name-lines = Seu nome precisa caber em uma linha.
wrong-name-long = { $most ->
    [one] Seu nome pode ter no máximo { $most } caractere.
   *[other] Seu nome pode ter no máximo { $most } caracteres.
}
wrong-time-zone = Não conhecemos esse fuso horário. Escolha um da lista.

form-not-read = Seu formulário não chegou
form-not-read-text = Era grande demais ou estava incompleto, ou demorou demais para ser enviado. Volte e envie-o de novo.

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

alert-clock-subject = Horários decididos cedo demais por um relógio adiantado
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
    O resumo de { $month } deveria sair no horário de { $due }. O Verdict chegou a esse horário mais tarde do que schedule.max_delay permite.

    Ele sai agora, no horário de { $slot }, para quem quer um e-mail por mês.

alert-digest-lost-subject = O resumo de { $month } não foi enviado
alert-digest-lost-text =
    O resumo de { $month } deveria sair no horário de { $due }. O Verdict chegou a esse horário e a todos os outros do mês mais tarde do que schedule.max_delay permite, por isso o resumo não foi enviado.

    Quem quer um e-mail por mês não recebeu nada referente a esse mês. Todos os comparativos estão no arquivo do seu site. O próximo resumo sai no primeiro horário do mês correspondente.
alert-digest-without-slot-text =
    O resumo de { $month } sai no primeiro horário do mês seguinte. Sua programação não tem horário nesse mês, por isso o resumo não foi enviado.

    Quem quer um e-mail por mês não recebeu nada referente a esse mês. Todos os comparativos estão no arquivo do seu site. O próximo resumo sai no primeiro horário do mês correspondente.

alert-paused-subject = O envio de { $slug } está pausado
alert-paused-text =
    O Verdict parou de enviar { $slug }. O motivo:
    { "    " }{ $reason }

    Quem já recebeu não recebe de novo. Depois de resolver a causa, continue com:
        verdict resume { $slug }

    Para enviar a quem o servidor de e-mail recusou até agora:
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

alert-unapproved-subject = A edição { $slug } não foi enviada: falta aprovação
alert-unapproved-text =
    A edição { $slug } era a próxima para o horário de { $slot }, mas ainda não pode sair. { $why }

    Para aprová-la como está:
        verdict approve { $slug } --as NAME

    Depois, para enviá-la agora:
        verdict send { $slug }

alert-preflight-subject = A verificação antes de uma edição encontrou problemas
alert-preflight-text =
    Antes de enviar uma edição, o Verdict verificou o remetente, o servidor de e-mail e as páginas. Encontrou o que está abaixo e enviou a edição mesmo assim: os e-mails podem não chegar, ou os leitores podem não conseguir cancelar a inscrição.

    Para verificar de novo:
        verdict doctor
alert-held-subject = A edição de { $date } não foi enviada
alert-held-text =
    Chegou a hora de { $slot }, mas o Verdict não enviou nada: a verificação do remetente, do servidor de e-mail e das páginas encontrou o que está abaixo. Ele verifica de novo a cada poucos minutos e envia a edição se tudo estiver bem antes que seja tarde demais.

    Para verificar agora:
        verdict doctor

alert-reminder-subject = Ainda não está pronto para { $date }
alert-reminder-text =
    O próximo horário é { $slot }. Isto precisa da sua atenção:

    { $lacks }

    Para ver o que os próximos horários vão enviar:
        verdict calendar
alert-lacks-issue = Nenhuma edição está pronta para esse horário.
alert-lacks-correction = A edição { $slug } tem erros. `verdict check` mostra quais.
alert-lacks-look =
    { $count ->
        [one] A edição { $slug } tem um aviso. `verdict check` mostra qual.
       *[other] A edição { $slug } tem { $count } avisos. `verdict check` mostra quais.
    }
alert-lacks-approval =
    { $why ->
        [changed] A edição { $slug } mudou desde que { $by } a aprovou.
        [author] Só { $by }, que escreveu a edição { $slug }, a aprovou.
        [unknown] A edição { $slug } não diz quem a escreveu, por isso não pode ser aprovada. Acrescente author = "NOME" ao arquivo dela.
       *[missing] A edição { $slug } não está aprovada.
    }
