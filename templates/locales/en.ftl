### English: the catalogue that has every message. CONTRIBUTING.md explains how to translate it.
###
### Keep $variables and whatever looks like a command. A line stays a line: long ones are wrapped when they are shown,
### indented ones are not.

## Numbers

# How your language writes these two numbers. All others are written likewise: with your digits, and with a separator
# from four digits on, from five, or never.
number-1234 = 1,234
number-12345 = 12,345

# $number is a whole number, such as 62.
percent = { $number }%

## Dates
##
## $day, $month and $weekday are numbers (1 is January, and Monday), so that you can choose words by them. $year and
## $time are ready to be shown.

# "2 June 2026", within a sentence or alone.
date = { $day } { month-in-date } { $year }

# The month as it is written after a day: in the genitive, if your language has one.
month-in-date = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}

weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}

# "Tuesday 2 June 2026"
weekday-and-date = { weekday } { date }

# "Tuesday 2 June 2026, 09:00 (UTC+02:00)". $zone is "UTC+02:00" in every language.
date-and-time = { weekday-and-date }, { $time } ({ $zone })

# "June 2026"
month-and-year = { month-in-date } { $year }

## Lengths of time

duration-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
duration-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
duration-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
duration-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}

# "2 days 3 hours"
duration-pair = { $first } { $second }

## Lists: "the builder and the skeptic", "the builder, the skeptic and the founder"

list-pair = { $first } and { $second }
# $list is the beginning of a longer list, $item the next one.
list-middle = { $list }, { $item }
# $item is the last one.
list-end = { $list } and { $item }

# Two sentences in a row.
two-sentences = { $first } { $second }

## A comparison of two tools, in the mail, on its page and on the card
##
## A panel of reviewers tries two tools, and each reviewer says of each tool either "ship" (use it, recommend it) or
## "skip" (leave it). Choose two short verbs for that, and keep to them everywhere: they are also the labels of buttons.
## $tool is a tool's name; $ship is how many of $count reviewers would ship it.

ship = Ship
skip = Skip

# What stands between the names of two tools in a headline: "A vs B". Editors write it in their titles too.
versus = vs

# Marks an invented comparison.
sample = Sample: the tools are invented

# The heading above the result.
panel = The panel

## The result, as a heading

result-wins = { $tool } wins
result-tie = A tie
# Equal shares, but the reviewers disagree on which tool.
result-split = A split panel
# The panel reviewed only one tool, or neither.
result-no-contest = No contest

## The result, in sentences

# The winner's figures: "All 4 reviewers would ship it."
result-all-would-ship-it = { $count ->
    [1] Its only reviewer would ship it.
   *[other] All { $count } reviewers would ship it.
}
result-some-would-ship-it = { $ship } of { $count } reviewers would ship it.
# The other tool's figures follow.
result-would-ship = { $ship ->
    [0] { $count ->
        [1] { $tool } has one reviewer, who would skip it.
       *[other] None of { $count } would ship { $tool }.
    }
   *[other] { $count ->
        [1] { $tool } has one reviewer, who would ship it.
       *[other] { $ship } of { $count } would ship { $tool }.
    }
}
# Both tools have the same figures.
result-each = { $ship ->
    [0] { $count ->
        [1] Each tool has one reviewer, who would skip it.
       *[other] None of the { $count } reviewers would ship either tool.
    }
   *[other] { $count ->
        [1] Each tool has one reviewer, who would ship it.
       *[other] { $ship } of { $count } reviewers would ship each tool.
    }
}
result-only-one = { $ship ->
    [0] The panel reviewed only { $tool }, and no one would ship it.
   *[other] { $count ->
        [1] The panel reviewed only { $tool }, and would ship it.
       *[other] The panel reviewed only { $tool }: { $ship } of { $count } would ship it.
    }
}
result-neither = The panel hasn’t reviewed either tool.

# $title is one of the headings above, $result the sentences: "Llama wins. All 4 reviewers would ship it."
result-line = { $title }. { $result }

# Both tools on one line: "Llama: 4 of 4 would ship it · Axolotl: 3 of 4 would ship it"
result-in-short = { $first } · { $second }
result-short = { $tool }: { $ship } of { $count } would ship it
result-short-not-reviewed = { $tool }: not reviewed

different-panels = Not every reviewer tried both tools.

# Shown only if the editor disagrees with the panel. $against is "panel" if the panel has a winner.
pick-tool = { $against ->
    [panel] Editor’s pick: { $tool }, against the panel.
   *[none] Editor’s pick: { $tool }.
}
pick-tie = { $against ->
    [panel] Editor’s pick: a tie, against the panel.
   *[none] Editor’s pick: a tie.
}

## Reviewers
##
## $role is what a reviewer does: one of the five below, or a word of the newsletter's own.

# Translate the five: [builder] …, [skeptic] …, [futurist] …, [creator] …, [founder] …, *[other] { $role }
role-name = { $role }
# Within a sentence: "the builder"
role = the { role-name }
# At the beginning of a sentence
role-at-start = The { role-name }

