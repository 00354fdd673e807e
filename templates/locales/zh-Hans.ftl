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

duration-days = { $count } 天
duration-hours = { $count } 小时
duration-minutes = { $count } 分钟
duration-seconds = { $count } 秒

duration-pair = { $first } { $second }

## Lists

list-pair = { $first }和{ $second }
list-middle = { $list }、{ $item }
list-end = { $list }和{ $item }

two-sentences = { $first }{ $second }

## A comparison of two tools, in the mail, on its page and on the card

ship = 采用
skip = 不采用

versus = vs

sample = 示例：工具均为虚构

panel = 评审团

## The result, as a heading

result-wins = { $tool } 胜出
result-tie = 平局
result-split = 意见分歧
result-no-contest = 暂无结论

## The result, in sentences

result-all-would-ship-it = { $count ->
    [1] 唯一的一位评审会采用它。
   *[other] { $count } 位评审都会采用它。
}
result-some-would-ship-it = { $count } 位评审中有 { $ship } 位会采用它。
result-would-ship = { $ship ->
    [0] { $count ->
        [1] { $tool } 只有一位评审，不会采用它。
       *[other] { $count } 位中没有人会采用 { $tool }。
    }
   *[other] { $count ->
        [1] { $tool } 只有一位评审，会采用它。
       *[other] { $count } 位中有 { $ship } 位会采用 { $tool }。
    }
}
result-each = { $ship ->
    [0] { $count } 位评审中，没有人会采用任何一款。
   *[other] { $count } 位评审中，两款工具都有 { $ship } 位会采用。
}
result-only-one = { $ship ->
    [0] 评审团只评测了 { $tool }，没有人会采用它。
   *[other] 评审团只评测了 { $tool }：{ $count } 位中有 { $ship } 位会采用它。
}
result-neither = 评审团还没有评测这两款工具。

result-line = { $title }。{ $result }

result-in-short = { $first } · { $second }
result-short = { $tool }：{ $count } 位中有 { $ship } 位会采用
result-short-not-reviewed = { $tool }：未评测

different-panels = 并非每位评审都试用了两款工具。

pick-tool = { $against ->
    [panel] 编辑的选择：{ $tool }，与评审团不同。
   *[none] 编辑的选择：{ $tool }。
}
pick-tie = { $against ->
    [panel] 编辑的选择：平局，与评审团不同。
   *[none] 编辑的选择：平局。
}

## Reviewers

role-name = { $role ->
    [builder] 开发者
    [skeptic] 质疑者
    [futurist] 前瞻者
    [creator] 创作者
    [founder] 创始人
   *[other] { $role }
}
role = { role-name }
role-at-start = { role-name }

split-between = { $count ->
   *[other] { $roles }会采用 { $ship }，不会采用 { $skip }。
}
split-not-reviewed = 评审团中没有人评测 { $tool }。
split-only-reviewer = { $verdict ->
    [ship] 只有{ $role }评测了 { $tool }，会采用它。
   *[skip] 只有{ $role }评测了 { $tool }，不会采用它。
}
split-unanimous = { $verdict ->
    [ship] { $count ->
        [2] 两位评审都会采用 { $tool }。
       *[other] { $count } 位评审都会采用 { $tool }。
    }
   *[skip] { $count ->
        [2] 两位评审都不会采用 { $tool }。
       *[other] { $count } 位评审都不会采用 { $tool }。
    }
}
split-in-half = { $count ->
   *[other] 评审团对 { $tool } 的意见各占一半：{ $ship }会采用，{ $skip }不会采用。
}
split-minority = { $verdict ->
    [ship] { $count ->
       *[other] 只有{ $roles }会采用 { $tool }。
    }
   *[skip] { $count ->
       *[other] 只有{ $roles }不会采用 { $tool }。
    }
}

## The table of both tools' figures

winner = 胜出
row-panel = 评审团
row-community = 读者
row-price = 起步价
row-maker = 开发方
row-category = 类别

