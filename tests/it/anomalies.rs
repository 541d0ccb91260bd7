//! x
#[test]
fn report() {
    use trialweave::domain::*;
    let d = trialweave::dataset::from_dir(&crate::support::repository("data")).unwrap_or_else(|p| panic!("{p}"));
    println!("{} {}", d.release, d.trials.len());
    for t in &d.trials {
        println!("== {} {:?} {:?} {:?} {:?}", t.id, t.area, t.targets, t.diseases, t.regimen);
        for a in &t.assertions {
            if matches!(a.field, SourceField::Disease|SourceField::Regimen|SourceField::Target) {
            println!("   {} {} {} [{}] <- {} {:?} {:?}", a.field, a.mapping, a.value, a.printed, a.source, a.qualifiers, a.role);}
        }
        for c in &t.conflicts { println!("   CONFLICT {} {:?}", c.field, c.sides.iter().map(|s| (&t.assertions[*s].value, &t.assertions[*s].source)).collect::<Vec<_>>()); }
    }
}
