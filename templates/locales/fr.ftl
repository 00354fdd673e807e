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

duration-pair = { $first } et { $second }

## Lists

list-pair = { $first } et { $second }
list-middle = { $list }, { $item }
list-end = { $list } et { $item }

two-sentences = { $first } { $second }

## A comparison of two tools

ship = Adopter
skip = Écarter

versus = vs

sample = Exemple : les outils sont fictifs

panel = Le panel

## The result, as a heading

result-wins = { $tool } l’emporte
result-tie = Égalité
result-split = Panel divisé
result-no-contest = Comparaison impossible

## The result, in sentences

result-all-would-ship-it = { $count ->
    [1] Son unique testeur l’adopterait.
    [2] Les deux testeurs l’adopteraient.
   *[other] Les { $count } testeurs l’adopteraient.
}
result-some-would-ship-it = { $ship ->
    [one] { $ship } testeur sur { $count } l’adopterait.
   *[other] { $ship } testeurs sur { $count } l’adopteraient.
}
result-would-ship = { $ship ->
    [0] { $count ->
        [1] { $tool } n’a eu qu’un testeur, qui l’écarterait.
       *[other] Aucun des { $count } testeurs n’adopterait { $tool }.
    }
    [1] { $count ->
        [1] { $tool } n’a eu qu’un testeur, qui l’adopterait.
       *[other] { $ship } sur { $count } adopterait { $tool }.
    }
   *[other] { $ship } sur { $count } adopteraient { $tool }.
}
result-each = { $ship ->
    [0] Aucun testeur n’adopterait l’un ou l’autre des deux outils.
    [one] { $ship } testeur sur { $count } adopterait chacun des deux outils.
   *[other] { $ship } testeurs sur { $count } adopteraient chacun des deux outils.
}
result-only-one = { $ship ->
    [0] Le panel n’a testé qu’un outil, { $tool }, et personne ne l’adopterait.
    [one] Le panel n’a testé qu’un outil, { $tool } : { $ship } testeur sur { $count } l’adopterait.
   *[other] Le panel n’a testé qu’un outil, { $tool } : { $ship } testeurs sur { $count } l’adopteraient.
}
result-neither = Le panel n’a testé aucun des deux outils.

result-line = { $title }. { $result }

result-in-short = { $first } · { $second }
result-short = { $ship ->
    [one] { $tool } : { $ship } sur { $count } l’adopterait
   *[other] { $tool } : { $ship } sur { $count } l’adopteraient
}
result-short-not-reviewed = { $tool } : non testé

different-panels = Certains testeurs n’ont pas essayé les deux outils.

pick-tool = { $against ->
    [panel] Le choix de la rédaction : { $tool }, contre l’avis du panel.
   *[none] Le choix de la rédaction : { $tool }.
}
pick-tie = { $against ->
    [panel] Le choix de la rédaction : égalité, contre l’avis du panel.
   *[none] Le choix de la rédaction : égalité.
}

## Reviewers

role-name = { $role ->
    [builder] dev
    [skeptic] sceptique
    [futurist] futuriste
    [creator] créateur
    [founder] fondateur
   *[other] { $role }
}
# « Le profil » dispense d’accorder l’article avec un rôle inconnu.
role = { role-name }
role-at-start = { role-name }

split-between = { $count ->
    [one] Le profil { $roles } adopterait { $ship } et écarterait { $skip }.
   *[other] Les profils { $roles } adopteraient { $ship } et écarteraient { $skip }.
}
split-not-reviewed = Personne dans le panel n’a testé { $tool }.
split-only-reviewer = { $verdict ->
    [ship] Seul le profil { $role } a testé { $tool } : il l’adopterait.
   *[skip] Seul le profil { $role } a testé { $tool } : il l’écarterait.
}
split-unanimous = { $verdict ->
    [ship] { $count ->
        [2] Les deux testeurs adopteraient { $tool }.
       *[other] Les { $count } testeurs adopteraient { $tool }.
    }
   *[skip] { $count ->
        [2] Les deux testeurs écarteraient { $tool }.
       *[other] Les { $count } testeurs écarteraient { $tool }.
    }
}
split-in-half = { $count ->
    [one] Le panel est divisé sur { $tool } : le profil { $ship } l’adopterait, le profil { $skip } l’écarterait.
   *[other] Le panel est divisé sur { $tool } : les profils { $ship } l’adopteraient, les profils { $skip } l’écarteraient.
}
split-minority = { $verdict ->
    [ship] { $count ->
        [one] Seul le profil { $roles } adopterait { $tool }.
       *[other] Seuls les profils { $roles } adopteraient { $tool }.
    }
   *[skip] { $count ->
        [one] Seul le profil { $roles } écarterait { $tool }.
       *[other] Seuls les profils { $roles } écarteraient { $tool }.
    }
}

## The table of both tools' figures

