//! Fingerprints: what a page was made of, as a digest for each field of its view.
//!
//! The view is hashed by the same serialisation that the template sees, so that the two cannot drift: what is not in the view
//! cannot be on the page, and what is in it is in the fingerprint.

use serde::ser::{Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::digest;
use crate::page::View;
use crate::record::TEMPLATE;

/// A field of a view and the digest of its value.
pub type FieldDigest = (String, u64);

/// The fingerprint of a view: the name of its template first, then its fields in their order.
pub fn of(view: &View) -> Vec<FieldDigest> {
    let template = (TEMPLATE.to_owned(), short(view.template().as_bytes()));
    let mut fields = vec![template];
    fields.extend(view.serialize(TopLevel).unwrap_or_default());
    fields
}

/// The digest of any value that a template may see.
pub fn of_value(value: &impl Serialize) -> u64 {
    serde_json::to_vec(value).map_or(0, |bytes| short(&bytes))
}

/// Eight bytes of a digest: two views of one page that differ in a field have the same with a chance of one in 10^19.
fn short(bytes: &[u8]) -> u64 {
    let digest = digest::digest(bytes);
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    u64::from_le_bytes(first)
}

/// Takes a struct or map apart into its fields; a view is nothing else.
struct TopLevel;

/// The fields taken apart so far.
struct Fields {
    found: Vec<FieldDigest>,
    buffer: Vec<u8>,
    key: String,
}

impl Fields {
    fn begin(length: usize) -> Self {
        Self { found: Vec::with_capacity(length + 1), buffer: Vec::with_capacity(4096), key: String::new() }
    }

    fn note(&mut self, key: &str, value: &(impl Serialize + ?Sized)) -> Result<(), serde_json::Error> {
        self.buffer.clear();
        serde_json::to_writer(&mut self.buffer, value)?;
        self.found.push((key.to_owned(), short(&self.buffer)));
        Ok(())
    }
}

impl SerializeStruct for Fields {
    type Ok = Vec<FieldDigest>;
    type Error = serde_json::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Self::Error> {
        self.note(key, value)
    }

    fn end(self) -> Result<Self::Ok, Self::Error> {
        Ok(self.found)
    }
}

impl SerializeMap for Fields {
    type Ok = Vec<FieldDigest>;
    type Error = serde_json::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Self::Error> {
        self.key = serde_json::to_string(key)?.trim_matches('"').to_owned();
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Self::Error> {
        let key = std::mem::take(&mut self.key);
        self.note(&key, value)
    }

    fn end(self) -> Result<Self::Ok, Self::Error> {
        Ok(self.found)
    }
}

macro_rules! refuse {
    ($($method:ident: $type:ty),*) => { $(
        fn $method(self, _: $type) -> Result<Self::Ok, Self::Error> {
            Err(no_view())
        }
    )* };
}

fn no_view() -> serde_json::Error {
    serde::ser::Error::custom("a view is a struct")
}

type Never = Impossible<Vec<FieldDigest>, serde_json::Error>;

impl Serializer for TopLevel {
    type Ok = Vec<FieldDigest>;
    type Error = serde_json::Error;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Never;

    refuse!(serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8],
        serialize_unit_struct: &'static str);

    fn serialize_none(self) -> Result<Self::Ok, Self::Error> {
        Err(no_view())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Self::Ok, Self::Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Self::Ok, Self::Error> {
        Err(no_view())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
    ) -> Result<Self::Ok, Self::Error> {
        Err(no_view())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Self::Ok, Self::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<Self::Ok, Self::Error> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Never, Self::Error> {
        Err(no_view())
    }

    fn serialize_tuple(self, _: usize) -> Result<Never, Self::Error> {
        Err(no_view())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Never, Self::Error> {
        Err(no_view())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, Self::Error> {
        Err(no_view())
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Fields, Self::Error> {
        Ok(Fields::begin(length.unwrap_or_default()))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Fields, Self::Error> {
        Ok(Fields::begin(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, Self::Error> {
        Err(no_view())
    }
}
