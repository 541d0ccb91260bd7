//! What do the printed cells of real sources mean? One line per case: field, cell, and what each part says, written
//! `value [printed] MAPPING QUALIFIER+QUALIFIER ROLE`, parts joined by ` ; `.

use super::*;
use crate::dataset::raw::{List, RawNameOf, RawQualifier, RawValue};
use crate::domain::{
    Bilingual, Concept, Disease, DiseaseArea, Drug, DrugKind, Language, NamedRegimen, Synonym, Target, TargetKind,
};

const TARGETS: &str = "cd19:CD19:CD19 的|cd33:CD33|cll-1:CLL-1:CLL1|trop2:TROP2|claudin6:Claudin 6|gpc3:GPC3|axl:AXL|\
    mesothelin:Mesothelin:间皮素|mica-b:MICA/B|nkg2d:NKG2D|ace2:ACE2|bcma:BCMA|gprc5d:GPRC5D";
const DISEASES: &str = "aml:Acute myeloid leukemia:AML:Leukemia, Myeloid, Acute|mds:Myelodysplastic syndrome:MDS|\
    bpdcn:BPDCN:母细胞性浆细胞样树突状细胞肿瘤|nk-t:NK and T:NK 和 T 细胞恶性肿瘤|leukemia:白血病|lymphoma:淋巴瘤|\
    sle:系统性红斑狼疮:SLE|anca:抗中性粒细胞胞浆抗体相关血管炎|iim:特发性炎症性肌病:特发性炎症性疾病|dcssc:弥漫性皮肤系统性硬化症|\
    ovarian:卵巢癌:Ovarian Cancer|mesonephric:中肾样腺癌|pancreatic:胰腺癌|fallopian:输卵管癌|peritoneal:原发性腹膜癌|\
    solid:实体瘤:Solid Tumors|colon:结肠癌|b-all:B-ALL|sclc:小细胞肺癌|crc:Colorectal Cancer|\
    enktl:Extranodal NK/T-cell Lymphoma, Nasal Type|all:ALL|polychondritis:复发性多软骨炎";
const DRUGS: &str = "flu:Fludarabine:Flu|cy:Cyclophosphamide:Cy:Cytoxan|ara-c:Ara-C|vp-16:依托泊苷:VP-16|hsct:HSCT|\
    n-803:N-803:N-80^{3a}|rituximab:利妥昔单抗|melphalan:美法仑|cbd:大麻二酚(CBD)|nad:烟酰胺腺嘌呤二核苷酸(NAD)|\
    il7:IL7/CCL19 分泌型 CAR-NK|scfv:PD-1/PD-L1/CTLA4 分泌 CAR-NK|ommaya:Ommaya reservoir:ommayya 胶囊";
const QUALIFIERS: &str = "R/R RELAPSED+REFRACTORY yes|复发难治性 RELAPSED+REFRACTORY yes|难治性/复发性 RELAPSED+REFRACTORY yes|\
    复发/难治性 RELAPSED+REFRACTORY yes|复发或难治性 RELAPSED+REFRACTORY yes|复发或耐药 RELAPSED+DRUG_RESISTANT no|\
    复发性 RECURRENT yes|难治性 REFRACTORY yes|转移性 METASTATIC yes|局部晚期或转移性 LOCALLY_ADVANCED+METASTATIC yes|\
    局部晚期 LOCALLY_ADVANCED yes|晚期 ADVANCED yes|广泛 EXTENSIVE_STAGE yes|成人 ADULT yes|活动性 ACTIVE yes|\
    中度至重度 MODERATE_TO_SEVERE yes|耐药 DRUG_RESISTANT no|Relapsed/Refractory RELAPSED+REFRACTORY no|\
    Refractory REFRACTORY no|Recurrent RECURRENT no|Adult ADULT no|| Minimal Residual Disease MINIMAL_RESIDUAL_DISEASE no";

