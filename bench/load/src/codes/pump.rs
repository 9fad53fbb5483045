//! Pumping: somebody who earns by messages asks for codes to numbers of a country, or of every country, from many
//! networks, while honest people sign up. Prints what was sent, what that cost, and who was served.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashSet},
    path::PathBuf,
    time::Duration,
};

use anyhow::ensure;
use clap::Args;
use futures_util::{StreamExt as _, future::LocalBoxFuture, stream::FuturesUnordered};
use tokio::time::{Instant, sleep, sleep_until};

use super::{Server, client::Client, numbers::Country, recorder::Recorder};
use crate::random::Draws;

/// How often an honest person asks again when told to wait, and how long at most.
const PATIENCE: (u32, Duration) = (5, Duration::from_mins(2));
/// Seconds until a code is typed in: median and spread.
const TYPING: (f64, f64) = (12.0, 0.5);

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    server: Server,
    /// Seconds of the attack.
    #[arg(long, default_value_t = 60.0)]
    seconds: f64,
    /// Codes that the attacker asks for in a second.
    #[arg(long, default_value_t = 50.0)]
    rate: f64,
    /// Addresses of the attacker, each in a network of its own.
    #[arg(long, default_value_t = 200)]
    addresses: u16,
    /// The attacked country, or `all`.
    #[arg(long, default_value = "GB")]
    country: String,
    /// Honest people who sign up in a second, in all countries alike.
    #[arg(long, default_value_t = 1.0)]
    honest: f64,
    /// Lines of a country and the price of a text to it, in US dollars.
    #[arg(long)]
    prices: Option<PathBuf>,
    /// Chooses the numbers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What came of everything so far.
#[derive(Default)]
struct Tally {
    asked: u64,
    refused: BTreeMap<String, u64>,
    /// Numbers of honest people.
    honest: HashSet<String>,
    /// Honest people and those who were served, in attacked and in other countries.
    attacked: [u64; 2],
    elsewhere: [u64; 2],
    errors: u64,
}

struct Simulation {
    client: Client,
    recorder: Recorder,
    tally: RefCell<Tally>,
}

/// Runs the simulation.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let prices = arguments.prices.as_ref().map(std::fs::read_to_string).transpose()?;
    let countries = Country::all(prices.as_deref().unwrap_or_default())?;
    let is_attacked = |country: &Country| ["all", &country.name].contains(&&*arguments.country);
    let attacked: Vec<&Country> = countries.iter().filter(|country| is_attacked(country)).collect();
    ensure!(!attacked.is_empty(), "{} is not one of the simulated countries", arguments.country);
    let simulation = Simulation {
        client: Client::new(&arguments.server.address),
        recorder: Recorder::listen(&arguments.server.provider).await?,
        tally: RefCell::default(),
    };
    let mut draws = Draws::new(arguments.seed, "pump");
    let begin = Instant::now();
    let end = begin + Duration::from_secs_f64(arguments.seconds);
    let (mut attack_at, mut honest_at) = (begin, begin);
    let (mut turns, mut people) = (0_u16, 0_u32);
    let mut running: FuturesUnordered<LocalBoxFuture<'_, ()>> = FuturesUnordered::new();
    loop {
        let due = attack_at.min(honest_at);
        if due >= end {
            break;
        }
        tokio::select! {
            () = sleep_until(due) => {}
            Some(()) = running.next() => continue,
        }
        if attack_at <= honest_at {
            attack_at += Duration::from_secs_f64(draws.exponential(1.0 / arguments.rate));
            turns = (turns + 1) % arguments.addresses;
            let phone = draws.pick(&attacked).number(&mut draws);
            running
                .push(Box::pin(simulation.attack([10, (turns >> 8) as u8, turns as u8, 1], phone)));
        } else {
            honest_at += Duration::from_secs_f64(draws.exponential(1.0 / arguments.honest));
            people += 1;
            let country = draws.pick(&countries);
            let person = Person {
                network: [100, (people >> 8) as u8, people as u8, 7],
                phone: country.number(&mut draws),
                is_attacked: is_attacked(country),
                typing: Duration::from_secs_f64(draws.log_normal(TYPING.0, TYPING.1)),
            };
            running.push(Box::pin(simulation.sign_up(person)));
        }
    }
    while running.next().await.is_some() {}
    drop(running);
    simulation.report(&arguments, &countries);
    Ok(())
}

