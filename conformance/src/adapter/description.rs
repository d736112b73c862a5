//! What a backend says about itself.

use raddle_runtime_api::{Capabilities, Capability};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Which backend it is and what it can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Description {
    /// A short name, such as `native`, which is used in reports and for the file of expectations.
    pub name: String,
    /// The engine and its version, such as `wasmtime 48.0.8`.
    pub engine: String,
    /// The backend's own version.
    pub version: String,
    /// What it claims. A claim works in both directions: what is claimed passes its cases, and what is not claimed
    /// returns `UNSUPPORTED`.
    #[serde(with = "names", default)]
    pub capabilities: Capabilities,
    /// How much it allows.
    #[serde(default)]
    pub limits: BackendLimits,
    /// What isolates cases from each other.
    #[serde(default)]
    pub isolation: Isolation,
}

/// The most that a backend allows; `None` if there is no limit that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(default)]
pub struct BackendLimits {
    /// Threads of a process, including the main one.
    pub max_threads: Option<u32>,
    /// Bytes of a process's memory.
    pub max_memory: Option<u64>,
}

/// What isolates cases from each other. For an adapter that is a program, it decides whether one instance of it may run
/// several cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum Isolation {
    /// Nothing: guest code runs in the adapter's own process, and each case must get a new one.
    #[default]
    InProcess,
    /// The adapter runs each case in a process of its own.
    OwnProcess,
    /// The adapter runs each case in a browser page of its own.
    OwnPage,
}

impl Description {
    /// A backend that claims nothing, without limits, in the adapter's own process. The fields are public: set those
    /// that differ.
    pub fn new(name: impl Into<String>, engine: impl Into<String>, version: impl Into<String>) -> Description {
        Description {
            name: name.into(),
            engine: engine.into(),
            version: version.into(),
            capabilities: Capabilities::none(),
            limits: BackendLimits::default(),
            isolation: Isolation::InProcess,
        }
    }

    /// Sets what it claims.
    #[must_use]
    pub fn capabilities(mut self, capabilities: Capabilities) -> Description {
        self.capabilities = capabilities;
        self
    }

    /// Sets how many threads a process can have.
    #[must_use]
    pub fn max_threads(mut self, threads: u32) -> Description {
        self.limits.max_threads = Some(threads);
        self
    }

    /// Sets what isolates cases from each other.
    #[must_use]
    pub fn isolation(mut self, isolation: Isolation) -> Description {
        self.isolation = isolation;
        self
    }

    /// The names of what it claims.
    pub fn claims(&self) -> impl Iterator<Item = &'static str> + use<> {
        let capabilities = self.capabilities;
        Capability::ALL
            .iter()
            .filter(move |capability| capabilities.has(**capability))
            .map(|capability| capability.name())
    }
}

/// Capabilities as a list of names.
mod names {
    use super::{Capabilities, Capability, Deserialize, Deserializer, Error, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(set: &Capabilities, serializer: S) -> Result<S::Ok, S::Error> {
        let names: Vec<_> = Capability::ALL.iter().filter(|one| set.has(**one)).map(|one| one.name()).collect();
        names.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Capabilities, D::Error> {
        let names = Vec::<String>::deserialize(deserializer)?;
        names.iter().try_fold(Capabilities::none(), |set, name| {
            let known = Capability::ALL.iter().find(|capability| capability.name() == name);
            let known = known.ok_or_else(|| D::Error::custom(format!("`{name}` is not a capability")))?;
            Ok(set.with(*known))
        })
    }
}
