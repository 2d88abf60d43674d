//! Between views and the engine: a serialiser that hands everything on but HTML, marks, words of the labels and facts of
//! cards.
//!
//! Those become values that are known to be safe or were made once; the engine takes them as they are.

use serde::Serialize;
use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use tera::{Tera, Value};

use super::facts::Facts;
use super::value::{HtmlText, Words};
use crate::page::card;
use crate::page::link::{Html, Mark, Said};

/// By what values are shown.
#[derive(Clone, Copy)]
pub struct By<'a> {
    /// The templates.
    pub tera: &'a Tera,
    /// The words of the labels.
    pub words: &'a Words,
    /// The facts of cards that were met.
    pub facts: &'a Facts,
}

/// A value, as the engine takes it.
pub struct Shown<'a, T: ?Sized> {
    /// The value.
    pub value: &'a T,
    /// By what it is shown.
    pub by: By<'a>,
}

impl<T: Serialize + ?Sized> Serialize for Shown<'_, T> {
    fn serialize<S: Serializer>(&self, engine: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(Hand { to: engine, by: self.by })
    }
}

/// Hands everything on to the engine, with those exceptions.
struct Hand<'a, S> {
    to: S,
    by: By<'a>,
}

macro_rules! plain {
    ($($method:ident: $type:ty),* $(,)?) => { $(
        fn $method(self, v: $type) -> Result<S::Ok, S::Error> {
            self.to.$method(v)
        }
    )* };
}

impl<'a, S: Serializer> Serializer for Hand<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Hand<'a, S::SerializeSeq>;
    type SerializeTuple = Hand<'a, S::SerializeTuple>;
    type SerializeTupleStruct = Hand<'a, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Hand<'a, S::SerializeTupleVariant>;
    type SerializeMap = Hand<'a, S::SerializeMap>;
    type SerializeStruct = Hand<'a, S::SerializeStruct>;
    type SerializeStructVariant = Hand<'a, S::SerializeStructVariant>;

    plain! {
        serialize_bool: bool, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8],
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_f32: f32, serialize_f64: f64, serialize_unit_struct: &'static str,
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.to.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.to.serialize_some(&Shown { value, by: self.by })
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.to.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        of: &'static str,
        at: u32,
        name: &'static str,
    ) -> Result<S::Ok, S::Error> {
        match at {
            Mark::VARIANT => match self.by.words.mark(of, name) {
                Some(mark) => mark.serialize(self.to),
                None => self.to.serialize_str(name),
            },
            Said::VARIANT => match self.by.words.said(of, name) {
                Some(words) => words.serialize(self.to),
                None => self.to.serialize_str(name),
            },
            _ => self.to.serialize_unit_variant(of, at, name),
        }
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        if name == Html::NAME {
            return value.serialize(HtmlText { to: self.to });
        }
        if name == card::Facts::NAME {
            let make = || Value::try_from_serializable(&Shown { value, by: self.by });
            let made = self.by.facts.get(self.by.tera, value, make);
            return made.map_err(S::Error::custom)?.serialize(self.to);
        }
        self.to.serialize_newtype_struct(name, &Shown { value, by: self.by })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        of: &'static str,
        at: u32,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.to.serialize_newtype_variant(of, at, name, &Shown { value, by: self.by })
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Ok(Hand { to: self.to.serialize_seq(len)?, by: self.by })
    }

    fn serialize_tuple(self, len: usize) -> Result<Self::SerializeTuple, S::Error> {
        Ok(Hand { to: self.to.serialize_tuple(len)?, by: self.by })
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        Ok(Hand { to: self.to.serialize_tuple_struct(name, len)?, by: self.by })
    }

    fn serialize_tuple_variant(
        self,
        of: &'static str,
        at: u32,
        name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        Ok(Hand { to: self.to.serialize_tuple_variant(of, at, name, len)?, by: self.by })
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Ok(Hand { to: self.to.serialize_map(len)?, by: self.by })
    }

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Self::SerializeStruct, S::Error> {
        Ok(Hand { to: self.to.serialize_struct(name, len)?, by: self.by })
    }

    fn serialize_struct_variant(
        self,
        of: &'static str,
        at: u32,
        name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        Ok(Hand { to: self.to.serialize_struct_variant(of, at, name, len)?, by: self.by })
    }
}

macro_rules! parts {
    ($($kind:ident: $method:ident $(($key:ident))?),* $(,)?) => { $(
        impl<S: $kind> $kind for Hand<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($key: &'static str,)?
                value: &T,
            ) -> Result<(), S::Error> {
                self.to.$method($($key,)? &Shown { value, by: self.by })
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.to.end()
            }
        }
    )* };
}

parts! {
    SerializeSeq: serialize_element, SerializeTuple: serialize_element, SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field, SerializeStruct: serialize_field(key),
    SerializeStructVariant: serialize_field(key),
}

impl<S: SerializeMap> SerializeMap for Hand<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.to.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.to.serialize_value(&Shown { value, by: self.by })
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.to.end()
    }
}
