//! An item's source, found by its path.
//!
//! `nn::neuron::Neuron` is looked up as the compiler would: the crate's folder, then `neuron.rs`,
//! then the item. `syn` tells where it begins and ends; the text between is taken as it stands,
//! without the item's own documentation, because the page around it is that.

use std::ops::Range;
use std::path::PathBuf;
use std::rc::Rc;

use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{
    Attribute, Fields, ImplItem, Item, ItemImpl, ItemMod, Meta, TraitItem, Type, Variant,
};

use crate::report::Fault;
use crate::scan::line_of;
use crate::workspace::{Workspace, display};

/// A piece of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The file, as seen from the repository's root.
    pub file: String,
    /// Its first and last line in that file.
    pub lines: (usize, usize),
    /// The source, without indentation and without the item's own documentation.
    pub code: String,
}

/// A module: its file, its items, and where its children lie.
struct Module {
    file: PathBuf,
    items: Rc<Vec<Item>>,
    children: PathBuf,
}

/// What a listing can show of a module.
struct Entry {
    /// What its path ends in: `Neuron`, `Neuron::sum`, `impl Neuron`, `impl Default for Neuron`.
    name: String,
    /// Where it stands in the file.
    range: Range<usize>,
    /// The documentation within that is left out.
    documentation: Documentation,
}

/// Finds the item at `path`: `nn::neuron::Neuron`, `nn::neuron::Neuron::output`,
/// `impl nn::neuron::Neuron` or `impl Default for nn::neuron::Neuron`.
pub fn find(workspace: &Workspace, path: &str) -> Result<Listing, Fault> {
    let (block, names) = path.split_at(path.rfind(' ').map_or(0, |space| space + 1));
    let names: Vec<&str> = names.split("::").collect();
    if names.len() < 2 || names.iter().any(|name| name.is_empty()) {
        let advice = "Write the crate, the modules and the item: `nn::neuron::Neuron`.";
        return Err(Fault::new("A listing needs the full path of an item.", advice));
    }
    let mut module = root_module(workspace, names[0])?;
    let mut rest = &names[1..];
    while let [name, below @ ..] = rest
        && !below.is_empty()
        && let Some(inner) =
            module.items.iter().find_map(|item| child(item, name)).cloned()
    {
        module = open_module(workspace, &module, inner)?;
        rest = below;
    }
    let wanted = format!("{block}{}", rest.join("::"));
    match entries(&module).into_iter().find(|entry| entry.name == wanted) {
        Some(entry) => Ok(cut(workspace, &module, entry)),
        None => Err(missing(workspace, path, names[0], &module)),
    }
}

fn root_module(workspace: &Workspace, name: &str) -> Result<Module, Fault> {
    let children = workspace.sources(name)?;
    let file = children.join("lib.rs");
    let items = workspace.items(&file)?;
    Ok(Module { file, items, children })
}

/// The module `inner` of `parent`: in place, in `name.rs`, or in `name/mod.rs`.
fn open_module(
    workspace: &Workspace,
    parent: &Module,
    inner: ItemMod,
) -> Result<Module, Fault> {
    let name = inner.ident.to_string();
    let children = parent.children.join(&name);
    if let Some((_, items)) = inner.content {
        return Ok(Module { file: parent.file.clone(), items: Rc::new(items), children });
    }
    let beside = parent.children.join(format!("{name}.rs"));
    let file = match workspace.read(&beside) {
        Some(_) => beside,
        None => children.join("mod.rs"),
    };
    let items = workspace.items(&file)?;
    Ok(Module { file, items, children })
}

fn child<'a>(item: &'a Item, name: &str) -> Option<&'a ItemMod> {
    match item {
        Item::Mod(module) if module.ident == name => Some(module),
        _ => None,
    }
}

/// Everything in a module that a listing can show, in order.
fn entries(module: &Module) -> Vec<Entry> {
    let mut entries = Vec::new();
    for item in module.items.iter() {
        entries.extend(item_name(item).map(|name| {
            Entry::new(name, item, |documentation| documentation.visit_item(item))
        }));
        match item {
            Item::Impl(found) => {
                let Some(owner) = type_name(found) else { continue };
                for member in &found.items {
                    let name = match member {
                        ImplItem::Const(member) => &member.ident,
                        ImplItem::Fn(member) => &member.sig.ident,
                        ImplItem::Type(member) => &member.ident,
                        _ => continue,
                    };
                    let visit = |found: &mut Documentation| found.visit_impl_item(member);
                    entries.push(Entry::new(format!("{owner}::{name}"), member, visit));
                }
            }
            Item::Trait(found) => {
                for member in &found.items {
                    let name = match member {
                        TraitItem::Const(member) => &member.ident,
                        TraitItem::Fn(member) => &member.sig.ident,
                        TraitItem::Type(member) => &member.ident,
                        _ => continue,
                    };
                    let name = format!("{}::{name}", found.ident);
                    let visit =
                        |found: &mut Documentation| found.visit_trait_item(member);
                    entries.push(Entry::new(name, member, visit));
                }
            }
            _ => {}
        }
    }
    entries
}