panel-figures = { $count } 位中有 { $ship } 位会采用
not-reviewed = 未评测
votes = { $count } 票
votes-too-few = 不足 5 票

price-free = 免费
price-paid = 付费
price-freemium = 基础版免费
price-trial = 免费试用
price-open-weights = 开放权重
price-open-source = 开源

## Below the table

facts = 要点
source = 来源：{ $site }
scorecard = 评审意见
quote = “{ $text }”

## Readers' votes

last-time = 上期：{ $title }。
last-time-too-few = 两款工具得到的投票都不足 5 票。
readers-would-ship = { $share } 的读者会采用 { $tool }（{ $count } 票）。
voting-closes = 投票截止日期为{ $date }。

sign-up = 下一篇对比，直接发到你的邮箱

## Mails to readers

mail-greeting = { $name }，你好：
mail-greeting-without-name = 你好：

mail-label = { $label }：
mail-labeled = { $label }：{ $value }

mail-read-online = 在网页上阅读
mail-vote = 你会怎么选？
mail-maker = 开发方：{ $maker }
mail-last-time-link = 再读一遍

mail-forwarded = 这封邮件是别人转发给你的？
mail-forwarded-text = 订阅后，下一篇对比会直接发到你的邮箱。

mail-why = 你收到这封邮件，是因为你用以下地址订阅了《{ $newsletter }》：
mail-unsubscribe = 退订
mail-settings-link = 暂停或更改设置

## The digest

mail-digest-subject-one = { $month }：{ $title }
mail-digest-subject = { $month }：{ $count } 篇对比
mail-digest-panel = { $tool }：评审团 { $panel }
mail-digest-panel-and-community = { $tool }：评审团 { $panel }，读者 { $community }

## The correction notice

mail-correction-subject = 更正：{ $title }
mail-correction-intro = 我们在 { $date } 发给您的“{ $title }”中有一处错误，特此致歉。以下是我们更正的内容：
mail-correction-before = 原文：{ $text }
mail-correction-now = 应为：{ $text }
mail-correction-removed = 此内容已删除。
mail-correction-button = 阅读更正后的对比

## The welcome mail, for readers who have just confirmed

mail-welcome-subject = 欢迎订阅《{ $newsletter }》
mail-welcome-title = 订阅成功
mail-welcome-thanks = 感谢订阅《{ $newsletter }》。每一期新内容都会发送到这个地址。
mail-welcome-latest = 在等待第一期时，先看看最新一期：

## Short mails, each with one purpose

mail-button-fallback = 如果按钮无法使用，请打开此链接：
mail-ignore = 如果不是你本人操作，请忽略这封邮件。
mail-ignore-unchanged = 如果不是你本人操作，请忽略这封邮件，一切不变。
mail-link-expires = 链接在 24 小时内有效。如果不是你本人操作，请忽略这封邮件，一切不变。

mail-confirm-subject = 请确认订阅《{ $newsletter }》
mail-confirm-preview = 确认后即可完成订阅。
mail-confirm-title = 确认订阅
mail-confirm-text = 我们收到了你订阅《{ $newsletter }》的申请。确认后即可开始接收。
mail-confirm-button = 确认
mail-confirm-ignore = 在你确认之前，我们不会发送其他邮件。如果不是你本人操作，请忽略这封邮件：我们会在 48 小时后删除你的地址，除非你以前订阅过。
mail-confirm-paused = 你已将订阅暂停至{ $date }。确认后暂停结束，你会重新收到每一期。
mail-confirm-digest = 你选择了月度汇总。确认后，你会重新收到每一期。

mail-resume-subject = 请确认重新接收每一期《{ $newsletter }》
mail-resume-preview = 确认后，你会收到下一期。
mail-resume-title = 重新接收每一期？
mail-resume-button = 接收每一期

