//! JSON of any size, one person at a time.

use std::io::Read;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};

/// The error that ends reading early.
const ENOUGH: &str = "enough";

/// Passes each person to `take` until it returns false. The text is one document or several in a row: arrays of
/// people; objects with such an array under one of `keys`, at any depth of such keys; or single people, as in JSON
/// lines. If a single person comes first, it must pass `is_person`.
///
/// # Errors
/// If the text is not JSON, or a document contains no people.
pub(super) fn each(
    source: impl Read,
    keys: &[&str],
    is_person: &dyn Fn(&Value) -> bool,
    take: &mut dyn FnMut(Value) -> bool,
) -> serde_json::Result<()> {
    let source = WithoutMarks {
        inner: source,
        place: Place::Outside,
    };
    let source = std::io::BufReader::with_capacity(1 << 16, source);
    let mut json = serde_json::Deserializer::from_reader(source);
    let mut some = false;
    let mut take = |value: Value, found: Found| {
        let is_person = matches!(found, Found::InArray) || is_person(&value);
        match found {
            // A person may have a field with the same name as an array.
            Found::WithArray if !is_person => return Ok(()),
            Found::Alone if !is_person && !some => {
                return Err(format!("there is no {}", keys.join(" or ")));
            }
            _ => {}
        }
        some = true;
        take(value).then_some(()).ok_or_else(|| ENOUGH.to_owned())
    };
    loop {
        let document = Document {
            keys,
            is_whole: true,
            take: &mut take,
        };
        match document.deserialize(&mut json) {
            Err(error) if error.to_string().starts_with(ENOUGH) => return Ok(()),
            other => other?,
        }
        match json.end() {
            // Another document follows.
            Err(error) if error.is_syntax() => {}
            other => return other,
        }
    }
}

/// Where an object was found that may be a person.
enum Found {
    InArray,
    /// A document without any of the keys.
    Alone,
    /// The other fields of a document with one of the keys.
    WithArray,
}

/// A document, or the value under one of its keys.
struct Document<'a> {
    keys: &'a [&'a str],
    /// False for the value under a key.
    is_whole: bool,
    /// Fails with the reason to stop.
    take: &'a mut dyn FnMut(Value, Found) -> Result<(), String>,
}

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "an array of people, or an object with one under {}",
            self.keys.join(" or ")
        )
    }

    /// A page without people can have `null`.
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(person) = seq.next_element()? {
            (self.take)(person, Found::InArray).map_err(A::Error::custom)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut found = false;
        let mut person = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if self.keys.contains(&key.as_str()) {
                found = true;
                map.next_value_seed(Document {
                    keys: self.keys,
                    is_whole: false,
                    take: &mut *self.take,
                })?;
            } else if self.is_whole {
                person.insert(key, map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        let place = match (self.is_whole, found) {
            (true, true) => Found::WithArray,
            (true, false) => Found::Alone,
            (false, true) => return Ok(()),
            (false, false) => {
                let keys = self.keys.join(" or ");
                return Err(A::Error::custom(format!("there is no {keys}")));
            }
        };
        (self.take)(Value::Object(person), place).map_err(A::Error::custom)
    }
}

/// A text in which byte order marks between documents become spaces, because someone may have joined files that begin
/// with one.
struct WithoutMarks<R> {
    inner: R,
    place: Place,
}

/// Whether a byte is in a quoted string, and after a backslash there.
enum Place {
    Outside,
    Quoted,
    Escaped,
}

impl<R: Read> Read for WithoutMarks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        for byte in buffer.iter_mut().take(read) {
            self.place = match (&self.place, *byte) {
                (Place::Quoted, b'\\') => Place::Escaped,
                (Place::Outside, b'"') | (Place::Escaped, _) => Place::Quoted,
                (Place::Quoted, b'"') | (Place::Outside, _) => Place::Outside,
                (Place::Quoted, _) => Place::Quoted,
            };
            let is_mark = matches!(*byte, 0xef | 0xbb | 0xbf);
            if is_mark && matches!(self.place, Place::Outside) {
                *byte = b' ';
            }
        }
        Ok(read)
    }
}