winner = Vainqueur
row-panel = Panel
row-community = Lecteurs
row-price = Prix d’entrée
row-maker = Éditeur
row-category = Catégorie

panel-figures = { $ship ->
    [one] { $ship } sur { $count } l’adopterait
   *[other] { $ship } sur { $count } l’adopteraient
}
not-reviewed = Non testé
votes = { $count ->
    [one] { $count } vote
   *[other] { $count } votes
}
votes-too-few = Moins de cinq votes

price-free = Gratuit
price-paid = Payant
price-freemium = Freemium
price-trial = Essai gratuit
price-open-weights = Poids ouverts
price-open-source = Open source

## Below the table

facts = Points clés
source = Source : { $site }
scorecard = Les verdicts du panel
quote = « { $text } »

## Readers' votes

last-time = La dernière fois : { $title }.
last-time-too-few = Chaque outil a reçu moins de cinq votes.
readers-would-ship = { $count ->
    [one] { $share } d’entre vous adopteraient { $tool } ({ $count } vote).
   *[other] { $share } d’entre vous adopteraient { $tool } ({ $count } votes).
}
voting-closes = Vous pouvez voter jusqu’au { $date } inclus.

sign-up = Recevez le prochain comparatif par e-mail

## Mails to readers

mail-greeting = Bonjour { $name },
mail-greeting-without-name = Bonjour,

mail-label = { $label } :
mail-labeled = { $label } : { $value }

mail-read-online = Lire en ligne
mail-vote = Et vous, quel est votre verdict ?
mail-maker = par { $maker }
mail-last-time-link = Le relire

mail-forwarded = On vous a transféré cet e-mail ?
mail-forwarded-text = Recevez le prochain comparatif par e-mail.

mail-why = Vous recevez cet e-mail parce que cette adresse est abonnée à { $newsletter } :
mail-unsubscribe = Se désabonner
mail-settings-link = Faire une pause ou modifier vos préférences

## The digest

mail-digest-subject-one = Récapitulatif ({ $month }) : { $title }
mail-digest-subject = Récapitulatif ({ $month }) : { $count ->
    [one] { $count } comparatif
   *[other] { $count } comparatifs
}
mail-digest-panel = { $tool } : panel { $panel }
mail-digest-panel-and-community = { $tool } : panel { $panel }, lecteurs { $community }

## The correction notice

mail-correction-subject = Rectificatif : { $title }
mail-correction-intro = Le { $date }, nous vous avons envoyé « { $title } » avec une erreur. Nous en sommes désolés. Voici ce que nous avons corrigé :
mail-correction-before = Nous avions écrit : { $text }
mail-correction-now = Il fallait lire : { $text }
mail-correction-removed = Nous avons supprimé ce passage.
mail-correction-button = Lire le comparatif corrigé

## The welcome mail

mail-welcome-subject = Bienvenue chez { $newsletter }
mail-welcome-title = Bienvenue !
mail-welcome-thanks = Merci de votre abonnement à { $newsletter }. Nous enverrons chaque nouveau numéro à cette adresse.
mail-welcome-latest = En attendant votre premier numéro, voici le dernier paru :

## Short mails, each with one purpose

mail-button-fallback = Si le bouton ne fonctionne pas, ouvrez ce lien :
mail-ignore = Si vous n’avez rien demandé, ignorez cet e-mail.
mail-ignore-unchanged = Si vous n’avez rien demandé, ignorez cet e-mail. Rien ne changera.
mail-link-expires = Le lien est valable 24 heures. Si vous n’avez rien demandé, ignorez cet e-mail. Rien ne changera.

mail-confirm-subject = Confirmez votre abonnement à { $newsletter }
mail-confirm-preview = Un clic, et c’est fait.
mail-confirm-title = Confirmez votre abonnement
mail-confirm-text = Vous avez demandé à recevoir { $newsletter }. Confirmez pour commencer.
mail-confirm-button = Confirmer
mail-confirm-ignore = Tant que vous n’avez pas confirmé, nous ne vous enverrons rien d’autre. Si vous n’avez rien demandé, ignorez cet e-mail : nous effacerons votre adresse au bout de 48 heures, sauf si vous avez déjà eu un abonnement.
mail-confirm-paused = Vous avez mis votre abonnement en pause jusqu’au { $date }. Si vous confirmez, la pause prend fin et vous recevez de nouveau chaque numéro.
mail-confirm-digest = Vous avez choisi le récapitulatif mensuel. Si vous confirmez, vous recevez de nouveau chaque numéro.

mail-resume-subject = Confirmez que vous voulez de nouveau recevoir { $newsletter } à chaque parution
mail-resume-preview = Confirmez pour recevoir le prochain numéro.
mail-resume-title = Recevoir de nouveau chaque numéro ?
mail-resume-button = Recevoir chaque numéro

