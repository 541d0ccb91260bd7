//! Takes `dist/` if it is there, and says so if it is not or if it was made of other sources.
//!
//! Never calls npm. `TW_WEB_PAGES=require` makes a missing or stale bundle an error, so that none ships unnoticed.
//! `TW_WEB_DIST` names another folder than `dist/`; an empty one builds without pages where they are built.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What the bundle is made of. `scripts/stamp.mjs` has the same list and the same hash.
const SOURCES: [&str; 10] = [
    "app",
    "graphiql",
    "public",
    "scripts",
    "graphiql.html",
    "index.html",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "../schema/examples",
];

fn main() -> Result<(), Box<dyn Error>> {
    for source in SOURCES.iter().filter(|s| Path::new(s).exists()) {
        println!("cargo:rerun-if-changed={source}");
    }
    let dist = env::var_os("TW_WEB_DIST").map_or_else(|| PathBuf::from("dist"), PathBuf::from);
    // A path that is not there would make every build start anew.
    fs::create_dir_all(&dist)?;
    let dist = fs::canonicalize(dist)?;
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", dist.display());
    for name in ["TW_WEB_PAGES", "TW_WEB_DIST"] {
        println!("cargo:rerun-if-env-changed={name}");
    }

    let required = env::var("TW_WEB_PAGES").is_ok_and(|v| v == "require");
    let built = dist.join("index.html").exists();
    let stamped = fs::read_to_string(dist.join(".stamp"));
    let fresh = built && stamped.is_ok_and(|s| s.trim() == stamp().unwrap_or_default());
    let trouble = match (built, fresh) {
        (false, _) => {
            Some("the pages are not built: run `npm ci && npm run build` in web/; the server goes without them")
        }
        (true, false) => Some("the pages in web/dist were made of other sources: run `npm run build` in web/"),
        (true, true) => None,
    };
    if let Some(trouble) = trouble {
        if required {
            return Err(trouble.into());
        }
        println!("cargo:warning={trouble}");
    }

    let mut code = String::new();
    writeln!(code, "/// Whether the pages are in this build.\npub const BUILT: bool = {built};")?;
    writeln!(
        code,
        "/// Whether the pages in this build were made of the sources beside it.\npub const FRESH: bool = {fresh};"
    )?;
    let mut files = Vec::new();
    if built {
        walk(&dist, &mut files)?;
    }
    files.sort();
    writeln!(code, "static ASSETS: &[Asset] = &[")?;
    for file in &files {
        let path = file.strip_prefix(&dist)?.to_string_lossy().replace('\\', "/");
        if path.ends_with(".html") || path.ends_with(".br") || path.ends_with(".gz") || path == ".stamp" {
            continue;
        }
        let full = file.to_string_lossy();
        if !Path::new(&format!("{full}.br")).exists() || !Path::new(&format!("{full}.gz")).exists() {
            return Err(format!("web/dist/{path} has no compressed twin: run `npm run build` in web/").into());
        }
        let size = fs::metadata(file)?.len();
        writeln!(
            code,
            "    Asset {{ path: {path:?}, size: {size}, br: include_bytes!({:?}), gz: include_bytes!({:?}) }},",
            format!("{full}.br"),
            format!("{full}.gz")
        )?;
    }
    writeln!(code, "];")?;
    for (name, file) in [("EXPLORER", "index.html"), ("GRAPHIQL", "graphiql.html")] {
        let html = if built { fs::read_to_string(dist.join(file))? } else { String::new() };
        writeln!(code, "static {name}: &str = {html:?};")?;
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("assets.rs"), code)?;
    Ok(())
}

/// FNV-1a, 64 bits, of the path and the bytes of each source, without carriage returns.
fn stamp() -> Result<String, Box<dyn Error>> {
    let mut files = Vec::new();
    for source in SOURCES.iter().map(Path::new).filter(|s| s.exists()) {
        if source.is_dir() { walk(source, &mut files)? } else { files.push(source.to_path_buf()) }
    }
    let mut names: Vec<String> = files.iter().map(|f| f.to_string_lossy().replace('\\', "/")).collect();
    names.retain(|n| !n.starts_with("../") || n.ends_with(".graphql") || n.ends_with(".variables.json"));
    names.sort();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut eat = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    for name in &names {
        name.bytes().for_each(&mut eat);
        eat(0);
        fs::read(name)?.into_iter().filter(|b| *b != b'\r').for_each(&mut eat);
        eat(0);
    }
    Ok(format!("{hash:016x}"))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
