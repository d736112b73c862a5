//! The cloth: a 2/2 twill, woven of yarns without end.
//!
//! Warp yarns run along y at every whole x, weft yarns along x at every whole y. Where two cross, the pattern says which is
//! on top; between crossings a yarn's height goes smoothly from one to the next. The cloth is found by sphere tracing: from a
//! point in the air one may walk as far as the nearest yarn is away.

use crate::vector::{Ray, Vector, vector};

/// Half a yarn's width, and by how much it is flatter than wide.
const RADIUS: f64 = 0.47;
const FLATNESS: f64 = 2.1;
/// How far above or below the middle a yarn is at a crossing.
const HEIGHT: f64 = 0.2;
/// All of the cloth lies between minus this and this.
pub(crate) const TOP: f64 = HEIGHT + RADIUS / FLATNESS + 0.01;
/// The distance that is measured in flattened space may be this much too long for the true one, slopes included.
const CAUTION: f64 = 0.42;
/// Farther away than this, the cloth is its average.
pub(crate) const HORIZON: f64 = 60.0;

const INDIGO: Vector = vector(0.035, 0.075, 0.22);
const TEAL: Vector = vector(0.03, 0.30, 0.34);
const CREAM: Vector = vector(0.82, 0.74, 0.58);
const MADDER: Vector = vector(0.62, 0.10, 0.06);
/// What all of it looks like from afar.
pub(crate) const AVERAGE: Vector = vector(0.24, 0.24, 0.28);

/// The yarns' colours, over and over, in the warp and in the weft.
const SETT: [Vector; 16] = [
    INDIGO, INDIGO, INDIGO, INDIGO, CREAM, CREAM, CREAM, CREAM, INDIGO, INDIGO, INDIGO, INDIGO, TEAL, TEAL, MADDER,
    TEAL,
];

/// Which yarn, and where on it.
struct Nearest {
    distance: f64,
    colour: usize,
    /// How far along the yarn and how far from its middle.
    along: f64,
    across: f64,
}

/// 1 where the warp yarn is on top of the weft yarn, -1 where it is below.
fn pattern(warp: i32, weft: i32) -> f64 {
    if (warp + weft) & 3 < 2 { 1.0 } else { -1.0 }
}

/// The whole number below, and what is left. (`floor` is a function call where the instruction is missing.)
fn split(number: f64) -> (i32, f64) {
    let whole = number as i32;
    let whole = if number < f64::from(whole) { whole - 1 } else { whole };
    (whole, number - f64::from(whole))
}

/// From 0 to 1 as `share` does, without corners.
fn smooth(share: f64) -> f64 {
    share * share * (3.0 - 2.0 * share)
}

/// A yarn's distance: how far from its middle line, less its radius, with heights stretched so that it is round.
fn yarn(across: f64, z: f64, before: f64, after: f64, share: f64) -> f64 {
    let height = HEIGHT * (before + (after - before) * share);
    let z = (z - height) * FLATNESS;
    (across * across + z * z).sqrt() - RADIUS
}

fn nearest(point: Vector) -> Nearest {
    let ((left, x), (near, y)) = (split(point.x), split(point.y));
    let (share_x, share_y) = (smooth(x), smooth(y));
    let mut nearest = Nearest { distance: f64::INFINITY, colour: 0, along: 0.0, across: 0.0 };
    for side in [0, 1] {
        let (warp, weft) = (left + side, near + side);
        let (from_warp, from_weft) = (x - f64::from(side), y - f64::from(side));
        let distance = yarn(from_warp, point.z, pattern(warp, near), pattern(warp, near + 1), share_y);
        if distance < nearest.distance {
            nearest = Nearest { distance, colour: colour(warp), along: point.y, across: from_warp };
        }
        let distance = yarn(from_weft, point.z, -pattern(left, weft), -pattern(left + 1, weft), share_x);
        if distance < nearest.distance {
            nearest = Nearest { distance, colour: colour(weft), along: point.x, across: from_weft };
        }
    }
    nearest
}

fn colour(yarn: i32) -> usize {
    yarn.rem_euclid(SETT.len() as i32) as usize
}

/// How far it is safe to walk from the point.
pub(crate) fn distance(point: Vector) -> f64 {
    nearest(point).distance * CAUTION
}

/// Where the ray meets the cloth.
pub(crate) fn hit(ray: &Ray, limit: f64) -> Option<f64> {
    let slope = ray.direction.z;
    // Between these two the ray is within the cloth's height.
    let (enter, leave) = {
        let (top, bottom) = ((TOP - ray.from.z) / slope, (-TOP - ray.from.z) / slope);
        if slope < 0.0 { (top, bottom) } else { (bottom, top) }
    };
    let mut walked = enter.max(0.0);
    let end = leave.min(limit);
    // The bound is for rays that graze; what they meet is far away.
    for _ in 0..160 {
        if walked >= end {
            // Between the yarns a ray may fall through: the cloth lies on something, and it is dark there.
            return (slope < 0.0 && leave < limit).then_some(leave);
        }
        let step = distance(ray.at(walked));
        if step < 0.0004 * (1.0 + walked) {
            return Some(walked);
        }
        walked += step;
    }
    Some(walked)
}

/// The direction away from the cloth at a point on it.
pub(crate) fn normal(point: Vector) -> Vector {
    // Four points of a tetrahedron give a gradient.
    const STEP: f64 = 0.001;
    [vector(1.0, -1.0, -1.0), vector(-1.0, -1.0, 1.0), vector(-1.0, 1.0, -1.0), vector(1.0, 1.0, 1.0)]
        .into_iter()
        .fold(Vector::ZERO, |sum, corner| sum + corner * distance(point + corner * STEP))
        .unit()
}

/// The colour of the yarn at a point on it, with the grooves between its twisted fibres.
pub(crate) fn albedo(point: Vector) -> Vector {
    let nearest = nearest(point);
    let twist = nearest.along * 5.0 + nearest.across * 4.0;
    let groove = 2.0 * split(twist).1 - 1.0;
    SETT[nearest.colour] * (1.0 - 0.45 * groove * groove * groove * groove)
}

/// How much of the sky a point on the cloth sees, 0 to 1: down between the yarns it is dark.
pub(crate) fn openness(point: Vector, normal: Vector) -> f64 {
    let seen = [0.06, 0.14, 0.26].into_iter().map(|step| (distance(point + normal * step) / step).clamp(0.0, 1.0));
    (seen.sum::<f64>() * 0.75).clamp(0.08, 1.0)
}
