//! Reading address book files: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) as telephones and address books
//! write them. Pure: bytes in, names and numbers out.
//!
//! It must never fail or panic: what it cannot make sense of it leaves out, and its work grows with the length
//! of the file only. It judges neither names nor numbers.

mod line;
mod text;

use encoding_rs::Encoding;

use line::{Line, Lines};
use text::decoded;

/// Somebody in an address book file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// What the owner calls them; empty if the file does not say.
    pub name: String,
    /// Telephone numbers as written.
    pub numbers: Vec<String>,
}

/// Reads the cards of a file that have a number, until they have more than `most` numbers together. None if
/// there is no card in it at all. `charset` is what the sender said of the whole file; its own word wins.
pub fn read(bytes: &[u8], charset: Option<&str>, most: usize) -> Option<Vec<Card>> {
    let (bytes, charset) = text::as_ascii_superset(bytes, charset);
    let mut reader = Reader { charset, ..Reader::default() };
    let mut lines = Lines::new(&bytes);
    while reader.numbers <= most {
        let Some(line) = lines.next() else { break };
        reader.take(&line);
    }
    reader.finish();
    reader.is_card_seen.then_some(reader.cards)
}

#[derive(Default)]
struct Reader {
    charset: Option<&'static Encoding>,
    cards: Vec<Card>,
    numbers: usize,
    is_card_seen: bool,
    open: Option<Draft>,
    /// Cards inside of a card (2.1: an assistant's): how deep, and whether the next one is such.
    nested: usize,
    is_agent_next: bool,
}

/// A card while it is read, with all that could name it.
#[derive(Default)]
struct Draft {
    formatted: String,
    structured: String,
    nickname: String,
    organisation: String,
    email: String,
    numbers: Vec<String>,
}

impl Reader {
    fn take(&mut self, line: &Line<'_>) {
        let is_agent = std::mem::take(&mut self.is_agent_next);
        match (line.name.as_str(), line.value_is("vcard")) {
            ("BEGIN", true) if self.nested > 0 || (is_agent && self.open.is_some()) => {
                self.nested += 1;
            }
            ("BEGIN", true) => {
                self.finish();
                self.open = Some(Draft::default());
                self.is_card_seen = true;
            }
            ("END", true) if self.nested > 0 => self.nested -= 1,
            ("END", true) => self.finish(),
            ("AGENT", _) => self.is_agent_next = line.value.trim_ascii().is_empty(),
            _ if self.nested == 0 => {
                if let Some(draft) = &mut self.open {
                    let before = draft.numbers.len();
                    draft.take(line, self.charset);
                    self.numbers += draft.numbers.len() - before;
                }
            }
            _ => {}
        }
    }

    fn finish(&mut self) {
        self.nested = 0;
        if let Some(draft) = self.open.take().filter(|draft| !draft.numbers.is_empty()) {
            self.cards.push(draft.into_card());
        }
    }
}

impl Draft {
    fn take(&mut self, line: &Line<'_>, charset: Option<&'static Encoding>) {
        let plain = || text::unescaped(&decoded(line, charset));
        let parts = || text::components(&decoded(line, charset));
        match line.name.as_str() {
            "TEL" => {
                let number = plain();
                if !number.trim().is_empty() {
                    self.numbers.push(number);
                }
            }
            "FN" => first(&mut self.formatted, plain),
            "N" => first(&mut self.structured, || natural_order(&parts())),
            "NICKNAME" => first(&mut self.nickname, plain),
            "ORG" => first(&mut self.organisation, || joined(parts().iter())),
            "EMAIL" => first(&mut self.email, plain),
            _ => {}
        }
    }

    fn into_card(self) -> Card {
        let names = [self.formatted, self.structured, self.nickname, self.organisation, self.email];
        let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        Card { name, numbers: self.numbers }
    }
}

/// Of several, the first that says something counts.
fn first(slot: &mut String, value: impl FnOnce() -> String) {
    if slot.is_empty() {
        value().trim().clone_into(slot);
    }
}

/// `family; given; additional; prefixes; suffixes` as one would say it.
fn natural_order(parts: &[String]) -> String {
    let order = [3, 1, 2, 0, 4];
    joined(order.iter().filter_map(|index| parts.get(*index))).replace(',', " ")
}

fn joined<'a>(parts: impl Iterator<Item = &'a String>) -> String {
    let parts: Vec<&str> = parts.map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
