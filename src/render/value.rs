//! Views as what templates see: the fields of a view as variables, texts of authors as HTML that is safe.
//!
//! The engine takes values by their serialisation; [`super::hand`] stands between, so that no template has to say that HTML is
//! safe, which would also copy it.

use std::fmt;

use serde::Serialize;
use serde::ser::{Error, Impossible, SerializeStruct, Serializer};
use tera::{Context, Value};

use super::hand::Shown;

/// The field of every view that holds its frame.
const FRAME: &str = "page";

/// The fields of a view as variables, but for its frame.
///
/// # Errors
/// What the engine does not take for a value.
pub fn fields(view: &impl Serialize) -> Result<Context, tera::Error> {
    let mut context = Context::new();
    view.serialize(Fields { context: &mut context }).map_err(|Refused(why)| tera::Error::message(why))?;
    Ok(context)
}

/// Why a value cannot be taken.
#[derive(Debug)]
struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl Error for Refused {
    fn custom<T: fmt::Display>(words: T) -> Self {
        Self(words.to_string())
    }
}

/// Takes the outermost struct of a view.
struct Fields<'a> {
    context: &'a mut Context,
}

/// Takes a text as HTML and hands it on.
pub struct HtmlText<S> {
    /// Who takes it.
    pub to: S,
}

/// What neither of the two takes.
macro_rules! refused {
    ($($method:ident($($type:ty),*) -> $ok:ident);* $(;)?) => { $(
        fn $method(self, $(_: $type),*) -> Result<Self::$ok, Self::Error> {
            Err(Self::Error::custom("a view is a struct, HTML is a text"))
        }
    )* };
    (all) => {
        type SerializeSeq = Impossible<Self::Ok, Self::Error>;
        type SerializeTuple = Impossible<Self::Ok, Self::Error>;
        type SerializeTupleStruct = Impossible<Self::Ok, Self::Error>;
        type SerializeTupleVariant = Impossible<Self::Ok, Self::Error>;
        type SerializeMap = Impossible<Self::Ok, Self::Error>;
        type SerializeStructVariant = Impossible<Self::Ok, Self::Error>;

        refused! {
            serialize_bool(bool) -> Ok; serialize_char(char) -> Ok; serialize_bytes(&[u8]) -> Ok;
            serialize_i8(i8) -> Ok; serialize_i16(i16) -> Ok; serialize_i32(i32) -> Ok; serialize_i64(i64) -> Ok;
            serialize_u8(u8) -> Ok; serialize_u16(u16) -> Ok; serialize_u32(u32) -> Ok; serialize_u64(u64) -> Ok;
            serialize_f32(f32) -> Ok; serialize_f64(f64) -> Ok; serialize_none() -> Ok; serialize_unit() -> Ok;
            serialize_unit_struct(&'static str) -> Ok;
            serialize_unit_variant(&'static str, u32, &'static str) -> Ok;
            serialize_seq(Option<usize>) -> SerializeSeq; serialize_tuple(usize) -> SerializeTuple;
            serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
            serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
            serialize_map(Option<usize>) -> SerializeMap;
            serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
        }

        fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Self::Ok, Self::Error> {
            value.serialize(self)
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
    };
}

impl Serializer for Fields<'_> {
    type Ok = ();
    type Error = Refused;
    type SerializeStruct = Self;

    refused!(all);
    refused! { serialize_str(&str) -> Ok }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Refused> {
        Ok(self)
    }
}

impl SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        if key != FRAME {
            let value = Value::try_from_serializable(&Shown(value));
            self.context.insert_value(key, value.map_err(|why| Refused(why.to_string()))?);
        }
        Ok(())
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

impl<S: Serializer> Serializer for HtmlText<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeStruct = Impossible<S::Ok, S::Error>;

    refused!(all);
    refused! { serialize_struct(&'static str, usize) -> SerializeStruct }

    fn serialize_str(self, html: &str) -> Result<S::Ok, S::Error> {
        // The engine takes a value of its own as it is.
        Value::safe_string(html).serialize(self.to)
    }
}
