//! JSON laid out for reading: keys stay in the order in which they were written (which a map would lose), and what fits
//! on a line stays on one.

const WIDTH: usize = 110;

enum Node<'a> {
    Plain(&'a str),
    List(Vec<Node<'a>>),
    Object(Vec<(&'a str, Node<'a>)>),
}

/// Lays out a JSON text.
pub fn pretty(json: &str) -> String {
    let (node, rest) = read(json.trim_start());
    assert!(rest.trim().is_empty(), "not one JSON value: {rest}");
    let mut out = String::new();
    write(&node, 0, 0, &mut out);
    out.push('\n');
    out
}

fn read(text: &str) -> (Node<'_>, &str) {
    match text.as_bytes()[0] {
        b'{' => {
            let mut fields = Vec::new();
            let mut rest = text[1..].trim_start();
            while !rest.starts_with('}') {
                let (Node::Plain(key), after) = read(rest) else { panic!("no key at {rest:.40}") };
                let (value, after) = read(after.trim_start().strip_prefix(':').unwrap().trim_start());
                fields.push((key, value));
                rest = after.trim_start().trim_start_matches(',').trim_start();
            }
            (Node::Object(fields), &rest[1..])
        }
        b'[' => {
            let mut items = Vec::new();
            let mut rest = text[1..].trim_start();
            while !rest.starts_with(']') {
                let (item, after) = read(rest);
                items.push(item);
                rest = after.trim_start().trim_start_matches(',').trim_start();
            }
            (Node::List(items), &rest[1..])
        }
        b'"' => {
            let mut escaped = false;
            let end = text[1..]
                .bytes()
                .position(|byte| {
                    let ends = byte == b'"' && !escaped;
                    escaped = byte == b'\\' && !escaped;
                    ends
                })
                .unwrap();
            (Node::Plain(&text[..end + 2]), &text[end + 2..])
        }
        _ => {
            let end = text.find([',', '}', ']', ' ', '\n']).unwrap_or(text.len());
            (Node::Plain(&text[..end]), &text[end..])
        }
    }
}

fn one_line(node: &Node<'_>) -> String {
    match node {
        Node::Plain(text) => (*text).to_owned(),
        Node::List(items) => format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", ")),
        Node::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Node::Object(fields) => {
            let fields: Vec<_> = fields.iter().map(|(key, value)| format!("{key}: {}", one_line(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

/// `taken`: characters already on the line.
fn write(node: &Node<'_>, depth: usize, taken: usize, out: &mut String) {
    let line = one_line(node);
    if matches!(node, Node::Plain(_)) || 2 * depth + taken + line.chars().count() <= WIDTH {
        out.push_str(&line);
        return;
    }
    let margin = "  ".repeat(depth + 1);
    let (open, close) = if matches!(node, Node::List(_)) { ('[', ']') } else { ('{', '}') };
    out.push(open);
    let mut first = true;
    let mut begin = |out: &mut String| {
        out.push_str(if std::mem::take(&mut first) { "\n" } else { ",\n" });
        out.push_str(&margin);
    };
    match node {
        Node::Plain(_) => {}
        Node::List(items) => {
            for item in items {
                begin(out);
                write(item, depth + 1, 0, out);
            }
        }
        Node::Object(fields) => {
            for (key, value) in fields {
                begin(out);
                out.push_str(key);
                out.push_str(": ");
                write(value, depth + 1, key.chars().count() + 2, out);
            }
        }
    }
    out.push('\n');
    out.push_str(&margin[2..]);
    out.push(close);
}

#[test]
fn what_fits_stays_on_a_line_and_keys_keep_their_order() {
    assert_eq!(pretty(r#"{"b":[1,{"a":"x,}\""}],"a":{}}"#), "{ \"b\": [1, { \"a\": \"x,}\\\"\" }], \"a\": {} }\n");
    let long = "x".repeat(100);
    let laid_out = pretty(&format!(r#"{{"b":"{long}","a":[null,true]}}"#));
    assert_eq!(laid_out, format!("{{\n  \"b\": \"{long}\",\n  \"a\": [null, true]\n}}\n"));
}