/// The rules of the real data, as far as the cases need them.
fn rules() -> Normaliser {
    let mut raw = Raw::default();
    let mut synonyms = Vec::new();
    let mut concepts = |kind, list: &str| -> Vec<Concept> {
        let mut all = Vec::new();
        for line in list.split('|') {
            let mut names = line.split(':').map(str::trim);
            let id = names.next().unwrap().to_owned();
            let label = Bilingual { en: names.next().unwrap().to_owned(), zh: String::new() };
            synonyms.extend(names.map(|text| RawNameOf {
                kind,
                entity: id.clone(),
                synonym: Synonym { text: text.to_owned(), language: Language::En },
            }));
            all.push(Concept { id, label, ..Concept::default() });
        }
        all
    };
    let targets = concepts(NodeKind::Target, TARGETS).into_iter();
    raw.targets = list(targets.map(|concept| Target { concept, kind: TargetKind::Antigen, genes: Vec::new() }));
    let diseases = concepts(NodeKind::Disease, DISEASES).into_iter();
    raw.diseases =
        list(diseases.map(|concept| (Disease { concept, parents: Vec::new(), area: DiseaseArea::Other }, None)));
    let (kind, default_role) = (DrugKind::SmallMolecule, DrugRole::NotStated);
    let drugs = concepts(NodeKind::Drug, DRUGS).into_iter();
    raw.drugs = list(drugs.map(|concept| Drug { concept, kind, default_role }));
    raw.synonyms = list(synonyms.into_iter());
    // `||` stands for a qualifier that starts with the separator `|` itself.
    raw.qualifiers = list(QUALIFIERS.replace("||", "|\u{1}").split('|').map(|line| {
        let mut words = line.trim().rsplitn(3, ' ');
        let carries = words.next() == Some("yes");
        let list = words.next().unwrap().split('+').map(|q| DiseaseQualifier::parse(q).unwrap()).collect();
        RawQualifier { text: words.next().unwrap().replace('\u{1}', "|"), qualifiers: list, carries }
    }));
    use SourceField::{Country, Disease as D, Phase, Regimen as R, Status, Target as T};
    let separators =
        [(T, "/"), (T, "|"), (D, "/"), (D, "和"), (D, "、"), (D, "|"), (R, "、"), (R, "+"), (R, "和或"), (R, "|")];
    let more = [(Country, "|"), (D, " and "), (R, " - ")];
    raw.separators = list(separators.into_iter().chain(more).map(|(field, text)| (field, text.to_owned())));
    let values = [
        (Status, "招募中", "RECRUITING"),
        (Phase, "I/II 期", "PHASE1|PHASE2"),
        (Phase, "/", "NA"),
        (R, "/", "NONE_REPORTED"),
        (R, "清淋", "drug:flu|drug:cy"),
        (D, "狼疮", "disease:sle"),
        (Country, "中国", "China"),
    ];
    raw.values = list(values.into_iter().map(|(field, text, value)| RawValue {
        field,
        text: text.to_owned(),
        value: value.to_owned(),
    }));
    raw.regimens = list(
        [NamedRegimen {
            members: vec!["cy".to_owned(), "flu".to_owned()],
            label: Bilingual { en: "Flu/Cy".to_owned(), zh: String::new() },
            synonyms: vec![Synonym { text: "Flu、Cy".to_owned(), language: Language::Zh }],
        }]
        .into_iter(),
    );
    Normaliser::new(&raw)
}

fn list<T>(items: impl Iterator<Item = T>) -> List<T> {
    List { items: items.map(|item| (1, item)).collect(), ..List::default() }
}

fn said(parts: &[Part]) -> String {
    let part = |part: &Part| {
        let qualifiers: Vec<_> = part.qualifiers.iter().map(|q| q.text()).collect();
        let text = format!("{} [{}] {} {}", part.value, part.printed, part.mapping, qualifiers.join("+"));
        text.trim_end().to_owned()
    };
    parts.iter().map(part).collect::<Vec<_>>().join(" ; ")
}

