//! Durations on the command line: `500ms`, `2s`, `1.5m`.

use std::time::Duration;

/// The units in seconds.
const UNITS: [(&str, f64); 6] = [("ns", 1e-9), ("us", 1e-6), ("ms", 1e-3), ("s", 1.0), ("m", 60.0), ("h", 3600.0)];

/// Reads a duration: a number with a unit from `ns` to `h`. The number may have a fraction.
///
/// # Errors
/// What is wrong and what would be accepted. A number without a unit is refused, and so is zero.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let expected = "expected a number with ns, us, ms, s, m or h, such as 500ms or 1.5s";
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: f64 = number.parse().map_err(|_| expected.to_owned())?;
    let unit = unit.trim_start();
    if unit.is_empty() {
        return Err(format!("no unit: {expected}"));
    }
    let (_, seconds) =
        UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(|| format!("unknown unit `{unit}`: {expected}"))?;
    let duration = Duration::try_from_secs_f64(number * seconds).map_err(|_| "too long".to_owned())?;
    if duration.is_zero() {
        return Err("zero is not allowed: leave the option out for no limit".into());
    }
    Ok(duration)
}

#[cfg(test)]
mod tests {
    use super::parse;
    use std::time::Duration;

    #[test]
    fn reads_every_unit() {
        assert_eq!(parse("20ns"), Ok(Duration::from_nanos(20)));
        assert_eq!(parse("20us"), Ok(Duration::from_micros(20)));
        assert_eq!(parse("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse("2s"), Ok(Duration::from_secs(2)));
        assert_eq!(parse("1.5 m"), Ok(Duration::from_secs(90)));
        assert_eq!(parse("2h"), Ok(Duration::from_secs(7200)));
    }

    #[test]
    fn refuses_the_rest_with_a_hint() {
        for text in ["", "s", "-1s", "1.2.3s", "soon"] {
            assert!(parse(text).unwrap_err().contains("expected a number"), "{text}");
        }
        assert!(parse("5").unwrap_err().starts_with("no unit"));
        assert!(parse("5 days").unwrap_err().contains("unknown unit `days`"));
        assert!(parse("0s").unwrap_err().contains("zero is not allowed"));
        assert!(parse("99999999999999999999999h").unwrap_err().contains("too long"));
    }
}
