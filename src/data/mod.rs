//! The items as data: typed records with their dictionary, the one source of everything that gives them away.
//!
//! [`record::of`] takes an item – of a term, a unit, the whole site – and says what holds of it now and what each report says
//! of it, as [`Datum`](datum::Datum)s by [`Column`](column::Column). Only then comes a form: [`csv`] and [`json`] write
//! the same records, so that no form is cut out of another. A record names ids and never an address: whoever gives data away
//! knows where the pages of items are, and says so with [`Pages`](column::Pages).
//!
//! **Keys are permanent.** Whoever has data of ours reads them for decades with a program that was written for them. The name
//! of a column, in the header of the table as in JSON, and the keys within a value never change and never mean something
//! else; columns keep their order. What is new gets a new name and stands behind the others. Words of closed sets are the
//! English names of the content format.

pub mod column;
pub mod csv;
pub mod datum;
pub mod dictionary;
pub mod json;
pub mod record;
