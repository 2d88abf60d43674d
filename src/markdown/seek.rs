//! Wordings looked for in a text as people read it, all of them in one pass.
//!
//! What a correction calls wrong is words: it may begin in plain text and end in bold, and white space and line ends count
//! as they are read, but it never leaves its paragraph, cell or heading and never begins or ends within a word or number:
//! `45` is not in `1.450`. A reference without words of its own, `[[id]]`, is one word that only itself equals.
//!
//! The words of all wordings, read from their ends, make one automaton (Aho and Corasick, 1975), which runs over the text
//! from its end: each place then knows the wordings that begin there. A report may have thousands of corrections, equal
//! ones among them, and the pass stays linear in text and corrections together.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use super::event::{Kind, Parsed, Tag};
use super::{Flavour, parse};

/// Words of a text that were sought and found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struck {
    /// The number under which they were sought.
    pub of: usize,
    /// Their parts in the order of the text.
    pub(super) runs: Vec<Run>,
    /// The sign of a share that stands behind the words and belongs to them, though it was not sought.
    pub(super) sign: &'static str,
}

/// A part of the words of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub event: usize,
    pub bytes: Range<usize>,
}

/// The wordings that are sought.
#[derive(Debug)]
pub struct Sought {
    /// The words that occur in them.
    words: BTreeMap<String, usize>,
    /// The first is where no wording has begun.
    states: Vec<Tail>,
}

/// The words between some place and the end of a wording.
#[derive(Debug, Default)]
struct Tail {
    /// With one word more, read backwards.
    next: BTreeMap<usize, usize>,
    /// The longest beginning of these words that also is the end of a wording; the first state if there is none.
    shorter: usize,
    /// How many words.
    length: usize,
    /// The numbers of the wordings that are these words.
    whole: Vec<usize>,
}

/// A word of a text.
struct ReadWord {
    /// Its number in [`Sought::words`]; none for words that nobody seeks and for borders.
    number: Option<usize>,
    runs: Vec<Run>,
    /// Whether its last letter is a digit.
    is_figure: bool,
    /// `%` or `‰` with no space before it, and in no other words.
    sign: &'static str,
}

