//! The same picture gives the same bytes: stored renditions are named by what they were made from.

use crate::pictures::{camera_jpeg, heic, render, rgb_png, scenery};
use kith_media::resize::Cpu;
use kith_media::{Format, RenderEvent, RenderRequest, RenditionName, pipeline};

type Files = Vec<(RenditionName, Format, Vec<u8>)>;

fn in_this_process(input: &[u8]) -> Files {
    let mut files = Vec::new();
    let request = RenderRequest::complete_set(input.len() as u64);
    pipeline::run(input, &request, &mut Cpu::default(), &mut |event| {
        if let RenderEvent::Rendition(rendition) = event {
            files.push((rendition.name, rendition.format, rendition.bytes.to_vec()));
        }
        Ok(())
    })
    .unwrap();
    files
}

async fn in_its_own_process(input: &[u8]) -> Files {
    let rendered = render(input).await.unwrap();
    let files = rendered.renditions();
    files.map(|file| (file.name, file.format, file.bytes.to_vec())).collect()
}

/// A fresh sandboxed process has other addresses, another heap and another number of threads than a test
/// that runs beside others; two more runs share one process and its warm allocator.
#[tokio::test]
async fn the_same_input_gives_the_same_bytes_in_every_process_and_thread() {
    let photo = scenery(1300, 900);
    for input in [camera_jpeg(&photo, &[]), rgb_png(&photo), heic()] {
        let first = in_its_own_process(&input).await;
        assert!(first.len() >= 4);
        assert_eq!(in_its_own_process(&input).await, first);
        assert_eq!(in_this_process(&input), first);
        let together = std::thread::scope(|scope| {
            let runs = [0, 1].map(|_| scope.spawn(|| in_this_process(&input)));
            runs.map(|run| run.join().unwrap())
        });
        assert_eq!(together, [first.clone(), first]);
    }
}
