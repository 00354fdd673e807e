//! JSON of any size, an element at a time.

use std::io::Read;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

/// What reading fails with that was told to stop.
const ENOUGH: &str = "enough";

/// Hands each element of the array to `take` until it returns false: the array is the whole text, or stands in an
/// object under one of `keys`, at any depth of such keys.
///
/// # Errors
/// If the text is no JSON, or an element is not of this form.
pub(super) fn each<T: DeserializeOwned>(
    source: impl Read,
    keys: &'static [&'static str],
    take: &mut dyn FnMut(T) -> bool,
) -> serde_json::Result<()> {
    let mut json =
        serde_json::Deserializer::from_reader(std::io::BufReader::with_capacity(1 << 16, source));
    match (Elements {
        keys,
        take,
        form: PhantomData,
    })
    .deserialize(&mut json)
    {
        Err(error) if error.to_string().starts_with(ENOUGH) => Ok(()),
        Err(error) => Err(error),
        Ok(()) => json.end(),
    }
}

struct Elements<'a, T> {
    keys: &'static [&'static str],
    take: &'a mut dyn FnMut(T) -> bool,
    form: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Elements<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Elements<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "an array of people, or an object with one under {}",
            self.keys.join(" or ")
        )
    }

    /// `null` where a page has nobody.
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(element) = seq.next_element()? {
            if !(self.take)(element) {
                return Err(A::Error::custom(ENOUGH));
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if self.keys.contains(&key.as_str()) {
                found = true;
                let inner = Elements {
                    keys: self.keys,
                    take: &mut *self.take,
                    form: PhantomData,
                };
                map.next_value_seed(inner)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match found {
            true => Ok(()),
            false => Err(A::Error::custom(format!(
                "there is no {}",
                self.keys.join(" or ")
            ))),
        }
    }
}
