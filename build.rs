//! Tells cargo that the data is part of the program: a file that is added makes it build again.

fn main() {
    println!("cargo:rerun-if-changed=data");
}
