//! What the caller can choose.

/// What [`threadify`](crate::threadify) does beyond what every module needs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Check every move of the stack pointer, so that a thread that overflows its stack traps instead of writing over
    /// what lies below it. Off by default: it costs a call at the start and the end of every function with a frame in
    /// memory.
    ///
    /// A program that switches stacks by itself (coroutines whose stacks it has allocated) cannot be checked: the first
    /// switch would trap.
    pub stack_check: bool,
    /// Validate the input first and the output afterwards. On by default, and takes most of the time; an engine that
    /// compiles the output validates it anyway. If it is off, an invalid input gives an error or an invalid output,
    /// never a panic.
    pub validate: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { stack_check: false, validate: true }
    }
}

impl Options {
    /// The defaults.
    #[must_use]
    pub fn new() -> Options {
        Options::default()
    }

    /// Sets [`stack_check`](Options::stack_check).
    #[must_use]
    pub fn stack_check(mut self, on: bool) -> Options {
        self.stack_check = on;
        self
    }

    /// Sets [`validate`](Options::validate).
    #[must_use]
    pub fn validate(mut self, on: bool) -> Options {
        self.validate = on;
        self
    }
}