impl Sought {
    /// Seeks wordings, written as [`Flavour::Prose`], under their numbers; equal ones in the order given.
    pub fn new<'t>(wordings: impl IntoIterator<Item = (usize, &'t str)>) -> Self {
        let mut sought = Self { words: BTreeMap::new(), states: vec![Tail::default()] };
        for (number, text) in wordings {
            let Ok(parsed) = parse(text, Flavour::Prose) else { continue };
            let mut words: Vec<Option<String>> = Vec::new();
            let mut reading = Cutter::new(|word, _, _| words.push(word.map(str::to_owned)));
            reading.read(&parsed, 0..parsed.events.len());
            let is_border = |word: &Option<String>| word.is_none();
            let first = words.iter().position(|word| !is_border(word)).unwrap_or(words.len());
            let last = words.iter().rposition(|word| !is_border(word)).map_or(first, |last| last + 1);
            // Words over a border stand nowhere.
            let backwards: Option<Vec<String>> = words.drain(first..last).rev().collect();
            sought.add(number, backwards.unwrap_or_default());
        }
        sought.connect();
        sought
    }

    /// Whether nothing is sought.
    pub fn is_empty(&self) -> bool {
        self.states.len() == 1
    }

    fn add(&mut self, number: usize, backwards: Vec<String>) {
        let mut at = 0;
        for word in backwards {
            let count = self.words.len();
            let word = *self.words.entry(word).or_insert(count);
            let (length, new) = (self.states[at].length + 1, self.states.len());
            at = *self.states[at].next.entry(word).or_insert(new);
            if at == new {
                self.states.push(Tail { length, ..Tail::default() });
            }
        }
        if at > 0 {
            self.states[at].whole.push(number);
        }
    }

    /// Finds for each state the longest shorter one, from the shortest states on.
    fn connect(&mut self) {
        let mut queue = VecDeque::from([0]);
        while let Some(at) = queue.pop_front() {
            let longer: Vec<(usize, usize)> = self.states[at].next.iter().map(|(w, s)| (*w, *s)).collect();
            for (word, state) in longer {
                self.states[state].shorter =
                    if at == 0 { 0 } else { self.step(self.states[at].shorter, word) };
                queue.push_back(state);
            }
        }
    }

    fn step(&self, mut at: usize, word: usize) -> usize {
        loop {
            match self.states[at].next.get(&word) {
                Some(next) => return *next,
                None if at == 0 => return 0,
                None => at = self.states[at].shorter,
            }
        }
    }

    /// Finds in a text, or in the section of one of its headings with the heading itself, what is sought: each wording
    /// once, from the beginning of the text on; of those that begin at one place the longest, of equal ones the first.
    /// Words that are struck already are left alone; what is found joins them.
    pub fn find(&self, parsed: &Parsed<'_>, section: Option<usize>, struck: &mut Vec<Struck>) {
        if self.is_empty() {
            return;
        }
        let events = match section {
            None => 0..parsed.events.len(),
            Some(section) => parsed
                .headings
                .get(section)
                .map_or(0..0, |heading| heading.words.start.saturating_sub(1)..heading.section_end),
        };
        let words = self.words_of(parsed, events, struck);
        let mut state = 0;
        let mut begins: Vec<usize> = Vec::with_capacity(words.len());
        for word in words.iter().rev() {
            state = word.number.map_or(0, |word| self.step(state, word));
            begins.push(state);
        }
        let mut left = Left::of(&self.states);
        let mut at = 0;
        while at < words.len() {
            let Some((state, of)) = left.take(begins[words.len() - 1 - at]) else {
                at += 1;
                continue;
            };
            let mut end = at + self.states[state].length;
            let sign = words.get(end).map_or("", |word| word.sign);
            let sign = if words[end - 1].is_figure { sign } else { "" };
            end += usize::from(!sign.is_empty());
            struck.push(Struck { of, runs: joined(&words[at..end]), sign });
            at = end;
        }
    }

    /// The words of some events. Those that are struck are nobody's any more.
    fn words_of(&self, parsed: &Parsed<'_>, events: Range<usize>, struck: &[Struck]) -> Vec<ReadWord> {
        let mut taken: Vec<&Run> = struck.iter().flat_map(|struck| &struck.runs).collect();
        taken.sort_by_key(|run| (run.event, run.bytes.start));
        let is_taken = |run: &Run| {
            let end = (run.event, run.bytes.end);
            let after = taken.partition_point(|other| (other.event, other.bytes.start) < end);
            let before = after.checked_sub(1).map(|at| taken[at]);
            before.is_some_and(|other| other.event == run.event && other.bytes.end > run.bytes.start)
        };
        let mut words = Vec::new();
        let mut reading = Cutter::new(|word: Option<&str>, runs: Vec<Run>, is_joined| {
            let word = word.filter(|_| !runs.iter().any(is_taken));
            let number = word.and_then(|word| self.words.get(word).copied());
            let is_figure = word.is_some_and(|word| word.ends_with(|c: char| c.is_ascii_digit()));
            let sign = SIGNS.into_iter().find(|sign| is_joined && word == Some(sign)).unwrap_or_default();
            words.push(ReadWord { number, runs, is_figure, sign });
        });
        reading.read(parsed, events);
        words
    }
}

/// The signs of shares.
const SIGNS: [&str; 2] = ["%", "‰"];

/// The parts of some words and of what stands between them.
fn joined(words: &[ReadWord]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for run in words.iter().flat_map(|word| &word.runs) {
        match runs.last_mut() {
            Some(last) if last.event == run.event => last.bytes.end = run.bytes.end,
            _ => runs.push(run.clone()),
        }
    }
    runs
}

