//! Which renditions a picture gets, and how large each is. Pure arithmetic.

use crate::request::{Output, RenditionName, Size};

/// A rendition may be this many percent of its nominal edge: a camera's 4032 pixels halve to 2016, and
/// that exact half costs a third of a resize to 2048.
const NEAR_ENOUGH_PERCENT: u64 = 98;

/// Whether an edge counts as reaching a nominal one.
pub fn reaches(edge: u32, nominal: u32) -> bool {
    u64::from(edge) * 100 >= u64::from(nominal) * NEAR_ENOUGH_PERCENT
}

/// The names that a picture of this long edge gets, with their long edges: every step that it reaches,
/// and, where its own size lies clearly above the last of these, one more at its own size.
pub fn steps(long_edge: u32) -> Vec<(RenditionName, u32)> {
    let mut steps: Vec<(RenditionName, u32)> = Vec::new();
    for name in RenditionName::LADDER {
        if reaches(long_edge, name.long_edge()) {
            steps.push((name, name.long_edge().min(long_edge)));
            continue;
        }
        if steps.last().is_none_or(|(_, largest)| !reaches(*largest, long_edge)) {
            steps.push((name, long_edge));
        }
        break;
    }
    steps
}

/// Scales a size to a long edge, keeping its shape.
pub fn fit(size: Size, long_edge: u32) -> Size {
    let scale = |edge: u32| {
        let scaled = (u64::from(edge) * u64::from(long_edge) + u64::from(size.long()) / 2)
            / u64::from(size.long());
        u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
    };
    Size { width: scale(size.width), height: scale(size.height) }
}

/// The long edge that decoding must deliver for these outputs.
pub fn needed_edge(source: Size, outputs: &[Output]) -> u32 {
    let steps = steps(source.long());
    let needed = outputs.iter().filter_map(|output| match (output.size, output.name) {
        (Some(size), RenditionName::Square) => {
            Some(size.long() * source.long() / source.short().max(1))
        }
        (Some(size), _) => Some(size.long()),
        // The square is cut out of the short edge.
        (None, RenditionName::Square) => {
            let edge = u64::from(output.name.long_edge().min(source.short()));
            u32::try_from(edge * u64::from(source.long()) / u64::from(source.short().max(1))).ok()
        }
        (None, name) => steps.iter().find(|(step, _)| *step == name).map(|(_, edge)| *edge),
    });
    needed.max().unwrap_or(1).min(source.long())
}

#[cfg(test)]
mod tests {
    use super::*;
    use RenditionName::{W320, W640, W1080, W2048};

    #[test]
    fn large_pictures_get_the_whole_ladder() {
        assert_eq!(steps(4032), [(W320, 320), (W640, 640), (W1080, 1080), (W2048, 2048)]);
    }

    #[test]
    fn an_original_between_two_steps_keeps_one_at_its_own_size() {
        assert_eq!(steps(1500), [(W320, 320), (W640, 640), (W1080, 1080), (W2048, 1500)]);
        assert_eq!(steps(200), [(W320, 200)]);
    }

    #[test]
    fn an_original_at_a_step_gets_no_near_duplicate() {
        assert_eq!(steps(640), [(W320, 320), (W640, 640)]);
        assert_eq!(steps(650), [(W320, 320), (W640, 640)]);
        assert_eq!(steps(2016), [(W320, 320), (W640, 640), (W1080, 1080), (W2048, 2016)]);
        assert_eq!(steps(635), [(W320, 320), (W640, 635)]);
    }

    #[test]
    fn nothing_is_ever_enlarged_and_no_name_exceeds_its_edge() {
        for long in 1..5_000 {
            for (name, edge) in steps(long) {
                assert!(edge <= long && edge <= name.long_edge());
            }
        }
    }

    #[test]
    fn shapes_are_kept_and_slivers_stay_visible() {
        let size = |width, height| Size { width, height };
        assert_eq!(fit(size(4032, 3024), 640), size(640, 480));
        assert_eq!(fit(size(3024, 4032), 2016), size(1512, 2016));
        assert_eq!(fit(size(20_000, 3), 320), size(320, 1));
    }
}