# $roles is a list of $count of them, who would ship the tool $ship and skip the tool $skip.
split-between = { $count ->
    [one] { $roles } would ship { $ship } and skip { $skip }.
   *[other] { $roles } would ship { $ship } and skip { $skip }.
}
split-not-reviewed = No one on the panel reviewed { $tool }.
# $verdict is "ship" or "skip".
split-only-reviewer = { $verdict ->
    [ship] { $tool } has one reviewer, { $role }, who would ship it.
   *[skip] { $tool } has one reviewer, { $role }, who would skip it.
}
# All $count reviewers agree.
split-unanimous = { $verdict ->
    [ship] { $count ->
        [2] Both reviewers would ship { $tool }.
       *[other] All { $count } reviewers would ship { $tool }.
    }
   *[skip] { $count ->
        [2] Both reviewers would skip { $tool }.
       *[other] All { $count } reviewers would skip { $tool }.
    }
}
# $ship and $skip are lists of $count reviewers each.
split-in-half = { $count ->
    [one] The panel is split on { $tool }: { $ship } would ship it, { $skip } would skip it.
   *[other] The panel is split on { $tool }: { $ship } would ship it, { $skip } would skip it.
}
# $roles is a list of the $count who are outvoted.
split-minority = { $verdict ->
    [ship] { $count ->
        [one] Only { $roles } would ship { $tool }.
       *[other] Only { $roles } would ship { $tool }.
    }
   *[skip] { $count ->
        [one] Only { $roles } would skip { $tool }.
       *[other] Only { $roles } would skip { $tool }.
    }
}

## The table of both tools' figures

winner = Winner
row-panel = Panel
row-community = Community
row-price = Entry price
row-maker = Maker
row-category = Category

# Below a share such as "75%"
panel-figures = { $ship } of { $count } would ship
not-reviewed = Not reviewed
votes = { $count ->
    [one] { $count } vote
   *[other] { $count } votes
}
votes-too-few = Fewer than five votes

price-free = Free
price-paid = Paid
# Free to start, paid past a limit
price-freemium = Freemium
price-trial = Free trial
price-open-weights = Open weights
price-open-source = Open source

## Below the table

facts = Key facts
# $site is a domain, such as "example.com".
source = Source: { $site }
scorecard = Reviewer scorecard
# What a reviewer wrote, in your language's quotation marks
quote = “{ $text }”

## Readers' votes

# $title is the previous comparison's. How readers voted follows.
last-time = Last time: { $title }.
last-time-too-few = Neither tool got five votes.
# $share is such as "62%", of $count votes.
readers-would-ship = { $count ->
    [one] { $share } of you would ship { $tool } ({ $count } vote).
   *[other] { $share } of you would ship { $tool } ({ $count } votes).
}
voting-closes = Voting closes on { $date }.

# The invitation to subscribe, as a heading
sign-up = Get the next comparison in your inbox

## Mails to readers
##
## $newsletter is the newsletter's name. Lines that end in a colon stand above what they announce.

# The first line of a mail, to a reader whose name is known, and to any other.
mail-greeting = Hi { $name },
mail-greeting-without-name = Hello,

# In plain text: what an address on the next line is for, such as "Unsubscribe:".
mail-label = { $label }:
# In plain text: "The panel: Llama wins", "Llama: ✓ Ship", and "Ship: https://…". The value comes last.
mail-labeled = { $label }: { $value }

# Link label
mail-read-online = Read on the web
# Heading above two buttons for each tool, "Ship" and "Skip"
mail-vote = What’s your verdict?
# $maker is the company or person who makes a tool. It stands below the tool's name.
mail-maker = by { $maker }
# Link label, after the votes on the previous comparison
mail-last-time-link = Read it again

# Heading above an invitation to subscribe. What the newsletter is about stands between this and the next sentence.
mail-forwarded = Was this forwarded to you?
mail-forwarded-text = Get the next comparison in your inbox.

# At the foot of every edition. The reader's email address follows on the next line.
mail-why = You get this email because you subscribed to { $newsletter } with this address:
# Link labels, next to each other
mail-unsubscribe = Unsubscribe
mail-settings-link = Pause or change your settings

## The digest: a mail once a month with the results of all comparisons, for readers who want only that
##
## $month is such as "June 2026".

# The month's only comparison has this $title.
mail-digest-subject-one = { $month }: { $title }
mail-digest-subject = { $month }: { $count ->
    [one] { $count } comparison
   *[other] { $count } comparisons
}
# $panel and $community are shares, such as "75%": of the reviewers and of the readers who would ship the tool.
mail-digest-panel = { $tool }: panel { $panel }
mail-digest-panel-and-community = { $tool }: panel { $panel }, community { $community }

## The correction notice, for readers who got an issue with a mistake