/// An honest person, at home in a network of their own.
struct Person {
    network: [u8; 4],
    phone: String,
    is_attacked: bool,
    typing: Duration,
}

impl Simulation {
    async fn attack(&self, network: [u8; 4], phone: String) {
        let reply = self.client.start(network, &phone).await;
        let mut tally = self.tally.borrow_mut();
        tally.asked += 1;
        match reply {
            Ok(reply) if reply.status == 202 => {}
            Ok(reply) => {
                let why = reply.budget.unwrap_or_else(|| format!("status {}", reply.status));
                *tally.refused.entry(why).or_default() += 1;
            }
            Err(_) => tally.errors += 1,
        }
    }

    async fn sign_up(&self, person: Person) {
        self.tally.borrow_mut().honest.insert(person.phone.clone());
        let is_served = self.tries_to_sign_up(&person).await;
        let mut tally = self.tally.borrow_mut();
        let people = if person.is_attacked { &mut tally.attacked } else { &mut tally.elsewhere };
        people[0] += 1;
        people[1] += u64::from(is_served);
    }

    async fn tries_to_sign_up(&self, person: &Person) -> bool {
        let (times, longest) = PATIENCE;
        for _ in 0..times {
            let Ok(reply) = self.client.start(person.network, &person.phone).await else {
                continue;
            };
            if reply.status == 202 {
                sleep(person.typing).await;
                return self.answers(person, reply.flow().unwrap_or_default()).await;
            }
            let wait = reply.retry_after();
            if !matches!(reply.status, 429 | 503) || wait > longest {
                return false;
            }
            sleep(wait).await;
        }
        false
    }

    async fn answers(&self, person: &Person, flow: &str) -> bool {
        let Ok(code) = self.recorder.code(&person.phone) else { return false };
        let reply = self.client.verify(person.network, flow, &code).await;
        reply.is_ok_and(|reply| reply.status == 200)
    }

    #[expect(clippy::print_stdout, reason = "the report is the result")]
    fn report(&self, arguments: &Arguments, countries: &[Country]) {
        let tally = self.tally.borrow();
        let sent = self.recorder.numbers();
        let (honest, pumped): (Vec<&String>, Vec<&String>) =
            sent.iter().partition(|phone| tally.honest.contains(*phone));
        let price = |phone: &String| {
            let region = kith_types::phone::PhoneNumber::parse(phone, None)
                .ok()
                .and_then(|phone| phone.region())
                .map(|region| region.to_string());
            let country = countries.iter().find(|country| Some(&country.name) == region.as_ref());
            country.map_or(0.0, |country| country.price)
        };
        let cost = |phones: &[&String]| phones.iter().map(|phone| price(phone)).sum::<f64>();
        let share = |[people, served]: [u64; 2]| {
            let percent = 100.0 * served as f64 / people.max(1) as f64;
            format!("{served} of {people} ({percent:.0} %)")
        };
        println!(
            "attack on {}: {} codes asked for in {:.0} s from {} networks",
            arguments.country, tally.asked, arguments.seconds, arguments.addresses
        );
        println!("  sent to the attacker   {:6}  {:9.2} $", pumped.len(), cost(&pumped));
        println!("  sent to honest people  {:6}  {:9.2} $", honest.len(), cost(&honest));
        for (budget, count) in &tally.refused {
            println!("  refused by {budget:32} {count:6}");
        }
        println!("  honest people served, in the attacked country  {}", share(tally.attacked));
        println!("  honest people served, elsewhere                {}", share(tally.elsewhere));
        if tally.errors > 0 {
            println!("  requests without an answer {}", tally.errors);
        }
    }
}