mail-already-subject = 你已经订阅了《{ $newsletter }》
mail-already-preview = 你会收到每一期，没有任何更改。
mail-already-title = 你已经订阅了
mail-already-text = 我们收到了你订阅《{ $newsletter }》的申请，不过你已经在接收每一期了。
mail-already-spam = 如果没有收到我们的邮件，请查看垃圾邮件文件夹。

mail-settings-subject = 你的《{ $newsletter }》设置
mail-settings-preview = 链接在 24 小时内有效。
mail-settings-title = 你的设置
mail-settings-text = 你申请了《{ $newsletter }》的设置链接。
mail-settings-secret = 请不要告诉别人：拿到此链接的人都可以更改你的设置。
mail-settings-button = 打开设置
mail-settings-ignore = 链接在 24 小时内有效。如果不是你本人操作，请忽略这封邮件。

mail-address-subject = 请确认接收《{ $newsletter }》的新地址
mail-address-preview = 请确认这是你的地址。
mail-address-title = 确认新地址
mail-address-text = 你申请今后改用这个地址接收《{ $newsletter }》。请确认这是你的地址。
mail-address-button = 使用这个地址

mail-taken-subject = 你接收《{ $newsletter }》的地址未能更改
mail-taken-preview = 没有任何更改。
mail-taken-title = 无法更改你的地址
mail-taken-text = 你申请改用这个地址接收《{ $newsletter }》。这个地址以前订阅过，因此我们没有作任何更改。
mail-taken-help = 要用这个地址阅读，请用它订阅。要停止向另一个地址发送，请使用该地址收到的任意一封邮件中的退订链接。

mail-moved-subject = 你接收《{ $newsletter }》的地址已更改
mail-moved-preview = 如果不是你本人操作，请回复这封邮件。
mail-moved-title = 你的地址已更改
mail-moved-text = 从现在起，我们会把《{ $newsletter }》发送到你在设置中填写的新地址，不再发送到这个地址。
mail-moved-reply = 如果不是你更改的，请回复这封邮件。

mail-erase-subject = 请确认删除你在《{ $newsletter }》的数据
mail-erase-preview = 此操作无法撤销。
mail-erase-title = 删除你的全部数据？
mail-erase-text = 你申请删除《{ $newsletter }》保存的有关你的全部数据。删除后，你的订阅随之终止，且无法撤销。
mail-erase-button = 删除全部数据

## Pages that anyone can open

## The head and the foot of every page

page-skip = 跳到正文
page-links-main = 主导航
page-links-site = 站点链接
page-archive = 往期
page-subscribe = 订阅
page-all-comparisons = 全部对比
page-feed = 订阅源
subscribe-to = 订阅《{ $newsletter }》
page-email = 你的邮箱地址
page-honeypot = 请将此栏留空

## The home page

home-latest = 最新对比
home-latest-dated = 最新对比 · { $date }
read-comparison = 阅读这篇对比
home-earlier = 往期对比
no-comparisons-yet = 还没有对比。第一篇会在发送当天出现在这里。

## The archive

archive-order = 从新到旧
archive-search-long = 搜索内容太长。我们只用了前 { $words } 个词，每个词最多 { $characters } 个字符。
archive-nothing-found = 没有找到符合条件的对比。
archive-words = 工具或标题
archive-category = 类别
archive-every-category = 全部
archive-category-count = { $category }（{ $count }）
archive-search = 搜索
archive-year = { $year }年
archive-pages = 翻页
archive-newer = 较新
archive-older = 较早

## A comparison's page

table-caption = 两款工具对照表
matrix-caption = 每位评审的结论
comparison-more = 这两款工具的更多对比
comparison-all-of-tool = 所有包含 { $tool } 的对比
comparison-neighbors = 上一篇和下一篇对比
comparison-previous = 上一篇
comparison-next = 下一篇

## Corrections, at the foot of a comparison's page

corrections = 更正
corrections-intro = 以上是发送时的内容。编辑后来作了以下更改：
corrections-intro-revised = 部分读者收到的是此对比的较早版本。此后编辑做了以下更改：

