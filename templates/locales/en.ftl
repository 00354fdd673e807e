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