mail-already-subject = Votre abonnement à { $newsletter } est déjà actif
mail-already-preview = Vous recevez chaque numéro. Rien n’a changé.
mail-already-title = Votre abonnement est déjà actif
mail-already-text = Vous avez demandé à recevoir { $newsletter }, mais vous recevez déjà chaque numéro.
mail-already-spam = Si nos e-mails n’arrivent pas, regardez dans vos spams.

mail-settings-subject = Vos préférences pour { $newsletter }
mail-settings-preview = Le lien est valable 24 heures.
mail-settings-title = Vos préférences
mail-settings-text = Vous avez demandé un lien vers vos préférences pour { $newsletter }.
mail-settings-secret = Gardez ce lien pour vous : il permet à quiconque de modifier vos préférences.
mail-settings-button = Ouvrir vos préférences
mail-settings-ignore = Le lien est valable 24 heures. Si vous ne l’avez pas demandé, ignorez cet e-mail.

mail-address-subject = Confirmez votre nouvelle adresse pour { $newsletter }
mail-address-preview = Confirmez que cette adresse est bien la vôtre.
mail-address-title = Confirmez votre nouvelle adresse
mail-address-text = Vous avez demandé à recevoir désormais { $newsletter } à cette adresse. Confirmez que c’est bien la vôtre.
mail-address-button = Utiliser cette adresse

mail-taken-subject = Votre abonnement à { $newsletter } n’a pas changé d’adresse
mail-taken-preview = Rien n’a changé.
mail-taken-title = Nous n’avons pas pu changer votre adresse
mail-taken-text = Vous avez demandé à recevoir { $newsletter } à cette adresse. Elle a déjà eu un abonnement : nous n’avons donc rien changé.
mail-taken-help = Pour recevoir les numéros ici, abonnez-vous avec cette adresse. Pour ne plus les recevoir à votre autre adresse, utilisez le lien de désabonnement de n’importe quel e-mail que vous y avez reçu.

mail-moved-subject = Votre adresse pour { $newsletter } a changé
mail-moved-preview = Si ce n’était pas vous, répondez à cet e-mail.
mail-moved-title = Votre adresse a changé
mail-moved-text = Désormais, nous envoyons { $newsletter } à la nouvelle adresse indiquée dans vos préférences, et non plus à celle-ci.
mail-moved-reply = Si vous n’êtes pas à l’origine de ce changement, répondez à cet e-mail.

mail-erase-subject = Confirmez l’effacement de vos données chez { $newsletter }
mail-erase-preview = C’est irréversible.
mail-erase-title = Effacer toutes vos données ?
mail-erase-text = Vous avez demandé à { $newsletter } d’effacer tout ce qui vous concerne. Votre abonnement prendra fin, et c’est irréversible.
mail-erase-button = Tout effacer

## The head and the foot of every page

page-skip = Aller au contenu
page-links-main = Navigation principale
page-links-site = Liens du site
page-archive = Archives
page-subscribe = S’abonner
page-all-comparisons = Tous les comparatifs
page-feed = Flux
subscribe-to = S’abonner à { $newsletter }
page-email = Votre adresse e-mail
page-honeypot = Laissez ce champ vide

## The home page

home-latest = Dernier comparatif
home-latest-dated = Dernier comparatif · { $date }
read-comparison = Lire le comparatif
home-earlier = Précédemment
no-comparisons-yet = Aucun comparatif pour l’instant. Le premier paraîtra ici le jour de son envoi.

## The archive

archive-order = Du plus récent au plus ancien
archive-search-long = Votre recherche est longue. Nous avons utilisé les { $words } premiers mots, limités à { $characters } caractères chacun.
archive-nothing-found = Aucun comparatif ne correspond à cette recherche.
archive-words = Outil ou titre
archive-category = Catégorie
archive-every-category = Toutes
archive-category-count = { $category } ({ $count })
archive-search = Rechercher
archive-year = { $year }
archive-pages = Pages
archive-newer = Plus récents
archive-older = Plus anciens

## A comparison's page

table-caption = Les deux outils côte à côte
matrix-caption = Le verdict de chaque testeur
comparison-more = À lire aussi sur ces outils
comparison-all-of-tool = Tous les comparatifs avec { $tool }
comparison-neighbors = Comparatifs précédent et suivant
comparison-previous = Précédent
comparison-next = Suivant

## Corrections, at the foot of a comparison's page

corrections = Corrections
corrections-intro = Ci-dessus, le comparatif tel que nous l’avons envoyé. La rédaction y a depuis apporté ces modifications :
corrections-intro-revised = Certains lecteurs ont reçu une version antérieure de ce comparatif. La rédaction y a depuis apporté ces modifications :

