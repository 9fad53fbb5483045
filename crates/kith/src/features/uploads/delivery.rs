//! How a file of an image is sent: its length is known before it is read, its tag is what is in it, parts are sent
//! as asked, and of the file never more than a piece is in memory. Who may have it was decided before.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use kith_media::Format;
use kith_storage::{ObjectKey, StorageError};
use kith_types::id::ImageId;

use super::{image::StoredRendition, renditions};
use crate::{
    app::App,
    http::{
        etag,
        problem::Problem,
        range::{self, Part},
    },
};

/// A browser asks again after a minute, and is answered by what the viewer may see then.
const CACHING: HeaderValue = HeaderValue::from_static("private, max-age=60, must-revalidate");
const VARY: HeaderValue = HeaderValue::from_static("Cookie, Authorization");

/// A file that somebody may have.
pub struct File {
    key: ObjectKey,
    size: u64,
    /// Strong: the same tag means the same bytes, whatever the address.
    tag: String,
    format: Format,
}

impl File {
    /// The file of a rendition in a format; none if there is none.
    pub fn of(
        image: ImageId,
        rendition: &StoredRendition,
        format: Format,
    ) -> Result<Option<Self>, Problem> {
        let Some(size) = rendition.byte_size(format).and_then(|size| u64::try_from(size).ok())
        else {
            return Ok(None);
        };
        let key = renditions::key(image, rendition, format)?;
        let tag = match rendition.digest(format) {
            Some(digest) => format!("\"{digest}\""),
            // It has kept its name since it was made, and nothing ever replaced it.
            None => format!("\"{image}-{}.{}\"", rendition.name, format.extension()),
        };
        Ok(Some(Self { key, size, tag, format }))
    }

    /// Answers a request for it.
    pub async fn answer(
        &self,
        app: &App,
        method: &Method,
        headers: &HeaderMap,
    ) -> Result<Response, Problem> {
        if etag::is_known(headers, &self.tag) {
            return self.described(StatusCode::NOT_MODIFIED, Body::empty());
        }
        // A range means something for a GET only.
        let part = match method {
            &Method::HEAD => Part::Whole,
            _ => range::requested(headers, self.size, &self.tag),
        };
        let (status, range) = match part {
            Part::Whole => (StatusCode::OK, 0..self.size),
            Part::Bytes(range) => (StatusCode::PARTIAL_CONTENT, range),
            Part::Outside => return self.refused(),
        };
        let length = range.end - range.start;
        let content_range = format!("bytes {}-{}/{}", range.start, range.end - 1, self.size);
        let body = match method {
            &Method::HEAD => Body::empty(),
            _ => self.read(app, Some(range).filter(|range| *range != (0..self.size))).await?,
        };
        let mut response = self.described(status, body)?;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.format.media_type()));
        if status == StatusCode::PARTIAL_CONTENT {
            headers.insert(header::CONTENT_RANGE, header_value(&content_range)?);
        }
        Ok(response)
    }

    async fn read(&self, app: &App, range: Option<std::ops::Range<u64>>) -> Result<Body, Problem> {
        match app.storage().read(&self.key, range).await {
            Ok(object) if object.object_size == self.size => {
                Ok(Body::from_stream(object.into_stream()))
            }
            Ok(_) => Err(Problem::internal(anyhow::anyhow!("a rendition has another length"))),
            Err(StorageError::NotFound) => {
                tracing::error!(key = %self.key, "a rendition is missing from the store");
                Err(Problem::not_found())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The range lies outside of the file.
    fn refused(&self) -> Result<Response, Problem> {
        let mut response = self.described(StatusCode::RANGE_NOT_SATISFIABLE, Body::empty())?;
        let range = header_value(&format!("bytes */{}", self.size))?;
        response.headers_mut().insert(header::CONTENT_RANGE, range);
        Ok(response)
    }

    /// An answer with what is the same for all of them.
    fn described(&self, status: StatusCode, body: Body) -> Result<Response, Problem> {
        let headers = [
            (header::ETAG, header_value(&self.tag)?),
            (header::CACHE_CONTROL, CACHING),
            (header::VARY, VARY),
            (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
            (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
        ];
        Ok((status, headers, body).into_response())
    }
}

fn header_value(text: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(text).map_err(Problem::internal)
}
