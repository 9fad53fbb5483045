//! Numbers that can exist, by country, and what a text to each country costs.

use anyhow::{Context as _, bail};
use kith_types::phone::{LineKind, PhoneNumber, Region};

use crate::random::Draws;

/// A country in which people have mobile phones.
#[derive(Clone, Debug)]
pub struct Country {
    pub name: String,
    region: Region,
    /// What mobile numbers begin with, and how many digits follow.
    start: &'static str,
    digits: u32,
    /// US dollars for a text.
    pub price: f64,
}

/// Beginnings by the numbering plans; prices are of the order that resellers list for one text. `--prices` has others.
const COUNTRIES: &[(&str, &str, u32, f64)] = &[
    ("US", "+1", 10, 0.012),
    ("CA", "+1", 10, 0.013),
    ("GB", "+447", 9, 0.052),
    ("DE", "+491", 10, 0.11),
    ("FR", "+336", 8, 0.08),
    ("ES", "+346", 8, 0.08),
    ("IT", "+393", 9, 0.093),
    ("NL", "+316", 8, 0.11),
    ("PL", "+48", 9, 0.05),
    ("SE", "+467", 8, 0.06),
    ("CH", "+417", 8, 0.075),
    ("AU", "+614", 8, 0.052),
    ("JP", "+8190", 8, 0.08),
    ("IN", "+919", 9, 0.083),
    ("BR", "+55119", 8, 0.06),
    ("MX", "+5255", 8, 0.1),
    ("ZA", "+278", 8, 0.11),
    ("TR", "+905", 9, 0.055),
];

impl Country {
    /// All of them, with prices from lines of `GB 0.05` where there are any.
    pub fn all(prices: &str) -> anyhow::Result<Vec<Self>> {
        let mut countries = Vec::with_capacity(COUNTRIES.len());
        for (name, start, digits, price) in COUNTRIES {
            let region = name.parse().with_context(|| format!("{name} is no country"))?;
            let (digits, price) = (*digits, *price);
            countries.push(Self { name: (*name).to_owned(), region, start, digits, price });
        }
        for line in prices.lines().filter(|line| !line.trim().is_empty()) {
            let (name, price) = line.trim().split_once(' ').context("a price is `GB 0.05`")?;
            let Some(country) = countries.iter_mut().find(|country| country.name == name) else {
                bail!("{name} is not one of the simulated countries");
            };
            country.price = price.trim().parse().with_context(|| format!("a price: {line}"))?;
        }
        Ok(countries)
    }

    /// A number of a mobile phone that can exist, any as likely as another.
    pub fn number(&self, draws: &mut Draws) -> String {
        loop {
            let most = 10_usize.pow(self.digits);
            let width = self.digits as usize;
            let text = format!("{}{:0width$}", self.start, draws.below(most));
            let Ok(phone) = PhoneNumber::parse(&text, None) else { continue };
            let is_mobile = matches!(phone.line_kind(), LineKind::Mobile | LineKind::FixedOrMobile);
            if is_mobile && phone.region() == Some(self.region) {
                return phone.as_e164().to_owned();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_numbers_and_prices_can_be_set() {
        let countries = Country::all("GB 0.5\n").unwrap();
        let mut draws = Draws::new(1, "test");
        for country in &countries {
            assert!(country.number(&mut draws).starts_with(country.start));
        }
        let price = |name: &str| countries.iter().find(|c| c.name == name).map(|c| c.price);
        assert_eq!((price("GB"), price("FR")), (Some(0.5), Some(0.08)));
        assert!(Country::all("XX 1").is_err() && Country::all("GB much").is_err());
    }
}
