//! Fingerprints: what a page was made of, as a digest for each field of its view.
//!
//! The view is hashed by the same serialisation that the template sees, so that the two cannot drift: what is not in the view
//! cannot be on the page, and what is in it is in the fingerprint.

use std::fmt;

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::digest;
use crate::page::View;
use crate::record::{Fingerprint, TEMPLATE};

/// The fingerprint of a view: the name of its template first, then its fields in their order.
pub fn of(view: &View<'_>) -> Fingerprint {
    let template = (TEMPLATE, digest::short(view.template().as_bytes()));
    let mut form = Form { bytes: Vec::with_capacity(4096), depth: 0, fields: Vec::with_capacity(24) };
    form.fields.push(template);
    // Writing to memory does not fail, and views hold nothing that `Form` refuses.
    let _ = view.serialize(&mut form);
    // A site of 10,000 reports holds 250,000 of them.
    form.fields.shrink_to_fit();
    form.fields
}

/// The digest of any value that a template may see.
pub fn of_value(value: &(impl Serialize + ?Sized)) -> u64 {
    let mut form = Form { bytes: Vec::with_capacity(256), depth: 1, fields: Vec::new() };
    let _ = value.serialize(&mut form);
    digest::short(&form.bytes)
}

/// What begins a value, so that no two values have the same bytes: texts have their length before them, lists and maps an
/// end that no value begins with.
mod sign {
    pub const UNIT: u8 = 0;
    pub const NONE: u8 = 1;
    pub const SOME: u8 = 2;
    pub const NO: u8 = 3;
    pub const YES: u8 = 4;
    pub const SIGNED: u8 = 5;
    pub const UNSIGNED: u8 = 6;
    pub const FLOAT: u8 = 7;
    pub const TEXT: u8 = 8;
    pub const BYTES: u8 = 9;
    pub const VARIANT: u8 = 10;
    pub const LIST: u8 = 11;
    pub const MAP: u8 = 12;
    pub const END: u8 = 13;
    pub const LEFT_OUT: u8 = 14;
}

/// Writes a value in a form that is hashed and thrown away; of the outermost struct each field on its own.
struct Form {
    bytes: Vec<u8>,
    /// Structs around the next value.
    depth: usize,
    fields: Fingerprint,
}

impl Form {
    fn sized(&mut self, sign: u8, bytes: &[u8]) {
        self.bytes.reserve(bytes.len() + 9);
        self.bytes.extend_from_slice(&nine(sign, (bytes.len() as u64).to_le_bytes()));
        self.bytes.extend_from_slice(bytes);
    }

    fn eight(&mut self, sign: u8, bytes: [u8; 8]) -> Result<(), fmt::Error> {
        self.bytes.extend_from_slice(&nine(sign, bytes));
        Ok(())
    }

    fn sign(&mut self, sign: u8) -> Result<(), fmt::Error> {
        self.bytes.push(sign);
        Ok(())
    }

    fn open(&mut self, sign: u8) -> Result<&mut Self, fmt::Error> {
        self.depth += 1;
        self.bytes.push(sign);
        Ok(self)
    }

    fn open_variant(&mut self, sign: u8, name: &'static str) -> Result<&mut Self, fmt::Error> {
        self.sized(sign::VARIANT, name.as_bytes());
        self.open(sign)
    }

    fn close(&mut self) -> Result<(), fmt::Error> {
        self.depth -= 1;
        self.sign(sign::END)
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), fmt::Error> {
        if self.depth > 1 {
            // Nested structs go without the names of their fields: their order is that of the program, and what is left out
            // leaves its sign.
            return value.serialize(self);
        }
        self.bytes.clear();
        value.serialize(&mut *self)?;
        self.fields.push((key, digest::short(&self.bytes)));
        Ok(())
    }
}

/// A sign and what belongs to it, written in one piece.
fn nine(sign: u8, [a, b, c, d, e, f, g, h]: [u8; 8]) -> [u8; 9] {
    [sign, a, b, c, d, e, f, g, h]
}

macro_rules! numbers {
    ($($method:ident: $type:ty, $wide:ty, $sign:expr);* $(;)?) => { $(
        fn $method(self, v: $type) -> Result<(), fmt::Error> {
            self.eight($sign, <$wide>::from(v).to_le_bytes())
        }
    )* };
}