mail-correction-subject = Correction: { $title }
# The day on which the issue was sent, and its title. What changed follows, field by field, each under its name.
mail-correction-intro = On { $date }, we sent you “{ $title }” with a mistake. We’re sorry. This is what we have corrected:
# What was sent
mail-correction-before = We wrote: { $text }
# What is right
mail-correction-now = It should say: { $text }
# Instead of the above, if nothing took the place of what was sent
mail-correction-removed = We have removed this.
# Button
mail-correction-button = Read the corrected comparison

## The welcome mail, for readers who have just confirmed

mail-welcome-subject = Welcome to { $newsletter }
mail-welcome-title = You’re in
mail-welcome-thanks = Thanks for subscribing to { $newsletter }. We’ll send every new issue to this address.
mail-welcome-latest = While you wait for your first issue, here’s the latest one:

## Short mails, each with one purpose
##
## "…-preview" is the line that a mailbox shows next to the subject. "…-title" is the heading above the text,
## "…-button" the label of the button below it. A subject is no question: spam filters count question marks.

# The address of the button follows on the next line.
mail-button-fallback = If the button doesn’t work, open this link:
mail-ignore = If you didn’t ask for this, ignore this email.
mail-ignore-unchanged = If you didn’t ask for this, ignore this email. Nothing will change.
mail-link-expires = The link works for 24 hours. If you didn’t ask for this, ignore this email. Nothing will change.

# Someone signed up with this address, which now has to be confirmed.
mail-confirm-subject = Confirm your subscription to { $newsletter }
mail-confirm-preview = Confirm to start.
mail-confirm-title = Confirm your subscription
mail-confirm-text = You asked to receive { $newsletter }. Confirm to start.
mail-confirm-button = Confirm
mail-confirm-ignore = Until you confirm, we won’t send you anything else. If you didn’t ask for this, ignore this email: we’ll delete your address after 48 hours, unless you’ve been a subscriber before.
# They had paused until the $date, or chosen the monthly digest.
mail-confirm-paused = You paused your subscription until { $date }. If you confirm, the pause ends and you get every issue again.
mail-confirm-digest = You chose the monthly digest. If you confirm, you get every issue again.

# A subscriber who paused or chose the digest signed up again.
mail-resume-subject = Confirm that you want every issue of { $newsletter } again
mail-resume-preview = Confirm to get the next issue.
mail-resume-title = Get every issue again?
mail-resume-button = Get every issue

# A subscriber signed up again.
mail-already-subject = You are already subscribed to { $newsletter }
mail-already-preview = You get every issue. Nothing has changed.
mail-already-title = You’re already subscribed
mail-already-text = You asked to receive { $newsletter }, but you already get every issue.
mail-already-spam = If our emails don’t arrive, check your spam folder.

# The link to a subscriber's settings.
mail-settings-subject = Your settings for { $newsletter }
mail-settings-preview = The link works for 24 hours.
mail-settings-title = Your settings
mail-settings-text = You asked for a link to your settings for { $newsletter }.
mail-settings-secret = Keep it to yourself: anyone who has this link can change them.
mail-settings-button = Open your settings
mail-settings-ignore = The link works for 24 hours. If you didn’t ask for it, ignore this email.

# A subscriber wants to move to this address.
mail-address-subject = Confirm your new address for { $newsletter }
mail-address-preview = Confirm that this address is yours.
mail-address-title = Confirm your new address
mail-address-text = You asked to receive { $newsletter } at this address from now on. Confirm that it’s yours.
mail-address-button = Use this address

# A subscriber wanted to move to this address, which another subscriber has or had.
mail-taken-subject = Your subscription to { $newsletter } was not moved
mail-taken-preview = Nothing has changed.
mail-taken-title = We couldn’t move your subscription
mail-taken-text = You asked to receive { $newsletter } at this address. It has been subscribed before, so we changed nothing.
mail-taken-help = To get the newsletter here, subscribe with this address. To stop getting it at your other address, use the unsubscribe link in any email that you got there.

# To the old address of a subscriber who has moved to a new one.
mail-moved-subject = Your address for { $newsletter } was changed
mail-moved-preview = If that wasn’t you, reply to this email.
mail-moved-title = Your address was changed
mail-moved-text = From now on, we send { $newsletter } to the new address in your settings, and no longer to this one.
mail-moved-reply = If you didn’t change it, reply to this email.

# A subscriber asked to be forgotten.
mail-erase-subject = Confirm that { $newsletter } should erase your data
mail-erase-preview = This can’t be undone.
mail-erase-title = Erase all your data?
mail-erase-text = You asked { $newsletter } to erase everything it has stored about you. This ends your subscription and can’t be undone.
mail-erase-button = Erase everything

## Pages that anyone can open

## The head and the foot of every page

# Link at the top for people who use a keyboard or a screen reader
page-skip = Skip to content
# What a screen reader calls the links at the top and at the foot
page-links-main = Main
page-links-site = Site
# Link at the top
page-archive = Archive
# Link at the top. The word is the same as in "Subscribe to { $newsletter }".
page-subscribe = Subscribe
# Link to the archive, also after a form, and the archive's heading
page-all-comparisons = All comparisons
# Link to the Atom feed
page-feed = Feed
# Button, link at the foot, and heading of the page with the form
subscribe-to = Subscribe to { $newsletter }
# Label of a field
page-email = Your email address
# Label of a field that people don't see. Programs that fill it in are caught.
page-honeypot = Leave this empty