correction-title = Titre
correction-question = Question
correction-intro = Introduction
correction-pick = Choix de la rédaction
correction-sample = Exemple
correction-voting-closes = Dernier jour du vote
correction-name = { $tool } : nom
correction-maker = { $tool } : éditeur
correction-category = { $tool } : catégorie
correction-tagline = { $tool } : en une phrase
correction-price = { $tool } : prix d’entrée
correction-price-note = { $tool } : note sur le prix
correction-url = { $tool } : site web
correction-description = { $tool } : description
correction-fact = { $tool } : point clé { $number }
correction-fact-source = { $tool } : source du point clé { $number }
correction-verdict = { $tool } : verdict ({ $role })
correction-quote = { $tool } : avis ({ $role })
correction-signed-verdict = { $sign } { $verdict }

## A tool's page

tool-line = { $category } · par { $maker } · { $site }
tool-figures-from = D’après le dernier comparatif : { $comparison }
tool-reviews = L’avis des testeurs
tool-comparisons = Comparatifs

## Error pages

error-title = Une erreur est survenue
not-found-title = Page introuvable
error-ours = Le problème vient de chez nous. Réessayez dans une minute.
error-code = Si cela se reproduit, écrivez-nous en indiquant ce code : { $code }
not-found-text = Vérifiez l’adresse. Tous les comparatifs que nous avons envoyés sont dans les archives.
error-busy = Trop de personnes consultent le site en ce moment. Réessayez dans un instant.

## The demo's inbox

inbox-title = Boîte de réception de la démo
inbox-count = { $count ->
    [0] Aucun e-mail pour l’instant. Rechargez cette page dans un moment.
    [one] { $count } e-mail
   *[other] { $count } e-mails
}
inbox-next = Ouvrez un e-mail et désabonnez-vous. Envoyez ensuite le numéro suivant : tous les autres le reçoivent.
inbox-send = Envoyer « { $title } »
inbox-all = Tous les e-mails
inbox-to = À
inbox-from = De
inbox-received = Reçu
inbox-views = Affichages de cet e-mail
inbox-html = HTML
inbox-text = Texte
inbox-source = Source
inbox-frame = L’e-mail en HTML
inbox-catcher = Ceci est la boîte aux lettres de la démo.
inbox-local = Rien ici n’a quitté cette machine.
inbox-site = Aller sur le site

## Voting

vote-button = { $verdict ->
    [ship] Adopter { $tool }
   *[skip] Écarter { $tool }
}
vote-question = { $verdict ->
    [ship] Adopter { $tool } ?
   *[skip] Écarter { $tool } ?
}
vote-changed-mind = Ce n’est pas ce que vous vouliez ? { $link }
vote-instead = { $verdict ->
    [ship] Plutôt adopter { $tool }
   *[skip] Plutôt écarter { $tool }
}
vote-voted = { $verdict ->
    [ship] Vous avez voté pour adopter { $tool }.
   *[skip] Vous avez voté pour écarter { $tool }.
}
vote-change = { $verdict ->
    [ship] Changer pour « adopter »
   *[skip] Changer pour « écarter »
}
vote-other-tool = Et { $tool } ?
vote-until-then = D’ici là, vous pouvez changer votre vote.
vote-closed = Le vote est clos
vote-choose = Choisissez : adopter ou écarter.
vote-link-broken = Il est peut-être incomplet. Ouvrez-le de nouveau depuis l’e-mail, ou copiez-le en entier.

## Joining, settings and leaving

link-broken = Ce lien ne fonctionne pas
check-inbox = Consultez votre boîte de réception
subscribe-again = Réabonnez-vous

subscribe-intro = Recevez le prochain comparatif par e-mail.
subscribe-button = S’abonner
subscribe-name = Votre nom, pour vous saluer (facultatif)
subscribe-time-zone = Votre fuseau horaire (facultatif)
subscribe-no-time-zone = Ne pas préciser
subscribe-note = Nous vous enverrons un seul e-mail de confirmation, et rien d’autre tant que vous n’aurez pas confirmé. Vous pouvez vous désabonner en un clic depuis chaque e-mail.

once-more = Encore une étape
once-more-quick = Vous avez envoyé le formulaire en moins de deux secondes, comme le font les robots. Si c’était bien vous, envoyez-le de nouveau.
once-more-expired = Ce formulaire a expiré. Envoyez-le de nouveau.
once-more-used = Ce formulaire a déjà servi pour une autre adresse e-mail. Envoyez-le de nouveau.
once-more-elsewhere = Un autre site a envoyé ce formulaire à votre place. Confirmez que vous souhaitez vous abonner.
once-more-many = Nous recevons plus d’inscriptions que d’habitude, et certaines viennent peut-être de robots. Si c’était bien vous, envoyez le formulaire de nouveau.

subscribe-sent = Nous avons envoyé un e-mail à votre adresse, sauf si elle ne peut pas recevoir { $newsletter }. Ouvrez le lien qu’il contient dans les 48 heures pour confirmer votre abonnement.
subscribe-sent-nothing = Rien au bout de quelques minutes ? Regardez dans vos spams, ou { $link }. Nous n’envoyons que quelques e-mails de ce type par jour à une même adresse : si vous en avez déjà demandé un, utilisez le lien reçu.
subscribe-sent-try-again = réessayez
subscribe-sent-back = Retour à { $newsletter }