#[track_caller]
fn check(field: SourceField, cases: &[(&str, &str)]) {
    let mut rules = rules();
    for (cell, expected) in cases {
        assert_eq!(said(&rules.cell(field, cell)), *expected, "{field} {cell}");
        assert_eq!(said(&rules.cell(field, cell)), *expected, "{field} {cell}, from memory");
    }
}

#[test]
fn targets() {
    check(
        SourceField::Target,
        &[
            ("CD19", "target:cd19 [CD19] EXACT"),
            ("CD19 的", "target:cd19 [CD19 的] SYNONYM"),
            ("CLL1/CD33", "target:cll-1 [CLL1] SPLIT ; target:cd33 [CD33] SPLIT"),
            ("Trop2", "target:trop2 [Trop2] EXACT"),
            ("MICA/B", "target:mica-b [MICA/B] EXACT"),
            ("CD19/MICA/B", "target:cd19 [CD19] SPLIT ; target:mica-b [MICA/B] SPLIT"),
            // The protected name ends in the middle of a word: it is not that name.
            ("MICA/BCMA", "MICA [MICA] UNMAPPED ; target:bcma [BCMA] SPLIT"),
            (
                "Claudin6/ GPC3/间 皮素/AXL",
                "target:claudin6 [Claudin6] SPLIT ; target:gpc3 [GPC3] SPLIT ; target:mesothelin [间 皮素] SPLIT ; \
             target:axl [AXL] SPLIT",
            ),
            ("CD19/", "target:cd19 [CD19] EXACT"),
            ("/", ""),
            (" \u{3000}", ""),
            ("ＣＤ１９", "target:cd19 [ＣＤ１９] EXACT"),
        ],
    );
}

