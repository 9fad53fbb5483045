//! Bombs, lies and other types: refused with their stable names, at once.

use crate::pictures::{
    camera_jpeg, process, progressive_jpeg, quadrants, render, render_as, rgb_png,
};
use kith_media::{Limits, MediaFailure, RenderRequest};
use std::io::Cursor;

async fn refusal(input: &[u8]) -> &'static str {
    match render(input).await {
        Ok(_) => "accepted",
        Err(failure) => failure.name(),
    }
}

/// A JPEG header for any size, with a scan of a few bytes.
pub fn lying_jpeg(marker: u8, width: u16, height: u16) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, marker, 0, 17, 8];
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend([3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
    bytes.extend([0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0, 1, 2, 3, 4, 0xff, 0xd9]);
    bytes
}

#[tokio::test]
async fn other_types_are_refused_by_their_content() {
    for bytes in [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".as_slice(),
        b"<!doctype html><img src=x onerror=alert(1)>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (w) file",
        b"%PDF-1.7",
        b"II*\0\x08\0\0\0\0\0\0\0",
        b"BM\x3a\0\0\0\0\0\0\0",
        b"\xff\x0a\xfa\x1f",
        b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2",
        b"PK\x03\x04",
        b"",
        b"\xff",
    ] {
        assert_eq!(
            refusal(bytes).await,
            "unsupported-type",
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[tokio::test]
async fn headers_that_state_huge_pictures() {
    assert_eq!(refusal(&lying_jpeg(0xc0, 65_500, 65_500)).await, "too-many-pixels");
    assert_eq!(refusal(&lying_jpeg(0xc2, 65_500, 65_500)).await, "too-many-pixels");
    assert_eq!(refusal(&lying_jpeg(0xc0, 65_500, 8)).await, "too-many-pixels", "one edge alone");
    let mut png = rgb_png(&quadrants(8, 8));
    png[16..24].copy_from_slice(&[0, 0, 0xff, 0xdc, 0, 0, 0xff, 0xdc]);
    assert_eq!(refusal(&png).await, "too-many-pixels");
    assert_eq!(refusal(b"GIF89a\xff\xff\xff\xff\0\0\0;").await, "too-many-pixels");
}

#[tokio::test]
async fn scans_beyond_count() {
    let picture = progressive_jpeg(&quadrants(96, 64));
    let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0x10, 0];
    let end = picture.len() - 2;
    let bomb = [&picture[..end], scan.repeat(2000).as_slice(), &picture[end..]].concat();
    assert_eq!(refusal(&bomb).await, "too-complex");
}

#[tokio::test]
async fn few_scans_of_a_large_picture_count_by_their_work() {
    let mut bomb = lying_jpeg(0xc2, 8000, 8000);
    let end = bomb.split_off(bomb.len() - 2);
    bomb.extend([0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0x10, 0].repeat(60));
    bomb.extend(end);
    assert_eq!(refusal(&bomb).await, "too-complex");
}

#[tokio::test]
async fn files_over_the_limit_are_refused_unread() {
    let mut request = RenderRequest::complete_set(25 * 1024 * 1024 + 1);
    let failure = process().render(tokio::io::repeat(0xff), &request).await.unwrap_err();
    assert_eq!(
        failure.to_string(),
        "the file is larger than 25 MB; export the photo at a smaller size and send it again"
    );
    request.limits.bytes = 100;
    assert_eq!(
        process().render(tokio::io::empty(), &request).await.unwrap_err().name(),
        "too-large"
    );
}

#[tokio::test]
async fn headers_without_a_picture_are_damaged() {
    let jpeg = camera_jpeg(&quadrants(96, 64), &[]);
    for bytes in [
        &jpeg[..20],
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF\x04\0\0\0WEBP",
        b"\0\0\0\x14ftypavif\0\0\0\0mif1",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    ] {
        assert_eq!(refusal(bytes).await, "damaged", "{bytes:?}");
    }
}

#[tokio::test]
async fn memory_and_time_end_with_their_names() {
    let input = rgb_png(&quadrants(4000, 4000));
    let mut request = RenderRequest::complete_set(input.len() as u64);
    request.limits.memory = 24 * 1024 * 1024;
    assert_eq!(render_as(&input, &request).await.unwrap_err(), MediaFailure::OutOfMemory);
    request.limits = Limits { cpu_seconds: 0, ..Limits::default() };
    assert_eq!(render_as(&input, &request).await.unwrap_err(), MediaFailure::TimedOut);
    // Whether the child had its picture by then is a matter of luck.
    request.limits = Limits { wall_seconds: 0, ..Limits::default() };
    let failure = render_as(&input, &request).await.unwrap_err();
    assert!(matches!(failure, MediaFailure::Stalled | MediaFailure::Unavailable), "{failure:?}");
}

#[tokio::test]
async fn an_input_that_breaks_off_is_not_the_pictures_fault() {
    let input = rgb_png(&quadrants(40, 40));
    let request = RenderRequest::complete_set(input.len() as u64 + 1);
    let rendering = process().render(Cursor::new(input), &request).await.unwrap();
    let failure = rendering.collect().await.unwrap_err();
    assert!(failure.is_transient(), "{failure:?}");
}
