//! Whether time tells numbers with an account from others: interleaved samples of both, their medians, and the
//! probability of such a difference of ranks by chance alone (Mann and Whitney's test, normal approximation).

use anyhow::{Context as _, ensure};
use clap::Args;
use tokio::time::Instant;

use super::{Server, client::Client, numbers::Country, recorder::Recorder};
use crate::{database, random::Draws};

/// What retention does to the past of a number within days: only the account is left.
const FORGET: &str = "truncate verification_flows, sms_attempts; vacuum analyze";

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    server: Server,
    /// Numbers of each kind.
    #[arg(long, default_value_t = 2_000)]
    samples: u32,
    /// The server's database.
    #[arg(long)]
    database: String,
    /// Chooses numbers and order.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// A number that is asked about, and how long each request about it took, in microseconds.
struct Subject {
    phone: String,
    network: [u8; 4],
    is_known: bool,
    flow: String,
    start: f64,
    verify: f64,
}

/// Measures. The server's caps must be above what is asked for.
#[expect(clippy::print_stdout, reason = "the report is the result")]
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let client = Client::new(&arguments.server.address);
    let recorder = Recorder::listen(&arguments.server.provider).await?;
    let mut draws = Draws::new(arguments.seed, "oracle");
    let countries = Country::all("")?;
    let home = countries.first().context("a country")?;
    let mut subjects = Vec::new();
    for n in 0..2 * arguments.samples {
        let phone = home.number(&mut draws);
        // A network of its own for each: none of their budgets is asked about.
        let network = [10 + (n >> 16) as u8, (n >> 8) as u8, n as u8, 1];
        let is_known = n % 2 == 0;
        // Both kinds have been asked about before, one of them answered; then that is forgotten.
        let flow = client.start(network, &phone).await?.flow()?.to_owned();
        if is_known {
            let reply = client.verify(network, &flow, &recorder.code(&phone)?).await?;
            ensure!(reply.status == 200, "a sign-up failed: {}", reply.body);
        }
        subjects.push(Subject { phone, network, is_known, flow, start: 0.0, verify: 0.0 });
    }
    let database = database::connect(&arguments.database).await?;
    for statement in FORGET.split("; ") {
        database.batch_execute(statement).await?;
    }
    draws.shuffle(&mut subjects);
    for subject in &mut subjects {
        let begin = Instant::now();
        let reply = client.start(subject.network, &subject.phone).await?;
        subject.start = begin.elapsed().as_secs_f64() * 1e6;
        reply.flow()?.clone_into(&mut subject.flow);
    }
    draws.shuffle(&mut subjects);
    for subject in &mut subjects {
        let code: u32 = recorder.code(&subject.phone)?.parse()?;
        let wrong = format!("{:06}", (code + 1) % 1_000_000);
        let begin = Instant::now();
        let reply = client.verify(subject.network, &subject.flow, &wrong).await?;
        subject.verify = begin.elapsed().as_secs_f64() * 1e6;
        ensure!(reply.status == 422, "a wrong code was not refused: {}", reply.body);
    }
    for (name, time) in [
        ("start", (|subject| subject.start) as fn(&Subject) -> f64),
        ("verify, wrong code", |subject| subject.verify),
    ] {
        let of = |is_known| -> Vec<f64> {
            subjects.iter().filter(|s| s.is_known == is_known).map(time).collect()
        };
        let (known, unknown) = (of(true), of(false));
        println!(
            "{name:20} median with an account {:7.0} µs, without {:7.0} µs, p = {:.3}",
            median(&known),
            median(&unknown),
            rank_sum(&known, &unknown)
        );
    }
    Ok(())
}

fn median(times: &[f64]) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Two-sided probability that two samples of one distribution differ so much in their ranks. Times have no ties that
/// matter.
fn rank_sum(one: &[f64], other: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = one.iter().map(|time| (*time, true)).collect();
    all.extend(other.iter().map(|time| (*time, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let ranks: f64 = (1_u32..)
        .zip(&all)
        .filter(|(_, (_, is_one))| *is_one)
        .map(|(rank, _)| f64::from(rank))
        .sum();
    let (n, m) = (one.len() as f64, other.len() as f64);
    let mean = n * (n + m + 1.0) / 2.0;
    let deviation = (n * m * (n + m + 1.0) / 12.0).sqrt();
    two_sided((ranks - mean) / deviation)
}

/// Probability of being so far from the middle of a normal distribution (Abramowitz and Stegun, 7.1.26; within 2e-7).
fn two_sided(deviations: f64) -> f64 {
    let x = deviations.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let series = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
    let polynomial = series.iter().fold(0.0, |sum, factor| (sum + factor) * t);
    polynomial * (-x * x).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_tells_what_differs_from_what_does_not() {
        let mut draws = Draws::new(3, "test");
        let mut sample = |shift: f64| -> Vec<f64> {
            (0..2_000).map(|_| shift + draws.log_normal(3_000.0, 0.2)).collect()
        };
        let (one, same, slower) = (sample(0.0), sample(0.0), sample(100.0));
        assert!(rank_sum(&one, &same) > 0.05);
        assert!(rank_sum(&one, &slower) < 0.001);
        assert!((median(&slower) - median(&one)).abs() > 50.0);
    }

    #[test]
    fn probabilities_are_those_of_the_tables() {
        for (deviations, probability) in [(0.0, 1.0), (1.0, 0.3173), (-1.96, 0.05), (3.0, 0.0027)] {
            assert!((two_sided(deviations) - probability).abs() < 1e-4, "{deviations}");
        }
    }
}
