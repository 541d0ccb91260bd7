//! Counts: facets, cross-tables, counts as fields, white space.

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::super::args::{Args, Val};
use super::super::declare::{Field, Obj, Object, Size, input, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::connection::{List, connection, page};
use super::entity::{self, language, object_of};
use super::{Counting, Cx, Extra, T, filters};
use crate::domain::{AgencyClass, DiseaseArea, DrugRole, Language, NodeKind, Phase, TrialStatus};
use crate::graph::{Node, Relation};
use crate::select::{self, Bucket, Dimension};

/// Most buckets of a facet, and rows or columns of a cross-table.
const BUCKETS_CAP: i32 = 1000;

fn dimension(number: Option<u8>) -> Dimension {
    Dimension::ALL[usize::from(number.unwrap_or(0)).min(Dimension::ALL.len() - 1)]
}

fn limit(args: &Args, name: &str, default: usize) -> Res<usize> {
    match args.int(name) {
        None => Ok(default),
        Some(n @ 0..=BUCKETS_CAP) => Ok(n as usize),
        Some(n) if n < 0 => {
            Err(FieldError::new(Code::BadUserInput, format!("`{name}` is negative: {n}")).argument(name))
        }
        Some(n) => Err(FieldError::new(Code::LimitExceeded, format!("`{name}` is {n}, the most is {BUCKETS_CAP}"))
            .argument(name)
            .limit("pageSize")),
    }
}

fn internal<X>() -> Res<X> {
    Err(FieldError::new(Code::InternalServerError, "a count without what it counts"))
}

fn facet_of(o: &Obj) -> Res<&select::Facet> {
    match o.extra.as_deref() {
        Some(Extra::Facet(facet)) => Ok(facet),
        _ => internal(),
    }
}

fn bucket_of(o: &Obj) -> Res<Bucket> {
    match o.extra.as_deref() {
        Some(Extra::Facet(facet)) => facet.buckets.get(o.a as usize).copied().map_or_else(internal, Ok),
        Some(Extra::Matrix(matrix, ..)) => {
            let from = if o.b == 0 { &matrix.rows } else { &matrix.columns };
            from.get(o.a as usize).copied().map_or_else(internal, Ok)
        }
        _ => internal(),
    }
}

/// The Chinese name of a value of a closed list, where it is a word of the interface rather than of the data.
fn zh(dimension: Dimension, key: u32) -> Option<&'static str> {
    let small = key as u8;
    match dimension {
        Dimension::Status => TrialStatus::at(small).map(|s| match s {
            TrialStatus::ActiveNotRecruiting => "进行中（不招募）",
            TrialStatus::Completed => "已完成",
            TrialStatus::EnrollingByInvitation => "仅限受邀者",
            TrialStatus::NotYetRecruiting => "尚未招募",
            TrialStatus::Recruiting => "招募中",
            TrialStatus::Suspended => "暂停",
            TrialStatus::Terminated => "终止",
            TrialStatus::Withdrawn => "撤回",
            TrialStatus::Available => "可获得",
            TrialStatus::NoLongerAvailable => "不再可获得",
            TrialStatus::TemporarilyNotAvailable => "暂不可获得",
            TrialStatus::ApprovedForMarketing => "已批准上市",
            TrialStatus::Withheld => "未公开",
            TrialStatus::Unknown => "未知",
        }),
        Dimension::Phase => Phase::at(small).map(|p| match p {
            Phase::Na => "不适用",
            Phase::EarlyPhase1 => "早期 I 期",
            Phase::Phase1 => "I 期",
            Phase::Phase2 => "II 期",
            Phase::Phase3 => "III 期",
            Phase::Phase4 => "IV 期",
        }),
        Dimension::Area | Dimension::DiseaseArea => DiseaseArea::at(small).map(|a| match a {
            DiseaseArea::Hematologic => "血液肿瘤",
            DiseaseArea::Solid => "实体瘤",
            DiseaseArea::Other => "其他",
        }),
        Dimension::SponsorClass => AgencyClass::at(small).map(|c| match c {
            AgencyClass::Nih => "美国国立卫生研究院",
            AgencyClass::Fed => "美国其他联邦机构",
            AgencyClass::OtherGov => "其他政府机构",
            AgencyClass::Indiv => "个人",
            AgencyClass::Industry => "企业",
            AgencyClass::Network => "协作网络",
            AgencyClass::Ambig => "含义不明",
            AgencyClass::Other => "其他（医院、大学等）",
            AgencyClass::Unknown => "未知",
        }),
        Dimension::DrugRole => DrugRole::at(small).map(|r| match r {
            DrugRole::Lymphodepletion => "清淋",
            DrugRole::CombinationPartner => "联合用药",
            DrugRole::CytokineSupport => "细胞因子支持",
            DrugRole::Transplant => "移植",
            DrugRole::SequentialCellTherapy => "序贯细胞治疗",
            DrugRole::SafetySwitchActivator => "安全开关激活剂",
            DrugRole::Device => "器械",
            DrugRole::Other => "其他",
            DrugRole::NotStated => "未说明",
        }),
        _ => None,
    }
}