correction-title = 标题
correction-question = 问题
correction-intro = 导语
correction-pick = 编辑的选择
correction-sample = 示例
correction-voting-closes = 投票截止日期
correction-name = { $tool }：名称
correction-maker = { $tool }：开发方
correction-category = { $tool }：类别
correction-tagline = { $tool }：简介
correction-price = { $tool }：起步价
correction-price-note = { $tool }：价格说明
correction-url = { $tool }：网站
correction-description = { $tool }：介绍
correction-fact = { $tool }：要点 { $number }
correction-fact-source = { $tool }：要点 { $number } 的来源
correction-verdict = { $tool }：结论（{ $role }）
correction-quote = { $tool }：评语（{ $role }）
correction-signed-verdict = { $sign } { $verdict }

## A tool's page

tool-line = { $category } · 开发方：{ $maker } · { $site }
tool-figures-from = 来自最新对比：{ $comparison }
tool-reviews = 评审怎么说
tool-comparisons = 相关对比

## Error pages

error-title = 出错了
not-found-title = 找不到页面
error-ours = 这是我们这边的问题，请过一分钟再试。
error-code = 如果一再出现，请联系我们并附上此代码：{ $code }
not-found-text = 请检查网址有没有输错。我们发送过的所有对比都可以在往期中找到。
error-busy = 当前访问人数过多，请稍后再试。

## The demo's inbox, which only people who try out Verdict see

inbox-title = 演示收件箱
inbox-count = { $count ->
    [0] 还没有邮件。请稍后刷新页面。
   *[other] { $count } 封邮件
}
inbox-next = 打开一封邮件并退订，然后发送下一期：其他人都会收到。
inbox-send = 发送“{ $title }”
inbox-all = 所有邮件
inbox-to = 收件人
inbox-from = 发件人
inbox-received = 接收时间
inbox-views = 邮件的查看方式
inbox-html = HTML
inbox-text = 纯文本
inbox-source = 源码
inbox-frame = HTML 格式的邮件
inbox-catcher = 这是演示用的邮件捕获器。
inbox-local = 这里的邮件都没有离开这台机器。
inbox-site = 前往网站

## Voting

vote-button = { $verdict ->
    [ship] 采用 { $tool }
   *[skip] 不采用 { $tool }
}
vote-question = { $verdict ->
    [ship] 采用 { $tool }？
   *[skip] 不采用 { $tool }？
}
vote-changed-mind = 点错了？{ $link }
vote-instead = { $verdict ->
    [ship] 改为采用 { $tool }
   *[skip] 改为不采用 { $tool }
}
vote-voted = { $verdict ->
    [ship] 你已投票：采用 { $tool }。
   *[skip] 你已投票：不采用 { $tool }。
}
vote-change = { $verdict ->
    [ship] 改为采用
   *[skip] 改为不采用
}
vote-other-tool = 那么 { $tool } 呢？
vote-until-then = 在此之前，你可以更改投票。
vote-closed = 投票已结束
vote-choose = 请选择采用或不采用。
vote-link-broken = 链接可能不完整。请从邮件中重新打开，或复制完整的链接。

## Joining, settings and leaving

link-broken = 此链接无效
check-inbox = 请查收邮件
subscribe-again = 重新订阅
subscribe-intro = 订阅后，下一篇对比会直接发到你的邮箱。
subscribe-button = 订阅
subscribe-name = 你的名字，用作邮件称呼（选填）
subscribe-time-zone = 你的时区（选填）
subscribe-no-time-zone = 不填写
subscribe-note = 我们会发一封邮件请你确认，在你确认之前不会发送其他邮件。每封邮件都可以一键退订。