impl<'a> Serializer for &'a mut Form {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = &'a mut Form;
    type SerializeTuple = &'a mut Form;
    type SerializeTupleStruct = &'a mut Form;
    type SerializeTupleVariant = &'a mut Form;
    type SerializeMap = &'a mut Form;
    type SerializeStruct = &'a mut Form;
    type SerializeStructVariant = &'a mut Form;

    numbers! {
        serialize_i8: i8, i64, sign::SIGNED;
        serialize_i16: i16, i64, sign::SIGNED;
        serialize_i32: i32, i64, sign::SIGNED;
        serialize_i64: i64, i64, sign::SIGNED;
        serialize_u8: u8, u64, sign::UNSIGNED;
        serialize_u16: u16, u64, sign::UNSIGNED;
        serialize_u32: u32, u64, sign::UNSIGNED;
        serialize_u64: u64, u64, sign::UNSIGNED;
        serialize_f32: f32, f64, sign::FLOAT;
        serialize_f64: f64, f64, sign::FLOAT;
    }

    fn serialize_bool(self, v: bool) -> Result<(), fmt::Error> {
        self.sign(if v { sign::YES } else { sign::NO })
    }

    fn serialize_char(self, v: char) -> Result<(), fmt::Error> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, v: &str) -> Result<(), fmt::Error> {
        self.sized(sign::TEXT, v.as_bytes());
        Ok(())
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<(), fmt::Error> {
        self.sized(sign::BYTES, v);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), fmt::Error> {
        self.sign(sign::NONE)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), fmt::Error> {
        self.bytes.push(sign::SOME);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), fmt::Error> {
        self.sign(sign::UNIT)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), fmt::Error> {
        self.sign(sign::UNIT)
    }

    fn serialize_unit_variant(self, of: &'static str, _: u32, name: &'static str) -> Result<(), fmt::Error> {
        // A mark is named by its set too.
        self.sized(sign::VARIANT, of.as_bytes());
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        self.sized(sign::VARIANT, name.as_bytes());
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        self.open(sign::LIST)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, fmt::Error> {
        self.open(sign::LIST)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        self.open(sign::LIST)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Self, fmt::Error> {
        self.open_variant(sign::LIST, name)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        self.open(sign::MAP)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        self.open(sign::MAP)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Self, fmt::Error> {
        self.open_variant(sign::MAP, name)
    }
}

macro_rules! lists {
    ($($kind:ident: $method:ident),*) => { $(
        impl $kind for &mut Form {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), fmt::Error> {
                self.close()
            }
        }
    )* };
}

lists!(SerializeSeq: serialize_element, SerializeTuple: serialize_element, SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field);

macro_rules! structs {
    ($($kind:ident),*) => { $(
        impl $kind for &mut Form {
            type Ok = ();
            type Error = fmt::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), fmt::Error> {
                self.field(key, value)
            }

            fn skip_field(&mut self, _: &'static str) -> Result<(), fmt::Error> {
                if self.depth > 1 { self.sign(sign::LEFT_OUT) } else { Ok(()) }
            }

            fn end(self) -> Result<(), fmt::Error> {
                self.close()
            }
        }
    )* };
}

structs!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for &mut Form {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), fmt::Error> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), fmt::Error> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize)]
    struct Pair {
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        b: Option<&'static str>,
    }

    #[test]
    fn different_values_have_different_digests() {
        let lists: [&[&str]; 6] = [&[], &[""], &["ab"], &["a", "b"], &["", "ab"], &["ab", ""]];
        let nested: [&[&[&str]]; 4] =
            [&[&["a"], &["b"]], &[&["a", "b"]], &[&["a", "b"], &[]], &[&[], &["a", "b"]]];
        let pairs = [(None, None), (Some("x"), None), (None, Some("x")), (Some("a"), Some("x"))];
        let mut digests: Vec<u64> = lists.iter().map(of_value).chain(nested.iter().map(of_value)).collect();
        digests.extend(pairs.map(|(a, b)| of_value(&Pair { a, b })));
        digests.extend([of_value(&None::<u8>), of_value(&Some(1u8)), of_value(&1u8), of_value(&1i8)]);
        digests.extend([of_value(&true), of_value(&false), of_value(&"1"), of_value(&'2'), of_value(&())]);
        let count = digests.len();
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), count);
    }

    #[test]
    fn a_digest_is_the_same_on_every_machine() {
        assert_eq!(of_value(&("Chỉ tiêu", 7, Some(true))), DIGEST);
    }

    /// Computed once; another value means that every record on disk is worthless.
    const DIGEST: u64 = 5_323_068_602_562_977_772;
}
