//! The tags and texts of HTML that our templates wrote: every element is closed, every value in double quotes.

/// A piece of a document's body.
pub(super) enum Event<'h> {
    Open(Tag<'h>),
    Close,
    /// Not only white space.
    Text(&'h str),
}

pub(super) struct Tag<'h> {
    pub(super) name: &'h str,
    /// As written.
    attributes: &'h str,
}

impl<'h> Tag<'h> {
    pub(super) fn attribute(&self, name: &str) -> Option<&'h str> {
        let mut rest = self.attributes;
        loop {
            let (found, value) = rest.split_once('=')?;
            let (value, after) = value.strip_prefix('"')?.split_once('"')?;
            if found.trim() == name {
                return Some(value);
            }
            rest = after;
        }
    }

    /// The properties in its `style`, with their values.
    pub(super) fn style(&self) -> impl Iterator<Item = (&'h str, &'h str)> {
        let declarations = self.attribute("style").unwrap_or_default().split(';');
        let pairs = declarations.filter_map(|one| one.split_once(':'));
        pairs.map(|(property, value)| (property.trim(), value.trim()))
    }

    /// 1 to 6 for a heading.
    pub(super) fn heading(&self) -> Option<usize> {
        let level = self.name.strip_prefix('h')?.parse().ok()?;
        (1..=6).contains(&level).then_some(level)
    }

    /// True if it has no content, and no end.
    pub(super) fn is_void(&self) -> bool {
        matches!(self.name, "br" | "hr" | "img")
    }
}

/// What stands in the body, without comments.
pub(super) fn events(html: &str) -> impl Iterator<Item = Event<'_>> {
    let (_, body) = html.split_once("</head>").unwrap_or(("", html));
    let mut rest = body;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let Some(behind) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                let (text, after) = rest.split_at(end);
                rest = after;
                if text.trim().is_empty() {
                    continue;
                }
                return Some(Event::Text(text));
            };
            if behind.starts_with("!--") {
                rest = behind.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let (inside, after) = behind.split_once('>').unwrap_or((behind, ""));
            rest = after;
            if inside.starts_with('/') {
                return Some(Event::Close);
            }
            let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
            return Some(Event::Open(Tag { name, attributes }));
        }
    })
}
