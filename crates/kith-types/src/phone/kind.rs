//! Owns what sort of line a number may be. It must never decide whether to send to it: the limits
//! on messages do.

use rlibphonenumber::PhoneNumberType;

/// What sort of line a number belongs to, as far as its digits tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// A mobile telephone.
    Mobile,
    /// A line that goes to a building.
    Fixed,
    /// One of the two; the digits do not tell which, as in North America.
    FixedOrMobile,
    /// A line over the internet.
    Voip,
    /// The person called pays.
    TollFree,
    /// The caller pays extra, and the person called earns.
    PremiumRate,
    /// Both pay.
    SharedCost,
    /// A number that follows a person.
    Personal,
    /// A pager.
    Pager,
    /// One number for a whole company.
    Company,
    /// A mailbox.
    Voicemail,
    /// A satellite or other network without a country: several dollars for each message.
    Satellite,
    /// None of these.
    Unknown,
}

/// Global networks with telephones at the far end: Inmarsat, the satellite mobile systems, and the
/// two shared codes for networks of several countries (ITU-T E.164, list of assigned codes).
const SATELLITE_CALLING_CODES: [i32; 4] = [870, 881, 882, 883];

impl LineKind {
    pub(super) fn of(number: &rlibphonenumber::PhoneNumber) -> Self {
        if SATELLITE_CALLING_CODES.contains(&number.country_code) {
            return Self::Satellite;
        }
        match number.get_type() {
            PhoneNumberType::Mobile => Self::Mobile,
            PhoneNumberType::FixedLine => Self::Fixed,
            PhoneNumberType::FixedLineOrMobile => Self::FixedOrMobile,
            PhoneNumberType::VoIP => Self::Voip,
            PhoneNumberType::TollFree => Self::TollFree,
            PhoneNumberType::PremiumRate => Self::PremiumRate,
            PhoneNumberType::SharedCost => Self::SharedCost,
            PhoneNumberType::PersonalNumber => Self::Personal,
            PhoneNumberType::Pager => Self::Pager,
            PhoneNumberType::UAN => Self::Company,
            PhoneNumberType::VoiceMail => Self::Voicemail,
            PhoneNumberType::Unknown => Self::Unknown,
        }
    }
}
