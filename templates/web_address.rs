//! Checks URLs for use in an `href`.

/// True for `scheme://host`. Browsers and the URL standard also find a host in `https:host` and
/// `https:///host`, but not every mail program does.
pub fn names_its_host(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        !scheme.contains(['/', '\\']) && !rest.starts_with(['/', '\\'])
    })
}
