//! Web addresses that may stand in an `href`.

/// True for `scheme://host`. The parser of the URL standard also finds a host in `https:host` and
/// `https:///host`, as a browser does; not every mail program does.
pub fn names_its_host(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        !scheme.contains(['/', '\\']) && !rest.starts_with(['/', '\\'])
    })
}
