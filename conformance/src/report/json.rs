//! A report as one JSON document: `conformance/schemas/report.schema.json` is the contract.

use std::{borrow::Cow, collections::BTreeMap, fmt, fs, path::Path};

use serde::{Deserialize, Serialize};

use super::{Report, VERSION};
use crate::error::{Error, IoResultExt};

/// Shows a report as JSON, which [`Report::read`] reads.
#[derive(Debug, Clone, Copy)]
pub struct Json<'a>(pub &'a Report);

#[derive(Serialize, Deserialize)]
struct Document<'a> {
    version: u32,
    /// The version of the suite.
    suite: Cow<'a, str>,
    #[serde(default, skip_deserializing)]
    counts: BTreeMap<&'static str, usize>,
    #[serde(flatten)]
    report: Cow<'a, Report>,
}

impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let document = Document {
            version: VERSION,
            suite: env!("CARGO_PKG_VERSION").into(),
            counts: self.0.counts(),
            report: Cow::Borrowed(self.0),
        };
        writeln!(f, "{}", serde_json::to_string_pretty(&document).map_err(|_| fmt::Error)?)
    }
}

impl Report {
    /// Reads a report that was written as JSON.
    ///
    /// # Errors
    /// [`Error::Io`], and [`Error::Report`] when it is something else, or of another version.
    pub fn read(path: &Path) -> Result<Report, Error> {
        let text = fs::read_to_string(path).during("read", path)?;
        let wrong = |source| Error::Report { path: path.into(), source };
        let document: Document<'_> = serde_json::from_str(&text).map_err(wrong)?;
        if document.version != VERSION {
            let message = format!("it has version {}, but this program reads version {VERSION}", document.version);
            return Err(wrong(serde::de::Error::custom(message)));
        }
        Ok(document.report.into_owned())
    }
}
