//! Vectors of three numbers: points, directions and colours.
//!
//! Only `+ - * /` and the square root are used in this program. IEEE 754 fixes their results to the last bit, so the image is
//! the same on every machine and every engine; sines and powers would differ.

use std::ops::{Add, Mul, Neg, Sub};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Vector {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) z: f64,
}

pub(crate) const fn vector(x: f64, y: f64, z: f64) -> Vector {
    Vector { x, y, z }
}

impl Vector {
    pub(crate) const ZERO: Vector = vector(0.0, 0.0, 0.0);
    pub(crate) const ONE: Vector = vector(1.0, 1.0, 1.0);

    pub(crate) fn dot(self, other: Vector) -> f64 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    pub(crate) fn cross(self, other: Vector) -> Vector {
        vector(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )
    }

    pub(crate) fn length(self) -> f64 {
        self.dot(self).sqrt()
    }

    pub(crate) fn unit(self) -> Vector {
        self * (1.0 / self.length())
    }

    /// The direction after a mirror with that normal.
    pub(crate) fn reflected(self, normal: Vector) -> Vector {
        self - normal * (2.0 * self.dot(normal))
    }

    /// Each part by that of the other: light on a colour.
    pub(crate) fn tinted(self, by: Vector) -> Vector {
        vector(self.x * by.x, self.y * by.y, self.z * by.z)
    }

    /// From this (0) to the other (1).
    pub(crate) fn towards(self, other: Vector, share: f64) -> Vector {
        self * (1.0 - share) + other * share
    }
}

impl Add for Vector {
    type Output = Vector;

    fn add(self, other: Vector) -> Vector {
        vector(self.x + other.x, self.y + other.y, self.z + other.z)
    }
}

impl Sub for Vector {
    type Output = Vector;

    fn sub(self, other: Vector) -> Vector {
        vector(self.x - other.x, self.y - other.y, self.z - other.z)
    }
}

impl Mul<f64> for Vector {
    type Output = Vector;

    fn mul(self, by: f64) -> Vector {
        vector(self.x * by, self.y * by, self.z * by)
    }
}

impl Neg for Vector {
    type Output = Vector;

    fn neg(self) -> Vector {
        self * -1.0
    }
}

/// A half line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ray {
    pub(crate) from: Vector,
    /// Of length 1.
    pub(crate) direction: Vector,
}

impl Ray {
    pub(crate) fn at(&self, distance: f64) -> Vector {
        self.from + self.direction * distance
    }
}