impl Entry {
    fn new(
        name: String,
        node: &impl Spanned,
        visit: impl Fn(&mut Documentation),
    ) -> Self {
        let mut documentation = Documentation::default();
        visit(&mut documentation);
        Entry { name, range: node.span().byte_range(), documentation }
    }
}

/// Where the documentation of an item and of its methods stands, and what is only for the compiler: a hint to
/// inline. The documentation of fields and variants stays in the listing.
#[derive(Default)]
struct Documentation(Vec<Range<usize>>);

impl<'ast> Visit<'ast> for Documentation {
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let is_left_out = match &attribute.meta {
            Meta::NameValue(meta) => meta.path.is_ident("doc"),
            meta => meta.path().is_ident("inline"),
        };
        if is_left_out {
            self.0.push(attribute.span().byte_range());
        }
    }

    fn visit_fields(&mut self, _: &'ast Fields) {}

    fn visit_variant(&mut self, _: &'ast Variant) {}
}

/// Cuts an entry out of its file, drops the documentation's lines and the indentation.
fn cut(workspace: &Workspace, module: &Module, entry: Entry) -> Listing {
    let text = workspace.read(&module.file).unwrap_or_default();
    let start = text[..entry.range.start].rfind('\n').map_or(0, |end| end + 1);
    let mut lines = Vec::new();
    let mut first = None;
    let mut at = start;
    for line in text[start..entry.range.end].split('\n') {
        let inside = at + (line.len() - line.trim_start().len());
        let is_left_out = !line.trim().is_empty()
            && entry.documentation.0.iter().any(|range| range.contains(&inside));
        if !is_left_out {
            first = first.or(Some(at));
            lines.push(line);
        }
        at += line.len() + 1;
    }
    Listing {
        file: display(&module.file),
        lines: (line_of(&text, first.unwrap_or(start)), line_of(&text, entry.range.end)),
        code: dedent(&lines),
    }
}

/// Joins lines without the indentation that all of them share.
pub fn dedent(lines: &[&str]) -> String {
    let filled = lines.iter().filter(|line| !line.trim().is_empty());
    let shared =
        filled.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let cut: Vec<&str> =
        lines.iter().map(|line| line.get(shared..).unwrap_or("")).collect();
    cut.join("\n")
}

fn missing(workspace: &Workspace, path: &str, root: &str, module: &Module) -> Fault {
    let mut known = Vec::new();
    if let Ok(module) = root_module(workspace, root) {
        collect(workspace, &module, root, &mut known);
    }
    let item = path.trim_start_matches("impl ");
    Fault::new(
        format!("There is no `{item}`; {} does not hold it.", display(&module.file)),
        "Correct the path; an item that a macro writes or that is re-exported is not found.",
    )
    .near(item, known)
}

/// The paths of everything that a listing can show, below `module`.
fn collect(workspace: &Workspace, module: &Module, path: &str, known: &mut Vec<String>) {
    for item in module.items.iter() {
        if let Item::Mod(inner) = item
            && let Ok(child) = open_module(workspace, module, inner.clone())
        {
            collect(workspace, &child, &format!("{path}::{}", inner.ident), known);
        }
    }
    let names = entries(module).into_iter().map(|entry| entry.name);
    known.extend(names.map(|name| match name.rsplit_once(' ') {
        Some((block, name)) => format!("{block} {path}::{name}"),
        None => format!("{path}::{name}"),
    }));
}

/// The name of the type that an impl is for.
fn type_name(found: &ItemImpl) -> Option<String> {
    match &*found.self_ty {
        Type::Path(path) => {
            path.path.segments.last().map(|segment| segment.ident.to_string())
        }
        _ => None,
    }
}

fn item_name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Impl(item) => {
            let owner = type_name(item)?;
            let Some((path, _)) = &item.trait_ else {
                return Some(format!("impl {owner}"));
            };
            return Some(format!("impl {} for {owner}", path.segments.last()?.ident));
        }
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Mod(item) => &item.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}
