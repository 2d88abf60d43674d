//! What lists say of items beside their titles, made once: thousands of cards say the same few things.
//!
//! A site of 1,000 reports shows 160,000 cards; their marks and fields make some hundred different lines. The component
//! [`COMPONENT`] of the theme says each of them once.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use serde::Serialize;
use tera::value::Key;
use tera::{Context, Tera, Value};

use super::fingerprint;

/// The component that says them; it gets them as `c`.
const COMPONENT: &str = "facts";

/// What the line is called among the facts of a card.
const SHOWN: &str = "shown";

/// How many are held: tasks that lack clears make the most of them, 32 for each state and field.
const HELD: usize = 4096;

/// The facts that were met, as values with their line, by their digest.
#[derive(Debug, Default)]
pub struct Facts(RwLock<BTreeMap<u64, Value>>);

impl Facts {
    /// The facts as a value; `make` makes it of them.
    ///
    /// # Errors
    /// What `make` says, and the component that failed.
    pub fn get<T: Serialize + ?Sized>(
        &self,
        tera: &Tera,
        facts: &T,
        make: impl FnOnce() -> Result<Value, tera::Error>,
    ) -> Result<Value, tera::Error> {
        let key = fingerprint::of_value(facts);
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known.clone());
        }
        let value = make()?;
        let mut context = Context::new();
        context.insert_value("c", value.clone());
        let shown = Value::safe_string(&tera.render_component(COMPONENT, &context, None, true)?);
        let mut fields = value.into_map().unwrap_or_default();
        fields.insert(Key::Str(SHOWN), shown);
        let made = Value::from(fields);
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= HELD {
            held.clear();
        }
        held.insert(key, made.clone());
        Ok(made)
    }
}