/// The English name of a value of a closed list: its word, readable.
fn en(word: &str) -> String {
    let lower = word.replace('_', " ").to_lowercase();
    match word {
        "NA" => "Not applicable".into(),
        "PHASE1" | "PHASE2" | "PHASE3" | "PHASE4" => format!("Phase {}", &word[5..]),
        "EARLY_PHASE1" => "Early phase 1".into(),
        _ => {
            let mut letters = lower.chars();
            letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
        }
    }
}

fn label(cx: &Cx<'_>, bucket: Bucket, lang: Language) -> String {
    let graph = cx.graph();
    if let Some(kind) = bucket.dimension.kind() {
        return graph.strings.text(graph.names(kind).label(bucket.key, lang)).into_owned();
    }
    let word = bucket.dimension.key_text(graph, bucket.key);
    match (bucket.dimension, lang) {
        (Dimension::Country | Dimension::Sponsor | Dimension::StartYear | Dimension::CellSource, _) => word,
        (dimension, Language::Zh) => zh(dimension, bucket.key).map_or(word, str::to_owned),
        (_, Language::En) => en(&word),
    }
}

/// The field `facets` of a connection over trials.
pub(super) fn facets_field() -> Field {
    many(
        "facets",
        "[Facet!]!",
        "Counts of the list's trials by dimension, each with what the filter says on that dimension left out, so that \
         a choice shows what else could be chosen.",
        |cx, o, args, out| {
            let Some(Extra::Page { counting: Some(counting), .. }) = o.extra.as_deref() else { return internal() };
            let most = limit(args, "limit", 20)?;
            let empty = args.get("includeEmpty").is_some_and(|v| v.is(true));
            for asked in args.items("dimensions").unwrap_or_default() {
                let dimension = dimension(asked.number());
                let trials = counted(cx, counting, Some(dimension))?;
                cx.work(trials.len())?;
                let facet = select::facet(cx.snapshot, &trials, dimension, empty, most);
                out.push(Some(Obj::with(T::Facet, 0, 0, &Arc::new(Extra::Facet(facet)))));
            }
            Ok(())
        },
    )
    .args([
        input("dimensions", "[Dimension!]!", "By what to count."),
        input(
            "limit",
            "Int",
            "Most buckets of each facet; 20 where left out, over 1000 is refused. The rest is summed up.",
        ),
        input("includeEmpty", "Boolean", "Whether buckets without a trial are listed; false where left out."),
    ])
    .cost(20)
}

/// The trials that a facet counts: those of the list, by its filter without what it says on one dimension.
fn counted(cx: &Cx<'_>, counting: &Counting, without: Option<Dimension>) -> Res<RoaringBitmap> {
    let filtered = counting.filter.as_ref().map(|value| filters::trials(cx, value, without)).transpose()?;
    Ok(match (&counting.base, filtered) {
        (Some(base), Some(filtered)) => base & filtered,
        (Some(base), None) => base.clone(),
        (None, Some(filtered)) => filtered,
        (None, None) => cx.snapshot.index().postings.all.clone(),
    })
}

