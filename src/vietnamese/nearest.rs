//! The known words that an unknown one was probably meant to be.
//!
//! A problem that only says "unknown" sends the author to the manual; one that offers the right word is mended at once.
//! A far-fetched offer is worse than none, so there is a threshold. This is the home of `strsim`.

use std::collections::BTreeSet;

use crate::vietnamese::fold;

/// Most words offered: more is a list to read, not a hint.
const MAX_OFFERS: usize = 3;

/// Of the word's characters, one in this many may be wrong: two words of five letters that differ in two are strangers.
const CHARACTERS_PER_SLIP: usize = 3;

/// Up to three of the known words nearest to the wanted one, nearest first, then in the order of their texts.
///
/// The distance counts letters added, left out, changed or exchanged with a neighbour; case, marks and the sign that
/// joins words do not count. At most a third of the letters (but always one) may be wrong.
pub fn nearest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = fold::key(wanted);
    let length = wanted.chars().count();
    if length == 0 {
        return Vec::new();
    }
    let threshold = (length / CHARACTERS_PER_SLIP).max(1);
    let mut found = BTreeSet::new();
    for candidate in candidates {
        let known = fold::key(candidate);
        // Cheap, and keeps the quadratic distance away from texts that cannot be near.
        if known.chars().count().abs_diff(length) > threshold {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &known);
        if distance <= threshold {
            found.insert((distance, candidate));
        }
    }
    found.into_iter().take(MAX_OFFERS).map(|(_, candidate)| candidate).collect()
}

/// The known word that a word is so near to that it was almost certainly meant: one slip in a word of four letters, two in one
/// of eight; shorter words are too near to each other to tell.
pub fn near_miss<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = match word.chars().count() {
        0..4 => return None,
        4..8 => 1,
        _ => 2,
    };
    let near = |c: &&str| (1..=allowed).contains(&strsim::osa_distance(word, c));
    candidates.filter(near).min_by_key(|c| (strsim::osa_distance(word, c), *c))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_find_their_word() {
        let known = ["title", "kind", "date", "as_of", "status", "tieu_de", "drug-crime"];
        assert_eq!(nearest("titel", known.into_iter()), ["title"]);
        assert_eq!(nearest("Tiêu  đề", known.into_iter()), ["tieu_de"]);
        assert_eq!(nearest("drug_crimes", known.into_iter()), ["drug-crime"]);
    }

    #[test]
    fn no_nonsense_is_offered() {
        assert!(nearest("budget", ["title", "kind"].into_iter()).is_empty());
        assert!(nearest("", ["a"].into_iter()).is_empty());
        assert!(nearest("id", ["who"].into_iter()).is_empty());
    }

    #[test]
    fn nearest_first_then_by_text_and_at_most_three() {
        let known = ["lesson-d", "lesson-c", "lesson-b", "lesson-a", "lesson-c", "lessen"];
        assert_eq!(nearest("lesson-e", known.into_iter()), ["lesson-a", "lesson-b", "lesson-c"]);
        assert_eq!(nearest("lesson-b", known.into_iter()), ["lesson-b", "lesson-a", "lesson-c"]);
    }
}
