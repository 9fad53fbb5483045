//! Units of an AV1 bit stream (AV1 specification, 5.3 and 5.9), as far as counting frames needs them.

use super::bytes::Bytes;

/// Frame headers, alone and with their data.
const FRAME_KINDS: [u8; 2] = [3, 6];

/// How many frames a decoder would work through. A unit that is cut off ends the count.
pub fn frames(data: &[u8]) -> usize {
    let mut bytes = Bytes::new(data);
    std::iter::from_fn(|| next_kind(&mut bytes)).filter(|kind| FRAME_KINDS.contains(kind)).count()
}

/// The kind of the next unit, behind which the cursor stands then.
fn next_kind(bytes: &mut Bytes<'_>) -> Option<u8> {
    let header = bytes.u8()?;
    if header & 0b100 != 0 {
        bytes.u8()?;
    }
    let length = if header & 0b10 == 0 { bytes.rest().len() } else { leb128(bytes)? };
    bytes.take(length)?;
    Some(header >> 3 & 15)
}

fn leb128(bytes: &mut Bytes<'_>) -> Option<usize> {
    let mut value = 0;
    for shift in (0..56).step_by(7) {
        let byte = bytes.u8()?;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::frames;

    #[test]
    fn frames_are_counted_whatever_stands_between_them() {
        let (delimiter, frame, header) = ([0x12, 0], [0x32, 2, 7, 7], [0x1a, 0x81, 0, 9]);
        let layered = [0x36, 0, 1, 9];
        let padding = [0x7a, 1, 0];
        let stream = [&delimiter[..], &frame, &padding, &header, &layered].concat();
        assert_eq!(frames(&stream), 3);
        assert_eq!(frames(&[0x30, 1, 2, 3]), 1, "a unit without a length is the last");
        assert_eq!(frames(&frame[..3]), 0);
        assert_eq!(frames(&[0x32; 9]), 0, "longer than the stream");
    }
}
