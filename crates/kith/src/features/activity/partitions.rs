//! Months of activities: made ahead, dropped when they are too old.

use std::time::Duration;

use kith_types::time::Timestamp;
use time::{Date, Month as MonthOfYear, OffsetDateTime};

use super::store;
use crate::{app::App, http::problem::Problem};

/// Months that are there before they begin.
const AHEAD: i32 = 3;
const PREFIX: &str = "user_activities_";

/// A month of a year, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: i32,
    /// 1 to 12.
    number: u8,
}

impl Month {
    fn of(moment: Timestamp) -> Self {
        let moment = OffsetDateTime::from(moment);
        Self { year: moment.year(), number: moment.month().into() }
    }

    fn plus(self, months: i32) -> Self {
        let months = self.year * 12 + i32::from(self.number) - 1 + months;
        let number = u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
        Self { year: months.div_euclid(12), number }
    }

    /// Its first moment.
    pub fn start(self) -> Timestamp {
        let month = MonthOfYear::try_from(self.number).unwrap_or(MonthOfYear::January);
        let date = Date::from_calendar_date(self.year, month, 1).unwrap_or(Date::MAX);
        date.midnight().assume_utc().into()
    }

    /// The first moment after it.
    pub fn end(self) -> Timestamp {
        self.plus(1).start()
    }

    /// The name of its partition.
    pub fn partition(self) -> String {
        format!("{PREFIX}{:04}_{:02}", self.year, self.number)
    }

    fn read(partition: &str) -> Option<Self> {
        let (year, number) = partition.strip_prefix(PREFIX)?.split_once('_')?;
        Some(Self { year: year.parse().ok()?, number: number.parse().ok()? })
    }
}

/// Makes this month and the next ones; answers until when there is room.
pub async fn prepare(app: &App) -> Result<Timestamp, Problem> {
    let (now, known) = (Month::of(app.now()), store::partitions(app).await?);
    for month in (0..=AHEAD).map(|ahead| now.plus(ahead)) {
        if !known.contains(&month.partition()) {
            store::create_partition(app, month).await?;
        }
    }
    Ok(now.end())
}

/// Makes months ahead and drops those that ended too long ago.
pub async fn keep_up(app: &App) -> Result<(), Problem> {
    prepare(app).await?;
    let days = app.config().retention.activity_days;
    let oldest = app.now() - Duration::from_hours(days * 24);
    let known = store::partitions(app).await?;
    for month in known.iter().filter_map(|name| Month::read(name)) {
        if month.end() <= oldest {
            store::drop_partition(app, month).await?;
        }
    }
    Ok(())
}
