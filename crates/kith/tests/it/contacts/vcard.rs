//! Address book files as telephones and programs write them.

use kith::features::contacts::vcard::{Card, read};
use kith_testkit::TestApp;
use proptest::prelude::*;
use serde_json::json;

fn cards(file: impl AsRef<[u8]>) -> Vec<(String, Vec<String>)> {
    let cards = read(file.as_ref(), None, 5_000).expect("cards");
    cards.into_iter().map(|card| (card.name, card.numbers)).collect()
}

fn card(name: &str, numbers: &[&str]) -> (String, Vec<String>) {
    (name.to_owned(), numbers.iter().map(|number| (*number).to_owned()).collect())
}

#[test]
fn version_3_with_groups_types_and_folded_lines() {
    let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 17.0//EN\r\n\
        N:Duval;Émile;;;\r\nFN:Émile Du\r\n val\r\nORG:Boulangerie\\, S.A.;Paris\r\n\
        item1.TEL;type=pref:+33 1 42 68 53 00\r\nitem1.X-ABLabel:_$!<HomeFAX>!$_\r\n\
        TEL;type=CELL;type=VOICE:06 12 34\r\n\u{20} 56 78\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n SkZJRgABAQ==\r\n\
        NOTE:TEL:+1 212 555 0100 is old\\; do not call\r\nEND:VCARD\r\n";
    assert_eq!(cards(file), [card("Émile Duval", &["+33 1 42 68 53 00", "06 12 34 56 78"])]);
}

#[test]
fn version_4_with_uris_and_quoted_parameters() {
    let file = "BEGIN:VCARD\nVERSION:4.0\nKIND:individual\nFN;PREF=1:Dr. Ana\\, MD\nFN:Other\n\
        N;SORT-AS=\"Perez:Ana\":Perez;Ana;;Dr.;MD\n\
        TEL;VALUE=uri;PREF=1;TYPE=\"voice,home\":tel:+1-212-555-0101;ext=5555\n\
        TEL;TYPE=\"a:b;c\":+12125550102\nTEL;VALUE=uri:\nEND:VCARD\n";
    assert_eq!(
        cards(file),
        [card("Dr. Ana, MD", &["tel:+1-212-555-0101;ext=5555", "+12125550102"])]
    );
}

#[test]
fn version_2_with_quoted_printable_soft_breaks_and_bare_types() {
    let file = "BEGIN:VCARD\r\nVERSION:2.1\r\n\
        N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2;=D0=98=\r\n\
        =D0=B2=D0=B0=D0=BD;;;\r\nFN;CHARSET=UTF-8;QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=20=\r\n\
        =D0=98=D0=B2=D0=B0=D0=BD=\r\n=D0=BE=D0=B2\r\nTEL;CELL;PREF:+7 916 123-45-67\r\nTEL;HOME:84951234567\r\n\
        PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRg\r\nABAQAAAQABAAD/2wBDAAEBAQEB\r\n\r\nEND:VCARD\r\n";
    assert_eq!(cards(file), [card("Иван Иванов", &["+7 916 123-45-67", "84951234567"])]);
}

#[test]
fn version_2_keeps_the_space_that_it_folds_at() {
    let file = "BEGIN:VCARD\nVERSION:2.1\nFN:Maria\n  Luisa\nTEL:1\nEND:VCARD\n";
    assert_eq!(cards(file), [card("Maria  Luisa", &["1"])]);
    let soft =
        "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE:Maria=\n Luisa\nTEL:1\nEND:VCARD\n";
    assert_eq!(cards(soft), [card("Maria Luisa", &["1"])]);
}

#[test]
fn old_character_sets_are_read() {
    let western = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:M\xfcller;J\xf6rg\r\nTEL:1\r\nEND:VCARD\r\n";
    assert_eq!(cards(western), [card("Jörg Müller", &["1"])]);
    let named = b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=ISO-8859-2:\xa3ukasz\nTEL:1\nEND:VCARD\n";
    assert_eq!(cards(named), [card("Łukasz", &["1"])]);
    // The second byte of this sign is a backslash in ASCII.
    let japanese =
        b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=SHIFT_JIS:\x95\x5c\x93\x63\nTEL:1\nEND:VCARD\n";
    assert_eq!(cards(japanese), [card("表田", &["1"])]);
    let quoted = "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:Andr=E9=20Nu=F1ez\nTEL:1\nEND:VCARD\n";
    assert_eq!(cards(quoted), [card("André Nuñez", &["1"])]);
    let text = "\u{feff}BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ölaf\r\nTEL:1\r\nEND:VCARD\r\n";
    assert_eq!(cards(text), [card("Ölaf", &["1"])]);
    for bytes in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
        let wide: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
        assert_eq!(cards(wide), [card("Ölaf", &["1"])]);
    }
    let cyrillic = b"BEGIN:VCARD\nFN:\xcf\xf3\xf8\xea\xe8\xed\nTEL:1\nEND:VCARD\n";
    let said = read(cyrillic, Some("windows-1251"), 10).expect("cards");
    assert_eq!(said, [Card { name: "Пушкин".into(), numbers: vec!["1".into()] }]);
}

