//! Sizes on the command line: `4096`, `64KiB`, `1G`.

/// The units, the largest last: name, short name, bytes.
const UNITS: [(&str, &str, u64); 3] = [("KiB", "K", 1 << 10), ("MiB", "M", 1 << 20), ("GiB", "G", 1 << 30)];

/// Reads a size in bytes: a whole number, with KiB, MiB or GiB (or K, M, G) after it or without a unit.
///
/// # Errors
/// What is wrong and what would be accepted. `KB` and its like are refused, because they mean 1000 to some and 1024 to
/// others.
pub(crate) fn parse(text: &str) -> Result<u64, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let expected = "expected bytes, or a number with KiB, MiB or GiB, such as 64KiB";
    let number: u64 = match number.parse() {
        Ok(number) => number,
        Err(_) if number.is_empty() => return Err(expected.into()),
        Err(_) => return Err(too_large()),
    };
    let unit = unit.trim_start();
    let known =
        UNITS.iter().find(|(long, short, _)| unit.eq_ignore_ascii_case(long) || unit.eq_ignore_ascii_case(short));
    let factor = match known {
        Some((_, _, factor)) => *factor,
        None if unit.is_empty() => 1,
        None => return Err(format!("unknown unit `{unit}`: {expected}")),
    };
    number.checked_mul(factor).ok_or_else(too_large)
}

fn too_large() -> String {
    format!("too large: the largest size is {} bytes", u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_every_unit() {
        assert_eq!(parse("0"), Ok(0));
        assert_eq!(parse("4096"), Ok(4096));
        assert_eq!(parse("64KiB"), Ok(64 << 10));
        assert_eq!(parse("64 kib"), Ok(64 << 10));
        assert_eq!(parse("3M"), Ok(3 << 20));
        assert_eq!(parse("2g"), Ok(2 << 30));
    }

    #[test]
    fn refuses_the_rest_with_a_hint() {
        for text in ["", "KiB", "-1", "1.5M", "many"] {
            assert!(parse(text).unwrap_err().contains("expected bytes"), "{text}");
        }
        assert!(parse("1KB").unwrap_err().contains("unknown unit `KB`"));
        assert!(parse("17179869184GiB").unwrap_err().contains("too large"));
        assert!(parse("99999999999999999999").unwrap_err().contains("too large"));
    }
}