## The home page

# Small print above the latest comparison's headline
home-latest = Latest comparison
home-latest-dated = Latest comparison · { $date }
# Button or link, also after a vote and when someone has subscribed
read-comparison = Read the comparison
# Heading of a list of comparisons
home-earlier = Earlier
# Also in the archive
no-comparisons-yet = No comparisons yet. You’ll find the first one here on the day it’s sent.

## The archive

archive-order = Newest first
archive-search-long = That’s a long search. We used the first { $words } words, and at most { $characters } characters of each.
archive-nothing-found = We found no comparisons for this search.
# Labels of the fields
archive-words = Tool or title
archive-category = Category
archive-every-category = All
# A category, with its number of comparisons
archive-category-count = { $category } ({ $count })
# Button
archive-search = Search
# A year, such as "2026", as the heading of its comparisons
archive-year = { $year }
# Links to the previous and the next page of the list, and what a screen reader calls them
archive-pages = Pages
archive-newer = Newer
archive-older = Older

## A comparison's page

# What a screen reader calls the two tables
table-caption = The two tools side by side
matrix-caption = Each reviewer’s verdict
# The heading above links to other comparisons
comparison-more = More with these tools
# Link
comparison-all-of-tool = All comparisons with { $tool }
# What a screen reader calls the links to the comparisons before and after this one, and the labels above the links
comparison-neighbors = Previous and next comparison
comparison-previous = Previous
comparison-next = Next

## Corrections, at the foot of a comparison's page

corrections = Corrections
corrections-intro = Above is what we sent. The editors have since made these changes:
# The text above was corrected while it was being mailed.
corrections-intro-revised = Some readers got an earlier version of this comparison. The editors have since made these changes:

# What was changed, as headings. The old and the new text follow.
correction-title = Headline
correction-question = Question
correction-intro = Introduction
correction-pick = Editor’s pick
# That the tools are invented: see "Sample" above.
correction-sample = Sample
correction-voting-closes = Last day of voting
correction-name = { $tool }: name
correction-maker = { $tool }: maker
correction-category = { $tool }: category
# One sentence that describes the tool
correction-tagline = { $tool }: summary
correction-price = { $tool }: entry price
correction-price-note = { $tool }: note on the price
# The tool's website
correction-url = { $tool }: website
correction-description = { $tool }: description
# The fact with this number among the key facts
correction-fact = { $tool }: key fact { $number }
correction-fact-source = { $tool }: source of key fact { $number }
# $role is a reviewer, such as "skeptic".
correction-verdict = { $tool }: verdict ({ $role })
correction-quote = { $tool }: review ({ $role })
# A reviewer's verdict: "✓ Ship". $sign is a sign.
correction-signed-verdict = { $sign } { $verdict }

## A tool's page

# Below the tool's name. $maker is a company, $site a link to its website.
tool-line = { $category } · by { $maker } · { $site }
# Small print below the figures. $comparison is a link, with the comparison's title.
tool-figures-from = From the latest comparison: { $comparison }
# Headings
tool-reviews = What reviewers wrote
tool-comparisons = Comparisons

## Error pages

# Headings
error-title = Something went wrong
not-found-title = Page not found
error-ours = This is a problem on our side. Please try again in a minute.
# $code is such as "K3XQ7ABC".
error-code = If it keeps happening, contact us and include this code: { $code }
not-found-text = Check the link for typos. You’ll find every comparison we’ve sent in the archive.
error-busy = Too many people are visiting right now. Please try again in a moment.

## The demo's inbox, which only people who try out Verdict see

inbox-title = Demo inbox
inbox-count = { $count ->
    [0] No emails yet. Reload this page in a moment.
    [one] { $count } email
   *[other] { $count } emails
}
inbox-next = Open an email and unsubscribe. Then send the next issue: everyone else gets it.
# Button. $title is a comparison's headline.
inbox-send = Send “{ $title }”
# Link back to the list
inbox-all = All emails
# The parts of an email's header, as labels
inbox-to = To
inbox-from = From
inbox-received = Received
# Three ways to show the email, and what a screen reader calls them
inbox-views = Views of this email
inbox-html = HTML
inbox-text = Text
inbox-source = Source
# What a screen reader calls the frame with the email in it
inbox-frame = The email as HTML
inbox-catcher = This is the demo’s mail catcher.
inbox-local = Nothing here has left this machine.
# Link
inbox-site = Go to the site

## Voting: the page that a vote's link in a mail opens
##
## $verdict is "ship" or "skip": use the same two verbs as for a comparison. $tool is a tool's name.

