//! Limits as an object with a field for each, in whole numbers: counts, bytes, milliseconds; null for what is not set.

use std::collections::BTreeMap;

use raddle_runtime_api::Limits;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Debug, Default)]
pub(super) struct LimitsJson(pub(super) Limits);

impl Serialize for LimitsJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Limits::TABLE.iter().map(|limit| (limit.json_name(), limit.get_json(&self.0))))
    }
}

impl<'de> Deserialize<'de> for LimitsJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<LimitsJson, D::Error> {
        // A field that nobody knows is a later version's.
        let fields = BTreeMap::<String, Option<u64>>::deserialize(deserializer)?;
        let mut limits = Limits::default();
        for limit in Limits::TABLE {
            limit.set_json(&mut limits, fields.get(&limit.json_name()).copied().flatten());
        }
        Ok(LimitsJson(limits))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_unknown_ignored() {
        let mut limits = Limits::default();
        limits.max_threads = Some(3);
        limits.max_wait = Some(Duration::from_millis(70));
        let mut json = serde_json::to_value(LimitsJson(limits)).unwrap();
        assert_eq!(
            (&json["max_threads"], &json["max_wait_ms"], &json["max_output"]),
            (&3.into(), &70.into(), &().into())
        );
        json["max_patience"] = 5.into();
        assert_eq!(serde_json::from_value::<LimitsJson>(json).unwrap().0, limits);
        assert_eq!(serde_json::from_str::<LimitsJson>("{}").unwrap().0, Limits::default());
    }
}
