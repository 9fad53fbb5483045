//! Owns which Unicode characters may stand where. It must never change a text.
//!
//! The rule: what can be seen may stand; what cannot be seen may stand only where a script or an
//! emoji needs it, so that two names that look the same are the same and nothing hides in a text.

use unicode_normalization::char::is_combining_mark;
use unicode_properties::{
    GeneralCategory, GeneralCategoryGroup, UnicodeEmoji as _, UnicodeGeneralCategory as _,
};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Layout, TextInvalid};

/// Code points of one character: a family of four with skin tones has 11, a flag of England 7.
const MAX_SIGNS_OF_CHARACTER: usize = 16;
/// Marks on one character: Hebrew with cantillation has 4, Tibetan 5.
const MAX_MARKS_OF_CHARACTER: usize = 8;

const ZERO_WIDTH_NON_JOINER: char = '\u{200c}';
const ZERO_WIDTH_JOINER: char = '\u{200d}';
const EMOJI_PRESENTATION: char = '\u{fe0f}';
const ENCLOSING_KEYCAP: char = '\u{20e3}';
const BLACK_FLAG: char = '\u{1f3f4}';

/// Looks at every character and returns how many there are, or the first problem.
pub(super) fn check(text: &str, layout: Layout) -> Result<usize, TextInvalid> {
    // The common case, forty times quicker than to look for the bounds of characters.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(text.len());
    }
    let mut characters = 0;
    let mut previous = None;
    for character in text.graphemes(true) {
        characters += 1;
        let position = characters;
        if is_stacked(character) {
            return Err(TextInvalid::Stacked { position });
        }
        let start = character.as_ptr() as usize - text.as_ptr() as usize;
        for (offset, sign) in character.char_indices() {
            let next = text[start + offset + sign.len_utf8()..].chars().next();
            if !may_stand(previous, sign, next, layout) {
                return Err(TextInvalid::Invisible { position });
            }
            previous = Some(sign);
        }
    }
    Ok(characters)
}

/// Tells whether a character carries more than any writing system puts on one.
pub(super) fn is_stacked(character: &str) -> bool {
    character.chars().count() > MAX_SIGNS_OF_CHARACTER
        || character.chars().filter(|sign| is_combining_mark(*sign)).count()
            > MAX_MARKS_OF_CHARACTER
}

/// Tells whether `sign` may stand between its two neighbours.
pub(super) fn may_stand(
    previous: Option<char>,
    sign: char,
    next: Option<char>,
    layout: Layout,
) -> bool {
    let joins_letters = || previous.is_some_and(joins) && next.is_some_and(joins);
    match sign {
        ' '..='~' => true,
        '\n' => layout == Layout::Lines,
        ZERO_WIDTH_NON_JOINER => joins_letters(),
        ZERO_WIDTH_JOINER => {
            let joins_emoji = previous.is_some_and(ends_emoji) && next.is_some_and(is_emoji);
            joins_emoji || joins_letters()
        }
        '\u{fe0e}' | EMOJI_PRESENTATION => previous.is_some_and(|base| {
            is_emoji(base) || (base.is_emoji_char() && next == Some(ENCLOSING_KEYCAP))
        }),
        '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => previous.is_some_and(is_ideograph),
        '\u{180b}'..='\u{180f}' => {
            previous.is_some_and(|base| matches!(base, '\u{1820}'..='\u{18aa}'))
        }
        // The tags that spell the country of a flag, from Emoji 5.0.
        '\u{e0020}'..='\u{e007f}' => {
            previous.is_some_and(|before| before == BLACK_FLAG || is_tag(before))
        }
        // Marks of direction without an effect beyond themselves, which some keyboards type.
        '\u{200e}' | '\u{200f}' | '\u{61c}' => layout == Layout::Lines,
        sign => is_visible(sign),
    }
}

fn is_visible(sign: char) -> bool {
    match sign {
        // Fillers: letters, marks and symbols by their category, yet blank. Then what is reserved
        // for more invisible characters, and what is no character at all.
        '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{2065}'
        | '\u{fff0}'..='\u{fff8}'
        | '\u{e0000}'..='\u{e0fff}'
        | '\u{fdd0}'..='\u{fdef}' => false,
        sign if u32::from(sign) & 0xfffe == 0xfffe => false,
        // Format characters that are drawn: the number signs of Arabic and others.
        '\u{600}'..='\u{605}'
        | '\u{6dd}'
        | '\u{70f}'
        | '\u{890}'
        | '\u{891}'
        | '\u{8e2}'
        | '\u{110bd}'
        | '\u{110cd}' => true,
        sign => !matches!(
            sign.general_category(),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
        ),
    }
}

/// Letters and marks of the scripts whose letters join, or stack into conjuncts.
fn joins(sign: char) -> bool {
    let in_script = matches!(
        sign,
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}'
            | '\u{1780}'..='\u{18af}' | '\u{1a20}'..='\u{1c4f}' | '\u{a800}'..='\u{abff}'
            | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{11000}'..='\u{11fff}'
    );
    in_script
        && matches!(
            sign.general_category_group(),
            GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark
        )
}

/// An emoji on its own; the digits, `#` and `*` are one only inside a key cap.
fn is_emoji(sign: char) -> bool {
    !sign.is_ascii() && sign.is_emoji_char()
}

fn ends_emoji(sign: char) -> bool {
    is_emoji(sign) || sign == EMOJI_PRESENTATION || is_tag(sign)
}

fn is_tag(sign: char) -> bool {
    matches!(sign, '\u{e0020}'..='\u{e007f}')
}

fn is_ideograph(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