# A button
vote-button = { $verdict ->
    [ship] Ship { $tool }
   *[skip] Skip { $tool }
}
# A heading above that button
vote-question = { $verdict ->
    [ship] Ship { $tool }?
   *[skip] Skip { $tool }?
}
# $link is the next message, for the other verdict.
vote-changed-mind = Not what you meant? { $link }
vote-instead = { $verdict ->
    [ship] Ship { $tool } instead
   *[skip] Skip { $tool } instead
}
# A heading, also a sentence
vote-voted = { $verdict ->
    [ship] You voted to ship { $tool }.
   *[skip] You voted to skip { $tool }.
}
# A button that turns a vote around
vote-change = { $verdict ->
    [ship] Ship it instead
   *[skip] Skip it instead
}
# A heading above the buttons for the other tool, after a vote on the first
vote-other-tool = And { $tool }?
# Follows "Voting closes on 16 June 2026."
vote-until-then = You can change your vote until then.
# A heading
vote-closed = Voting has closed
# No button was pressed.
vote-choose = Choose ship or skip.
# The heading is link-broken.
vote-link-broken = Part of it may be missing. Open it from the email again, or copy all of it.

## Joining, settings and leaving
##
## $newsletter is the newsletter's name. $address is the reader's address, usually masked: "a…@example.com".

# A heading. What the link was for decides which text follows.
link-broken = This link doesn’t work
# A heading: we have sent an email with a link
check-inbox = Check your inbox
# A link, alone or after a sentence
subscribe-again = Subscribe again

# Below the heading subscribe-to
subscribe-intro = Get the next comparison in your inbox.
# A button
subscribe-button = Subscribe
# Labels of fields
subscribe-name = Your name, for the greeting (optional)
subscribe-time-zone = Your time zone (optional)
# The choice of no time zone
subscribe-no-time-zone = Prefer not to say
subscribe-note = We’ll send you one email to confirm, and nothing else until you do. You can unsubscribe with one click in every email.

# A heading. One of the reasons below follows, and the form again.
once-more = One more step
once-more-quick = You sent the form within two seconds, as programs do. If it was you, send the form again.
once-more-expired = This form has expired. Please send it again.
once-more-used = This form was already used for another email address. Please send it again.
once-more-elsewhere = Another website sent this form for you. Please confirm that you want to subscribe.
once-more-many = We’re getting more sign-ups than usual, and some may come from programs. If it was you, send the form again.

# The heading is check-inbox. The address may not be named.
subscribe-sent = If your address can receive { $newsletter }, we’ve sent an email to it. Open the link in it within 48 hours to confirm your subscription.
# $link is the next message.
subscribe-sent-nothing = Nothing after a few minutes? Check your spam folder, or { $link }. We send only a few of these emails a day to one address: if you’ve asked before, use the link you have.
subscribe-sent-try-again = try again
subscribe-sent-back = Back to { $newsletter }

# A heading
subscribe-too-many = Too many sign-ups from your network
subscribe-too-many-wait = { $minutes ->
    [one] Please try again in { $minutes } minute.
   *[other] Please try again in { $minutes } minutes.
}

# A heading, a sentence, and a button
confirm = Confirm your subscription
confirm-text = Confirm, and we’ll send { $newsletter } to { $address }.
confirm-button = Confirm

# A heading: the subscription is confirmed
confirmed = You’re in
confirmed-text = We’ll send every issue of { $newsletter } to { $address }, starting with the next one.
confirmed-anew = If you had paused your subscription or chosen the monthly digest, that has ended.
# Above the headline of a comparison
confirmed-latest = While you wait: the latest comparison

# The heading is link-broken.
confirm-link-broken = It may have expired, or part of it may be missing. Try copying all of it from the email.
# $link is the next message.
confirm-link-used = If you’ve already used it to confirm, you’re in, and there’s nothing left to do. Otherwise, { $link } to get a new link.
confirm-link-again = subscribe again

# A heading
settings = Your settings
# Anyone who got an email forwarded can open this page.
settings-ask = Emails get forwarded, so we’ll send the link to your settings to { $address } only. It works for 24 hours.
# A button
settings-email-link = Email me the link
# The heading is check-inbox.
settings-link-sent = We sent a link to { $address }. It works for 24 hours.
# A heading
settings-links-enough = You already have the link
settings-links-enough-text = We sent three links to { $address } today. Use the latest one: it works for 24 hours. Can’t find it? Check your spam folder. You can ask for another link tomorrow.
# The heading is link-broken.
settings-link-broken = It may be too old, already used, or incomplete. To get a new one, follow the settings link at the end of any email from us.

# Shown once, above the settings
settings-saved = Saved.
# Below the heading. $address is complete.
settings-of = For { $address }
# $link is subscribe-again.
settings-not-subscribed = You’re not subscribed. { $link } at any time.
# Labels of fields, and their choices
settings-name = Your name, for the greeting
settings-frequency = How often
settings-every = Every issue
settings-digest = The monthly digest
settings-pause = Pause
settings-pause-none = Not paused
settings-pause-until = Until { $date }
settings-pause-end = Resume now
settings-pause-for = { $weeks ->
    [one] For { $weeks } week
   *[other] For { $weeks } weeks
}
# A button
settings-save = Save

