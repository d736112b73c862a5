//! A ray tracer on all cores: writes a PNG of balls on a woven cloth to standard output.
//!
//! ```text
//! raddle run renderer.wasm > cloth.png                              all cores, 800 by 500
//! raddle run --entry render --entry-args 2,1600,1000 renderer.wasm > cloth.png  2 threads, 1600 by 1000
//! cargo run --release -p renderer -- 2 1600 1000 > cloth.png        the same, as a native program
//! ```
//!
//! The bytes are the same for any number of threads, on any engine and in a native build. `render_tiles` writes the image tile by tile
//! instead, as threads finish them, for whoever wants to look on; see [`tiles`].

mod cloth;
mod image;
mod random;
mod scene;
mod tiles;
mod trace;
mod vector;

use std::io::Write;

use raddle_guest::{eprintln, io, process, thread, time::Instant};

const WIDTH: i32 = 800;
const HEIGHT: i32 = 500;
/// The largest side: an image of this size squared has 3 GB, so memory sets the limit before.
const MAX_SIDE: i32 = 32_768;

fn main() {
    // A program in wasm has no arguments here: numbers are for the export below.
    let number = |index| std::env::args().nth(index).and_then(|text| text.parse().ok());
    let code = render(number(1).unwrap_or(0), number(2).unwrap_or(WIDTH), number(3).unwrap_or(HEIGHT));
    if code != 0 {
        process::exit(code);
    }
}

/// Renders an image of that size in pixels on that many threads, 0 for as many as run at once. Returns 0, or 1 for a size or a
/// number that makes no sense.
#[unsafe(no_mangle)]
pub extern "C" fn render(threads: i32, width: i32, height: i32) -> i32 {
    with_sizes(threads, width, height, |threads, width, height| {
        let start = Instant::now();
        let image = image::render(threads, width, height, |_| Ok(()))?;
        eprintln!("{width} by {height} on {threads} threads: {} ms", start.elapsed().as_millis());
        write(&image)
    })
}

/// As [`render`], but writes each tile when it is done.
#[unsafe(no_mangle)]
pub extern "C" fn render_tiles(threads: i32, width: i32, height: i32) -> i32 {
    with_sizes(threads, width, height, |threads, width, height| {
        image::render(threads, width, height, tiles::write).map(drop)
    })
}

/// Renders, with numbers that make sense.
fn with_sizes(
    threads: i32,
    width: i32,
    height: i32,
    render: impl FnOnce(usize, usize, usize) -> std::io::Result<()>,
) -> i32 {
    let sides = 1..=MAX_SIDE;
    if !sides.contains(&width) || !sides.contains(&height) || threads < 0 {
        eprintln!(
            "a side has 1 to {MAX_SIDE} pixels, and threads are 0 for all cores or a number; not {width} by {height} on {threads}"
        );
        return 1;
    }
    let threads = match threads {
        0 => thread::available_parallelism().map_or(1, |number| number.get()),
        threads => threads as usize,
    };
    if let Err(error) = render(threads, width as usize, height as usize) {
        eprintln!("the image could not be written: {error}");
        return 1;
    }
    0
}

fn write(image: &image::Image) -> std::io::Result<()> {
    let mut out = io::stdout().lock();
    let mut encoder = png::Encoder::new(&mut out, image.width as u32, image.height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&image.bytes)?;
    writer.finish()?;
    out.flush()
}