subscribe-too-many = Trop d’inscriptions depuis votre réseau
subscribe-too-many-wait = { $minutes ->
    [one] Réessayez dans { $minutes } minute.
   *[other] Réessayez dans { $minutes } minutes.
}

confirm = Confirmez votre abonnement
confirm-text = Confirmez, et nous enverrons { $newsletter } à { $address }.
confirm-button = Confirmer

confirmed = Bienvenue !
confirmed-text = À partir du prochain numéro, vous recevrez { $newsletter } à l’adresse { $address }.
confirmed-anew = Si vous aviez fait une pause ou choisi le récapitulatif mensuel, c’est terminé.
confirmed-latest = En attendant, le dernier comparatif

confirm-link-broken = Il a peut-être expiré, ou il est incomplet. Essayez de le copier en entier depuis l’e-mail.
confirm-link-used = Si vous l’avez déjà utilisé pour confirmer, votre abonnement est actif et il ne vous reste rien à faire. Sinon, { $link } pour recevoir un nouveau lien.
confirm-link-again = abonnez-vous de nouveau

settings = Vos préférences
settings-ask = Un e-mail se transfère facilement : nous n’envoyons donc le lien vers vos préférences qu’à { $address }. Il est valable 24 heures.
settings-email-link = M’envoyer le lien
settings-link-sent = Nous avons envoyé un lien à { $address }. Il est valable 24 heures.
settings-links-enough = Vous avez déjà le lien
settings-links-enough-text = Nous avons envoyé trois liens à { $address } aujourd’hui. Utilisez le plus récent : il est valable 24 heures. Vous ne le trouvez pas ? Regardez dans vos spams. Vous pourrez demander un autre lien demain.
settings-link-broken = Il est peut-être trop ancien, déjà utilisé ou incomplet. Pour en recevoir un nouveau, suivez le lien vers vos préférences au bas de n’importe lequel de nos e-mails.

settings-saved = Enregistré.
settings-of = Pour { $address }
settings-not-subscribed = Vous n’êtes pas sur la liste. { $link } quand vous voulez.
settings-name = Votre nom, pour vous saluer
settings-frequency = Fréquence
settings-every = Chaque numéro
settings-digest = Le récapitulatif mensuel
settings-pause = Pause
settings-pause-none = Pas de pause
settings-pause-until = Jusqu’au { $date }
settings-pause-end = Reprendre maintenant
settings-pause-for = { $weeks ->
    [one] Pendant { $weeks } semaine
   *[other] Pendant { $weeks } semaines
}
settings-save = Enregistrer

move = Changer d’adresse e-mail
move-text = Nous enverrons un lien à la nouvelle adresse. Ouvrez-le pour confirmer le changement. Nous préviendrons ensuite votre ancienne adresse.
move-email = Votre nouvelle adresse e-mail
move-button = Changer d’adresse
move-asked = Consultez votre nouvelle boîte de réception
move-asked-text = Nous avons envoyé un lien à { $address }, sauf si cette adresse est inutilisable. Ouvrez-le dans les 24 heures pour confirmer votre nouvelle adresse. Les liens envoyés à d’autres nouvelles adresses ne fonctionnent plus.
move-asked-until = Rien ne change tant que vous n’avez pas confirmé. Nous n’envoyons que quelques e-mails de ce type par jour à une même adresse.
move-too-often = Trop de changements d’adresse aujourd’hui
move-too-often-text = Vous pouvez essayer trois adresses par jour. Rien n’a changé. Réessayez demain.
move-confirm = Utiliser cette adresse ?
move-confirm-text = { $address } remplacera votre ancienne adresse pour { $newsletter }.
move-confirm-button = Utiliser cette adresse
moved = Votre adresse a changé
moved-text = Désormais, votre adresse pour { $newsletter } est { $address }. Nous prévenons votre ancienne adresse.

data = Vos données
data-download = Téléchargez tout ce que nous avons à votre sujet : { $json } ou { $csv }.
data-erase = Ou effacez tout. Nous vous enverrons un lien pour confirmer.
data-unsubscribe = Pour ne plus recevoir d’e-mails sans rien effacer, { $link }.
data-unsubscribe-link = désabonnez-vous
erase-button = Tout effacer
erase-confirm = Tout effacer ?
erase-confirm-text = Nous effacerons { $address }, votre nom, vos préférences et l’historique de vos envois. Votre abonnement prendra fin. C’est irréversible.
erased = Tout est effacé
erased-text = Nous ne conservons plus rien à votre sujet, sauf un code qui empêche votre adresse de revenir sur notre liste.

