//! Why a case is not run on a backend.

use crate::{
    adapter::Description,
    case::{Case, Expected},
};

/// Why the backend is not given the case, in terms of what it lacks; `None` if it is given the case.
#[must_use]
pub fn skip_reason(case: &Case, backend: &Description) -> Option<String> {
    let lacking = case.requires.iter().filter(|capability| !backend.capabilities.has(**capability));
    let lacking: Vec<_> = lacking.map(|capability| capability.name()).collect();
    if !lacking.is_empty() {
        return Some(format!("the backend does not claim {}", lacking.join(", ")));
    }
    let refused = match &case.expect.result {
        Expected::Refused(capability) => Some(capability),
        _ => None,
    };
    let having = case.lacks.iter().chain(refused).find(|capability| backend.capabilities.has(**capability));
    if let Some(capability) = having {
        return Some(format!("the backend claims {}, and the case is for those that do not", capability.name()));
    }
    if let (Some(needs), Some(has)) = (case.limits.max_threads, backend.limits.max_threads)
        && needs > has
    {
        return Some(format!("the case needs up to {needs} threads, and the backend has at most {has}"));
    }
    if let (Some(needs), Some(has)) = (case.limits.max_memory, backend.limits.max_memory)
        && needs > has
    {
        return Some(format!("the case needs up to {needs} bytes of memory, and the backend has at most {has}"));
    }
    None
}
