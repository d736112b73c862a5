//! From light to an image, tile by tile on many threads.

use std::{
    io,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use raddle_guest::{sync::Mutex, thread};

use crate::random::Random;
use crate::scene::Camera;
use crate::trace::light;
use crate::vector::Vector;

/// The side of a tile in pixels: small enough that threads end about together, large enough that handing them out is nothing.
const TILE: usize = 32;
/// A pixel's light is taken at a grid of this many points squared.
const GRID: usize = 3;

/// Red, green and blue, row by row from the top.
pub(crate) struct Image {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) bytes: Vec<u8>,
}

/// A rectangle of the image.
#[derive(Clone, Copy)]
pub(crate) struct Tile {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// What a thread does with a tile.
#[derive(Clone, Copy)]
pub(crate) struct Step<'a> {
    /// Which of the threads, from 0.
    pub(crate) thread: usize,
    pub(crate) tile: Tile,
    /// The tile's bytes when it is done; `None` when the thread begins with it.
    pub(crate) done: Option<&'a [u8]>,
}

impl Image {
    fn new(width: usize, height: usize) -> Image {
        Image { width, height, bytes: vec![0; width * height * 3] }
    }

    /// The tile of that number, `None` after the last.
    fn tile(&self, number: usize) -> Option<Tile> {
        let columns = self.width.div_ceil(TILE);
        let (left, top) = (number % columns * TILE, number / columns * TILE);
        (top < self.height).then(|| Tile {
            left,
            top,
            width: TILE.min(self.width - left),
            height: TILE.min(self.height - top),
        })
    }

    fn put(&mut self, tile: Tile, bytes: &[u8]) {
        for (row, bytes) in bytes.chunks_exact(tile.width * 3).enumerate() {
            let start = ((tile.top + row) * self.width + tile.left) * 3;
            self.bytes[start..start + bytes.len()].copy_from_slice(bytes);
        }
    }
}

/// Renders the image on that many threads. They take the tiles as they come to them; what a tile looks like depends on nothing
/// but its place, so the image is the same for any number of threads. Each step is told of, by the thread that does it; one that cannot
/// be is the end.
pub(crate) fn render(
    threads: usize,
    width: usize,
    height: usize,
    tell: impl Fn(Step<'_>) -> io::Result<()> + Sync,
) -> io::Result<Image> {
    let camera = Camera::new();
    let image = Image::new(width, height);
    let tiles = (0..).map_while(|number| image.tile(number)).collect::<Vec<_>>();
    let image = Mutex::new(image);
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let work = |thread| -> io::Result<()> {
            // Relaxed: the tiles are there before the threads begin.
            while let Some(&tile) = tiles.get(next.fetch_add(1, Relaxed)) {
                tell(Step { thread, tile, done: None })?;
                let bytes = render_tile(&camera, width, height, tile);
                image.lock().unwrap().put(tile, &bytes);
                tell(Step { thread, tile, done: Some(&bytes) })?;
            }
            Ok(())
        };
        let start = |number| {
            let name = format!("renderer {number}");
            let builder = thread::Builder::new().name(name);
            builder.spawn_scoped(scope, move || work(number)).expect("a thread from the host")
        };
        let threads = (0..threads).map(start).collect::<Vec<_>>();
        threads.into_iter().try_for_each(|thread| thread.join().expect("a thread that does not panic"))
    })?;
    Ok(image.into_inner().unwrap())
}

fn render_tile(camera: &Camera, width: usize, height: usize, tile: Tile) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(tile.width * tile.height * 3);
    for y in tile.top..tile.top + tile.height {
        for x in tile.left..tile.left + tile.width {
            let light = render_pixel(camera, width, height, x, y);
            bytes.extend([light.x, light.y, light.z].map(shown));
        }
    }
    bytes
}

fn render_pixel(camera: &Camera, width: usize, height: usize, x: usize, y: usize) -> Vector {
    let mut random = Random::new(x, y);
    let mut sum = Vector::ZERO;
    for point in 0..GRID * GRID {
        let across = x as f64 + ((point % GRID) as f64 + random.number()) / GRID as f64;
        let down = y as f64 + ((point / GRID) as f64 + random.number()) / GRID as f64;
        let scale = 2.0 / height as f64;
        let ray = camera.ray((across - width as f64 / 2.0) * scale, (height as f64 / 2.0 - down) * scale, &mut random);
        let light = light(&ray, 0, &mut random);
        // What is brighter than paper is cut per point, so that edges of bright things are smooth.
        sum = sum + exposed(light);
    }
    sum * (1.0 / (GRID * GRID) as f64)
}

/// Light as film takes it: 0 to 1, bright light less and less.
fn exposed(light: Vector) -> Vector {
    let curve = |light: f64| light * (1.0 + light * 0.12) / (1.0 + light);
    Vector { x: curve(light.x).min(1.0), y: curve(light.y).min(1.0), z: curve(light.z).min(1.0) }
}

/// A byte for an eye: screens show about the square of the value. Some contrast is added on the way.
fn shown(light: f64) -> u8 {
    let value = light.sqrt();
    let contrast = value * value * (3.0 - 2.0 * value);
    ((value * 0.35 + contrast * 0.65) * 255.0 + 0.5) as u8
}
