//! What there is: balls on a cloth, a sky with a lamp, and a camera.

use crate::random::Random;
use crate::vector::{Ray, Vector, vector};

/// What a ball is made of.
#[derive(Clone, Copy)]
pub(crate) enum Material {
    /// Mirrors, in its colour.
    Metal(Vector),
    /// Has a colour under a clear coat.
    Glaze(Vector),
    /// Lets light through, bent, and mirrors some.
    Glass(Vector),
}

pub(crate) struct Ball {
    pub(crate) centre: Vector,
    pub(crate) radius: f64,
    pub(crate) material: Material,
}

const fn ball(x: f64, y: f64, radius: f64, material: Material) -> Ball {
    // Lying on the cloth, a little pressed in.
    Ball { centre: vector(x, y, radius + 0.3), radius, material }
}

pub(crate) const BALLS: &[Ball] = &[
    ball(-3.1, 4.6, 3.0, Material::Metal(vector(0.95, 0.95, 0.97))),
    ball(3.6, 2.6, 2.0, Material::Glass(vector(0.93, 0.99, 0.97))),
    ball(0.3, -1.5, 1.25, Material::Metal(vector(1.0, 0.74, 0.32))),
    ball(-4.9, -1.5, 1.0, Material::Glaze(vector(0.70, 0.05, 0.04))),
    ball(4.5, -2.6, 0.75, Material::Glaze(vector(0.02, 0.35, 0.38))),
    ball(-2.0, -3.9, 0.62, Material::Glass(vector(0.99, 0.95, 0.85))),
    ball(8.3, 6.6, 2.4, Material::Glaze(vector(0.85, 0.78, 0.62))),
    ball(2.2, 9.5, 2.1, Material::Metal(vector(0.98, 0.62, 0.48))),
    ball(-9.6, 8.6, 2.6, Material::Glaze(vector(0.04, 0.09, 0.30))),
    ball(-8.2, 0.6, 1.1, Material::Metal(vector(1.0, 0.80, 0.45))),
    ball(2.1, -4.4, 0.45, Material::Glaze(vector(0.80, 0.55, 0.10))),
    ball(7.4, -0.4, 0.95, Material::Metal(vector(0.90, 0.93, 0.97))),
];

impl Ball {
    /// How far along the ray the ball begins, or from within ends.
    pub(crate) fn hit(&self, ray: &Ray) -> Option<f64> {
        let to = ray.from - self.centre;
        let half = to.dot(ray.direction);
        let square = half * half - to.dot(to) + self.radius * self.radius;
        if square < 0.0 {
            return None;
        }
        let root = square.sqrt();
        [-half - root, -half + root].into_iter().find(|&distance| distance > 1e-6)
    }
}

/// The lamp is a square, high up. Its middle, half its side, and its light.
const LAMP: Vector = vector(-11.0, -4.0, 20.0);
const LAMP_SIDE: f64 = 3.6;
pub(crate) const LAMP_LIGHT: Vector = vector(2.9, 2.65, 2.3);

/// What light comes from that direction when nothing is in the way.
pub(crate) fn sky(ray: &Ray) -> Vector {
    if ray.direction.z > 0.0 {
        let at = ray.at((LAMP.z - ray.from.z) / ray.direction.z) - LAMP;
        if at.x * at.x < LAMP_SIDE * LAMP_SIDE && at.y * at.y < LAMP_SIDE * LAMP_SIDE {
            return LAMP_LIGHT * 5.0;
        }
    }
    let height = ray.direction.z.max(0.0);
    vector(0.86, 0.72, 0.60).towards(vector(0.20, 0.34, 0.62), height * (2.0 - height))
}

/// The direction from a point to somewhere on the lamp.
pub(crate) fn to_lamp(from: Vector, random: &mut Random) -> Vector {
    let aside = vector(2.0 * random.number() - 1.0, 2.0 * random.number() - 1.0, 0.0);
    (LAMP + aside * LAMP_SIDE - from).unit()
}

/// A camera with a lens: what is not at its distance is out of focus.
pub(crate) struct Camera {
    from: Vector,
    forward: Vector,
    right: Vector,
    up: Vector,
    focus: f64,
}

const LENS: f64 = 0.11;
/// Half the image's height, at distance 1.
const OPENING: f64 = 0.36;

impl Camera {
    pub(crate) fn new() -> Camera {
        let (from, to) = (vector(1.5, -14.5, 9.6), vector(-0.3, 1.0, 0.6));
        let forward = (to - from).unit();
        let right = forward.cross(vector(0.0, 0.0, 1.0)).unit();
        // The golden ball is sharp.
        let focus = (BALLS[2].centre - from).dot(forward) - BALLS[2].radius;
        Camera { from, forward, right, up: right.cross(forward), focus }
    }

    /// The ray to a point of the image: (0, 0) is the middle, y is 1 at the upper edge.
    pub(crate) fn ray(&self, x: f64, y: f64, random: &mut Random) -> Ray {
        let to = self.forward + self.right * (x * OPENING) + self.up * (y * OPENING);
        let (aside, above) = random.in_circle();
        let lens = self.right * (aside * LENS) + self.up * (above * LENS);
        Ray { from: self.from + lens, direction: (to * self.focus - lens).unit() }
    }
}