#[test]
fn a_card_is_named_by_the_best_that_it_has() {
    let named =
        |lines: &str| cards(format!("BEGIN:VCARD\n{lines}\nTEL:1\nEND:VCARD\n"))[0].0.clone();
    assert_eq!(named("FN:\nN:Perez;Ana Maria;von;Dr.;Jr."), "Dr. Ana Maria von Perez Jr.");
    assert_eq!(named("N:;;;;\nORG:Town\\; Hall;Room 5;"), "Town; Hall Room 5");
    assert_eq!(named("ORG:Town\nNICKNAME:Bo"), "Bo");
    assert_eq!(named("EMAIL:bo@example.org"), "bo@example.org");
    assert_eq!(named("N:Perez\\;Ana;Juan,Jose"), "Juan Jose Perez;Ana");
    assert_eq!(named("FN:First\nFN:Second"), "First");
    assert_eq!(named("NOTE:nothing"), "");
}

#[test]
fn damaged_files_give_what_can_be_read() {
    assert_eq!(read(b"", None, 10), None);
    assert_eq!(read(b"name,number\nMum,2125550101\n", None, 10), None);
    assert_eq!(read(b"begin:vcard\nend:vcard\n", None, 10), Some(vec![]));
    assert_eq!(cards("BEGIN:VCARD\nFN:Cut\nTEL:1"), [card("Cut", &["1"])]);
    assert_eq!(
        cards("BEGIN:VCARD\nFN:A\nTEL:1\nBEGIN:VCARD\nFN:B\nTEL:2\nEND:VCARD\n"),
        [card("A", &["1"]), card("B", &["2"])]
    );
    assert_eq!(
        cards("TEL:0\nBEGIN:VCARD\nTEL\nTEL;:1\n:2\nTEL;X=\"open:3\nEND:VCARD\nTEL:4"),
        [card("", &["1", "3"])]
    );
    let agent = "BEGIN:VCARD\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Helper\nTEL:2\nEND:VCARD\nTEL:1\nEND:VCARD\n";
    assert_eq!(cards(agent), [card("Boss", &["1"])]);
    assert_eq!(cards("BEGIN:VCARD\rFN:Old Mac\rTEL:1\rEND:VCARD\r"), [card("Old Mac", &["1"])]);
    let loose = "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:50=25 =ZZ =4\nTEL:1\nEND:VCARD\n";
    assert_eq!(cards(loose), [card("50% =ZZ =4", &["1"])]);
}

#[test]
fn reading_stops_soon_after_enough_numbers() {
    let file = "BEGIN:VCARD\nTEL:1\nEND:VCARD\n".repeat(1_000);
    assert_eq!(read(file.as_bytes(), None, 10).expect("cards").len(), 11);
}

/// Files that would take hours if any step looked back.
#[test]
fn work_grows_with_the_length_only() {
    const MANY: usize = 1_000_000;
    let begin = "BEGIN:VCARD\nVERSION:2.1\n";
    let files = [
        format!("{begin}FN:x{}", "\n ".repeat(MANY)),
        format!("{begin}FN:{}\n{}", " ".repeat(MANY), "FN:\n".repeat(MANY)),
        format!("{begin}FN;QUOTED-PRINTABLE:{}", "=\n".repeat(MANY)),
        format!("{begin}FN;QUOTED-PRINTABLE:{}", "= \n ".repeat(MANY)),
        format!("{begin}{}", "AGENT:\nBEGIN:VCARD\n".repeat(MANY / 10)),
        format!("{begin}TEL{}:1", ";X=\"\"".repeat(MANY)),
        format!("BEGIN:VCARD\n{}", "\"".repeat(MANY)),
    ];
    for file in files {
        let _ = read(file.as_bytes(), None, 5_000);
    }
}

