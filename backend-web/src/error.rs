//! Why a runtime, a program or a process could not be made.

use raddle_runtime_api::{ConfigError, Hints, StartError, report};

/// Why a runtime, a program or a process could not be made. How a process that was started *ended* is an
/// [`Outcome`](crate::Outcome), never an error.
///
/// The message is a sentence of its own: what helps is the error's [`hint`](Error::hint), and its
/// [`report`](Error::report) has both. JavaScript gets the report as the message.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The page is not allowed to share memory with workers.
    #[error("BW0001: this page is not cross-origin isolated, so it can share no memory with workers")]
    NotIsolated,
    /// It is not a page or a worker of one, which alone can run threads.
    #[error("BW0011: {place} cannot run threads: it {lacks}")]
    Place {
        /// What it is.
        place: &'static str,
        /// What it lacks.
        lacks: &'static str,
    },
    /// The browser lacks something that threads need.
    #[error("BW0002: this browser has no {missing}")]
    Browser {
        /// What it lacks.
        missing: &'static str,
    },
    /// The page is not allowed to hold locks, which tell it when its workers are gone.
    #[error("BW0009: the browser gives this page no locks (navigator.locks): {message}")]
    Locks {
        /// What the browser said.
        message: String,
    },
    /// A worker could not be started, or has not answered for 30 seconds.
    #[error("BW0003: a worker cannot be started: {message}")]
    Worker {
        /// What the browser said.
        message: String,
    },
    /// The worker's script is of another version.
    #[error("BW0004: the worker's script at {url} is of version {found}, and this is {expected}")]
    WorkerVersion {
        /// Where it is.
        url: String,
        /// Its version.
        found: String,
        /// The version of this package.
        expected: &'static str,
    },
    /// An option makes no sense.
    #[error("BW0005: {message}")]
    Option {
        /// What is wrong, and what would do.
        message: String,
    },
    /// The module was refused by `threadify`; its message begins with its own code.
    #[error("{message}")]
    Threadify {
        /// Its code.
        code: &'static str,
        /// Its message, with what to do.
        message: String,
    },
    /// The module could not be compiled.
    #[error("BW0006: the module cannot be compiled: {message}")]
    Compile {
        /// What the browser said.
        message: String,
    },
    /// The JavaScript module of the embedder's own imports cannot be loaded, or throws.
    #[error("BW0008: the module of imports at {url} cannot be loaded: {message}")]
    ImportsModule {
        /// Where it is.
        url: String,
        /// What the browser said.
        message: String,
    },
    /// An object of JavaScript's was released, and is called all the same.
    #[error("BW0010: this {what} was released, by free() or at the end of its `using`, and cannot be used any more")]
    Released {
        /// Its class.
        what: &'static str,
    },
    /// The process could not be started; its message begins with a code that all backends share.
    #[error(transparent)]
    Start(#[from] StartError),
}

/// What helps a page.
const HINTS: Hints = Hints {
    imports: "give as imports the URL of a JavaScript module that provides it, as a property of an object's own, or build \
              the module without it",
    wasi: "in browsers raddle provides no WASI: build for wasm32-unknown-unknown, for instance with `raddle build`",
    import_type: "provide what the module imports, and declare the imports of raddle_v1 as the guest ABI does",
    entry: "name one of them as entry",
    entry_args: "give arguments of these types as the entry's",
    memory: "lower the limit on memory, end other processes, or release those that have ended, in JavaScript with \
             free() (a page can have about a hundred memories)",
    thread: "end other processes, or raise maxWorkers (browsers may stop at 512 without a word)",
};

impl Error {
    /// The stable code: `BW` and a number; `ST` and a number, which all backends share, for a process that could not be
    /// started; or `TF` and a number for a module that `threadify` refused.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::NotIsolated => "BW0001",
            Error::Place { .. } => "BW0011",
            Error::Browser { .. } => "BW0002",
            Error::Locks { .. } => "BW0009",
            Error::Worker { .. } => "BW0003",
            Error::WorkerVersion { .. } => "BW0004",
            Error::Option { .. } => "BW0005",
            Error::Threadify { code, .. } => code,
            Error::Compile { .. } => "BW0006",
            // BW0007, and BW0011 outside of browsers, are in npm/index.js: this module is not there then.
            Error::ImportsModule { .. } => "BW0008",
            Error::Released { .. } => "BW0010",
            Error::Start(error) => error.code(),
        }
    }

    /// What helps; `None` when the message says it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Error::NotIsolated => {
                "have its server send the headers 'Cross-Origin-Opener-Policy: same-origin' and \
                 'Cross-Origin-Embedder-Policy: require-corp' with the page, over HTTPS or from localhost; `raddle serve` \
                 does"
            }
            Error::Place { .. } => "make the runtime in a page, or in a worker that a page has made with `new Worker`",
            Error::Browser { .. } => "use Chromium 96, Firefox 145 or Safari 16.4, or a later one",
            Error::Locks { .. } => {
                "the user must allow cookies and site data, and the `sandbox` attribute of a frame must include \
                 `allow-same-origin`"
            }
            Error::Worker { .. } => {
                "a Content-Security-Policy must allow `script-src 'wasm-unsafe-eval'` and `worker-src blob:`, or instead \
                 of `blob:` the URL of the package's worker.js, given as workerUrl; if it has \
                 `require-trusted-types-for 'script'` (Trusted Types), it must allow the policy `trusted-types raddle`, \
                 and a workerUrl must be a TrustedScriptURL"
            }
            Error::WorkerVersion { .. } => "copy worker.js from the same package",
            Error::Option { .. } | Error::Threadify { .. } | Error::Released { .. } => return None,
            Error::Compile { .. } => "build the module for features that this browser has",
            Error::ImportsModule { .. } => {
                "serve it as text/javascript, from another origin with the header 'Access-Control-Allow-Origin: *', and \
                 where the page has a Content-Security-Policy, have `script-src` allow it"
            }
            Error::Start(error) => return error.hint(&HINTS),
        };
        Some(hint.into())
    }

    /// The error as people are told it: the message, then on lines of their own each cause, once, and the hint.
    #[must_use]
    pub fn report(&self) -> String {
        report(self, self.hint().as_deref())
    }

    /// A worker that the page may not have.
    pub(crate) fn too_many_workers(limit: u32) -> Error {
        StartError::thread(format!("this page has {limit} workers, as many as it may")).into()
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Error {
        Error::Start(error.into())
    }
}

impl From<raddle_threadify::Error> for Error {
    fn from(error: raddle_threadify::Error) -> Error {
        Error::Threadify { code: error.code(), message: error.to_string() }
    }
}
