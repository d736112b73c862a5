//! Shows a waiting user the progress of a run: on standard error, and only if that is a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{CaseResult, Suite};

/// A bar that disappears when the run is over.
#[derive(Debug)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new(suite: &Suite) -> Progress {
        let cases = suite.cases.len() + suite.broken.len();
        // It draws nothing where standard error is no terminal.
        let bar = ProgressBar::with_draw_target(Some(cases as u64), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} {elapsed} {msg}");
        Progress(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// One case more. A case that did not pass is reported at once.
    pub(super) fn tell(&self, result: &CaseResult) {
        if !result.verdict.is_good() {
            self.0.println(format!("{} {}", result.verdict.name(), result.id));
        }
        self.0.set_message(result.id.clone());
        self.0.inc(1);
    }

    pub(super) fn end(self) {
        self.0.finish_and_clear();
    }
}
