//! What a locale writes, from our catalogues and from an operator's.

use chrono::{DateTime, NaiveDate, TimeDelta};
use maud::html;

use super::*;

fn locale(tag: &str) -> Locale {
    let (locale, warnings) = Locale::new(tag, &[]);
    assert_eq!(warnings, [], "{tag}");
    locale
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 2).unwrap()
}

#[test]
fn dates_and_numbers_are_written_as_the_language_does() {
    let moment = DateTime::parse_from_rfc3339("2026-06-02T09:00:00+02:00").unwrap();
    for (tag, said) in [
        (
            "en",
            [
                "2 June 2026",
                "Tuesday 2 June 2026",
                "Tuesday 2 June 2026, 09:00 (UTC+02:00)",
                "June 2026",
                "12,345",
                "62%",
            ],
        ),
        (
            "de-AT",
            [
                "2. Juni 2026",
                "Dienstag, 2. Juni 2026",
                "Dienstag, 2. Juni 2026, 09:00 Uhr (UTC+02:00)",
                "Juni 2026",
                "12.345",
                "62\u{a0}%",
            ],
        ),
        (
            "fr",
            [
                "2 juin 2026",
                "mardi 2 juin 2026",
                "mardi 2 juin 2026 à 09:00 (UTC+02:00)",
                "juin 2026",
                "12\u{202f}345",
                "62\u{202f}%",
            ],
        ),
        (
            "es",
            [
                "2 de junio de 2026",
                "martes 2 de junio de 2026",
                "martes 2 de junio de 2026, 09:00 (UTC+02:00)",
                "junio de 2026",
                "12.345",
                "62\u{a0}%",
            ],
        ),
        (
            "pt",
            [
                "2 de junho de 2026",
                "terça-feira, 2 de junho de 2026",
                "terça-feira, 2 de junho de 2026, 09:00 (UTC+02:00)",
                "junho de 2026",
                "12.345",
                "62%",
            ],
        ),
        (
            "it",
            [
                "2 giugno 2026",
                "martedì 2 giugno 2026",
                "martedì 2 giugno 2026, 09:00 (UTC+02:00)",
                "giugno 2026",
                "12.345",
                "62%",
            ],
        ),
        (
            "nl",
            [
                "2 juni 2026",
                "dinsdag 2 juni 2026",
                "dinsdag 2 juni 2026, 09:00 uur (UTC+02:00)",
                "juni 2026",
                "12.345",
                "62%",
            ],
        ),
        (
            "pl",
            [
                "2 czerwca 2026",
                "wtorek, 2 czerwca 2026",
                "wtorek, 2 czerwca 2026, 09:00 (UTC+02:00)",
                "czerwiec 2026",
                "12\u{a0}345",
                "62%",
            ],
        ),
        (
            "ja",
            [
                "2026年6月2日",
                "2026年6月2日\u{ff08}火曜日\u{ff09}",
                "2026年6月2日\u{ff08}火曜日\u{ff09}09:00\u{ff08}UTC+02:00\u{ff09}",
                "2026年6月",
                "12,345",
                "62%",
            ],
        ),
        (
            "zh-CN",
            [
                "2026年6月2日",
                "2026年6月2日星期二",
                "2026年6月2日星期二 09:00\u{ff08}UTC+02:00\u{ff09}",
                "2026年6月",
                "12,345",
                "62%",
            ],
        ),
        (
            "ar",
            [
                "٢ يونيو ٢٠٢٦",
                "الثلاثاء ٢ يونيو ٢٠٢٦",
                "الثلاثاء ٢ يونيو ٢٠٢٦، ٠٩:٠٠ (UTC+02:00)",
                "يونيو ٢٠٢٦",
                "١٢٬٣٤٥",
                "٦٢٪",
            ],
        ),
    ] {
        let locale = locale(tag);
        let written = [
            locale.date(day()),
            locale.weekday_and_date(day()),
            locale.date_and_time(moment),
            locale.month(day()),
            locale.number(12_345),
            locale.percent(62),
        ];
        assert_eq!(written, said, "{tag}");
    }
}

