//! Claims that no token makes, keys of another time, and texts that are no token.

use base64::{
    Engine as _,
    engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD},
};
use kith_testkit::TestApp;
use serde_json::json;

use super::{
    super::mint::{SPAN, Signer, encoded},
    Case, Honest, case,
};

/// The order of the curve's group, least significant byte first.
const GROUP_ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// What a token may not say, though it is signed with our key.
pub fn claims(honest: &Honest, other: &Honest) -> Vec<Case> {
    let now = honest.now;
    let mut cases: Vec<Case> = ["iss", "aud", "sub", "sid", "gen", "iat", "exp"]
        .into_iter()
        .map(|member| case(format!("no {member}"), honest.without(member)))
        .collect();
    let iss = honest.payload["iss"].clone();
    for changes in [
        json!({ "iss": "https://evil.example" }),
        json!({ "iss": format!("{}/", iss.as_str().unwrap()) }),
        json!({ "iss": [iss] }),
        json!({ "iss": null }),
        json!({ "aud": "other" }),
        json!({ "aud": "" }),
        json!({ "aud": ["kith"] }),
        json!({ "aud": ["other", "kith"] }),
        json!({ "aud": null }),
        json!({ "aud": "KITH" }),
        json!({ "exp": now }),
        json!({ "exp": now - 1 }),
        json!({ "exp": 0 }),
        json!({ "exp": -1 }),
        json!({ "exp": null }),
        json!({ "exp": now + 3_700 }),
        json!({ "exp": now + 10 * 365 * 86_400 }),
        json!({ "exp": i64::MAX }),
        json!({ "exp": u64::MAX }),
        json!({ "exp": (now + 60).to_string() }),
        json!({ "iat": now + 120, "exp": now + 600 }),
        json!({ "iat": i64::MIN }),
        json!({ "iat": null }),
        json!({ "iat": now - SPAN, "exp": now + 60 }),
        json!({ "iat": now + SPAN, "exp": now + SPAN + 60 }),
        json!({ "iat": now - SPAN, "exp": now - SPAN + 600 }),
        json!({ "gen": 0 }),
        json!({ "gen": -1 }),
        json!({ "gen": 99 }),
        json!({ "gen": i64::MAX }),
        json!({ "gen": "1" }),
        json!({ "sub": other.payload["sub"] }),
        json!({ "sid": other.payload["sid"] }),
        json!({ "sub": "" }),
        json!({ "sub": null }),
        json!({ "sub": 1 }),
        json!({ "sub": "ana" }),
        json!({ "sub": [honest.payload["sub"]] }),
        json!({ "sid": "" }),
        json!({ "sid": null }),
        json!({ "sid": "0190a5b4-0000-7000-8000-000000000000" }),
        json!({ "sub": "0190a5b4-0000-7000-8000-000000000000" }),
        json!({ "role": "admin" }),
        json!({ "nbf": now + 60 }),
        json!({ "scope": "all" }),
    ] {
        cases.push(case(format!("claims {changes}"), honest.with(&changes)));
    }
    cases
}

/// The same things, spelled as no writer of JSON spells them, and payloads that are something else.
pub fn spellings(honest: &Honest, other: &Honest) -> Vec<Case> {
    let (now, mut cases) = (honest.now, Vec::new());
    for (member, raw) in [
        ("exp", format!("{}.5", now + 60)),
        ("exp", format!("{}.0", now + 60)),
        ("exp", "1e300".to_owned()),
        ("exp", "9999999999999999999999".to_owned()),
        ("exp", "NaN".to_owned()),
        ("gen", "1.0".to_owned()),
        ("gen", "1,\"gen\":1".to_owned()),
        ("exp", format!("1,\"exp\":{}", now + 60)),
        ("sub", format!("{},\"sub\":{}", other.payload["sub"], honest.payload["sub"])),
        ("aud", "\"other\",\"aud\":\"kith\"".to_owned()),
    ] {
        cases.push(case(format!("{member}: {raw}"), honest.with_raw(member, &raw)));
    }
    let text = honest.payload_text();
    for (name, payload) in [
        ("an array", format!("[{text}]")),
        ("a text", json!(text).to_string()),
        ("nothing", String::new()),
        ("an empty object", "{}".to_owned()),
        ("null", "null".to_owned()),
        ("no JSON", text.replace('{', "")),
        ("more after it", format!("{text}{text}")),
        ("a mark before it", format!("\u{feff}{text}")),
        ("a token", honest.token.clone()),
    ] {
        cases.push(case(format!("the payload is {name}"), honest.says(&payload)));
    }
    cases
}