/// The fields `trialCount` and `trialCounts` of a node that has trials.
pub(super) fn count_fields() -> Vec<Field> {
    vec![
        leaf("trialCount", "Int!", "How many trials it has: the `totalCount` of its `trials`.", |cx, o, args, out| {
            match args.get("filter") {
                None => out.int(select::trial_count(cx.snapshot, entity::node(o)?)),
                Some(_) => out.int(trials_behind(cx, o, args)?.len()),
            }
            Ok(())
        })
        .args([input("filter", "TrialFilter", "Only trials that fit.")])
        .cost(2),
        many(
            "trialCounts",
            "[Bucket!]!",
            "How many of its trials have each value of a dimension; most first, then by key.",
            |cx, o, args, out| {
                let trials = trials_behind(cx, o, args)?;
                let most = limit(args, "limit", 20)?;
                let facet = select::facet(cx.snapshot, &trials, dimension(args.number("by")), false, most);
                buckets(facet, out);
                Ok(())
            },
        )
        .args([
            input("by", "Dimension!", "By what to count."),
            input("filter", "TrialFilter", "Only trials that fit."),
            input("limit", "Int", "Most buckets; 20 where left out, over 1000 is refused."),
        ])
        .cost(5),
    ]
}

fn trials_behind(cx: &Cx<'_>, o: &Obj, args: &Args) -> Res<RoaringBitmap> {
    let node = entity::node(o)?;
    let own: RoaringBitmap = select::trials_of_node(cx.graph(), node).into_iter().collect();
    cx.work(own.len())?;
    Ok(match cx.filtered(args)? {
        Some(filtered) => own & &*filtered,
        None => own,
    })
}

fn buckets(facet: select::Facet, out: &mut Vec<Option<Obj>>) {
    let count = facet.buckets.len() as u32;
    let extra = Arc::new(Extra::Facet(facet));
    out.extend((0..count).map(|at| Some(Obj::with(T::Bucket, at, 0, &extra))));
}

pub(super) fn roots() -> Vec<Field> {
    vec![
        one(
            "matrix",
            "Matrix!",
            "Cross-table of trials by two dimensions. With `includeEmpty`, cells without a trial are listed: the white \
             space. Each cell opens its trials.",
            |cx, _, args| {
                let (rows, columns) = (dimension(args.number("rows")), dimension(args.number("columns")));
                let limits = (limit(args, "rowLimit", 50)?, limit(args, "columnLimit", 50)?);
                if limits.0 * limits.1 > select::CELLS_CAP {
                    let message =
                        format!("{} rows by {} columns are more than {} cells", limits.0, limits.1, select::CELLS_CAP);
                    return Err(FieldError::new(Code::LimitExceeded, message)
                        .argument("rowLimit")
                        .limit("matrixCells"));
                }
                let trials = match cx.filtered(args)? {
                    Some(filtered) => (*filtered).clone(),
                    None => cx.snapshot.index().postings.all.clone(),
                };
                cx.work(trials.len())?;
                let matrix = select::matrix(cx.snapshot, &trials, rows, columns, false, limits);
                let empty = !args.get("includeEmpty").is_some_and(|v| v.is(false));
                let extra = Arc::new(Extra::Matrix(matrix, trials));
                Ok(Some(Obj::with(T::Matrix, u32::from(empty), args.fingerprint, &extra)))
            },
        )
        .args([
            input("rows", "Dimension!", "Dimension of the rows."),
            input("columns", "Dimension!", "Dimension of the columns."),
            input("filter", "TrialFilter", "Only trials that fit."),
            input("includeEmpty", "Boolean", "Whether cells without a trial are listed; true where left out."),
            input(
                "rowLimit",
                "Int",
                "Most rows, those with most trials first; 50 where left out. Rows times columns may be 20000.",
            ),
            input("columnLimit", "Int", "Most columns, likewise."),
        ])
        .cost(100),
    ]
}

