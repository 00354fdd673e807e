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
    [0] None of { $count } would ship { $tool }.
   *[other] { $ship } of { $count } would ship { $tool }.
}
# Both tools have the same figures.
result-each = { $ship ->
    [0] None of { $count } reviewers would ship either.
   *[other] { $ship } of { $count } reviewers would ship each.
}
result-only-one = The panel reviewed only { $tool }: { $ship } of { $count } would ship it.
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
role = the { $role }
# At the beginning of a sentence
role-at-start = The { $role }

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

## Readers' votes

# $title is the previous comparison's. How readers voted follows.
last-time = Last time: { $title }.
last-time-too-few = Fewer than five of you voted on either.
# $share is such as "62%", of $count votes.
readers-would-ship = { $count ->
    [one] { $share } of you would ship { $tool } ({ $count } vote).
   *[other] { $share } of you would ship { $tool } ({ $count } votes).
}
voting-closes = Voting closes on { $date }.

# The invitation to subscribe, as a heading
sign-up = Get the next comparison in your inbox

## Mails to readers

## Pages that anyone can open

## Voting

## Joining, settings and leaving

## What is wrong with a form

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
