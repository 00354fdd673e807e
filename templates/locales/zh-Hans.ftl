### 简体中文。称读者和编辑为“你”。

## Numbers

number-1234 = 1,234
number-12345 = 12,345

percent = { $number }%

## Dates

date = { $year }年{ month-in-date }{ $day }日

month-in-date = { $month }月

weekday = { $weekday ->
    [1] 星期一
    [2] 星期二
    [3] 星期三
    [4] 星期四
    [5] 星期五
    [6] 星期六
   *[7] 星期日
}

weekday-and-date = { date }{ weekday }

date-and-time = { weekday-and-date } { $time }（{ $zone }）

month-and-year = { $year }年{ month-in-date }

## Lengths of time

duration-days = { $count }天
duration-hours = { $count }小时
duration-minutes = { $count }分钟
duration-seconds = { $count }秒

duration-pair = { $first }{ $second }

## Lists

list-pair = { $first }和{ $second }
list-middle = { $list }、{ $item }
list-end = { $list }和{ $item }

## Alerts

alert-empty-subject = { $date }没有可发送的内容
alert-empty-text =
    { $slot }这一期没有准备好的稿件，因此什么也没有发送。

    到时会发送状态为“ready”且 send_on 是当天的稿件；如果没有，就发送一篇已准备好且没有 send_on 的稿件。

    查看接下来会发送什么：
        verdict calendar

    立即发送一篇稿件：
        verdict send SLUG

alert-no-readers-subject = { $date }没有收件人
alert-no-readers-text =
    { $slot }这一期的 { $slug } 已经准备好，但名单上还没有确认订阅的读者，因此什么也没有发送。这篇稿件会留到下一期。

    查看名单上有谁：
        verdict subscribers list

alert-missed-subject = 错过了{ $date }这一期
alert-missed-text =
    { $slot }这一期在{ $late }之后才被发现，超过了 schedule.max_delay 允许的时间，因此什么也没有发送。

    这是因为 Verdict 当时没有运行。稿件没有被用掉：没有 send_on 的稿件会在下一期发送，send_on 已过的稿件需要新的日期。

    立即发送一篇稿件：
        verdict send SLUG

alert-missed-several-subject = { $exact ->
    [yes] 错过了 { $count } 期，最后一期是{ $date }
   *[no] 错过了超过 { $count } 期，最后一期是{ $date }
}
alert-missed-several-text =
    { $exact ->
        [yes] 有 { $count } 期什么也没有发送，因为 Verdict 发现得太晚，超过了 schedule.max_delay 允许的时间。
       *[no] 有超过 { $count } 期什么也没有发送，因为 Verdict 发现得太晚，超过了 schedule.max_delay 允许的时间。
    }

    第一期：{ $first }
    最后一期：{ $last }

    这是因为 Verdict 当时没有运行，或者机器的时钟不对。稿件没有被用掉：没有 send_on 的稿件会在下一期发送，send_on 已过的稿件需要新的日期。

    查看接下来会发送什么：
        verdict calendar

    立即发送一篇稿件：
        verdict send SLUG

alert-clock-subject = 时钟错误，过早处理了几期发送
alert-clock-text =
    { $several ->
        [yes] Verdict 在一台时钟偏快的机器上运行，把从{ $first }到{ $last }的各期当成了错过或没有内容。
       *[no] Verdict 在一台时钟偏快的机器上运行，把{ $first }这一期当成了错过或没有内容。
    }时钟已经恢复正常，之前的处理不再算数：到时 Verdict 会重新决定。

    请忽略之前关于这些时间错过或没有内容的邮件，并检查机器是否通过网络校准时钟。

    查看接下来会发送什么：
        verdict calendar

alert-digest-late-subject = { $month }的月度汇总延迟了
alert-digest-late-text =
    { $month }的月度汇总本应随{ $due }这一期发送，但 Verdict 错过了它，超过了 schedule.max_delay 允许的时间。

    现在它随{ $slot }这一期发送给每月只想收一封邮件的读者。

alert-digest-lost-subject = { $month }的月度汇总没有发送
alert-digest-lost-text =
    { $month }的月度汇总本应随{ $due }这一期发送。Verdict 错过了这一期以及当月的其他各期，超过了 schedule.max_delay 允许的时间，因此月度汇总没有发送。

    每月只想收一封邮件的读者没有收到这个月的内容。所有对比都可以在网站的存档中找到。下一次月度汇总会随当月的第一期发送。
alert-digest-without-slot-text =
    { $month }的月度汇总随下个月的第一期发送，但你的计划在那个月没有安排发送，因此月度汇总没有发送。

    每月只想收一封邮件的读者没有收到这个月的内容。所有对比都可以在网站的存档中找到。下一次月度汇总会随当月的第一期发送。

alert-paused-subject = { $slug } 已暂停发送
alert-paused-text =
    Verdict 停止了 { $slug } 的发送。原因：
    { "    " }{ $reason }

    已经收到的读者不会再次收到。排除原因后，用下面的命令继续：
        verdict resume { $slug }

    发送给在此之前被邮件服务器拒绝的读者：
        verdict resend { $slug } --refused

    处理不确定是否已收到的读者：
        verdict settle { $slug }

alert-sign-ups-subject = 订阅人数异常增多
alert-sign-ups-text =
    一小时内订阅表单被使用了 { $count } 次，可能还会更多。

    没有阻止任何订阅。每位读者仍需确认，每个地址和每个网络能收到的邮件也有上限。如果你的通讯最近没有受到关注，可能有人在滥用表单。

    查看有谁订阅：
        verdict subscribers list --consent pending

    上限可以在 verdict.toml 的 [join] 中修改。

alert-findings-subject = { $slug } 有错误
alert-findings-text =
    这一期略过了 { $slug }，因为它有错误：

alert-overdue-subject = { $slug } 已过发送日期
alert-overdue-text =
    { $slug } 的日期是{ $date }，但当天没有任何一期发送它。

    没有你的指示，Verdict 不会延后发送：请修改或删除它的 send_on。
