//! What stands around the content of pages that lie side by side: rendered once for all of them.
//!
//! The items of a term share their way to the root, the pages above them and the banner of what is past; those of a kind also
//! their place in the navigation. So the templates that show these see nothing else, and a page gets what they came to.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tera::{Context, Tera, Value};

use crate::page::frame::{Frame, SharedVicinity};
use crate::theme::Theme;

/// What stands around pages, that of the last places first.
#[derive(Debug)]
pub struct Surroundings {
    /// Which of [`PARTS`] templates of pages ask for.
    asked: [bool; PARTS.len()],
    held: Mutex<VecDeque<Arc<Around>>>,
    /// What [`COMMON`] came to: there are a few dozen of each.
    common: Mutex<BTreeMap<(&'static str, String, &'static str), Value>>,
}

/// How many places are held at a time: pages come in the order of their addresses, so that those side by side come together,
/// and each thread is at another place.
const HELD: usize = 32;

/// The templates of what stands around a page, and what a page calls what they came to.
const PARTS: [(&str, &str); 5] = [
    ("header.html", "header"),
    ("bottom.html", "bottom"),
    ("top.html", "top"),
    ("notices.html", "notices"),
    ("belongs.html", "belongs"),
];

/// How many of [`PARTS`] see only the way to the root and the place in the navigation; the others see the pages above and
/// what is past, and what those before them came to.
const COMMON: usize = 2;

/// What stands around the pages of one place in one part of the navigation.
#[derive(Debug)]
struct Around {
    vicinity: SharedVicinity,
    nav: &'static str,
    of_nav: Vec<Value>,
    of_vicinity: Arc<OfVicinity>,
}

/// What all pages of a place share.
#[derive(Debug)]
struct OfVicinity {
    values: VicinityValue,
    parts: Vec<Value>,
}

/// A place as values.
#[derive(Debug, Clone, Serialize)]
struct VicinityValue {
    root: Value,
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
    nav: &'static str,
    root: &'a Value,
    crumbs: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    past: Option<&'a Value>,
}

impl Surroundings {
    /// For the pages of a theme.
    pub fn new(theme: &Theme) -> Self {
        let is_of_page = |file: &&String| PARTS.iter().all(|(part, _)| part != file);
        let pages = || theme.templates.iter().filter(|(file, _)| is_of_page(file));
        let asked = PARTS.map(|(_, name)| pages().any(|(_, template)| asks(&template.text, name)));
        Self { asked, held: Mutex::default(), common: Mutex::default() }
    }

    /// Sets the frame of a page and what stands around it among the variables of its template.
    ///
    /// # Errors
    /// The template that failed.
    pub fn set(&self, tera: &Tera, frame: &Frame, context: &mut Context) -> Result<(), tera::Error> {
        let around = self.around(tera, &frame.vicinity, frame.nav)?;
        let vicinity = &around.of_vicinity.values;
        let value = FrameValue {
            kind: frame.kind,
            title: &frame.title,
            path: &frame.path,
            nav: frame.nav,
            root: &vicinity.root,
            crumbs: &vicinity.crumbs,
            past: vicinity.past.as_ref(),
        };
        context.insert_value("page", Value::try_from_serializable(&value)?);
        let parts = around.of_nav.iter().chain(&around.of_vicinity.parts);
        let parts = PARTS.into_iter().zip(parts).zip(self.asked);
        for (((_, name), part), _) in parts.filter(|(_, is_asked)| *is_asked) {
            context.insert_value(name, part.clone());
        }
        Ok(())
    }

    fn around(
        &self,
        tera: &Tera,
        vicinity: &SharedVicinity,
        nav: &'static str,
    ) -> Result<Arc<Around>, tera::Error> {
        let near = {
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = held.iter().position(|around| around.nav == nav && around.vicinity == *vicinity)
            {
                held.swap(0, at);
                return Ok(Arc::clone(&held[0]));
            }
            held.iter()
                .find(|around| around.vicinity == *vicinity)
                .map(|around| Arc::clone(&around.of_vicinity))
        };
        let made = Arc::new(self.make(tera, vicinity, nav, near)?);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.truncate(HELD - 1);
        held.push_front(Arc::clone(&made));
        Ok(made)
    }

    /// What stands around the pages of a place; `near` is what is known of the place from another part of the navigation.
    fn make(
        &self,
        tera: &Tera,
        vicinity: &SharedVicinity,
        nav: &'static str,
        near: Option<Arc<OfVicinity>>,
    ) -> Result<Around, tera::Error> {
        let common = PARTS.into_iter().take(COMMON);
        let of_nav = common.map(|(template, _)| self.common(tera, template, &vicinity.root, nav));
        let of_nav = of_nav.collect::<Result<_, _>>()?;
        let of_vicinity = near.map_or_else(|| of_vicinity(tera, vicinity).map(Arc::new), Ok)?;
        Ok(Around { vicinity: vicinity.clone(), nav, of_nav, of_vicinity })
    }

    /// A part that many places share.
    fn common(
        &self,
        tera: &Tera,
        template: &'static str,
        root: &str,
        nav: &'static str,
    ) -> Result<Value, tera::Error> {
        let key = (template, root.to_owned(), nav);
        if let Some(known) = self.common.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known.clone());
        }
        let mut context = Context::new();
        context.insert("root", root);
        context.insert("current", nav);
        let made = render(tera, template, &context)?;
        self.common.lock().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
        Ok(made)
    }
}

fn of_vicinity(tera: &Tera, vicinity: &SharedVicinity) -> Result<OfVicinity, tera::Error> {
    let values = VicinityValue {
        root: Value::try_from_serializable(&vicinity.root)?,
        crumbs: Value::try_from_serializable(&vicinity.crumbs)?,
        past: vicinity.past.as_ref().map(Value::try_from_serializable).transpose()?,
    };
    let mut context = Context::new();
    context.insert_value("page", Value::try_from_serializable(&values)?);
    let mut parts = Vec::with_capacity(PARTS.len() - COMMON);
    for (template, name) in PARTS.into_iter().skip(COMMON) {
        let made = render(tera, template, &context)?;
        context.insert_value(name, made.clone());
        parts.push(made);
    }
    Ok(OfVicinity { values, parts })
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