# A heading, a text, the label of a field, and a button
move = Change your email address
move-text = We’ll email a link to the new address. Open it to confirm the change. Then we’ll email your old address about it.
move-email = Your new email address
move-button = Change address
# A heading, and texts. A link has been sent to the new address.
move-asked = Check your new inbox
move-asked-text = We sent a link to { $address }, unless that address can’t be used. Open it within 24 hours to confirm your new address. Links we sent to other new addresses no longer work.
move-asked-until = Nothing changes until you confirm. We send only a few of these emails a day to one address.
# A heading, and a text
move-too-often = Too many address changes today
move-too-often-text = You can try three addresses a day. Nothing has changed. Please try again tomorrow.
# A heading, and a button
move-confirm = Use this address?
move-confirm-text = { $address } will replace your old address for { $newsletter }.
move-confirm-button = Use this address
# A heading
moved = Your address has changed
moved-text = From now on, your address for { $newsletter } is { $address }. We’re emailing your old address about it.

# A heading. $json and $csv are links named after these formats.
data = Your data
data-download = Download everything we have about you: { $json } or { $csv }.
data-erase = Or erase everything. We’ll email you a link to confirm.
# $link is the next message.
data-unsubscribe = To stop the emails and nothing else, { $link }.
data-unsubscribe-link = unsubscribe
# A button
erase-button = Erase everything
# A heading
erase-confirm = Erase everything?
erase-confirm-text = We’ll erase { $address }, your name, your settings and the records of the emails we sent you. Your subscription ends. This can’t be undone.
# A heading
erased = Everything has been erased
erased-text = We no longer hold anything about you, except a code that keeps your address off our list.

# A heading
unsubscribe-from = Unsubscribe from { $newsletter }?
# One of these three follows.
unsubscribe-text = We won’t send any more emails to { $address }.
unsubscribe-digest = We send the monthly digest to { $address }. If you unsubscribe, we won’t send any more emails.
# $date is the last day of the pause, $settings the link below.
unsubscribe-paused = You’ve paused it until { $date }. Until then, we won’t send any emails to { $address }. You can end the pause in { $settings }. If you unsubscribe, we won’t send any emails after that either.
unsubscribe-settings = your settings
# A question, and its answers
unsubscribe-why = Why are you leaving? (optional)
unsubscribe-too-often = Too many emails
unsubscribe-not-for-me = It isn’t relevant to me
unsubscribe-not-good = It isn’t good enough
unsubscribe-never-joined = I never subscribed
unsubscribe-own-words = In your own words
# A button
unsubscribe-button = Unsubscribe
# A heading above the next two buttons
unsubscribe-less = Or get fewer emails
unsubscribe-pause-for = { $weeks ->
    [one] Pause for { $weeks } week
   *[other] Pause for { $weeks } weeks
}
unsubscribe-to-digest = Switch to the monthly digest
# The heading is link-broken. The word in quotes is that at the end of the emails.
unsubscribe-link-broken = Part of it may be missing. Open “Unsubscribe” at the end of one of our emails again, or copy the whole link.
unsubscribe-reply = If that doesn’t help, reply to any of our emails and ask us to unsubscribe you.

# A heading. The text is one of the next two: it was just done, or some time ago.
unsubscribed = You’re unsubscribed
unsubscribed-now = We’ve stopped sending { $newsletter } to { $address }.
unsubscribed-before = We don’t send { $newsletter } to { $address }.
# $link is the next message.
unsubscribed-thanks = Thanks for reading. You can still read every comparison { $link }.
unsubscribed-archive = in the archive
# $link is subscribe-again.
unsubscribed-changed-mind = Changed your mind? { $link }.
# Someone who got the email forwarded may have unsubscribed the reader, and can still undo it. A button follows.
unsubscribed-not-yet = You were unsubscribed less than an hour ago. You can still undo this on the page where it was done.
unsubscribed-for-good = Unsubscribe for good
# For a mail program that unsubscribed its user, as plain text
unsubscribed-one-click = You’re unsubscribed.

# A heading: the subscription of a link was moved to another address, or erased
subscription-ended = This subscription has ended
subscription-ended-text = We won’t send any more emails for the subscription that this link belongs to.
subscription-ended-but = Still getting { $newsletter }? Then you’ve subscribed again since. Use the unsubscribe link in the latest email.

# A heading. $date is the last day of the pause.
paused-until = Paused until { $date }
paused-text = We won’t send { $newsletter } to { $address } until { $date }. After that, you’ll get it as before.
# A heading
digest-chosen = You’ll get the monthly digest
digest-chosen-text = From now on, we’ll send { $newsletter } to { $address } once a month, with all verdicts in one email.

# A button
undo-button = Undo
# A heading
undo-ask = Undo your last change?
undo-ask-text = We’ll send { $newsletter } to { $address } as we did before the change.
# Headings after an undo; the second one if the newsletter is still paused
undone = You’re back on the list
undone-paused = Undone
# A heading if there is nothing to undo, for a reader who is subscribed
undo-subscribed = You’re on the list
undo-nothing = There’s nothing left to undo: it was undone already, it was more than an hour ago, or you’ve changed something since.

