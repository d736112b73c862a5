//! The light that comes along a ray.

use crate::cloth;
use crate::random::Random;
use crate::scene::{BALLS, Ball, LAMP_LIGHT, Material, sky, to_lamp};
use crate::vector::{Ray, Vector, vector};

/// How often light is mirrored or bent before it is taken for lost.
const BOUNCES: u32 = 6;
/// How much glass bends light.
const INDEX: f64 = 1.5;
/// How much a clear coat, or glass, mirrors when looked at straight.
const SHEEN: f64 = 0.04;
/// How far off a surface a new ray begins, so that it does not meet the surface itself.
const OFF: f64 = 0.002;

enum Thing {
    Cloth,
    Ball(&'static Ball),
}

/// The first thing in a ray's way, and where.
fn first(ray: &Ray) -> Option<(f64, Thing)> {
    let mut first = None;
    let mut limit = cloth::HORIZON;
    for ball in BALLS {
        if let Some(distance) = ball.hit(ray).filter(|&distance| distance < limit) {
            limit = distance;
            first = Some((distance, Thing::Ball(ball)));
        }
    }
    match cloth::hit(ray, limit) {
        Some(distance) => Some((distance, Thing::Cloth)),
        None => first,
    }
}

/// How much of the lamp's light gets through: glass takes some, anything else all.
fn lit(ray: &Ray) -> f64 {
    let mut light = 1.0;
    for ball in BALLS {
        if ball.hit(ray).is_some() {
            match ball.material {
                Material::Glass(_) => light *= 0.55,
                Material::Metal(_) | Material::Glaze(_) => return 0.0,
            }
        }
    }
    if cloth::hit(ray, 30.0).is_some() { 0.0 } else { light }
}

/// The light that falls on a dull surface: from the lamp, and from the part of the sky that it sees.
fn falling_on(point: Vector, normal: Vector, openness: f64, random: &mut Random) -> Vector {
    let from = point + normal * (OFF * 4.0);
    let direction = to_lamp(from, random);
    let slant = normal.dot(direction);
    let lamp = if slant > 0.0 { slant * lit(&Ray { from, direction }) } else { 0.0 };
    let above = 0.5 + 0.5 * normal.z;
    let shade = BALLS.iter().map(|ball| ball.shade(point)).product::<f64>();
    LAMP_LIGHT * lamp + vector(0.26, 0.31, 0.44) * (above * openness * shade)
}

impl Ball {
    /// How much of the sky the ball leaves to a point near it, 0 to 1.
    fn shade(&self, point: Vector) -> f64 {
        let to = self.centre - point;
        let square = to.dot(to);
        let hidden = self.radius * self.radius / square;
        1.0 - 0.75 * hidden.min(1.0) * (to.z / square.sqrt()).max(0.0)
    }
}

/// The share that is mirrored at that slant, which is the cosine: all of it when grazing.
fn mirrored(slant: f64, straight: f64) -> f64 {
    let rest = 1.0 - slant.clamp(0.0, 1.0);
    straight + (1.0 - straight) * (rest * rest) * (rest * rest) * rest
}

/// The light that comes along a ray, after that many bounces.
pub(crate) fn light(ray: &Ray, bounces: u32, random: &mut Random) -> Vector {
    let Some((distance, thing)) = first(ray) else { return sky(ray) };
    let point = ray.at(distance);
    match thing {
        Thing::Cloth => on_cloth(ray, point, distance, random),
        Thing::Ball(ball) => on_ball(ray, point, ball, bounces, random),
    }
}

fn on_cloth(ray: &Ray, point: Vector, distance: f64, random: &mut Random) -> Vector {
    let normal = cloth::normal(point);
    let near = cloth::albedo(point).tinted(falling_on(point, normal, cloth::openness(point, normal), random));
    // Yarns shine a little where they turn away.
    let near = near + vector(0.5, 0.5, 0.5) * (mirrored(-ray.direction.dot(normal), 0.0) * 0.12);
    let far = (distance / cloth::HORIZON).min(1.0);
    near.towards(cloth::AVERAGE.towards(sky(ray), far), far * far)
}

fn on_ball(ray: &Ray, point: Vector, ball: &Ball, bounces: u32, random: &mut Random) -> Vector {
    let outward = (point - ball.centre) * (1.0 / ball.radius);
    let inside = ray.direction.dot(outward) > 0.0;
    let normal = if inside { -outward } else { outward };
    let slant = -ray.direction.dot(normal);
    if bounces == BOUNCES {
        return Vector::ZERO;
    }
    let mut follow = |from: Vector, direction: Vector| light(&Ray { from, direction }, bounces + 1, random);
    match ball.material {
        Material::Metal(colour) => {
            let mirror = follow(point + normal * OFF, ray.direction.reflected(normal));
            mirror.tinted(colour.towards(Vector::ONE, mirrored(slant, 0.0)))
        }
        Material::Glaze(colour) => {
            let mirror = follow(point + normal * OFF, ray.direction.reflected(normal));
            let under = colour.tinted(falling_on(point, normal, 1.0, random));
            under.towards(mirror, mirrored(slant, SHEEN))
        }
        Material::Glass(colour) => {
            let ratio = if inside { INDEX } else { 1.0 / INDEX };
            let square = 1.0 - ratio * ratio * (1.0 - slant * slant);
            let mirror_share = if square < 0.0 { 1.0 } else { mirrored(slant, SHEEN) };
            let mut sum = Vector::ZERO;
            // Inside, what little is mirrored again is let go: two ways at each of six bounces are too many.
            if !inside || square < 0.0 {
                sum = sum + follow(point + normal * OFF, ray.direction.reflected(normal)) * mirror_share;
            }
            if square >= 0.0 {
                let bent = ray.direction * ratio + normal * (ratio * slant - square.sqrt());
                sum = sum + follow(point - normal * OFF, bent.unit()).tinted(colour) * (1.0 - mirror_share);
            }
            sum
        }
    }
}
