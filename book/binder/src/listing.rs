//! An item's source, found by its path.
//!
//! `nn::neuron::Neuron` is looked up as the compiler would: the crate's folder, then `neuron.rs`,
//! then the item. `syn` tells where it begins and ends; the text between is taken as it stands,
//! without the item's own documentation, because the page around it is that.

use std::ops::Range;
use std::path::PathBuf;

use syn::spanned::Spanned;
use syn::{Attribute, ImplItem, Item, ItemImpl, ItemMod, TraitItem, Type};

use crate::Workspace;
use crate::report::Fault;
use crate::scan::line_of;
use crate::workspace::display;

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

/// What a path asks for.
struct Wanted<'a> {
    /// The modules and names, crate first.
    path: Vec<&'a str>,
    /// For `impl Type` or `impl Trait for Type`: which impl.
    block: Option<Block<'a>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Block<'a> {
    Inherent,
    Of(&'a str),
}

/// A module: its file's text, its items, and where its children lie.
struct Module {
    file: PathBuf,
    items: Vec<Item>,
    children: PathBuf,
}

/// Finds the item at `path`: `nn::neuron::Neuron`, `nn::neuron::Neuron::output`,
/// `impl nn::neuron::Neuron` or `impl Default for nn::neuron::Neuron`.
///
/// # Errors
///
/// If there is no such crate, module or item; the fault names the nearest that there is.
pub fn find(workspace: &Workspace, path: &str) -> Result<Listing, Fault> {
    let wanted = Wanted::parse(path)?;
    let mut module = root_module(workspace, wanted.path[0])?;
    let mut names = &wanted.path[1..];
    while let Some((name, rest)) = names.split_first() {
        let Some(inner) = module.items.iter().find_map(|item| child(item, name)).cloned()
        else {
            break;
        };
        if rest.is_empty() && wanted.block.is_none() {
            break;
        }
        module = open_module(workspace, &module, inner)?;
        names = rest;
    }
    let text = workspace.read(&module.file).unwrap_or_default();
    let range =
        module.items.iter().find_map(|item| item_range(item, names, wanted.block, &text));
    match range {
        Some((range, documentation)) => Ok(cut(&module, &text, range, documentation)),
        None => Err(missing(workspace, path, &wanted, &module)),
    }
}

impl<'a> Wanted<'a> {
    fn parse(path: &'a str) -> Result<Self, Fault> {
        let (block, path) = match path.strip_prefix("impl ") {
            None => (None, path),
            Some(rest) => match rest.split_once(" for ") {
                Some((name, path)) => (Some(Block::Of(name.trim())), path),
                None => (Some(Block::Inherent), rest),
            },
        };
        let path: Vec<&str> = path.trim().split("::").collect();
        if path.len() < 2 || path.iter().any(|name| name.is_empty()) {
            let advice =
                "Write the crate, the modules and the item: `nn::neuron::Neuron`.";
            return Err(Fault::new("A listing needs the full path of an item.", advice));
        }
        Ok(Wanted { path, block })
    }
}

fn root_module(workspace: &Workspace, name: &str) -> Result<Module, Fault> {
    let children = workspace.sources(name)?;
    let file = children.join("lib.rs");
    let items = parse(workspace, &file)?.items;
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
        return Ok(Module { file: parent.file.clone(), items, children });
    }
    let beside = parent.children.join(format!("{name}.rs"));
    let file = match workspace.read(&beside) {
        Some(_) => beside,
        None => children.join("mod.rs"),
    };
    let items = parse(workspace, &file)?.items;
    Ok(Module { file, items, children })
}

/// Parses a source file of the workspace.
///
/// # Errors
///
/// If it is not there or is no Rust.
pub fn parse(workspace: &Workspace, file: &std::path::Path) -> Result<syn::File, Fault> {
    let name = display(file);
    let text = workspace.read(file).ok_or_else(|| {
        Fault::new(format!("There is no file {name}."), "Add it, or correct the path.")
            .elsewhere()
    })?;
    syn::parse_file(&text).map_err(|error| {
        let line = error.span().start().line;
        Fault::new(
            format!("{name}:{line} is not Rust that can be read: {error}."),
            "Make the crate compile first.",
        )
        .elsewhere()
    })
}

fn child<'a>(item: &'a Item, name: &str) -> Option<&'a ItemMod> {
    match item {
        Item::Mod(module) if module.ident == name => Some(module),
        _ => None,
    }
}

/// Where an item stands, and the documentation within that is left out.
type Place = (Range<usize>, Vec<Range<usize>>);

/// Where the thing called `names` stands, if `item` is or holds it.
fn item_range(
    item: &Item,
    names: &[&str],
    block: Option<Block<'_>>,
    text: &str,
) -> Option<Place> {
    match (names, block) {
        ([name], None) if item_name(item).as_deref() == Some(*name) => Some(match item {
            Item::Trait(definition) => {
                let methods = definition.items.iter().flat_map(trait_item_attributes);
                place(item, definition.attrs.iter().chain(methods), text)
            }
            _ => place(item, item_attributes(item).iter(), text),
        }),
        ([name], Some(block)) => match item {
            Item::Impl(found) if type_name(found) == Some((*name).to_owned()) => {
                let methods = found.items.iter().flat_map(impl_item_attributes);
                (block_of(found).as_deref() == block.name())
                    .then(|| place(item, found.attrs.iter().chain(methods), text))
            }
            _ => None,
        },
        ([owner, name], None) => member_range(item, owner, name, text),
        _ => None,
    }
}