#[test]
fn a_list_has_its_conjunction_before_the_last_item() {
    let english = Locale::default();
    for (items, said) in [
        (&[][..], ""),
        (&["the builder"], "the builder"),
        (
            &["the builder", "the skeptic"],
            "the builder and the skeptic",
        ),
        (&["a", "b", "c", "d"], "a, b, c and d"),
    ] {
        assert_eq!(
            english
                .list(items.iter().map(|one| Message::from(*one)).collect())
                .as_str(),
            said
        );
    }
    for (tag, said) in [("de", "a, b und c"), ("ja", "a、b、c"), ("ar", "a وb وc")] {
        assert_eq!(
            locale(tag)
                .list(["a", "b", "c"].map(Message::from).into())
                .as_str(),
            said
        );
    }
}

#[test]
fn lengths_of_time_read_well() {
    let english = Locale::default();
    let said = [0, 1, 61, 3_600, 7_384, 200_000].map(|s| english.duration(TimeDelta::seconds(s)));
    let want = [
        "0 seconds",
        "1 second",
        "1 minute 1 second",
        "1 hour",
        "2 hours 3 minutes",
        "2 days 7 hours",
    ];
    assert_eq!(said, want);
}

#[test]
fn html_escapes_and_isolates_texts_but_not_markup() {
    let english = "list-pair = <{ $first }> & { $second }\npercent = { $number }%";
    let (locale, warnings) = Locale::new("en", &[("en", english)]);
    assert_eq!(warnings, []);
    let link = html! { a href="/x" { "x & y" } };
    assert_eq!(
        locale
            .html("list-pair", args![first = "<b>", second = link])
            .0,
        "&lt;&lt;b&gt;&gt; &amp; <a href=\"/x\">x &amp; y</a>"
    );
    assert_eq!(
        locale.text("list-pair", args![first = "<b>", second = "c"]),
        "<<b>> & c"
    );
    assert_eq!(locale.html("percent", args![number = 62_i64]).0, "62%");
    for forged in ["\u{fdd2}<b>", "\u{fdd2}\u{fdd2}<b>", "\u{fdd0}\u{fdd2}<b>"] {
        let pair = locale.html("list-pair", args![first = forged, second = forged]);
        assert!(!pair.0.contains("<b>"), "{}", pair.0);
    }
}

#[test]
fn a_text_is_isolated_and_has_its_own_direction_if_it_runs_against_the_language() {
    let (english, arabic) = (Locale::default(), Locale::new("ar", &[]).0);
    for (text, in_english, in_arabic) in [
        ("Llama <4>", "Llama &lt;4&gt;", "<bdi>Llama &lt;4&gt;</bdi>"),
        ("لاما 4", "<bdi>لاما 4</bdi>", "<bdi>لاما 4</bdi>"),
        (
            "Llama أم Axolotl؟",
            "<bdi dir=\"ltr\">Llama أم Axolotl؟</bdi>",
            "<bdi dir=\"rtl\">Llama أم Axolotl؟</bdi>",
        ),
        ("75%", "75%", "<bdi dir=\"rtl\">75%</bdi>"),
    ] {
        assert_eq!(english.isolate(text).0, in_english);
        assert_eq!(arabic.isolate(text).0, in_arabic);
    }
    for (text, in_english, in_arabic) in [
        ("Which one?", None, Some("ltr")),
        ("أيهما؟", Some("rtl"), None),
        ("Llama أم Axolotl؟", None, None),
        ("4.5", None, None),
    ] {
        assert_eq!(english.direction_of(text), in_english, "{text}");
        assert_eq!(arabic.direction_of(text), in_arabic, "{text}");
    }
    let marked = || html! { b { "Tea" } };
    assert_eq!(english.directed("Tea", marked()).0, "<b>Tea</b>");
    assert_eq!(
        arabic.directed("Tea", marked()).0,
        "<span dir=\"ltr\"><b>Tea</b></span>"
    );
}

#[test]
fn an_operators_catalogue_replaces_single_messages() {
    let own = "weekday = tag\nduration-days = { $count } d\n";
    let (german, warnings) = Locale::new("de-AT", &[("de", own)]);
    assert_eq!(warnings, []);
    assert_eq!(german.lang(), "de-AT");
    assert_eq!(german.weekday_and_date(day()), "tag, 2. Juni 2026");
    let both = [("de", own), ("de-AT", "month-in-date = Juno")];
    let (austrian, warnings) = Locale::new("de-AT", &both);
    assert_eq!(warnings, []);
    assert_eq!(austrian.weekday_and_date(day()), "tag, 2. Juno 2026");
    assert_ne!(austrian, german);
    assert_eq!(german, Locale::new("de-AT", &[("de", own)]).0);
}

