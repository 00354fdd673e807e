//! Prose. No markup of the source may reach the HTML, and the stored JSON must read back the same.

use templates::locale::Locale;
use templates::prose::Prose;

/// All elements that have an end tag.
const ELEMENTS: [&str; 8] = ["p", "ul", "ol", "li", "em", "strong", "span", "a"];
/// Without the `&`.
const ENTITIES: [&str; 4] = ["amp;", "lt;", "gt;", "quot;"];
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

pub(crate) fn run(data: &[u8]) {
    let Ok(source) = std::str::from_utf8(data) else {
        return;
    };
    let (prose, dropped) = Prose::parse(source);
    let mut last = 0;
    for piece in dropped {
        assert!(source.get(piece.range.clone()).is_some(), "{piece:?}");
        assert!(last <= piece.range.start, "{piece:?}");
        last = piece.range.start;
    }
    let kept = serde_json::to_string(&prose).expect("prose as JSON");
    let read: Prose = serde_json::from_str(&kept).expect("prose that was kept");
    assert_eq!(read, prose);
    is_ours(&prose.to_html(&Locale::default()).into_string());
    for width in [0, 20, 72] {
        prose.to_text(width);
    }
}

/// Panics if the HTML contains anything that the renderer never writes.
fn is_ours(html: &str) {
    let mut open = Vec::new();
    for (number, piece) in html.split('<').enumerate() {
        let text = match piece.split_once('>') {
            Some((tag, text)) if number > 0 => {
                element(tag, &mut open);
                text
            }
            _ => piece,
        };
        assert!(number == 0 || piece.contains('>'), "{html}");
        is_escaped(text);
    }
    assert!(open.is_empty(), "{html}");
}

fn element<'t>(tag: &'t str, open: &mut Vec<&'t str>) {
    if let Some(name) = tag.strip_prefix('/') {
        assert_eq!(open.pop(), Some(name));
        return;
    }
    let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    while let Some((attribute, rest)) = attributes.split_once("=\"") {
        let (value, rest) = rest.split_once('"').expect("a closed attribute");
        assert!(allowed(name, attribute, value), "{tag}");
        attributes = rest.trim_start();
    }
    assert_eq!(attributes, "", "{tag}");
    if name != "br" {
        assert!(ELEMENTS.contains(&name), "{tag}");
        open.push(name);
    }
}

/// Whether the renderer writes this attribute with such a value.
fn allowed(element: &str, attribute: &str, value: &str) -> bool {
    match (element, attribute) {
        ("p" | "ul" | "ol" | "span", "dir") => matches!(value, "ltr" | "rtl"),
        ("ol", "start") => value.parse::<u64>().is_ok(),
        ("a", "href") => {
            is_escaped(value);
            let begins = |scheme: &&str| {
                let start = value.get(..scheme.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            };
            SCHEMES.iter().any(begins)
        }
        _ => false,
    }
}

fn is_escaped(text: &str) {
    assert!(!text.contains(['<', '>', '"']), "{text}");
    for behind in text.split('&').skip(1) {
        assert!(
            ENTITIES.iter().any(|name| behind.starts_with(name)),
            "{text}"
        );
    }
}
