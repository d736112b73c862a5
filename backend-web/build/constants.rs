//! `constants.js`, which other files of `js/` import from: what the workers' script must know of Rust's.

use std::fmt::{Display, Write};

use raddle_runtime_api::{
    PAGE, ValueType,
    abi::{self, exports, imports},
};
use raddle_web_shared::{
    names::{LONGEST_TIMER, POLICY, THROWN, WIDE, order, role, stage, tell},
    value::type_number,
};

/// The file's name.
pub(crate) const FILE: &str = "constants.js";

/// Its text, for that version of the package.
pub(crate) fn text(version: &str) -> String {
    let mut text = String::from("// Written by the build, from Rust's constants.\n");
    let mut add = |comment: &str, name: &str, value: &dyn Display| {
        write!(text, "\n/** {comment} */\nexport const {name} = {value};\n").expect("text takes everything");
    };
    add("The version of the package that this script is of.", "VERSION", &string(version));
    add("What a worker is to be.", "ROLE", &names(&role::ALL));
    add("What a page tells a nursery.", "ORDER", &names(&order::ALL));
    add("What a worker tells its nursery, and that its page.", "TELL", &names(&tell::ALL));
    let stages =
        [("expected", stage::EXPECTED), ("begun", stage::BEGUN), ("givenUp", stage::GIVEN_UP), ("left", stage::LEFT)];
    let stages = stages.map(|(name, stage)| (name, stage.to_string()));
    add("How far a worker for threads has come.", "STAGE", &object(stages));
    add("The parts of an error, by number.", "THROWN", &list(THROWN));
    let types = ValueType::ALL.iter().map(|&ty| (ty.name().to_owned(), type_number(ty).to_string()));
    add("The number of each type of a result.", "VALUE_TYPE", &object(types));
    add("The bytes of a page of memory.", "PAGE", &PAGE);
    add("The longest that a timer may take, in milliseconds.", "LONGEST_TIMER", &LONGEST_TIMER);
    add("The Trusted Types policy by which workers are started.", "POLICY", &string(POLICY));
    let abi = [
        ("module", string(abi::MODULE)),
        ("imports", list(imports::IMPORTS.iter().map(|import| import.name))),
        ("hooks", list(exports::HOOK_IMPORTS)),
    ];
    add("What guests import: the host module's exports.", "ABI", &object(abi));
    add("What the names of those end in that guests with 64-bit memories import.", "WIDE", &string(WIDE));
    let exports = [
        ("hooks", exports::HOOKS),
        ("init", exports::INIT),
        ("enter", exports::ENTER),
        ("call", exports::CALL),
        ("callDestructor", exports::CALL_DESTRUCTOR),
        ("trap", exports::TRAP),
        ("stackOverflowed", exports::STACK_OVERFLOWED),
    ];
    add("What guests export.", "EXPORT", &object(exports.map(|(name, export)| (name, string(export)))));
    text
}

/// Rust writes names of ASCII as JavaScript does.
fn string(text: &str) -> String {
    format!("{text:?}")
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    format!("[{}]", names.into_iter().map(string).collect::<Vec<_>>().join(", "))
}

fn object<N: Display>(fields: impl IntoIterator<Item = (N, String)>) -> String {
    let fields = fields.into_iter().map(|(name, value)| format!("{name}: {value}"));
    format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
}

/// An object with a field for each name, which has that.
fn names(names: &[&str]) -> String {
    object(names.iter().map(|name| (name, string(name))))
}
