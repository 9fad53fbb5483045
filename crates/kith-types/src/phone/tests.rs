//! What contact books hold, and what must come of it.

use proptest::prelude::*;
use rlibphonenumber::PHONE_NUMBER_UTIL;

use super::*;

fn region(letters: &str) -> Option<Region> {
    (!letters.is_empty()).then(|| letters.parse().unwrap())
}

fn parse(text: &str, letters: &str) -> Result<String, PhoneInvalid> {
    PhoneNumber::parse(text, region(letters)).map(|number| number.as_e164().to_owned())
}

#[test]
fn contact_books_are_read() {
    for (text, letters, expected) in [
        ("+14155550123", "", "+14155550123"),
        ("(415) 555-0123", "US", "+14155550123"),
        ("415.555.0123", "US", "+14155550123"),
        ("1 415 555 0123", "US", "+14155550123"),
        ("+1 (415) 555-0123", "DE", "+14155550123"),
        ("tel:+1-415-555-0123", "", "+14155550123"),
        ("TEL:+1-415-555-0123;ext=12", "", "+14155550123"),
        ("tel:555-0123;phone-context=+1415", "", "+14155550123"),
        ("sms:+14155550123", "", "+14155550123"),
        ("callto://+14155550123", "", "+14155550123"),
        ("+1 415-555-0123 ext. 7", "", "+14155550123"),
        ("+1 415-555-0123 x7", "", "+14155550123"),
        ("+14155550123,,4321#", "", "+14155550123"),
        ("+14155550123;4321", "", "+14155550123"),
        ("\u{202a}+1 415\u{a0}555\u{2011}0123\u{202c}", "", "+14155550123"),
        ("\u{200e}\u{200f}+1415\u{200b}5550123\u{feff}", "", "+14155550123"),
        ("＋１４１５５５５０１２３", "", "+14155550123"),
        ("٠٥٠١٢٣٤٥٦٧", "SA", "+966501234567"),
        ("+1 415 555 0123\n", "", "+14155550123"),
        ("\t+1\t415 555 0123", "", "+14155550123"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("0171/1234567", "DE", "+491711234567"),
        ("0049 171 1234567", "DE", "+491711234567"),
        ("0049 171 1234567", "US", "+491711234567"),
        ("0049 171 1234567", "", "+491711234567"),
        ("011 49 171 1234567", "US", "+491711234567"),
        ("*31#+49 171 1234567", "", "+491711234567"),
        ("+49 (0) 171 1234567", "", "+491711234567"),
        ("+44 (0)20 7946 0958", "", "+442079460958"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("+39 06 698 12345", "", "+390669812345"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("090-1234-5678", "JP", "+819012345678"),
        ("+52 1 55 1234 5678", "", "+525512345678"),
        ("+5215512345678", "US", "+525512345678"),
        ("044 55 1234 5678", "MX", "+525512345678"),
        ("55 1234 5678", "MX", "+525512345678"),
        ("+54 9 11 2345-6789", "", "+5491123456789"),
        ("011 15-2345-6789", "AR", "+5491123456789"),
        ("8 (916) 123-45-67", "RU", "+79161234567"),
        ("(11) 96123-4567", "BR", "+5511961234567"),
    ] {
        assert_eq!(parse(text, letters).as_deref(), Ok(expected), "{text:?} in {letters:?}");
    }
}

#[test]
fn what_is_no_number_says_what_to_do() {
    use PhoneInvalid::{CountryMissing, CountryUnknown, NotANumber, NotInUse, TooLong, TooShort};
    for (text, letters, expected) in [
        ("", "US", NotANumber),
        ("  ", "US", NotANumber),
        ("mother", "US", NotANumber),
        ("ana@example.org", "US", NotANumber),
        ("415 555 0123", "", CountryMissing),
        ("+999 1234567", "", CountryUnknown),
        ("+1 415 555", "", TooShort),
        ("112", "DE", TooShort),
        ("911", "US", TooShort),
        ("+1 415 555 0123 4567", "", TooLong),
        ("+14155550123".repeat(20).as_str(), "", TooLong),
        ("+1 115 555 0123", "", NotInUse),
        ("555 0123", "US", TooShort),
    ] {
        assert_eq!(parse(text, letters), Err(expected), "{text:?} in {letters:?}");
    }
}

#[test]
fn the_kind_of_line_is_told() {
    for (text, expected) in [
        ("+491711234567", LineKind::Mobile),
        ("+493012345678", LineKind::Fixed),
        ("+14155550123", LineKind::FixedOrMobile),
        ("+445612345678", LineKind::Voip),
        ("+18003569377", LineKind::TollFree),
        ("+449012345678", LineKind::PremiumRate),
        ("+4918012345", LineKind::SharedCost),
        ("+447012345678", LineKind::Personal),
        ("+447640123456", LineKind::Pager),
        ("+443012345678", LineKind::Company),
        ("+881612345678", LineKind::Satellite),
        ("+870773111632", LineKind::Satellite),
    ] {
        let number = PhoneNumber::parse(text, None).unwrap();
        assert_eq!(number.line_kind(), expected, "{text}");
    }
}

#[test]
fn the_country_is_told() {
    let number = PhoneNumber::parse("+442079460958", None).unwrap();
    assert_eq!(number.region(), region("GB"));
    assert_eq!(number.calling_code(), 44);
    let canadian = PhoneNumber::parse("+14165550123", None).unwrap();
    assert_eq!((canadian.region(), canadian.calling_code()), (region("CA"), 1));
    let satellite = PhoneNumber::parse("+881612345678", None).unwrap();
    assert_eq!((satellite.region(), satellite.calling_code()), (None, 881));
}

#[test]
fn only_countries_are_regions() {
    assert_eq!("de".parse::<Region>().unwrap().to_string(), "DE");
    for text in ["", "D", "DEU", "ZZ", "001", "49", "d€"] {
        assert_eq!(text.parse::<Region>(), Err(RegionInvalid), "{text}");
    }
}

#[test]
fn debug_never_shows_a_digit() {
    let number = PhoneNumber::parse("+14155550123", None).unwrap();
    let shown = format!("{number:?} {number:#?} {:?}", Some(&number));
    assert!(!shown.contains(|sign: char| sign.is_ascii_digit()), "{shown}");
}

#[test]
fn json_is_e164() {
    warm_up();
    let number: PhoneNumber = serde_json::from_str("\"+1 415 555-0123\"").unwrap();
    assert_eq!(serde_json::to_string(&number).unwrap(), "\"+14155550123\"");
    let error = serde_json::from_str::<PhoneNumber>("\"4155550123\"").unwrap_err();
    assert!(error.to_string().contains("country code"), "{error}");
}

/// The example number of every country, for every kind of line.
fn examples() -> Vec<Parsed> {
    use rlibphonenumber::PhoneNumberType as Kind;
    let kinds = [Kind::Mobile, Kind::FixedLine, Kind::VoIP, Kind::TollFree, Kind::PremiumRate];
    let mut numbers = Vec::new();
    for region in PHONE_NUMBER_UTIL.get_supported_regions() {
        for kind in kinds {
            let example = PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region, kind);
            numbers.extend(example.ok());
        }
    }
    numbers
}

#[test]
fn every_example_number_of_every_country_survives_each_way_of_writing() {
    let numbers = examples();
    assert!(numbers.len() > 600, "{}", numbers.len());
    for example in numbers {
        let expected = example.format_as(PhoneNumberFormat::E164).into_owned();
        for format in
            [PhoneNumberFormat::E164, PhoneNumberFormat::International, PhoneNumberFormat::RFC3966]
        {
            let number = PhoneNumber::parse(&example.format_as(format), None);
            assert_eq!(
                number.as_ref().map(PhoneNumber::as_e164),
                Ok(expected.as_str()),
                "{format:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn reading_what_was_read_changes_nothing(
        text in r"[+＋]?[0-9 ()./\-]{4,20}", letters in "US|DE|MX|IT|BR|AR|GB|IN|CI",
    ) {
        if let Ok(number) = PhoneNumber::parse(&text, region(&letters)) {
            prop_assert_eq!(PhoneNumber::parse(number.as_e164(), None), Ok(number.clone()));
            prop_assert_eq!(PhoneNumber::parse(number.as_e164(), region("US")), Ok(number.clone()));
            prop_assert!(number.as_e164().len() <= 16);
            prop_assert!(number.calling_code() > 0);
        }
    }

    #[test]
    fn no_text_panics(text in ".{0,80}", letters in "US|DE|MX|") {
        let _ = PhoneNumber::parse(&text, region(&letters));
    }

    #[test]
    fn no_text_of_number_signs_panics(text in r"[0-9+*#,;pwxet:/()\-\u{202a}٣３ ]{0,60}", letters in "US|DE|MX|") {
        let _ = PhoneNumber::parse(&text, region(&letters));
    }
}