once-more = 还差一步
once-more-quick = 表单在两秒内就提交了，像是程序所为。如果是你本人操作，请重新提交。
once-more-expired = 此表单已过期，请重新提交。
once-more-used = 此表单已用于另一个邮箱地址，请重新提交。
once-more-elsewhere = 此表单由另一个网站替你提交。请确认你要订阅。
once-more-many = 订阅请求比平时多，其中有些可能来自程序。如果是你本人操作，请重新提交。

subscribe-sent = 如果你的地址可以接收《{ $newsletter }》，我们已经向它发送了一封邮件。请在 48 小时内打开邮件中的链接，确认订阅。
subscribe-sent-nothing = 几分钟后还没有收到？请查看垃圾邮件文件夹，或{ $link }。同一地址每天只能收到几封这样的邮件：如果之前申请过，请使用已收到的链接。
subscribe-sent-try-again = 再试一次
subscribe-sent-back = 返回《{ $newsletter }》

subscribe-too-many = 来自你所在网络的订阅请求过多
subscribe-too-many-wait = { $minutes ->
   *[other] 请在 { $minutes } 分钟后再试。
}

confirm = 确认订阅
confirm-text = 确认后，我们会把《{ $newsletter }》发送到 { $address }。
confirm-button = 确认

confirmed = 订阅成功
confirmed-text = 从下一期开始，我们会把每一期《{ $newsletter }》发送到 { $address }。
confirmed-anew = 如果你之前暂停了订阅或选择了月度汇总，该设置现已取消。
confirmed-latest = 等待新一期时，先看看最新对比

confirm-link-broken = 链接可能已过期，或不完整。请尝试从邮件中复制完整的链接。
confirm-link-used = 如果你已经用它确认过，订阅就已生效，无需再做什么。否则，请{ $link }以获取新的链接。
confirm-link-again = 重新订阅

settings = 你的设置
settings-ask = 邮件可能会被转发，因此我们只会把设置链接发送到 { $address }。链接在 24 小时内有效。
settings-email-link = 把链接发到我的邮箱
settings-link-sent = 我们已将链接发送到 { $address }，24 小时内有效。
settings-links-enough = 链接已经发给你了
settings-links-enough-text = 今天我们已向 { $address } 发送了三次链接。请使用最新的一个，24 小时内有效。找不到？请查看垃圾邮件文件夹。你可以明天再获取新的链接。
settings-link-broken = 链接可能已过期、已使用或不完整。要获取新的链接，请点击我们任意一封邮件末尾的设置链接。

settings-saved = 已保存。
settings-of = { $address } 的设置
settings-not-subscribed = 你目前没有订阅。你可以随时{ $link }。
settings-name = 你的名字，用作邮件称呼
settings-frequency = 接收频率
settings-every = 每一期
settings-digest = 月度汇总
settings-pause = 暂停
settings-pause-none = 不暂停
settings-pause-until = 至{ $date }
settings-pause-end = 立即恢复
settings-pause-for = { $weeks ->
   *[other] { $weeks } 周
}
settings-save = 保存

move = 更改邮箱地址
move-text = 我们会向新地址发送链接。打开链接确认更改后，我们会通知你的旧地址。
move-email = 新的邮箱地址
move-button = 更改地址
move-asked = 请到新邮箱查收邮件
move-asked-text = 如果 { $address } 可以使用，我们已将链接发送过去。请在 24 小时内打开链接，确认新地址。之前发送到其他新地址的链接已失效。
move-asked-until = 在你确认之前，一切不变。同一地址每天只能收到几封这样的邮件。
move-too-often = 今天更改地址的次数过多
move-too-often-text = 每天最多可以尝试三个地址。没有任何更改，请明天再试。
move-confirm = 使用这个地址？
move-confirm-text = { $address } 将取代你在《{ $newsletter }》的旧地址。
move-confirm-button = 使用这个地址
moved = 地址已更改
moved-text = 从现在起，你接收《{ $newsletter }》的地址是 { $address }。我们会通知你的旧地址。