unsubscribe-from = Ne plus recevoir { $newsletter } ?
unsubscribe-text = Nous n’enverrons plus d’e-mails à { $address }.
unsubscribe-digest = Nous envoyons le récapitulatif mensuel à { $address }. Si vous vous désabonnez, nous n’enverrons plus d’e-mails.
unsubscribe-paused = Vous avez mis votre abonnement en pause jusqu’au { $date }. D’ici là, nous n’envoyons pas d’e-mails à { $address }. Vous pouvez mettre fin à la pause dans { $settings }. Si vous vous désabonnez, nous n’en enverrons pas non plus par la suite.
unsubscribe-settings = vos préférences
unsubscribe-why = Pourquoi partez-vous ? (facultatif)
unsubscribe-too-often = Trop d’e-mails
unsubscribe-not-for-me = Cela ne m’intéresse pas
unsubscribe-not-good = La qualité ne me convient pas
unsubscribe-never-joined = Je n’ai jamais demandé cet abonnement
unsubscribe-own-words = Avec vos mots
unsubscribe-button = Se désabonner
unsubscribe-less = Ou recevoir moins d’e-mails
unsubscribe-pause-for = { $weeks ->
    [one] Pause de { $weeks } semaine
   *[other] Pause de { $weeks } semaines
}
unsubscribe-to-digest = Passer au récapitulatif mensuel
unsubscribe-link-broken = Il est peut-être incomplet. Ouvrez de nouveau « Se désabonner » au bas d’un de nos e-mails, ou copiez le lien en entier.
unsubscribe-reply = Si cela ne suffit pas, répondez à l’un de nos e-mails et demandez-nous de vous désabonner.

unsubscribed = Désabonnement effectué
unsubscribed-now = Nous n’envoyons plus { $newsletter } à { $address }.
unsubscribed-before = Nous n’envoyons pas { $newsletter } à { $address }.
unsubscribed-thanks = Merci de nous avoir lus. Tous les comparatifs restent à lire { $link }.
unsubscribed-archive = dans les archives
unsubscribed-changed-mind = Vous avez changé d’avis ? { $link }.
unsubscribed-not-yet = Ce désabonnement date de moins d’une heure et peut encore être annulé sur la page où il a été demandé.
unsubscribed-for-good = Se désabonner définitivement
unsubscribed-one-click = Désabonnement effectué.

subscription-ended = Cet abonnement a pris fin
subscription-ended-text = Nous n’enverrons plus d’e-mails pour l’abonnement auquel ce lien appartient.
subscription-ended-but = Vous recevez encore { $newsletter } ? C’est que vous avez repris un abonnement depuis. Utilisez le lien de désabonnement de l’e-mail le plus récent.

paused-until = En pause jusqu’au { $date }
paused-text = Nous n’enverrons pas { $newsletter } à { $address } jusqu’au { $date }. Ensuite, les envois reprendront comme avant.
digest-chosen = Vous recevrez le récapitulatif mensuel
digest-chosen-text = Désormais, nous enverrons { $newsletter } à { $address } une fois par mois, avec tous les verdicts dans un seul e-mail.

undo-button = Annuler
undo-ask = Annuler votre dernier changement ?
undo-ask-text = Nous enverrons { $newsletter } à { $address } comme avant ce changement.
undone = Vous êtes de retour sur la liste
undone-paused = C’est annulé
undo-subscribed = Vous êtes sur la liste
undo-nothing = Il n’y a plus rien à annuler : c’est déjà fait, cela date de plus d’une heure, ou vous avez modifié autre chose depuis.

gets-every = Nous envoyons { $newsletter } à { $address } à chaque parution.
gets-digest = Nous envoyons { $newsletter } à { $address } une fois par mois, sous forme de récapitulatif.
gets-after-pause = { $newsletter } est en pause jusqu’au { $date }. Ensuite, nous l’enverrons de nouveau à { $address }.

## What is wrong with a form

wrong-email-empty = Indiquez votre adresse e-mail.
wrong-email-invisible = Cette adresse e-mail semble incorrecte : elle contient un caractère invisible. Tapez-la au lieu de la coller.
wrong-email-space = Cette adresse e-mail semble incorrecte : elle contient un espace.
wrong-email-long = C’est trop long pour une adresse e-mail.
wrong-email-bare = Indiquez seulement l’adresse e-mail, sans nom ni chevrons.
wrong-email-no-at = Cette adresse e-mail semble incorrecte : il manque le @.
wrong-email-ats = Cette adresse e-mail semble incorrecte : elle contient plusieurs @.
wrong-email-no-local = Cette adresse e-mail semble incorrecte : il n’y a rien avant le @.
wrong-email-local = Cette adresse e-mail semble incorrecte. Vérifiez ce qui précède le @.
wrong-email-no-domain = Cette adresse e-mail semble incorrecte : il n’y a rien après le @.
wrong-email-domain = Cette adresse e-mail semble incorrecte. Vérifiez ce qui suit le @.
wrong-email-no-dot = Cette adresse e-mail semble incorrecte : il manque un point après le @, comme dans « example.com ».
wrong-email-ip = Nous ne pouvons pas écrire à une adresse IP. Utilisez une adresse e-mail avec un nom de domaine, comme « example.com ».
wrong-email-disposable = Nous n’écrivons pas aux adresses jetables, comme celles en @{ $domain }.
wrong-email-shared = L’adresse { $local }@ est peut-être lue par plusieurs personnes. Utilisez une adresse personnelle.
wrong-name-lines = Votre nom doit tenir sur une ligne.
wrong-name-long = { $most ->
    [one] Votre nom peut compter { $most } caractère au plus.
   *[other] Votre nom peut compter { $most } caractères au plus.
}
wrong-time-zone = Nous ne connaissons pas ce fuseau horaire. Choisissez-en un dans la liste.

