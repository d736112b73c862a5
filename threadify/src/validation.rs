//! [`Validation`]: a module is validated piece by piece, for a caller that has other things to do in between.

use wasmparser::{FuncValidatorAllocations, Parser, Payload, ValidPayload, Validator};

use crate::{
    Error,
    module::{FEATURES, recognise},
};

/// A module that is being validated, as [`threadify`](crate::threadify) does it unless
/// [`Options::validate`](crate::Options::validate) is off.
pub struct Validation<'a> {
    payloads: Box<dyn Iterator<Item = wasmparser::Result<Payload<'a>>> + 'a>,
    validator: Validator,
    allocations: FuncValidatorAllocations,
}

impl std::fmt::Debug for Validation<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Validation").finish_non_exhaustive()
    }
}

impl<'a> Validation<'a> {
    /// Begins with a module.
    ///
    /// # Errors
    /// [`Error`] says what else than a module it is.
    pub fn new(wasm: &'a [u8]) -> Result<Validation<'a>, Error> {
        recognise(wasm)?;
        Ok(Validation {
            payloads: Box::new(Parser::new(0).parse_all(wasm)),
            validator: Validator::new_with_features(FEATURES),
            allocations: FuncValidatorAllocations::default(),
        })
    }

    /// Validates more of it, until that was about so many bytes of code, and returns whether all is done. A section that
    /// is not code is one piece, and so is a function.
    ///
    /// # Errors
    /// As [`threadify`](crate::threadify) for a module that is not valid.
    pub fn step(&mut self, bytes: usize) -> Result<bool, Error> {
        let mut left = bytes;
        for payload in &mut self.payloads {
            let ValidPayload::Func(function, body) = self.validator.payload(&payload?)? else { continue };
            let mut function = function.into_validator(std::mem::take(&mut self.allocations));
            function.validate(&body)?;
            self.allocations = function.into_allocations();
            left = match left.checked_sub(body.range().len()) {
                Some(left) => left,
                None => return Ok(false),
            };
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(wasm: &[u8], bytes: usize) -> Result<usize, Error> {
        let mut validation = Validation::new(wasm)?;
        let mut steps = 1;
        while !validation.step(bytes)? {
            steps += 1;
        }
        Ok(steps)
    }

    #[test]
    fn a_module_takes_as_many_steps_as_it_is_large() {
        let functions = "(func (result i32) i32.const 1)".repeat(10);
        let wasm = wat::parse_str(format!("(module {functions})")).unwrap();
        assert_eq!(steps(&wasm, 1_000_000).unwrap(), 1);
        assert_eq!(steps(&wasm, 0).unwrap(), 11);
    }

    #[test]
    fn what_is_wrong_is_what_is_wrong_all_at_once() {
        let legacy = wat::parse_str("(module (func try catch_all end))").unwrap();
        let untyped = wat::parse_str("(module (func) (func i32.const 1))").unwrap();
        let half = &untyped[..untyped.len() - 2];
        for wasm in [&legacy, &untyped, half, b"(module)".as_slice(), b""] {
            let expected = crate::inspect(wasm).unwrap_err();
            assert_eq!(steps(wasm, 0).unwrap_err().to_string(), expected.to_string());
        }
    }
}