# What a reader gets now
gets-every = We send every issue of { $newsletter } to { $address }.
gets-digest = We send the monthly digest of { $newsletter } to { $address }.
gets-after-pause = { $newsletter } is paused until { $date }. After that, we’ll send it to { $address } again.

## What is wrong with a form
##
## Shown beside a field. Tell the reader what to change.

wrong-email-empty = Enter your email address.
wrong-email-invisible = That doesn’t look like an email address: it contains an invisible character. Type it instead of pasting it.
wrong-email-space = That doesn’t look like an email address: it contains a space.
wrong-email-long = That’s too long for an email address.
# Such as "Ann <ann@example.com>"
wrong-email-bare = Enter only the email address, without a name or brackets.
wrong-email-no-at = That doesn’t look like an email address: the @ is missing.
wrong-email-ats = That doesn’t look like an email address: it has more than one @.
# The part before the @
wrong-email-no-local = That doesn’t look like an email address: nothing comes before the @.
wrong-email-local = That doesn’t look like an email address. Check the part before the @.
# The part after the @
wrong-email-no-domain = That doesn’t look like an email address: nothing comes after the @.
wrong-email-domain = That doesn’t look like an email address. Check the part after the @.
wrong-email-no-dot = That doesn’t look like an email address: the part after the @ has no dot, as in “example.com”.
wrong-email-ip = We can’t send to an IP address. Use an email address with a domain, such as “example.com”.
# An address that its provider throws away after a short time. $domain is such as "example.com".
wrong-email-disposable = We don’t send to disposable addresses, such as those at { $domain }.
# $local is the part of an address before the @, such as "office".
wrong-email-shared = Several people may read { $local }@. Please use your own address.
wrong-name-lines = Your name must fit on one line.
wrong-name-long = { $most ->
    [one] Your name can have at most { $most } character.
   *[other] Your name can have at most { $most } characters.
}
wrong-time-zone = We don’t know that time zone. Choose one from the list.

# A heading, and a text: a whole form could not be read
form-not-read = Your form didn’t arrive
form-not-read-text = It was too large or incomplete, or took too long to send. Go back and send it again.

## Alerts: plain mails that tell the editors what needs attention.
##
## A slot is a time at which the schedule sends an issue. An issue is the editors' file; $slug is its name, such as
## "tea-vs-coffee". `send_on` and `schedule.max_delay` are keys in their files.

# A slot came, and no issue was ready. $date is its date, $slot its date and time.
alert-empty-subject = Nothing to send on { $date }
alert-empty-text =
    No issue was ready for the slot of { $slot }, so nothing was sent.

    A slot sends the issue whose status is "ready" and whose send_on is that day, or else a ready issue without a send_on.

    To see what the next slots will send:
        verdict calendar

    To send an issue now:
        verdict send SLUG

# A slot came, an issue was ready, and nobody has confirmed a subscription.
alert-no-readers-subject = Nobody to send to on { $date }
alert-no-readers-text =
    { $slug } was ready for the slot of { $slot }, but the list has no confirmed reader, so nothing was sent. The issue stays ready for the next slot.

    To see who is on the list:
        verdict subscribers list

# $late is a length of time, such as "2 days 3 hours".
alert-missed-subject = Missed the slot of { $date }
alert-missed-text =
    The slot of { $slot } was noticed { $late } late. That is more than schedule.max_delay allows, so nothing was sent.

    This happens when Verdict was not running at that time. No issue was used up: an issue without send_on goes out in the next slot, and an issue whose send_on has passed needs a new date.

    To send an issue now:
        verdict send SLUG

# $exact is "yes", or "no" if there are more slots than $count.
alert-missed-several-subject = { $exact ->
    [yes] Missed { $count } slots, the last on { $date }
   *[no] Missed more than { $count } slots, the last on { $date }
}
# $first and $last are the date and time of slots.
alert-missed-several-text =
    { $exact ->
        [yes] Nothing was sent for { $count } slots, because Verdict noticed them later than schedule.max_delay allows.
       *[no] Nothing was sent for more than { $count } slots, because Verdict noticed them later than schedule.max_delay allows.
    }

    The first: { $first }
    The last: { $last }

    This happens when Verdict was not running at those times, or when the clock of its machine was wrong. No issue was used up: an issue without send_on goes out in the next slot, and an issue whose send_on has passed needs a new date.

    To see what the next slots will send:
        verdict calendar

    To send an issue now:
        verdict send SLUG

alert-clock-subject = A wrong clock decided slots too early
# $several is "yes" or "no"; if "no", $first and $last are the same slot.
alert-clock-text =
    { $several ->
        [yes] Verdict ran on a machine whose clock was ahead, and took the slots from { $first } to { $last } for missed or empty.
       *[no] Verdict ran on a machine whose clock was ahead, and took the slot of { $first } for missed or empty.
    } The clock is right again, so this no longer counts: Verdict decides again when the time comes.

    Ignore earlier mails about missed or empty slots at those times. Check that the machine sets its clock over the network.

    To see what the next slots will send:
        verdict calendar

