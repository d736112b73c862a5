//! Schemas of XML, as far as this crate's own go: elements by reference, sequences, choices, and attributes of a few
//! types.

use std::path::Path;

use roxmltree::{Document, Node};

/// Why a document does not hold to a schema, or the schema says what is not known here.
type Result = std::result::Result<(), String>;

/// Checks a document against a schema of this crate.
pub(crate) fn check(schema: &str, xml: &str) -> Result {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(schema);
    let text = std::fs::read_to_string(path).expect("a schema");
    let schema = Document::parse(&text).expect("a schema");
    let document = Document::parse(xml).map_err(|error| error.to_string())?;
    element(schema.root_element(), document.root_element())
}

fn named<'a>(node: Node<'a, 'a>, tag: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| child.tag_name().name() == tag)
}

fn element<'a, 'b>(schema: Node<'a, 'a>, node: Node<'b, 'b>) -> Result {
    let tag = node.tag_name().name();
    let declared = schema.children().find(|child| child.attribute("name") == Some(tag));
    let ty = declared.ok_or(format!("there is no element {tag}"))?.first_element_child().ok_or("no type")?;
    attributes(ty, node).map_err(|error| format!("{tag}: {error}"))?;
    if node.children().any(|child| child.is_text() && !child.text().unwrap_or_default().trim().is_empty()) {
        return Err(format!("{tag}: it has text"));
    }
    let children: Vec<_> = node.children().filter(Node::is_element).collect();
    let mut rest = &children[..];
    for content in named(ty, "sequence") {
        particle(schema, content, &mut rest).map_err(|error| format!("{tag}: {error}"))?;
    }
    rest.first().map_or(Ok(()), |child| Err(format!("{tag}: {} does not belong here", child.tag_name().name())))
}

fn attributes<'a, 'b>(ty: Node<'a, 'a>, node: Node<'b, 'b>) -> Result {
    let declared = || named(ty, "attribute");
    for attribute in node.attributes() {
        let found = declared().find(|declared| declared.attribute("name") == Some(attribute.name()));
        let ty = found.and_then(|found| found.attribute("type")).ok_or(format!("no attribute {}", attribute.name()))?;
        let value = attribute.value();
        let is_good = match ty {
            "xs:string" => true,
            "xs:nonNegativeInteger" => value.parse::<u64>().is_ok(),
            "xs:decimal" => value.parse::<f64>().is_ok() && value.bytes().all(|byte| b"-.0123456789".contains(&byte)),
            other => return Err(format!("the type {other} is not known here")),
        };
        if !is_good {
            return Err(format!("{}={value:?} is no {ty}", attribute.name()));
        }
    }
    let mut required = declared().filter(|declared| declared.attribute("use") == Some("required"));
    let missing = required.find(|declared| !declared.attribute("name").is_some_and(|name| node.has_attribute(name)));
    missing.map_or(Ok(()), |missing| Err(format!("it has no {:?}", missing.attribute("name"))))
}

/// Takes as much as there may be of an element or of a choice of elements, or all of a sequence.
fn particle<'a, 'b>(schema: Node<'a, 'a>, part: Node<'a, 'a>, rest: &mut &[Node<'b, 'b>]) -> Result {
    let number = |name: &str| match part.attribute(name) {
        None => 1,
        Some("unbounded") => usize::MAX,
        Some(number) => number.parse().expect("a number"),
    };
    if part.tag_name().name() == "sequence" {
        return part.children().filter(Node::is_element).try_for_each(|part| particle(schema, part, rest));
    }
    let mut count = 0;
    while count < number("maxOccurs") && rest.first().is_some_and(|next| begins(part, *next)) {
        // One of a choice, or the element itself.
        element(schema, rest[0])?;
        *rest = &rest[1..];
        count += 1;
    }
    if count < number("minOccurs") {
        return Err(format!("{:?} is missing", part.attribute("ref")));
    }
    Ok(())
}

/// Whether a part can begin with that element.
fn begins(part: Node<'_, '_>, next: Node<'_, '_>) -> bool {
    match part.attribute("ref") {
        Some(name) => next.has_tag_name(name),
        None => part.children().any(|part| part.is_element() && begins(part, next)),
    }
}
