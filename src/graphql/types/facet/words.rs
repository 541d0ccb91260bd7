//! How are the values of a dimension called?

use crate::domain::{AgencyClass, DiseaseArea, DrugRole, Language, Phase, TrialStatus};
use crate::graphql::types::Cx;
use crate::select::{Bucket, Dimension, phases_of};

/// The name of a bucket, to show.
pub(super) fn label(cx: &Cx<'_>, bucket: Bucket, lang: Language) -> String {
    let graph = cx.graph();
    if let Some(kind) = bucket.dimension.kind() {
        return graph.strings.text(graph.names(kind).label(bucket.key, lang)).into_owned();
    }
    let word = bucket.dimension.key_text(graph, bucket.key);
    match (bucket.dimension, lang) {
        (Dimension::Phases, _) => {
            let name = |phase: Phase| if lang == Language::Zh { zh_phase(phase).to_owned() } else { en(phase.text()) };
            phases_of(bucket.key).map(name).collect::<Vec<_>>().join(" / ")
        }
        (Dimension::Country | Dimension::Sponsor | Dimension::StartYear | Dimension::CellSource, _) => word,
        (dimension, Language::Zh) => zh(dimension, bucket.key).map_or(word, str::to_owned),
        (_, Language::En) => en(&word),
    }
}

/// The word of the contract.
pub(super) fn dimension_word(dimension: Dimension) -> &'static str {
    const WORDS: [&str; 16] = [
        "STATUS",
        "PHASE",
        "PHASES",
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

/// The Chinese name of a phase.
const fn zh_phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Na => "不适用",
        Phase::EarlyPhase1 => "早期 I 期",
        Phase::Phase1 => "I 期",
        Phase::Phase2 => "II 期",
        Phase::Phase3 => "III 期",
        Phase::Phase4 => "IV 期",
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
        Dimension::Phase => Phase::at(small).map(zh_phase),
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