fn matrix_of(o: &Obj) -> Res<(&select::Matrix, &RoaringBitmap)> {
    match o.extra.as_deref() {
        Some(Extra::Matrix(matrix, trials)) => Ok((matrix, trials)),
        _ => internal(),
    }
}

/// The fields of a disease that tell what is not tried.
pub(super) fn white_space_field() -> Field {
    many(
        "untriedTargets",
        "[WhiteSpace!]!",
        "Targets that no trial has in the disease or one below it, though trials have them in a sibling (a disease \
         with a parent in common) or one below that. Most trials first, then by id.",
        |cx, o, _, out| {
            for space in select::white_space(cx.graph(), o.a) {
                let target = space.target;
                cx.work(space.tried_in.len() as u64)?;
                out.push(Some(Obj::with(T::WhiteSpace, target, 0, &Arc::new(Extra::WhiteSpace(space)))));
            }
            Ok(())
        },
    )
    .cost(50)
}

/// The field of a target that tells which diseases its trials study and no statement on it mentions.
pub(super) fn unmentioned_field() -> Field {
    many(
        "unmentionedDiseases",
        "[DiseaseCount!]!",
        "Diseases that the target's trials study and that no statement about the target mentions. Most trials first, \
         then by id.",
        |cx, o, _, out| {
            let graph = cx.graph();
            let mentions = graph.relation(Relation::StatementDisease);
            let said: std::collections::HashSet<u32> = select::statements_of(graph, Node::new(NodeKind::Target, o.a))
                .iter()
                .flat_map(|s| mentions.targets(*s))
                .copied()
                .collect();
            let trials: RoaringBitmap = graph.relation(Relation::TrialTarget).sources(o.a).iter().copied().collect();
            cx.work(trials.len())?;
            let facet = select::facet(cx.snapshot, &trials, Dimension::Disease, false, usize::MAX);
            let unsaid = facet.buckets.iter().filter(|b| !said.contains(&b.key));
            out.extend(unsaid.map(|b| Some(Obj::pair(T::DiseaseCount, b.key, b.count))));
            Ok(())
        },
    )
    .cost(20)
}

pub(super) fn objects() -> Vec<Object> {
    let mut objects = vec![facet_object(), bucket_object(), matrix_object(), cell_object()];
    objects.extend(small());
    objects
}

fn facet_object() -> Object {
    Object::new(
        T::Facet,
        "How many trials have each value of a dimension.",
        vec![
            leaf("dimension", "Dimension!", "The dimension.", |_, o, _, out| {
                out.word(dimension_word(facet_of(o)?.dimension));
                Ok(())
            }),
            many("buckets", "[Bucket!]!", "Values, most trials first, then by key.", |_, o, _, out| {
                if let Some(extra) = &o.extra {
                    let count = facet_of(o)?.buckets.len() as u32;
                    out.extend((0..count).map(|at| Some(Obj::with(T::Bucket, at, 0, extra))));
                }
                Ok(())
            })
            .size(Size::Usual(20)),
            leaf("missing", "Int!", "Trials that have no value.", |_, o, _, out| {
                out.int(facet_of(o)?.missing);
                Ok(())
            }),
            leaf("otherBuckets", "Int!", "Values that the limit left out.", |_, o, _, out| {
                out.int(facet_of(o)?.other_buckets);
                Ok(())
            }),
            leaf("otherCount", "Int!", "Sum of the counts of the values that the limit left out.", |_, o, _, out| {
                out.int(facet_of(o)?.other_count);
                Ok(())
            }),
        ],
    )
}

fn dimension_word(dimension: Dimension) -> &'static str {
    const WORDS: [&str; 15] = [
        "STATUS",
        "PHASE",
        "AREA",
        "TARGET",
        "DISEASE",
        "DISEASE_AREA",
        "DRUG",
        "DRUG_ROLE",
        "REGIMEN",
        "SOURCE",
        "COUNTRY",
        "SPONSOR",
        "SPONSOR_CLASS",
        "START_YEAR",
        "CELL_SOURCE",
    ];
    Dimension::ALL.iter().position(|d| *d == dimension).map_or("", |at| WORDS[at])
}

