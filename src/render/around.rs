//! What stands around the content of pages that lie side by side: rendered once for all of them.
//!
//! The items of a term share their way to the root, their place in the navigation, the pages above them and the banner of what
//! is past. So the templates that show these see nothing else, and a page gets what they came to.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tera::{Context, Tera, Value};

use super::theme::Theme;
use crate::page::frame::{Frame, Place};

/// What stands around pages, that of the last places first.
#[derive(Debug)]
pub struct Surroundings {
    /// Which of [`PARTS`] templates of pages ask for.
    asked: [bool; PARTS.len()],
    held: Mutex<VecDeque<Arc<Around>>>,
    /// The parts that see only the way to the root and the place in the navigation: there are a few dozen of each.
    common: Mutex<BTreeMap<(&'static str, String, &'static str), Value>>,
}

/// How many places are held at a time: pages come in the order of their addresses, so that those side by side come together,
/// and each thread is at another place.
const HELD: usize = 32;

/// What stands around the pages of one place.
#[derive(Debug)]
struct Around {
    place: Place,
    values: PlaceValue,
    /// What each of [`PARTS`] came to.
    parts: [Value; PARTS.len()],
}

/// The templates of what stands around a page, what a page calls what they came to, and whether they see the whole place.
/// Each sees what those before it came to.
const PARTS: [(&str, &str, bool); 5] = [
    ("header.html", "header", false),
    ("bottom.html", "bottom", false),
    ("top.html", "top", true),
    ("notices.html", "notices", true),
    ("belongs.html", "belongs", true),
];

/// A place as values.
#[derive(Debug, Clone, Serialize)]
struct PlaceValue {
    root: Value,
    nav: Value,
    crumbs: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    past: Option<Value>,
}

/// The frame of one page as values.
#[derive(Serialize)]
struct FrameValue<'a> {
    kind: &'static str,
    title: &'a str,
    path: &'a str,
    root: &'a Value,
    nav: &'a Value,
    crumbs: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    past: Option<&'a Value>,
}

impl Surroundings {
    /// For the pages of a theme.
    pub fn new(theme: &Theme) -> Self {
        let is_of_page = |file: &&String| PARTS.iter().all(|(part, ..)| part != file);
        let pages = || theme.templates.iter().filter(|(file, _)| is_of_page(file));
        let asked = PARTS.map(|(_, name, _)| pages().any(|(_, template)| asks(&template.text, name)));
        Self { asked, held: Mutex::default(), common: Mutex::default() }
    }

    /// Sets the frame of a page and what stands around it among the variables of its template.
    ///
    /// # Errors
    /// The template that failed.
    pub fn set(&self, tera: &Tera, frame: &Frame, context: &mut Context) -> Result<(), tera::Error> {
        let around = self.around(tera, &frame.place)?;
        let place = &around.values;
        let value = FrameValue {
            kind: frame.kind,
            title: &frame.title,
            path: &frame.path,
            root: &place.root,
            nav: &place.nav,
            crumbs: &place.crumbs,
            past: place.past.as_ref(),
        };
        context.insert_value("page", Value::try_from_serializable(&value)?);
        let parts = PARTS.into_iter().zip(&around.parts).zip(self.asked);
        for (((_, name, _), part), _) in parts.filter(|(_, is_asked)| *is_asked) {
            context.insert_value(name, part.clone());
        }
        Ok(())
    }

    fn around(&self, tera: &Tera, place: &Place) -> Result<Arc<Around>, tera::Error> {
        {
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = held.iter().position(|around| around.place == *place) {
                held.swap(0, at);
                return Ok(Arc::clone(&held[0]));
            }
        }
        let made = Arc::new(self.make(tera, place)?);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.truncate(HELD - 1);
        held.push_front(Arc::clone(&made));
        Ok(made)
    }

    fn make(&self, tera: &Tera, place: &Place) -> Result<Around, tera::Error> {
        let values = PlaceValue {
            root: Value::try_from_serializable(&place.root)?,
            nav: Value::try_from_serializable(&place.nav)?,
            crumbs: Value::try_from_serializable(&place.crumbs)?,
            past: place.past.as_ref().map(Value::try_from_serializable).transpose()?,
        };
        let mut context = Context::new();
        context.insert_value("root", values.root.clone());
        context.insert_value("current", values.nav.clone());
        let mut parts = [const { None }; PARTS.len()];
        for ((template, name, is_whole), part) in PARTS.into_iter().zip(&mut parts) {
            if is_whole && !context.contains_key("page") {
                context.insert_value("page", Value::try_from_serializable(&values)?);
            }
            let made = if is_whole {
                render(tera, template, &context)
            } else {
                self.common(tera, template, place, &context)
            }?;
            context.insert_value(name, made.clone());
            *part = Some(made);
        }
        Ok(Around { place: place.clone(), values, parts: parts.map(|part| part.unwrap_or_else(Value::none)) })
    }

    /// A part that many places share.
    fn common(
        &self,
        tera: &Tera,
        template: &'static str,
        place: &Place,
        context: &Context,
    ) -> Result<Value, tera::Error> {
        let key = (template, place.root.clone(), place.nav);
        if let Some(known) = self.common.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known.clone());
        }
        let made = render(tera, template, context)?;
        self.common.lock().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
        Ok(made)
    }
}

/// Whether a template may show a variable.
fn asks(text: &str, name: &str) -> bool {
    let mut code = [("{{", "}}"), ("{%", "%}")].into_iter().flat_map(|(open, close)| {
        text.split(open).skip(1).map(move |rest| rest.split_once(close).map_or(rest, |(code, _)| code))
    });
    code.any(|code| code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == name))
}

fn render(tera: &Tera, template: &str, context: &Context) -> Result<Value, tera::Error> {
    Ok(Value::safe_string(&tera.render(template, context)?))
}
