//! Numbers that look random and are the same in every run: each pixel begins its own sequence, so that the order in which
//! threads render does not show.

pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// The sequence of a pixel.
    pub(crate) fn new(x: usize, y: usize) -> Random {
        Random { state: (y as u64) << 32 | x as u64 }
    }

    /// At least 0, less than 1.
    pub(crate) fn number(&mut self) -> f64 {
        // splitmix64: a counter with a hash on it.
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        // 53 bits are what a double holds exactly.
        (bits >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A point in the circle of radius 1.
    pub(crate) fn in_circle(&mut self) -> (f64, f64) {
        loop {
            let (x, y) = (2.0 * self.number() - 1.0, 2.0 * self.number() - 1.0);
            if x * x + y * y < 1.0 {
                return (x, y);
            }
        }
    }
}
