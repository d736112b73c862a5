//! What an adapter answers.

use std::time::Duration;

use raddle_runtime_api::{Capability, Outcome};
use serde::{Deserialize, Serialize};

use crate::adapter::{AdapterError, Counts, Description, Ended, Observation, Refusal, Stage};

/// The answer to the question which backend it is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DescribeAnswer {
    /// The version that the adapter speaks.
    pub(crate) protocol: u32,
    #[serde(flatten)]
    pub(crate) description: Description,
}

/// The answer to a run: exactly one of `ended`, `refused`, `hung` and `error`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct RunAnswer {
    /// Which request it answers.
    pub(crate) id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<EndedJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<RefusedJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hung: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Bytes::is_empty")]
    stdout: Bytes,
    #[serde(skip_serializing_if = "Bytes::is_empty")]
    stderr: Bytes,
}

/// The report of `raddle run --report`, or as much of one as the backend has.
#[derive(Debug, Serialize, Deserialize)]
struct EndedJson {
    #[serde(flatten)]
    outcome: Outcome,
    #[serde(default)]
    spawned: Option<u64>,
    #[serde(default)]
    live: Option<u64>,
    #[serde(default)]
    peak_live: Option<u64>,
    #[serde(default)]
    slots_in_use: Option<u64>,
    #[serde(default)]
    elapsed_ms: Option<f64>,
}

#[derive(Debug, Serialize, Deserialize)]
struct RefusedJson {
    stage: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    capability: Option<String>,
}

/// Output: a string if it is text, else its bytes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Bytes {
    Text(String),
    Raw { bytes: Vec<u8> },
}

impl RunAnswer {
    /// The answer that tells of an observation, or of the adapter's own failure.
    pub(crate) fn new(id: u64, result: Result<Observation, AdapterError>) -> RunAnswer {
        let answer = RunAnswer { id, ..RunAnswer::default() };
        match result {
            Ok(Observation::Ended(ended)) => RunAnswer {
                stdout: Bytes::new(ended.stdout),
                stderr: Bytes::new(ended.stderr),
                ended: Some(EndedJson {
                    outcome: ended.outcome,
                    spawned: ended.counts.spawned,
                    peak_live: ended.counts.peak_live,
                    live: ended.counts.live,
                    slots_in_use: ended.counts.slots_in_use,
                    elapsed_ms: Some(ended.elapsed.as_secs_f64() * 1e3),
                }),
                ..answer
            },
            Ok(Observation::Refused(refusal)) => RunAnswer {
                refused: Some(RefusedJson {
                    stage: refusal.stage.name().into(),
                    code: refusal.code,
                    message: refusal.message,
                    capability: refusal.capability.map(|capability| capability.name().into()),
                }),
                ..answer
            },
            Ok(Observation::Hung) => RunAnswer { hung: Some(true), ..answer },
            Err(error) => RunAnswer { error: Some(error.to_string()), ..answer },
        }
    }

    /// What the adapter saw.
    pub(crate) fn into_observation(self) -> Result<Observation, AdapterError> {
        match (self.ended, self.refused, self.hung, self.error) {
            (Some(ended), None, None, None) => {
                let counts = Counts {
                    spawned: ended.spawned,
                    peak_live: ended.peak_live,
                    live: ended.live,
                    slots_in_use: ended.slots_in_use,
                };
                let elapsed = ended.elapsed_ms.and_then(|ms| Duration::try_from_secs_f64(ms / 1e3).ok());
                Ok(Observation::Ended(
                    Ended::new(ended.outcome)
                        .output(self.stdout.into_vec(), self.stderr.into_vec())
                        .counts(counts)
                        .elapsed(elapsed.unwrap_or_default()),
                ))
            }
            (None, Some(refused), None, None) => refusal(refused).map(Observation::Refused),
            (None, None, Some(true), None) => Ok(Observation::Hung),
            (None, None, None, Some(error)) => Err(AdapterError::new(error)),
            _ => Err(AdapterError::new(
                "the adapter's answer has to have exactly one of `ended`, `refused`, `hung` (true) and `error`",
            )),
        }
    }
}

