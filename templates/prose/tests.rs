use super::*;
use crate::locale::Locale;

fn html(source: &str) -> String {
    Prose::parse(source)
        .0
        .to_html(&Locale::default())
        .into_string()
}

fn text(source: &str) -> String {
    Prose::parse(source).0.to_text(40)
}

#[test]
fn the_subset_becomes_html() {
    let cases = [
        ("One\ntwo\n\nthree", "<p>One two</p><p>three</p>"),
        (
            "*a* **b** _c_",
            "<p><em>a</em> <strong>b</strong> <em>c</em></p>",
        ),
        ("a  \nb", "<p>a<br>b</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>"),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        (
            "[a & b](https://example.com/?x=1&y=\"2\")",
            "<p><a href=\"https://example.com/?x=1&amp;y=%222%22\">a &amp; b</a></p>",
        ),
        (
            "<ada@example.com>",
            "<p><a href=\"mailto:ada@example.com\">ada@example.com</a></p>",
        ),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("", ""),
        (" \n\n ", ""),
    ];
    for (source, want) in cases {
        let (prose, dropped) = Prose::parse(source);
        assert_eq!(
            prose.to_html(&Locale::default()).into_string(),
            want,
            "{source:?}"
        );
        assert_eq!(dropped, [], "{source:?}");
        assert_eq!(prose.is_empty(), want.is_empty(), "{source:?}");
    }
}

#[test]
fn the_subset_becomes_text() {
    let cases = [
        (
            "*a* **b** [c](https://example.com)",
            "_a_ *b* c (https://example.com/)",
        ),
        (
            "<https://example.com> <ada@example.com>",
            "https://example.com ada@example.com",
        ),
        (
            "one two three four five six seven eight nine ten",
            "one two three four five six seven eight\nnine ten",
        ),
        (
            "9. one two three four five six seven eight\n10. b\n    - c",
            "9. one two three four five six seven\n   eight\n10. b\n    - c",
        ),
        ("a  \nb\n\nc", "a\nb\n\nc"),
    ];
    for (source, want) in cases {
        assert_eq!(text(source), want, "{source:?}");
    }
}

#[test]
fn what_the_subset_lacks_is_named_where_it_stands_and_its_text_kept() {
    let cases = [
        ("a\n\n# b", "# b", "heading", "a\n\nb"),
        (
            "a ![b](https://example.com/b.png) c",
            "![b](https://example.com/b.png)",
            "image",
            "a b c",
        ),
        ("a `b<c` d", "`b<c`", "inline code", "a b<c d"),
        (
            "```\na\n\n  b\n```",
            "```\na\n\n  b\n```",
            "code block",
            "a\n\nb",
        ),
        ("a <b>c", "<b>", "raw HTML", "a <b>c"),
        (
            "<div>\na\n</div>",
            "<div>\na\n</div>",
            "raw HTML",
            "<div>\na\n</div>",
        ),
        (
            "|a|b|\n|-|-|\n|c|d|",
            "|a|b|\n|-|-|\n|c|d|",
            "table",
            "a | b\n\nc | d",
        ),
        ("> a", "> a", "block quote", "a"),
        ("a\n\n---\n\nb", "---", "horizontal rule", "a\n\nb"),
        ("a ~~b~~ c", "~~b~~", "strikethrough", "a b c"),
        (
            "[a](javascript:b)",
            "[a](javascript:b)",
            "link that is not http, https or mailto",
            "a",
        ),
        (
            "[a](/b)",
            "[a](/b)",
            "link that is not http, https or mailto",
            "a",
        ),
        (
            "[a](https://)",
            "[a](https://)",
            "link that leads nowhere",
            "a",
        ),
        (
            "[a](https:///example.com)",
            "[a](https:///example.com)",
            "link that is not a web address",
            "a",
        ),
        (
            "[a](https://example.com\\\\@example.net)",
            "[a](https://example.com\\\\@example.net)",
            "link that is not a web address",
            "a",
        ),
        (
            "[a](https://example.com:port)",
            "[a](https://example.com:port)",
            "link that is not a web address",
            "a",
        ),
        (
            "[a](https://ada@example.com)",
            "[a](https://ada@example.com)",
            "link with a user name or a password",
            "a",
        ),
        ("a &#2; b", "&#2;", "control character", "a b"),
    ];
    for (source, slice, what, kept) in cases {
        let (prose, dropped) = Prose::parse(source);
        let first = dropped.first().expect(source);
        assert_eq!(source[first.range.clone()].trim_end(), slice, "{source:?}");
        assert_eq!(first.what, what, "{source:?}");
        assert_eq!(prose.to_text(40), kept, "{source:?}");
    }
}

