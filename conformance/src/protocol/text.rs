//! The protocol's messages as text, for an adapter that passes the job on to something else: a page in a browser, say.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::{Request, RunAnswer, RunRequest};
use crate::adapter::{AdapterError, Job, Observation};

/// The request to run a job, as described by `conformance/schemas/protocol.schema.json`. `module` says where its runner
/// finds the module: a file, or an address.
#[must_use]
pub fn write_request(id: u64, job: &Job, module: &str) -> String {
    let request = Request::Run(Box::new(RunRequest::new(id, job, Path::new(module))));
    // Numbers and text have no way to fail.
    serde_json::to_string(&request).unwrap_or_default()
}

/// The answer to the request `id`.
///
/// # Errors
/// If it is not an answer, or answers another request, or says that the adapter failed.
pub fn read_answer(id: u64, text: &str) -> Result<Observation, AdapterError> {
    let answer: RunAnswer = parse(text)?;
    if answer.id != id {
        return Err(AdapterError::new(format!("the adapter answered request {} instead of {id}", answer.id)));
    }
    answer.into_observation()
}

/// A message, or what is wrong with it.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, AdapterError> {
    serde_json::from_str(text).map_err(|error| {
        let begin: String = text.chars().take(200).collect();
        AdapterError::new(format!("the adapter's answer is not understood: {error}: {}", begin.trim_end()))
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::Case;

    #[test]
    fn a_request_names_the_module_and_an_answer_its_request() {
        let text = ";;! summary = \"x\"\n;;! clauses = [\"join-1\"]\n;;! [expect]\n;;! return = []\n(module)";
        let mut job = Case::parse("a/b", "a/b.wat", text, None).unwrap().job(1.0).unwrap();
        job.limits.time_limit = Some(Duration::from_millis(7));
        let request: serde_json::Value = serde_json::from_str(&write_request(3, &job, "/module.wasm")).unwrap();
        assert_eq!((&request["call"], &request["module"]), (&"run".into(), &"/module.wasm".into()));
        assert_eq!((&request["id"], &request["limits"]["time_limit_ms"]), (&3.into(), &7.into()));

        assert_eq!(read_answer(3, r#"{"id":3,"hung":true}"#), Ok(Observation::Hung));
        let says = |text, words: &str| {
            let error = read_answer(3, text).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        };
        says(r#"{"id":4,"hung":true}"#, "request 4 instead of 3");
        says("hello", "not understood: expected value at line 1 column 1: hello");
    }
}
