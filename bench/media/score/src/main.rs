//! SSIMULACRA2 of pairs of PNG files: `score REFERENCE DISTORTED [REFERENCE DISTORTED ...]`, a line each.

use ssimulacra2::{ColorPrimaries, Rgb, TransferCharacteristic, compute_frame_ssimulacra2};
use std::error::Error;
use std::fs::File;
use std::io::BufReader;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    for pair in paths.chunks_exact(2) {
        println!("{:.3}", compute_frame_ssimulacra2(read(&pair[0])?, read(&pair[1])?)?);
    }
    Ok(())
}

fn read(path: &str) -> Result<Rgb, Box<dyn Error>> {
    let mut reader = png::Decoder::new(BufReader::new(File::open(path)?)).read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().ok_or("picture too large")?];
    let info = reader.next_frame(&mut bytes)?;
    assert_eq!(info.color_type, png::ColorType::Rgb, "{path} is not RGB");
    let pixels = bytes.as_chunks::<3>().0.iter().map(|pixel| pixel.map(|value| f32::from(value) / 255.0)).collect();
    let (width, height) = (usize::try_from(info.width)?, usize::try_from(info.height)?);
    Ok(Rgb::new(pixels, width, height, TransferCharacteristic::SRGB, ColorPrimaries::BT709)?)
}
