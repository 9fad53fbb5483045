//! Lists: page size and opaque keyset cursors.

use kith_types::cursor::{CursorScope, Position};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::problem::{Kind, Problem};
use crate::app::App;

/// `?limit=` and `?cursor=` of every list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many items, 20 unless said; larger numbers than the list allows are cut to its maximum.
    #[param(minimum = 1)]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// One page.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items in the list's order.
    pub items: Vec<T>,
    /// Give it back as `cursor` for the next page; null on the last one.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

impl PageQuery {
    /// The page size within the common bounds (default 20, at most 50).
    pub fn size(&self) -> Result<usize, Problem> {
        self.size_within(20, 50)
    }

    /// The page size within a list's own bounds.
    pub fn size_within(&self, default: u32, max: u32) -> Result<usize, Problem> {
        match self.limit {
            Some(0) => Err(Problem::invalid("limit", "ask for at least one item")),
            Some(limit) => Ok(limit.min(max) as usize),
            None => Ok(default as usize),
        }
    }

    /// The position after which the page begins.
    pub fn position<P: Position>(
        &self,
        app: &App,
        scope: CursorScope<'_>,
    ) -> Result<Option<P>, Problem> {
        let invalid = || Problem::new(Kind::CursorInvalid, "start again without a cursor");
        match &self.cursor {
            Some(text) => app.keys().cursors.open(scope, text).map(Some).map_err(|_| invalid()),
            None => Ok(None),
        }
    }
}

impl<T> Page<T> {
    /// Makes a page of up to `size` items out of up to `size + 1` rows: the surplus one proves that there
    /// is more. `position` names the place of a row in the list; a row that cannot be rendered fails the page.
    pub fn build<R, P: Position>(
        app: &App,
        scope: CursorScope<'_>,
        mut rows: Vec<R>,
        size: usize,
        position: impl Fn(&R) -> P,
        render: impl FnMut(R) -> Result<T, Problem>,
    ) -> Result<Self, Problem> {
        let has_more = rows.len() > size;
        rows.truncate(size);
        let last = rows.last().filter(|_| has_more);
        let next_cursor = last.map(|row| app.keys().cursors.seal(scope, &position(row)));
        let items = rows.into_iter().map(render).collect::<Result<_, _>>()?;
        Ok(Self { items, next_cursor })
    }
}