fn bucket_object() -> Object {
    Object::new(
        T::Bucket,
        "A value of a dimension and how many trials have it.",
        vec![
            leaf(
                "key",
                "String!",
                "The value: a word of an enum, a global id, a country, a sponsor, a year.",
                |cx, o, _, out| {
                    let bucket = bucket_of(o)?;
                    out.text(&bucket.dimension.key_text(cx.graph(), bucket.key));
                    Ok(())
                },
            ),
            leaf("label", "String!", "Name to show.", |cx, o, args, out| {
                out.text(&label(cx, bucket_of(o)?, language(args.number("lang"))));
                Ok(())
            })
            .arg_default("lang", "Language", "EN", "Language of the name."),
            leaf("count", "Int!", "How many trials.", |_, o, _, out| {
                out.int(bucket_of(o)?.count);
                Ok(())
            }),
            one(
                "node",
                "Node",
                "The target, disease, drug, regimen or source that the key names; null for other dimensions.",
                |_, o, _| {
                    let bucket = bucket_of(o)?;
                    Ok(bucket.dimension.kind().map(|kind| object_of(Node::new(kind, bucket.key))))
                },
            ),
        ],
    )
}

fn matrix_object() -> Object {
    let side = |name, doc, write| many(name, "[Bucket!]!", doc, write).size(Size::Usual(20));
    Object::new(
        T::Matrix,
        "A cross-table of trials. A trial with several values of a dimension counts in several cells.",
        vec![
            side("rows", "Values of the rows, most trials first, then by key.", |_, o, _, out| {
                if let Some(extra) = &o.extra {
                    let count = matrix_of(o)?.0.rows.len() as u32;
                    out.extend((0..count).map(|at| Some(Obj::with(T::Bucket, at, 0, extra))));
                }
                Ok(())
            }),
            side("columns", "Values of the columns, most trials first, then by key.", |_, o, _, out| {
                if let Some(extra) = &o.extra {
                    let count = matrix_of(o)?.0.columns.len() as u32;
                    out.extend((0..count).map(|at| Some(Obj::with(T::Bucket, at, 1, extra))));
                }
                Ok(())
            }),
            many("cells", "[MatrixCell!]!", "The cells, row after row.", |_, o, _, out| {
                if let Some(extra) = &o.extra {
                    let counts = matrix_of(o)?.0.counts.iter().enumerate();
                    let listed = counts.filter(|(_, count)| o.a == 1 || **count > 0);
                    out.extend(listed.map(|(at, _)| Some(Obj::with(T::MatrixCell, at as u32, o.b, extra))));
                }
                Ok(())
            })
            .size(Size::Usual(400)),
            leaf("total", "Int!", "Trials that the table counts, each once.", |_, o, _, out| {
                out.int(matrix_of(o)?.0.total);
                Ok(())
            }),
            leaf("otherRows", "Int!", "Rows that the limit left out.", |_, o, _, out| {
                out.int(matrix_of(o)?.0.left_out.0);
                Ok(())
            }),
            leaf("otherColumns", "Int!", "Columns that the limit left out.", |_, o, _, out| {
                out.int(matrix_of(o)?.0.left_out.1);
                Ok(())
            }),
        ],
    )
}