form-not-read = Votre formulaire n’est pas arrivé
form-not-read-text = Il était trop volumineux ou incomplet, ou a mis trop de temps à parvenir. Revenez en arrière et envoyez-le de nouveau.

## Alerts

alert-empty-subject = Rien à envoyer le { $date }
alert-empty-text =
    Aucun numéro n’était prêt pour le créneau du { $slot } : rien n’a été envoyé.

    Un créneau envoie le numéro dont le statut est « ready » et dont send_on tombe ce jour-là, sinon un numéro prêt sans send_on.

    Pour voir ce que les prochains créneaux enverront :
        verdict calendar

    Pour envoyer un numéro tout de suite :
        verdict send SLUG

alert-no-readers-subject = Aucun destinataire le { $date }
alert-no-readers-text =
    { $slug } était prêt pour le créneau du { $slot }, mais personne sur la liste n’a confirmé son abonnement : rien n’a été envoyé. Le numéro reste prêt pour le prochain créneau.

    Pour voir qui est sur la liste :
        verdict subscribers list

alert-missed-subject = Créneau du { $date } manqué
alert-missed-text =
    Le créneau du { $slot } a été remarqué avec un retard de { $late }. C’est plus que ne le permet schedule.max_delay : rien n’a été envoyé.

    Cela arrive quand Verdict ne tournait pas à ce moment-là. Aucun numéro n’est perdu : un numéro sans send_on part au prochain créneau, un numéro dont le send_on est passé a besoin d’une nouvelle date.

    Pour envoyer un numéro tout de suite :
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] { $count } créneaux manqués, le dernier le { $date }
   *[no] Plus de { $count } créneaux manqués, le dernier le { $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] Rien n’a été envoyé pour { $count } créneaux, car Verdict les a remarqués plus tard que ne le permet schedule.max_delay.
       *[no] Rien n’a été envoyé pour plus de { $count } créneaux, car Verdict les a remarqués plus tard que ne le permet schedule.max_delay.
    }

    Le premier : { $first }
    Le dernier : { $last }

    Cela arrive quand Verdict ne tournait pas à ces moments-là, ou quand l’horloge de la machine était déréglée. Aucun numéro n’est perdu : un numéro sans send_on part au prochain créneau, un numéro dont le send_on est passé a besoin d’une nouvelle date.

    Pour voir ce que les prochains créneaux enverront :
        verdict calendar

    Pour envoyer un numéro tout de suite :
        verdict send SLUG

alert-clock-subject = Horloge en avance : des créneaux ont été traités trop tôt
alert-clock-text =
    { $several ->
        [yes] Verdict a tourné sur une machine dont l’horloge avançait, et a cru manqués ou vides les créneaux du { $first } au { $last }.
       *[no] Verdict a tourné sur une machine dont l’horloge avançait, et a cru manqué ou vide le créneau du { $first }.
    } L’horloge est de nouveau à l’heure et cela ne compte plus : Verdict décidera le moment venu.

    Ne tenez pas compte des messages précédents sur des créneaux manqués ou vides à ces dates. Vérifiez que la machine règle son horloge par le réseau.

    Pour voir ce que les prochains créneaux enverront :
        verdict calendar

alert-digest-late-subject = Récapitulatif en retard : { $month }
alert-digest-late-text =
    Le récapitulatif mensuel ({ $month }) devait partir avec le créneau du { $due }. Verdict l’a manqué, avec un retard supérieur à schedule.max_delay.

    Il part maintenant, avec le créneau du { $slot }, aux lecteurs qui veulent un seul e-mail par mois.

alert-digest-lost-subject = Récapitulatif non envoyé : { $month }
alert-digest-lost-text =
    Le récapitulatif mensuel ({ $month }) devait partir avec le créneau du { $due }. Verdict l’a manqué, ainsi que tous les autres du mois, avec un retard supérieur à schedule.max_delay : le récapitulatif n’a pas été envoyé.

    Les lecteurs qui veulent un seul e-mail par mois n’ont rien reçu pour ce mois. Tous les comparatifs sont dans les archives de votre site. Le prochain récapitulatif part avec le premier créneau de son mois.
