//! The grammar of keys, with everything that must not pass.

use kith_storage::{ObjectKey, Refusal, StorageError};

#[test]
fn keys_that_kith_writes_are_valid() {
    for key in
        ["a", "0", "incoming/0198c0de-0000-7000-8000-000000000001", "images/a_b/w320.2.jpg", "a..b"]
    {
        assert_eq!(ObjectKey::parse(key).unwrap().as_str(), key);
    }
}

#[test]
fn nothing_leads_out_of_the_store() {
    let long_segment = "a".repeat(129);
    let long_key = vec!["a"; 257].join("/");
    let hostile = [
        "",
        "/",
        ".",
        "..",
        "../a",
        "a/..",
        "a/../b",
        "a/./b",
        "/a",
        "a/",
        "a//b",
        ".tmp",
        ".tmp/1-0",
        "a/.hidden",
        "a\\b",
        "a\0b",
        "a\nb",
        "a b",
        "a%2e%2e",
        "A",
        "é",
        "a?b",
        "a#b",
        "a:b",
        "~a",
        "-a",
        "_a",
        &long_segment,
        &long_key,
    ];
    for key in hostile {
        let refused = ObjectKey::parse(key);
        assert!(matches!(refused, Err(StorageError::Refused(Refusal::Key))), "{key:?}");
        assert!(
            matches!(ObjectKey::incoming(key), Err(StorageError::Refused(Refusal::Key)))
                || key == long_key
        );
    }
}

#[test]
fn an_incoming_key_tells_its_name() {
    let key = ObjectKey::incoming("abc").unwrap();
    assert_eq!(key.incoming_name(), Some("abc"));
    assert_eq!(key.as_str(), "incoming/abc");
    for other in ["incoming", "incoming/a/b", "images/abc", "incomingabc/x"] {
        assert_eq!(ObjectKey::parse(other).unwrap().incoming_name(), None);
    }
}