fn cell_object() -> Object {
    Object::new(
        T::MatrixCell,
        "A cell of a cross-table.",
        vec![
            leaf("row", "Int!", "Place of its row in `rows`, from 0.", |_, o, _, out| {
                out.int(o.a as usize / matrix_of(o)?.0.columns.len().max(1));
                Ok(())
            }),
            leaf("column", "Int!", "Place of its column in `columns`, from 0.", |_, o, _, out| {
                out.int(o.a as usize % matrix_of(o)?.0.columns.len().max(1));
                Ok(())
            }),
            leaf("count", "Int!", "How many trials.", |_, o, _, out| {
                out.int(matrix_of(o)?.0.counts[o.a as usize]);
                Ok(())
            }),
            connection("trials", "TrialConnection!", "The trials, by registry number.", |cx, o, args| {
                let (matrix, trials) = matrix_of(o)?;
                let width = matrix.columns.len().max(1);
                let (row, column) = (matrix.rows[o.a as usize / width], matrix.columns[o.a as usize % width]);
                let with = select::having(cx.snapshot, &select::having(cx.snapshot, trials, row), column);
                cx.work(with.len())?;
                page(
                    cx,
                    T::TrialConnection,
                    o,
                    args,
                    "trials",
                    List::Set(with.clone()),
                    Some(Counting { base: Some(with), filter: None }),
                )
            }),
        ],
    )
}

fn small() -> Vec<Object> {
    vec![
        Object::new(
            T::WhiteSpace,
            "A target not tried in a disease, though tried in its siblings.",
            vec![
                one("target", "Target!", "The target.", |_, o, _| Ok(Some(Obj::new(T::Target, o.a)))),
                many(
                    "triedIn",
                    "[DiseaseCount!]!",
                    "The siblings in which it is tried, most trials first.",
                    |_, o, _, out| {
                        let Some(Extra::WhiteSpace(space)) = o.extra.as_deref() else { return internal() };
                        out.extend(space.tried_in.iter().map(|(d, n)| Some(Obj::pair(T::DiseaseCount, *d, *n))));
                        Ok(())
                    },
                ),
            ],
        ),
        Object::new(
            T::DiseaseCount,
            "A disease and a number of trials.",
            vec![
                one("disease", "Disease!", "The disease.", |_, o, _| Ok(Some(Obj::new(T::Disease, o.a)))),
                leaf("trialCount", "Int!", "How many trials.", |_, o, _, out| {
                    out.int(o.b);
                    Ok(())
                }),
            ],
        ),
        Object::new(
            T::DiseaseMatch,
            "How a trial matches a part of the disease hierarchy.",
            vec![
                leaf(
                    "direct",
                    "Boolean!",
                    "Whether the trial studies the disease itself, not only one that the scope adds.",
                    |_, o, _, out| {
                        let Some(Extra::Match { direct, .. }) = o.extra.as_deref() else { return internal() };
                        out.bool(*direct);
                        Ok(())
                    },
                ),
                many("via", "[TrialDisease!]!", "The trial's diseases within the scope.", |_, o, _, out| {
                    let Some(Extra::Match { links, .. }) = o.extra.as_deref() else { return internal() };
                    out.extend(links.iter().map(|l| Some(Obj::pair(T::TrialDisease, *l, crate::graph::NONE))));
                    Ok(())
                }),
            ],
        ),
    ]
}

/// The field `diseaseMatch` of a trial.
pub(super) fn match_field() -> Field {
    one(
        "diseaseMatch",
        "DiseaseMatch",
        "Whether the trial's diseases lie within a part of the hierarchy, directly or by inheritance; null where none \
         does.",
        |cx, o, args| {
            let Some(scope) = args.get("within") else { return Ok(None) };
            let id = scope.get("id").and_then(Val::text).unwrap_or_default();
            let node = filters::disease(cx, id, "within.id")?;
            let expand = super::inputs::expand(scope.get("expand").and_then(Val::number).unwrap_or(2));
            let within = select::disease_scope(cx.graph(), node, expand);
            let csr = cx.graph().relation(Relation::TrialDisease);
            let links: Vec<u32> = csr.links(o.a).filter(|l| within.binary_search(&csr.target(*l)).is_ok()).collect();
            if links.is_empty() {
                return Ok(None);
            }
            let direct = links.iter().any(|l| csr.target(*l) == node);
            Ok(Some(Obj::with(T::DiseaseMatch, o.a, 0, &Arc::new(Extra::Match { links, direct }))))
        },
    )
    .args([input("within", "DiseaseScope!", "The part of the hierarchy.")])
}
