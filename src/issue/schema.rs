//! The issue format as a JSON Schema (draft 2020-12), so that editors' programs complete and check while you type.

use serde_json::{Map, Value, json};

use super::content::RULES;
use super::key::{Key, Kind, Need};
use super::{Rules, Status, keys, limits};

/// The file in the folder of issues that holds the schema. It is hidden, so it is not taken for an issue.
pub const SCHEMA_FILE: &str = ".schema.json";

/// The first line of an issue file, by which editors' programs find [`SCHEMA_FILE`] (Taplo's directive).
pub const SCHEMA_DIRECTIVE: &str = "#:schema ./.schema.json";

/// No control characters and no line breaks, but at least one character that is not white space.
const ONE_LINE: &str = concat!(
    r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*",
    r"[^\s\u0000-\u001f\u007f-\u009f\u2028\u2029]",
    r"[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$"
);

/// No control characters but line breaks and tabs, and at least one character that is not white space.
const LINES: &str = concat!(
    r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*",
    r"[^\s\u0000-\u001f\u007f-\u009f]",
    r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$"
);

/// A scheme and a host, without a user name, white space and backslashes.
const WEB_ADDRESS: &str = r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@\\]+([/?#][^\s\\]*)?$";

const SHA256: &str = "^[0-9a-f]{64}$";

/// Programs pass a date without quotes as a text.
const DATE: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// The schema of a newsletter's issue files. It accepts every file in which [`check`](super::check) finds no error,
/// and refuses most others.
///
/// It can't compare one value with another (a `pick`, two reviews by one role), measure the mail, tell a date from a
/// date in quotes, or parse web addresses.
pub fn schema(rules: &Rules) -> Value {
    let mut schema = table(keys::TOP_KEYS, rules);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("An issue of the newsletter");
    let ready: &str = Status::Ready.into();
    let status = keys::STATUS.name;
    schema["if"] = json!({"properties": {status: {"const": ready}}, "required": [status]});
    let needed = || with_need(keys::TOOL_KEYS, Need::WhenReady);
    let some = needed().map(|key| (key.to_owned(), json!({"minItems": 1})));
    let tool = json!({
        "required": needed().collect::<Vec<_>>(),
        "properties": some.collect::<Map<_, _>>(),
    });
    schema["then"] = json!({"properties": {keys::TOOLS.name: {"items": tool}}});
    schema
}

/// The [`schema`] as the text of [`SCHEMA_FILE`].
pub fn schema_text(rules: &Rules) -> String {
    format!("{:#}\n", schema(rules))
}

fn table(keys: &[Key], rules: &Rules) -> Value {
    let properties = keys
        .iter()
        .map(|key| (key.name.to_owned(), described(key, rules)));
    json!({
        "type": "object",
        "properties": properties.collect::<Map<_, _>>(),
        "required": with_need(keys, Need::Always).collect::<Vec<_>>(),
        "additionalProperties": false,
    })
}

fn with_need(keys: &[Key], need: Need) -> impl Iterator<Item = &'static str> {
    let wanted = keys.iter().filter(move |key| key.need == need);
    wanted.map(|key| key.name)
}

fn described(key: &Key, rules: &Rules) -> Value {
    let mut value = value(key, rules);
    value["description"] = json!(key.advice());
    value
}

fn value(key: &Key, rules: &Rules) -> Value {
    let text =
        |pattern: &str| json!({"type": "string", "maxLength": key.most(), "pattern": pattern});
    match key.kind {
        Kind::Line(_) | Kind::Title(_) => text(ONE_LINE),
        Kind::Prose(_) => text(LINES),
        Kind::WebAddress => text(WEB_ADDRESS),
        Kind::Date => json!({"type": "string", "format": "date", "pattern": DATE}),
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Words(words) => json!({"enum": words}),
        Kind::Role => json!({"enum": rules.all_roles().collect::<Vec<_>>()}),
        Kind::Sha256 => json!({"type": "string", "pattern": SHA256}),
        Kind::Approval => table(keys::APPROVAL_KEYS, rules),
        Kind::Allowances => {
            json!({"type": "array", "maxItems": RULES.len(), "items": text(ONE_LINE)})
        }
        Kind::Facts => {
            let fact = [value(&keys::TEXT, rules), table(keys::FACT_KEYS, rules)];
            json!({"type": "array", "maxItems": limits::FACTS, "items": {"anyOf": fact}})
        }
        Kind::Reviews => json!({"type": "array", "items": table(keys::REVIEW_KEYS, rules)}),
        Kind::Tools => {
            let tool = table(keys::TOOL_KEYS, rules);
            json!({"type": "array", "minItems": 2, "maxItems": 2, "items": tool})
        }
    }
}