#[test]
fn a_stored_link_is_checked_again() {
    let stored =
        |url: &str| format!(r#"[{{"paragraph":[{{"link":{{"url":"{url}","content":[]}}}}]}}]"#);
    assert!(serde_json::from_str::<Prose>(&stored("https://example.com")).is_ok());
    for url in [
        "javascript:alert(1)",
        "JaVaScRiPt:a",
        " https://a",
        "data:text/html,a",
        "",
        "https://a b",
    ] {
        assert!(
            serde_json::from_str::<Prose>(&stored(url)).is_err(),
            "{url:?}"
        );
    }
}

#[test]
fn nesting_without_end_is_flattened() {
    for unit in ["> ", "- ", "1. ", "*a ", "**a ", "[", "![", "- > "] {
        let source = format!("{}x", unit.repeat(5_000));
        let (prose, _) = Prose::parse(&source);
        assert!(
            prose
                .to_html(&Locale::default())
                .into_string()
                .contains('x'),
            "{unit:?}"
        );
        let stored = serde_json::to_string(&prose).unwrap();
        assert_eq!(
            serde_json::from_str::<Prose>(&stored).unwrap(),
            prose,
            "{unit:?}"
        );
    }
    let mut list = String::new();
    for depth in 0..40 {
        list.push_str(&format!("{}- {depth}\n", "  ".repeat(depth)));
    }
    let (prose, dropped) = Prose::parse(&list);
    assert!((0..40).all(|depth| prose.to_text(72).contains(&depth.to_string())));
    assert!(dropped.iter().all(|one| one.what == "nesting this deep") && !dropped.is_empty());
}

/// Markdown and HTML at their nastiest, to be put together in every order.
const FRAGMENTS: [&str; 25] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "-->",
    "<a href='",
    "[a](",
    "javascript:alert(1)",
    "https://example.com/\"onclick=\"x",
    ")",
    "](data:text/html,x)",
    "![",
    "*",
    "**",
    "`",
    "```\n",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "# ",
    "|a|\n|-|\n",
    "&lt;b&gt;",
    "&#2;&#3;&#x1b;",
    "\u{2}address\u{3}",
];

#[test]
fn nothing_but_the_subset_comes_out_whatever_goes_in() {
    for a in FRAGMENTS {
        for b in FRAGMENTS {
            for c in FRAGMENTS {
                let source = format!("{a}{b}{c}");
                assert_harmless(&html(&source), &source);
                assert!(
                    !text(&source).contains(|c: char| c.is_control() && c != '\n'),
                    "{source:?}"
                );
            }
        }
    }
}

fn assert_harmless(html: &str, source: &str) {
    const TAGS: [&str; 9] = ["p", "br", "em", "strong", "ul", "ol", "li", "a", "ol start"];
    assert!(
        !html.contains(char::is_control),
        "{source:?} became {html:?}"
    );
    for tag in html.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').expect("an unescaped <");
        assert!(!text.contains('>'), "an unescaped > in {html:?}");
        let (name, value) = match tag.split_once("=\"") {
            None => (tag.trim_start_matches('/'), ""),
            Some((name, value)) => (name, value.strip_suffix('"').expect("an open attribute")),
        };
        assert!(!value.contains('"'), "a second attribute in {html:?}");
        match name {
            "a href" => {
                let schemes = ["http://", "https://", "mailto:"];
                assert!(
                    schemes.iter().any(|scheme| value.starts_with(scheme)),
                    "{html:?}"
                );
            }
            name => assert!(TAGS.contains(&name), "{source:?} became {html:?}"),
        }
    }
}

#[test]
fn english_blocks_in_an_arabic_newsletter_end_at_their_right() {
    let source = "قال: Tea.\n\nTea is *good*.\n\n- شاي\n- Tea.\n\n1. Tea.\n2. Coffee.\n";
    let prose = Prose::parse(source).0;
    let arabic = Locale::new("ar", &[]).0;
    assert_eq!(
        prose.to_html(&arabic).into_string(),
        "<p>قال: Tea.</p><p dir=\"ltr\">Tea is <em>good</em>.</p>\
         <ul><li>شاي</li><li><span dir=\"ltr\">Tea.</span></li></ul>\
         <ol dir=\"ltr\"><li><span dir=\"ltr\">Tea.</span></li><li><span dir=\"ltr\">Coffee.</span></li></ol>"
    );
    assert!(!html("Tea.\n\n- Tea\n").contains("dir="));
}