alert-digest-without-slot-text =
    Le récapitulatif mensuel ({ $month }) part avec le premier créneau du mois suivant. Votre calendrier n’a aucun créneau ce mois-là : le récapitulatif n’a pas été envoyé.

    Les lecteurs qui veulent un seul e-mail par mois n’ont rien reçu pour ce mois. Tous les comparatifs sont dans les archives de votre site. Le prochain récapitulatif part avec le premier créneau de son mois.

alert-paused-subject = L’envoi de { $slug } est suspendu
alert-paused-text =
    Verdict a suspendu l’envoi de { $slug }. La raison :
    { "    " }{ $reason }

    Les lecteurs qui l’ont déjà reçu ne le recevront pas une seconde fois. Une fois la cause réglée, reprenez avec :
        verdict resume { $slug }

    Pour écrire aux lecteurs que le serveur de messagerie a refusés jusque-là :
        verdict resend { $slug } --refused

    Pour trancher le cas des lecteurs qui l’ont peut-être reçu :
        verdict settle { $slug }

alert-sign-ups-subject = Un nombre inhabituel d’inscriptions
alert-sign-ups-text =
    { $count ->
        [one] Le formulaire d’inscription a servi { $count } fois en une heure, et d’autres inscriptions peuvent suivre.
       *[other] Le formulaire d’inscription a servi { $count } fois en une heure, et d’autres inscriptions peuvent suivre.
    }

    Rien n’a été bloqué. Chaque inscription doit encore être confirmée, et le nombre d’e-mails par adresse et par réseau est limité. Si l’on ne parle pas de votre newsletter en ce moment, quelqu’un abuse peut-être du formulaire.

    Pour voir qui s’est inscrit :
        verdict subscribers list --consent pending

    Les limites sont dans verdict.toml, sous [join].

alert-findings-subject = Le numéro { $slug } contient des erreurs
alert-findings-text =
    Ce créneau a laissé de côté le numéro { $slug }, qui contient des erreurs :

alert-overdue-subject = Le numéro { $slug } a manqué sa date
alert-overdue-text =
    Le numéro { $slug } est daté du { $date }, et aucun créneau de ce jour ne l’a envoyé.

    Verdict ne l’envoie pas en retard sans votre accord : changez son send_on, ou supprimez-le.

alert-unapproved-subject = Le numéro { $slug } n’a pas été envoyé : il n’est pas approuvé
alert-unapproved-text =
    Le numéro { $slug } devait partir au créneau du { $slot }, mais il ne peut pas encore être envoyé. { $why }

    Pour l’approuver tel qu’il est :
        verdict approve { $slug } --as NAME

    Ensuite, pour l’envoyer tout de suite :
        verdict send { $slug }

alert-preflight-subject = La vérification avant une édition a trouvé des problèmes
alert-preflight-text =
    Avant d’envoyer une édition, Verdict a vérifié l’expéditeur, le serveur de messagerie et les pages. Il a trouvé ce qui suit et a tout de même envoyé l’édition : des messages risquent de ne pas arriver, ou des lecteurs de ne pas pouvoir se désinscrire.

    Pour vérifier à nouveau :
        verdict doctor
alert-held-subject = L’édition du { $date } n’a pas été envoyée
alert-held-text =
    Le créneau { $slot } est arrivé, mais Verdict n’a rien envoyé : la vérification de l’expéditeur, du serveur de messagerie et des pages a trouvé ce qui suit. Il vérifie à nouveau toutes les quelques minutes et envoie l’édition si tout va bien avant qu’il ne soit trop tard.

    Pour vérifier maintenant :
        verdict doctor

alert-reminder-subject = Pas encore prêt pour le { $date }
alert-reminder-text =
    Le prochain créneau est celui du { $slot }. Voici ce qui demande votre attention :

    { $lacks }

    Pour voir ce que les prochains créneaux enverront :
        verdict calendar
alert-lacks-issue = Aucun numéro n’est prêt pour ce créneau.
alert-lacks-correction = Le numéro { $slug } contient des erreurs. `verdict check` les montre.
alert-lacks-look =
    { $count ->
        [one] Le numéro { $slug } a un avertissement. `verdict check` le montre.
       *[other] Le numéro { $slug } a { $count } avertissements. `verdict check` les montre.
    }
alert-lacks-approval =
    { $why ->
        [changed] Le numéro { $slug } a changé depuis son approbation par { $by }.
        [author] Seule la personne qui a écrit le numéro { $slug }, { $by }, l’a approuvé.
        [unknown] Le numéro { $slug } n’indique pas qui l’a écrit : il ne peut pas être approuvé. Ajoutez author = "NOM" à son fichier.
       *[missing] Le numéro { $slug } n’est pas approuvé.
    }