/// Where the method or constant `name` of the type or trait `owner` stands, if `item` holds it.
fn member_range(item: &Item, owner: &str, name: &str, text: &str) -> Option<Place> {
    match item {
        Item::Impl(found) if type_name(found).as_deref() == Some(owner) => {
            let is_it = |item: &&ImplItem| impl_item_name(item).as_deref() == Some(name);
            let member = found.items.iter().find(is_it)?;
            Some(place(member, impl_item_attributes(member).iter(), text))
        }
        Item::Trait(found) if found.ident == owner => {
            let is_it =
                |item: &&TraitItem| trait_item_name(item).as_deref() == Some(name);
            let member = found.items.iter().find(is_it)?;
            Some(place(member, trait_item_attributes(member).iter(), text))
        }
        _ => None,
    }
}

impl<'a> Block<'a> {
    fn name(&self) -> Option<&'a str> {
        match self {
            Block::Inherent => None,
            Block::Of(name) => Some(name),
        }
    }
}

/// The range of `node` in the file, and of the documentation among `attributes`, line by line.
fn place<'a>(
    node: &impl Spanned,
    attributes: impl Iterator<Item = &'a Attribute>,
    text: &str,
) -> Place {
    let range = node.span().byte_range();
    let start = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let documentation = attributes
        .filter(|attribute| is_documentation(attribute))
        .map(|attribute| attribute.span().byte_range())
        .collect();
    (start..range.end, documentation)
}

fn is_documentation(attribute: &Attribute) -> bool {
    matches!(&attribute.meta, syn::Meta::NameValue(meta) if meta.path.is_ident("doc"))
}

/// Cuts the item out of its file, drops the documentation's lines and the indentation.
fn cut(
    module: &Module,
    text: &str,
    range: Range<usize>,
    documentation: Vec<Range<usize>>,
) -> Listing {
    let mut lines = Vec::new();
    let mut first = None;
    let mut at = range.start;
    for line in text[range.clone()].split('\n') {
        let is_left_out = documentation.iter().any(|doc| {
            let inside = at + (line.len() - line.trim_start().len());
            doc.contains(&inside) && !line.trim().is_empty()
        });
        if !is_left_out {
            first = first.or(Some(at));
            lines.push(line);
        }
        at += line.len() + 1;
    }
    let first = line_of(text, first.unwrap_or(range.start));
    Listing {
        file: display(&module.file),
        lines: (first, line_of(text, range.end)),
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

fn missing(
    workspace: &Workspace,
    path: &str,
    wanted: &Wanted<'_>,
    module: &Module,
) -> Fault {
    let mut known = Vec::new();
    if let Ok(root) = root_module(workspace, wanted.path[0]) {
        collect(workspace, &root, wanted.path[0], &mut known);
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
    for item in &module.items {
        if let Item::Mod(inner) = item {
            let path = format!("{path}::{}", inner.ident);
            if let Ok(child) = open_module(workspace, module, inner.clone()) {
                collect(workspace, &child, &path, known);
            }
        }
        known.extend(item_name(item).map(|name| format!("{path}::{name}")));
        let members: Vec<_> = match item {
            Item::Impl(found) => found.items.iter().filter_map(impl_item_name).collect(),
            Item::Trait(found) => {
                found.items.iter().filter_map(trait_item_name).collect()
            }
            _ => continue,
        };
        let owner = owner_name(item).unwrap_or_default();
        known.extend(members.iter().map(|name| format!("{path}::{owner}::{name}")));
    }
}

fn owner_name(item: &Item) -> Option<String> {
    match item {
        Item::Impl(found) => type_name(found),
        other => item_name(other),
    }
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

/// The name of the trait that an impl is of.
fn block_of(found: &ItemImpl) -> Option<String> {
    let (path, _) = found.trait_.as_ref()?;
    path.segments.last().map(|segment| segment.ident.to_string())
}

fn item_name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
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

fn item_attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        _ => &[],
    }
}

fn impl_item_name(item: &ImplItem) -> Option<String> {
    match item {
        ImplItem::Const(item) => Some(item.ident.to_string()),
        ImplItem::Fn(item) => Some(item.sig.ident.to_string()),
        ImplItem::Type(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn impl_item_attributes(item: &ImplItem) -> &[Attribute] {
    match item {
        ImplItem::Const(item) => &item.attrs,
        ImplItem::Fn(item) => &item.attrs,
        ImplItem::Type(item) => &item.attrs,
        _ => &[],
    }
}

fn trait_item_name(item: &TraitItem) -> Option<String> {
    match item {
        TraitItem::Const(item) => Some(item.ident.to_string()),
        TraitItem::Fn(item) => Some(item.sig.ident.to_string()),
        TraitItem::Type(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn trait_item_attributes(item: &TraitItem) -> &[Attribute] {
    match item {
        TraitItem::Const(item) => &item.attrs,
        TraitItem::Fn(item) => &item.attrs,
        TraitItem::Type(item) => &item.attrs,
        _ => &[],
    }
}
