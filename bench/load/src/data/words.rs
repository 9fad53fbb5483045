//! Names and sentences for people who do not exist.

use crate::random::Draws;

const GIVEN: [&str; 24] = [
    "Ana", "Ben", "Chloé", "David", "Elif", "Farid", "Grace", "Hiro", "Inês", "Jonas", "Kaja",
    "Liam", "Mei", "Noah", "Olga", "Paulo", "Quinn", "Rosa", "Sami", "Tove", "Uma", "Viktor",
    "Wren", "Yusuf",
];
const FAMILY: [&str; 16] = [
    "Almeida",
    "Berg",
    "Costa",
    "Diaz",
    "Eriksen",
    "Fischer",
    "Gupta",
    "Haddad",
    "Ito",
    "Jansen",
    "Kowalski",
    "Lindqvist",
    "Moreau",
    "Novak",
    "Okafor",
    "Petrov",
];
const WORDS: [&str; 40] = [
    "light", "morning", "the", "sea", "we", "found", "a", "small", "garden", "behind", "old",
    "house", "and", "stayed", "until", "evening", "with", "friends", "cake", "again", "rain",
    "mountain", "finally", "summer", "grandma", "says", "hello", "from", "train", "dog", "loves",
    "this", "place", "so", "quiet", "today", "look", "at", "that", "sky",
];

/// A person's name.
pub fn name(draws: &mut Draws) -> String {
    format!("{} {}", draws.pick(&GIVEN), draws.pick(&FAMILY))
}

/// Some words, between 3 and `most`.
pub fn sentence(draws: &mut Draws, most: usize) -> String {
    let count = 3 + draws.below(most - 2);
    (0..count).map(|_| *draws.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}