#[test]
fn diseases() {
    const BOTH: &str = "RELAPSED+REFRACTORY";
    let aml_and = |more: &str| format!("disease:aml [R/R AML] SPLIT {BOTH} ; {more} {BOTH}");
    check(
        SourceField::Disease,
        &[
            ("AML", "disease:aml [AML] SYNONYM"),
            ("白血病和淋巴瘤", "disease:leukemia [白血病] SPLIT ; disease:lymphoma [淋巴瘤] SPLIT"),
            ("R/R AML", &format!("disease:aml [R/R AML] SYNONYM {BOTH}")),
            ("R/R NK 和 T 细胞恶性肿瘤", &format!("disease:nk-t [R/R NK 和 T 细胞恶性肿瘤] SYNONYM {BOTH}")),
            (
                "R/R AML/母细胞性浆细胞样树突状细胞肿瘤",
                &aml_and("disease:bpdcn [母细胞性浆细胞样树突状细胞肿瘤] SPLIT"),
            ),
            ("成人 AML/MDS", "disease:aml [成人 AML] SPLIT ADULT ; disease:mds [MDS] SPLIT ADULT"),
            ("复发或耐药 B-ALL", "disease:b-all [复发或耐药 B-ALL] EXACT RELAPSED+DRUG_RESISTANT"),
            ("难治性转移性结肠癌", "disease:colon [难治性转移性结肠癌] EXACT REFRACTORY+METASTATIC"),
            (
                "复发难治性广泛小细胞肺癌",
                &format!("disease:sclc [复发难治性广泛小细胞肺癌] EXACT {BOTH}+EXTENSIVE_STAGE"),
            ),
            ("局部晚期或转移性实体瘤", "disease:solid [局部晚期或转移性实体瘤] EXACT LOCALLY_ADVANCED+METASTATIC"),
            ("难治性/复发性 SLE", &format!("disease:sle [难治性/复发性 SLE] SYNONYM {BOTH}")),
            // Does not carry: resistance is said of the first only.
            (
                "耐药卵巢癌/中肾样腺癌/胰 腺癌",
                "disease:ovarian [耐药卵巢癌] SPLIT DRUG_RESISTANT ; disease:mesonephric [中肾样腺癌] SPLIT ; \
             disease:pancreatic [胰 腺癌] SPLIT",
            ),
            (
                "复发性卵巢癌/输卵管癌/原 发性腹膜癌",
                "disease:ovarian [复发性卵巢癌] SPLIT RECURRENT ; disease:fallopian [输卵管癌] SPLIT RECURRENT ; \
             disease:peritoneal [原 发性腹膜癌] SPLIT RECURRENT",
            ),
            (
                "中度至重度活动性 SLE/复发或难治性抗中性粒细胞胞浆抗体相关血管炎/难治性特发性炎症性疾病和复发/难治性活动性弥漫性皮肤系统性硬化症",
                "disease:sle [中度至重度活动性 SLE] SPLIT ACTIVE+MODERATE_TO_SEVERE ; \
             disease:anca [复发或难治性抗中性粒细胞胞浆抗体相关血管炎] SPLIT RELAPSED+REFRACTORY ; \
             disease:iim [难治性特发性炎症性疾病] SPLIT REFRACTORY ; \
             disease:dcssc [复发/难治性活动性弥漫性皮肤系统性硬化症] SPLIT RELAPSED+REFRACTORY+ACTIVE",
            ),
            // A name that begins like a qualifier is the name.
            ("复发性多软骨炎", "disease:polychondritis [复发性多软骨炎] EXACT"),
            ("Leukemia, Myeloid, Acute", "disease:aml [Leukemia, Myeloid, Acute] SYNONYM"),
            (
                "Relapsed/Refractory AML | AML, Adult | MDS",
                "disease:aml [Relapsed/Refractory AML] SPLIT RELAPSED+REFRACTORY ; disease:aml [AML, Adult] SPLIT ADULT ; \
             disease:mds [MDS] SPLIT",
            ),
            ("AML (Relapsed/Refractory)", &format!("disease:aml [AML (Relapsed/Refractory)] SYNONYM {BOTH}")),
            (
                "Colorectal Cancer | Minimal Residual Disease",
                "disease:crc [Colorectal Cancer | Minimal Residual Disease] EXACT MINIMAL_RESIDUAL_DISEASE",
            ),
            (
                "Extranodal NK/T-cell Lymphoma, Nasal Type",
                "disease:enktl [Extranodal NK/T-cell Lymphoma, Nasal Type] EXACT",
            ),
            // Separators with white space are words, not parts of words.
            ("AML and MDS", "disease:aml [AML] SPLIT ; disease:mds [MDS] SPLIT"),
            ("Thousand islands fever", "Thousand islands fever [Thousand islands fever] UNMAPPED"),
            // A qualifier inside a word is none.
            ("Adultery", "Adultery [Adultery] UNMAPPED"),
            ("狼 疮", "disease:sle [狼 疮] SYNONYM"),
            ("Refractory 怪病", "Refractory 怪病 [Refractory 怪病] UNMAPPED REFRACTORY"),
            ("Refractory", "Refractory [Refractory] UNMAPPED"),
            ("R/R", "R/R [R/R] UNMAPPED"),
        ],
    );
}

#[test]
fn drugs() {
    let flu_cy = "drug:flu [Flu] SPLIT ; drug:cy [Cy] SPLIT";
    check(
        SourceField::Regimen,
        &[
            ("Flu、Cy", flu_cy),
            ("/", "NONE_REPORTED [/] SYNONYM"),
            ("HSCT", "drug:hsct [HSCT] EXACT"),
            (
                "Flu+Cy+N-80 ^{3a} +利妥昔单 抗",
                &format!("{flu_cy} ; drug:n-803 [N-80 ^{{3a}}] SPLIT ; drug:rituximab [利妥昔单 抗] SPLIT"),
            ),
            ("Flu + Cy + Ara-C + VP-16", &format!("{flu_cy} ; drug:ara-c [Ara-C] SPLIT ; drug:vp-16 [VP-16] SPLIT")),
            ("HSCT+美 法仑", "drug:hsct [HSCT] SPLIT ; drug:melphalan [美 法仑] SPLIT"),
            ("ommayya 胶囊", "drug:ommaya [ommayya 胶囊] SYNONYM"),
            (
                "IL7/CCL19 分泌型 CAR-NK 和或 PD-1/PD-L1/CTLA4 分泌 CAR-NK 和或大麻二 酚 (CBD) 和或烟酰胺腺嘌 呤二核苷酸 (NAD)",
                "drug:il7 [IL7/CCL19 分泌型 CAR-NK] SPLIT ; drug:scfv [PD-1/PD-L1/CTLA4 分泌 CAR-NK] SPLIT ; \
             drug:cbd [大麻二 酚 (CBD)] SPLIT ; drug:nad [烟酰胺腺嘌 呤二核苷酸 (NAD)] SPLIT",
            ),
            // The same drug twice is in the set once; texts that nothing maps are all kept.
            ("Cy + Cytoxan + X + X", "drug:cy [Cy] SPLIT ; X [X] UNMAPPED ; X [X] UNMAPPED"),
            // A regimen that the separators do not cut stands for its drugs; so does a value.
            ("Flu/Cy", "drug:cy [Flu/Cy] SPLIT ; drug:flu [Flu/Cy] SPLIT"),
            ("清淋", "drug:flu [清淋] SPLIT ; drug:cy [清淋] SPLIT"),
            ("Flu - Cy", flu_cy),
            ("anti-CD19 CAR-NK", "anti-CD19 CAR-NK [anti-CD19 CAR-NK] UNMAPPED"),
        ],
    );
}