/// Keys of other spans, as if one had leaked.
pub fn spans(app: &TestApp, honest: &Honest) -> Vec<Case> {
    let span = honest.now.div_euclid(SPAN);
    let near = [-2, -1, 1, 2].map(|off| (off, Signer::of_span(app, span + off)));
    let now = near.iter().map(|(off, key)| {
        case(format!("the key of span {off:+}"), key.signs(&key.header(), &honest.payload_text()))
    });
    let by_our_name = near.iter().map(|(off, key)| {
        case(
            format!("that of {off:+} by our name"),
            key.signs(&honest.header, &honest.payload_text()),
        )
    });
    now.chain(by_our_name).collect()
}

/// Texts that are no token, or not quite this one.
pub fn shapes(honest: &Honest, other: &Honest) -> Vec<Case> {
    let token = &honest.token;
    let [header, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else {
        panic!("three parts")
    };
    let theirs = other.token.rsplit('.').next().expect("a signature");
    let bytes = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
    let with = |bytes: &[u8]| format!("{header}.{payload}.{}", encoded(bytes));
    let flipped = |at: usize| {
        bytes.iter().enumerate().map(|(i, b)| b ^ u8::from(i == at)).collect::<Vec<u8>>()
    };
    let padded = URL_SAFE.encode(&bytes);
    let mut last = signature.to_owned();
    let sign = char::from(last.pop().expect("a sign").to_string().as_bytes()[0] + 1);
    let mut cases = vec![
        case("", ""),
        case("nonsense", "nonsense"),
        case("one dot", "."),
        case("two dots", ".."),
        case("three dots", "..."),
        case("header only", header),
        case("no signature", format!("{header}.{payload}")),
        case("an empty signature", format!("{header}.{payload}.")),
        case("an empty payload", format!("{header}..{signature}")),
        case("an empty header", format!(".{payload}.{signature}")),
        case("four parts", format!("{token}.{signature}")),
        case("a dot behind", format!("{token}.")),
        case("a dot before", format!(".{token}")),
        case("five parts", format!("{header}.{payload}.{payload}.{payload}.{signature}")),
        case("another's signature", format!("{header}.{payload}.{theirs}")),
        case(
            "another's payload",
            format!("{header}.{}.{signature}", encoded(other.payload_text())),
        ),
        case("half a signature", with(&bytes[..32])),
        case("a signature less a byte", with(&bytes[..63])),
        case("a signature and a byte", with(&[bytes.as_slice(), &[0]].concat())),
        case("two signatures", with(&bytes.repeat(2))),
        case("zeros", with(&[0; 64])),
        case("ones", with(&[255; 64])),
        case("the first bit turned", with(&flipped(0))),
        case("the last bit turned", with(&flipped(63))),
        case("the other form of the signature", with(&other_form(&bytes))),
        case("a padded signature", format!("{header}.{payload}.{padded}")),
        case("padding", format!("{token}=")),
        case("a padded payload", format!("{header}.{payload}=.{signature}")),
        case("a padded header", format!("{header}=.{payload}.{signature}")),
        case("bits that mean nothing", format!("{header}.{payload}.{last}{sign}")),
        case("a sign behind", format!("{token}A")),
        case("hexadecimal", format!("{header}.{payload}.{}", hex::encode(&bytes))),
        case("a token twice", format!("{token}{token}")),
        case("two tokens", format!("{token},{token}")),
        case("words of the scheme", format!("Bearer.{token}")),
        case("very long", honest.with(&json!({ "iss": "x".repeat(1_500) }))),
        case("long by dots", format!("{token}{}", ".".repeat(1_000))),
    ];
    for (url, standard) in [('-', '+'), ('_', '/')] {
        // Most signatures have one of these signs; the alphabet is told by the header of any token too.
        if signature.contains(url) {
            let other = signature.replace(url, &standard.to_string());
            cases
                .push(case(format!("{standard} for {url}"), format!("{header}.{payload}.{other}")));
        }
    }
    cases
}

/// S + L verifies too where nobody looks at its size (RFC 8032, 8.4).
fn other_form(signature: &[u8]) -> Vec<u8> {
    let mut form = signature.to_vec();
    let mut carry = 0;
    for (byte, order) in form[32..].iter_mut().zip(GROUP_ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    form
}