# The digest is the monthly mail for readers who want only one. $month is such as "June 2026". $due is the slot that it
# should have gone out with, $slot the one that it goes out with.
alert-digest-late-subject = The digest of { $month } is late
alert-digest-late-text =
    The digest of { $month } was due with the slot of { $due }. Verdict missed that slot by more than schedule.max_delay.

    It goes out now, with the slot of { $slot }, to the readers who want one mail a month.

alert-digest-lost-subject = The digest of { $month } was not sent
# $due is the first slot of the next month. All slots of that month were missed.
alert-digest-lost-text =
    The digest of { $month } was due with the slot of { $due }. Verdict missed that slot and all others of its month by more than schedule.max_delay, so the digest was not sent.

    The readers who want one mail a month got nothing for that month. They find every comparison in the archive on your site. The next digest goes out with the first slot of its month.
# The schedule has no slot in the next month.
alert-digest-without-slot-text =
    The digest of { $month } goes out with the first slot of the month after it. Your schedule has no slot in that month, so the digest was not sent.

    The readers who want one mail a month got nothing for that month. They find every comparison in the archive on your site. The next digest goes out with the first slot of its month.

# An edition is an issue that is being sent. $reason is a sentence, perhaps in English or quoted from a mail server.
# The quoted blanks indent it: blanks before a variable would be lost.
alert-paused-subject = The edition { $slug } is paused
alert-paused-text =
    Verdict stopped sending { $slug }. The reason:
    { "    " }{ $reason }

    Readers who already have it won't get it again. When you have fixed the cause, continue with:
        verdict resume { $slug }

    To mail the readers whom the mail server has refused until now:
        verdict resend { $slug } --refused

    To decide about readers who may or may not have got it:
        verdict settle { $slug }

alert-sign-ups-subject = Unusually many sign-ups
alert-sign-ups-text =
    { $count ->
        [one] The sign-up form was used once within an hour, and more may follow.
       *[other] The sign-up form was used { $count } times within an hour, and more may follow.
    }

    Nothing was stopped. Each of these readers still has to confirm, and there is a limit to how often an address or a network is mailed. If your newsletter isn't in the news, someone may be abusing the form.

    To see who signed up:
        verdict subscribers list --consent pending

    To change the limits, see [join] in verdict.toml.

# What `verdict check` found follows the text.
alert-findings-subject = The issue { $slug } has errors
alert-findings-text =
    This slot left the issue { $slug } out, because it has errors:

alert-overdue-subject = The issue { $slug } missed its date
# $date is such as "2 June 2026".
alert-overdue-text =
    The issue { $slug } is dated { $date }, and no slot on that day sent it.

    Verdict doesn't send it late unless you say so: change its send_on, or remove it.

# An issue was next for a slot, but may not be sent without an approval. $why is alert-lacks-approval.
alert-unapproved-subject = The issue { $slug } wasn’t sent: it lacks an approval
alert-unapproved-text =
    { $slug } was next for the slot of { $slot }, but it can’t go out yet. { $why }

    To approve it as it is:
        verdict approve { $slug } --as NAME

    Then, to send it now:
        verdict send { $slug }

# The check before an edition found something. What it found follows the text, in English.
alert-preflight-subject = The check before an edition found problems
alert-preflight-text =
    Before it sent an edition, Verdict checked the sender, the mail server and the pages. It found what is below, and sent the edition all the same: mail may not arrive, or readers may not be able to leave.

    To check again:
        verdict doctor
# $date is such as "Thursday 26 November 2026". What the check found follows the text, in English.
alert-held-subject = The edition of { $date } has not been sent
alert-held-text =
    The slot { $slot } is due, but Verdict has sent nothing: the check of the sender, the mail server and the pages found what is below. It checks again every few minutes, and sends the edition if all is well before it is too late.

    To check now:
        verdict doctor

# Some time before a slot. $date is such as "Thursday 26 November 2026".
alert-reminder-subject = Not ready for { $date }
# $lacks are the following messages, one a line.
alert-reminder-text =
    The next slot is { $slot }. It needs your attention:

    { $lacks }

    To see what the next slots will send:
        verdict calendar
alert-lacks-issue = No issue is ready for it.
alert-lacks-correction = { $slug } has errors. `verdict check` shows them.
alert-lacks-look =
    { $count ->
        [one] { $slug } has a warning. `verdict check` shows it.
       *[other] { $slug } has { $count } warnings. `verdict check` shows them.
    }
# $by is the name of who approved it.
alert-lacks-approval =
    { $why ->
        [changed] { $slug } has changed since { $by } approved it.
        [author] Only the author of { $slug }, { $by }, has approved it.
        [unknown] { $slug } doesn’t say who wrote it, so it can’t be approved. Add author = "NAME" to its file.
       *[missing] { $slug } isn’t approved.
    }