#[test]
fn fields_that_say_one_thing() {
    check(
        SourceField::Status,
        &[
            ("招募中", "RECRUITING [招募中] SYNONYM"),
            (" COMPLETED ", "COMPLETED [COMPLETED] EXACT"),
            ("completed", "COMPLETED [completed] EXACT"),
            ("怪", "怪 [怪] UNMAPPED"),
        ],
    );
    check(
        SourceField::Phase,
        &[
            ("I / II 期", "PHASE1|PHASE2 [I / II 期] SYNONYM"),
            ("/", "NA [/] SYNONYM"),
            ("PHASE2 | PHASE1", "PHASE1|PHASE2 [PHASE2 | PHASE1] EXACT"),
            ("PHASE2/PHASE9", "PHASE2/PHASE9 [PHASE2/PHASE9] UNMAPPED"),
        ],
    );
    check(
        SourceField::StartDate,
        &[
            ("2016-03", "2016-03 [2016-03] EXACT"),
            ("March 2016", "March 2016 [March 2016] UNMAPPED"),
            ("2016-02-30", "2016-02-30 [2016-02-30] UNMAPPED"),
        ],
    );
    check(
        SourceField::Enrollment,
        &[
            ("012", "12 [012] EXACT"),
            ("+12", "+12 [+12] UNMAPPED"),
            ("99999999999", "99999999999 [99999999999] UNMAPPED"),
        ],
    );
    check(
        SourceField::Country,
        &[
            ("China", "China [China] EXACT"),
            ("中国 | Republic of Korea", "China [中国] SPLIT ; Republic of Korea [Republic of Korea] SPLIT"),
        ],
    );
    check(SourceField::RegistryId, &[("NCT00000001", "")]);
}

proptest::proptest! {
    /// Whatever is printed, nothing breaks, every part stands in the cell, and no unmapped text is altered.
    #[test]
    fn any_text_is_read(pieces in proptest::collection::vec(
        proptest::sample::select(vec![
            "R/R", "复发/难治性", "难治性", "AML", "MICA/B", "Flu", "CD19", "/", "和", "和或", "|", " ", "\u{3000}", "(", ")", "，",
            ", ", "Refractory", "怪", "e\u{301}", "ﬁ", "İ", "\u{fdfa}", "Minimal Residual Disease", " and ", "-", "+", "\u{301}",
        ]), 0..9,
    )) {
        let (cell, mut rules) = (pieces.concat(), rules());
        for field in SourceField::ALL {
            for part in rules.cell(*field, &cell).iter() {
                proptest::prop_assert!(cell.contains(&part.printed), "{field} {cell}: {part:?}");
                if part.mapping == Mapping::Unmapped {
                    proptest::prop_assert_eq!(&part.value, &part.printed);
                }
            }
        }
    }
}