data = 你的数据
data-download = 下载我们保存的有关你的全部数据：{ $json } 或 { $csv }。
data-erase = 你也可以删除全部数据。我们会发邮件请你确认。
data-unsubscribe = 如果只是不想再收到邮件，请{ $link }。
data-unsubscribe-link = 退订
erase-button = 删除全部数据
erase-confirm = 删除全部数据？
erase-confirm-text = 我们会删除 { $address }、你的名字、你的设置以及邮件发送记录。你的订阅也会终止。此操作无法撤销。
erased = 全部数据已删除
erased-text = 我们不再保存有关你的任何数据，只保留一个代码，用来确保不再向你的地址发送邮件。

unsubscribe-from = 退订《{ $newsletter }》？
unsubscribe-text = 退订后，我们不会再向 { $address } 发送邮件。
unsubscribe-digest = 我们目前向 { $address } 发送月度汇总。退订后，将不再发送任何邮件。
unsubscribe-paused = 你已将订阅暂停至{ $date }，在此之前我们不会向 { $address } 发送邮件。你可以在{ $settings }中结束暂停。如果退订，之后也不会再发送邮件。
unsubscribe-settings = 你的设置
unsubscribe-why = 为什么退订？（选填）
unsubscribe-too-often = 邮件太多
unsubscribe-not-for-me = 内容与我无关
unsubscribe-not-good = 内容不够好
unsubscribe-never-joined = 我从未订阅
unsubscribe-own-words = 用自己的话说说
unsubscribe-button = 退订
unsubscribe-less = 或者少收一些邮件
unsubscribe-pause-for = { $weeks ->
   *[other] 暂停 { $weeks } 周
}
unsubscribe-to-digest = 改为月度汇总
unsubscribe-link-broken = 链接可能不完整。请重新点击我们任意一封邮件末尾的“退订”，或复制完整的链接。
unsubscribe-reply = 如果仍然不行，请回复我们的任意一封邮件，要求退订。

unsubscribed = 你已退订
unsubscribed-now = 我们已停止向 { $address } 发送《{ $newsletter }》。
unsubscribed-before = 我们没有向 { $address } 发送《{ $newsletter }》。
unsubscribed-thanks = 感谢你的阅读。你仍然可以{ $link }所有对比。
unsubscribed-archive = 在往期中阅读
unsubscribed-changed-mind = 改变主意了？{ $link }。
unsubscribed-not-yet = 退订还不到一小时，仍可在当时的页面上撤销。
unsubscribed-for-good = 彻底退订
unsubscribed-one-click = 你已退订。

subscription-ended = 此订阅已终止
subscription-ended-text = 我们不会再为此链接所属的订阅发送邮件。
subscription-ended-but = 仍然收到《{ $newsletter }》？说明你后来又订阅了。请使用最新一封邮件中的退订链接。

paused-until = 已暂停至{ $date }
paused-text = 在{ $date }之前（含当天），我们不会向 { $address } 发送《{ $newsletter }》。之后照常发送。
digest-chosen = 你将收到月度汇总
digest-chosen-text = 从现在起，我们每月一次把《{ $newsletter }》发送到 { $address }，一封邮件包含所有结论。

undo-button = 撤销
undo-ask = 撤销上次更改？
undo-ask-text = 我们会像更改之前一样，把《{ $newsletter }》发送到 { $address }。
undone = 已恢复原来的订阅
undone-paused = 已撤销
undo-subscribed = 你已订阅
undo-nothing = 没有可以撤销的更改：已经撤销过，已超过一小时，或者你后来又作了更改。

gets-every = 我们会把每一期《{ $newsletter }》发送到 { $address }。
gets-digest = 我们会把《{ $newsletter }》的月度汇总发送到 { $address }。
gets-after-pause = 《{ $newsletter }》已暂停至{ $date }，之后会继续发送到 { $address }。

## What is wrong with a form

