//! An inspection as human-readable text.

use std::fmt;

use raddle_runtime_api::abi::text::Shown;

use super::{Function, Import, Inspection, Memory};
use crate::{Class, ThreadsSection};

impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.class)?;
        if self.is_done() {
            write!(f, ", ready to run")?;
        }
        for memory in &self.memories {
            write!(f, "\n  {memory}")?;
        }
        for symbol in &self.symbols {
            write!(f, "\n  found {symbol}")?;
        }
        write!(f, "\n  {} waits and notifies", self.waits)?;
        if let Some(section) = &self.section {
            what_hosts_know(section, f)?;
        }
        for Import { module, name, kind } in &self.imports {
            write!(f, "\n  imports {}.{}: {kind}", Shown(module), Shown(name))?;
        }
        for function in &self.exports {
            write!(f, "\n  exports {function}")?;
        }
        for warning in &self.warnings {
            write!(f, "\nwarning: {warning}")?;
        }
        match &self.refusal {
            // That it cannot be done again is no error of a module that is ready to run.
            Some(_) if self.is_done() => Ok(()),
            Some(refusal) => write!(f, "\nerror: {refusal}"),
            None => Ok(()),
        }
    }
}

impl Inspection {
    /// Whether it was threadified, and hosts can run it.
    fn is_done(&self) -> bool {
        self.class == Class::RaddleDone && self.section.is_some()
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.shared { "shared" } else { "unshared" };
        write!(f, "{kind} memory, {}-bit, {} pages", self.address_bits, self.minimum)?;
        if let Some(maximum) = self.maximum {
            write!(f, " to {maximum}")?;
        }
        match &self.import {
            Some((module, name)) => write!(f, ", imported as {}.{}", Shown(module), Shown(name)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: function ({}) -> ({})", Shown(&self.name), self.params.join(", "), self.results.join(", "))
    }
}

fn what_hosts_know(section: &ThreadsSection, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match section.stack {
        Some(stack) if stack.limit > 0 => write!(f, "\n  the main stack from {} down to {}", stack.top, stack.limit)?,
        Some(stack) => write!(f, "\n  the main stack from {} down", stack.top)?,
        None => write!(f, "\n  no stack laid out by the linker")?,
    }
    match section.tls {
        Some(tls) => write!(f, "\n  {} bytes of thread-local variables, aligned to {}", tls.size, tls.align)?,
        None => write!(f, "\n  no thread-local variables laid out by the linker")?,
    }
    write!(f, "\n  about {} bytes in the host for each thread's instance", section.instance_size)?;
    let told = [
        (section.stack_checked, "moves of the stack pointer are checked"),
        (section.init, "the data segments are written by a call from the host"),
        (section.table, "threads can be started"),
        (section.hooks, "waits call the host"),
        (section.growable, "the host may grow the memory for more stacks"),
        (section.reusable, "an instance may run one thread after another"),
    ];
    for (_, what) in told.iter().filter(|(is, _)| *is) {
        write!(f, "\n  {what}")?;
    }
    Ok(())
}
