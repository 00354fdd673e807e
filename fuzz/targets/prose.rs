//! Prose. No markup of the source may reach the HTML, and the stored JSON must read back the same.

use templates::locale::Locale;
use templates::prose::Prose;

/// Elements without attributes.
const PLAIN: [&str; 6] = ["p", "ul", "ol", "li", "em", "strong"];
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
    } else if PLAIN.contains(&tag) {
        open.push(tag);
    } else if let Some(address) = attribute(tag, "a href") {
        let begins = |scheme: &&str| {
            let start = address.get(..scheme.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        };
        assert!(SCHEMES.iter().any(begins), "{address}");
        is_escaped(address);
        open.push("a");
    } else if let Some(start) = attribute(tag, "ol start") {
        assert!(start.parse::<u64>().is_ok(), "{start}");
        open.push("ol");
    } else {
        assert_eq!(tag, "br");
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.strip_prefix(name)?
        .strip_prefix("=\"")?
        .strip_suffix('"')
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