/// Which wordings are still to be found in a text.
struct Left<'s> {
    states: &'s [Tail],
    /// How many of a state's wordings were found.
    found: Vec<usize>,
    /// A shorter state, such that none between has a wording left.
    shorter: Vec<usize>,
}

impl<'s> Left<'s> {
    fn of(states: &'s [Tail]) -> Self {
        let shorter = states.iter().map(|state| state.shorter).collect();
        Self { states, found: vec![0; states.len()], shorter }
    }

    /// The longest wording left of which these words are the beginning or the whole: its state and its number.
    fn take(&mut self, from: usize) -> Option<(usize, usize)> {
        let mut state = from;
        while state != 0 && self.found[state] == self.states[state].whole.len() {
            state = self.shorter[state];
        }
        // States without anything left are passed over once and not at every place.
        let mut passed = from;
        while passed != state {
            passed = std::mem::replace(&mut self.shorter[passed], state);
        }
        let of = *self.states[state].whole.get(self.found[state])?;
        self.found[state] += 1;
        Some((state, of))
    }
}

/// A text being cut into words, each handed on with its parts, and whether nothing stands between it and the one before.
/// A border is handed on as no word.
struct Cutter<T> {
    take: T,
    word: String,
    runs: Vec<Run>,
    is_joined: bool,
}

impl<T: FnMut(Option<&str>, Vec<Run>, bool)> Cutter<T> {
    fn new(take: T) -> Self {
        Self { take, word: String::new(), runs: Vec::new(), is_joined: false }
    }

    fn read(&mut self, parsed: &Parsed<'_>, events: Range<usize>) {
        for at in events {
            let event = &parsed.events[at];
            match event.kind {
                Kind::Text | Kind::Html | Kind::HtmlLine => self.letters(at, parsed.source(event)),
                Kind::Literal(words) | Kind::Code(words) => self.letters(at, &parsed.strings[words]),
                Kind::Reference => match parsed.reference(event) {
                    (_, Some(words)) => self.letters(at, &words),
                    (target, None) => {
                        self.end_word();
                        let word = format!("[[{}]]", &parsed.text[target]);
                        (self.take)(Some(&word), vec![Run { event: at, bytes: 0..word.len() }], false);
                    }
                },
                Kind::SoftBreak | Kind::HardBreak => self.space(),
                Kind::NoteMark(_) => self.end_word(),
                Kind::Open(tag) | Kind::Close(tag) if tag.is_inline() && !matches!(tag, Tag::Image(_)) => {}
                Kind::Open(_) | Kind::Close(_) | Kind::Rule => {
                    self.space();
                    (self.take)(None, Vec::new(), false);
                }
            }
        }
        self.end_word();
    }

    fn letters(&mut self, event: usize, text: &str) {
        for (at, letter) in text.char_indices() {
            let next = || text[at + letter.len_utf8()..].chars().next();
            let is_digit = |letter: char| letter.is_ascii_digit();
            let parts_number =
                || ".,".contains(letter) && self.word.ends_with(is_digit) && next().is_some_and(is_digit);
            if letter.is_whitespace() {
                self.space();
            } else if is_of_word(letter) || parts_number() {
                self.letter(event, at, letter);
            } else if !is_nothing(letter) {
                self.end_word();
                self.letter(event, at, letter);
                self.end_word();
            }
        }
    }

    fn letter(&mut self, event: usize, at: usize, letter: char) {
        self.word.push(letter);
        let end = at + letter.len_utf8();
        match self.runs.last_mut() {
            Some(run) if run.event == event => run.bytes.end = end,
            _ => self.runs.push(Run { event, bytes: at..end }),
        }
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            (self.take)(Some(&self.word), std::mem::take(&mut self.runs), self.is_joined);
            self.word.clear();
            self.is_joined = true;
        }
    }

    fn space(&mut self) {
        self.end_word();
        self.is_joined = false;
    }
}

/// Letters, digits, and marks that no letter is composed with.
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\u{300}'..='\u{36f}')
}

/// What takes no room: zero-width spaces and joiners, the byte-order mark.
fn is_nothing(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}