fn refusal(json: RefusedJson) -> Result<Refusal, AdapterError> {
    let unknown = |what: &str, name: &str| AdapterError::new(format!("the adapter names the unknown {what} `{name}`"));
    let stage = Stage::ALL.into_iter().find(|stage| stage.name() == json.stage);
    let stage = stage.ok_or_else(|| unknown("stage", &json.stage))?;
    let refusal = Refusal::new(stage, json.code, json.message);
    let Some(name) = json.capability else { return Ok(refusal) };
    let capability = Capability::ALL.iter().find(|capability| capability.name() == name);
    Ok(refusal.lacking(*capability.ok_or_else(|| unknown("capability", &name))?))
}

impl Bytes {
    fn new(bytes: Vec<u8>) -> Bytes {
        String::from_utf8(bytes).map_or_else(|error| Bytes::Raw { bytes: error.into_bytes() }, Bytes::Text)
    }

    fn is_empty(&self) -> bool {
        matches!(self, Bytes::Text(text) if text.is_empty())
    }

    fn into_vec(self) -> Vec<u8> {
        match self {
            Bytes::Text(text) => text.into_bytes(),
            Bytes::Raw { bytes } => bytes,
        }
    }
}

impl Default for Bytes {
    fn default() -> Bytes {
        Bytes::Text(String::new())
    }
}

#[cfg(test)]
mod tests {
    use raddle_runtime_api::{ThreadLabel, Trap, TrapKind};

    use super::*;

    fn through_json(result: Result<Observation, AdapterError>) -> Result<Observation, AdapterError> {
        let text = serde_json::to_string(&RunAnswer::new(7, result)).unwrap();
        let answer: RunAnswer = serde_json::from_str(&text).unwrap();
        assert_eq!(answer.id, 7);
        answer.into_observation()
    }

    #[test]
    fn what_is_written_is_read() {
        let trap = Trap::new(TrapKind::Unreachable, "why");
        let outcome = Outcome::Trapped { thread: ThreadLabel::new(2, "weaver"), trap };
        let ended = Ended::new(outcome).output("text\n", vec![0xff, 0, 7]).counts(Counts::known(3, 4, 0, 1));
        let refused = Refusal::new(Stage::Load, "BN0002", "no").lacking(Capability::Memory64);
        let observations = [
            Observation::Ended(ended.elapsed(Duration::from_millis(1500))),
            Observation::Ended(Ended::new(Outcome::Killed)),
            Observation::Refused(refused),
            Observation::Hung,
        ];
        for observation in observations {
            assert_eq!(through_json(Ok(observation.clone())), Ok(observation));
        }
        let error = AdapterError::new("broken");
        assert_eq!(through_json(Err(error.clone())), Err(error));
    }

    #[test]
    fn a_report_of_the_command_will_do() {
        let report = r#"{"id":1,"stdout":"hi","ended":{"version":1,"module":"a.wasm","entry":"main","outcome":"exited","code":3,
            "exit_status":3,"spawned":1,"peak_live":2,"slots_in_use":0,"elapsed_ms":1.5}}"#;
        let answer: RunAnswer = serde_json::from_str(report).unwrap();
        let Ok(Observation::Ended(ended)) = answer.into_observation() else { panic!("not ended") };
        assert_eq!((ended.outcome, ended.stdout), (Outcome::Exited(3), b"hi".to_vec()));
        assert_eq!(ended.counts, Counts { live: None, ..Counts::known(1, 2, 0, 0) });
    }

    #[test]
    fn an_answer_has_exactly_one_kind() {
        for text in [r#"{"id":1}"#, r#"{"id":1,"hung":true,"error":"x"}"#, r#"{"id":1,"hung":false}"#] {
            let answer: RunAnswer = serde_json::from_str(text).unwrap();
            assert!(answer.into_observation().unwrap_err().to_string().contains("exactly one"), "{text}");
        }
    }
}