/// Pieces that files are made of, whole and broken.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"BEGIN:VCARD".to_vec()),
        Just(b"END:VCARD".to_vec()),
        Just(b"VERSION:2.1".to_vec()),
        Just(b"FN;ENCODING=QUOTED-PRINTABLE:=C3=".to_vec()),
        Just(b"TEL;TYPE=\"".to_vec()),
        Just(b"AGENT:".to_vec()),
        Just(b"N;CHARSET=SHIFT_JIS:\x95\\;".to_vec()),
        Just(b"=\n".to_vec()),
        Just(b"\r\n ".to_vec()),
        Just(b"\n".to_vec()),
        Just(b":".to_vec()),
        Just(b"TEL:+1".to_vec()),
        Just(b"\xff\xfe".to_vec()),
        prop::collection::vec(any::<u8>(), 0..20),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_panic_and_nothing_grows(file in pieces(), charset in prop::option::of("[a-z0-9-]{0,12}")) {
        let read = read(&file, charset.as_deref(), 20).unwrap_or_default();
        prop_assert!(read.iter().map(|card| card.numbers.len()).sum::<usize>() <= 21);
        // A sign of one byte is at most three in UTF-8, and a value can count once as name and once as number.
        let length: usize = read.iter().map(|c| c.name.len() + c.numbers.iter().map(String::len).sum::<usize>()).sum();
        prop_assert!(length <= 6 * file.len() + 16);
    }

    #[test]
    fn what_is_written_by_the_rules_comes_back(
        people in prop::collection::vec(("[ -~äöüßéЖ表]{1,40}", prop::collection::vec("[+0-9 ()-]{1,20}", 1..4)), 1..8),
        width in 5_usize..76, version in prop::sample::select(vec!["2.1", "3.0", "4.0"]),
    ) {
        let mut file = Vec::new();
        let mut expected = Vec::new();
        for (name, numbers) in &people {
            prop_assume!(!name.trim().is_empty() && numbers.iter().all(|n| !n.trim().is_empty()));
            file.extend_from_slice(format!("BEGIN:VCARD\r\nVERSION:{version}\r\n").as_bytes());
            file.extend(match version {
                "2.1" => quoted_printable(name, width),
                _ => folded(&format!("FN:{}", escaped(name)), width),
            });
            for number in numbers {
                file.extend_from_slice(format!("TEL;CELL:{number}\r\n").as_bytes());
            }
            file.extend_from_slice(b"END:VCARD\r\n");
            expected.push((name.trim().to_owned(), numbers.clone()));
        }
        prop_assert_eq!(cards(&file), expected);
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,")
}

/// Folds between bytes, as programs that count octets do, even inside of a character.
fn folded(line: &str, width: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for (index, part) in line.as_bytes().chunks(width).enumerate() {
        out.extend_from_slice(if index == 0 { b"" } else { b"\r\n " });
        out.extend_from_slice(part);
    }
    out.extend_from_slice(b"\r\n");
    out
}

fn quoted_printable(name: &str, width: usize) -> Vec<u8> {
    let mut line = b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:".to_vec();
    for (index, byte) in escaped(name).bytes().enumerate() {
        if index > 0 && index % width == 0 {
            line.extend_from_slice(b"=\r\n");
        }
        line.extend_from_slice(format!("={byte:02X}").as_bytes());
    }
    line.extend_from_slice(b"\r\n");
    line
}

#[tokio::test]
async fn a_file_is_imported_with_its_region_and_every_number_of_a_card() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Oma\r\nTEL;TYPE=HOME:030 23125 111\r\nTEL;TYPE=CELL:tel:+49-151-23456789\r\n\
        TEL:0\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;J=C3=B6rg\r\n\
        TEL;CELL:+1 212 555 0101\r\nEND:VCARD\r\n";
    let answer = ana.imports_file("DE", file).await.expect(200);
    assert_eq!((answer.at("/imported"), answer.at("/invalid/0/index")), (json!(3), json!(2)));
    let shown: Vec<_> = ana
        .contacts()
        .await
        .iter()
        .map(|c| {
            (
                c["contact_name"].as_str().unwrap().to_owned(),
                c["contact_phone_number"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    assert!(shown.contains(&("Oma".to_owned(), "+493023125111".to_owned())));
    assert!(shown.contains(&("Oma".to_owned(), "+4915123456789".to_owned())));
    assert!(shown.contains(&("Jörg".to_owned(), "+12125550101".to_owned())));
}