#[test]
fn an_operators_catalogue_comes_before_ours_of_a_nearer_tag() {
    for (language, tag) in [("pt-BR", "pt"), ("zh-Hans", "zh"), ("de", "de-CH")] {
        let (locale, warnings) = Locale::new(language, &[(tag, "two-sentences = x")]);
        assert_eq!(warnings, []);
        let two = locale.sentences(["a", "b"].map(Message::from));
        assert_eq!(two.as_str(), "x", "{language}");
    }
}

#[test]
fn an_operators_catalogue_adds_a_language() {
    let czech = "duration-days = { $count ->\n    [one] den\n    [few] { $count } dny\n   *[other] { $count } dní\n}\n";
    let (czech, warnings) = Locale::new("cs-CZ", &[("cs", czech)]);
    assert_eq!(warnings, []);
    let days = |days| czech.duration(TimeDelta::days(days));
    assert_eq!([days(1), days(3), days(5)], ["den", "3 dny", "5 dní"]);
    assert_eq!(
        czech.date(day()),
        "2 June 2026",
        "English where it lacks a message"
    );
    let (hebrew, warnings) = Locale::new("he", &[]);
    assert_eq!(warnings, [Warning::NoCatalogue]);
    assert_eq!((hebrew.lang(), hebrew.direction()), ("he", "rtl"));
    assert_eq!(hebrew.date(day()), "2 June 2026");
}

#[test]
fn plurals_are_those_of_the_language() {
    let days = |tag: &str, days: &[i64]| -> Vec<String> {
        let locale = locale(tag);
        let days = days
            .iter()
            .map(|days| locale.duration(TimeDelta::days(*days)));
        days.collect()
    };
    assert_eq!(
        days("pl", &[1, 2, 5, 22]),
        ["1 dzień", "2 dni", "5 dni", "22 dni"]
    );
    assert_eq!(days("fr", &[1, 2]), ["1 jour", "2 jours"]);
    assert_eq!(
        days("ar", &[1, 2, 3, 11, 100]),
        ["يوم واحد", "يومان", "٣ أيام", "١١ يومًا", "١٠٠ يوم"]
    );
    assert_eq!(days("ja", &[1, 2]), ["1日", "2日"]);
}

#[test]
fn mistakes_in_an_operators_catalogue_are_found_and_have_ours_in_their_place() {
    let own = "percnt = %\npercent = { $numer } %\ndate = { $day\nmonth-and-year = { mont } { $year }\nweekday = { -day } { NUMBER($weekday) }\n-term = x\n";
    let (german, warnings) = Locale::new("de", &[("fr", ""), ("de", own)]);
    let found: Vec<_> = warnings
        .iter()
        .map(|warning| match warning {
            Warning::Mistake(1, Mistake { kind, span }) => (&own[span.clone()], kind.clone()),
            Warning::OtherLanguage(0) => ("", MistakeKind::Syntax(String::new())),
            other => panic!("{other:?}"),
        })
        .collect();
    let known = |name: &str| vec![name.to_owned()];
    let unknown = |name: &str| MistakeKind::UnknownReference(name.to_owned());
    assert_eq!(found[0].0, "");
    assert_eq!(
        found[1],
        ("percnt", MistakeKind::UnknownMessage("percnt".to_owned()))
    );
    let variable = MistakeKind::UnknownVariable {
        name: "numer".to_owned(),
        known: known("number"),
    };
    assert_eq!(found[2], ("numer", variable));
    assert!(matches!(found[3].1, MistakeKind::Syntax(_)), "{found:?}");
    let [mont, term, function] = ["mont", "day", "NUMBER"].map(|name| (name, unknown(name)));
    assert_eq!(found[4..], [mont, term, function]);
    assert_eq!(german.percent(62), "62\u{a0}%");
    assert_eq!(german.date(day()), "2. Juni 2026");
    assert_eq!(german.month(day()), "Juni 2026");
    assert_eq!(german.weekday_and_date(day()), "Dienstag, 2. Juni 2026");
}