wrong-email-empty = 请输入邮箱地址。
wrong-email-invisible = 这不像是邮箱地址：其中有不可见的字符。请手动输入，不要粘贴。
wrong-email-space = 这不像是邮箱地址：其中有空格。
wrong-email-long = 这个邮箱地址太长了。
wrong-email-bare = 请只输入邮箱地址，不要带名字或括号。
wrong-email-no-at = 这不像是邮箱地址：缺少 @。
wrong-email-ats = 这不像是邮箱地址：有多个 @。
wrong-email-no-local = 这不像是邮箱地址：@ 前面没有内容。
wrong-email-local = 这不像是邮箱地址。请检查 @ 前面的部分。
wrong-email-no-domain = 这不像是邮箱地址：@ 后面没有内容。
wrong-email-domain = 这不像是邮箱地址。请检查 @ 后面的部分。
wrong-email-no-dot = 这不像是邮箱地址：@ 后面的部分没有像“example.com”那样的点。
wrong-email-ip = 我们无法向 IP 地址发送邮件。请使用带域名的邮箱地址，例如“example.com”。
wrong-email-disposable = 我们不向一次性邮箱（例如 { $domain } 的地址）发送邮件。
wrong-email-shared = { $local }@ 可能由多人共用。请使用你自己的地址。
wrong-name-lines = 名字只能占一行。
wrong-name-long = { $most ->
   *[other] 名字最多 { $most } 个字符。
}
wrong-time-zone = 无法识别这个时区。请从列表中选择。

form-not-read = 表单没有送达
form-not-read-text = 表单太大、不完整，或者发送时间过长。请返回并重新提交。

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
    { $slot }这一期在 { $late }之后才被发现，超过了 schedule.max_delay 允许的时间，因此什么也没有发送。

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

    每月只想收一封邮件的读者没有收到这个月的内容。所有对比都可以在网站的往期中找到。下一次月度汇总会随当月的第一期发送。
alert-digest-without-slot-text =
    { $month }的月度汇总随下个月的第一期发送，但你的计划在那个月没有安排发送，因此月度汇总没有发送。

    每月只想收一封邮件的读者没有收到这个月的内容。所有对比都可以在网站的往期中找到。下一次月度汇总会随当月的第一期发送。

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

alert-unapproved-subject = { $slug } 没有发送：缺少批准
alert-unapproved-text =
    { $slot }这一期轮到 { $slug }，但它还不能发送。 { $why }

    按现在的内容批准它：
        verdict approve { $slug } --as NAME

    然后立即发送它：
        verdict send { $slug }

alert-preflight-subject = 发送前的检查发现了问题
alert-preflight-text =
    发送这一期之前，Verdict 检查了发件人、邮件服务器和网页，发现了下面的问题，但仍然发送了这一期：邮件可能无法送达，或者读者可能无法退订。

    再次检查：
        verdict doctor
alert-held-subject = { $date } 的这一期尚未发送
alert-held-text =
    已到 { $slot } 的发送时间，但 Verdict 没有发送任何邮件：对发件人、邮件服务器和网页的检查发现了下面的问题。它每隔几分钟重新检查一次，如果一切及时恢复正常，就会发送这一期。

    立即检查：
        verdict doctor

alert-reminder-subject = { $date }的稿件还没有准备好
alert-reminder-text =
    下一期是{ $slot }，请留意：

    { $lacks }

    查看接下来会发送什么：
        verdict calendar
alert-lacks-issue = 没有准备好的稿件。
alert-lacks-correction = { $slug } 有错误，可用 `verdict check` 查看。
alert-lacks-look =
    { $count ->
       *[other] { $slug } 有 { $count } 条警告，可用 `verdict check` 查看。
    }
alert-lacks-approval =
    { $why ->
        [changed] { $by } 批准之后，{ $slug } 又有改动。
        [author] { $slug } 只有作者 { $by } 自己批准过。
        [unknown] { $slug } 没有写明作者，因此无法批准。请在文件中加上 author = "姓名"。
       *[missing] { $slug } 尚未批准。
    }
