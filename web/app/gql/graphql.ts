/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Class of a sponsor, in the words of ClinicalTrials.gov v2. */
export type AgencyClass =
  /** Ambiguous. */
  | 'AMBIG'
  /** Another US federal agency. */
  | 'FED'
  /** An individual. */
  | 'INDIV'
  /** Industry. */
  | 'INDUSTRY'
  /** A network. */
  | 'NETWORK'
  /** US National Institutes of Health. */
  | 'NIH'
  /** Any other, such as a hospital or university. */
  | 'OTHER'
  /** Another government body. */
  | 'OTHER_GOV'
  /** Not known. */
  | 'UNKNOWN';

/** Which classes of sponsor. */
export type AgencyClassFilter = {
  /** Is this. */
  eq?: AgencyClass | null | undefined;
  /** Is one of these. */
  in?: Array<AgencyClass> | null | undefined;
  /** Is none of these. */
  notIn?: Array<AgencyClass> | null | undefined;
};

/** Why a citation is made, in the words of CiTO. */
export type CitationIntent =
  /** Cites, no reason given. */
  | 'CITES'
  /** Cites as evidence for the claim. */
  | 'CITES_AS_EVIDENCE'
  /** Cites for information on the subject. */
  | 'CITES_FOR_INFORMATION'
  /** Is derived from it. */
  | 'CONTAINS_ASSERTION_FROM'
  /** Disagrees with it. */
  | 'DISAGREES_WITH'
  /** Obtains background from it. */
  | 'OBTAINS_BACKGROUND_FROM'
  /** Uses its conclusions. */
  | 'USES_CONCLUSIONS_FROM'
  /** Uses its data. */
  | 'USES_DATA_FROM'
  /** Uses its method. */
  | 'USES_METHOD_IN';

/** A form in which a reference leaves the house. */
export type CitationStyle =
  /** Text as in a bibliography after the American Psychological Association, 7th edition. */
  | 'APA'
  /** An entry for BibTeX or BibLaTeX, in UTF-8. */
  | 'BIBTEX'
  /** An item of CSL-JSON 1.0, as text. */
  | 'CSL_JSON'
  /** An entry for reference managers (RIS), in UTF-8. */
  | 'RIS'
  /** Text as in a bibliography of a medical journal (NLM / Vancouver). */
  | 'VANCOUVER';

/** Which conflicts. All that is given must hold. */
export type ConflictFilter = {
  /** The field on which sources disagree. */
  field?: SourceFieldFilter | null | undefined;
  /** The trial. */
  trial?: TrialFilter | null | undefined;
};

/** What trials can be counted by. */
export type Dimension =
  /** Broad area of the trial. */
  | 'AREA'
  /** Where the product's cells come from. */
  | 'CELL_SOURCE'
  /** Country. */
  | 'COUNTRY'
  /** Disease as linked, without the hierarchy. */
  | 'DISEASE'
  /** Areas of the trial's diseases. */
  | 'DISEASE_AREA'
  /** Drug. */
  | 'DRUG'
  /** Role of a drug. */
  | 'DRUG_ROLE'
  /** Phase; a phase 1/2 trial counts under both. */
  | 'PHASE'
  /** Phases taken together; a phase 1/2 trial has a value of its own, `PHASE1|PHASE2`. */
  | 'PHASES'
  /** Regimen. */
  | 'REGIMEN'
  /** Source. */
  | 'SOURCE'
  /** Lead sponsor. */
  | 'SPONSOR'
  /** Class of the lead sponsor. */
  | 'SPONSOR_CLASS'
  /** Year of start. */
  | 'START_YEAR'
  /** Status. */
  | 'STATUS'
  /** Target. */
  | 'TARGET';

/** The broad area of a disease or of a trial. */
export type DiseaseArea =
  /** Blood and lymph cancers. */
  | 'HEMATOLOGIC'
  /** All else: autoimmune, infectious, general. */
  | 'OTHER'
  /** Solid tumours. */
  | 'SOLID';

/** Which areas. */
export type DiseaseAreaFilter = {
  /** Is this. */
  eq?: DiseaseArea | null | undefined;
  /** Is one of these. */
  in?: Array<DiseaseArea> | null | undefined;
  /** Is none of these. */
  notIn?: Array<DiseaseArea> | null | undefined;
};

/** Which diseases. All that is given must hold. */
export type DiseaseFilter = {
  /** All of these must fit. */
  and?: Array<DiseaseFilter> | null | undefined;
  /** Broad area. */
  area?: DiseaseAreaFilter | null | undefined;
  /** Which, by id. */
  id?: IdFilter | null | undefined;
  /** A label in either language, or another name. */
  label?: StringFilter | null | undefined;
  /** This must not fit. */
  not?: DiseaseFilter | null | undefined;
  /** At least one of these must fit. */
  or?: Array<DiseaseFilter> | null | undefined;
  /** Statements about it. */
  statement?: StatementRelationFilter | null | undefined;
  /** Found by a search for this, in either language. */
  text?: string | null | undefined;
  /** Its trials. */
  trial?: TrialRelationFilter | null | undefined;
  /** In this part of the hierarchy. */
  within?: DiseaseScope | null | undefined;
};

/** One key of an order of diseases. */
export type DiseaseOrder = {
  /** Up or down. */
  direction?: OrderDirection;
  /** What to order by. */
  field: LabelOrderField;
};

/** What narrows a disease in a trial. */
export type DiseaseQualifier =
  /** Active disease. */
  | 'ACTIVE'
  /** Adult patients. */
  | 'ADULT'
  /** Advanced stage. */
  | 'ADVANCED'
  /** Resistant to drugs, for instance to platinum. */
  | 'DRUG_RESISTANT'
  /** Extensive stage. */
  | 'EXTENSIVE_STAGE'
  /** Locally advanced. */
  | 'LOCALLY_ADVANCED'
  /** Has spread. */
  | 'METASTATIC'
  /** Only residual disease can be measured. */
  | 'MINIMAL_RESIDUAL_DISEASE'
  /** Moderate to severe disease. */
  | 'MODERATE_TO_SEVERE'
  /** Child patients. */
  | 'PEDIATRIC'
  /** Came back after treatment (solid tumours). */
  | 'RECURRENT'
  /** Did not respond to treatment. */
  | 'REFRACTORY'
  /** Came back after a response. */
  | 'RELAPSED'
  /** Severe disease. */
  | 'SEVERE'
  /** Cannot be removed by surgery. */
  | 'UNRESECTABLE';

/** Which diseases a trial must study. */
export type DiseaseRelationFilter = {
  /** How many links there are. */
  count?: IntFilter | null | undefined;
  /** All links lead to nodes that fit; one without links fits. */
  every?: DiseaseFilter | null | undefined;
  /** No link leads to a node that fits. */
  none?: DiseaseFilter | null | undefined;
  /** What narrows the disease: only links that fit this are looked at and counted. */
  qualifiers?: QualifierFilter | null | undefined;
  /** At least one link leads to a node that fits. */
  some?: DiseaseFilter | null | undefined;
};

/** A part of the disease hierarchy. */
export type DiseaseScope = {
  /** Which part around it. */
  expand?: Expand;
  /** The disease. */
  id: string | number;
};

/** Which drugs. All that is given must hold. */
export type DrugFilter = {
  /** All of these must fit. */
  and?: Array<DrugFilter> | null | undefined;
  /** Its usual role. */
  defaultRole?: DrugRoleFilter | null | undefined;
  /** Which, by id. */
  id?: IdFilter | null | undefined;
  /** What it is. */
  kind?: DrugKindFilter | null | undefined;
  /** A label in either language, or another name. */
  label?: StringFilter | null | undefined;
  /** This must not fit. */
  not?: DrugFilter | null | undefined;
  /** At least one of these must fit. */
  or?: Array<DrugFilter> | null | undefined;
  /** Statements about it. */
  statement?: StatementRelationFilter | null | undefined;
  /** Found by a search for this, in either language. */
  text?: string | null | undefined;
  /** Its trials. */
  trial?: TrialRelationFilter | null | undefined;
};

/** What a drug is. */
export type DrugKind =
  /** A class of agents, the agents not named. */
  | 'AGENT_CLASS'
  /** An antibody. */
  | 'ANTIBODY'
  /** A cell product. */
  | 'CELL_THERAPY'
  /** A cytokine or growth factor. */
  | 'CYTOKINE'
  /** A device. */
  | 'DEVICE'
  /** A gene therapy. */
  | 'GENE_THERAPY'
  /** A procedure, such as a transplant or radiotherapy. */
  | 'PROCEDURE'
  /** A small molecule. */
  | 'SMALL_MOLECULE'
  /** A means of making the product. */
  | 'TECHNOLOGY'
  /** A vaccine. */
  | 'VACCINE';

/** Which kinds of drug. */
export type DrugKindFilter = {
  /** Is this. */
  eq?: DrugKind | null | undefined;
  /** Is one of these. */
  in?: Array<DrugKind> | null | undefined;
  /** Is none of these. */
  notIn?: Array<DrugKind> | null | undefined;
};

/** One key of an order of drugs. */
export type DrugOrder = {
  /** Up or down. */
  direction?: OrderDirection;
  /** What to order by. */
  field: LabelOrderField;
};

/** Which drugs a trial must give, by any source. */
export type DrugRelationFilter = {
  /** How many links there are. */
  count?: IntFilter | null | undefined;
  /** All links lead to nodes that fit; one without links fits. */
  every?: DrugFilter | null | undefined;
  /** No link leads to a node that fits. */
  none?: DrugFilter | null | undefined;
  /** The role: only links that fit this are looked at and counted. */
  role?: DrugRoleFilter | null | undefined;
  /** At least one link leads to a node that fits. */
  some?: DrugFilter | null | undefined;
};

/** Why a drug is given in a trial. */
export type DrugRole =
  /** Is meant to act together with the product. */
  | 'COMBINATION_PARTNER'
  /** Keeps the cells alive or active. */
  | 'CYTOKINE_SUPPORT'
  /** A device or route of delivery. */
  | 'DEVICE'
  /** Clears lymphocytes before the cells are given. */
  | 'LYMPHODEPLETION'
  /** The source lists it and does not say what for. */
  | 'NOT_STATED'
  /** Any other purpose, such as supportive care. */
  | 'OTHER'
  /** Switches the cells off when they do harm. */
  | 'SAFETY_SWITCH_ACTIVATOR'
  /** Another cell therapy, given before or after. */
  | 'SEQUENTIAL_CELL_THERAPY'
  /** Stem-cell transplant. */
  | 'TRANSPLANT';

/** Which roles. */
export type DrugRoleFilter = {
  /** Is this. */
  eq?: DrugRole | null | undefined;
  /** Is one of these. */
  in?: Array<DrugRole> | null | undefined;
  /** Is none of these. */
  notIn?: Array<DrugRole> | null | undefined;
};

/** Which part of the disease hierarchy around a disease is meant. */
export type Expand =
  /** It and all diseases above. */
  | 'ANCESTORS'
  /** It and the diseases one step below. */
  | 'CHILDREN'
  /** It and all diseases below. */
  | 'DESCENDANTS'
  /** It and the diseases one step above. */
  | 'PARENTS'
  /** The disease alone. */
  | 'SELF';

/** Which nodes, by any id known for them. An unknown id is refused. */
export type IdFilter = {
  /** Is this. */
  eq?: string | number | null | undefined;
  /** Is one of these. */
  in?: Array<string | number> | null | undefined;
  /** Is none of these. */
  notIn?: Array<string | number> | null | undefined;
};

/** What to ask of a number. All that is given must hold. */
export type IntFilter = {
  /** Is this. */
  eq?: number | null | undefined;
  /** Is more than this. */
  gt?: number | null | undefined;
  /** Is this or more. */
  gte?: number | null | undefined;
  /** Is one of these. */
  in?: Array<number> | null | undefined;
  /** Is missing (true) or there (false). */
  isNull?: boolean | null | undefined;
  /** Is less than this. */
  lt?: number | null | undefined;
  /** Is this or less. */
  lte?: number | null | undefined;
  /** Is not this; a missing value fits. */
  ne?: number | null | undefined;
};

/** How it is known which trial a statement speaks of. */
export type KnownBy =
  /** One of several trials that could be meant. */
  | 'CANDIDATE'
  /** Only sponsor, target and disease match. */
  | 'INFERRED'
  /** A page of a third party names it. */
  | 'PAGE'
  /** From memory, not looked up. */
  | 'RECALLED'
  /** Title, sponsor or target in the registry match. */
  | 'REGISTRY'
  /** The source names the trial's number. */
  | 'STATED';

/** What targets, diseases, drugs and regimens can be ordered by. Ties are broken by id. */
export type LabelOrderField =
  /** Id. */
  | 'ID'
  /** English label, or Chinese where there is none. */
  | 'LABEL_EN'
  /** Chinese label, or English where there is none. */
  | 'LABEL_ZH'
  /** Number of its trials, as `trialCount` gives it. */
  | 'TRIAL_COUNT';

/** A language of labels and statements. */
export type Language =
  /** English. */
  | 'EN'
  /** Chinese. */
  | 'ZH';

/** How a printed text came to its value. */
export type Mapping =
  /** The text is the value, or the label of the concept. */
  | 'EXACT'
  /** The text is a part of a cell that lists several. */
  | 'SPLIT'
  /** The text is a known other name of it. */
  | 'SYNONYM'
  /** No vocabulary entry covers the text yet; the text itself is kept as value. */
  | 'UNMAPPED';

/** The kinds of node in the graph. */
export type NodeKind =
  /** A disease concept in an is-a hierarchy. */
  | 'DISEASE'
  /** An agent, procedure, device or class given with the product. */
  | 'DRUG'
  /** A publication. */
  | 'REFERENCE'
  /** The exact set of drugs, with their roles, given together in a trial. */
  | 'REGIMEN'
  /** A document or registry extract that rows and statements come from. */
  | 'SOURCE'
  /** One claim of a source, with the references it cites. */
  | 'STATEMENT'
  /** What the engineered receptor is aimed at, or the receptor that serves as binder. */
  | 'TARGET'
  /** A registered clinical study. */
  | 'TRIAL';

/** Up or down. Nodes without a value come last either way. */
export type OrderDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** The other way round. */
  | 'DESC';

/** What to ask of a date. A year or month given as a bound stands for its first day with `gte` and `lt`, for all of it with `eq`, `lte` and `gt`. All that is given must hold. */
export type PartialDateFilter = {
  /** Is this. */
  eq?: string | null | undefined;
  /** Is more than this. */
  gt?: string | null | undefined;
  /** Is this or more. */
  gte?: string | null | undefined;
  /** Is one of these. */
  in?: Array<string> | null | undefined;
  /** Is missing (true) or there (false). */
  isNull?: boolean | null | undefined;
  /** Is less than this. */
  lt?: string | null | undefined;
  /** Is this or less. */
  lte?: string | null | undefined;
  /** Is not this; a missing value fits. */
  ne?: string | null | undefined;
};

/** Phase of a trial, in the words of ClinicalTrials.gov v2. A phase 1/2 trial has both PHASE1 and PHASE2. */
export type Phase =
  /** Exploratory, before phase 1. */
  | 'EARLY_PHASE1'
  /** Phases do not apply to this trial. */
  | 'NA'
  /** Phase 1. */
  | 'PHASE1'
  /** Phase 2. */
  | 'PHASE2'
  /** Phase 3. */
  | 'PHASE3'
  /** Phase 4. */
  | 'PHASE4';

/** Which phases. A phase 1/2 trial has two. */
export type PhaseFilter = {
  /** Has exactly these. */
  exactly?: Array<Phase> | null | undefined;
  /** Has this phase, perhaps others too. */
  includes?: Phase | null | undefined;
  /** Has at least one of these. */
  includesAny?: Array<Phase> | null | undefined;
  /** Has no phase stated (true) or has one (false). */
  isEmpty?: boolean | null | undefined;
};

/** What narrows the disease on the same link. */
export type QualifierFilter = {
  /** Narrowed by none of these. */
  excludes?: Array<DiseaseQualifier> | null | undefined;
  /** Narrowed by this. */
  includes?: DiseaseQualifier | null | undefined;
  /** Narrowed by all of these. */
  includesAll?: Array<DiseaseQualifier> | null | undefined;
  /** Narrowed by at least one of these. */
  includesAny?: Array<DiseaseQualifier> | null | undefined;
};

/** Which references. All that is given must hold. */
export type ReferenceFilter = {
  /** All of these must fit. */
  and?: Array<ReferenceFilter> | null | undefined;
  /** Which, by id. */
  id?: IdFilter | null | undefined;
  /** Journal. */
  journal?: StringFilter | null | undefined;
  /** A label in either language, or another name. */
  label?: StringFilter | null | undefined;
  /** This must not fit. */
  not?: ReferenceFilter | null | undefined;
  /** At least one of these must fit. */
  or?: Array<ReferenceFilter> | null | undefined;
  /** What it is. */
  referenceType?: ReferenceTypeFilter | null | undefined;
  /** Sources whose bibliography lists it. */
  source?: IdFilter | null | undefined;
  /** Whether it stands. */
  standing?: StandingFilter | null | undefined;
  /** Statements about it. */
  statement?: StatementRelationFilter | null | undefined;
  /** Found by a search for this, in either language. */
  text?: string | null | undefined;
  /** Its trials. */
  trial?: TrialRelationFilter | null | undefined;
  /** Year. */
  year?: IntFilter | null | undefined;
};

/** One key of an order of references. */
export type ReferenceOrder = {
  /** Up or down. */
  direction?: OrderDirection;
  /** What to order by. */
  field: ReferenceOrderField;
};

/** What references can be ordered by. Ties are broken by id. */
export type ReferenceOrderField =
  /** Id. */
  | 'ID'
  /** Title. */
  | 'TITLE'
  /** Year. */
  | 'YEAR';

/** Which references must stand behind it. */
export type ReferenceRelationFilter = {
  /** How many links there are. */
  count?: IntFilter | null | undefined;
  /** All links lead to nodes that fit; one without links fits. */
  every?: ReferenceFilter | null | undefined;
  /** No link leads to a node that fits. */
  none?: ReferenceFilter | null | undefined;
  /** At least one link leads to a node that fits. */
  some?: ReferenceFilter | null | undefined;
};

/** What a reference is. */
export type ReferenceType =
  /** A report on one case. */
  | 'CASE_REPORT'
  /** A report on several cases. */
  | 'CASE_SERIES'
  /** A report of a clinical trial. */
  | 'CLINICAL_TRIAL'
  /** An abstract of a conference. */
  | 'CONFERENCE_ABSTRACT'
  /** Any other. */
  | 'OTHER'
  /** A preprint, not peer-reviewed. */
  | 'PREPRINT'
  /** A press release, not peer-reviewed. */
  | 'PRESS_RELEASE'
  /** Original research other than a trial. */
  | 'RESEARCH_ARTICLE'
  /** A review. */
  | 'REVIEW';

/** Which types of reference. */
export type ReferenceTypeFilter = {
  /** Is this. */
  eq?: ReferenceType | null | undefined;
  /** Is one of these. */
  in?: Array<ReferenceType> | null | undefined;
  /** Is none of these. */
  notIn?: Array<ReferenceType> | null | undefined;
};

/** Which regimens. All that is given must hold. */
export type RegimenFilter = {
  /** All of these must fit. */
  and?: Array<RegimenFilter> | null | undefined;
  /** Its members. */
  drug?: DrugRelationFilter | null | undefined;
  /** Which, by id. */
  id?: IdFilter | null | undefined;
  /** A label in either language, or another name. */
  label?: StringFilter | null | undefined;
  /** This must not fit. */
  not?: RegimenFilter | null | undefined;
  /** At least one of these must fit. */
  or?: Array<RegimenFilter> | null | undefined;
  /** Found by a search for this, in either language. */
  text?: string | null | undefined;
  /** Its trials. */
  trial?: TrialRelationFilter | null | undefined;
};

/** One key of an order of regimens. */
export type RegimenOrder = {
  /** Up or down. */
  direction?: OrderDirection;
  /** What to order by. */
  field: LabelOrderField;
};

/** Sets of drugs in the shown regimen: exactly these, all of these, any of these, none reported. All that is given must hold. */
export type RegimenSetFilter = {
  /** All of these drugs are members. */
  containsAll?: Array<string | number> | null | undefined;
  /** At least one of these drugs is a member. */
  containsAny?: Array<string | number> | null | undefined;
  /** The members are exactly these drugs. */
  exactly?: Array<string | number> | null | undefined;
  /** There is no member (true: none reported) or there is one (false). */
  isEmpty?: boolean | null | undefined;
  /** Look at members of this role only, e.g. LYMPHODEPLETION. */
  role?: DrugRole | null | undefined;
};

/** The relations that join nodes. Each is named in the direction from its first to its second kind. */
export type RelationKind =
  /** Statement to reference, or reference to reference: the first cites the second. */
  | 'CITES'
  /** Trial to drug: the drug is given with the product. */
  | 'HAS_DRUG'
  /** Regimen to drug: the drug is a member of the set. */
  | 'HAS_MEMBER'
  /** Trial to target: the trial's product aims at it, or binds by it. */
  | 'HAS_TARGET'
  /** Disease to broader disease. */
  | 'IS_A'
  /** Statement to trial, target, disease or drug: the statement is about it. */
  | 'MENTIONS'
  /** Trial or statement to the source that reports it. */
  | 'REPORTED_IN'
  /** Trial to disease: the trial treats people who have it. */
  | 'STUDIES'
  /** Trial to regimen: exactly this set of drugs is given. */
  | 'USES_REGIMEN';

/** Fields of a trial that a source can speak about: the cells of a row, and what an assertion is on. */
export type SourceField =
  /** Where the cells of the product come from: cord blood, peripheral blood, iPSC, a cell line. */
  | 'CELL_SOURCE'
  /** Countries with a site. */
  | 'COUNTRY'
  /** Diseases (the printed indication or condition). */
  | 'DISEASE'
  /** Number of participants. */
  | 'ENROLLMENT'
  /** Date on which the registry first posted the record. */
  | 'FIRST_POSTED'
  /** Phase. */
  | 'PHASE'
  /** Date of primary completion. */
  | 'PRIMARY_COMPLETION_DATE'
  /** Name of the investigational product. */
  | 'PRODUCT'
  /** Drugs given with the product (the printed combination or interventions). */
  | 'REGIMEN'
  /** Registry number. */
  | 'REGISTRY_ID'
  /** Lead sponsor. */
  | 'SPONSOR'
  /** Class of the lead sponsor. */
  | 'SPONSOR_CLASS'
  /** Start date. */
  | 'START_DATE'
  /** Recruitment status. */
  | 'STATUS'
  /** Targets. */
  | 'TARGET'
  /** How several targets are joined in the product: or, and, not, tandem. */
  | 'TARGET_LOGIC'
  /** Title. */
  | 'TITLE'
  /** Why the trial was stopped early. */
  | 'WHY_STOPPED';

/** Which fields. */
export type SourceFieldFilter = {
  /** Is this. */
  eq?: SourceField | null | undefined;
  /** Is one of these. */
  in?: Array<SourceField> | null | undefined;
  /** Is none of these. */
  notIn?: Array<SourceField> | null | undefined;
};

/** What a source is. */
export type SourceType =
  /** Made by a program to test with; says nothing about the world. */
  | 'GENERATED'
  /** A trial registry, or an extract of one. */
  | 'REGISTRY'
  /** A review article. */
  | 'REVIEW';

/** Whether a reference still stands. */
export type Standing =
  /** A correction was published. */
  | 'CORRECTED'
  /** Doubt was published. */
  | 'EXPRESSION_OF_CONCERN'
  /** Published without peer review (preprint, press release, conference abstract). */
  | 'NOT_PEER_REVIEWED'
  /** Published after peer review; no notice is known to this data set. */
  | 'PUBLISHED'
  /** Withdrawn by its journal. */
  | 'RETRACTED'
  /** Replaced by a later publication. */
  | 'SUPERSEDED';

/** Which standings. */
export type StandingFilter = {
  /** Is this. */
  eq?: Standing | null | undefined;
  /** Is one of these. */
  in?: Array<Standing> | null | undefined;
  /** Is none of these. */
  notIn?: Array<Standing> | null | undefined;
};

/** Which statements. All that is given must hold. */
export type StatementFilter = {
  /** It is about this trial, target, disease or drug (global id). */
  about?: string | number | null | undefined;
  /** All of these must fit. */
  and?: Array<StatementFilter> | null | undefined;
  /** It cites a reference that fits. */
  cites?: ReferenceFilter | null | undefined;
  /** Whether a curator remarks on it. */
  hasCuratorNote?: boolean | null | undefined;
  /** Which, by id. */
  id?: IdFilter | null | undefined;
  /** A label in either language, or another name. */
  label?: StringFilter | null | undefined;
  /** This must not fit. */
  not?: StatementFilter | null | undefined;
  /** At least one of these must fit. */
  or?: Array<StatementFilter> | null | undefined;
  /** Section of the source. */
  section?: StringFilter | null | undefined;
  /** The source that makes it. */
  source?: IdFilter | null | undefined;
  /** What it is about in general. */
  statementType?: StatementTypeFilter | null | undefined;
  /** Found by a search for this, in either language. */
  text?: string | null | undefined;
  /** Its trials. */
  trial?: TrialRelationFilter | null | undefined;
};

/** Which statements must be about it. */
export type StatementRelationFilter = {
  /** How many links there are. */
  count?: IntFilter | null | undefined;
  /** All links lead to nodes that fit; one without links fits. */
  every?: StatementFilter | null | undefined;
  /** No link leads to a node that fits. */
  none?: StatementFilter | null | undefined;
  /** At least one link leads to a node that fits. */
  some?: StatementFilter | null | undefined;
};

/** What a statement is about. */
export type StatementType =
  /** General setting. */
  | 'BACKGROUND'
  /** What stands in its way. */
  | 'CHALLENGE'
  /** What the therapy achieves. */
  | 'EFFICACY'
  /** How it is made. */
  | 'MANUFACTURING'
  /** How it works. */
  | 'MECHANISM'
  /** What is to come. */
  | 'OUTLOOK'
  /** What harm it does or spares. */
  | 'SAFETY';

/** Which types of statement. */
export type StatementTypeFilter = {
  /** Is this. */
  eq?: StatementType | null | undefined;
  /** Is one of these. */
  in?: Array<StatementType> | null | undefined;
  /** Is none of these. */
  notIn?: Array<StatementType> | null | undefined;
};

/** What to ask of a text. Case does not matter. All that is given must hold. */
export type StringFilter = {
  /** Holds this. */
  contains?: string | null | undefined;
  /** Is this. */
  eq?: string | null | undefined;
  /** Is one of these. */
  in?: Array<string> | null | undefined;
  /** Is missing (true) or there (false). */
  isNull?: boolean | null | undefined;
  /** Is not this; a missing text fits. */
  ne?: string | null | undefined;
  /** Begins with this. */
  startsWith?: string | null | undefined;
  /** Holds each of these words, whole, in any order; width, case and accents do not matter, a Greek letter is its name (β is beta), and each Chinese character is a word. For titles of trials the quickest of all tests. */
  words?: string | null | undefined;
};

/** Which targets. All that is given must hold. */
export type TargetFilter = {
  /** All of these must fit. */
  and?: Array<TargetFilter> | null | undefined;
  /** Which, by id. */
  id?: IdFilter | null | undefined;
  /** What it is. */
  kind?: TargetKindFilter | null | undefined;
  /** A label in either language, or another name. */
  label?: StringFilter | null | undefined;
  /** This must not fit. */
  not?: TargetFilter | null | undefined;
  /** At least one of these must fit. */
  or?: Array<TargetFilter> | null | undefined;
  /** Statements about it. */
  statement?: StatementRelationFilter | null | undefined;
  /** Found by a search for this, in either language. */
  text?: string | null | undefined;
  /** Its trials. */
  trial?: TrialRelationFilter | null | undefined;
};

/** What a target is. */
export type TargetKind =
  /** An antigen that receptors are aimed at. */
  | 'ANTIGEN'
  /** Several antigens bound by one binder. */
  | 'ANTIGEN_GROUP'
  /** A receptor used as the binding part of the construct; its ligands are the antigens. */
  | 'BINDER'
  /** A molecule that statements speak of; no trial in the data is aimed at it. */
  | 'MOLECULE';

/** Which kinds of target. */
export type TargetKindFilter = {
  /** Is this. */
  eq?: TargetKind | null | undefined;
  /** Is one of these. */
  in?: Array<TargetKind> | null | undefined;
  /** Is none of these. */
  notIn?: Array<TargetKind> | null | undefined;
};

/** One key of an order of targets. */
export type TargetOrder = {
  /** Up or down. */
  direction?: OrderDirection;
  /** What to order by. */
  field: LabelOrderField;
};

/** Which targets a trial must have. */
export type TargetRelationFilter = {
  /** How many links there are. */
  count?: IntFilter | null | undefined;
  /** All links lead to nodes that fit; one without links fits. */
  every?: TargetFilter | null | undefined;
  /** No link leads to a node that fits. */
  none?: TargetFilter | null | undefined;
  /** At least one link leads to a node that fits. */
  some?: TargetFilter | null | undefined;
};

/** How a trial's product uses a target. */
export type TargetRole =
  /** The product is aimed at it. */
  | 'ANTIGEN'
  /** The product binds by it. */
  | 'BINDER';

/** Which trials. All that is given must hold. */
export type TrialFilter = {
  /** All of these must fit. */
  and?: Array<TrialFilter> | null | undefined;
  /** Broad area. */
  area?: DiseaseAreaFilter | null | undefined;
  /** Shown source of the product's cells. */
  cellSource?: StringFilter | null | undefined;
  /** A country with a site. */
  country?: StringFilter | null | undefined;
  /** Diseases, by any source. */
  disease?: DiseaseRelationFilter | null | undefined;
  /** Drugs, by any source. */
  drug?: DrugRelationFilter | null | undefined;
  /** Shown number of participants. */
  enrollment?: IntFilter | null | undefined;
  /** Whether sources disagree on a field. */
  hasConflict?: boolean | null | undefined;
  /** Whether a reference stands behind it. */
  hasReference?: boolean | null | undefined;
  /** Which, by registry number. */
  id?: IdFilter | null | undefined;
  /** This must not fit. */
  not?: TrialFilter | null | undefined;
  /** At least one of these must fit. */
  or?: Array<TrialFilter> | null | undefined;
  /** Shown phases. */
  phase?: PhaseFilter | null | undefined;
  /** Shown name of the product. */
  product?: StringFilter | null | undefined;
  /** References behind it. */
  reference?: ReferenceRelationFilter | null | undefined;
  /** The exact set of drugs that is shown. */
  regimen?: RegimenSetFilter | null | undefined;
  /** Sources that have a row on it. */
  source?: IdFilter | null | undefined;
  /** Name of the shown lead sponsor. */
  sponsor?: StringFilter | null | undefined;
  /** Class of the shown lead sponsor. */
  sponsorClass?: AgencyClassFilter | null | undefined;
  /** Shown start date. */
  startDate?: PartialDateFilter | null | undefined;
  /** Year of the shown start date. */
  startYear?: IntFilter | null | undefined;
  /** Statements about it. */
  statement?: StatementRelationFilter | null | undefined;
  /** Shown status. */
  status?: TrialStatusFilter | null | undefined;
  /** Targets, by any source. */
  target?: TargetRelationFilter | null | undefined;
  /** Shown logic of several targets. */
  targetLogic?: StringFilter | null | undefined;
  /** Found by a search for this, in either language. */
  text?: string | null | undefined;
  /** Shown title. */
  title?: StringFilter | null | undefined;
  /** Shown reason of stopping. */
  whyStopped?: StringFilter | null | undefined;
};

/** One key of an order of trials. */
export type TrialOrder = {
  /** Up or down. */
  direction?: OrderDirection;
  /** What to order by. */
  field: TrialOrderField;
};

/** What trials can be ordered by. Ties are broken by registry number. */
export type TrialOrderField =
  /** Number of participants. */
  | 'ENROLLMENT'
  /** Date on which the registry first posted the record. */
  | 'FIRST_POSTED'
  /** Registry number. */
  | 'ID'
  /** Lowest phase, then the next. */
  | 'PHASE'
  /** Start date. */
  | 'START_DATE'
  /** Status, in the order of TrialStatus. */
  | 'STATUS'
  /** Title. */
  | 'TITLE';

/** Which trials a node must have. Those of a disease are also those of the diseases below it. */
export type TrialRelationFilter = {
  /** How many trials it has. */
  count?: IntFilter | null | undefined;
  /** All of its trials fit; one without trials fits. */
  every?: TrialFilter | null | undefined;
  /** None of its trials fits. */
  none?: TrialFilter | null | undefined;
  /** At least one of its trials fits. */
  some?: TrialFilter | null | undefined;
};

/** Recruitment status of a trial, in the words of ClinicalTrials.gov v2. */
export type TrialStatus =
  /** Ongoing, participants are treated or followed, no new ones are enrolled. */
  | 'ACTIVE_NOT_RECRUITING'
  /** Expanded access ended because the product was approved. */
  | 'APPROVED_FOR_MARKETING'
  /** Expanded access is available. */
  | 'AVAILABLE'
  /** Ended normally. */
  | 'COMPLETED'
  /** Participants are chosen from a group invited beforehand. */
  | 'ENROLLING_BY_INVITATION'
  /** Has not started to recruit. */
  | 'NOT_YET_RECRUITING'
  /** Expanded access was available and is no longer. */
  | 'NO_LONGER_AVAILABLE'
  /** Is recruiting. */
  | 'RECRUITING'
  /** Stopped early, may start again. */
  | 'SUSPENDED'
  /** Expanded access is not available now and is expected to be. */
  | 'TEMPORARILY_NOT_AVAILABLE'
  /** Stopped early for good. */
  | 'TERMINATED'
  /** The last known status has not been confirmed for two years, or the source prints that it is unknown. */
  | 'UNKNOWN'
  /** Stopped before the first participant was enrolled. */
  | 'WITHDRAWN'
  /** The record is withheld. */
  | 'WITHHELD';

/** Which statuses. */
export type TrialStatusFilter = {
  /** Is this. */
  eq?: TrialStatus | null | undefined;
  /** Is one of these. */
  in?: Array<TrialStatus> | null | undefined;
  /** Is none of these. */
  notIn?: Array<TrialStatus> | null | undefined;
};

/** How sure an identifier is. */
export type Verification =
  /** Built by the publisher's pattern, not looked up. */
  | 'DERIVED'
  /** Written from memory, not looked up. */
  | 'RECALLED'
  /** Looked for and not found, or not looked for. */
  | 'UNKNOWN'
  /** Looked up in a source that is named. */
  | 'VERIFIED';

/** How close an identifier of another vocabulary is to the concept. */
export type XrefMatch =
  /** A broader concept. */
  | 'BROAD'
  /** Nearly the same concept. */
  | 'CLOSE'
  /** The same concept. */
  | 'EXACT'
  /** A related concept. */
  | 'RELATED';

export type AboutQueryVariables = Exact<{
  lang: Language;
}>;


export type AboutQuery = { unmapped: { totalCount: number }, meta: { service: string, serviceVersion: string, schemaVersion: string, dataTitle: string, dataVersion: string, release: string, conflictCount: number, counts: Array<{ kind: NodeKind, count: number }>, limits: Array<{ name: string, value: number, description: string }>, rules: Array<{ field: SourceField, precedence: Array<SourceType>, text: string }>, sources: Array<{ id: string, title: string, sourceType: SourceType, licence: string, asOf: string | null, url: string | null, method: string | null }> } };

export type QuickStartQueryVariables = Exact<{
  target: string | number;
}>;


export type QuickStartQuery = { meta: { release: string }, trials: { totalCount: number, nodes: Array<{ nctId: string | null, title: string | null, phases: Array<Phase>, diseases: Array<{ printed: Array<string>, disease: { label: string } }>, rows: Array<{ table: string, row: number, source: { title: string } }> }> } };

export type ConflictsQueryVariables = Exact<{
  filter?: ConflictFilter | null | undefined;
  after?: string | null | undefined;
  lang: Language;
}>;


export type ConflictsQuery = { conflicts: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ field: SourceField, resolved: string, rule: string, subject:
        | { id: string, label: string }
        | { id: string, label: string }
        | { id: string, label: string }
        | { id: string, label: string }
        | { id: string, label: string }
        | { id: string, label: string }
        | { id: string, label: string }
      , sides: Array<{ id: string, value: string, printed: string, asOf: string | null, source: { id: string, title: string }, row: { table: string, row: number } | null }> }> } };

export type DiseaseQueryVariables = Exact<{
  id: string;
  lang: Language;
  after?: string | null | undefined;
}>;


export type DiseaseQuery = { disease: { id: string, label: string, area: DiseaseArea, labels: Array<{ text: string, lang: Language }>, synonyms: Array<{ text: string, lang: Language }>, xrefs: Array<{ curie: string, url: string | null, verified: boolean, verification: Verification, match: XrefMatch }>, notes: Array<{ id: string, text: string }>, ancestors: Array<{ id: string, label: string, parents: Array<{ id: string }> }>, parents: Array<{ id: string, label: string }>, children: Array<{ id: string, label: string, trials: { totalCount: number } }>, direct: { totalCount: number }, trials: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, facets: Array<{ dimension: Dimension, missing: number, buckets: Array<{ key: string, count: number }> }>, nodes: Array<{ id: string, nctId: string | null, label: string, status: TrialStatus, phases: Array<Phase>, area: DiseaseArea, startDate: string | null, firstPosted: string | null, enrollment: number | null, countries: Array<string>, sponsor: { name: string } | null, targets: Array<{ role: TargetRole, printed: Array<string>, target: { id: string, label: string } }>, diseases: Array<{ printed: Array<string>, qualifiers: Array<DiseaseQualifier>, disease: { id: string, label: string } }>, drugs: Array<{ role: DrugRole, printed: Array<string>, drug: { id: string, label: string } }>, rows: Array<{ table: string, row: number, source: { id: string } }>, conflicts: Array<{ field: SourceField }>, references: { totalCount: number } }> }, statements: { totalCount: number, nodes: Array<{ id: string, number: string, section: string, statementType: StatementType, text: string, source: { id: string, title: string }, outcomes: Array<{ measure: string, n: number | null, of: number | null, percent: number | null, percentMax: number | null, value: number | null, valueMax: number | null, unit: string | null, comparator: string | null, grade: string | null, timepoint: string | null, note: string | null }>, cites: Array<{ marker: string, cito: CitationIntent, printed: boolean, reference: { id: string, title: string, authors: Array<string>, authorsCut: boolean, year: number | null } }>, about: Array<
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
        >, mentionedTrials: Array<{ registryId: string, knownBy: KnownBy, note: string | null, trial: { id: string } | null }> }> }, references: { totalCount: number, nodes: Array<{ id: string, title: string, authors: Array<string>, authorsCut: boolean, journal: string | null, year: number | null, volume: string | null, issue: string | null, pages: string | null, doi: string | null, pmid: string | null, url: string | null, referenceType: ReferenceType, standing: Standing, markers: Array<{ marker: string, source: { id: string } }> }> } } | null };

export type DrugQueryVariables = Exact<{
  id: string;
  lang: Language;
  after?: string | null | undefined;
}>;


export type DrugQuery = { drug: { id: string, label: string, drugKind: DrugKind, defaultRole: DrugRole, labels: Array<{ text: string, lang: Language }>, synonyms: Array<{ text: string, lang: Language }>, xrefs: Array<{ curie: string, url: string | null, verified: boolean, verification: Verification, match: XrefMatch }>, notes: Array<{ id: string, text: string }>, regimens: { totalCount: number, nodes: Array<{ id: string, label: string, trials: { totalCount: number } }> }, trials: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, facets: Array<{ dimension: Dimension, missing: number, buckets: Array<{ key: string, count: number }> }>, nodes: Array<{ id: string, nctId: string | null, label: string, status: TrialStatus, phases: Array<Phase>, area: DiseaseArea, startDate: string | null, firstPosted: string | null, enrollment: number | null, countries: Array<string>, sponsor: { name: string } | null, targets: Array<{ role: TargetRole, printed: Array<string>, target: { id: string, label: string } }>, diseases: Array<{ printed: Array<string>, qualifiers: Array<DiseaseQualifier>, disease: { id: string, label: string } }>, drugs: Array<{ role: DrugRole, printed: Array<string>, drug: { id: string, label: string } }>, rows: Array<{ table: string, row: number, source: { id: string } }>, conflicts: Array<{ field: SourceField }>, references: { totalCount: number } }> }, statements: { totalCount: number, nodes: Array<{ id: string, number: string, section: string, statementType: StatementType, text: string, source: { id: string, title: string }, outcomes: Array<{ measure: string, n: number | null, of: number | null, percent: number | null, percentMax: number | null, value: number | null, valueMax: number | null, unit: string | null, comparator: string | null, grade: string | null, timepoint: string | null, note: string | null }>, cites: Array<{ marker: string, cito: CitationIntent, printed: boolean, reference: { id: string, title: string, authors: Array<string>, authorsCut: boolean, year: number | null } }>, about: Array<
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
        >, mentionedTrials: Array<{ registryId: string, knownBy: KnownBy, note: string | null, trial: { id: string } | null }> }> }, references: { totalCount: number, nodes: Array<{ id: string, title: string, authors: Array<string>, authorsCut: boolean, journal: string | null, year: number | null, volume: string | null, issue: string | null, pages: string | null, doi: string | null, pmid: string | null, url: string | null, referenceType: ReferenceType, standing: Standing, markers: Array<{ marker: string, source: { id: string } }> }> } } | null };

export type TrialPageFragment = { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, facets: Array<{ dimension: Dimension, missing: number, buckets: Array<{ key: string, count: number }> }>, nodes: Array<{ id: string, nctId: string | null, label: string, status: TrialStatus, phases: Array<Phase>, area: DiseaseArea, startDate: string | null, firstPosted: string | null, enrollment: number | null, countries: Array<string>, sponsor: { name: string } | null, targets: Array<{ role: TargetRole, printed: Array<string>, target: { id: string, label: string } }>, diseases: Array<{ printed: Array<string>, qualifiers: Array<DiseaseQualifier>, disease: { id: string, label: string } }>, drugs: Array<{ role: DrugRole, printed: Array<string>, drug: { id: string, label: string } }>, rows: Array<{ table: string, row: number, source: { id: string } }>, conflicts: Array<{ field: SourceField }>, references: { totalCount: number } }> };

export type RegimenQueryVariables = Exact<{
  id: string;
  lang: Language;
  after?: string | null | undefined;
}>;


export type RegimenQuery = { regimen: { id: string, label: string, labels: Array<{ text: string, lang: Language }>, synonyms: Array<{ text: string, lang: Language }>, xrefs: Array<{ curie: string, url: string | null, verified: boolean, verification: Verification, match: XrefMatch }>, notes: Array<{ id: string, text: string }>, drugs: Array<{ role: DrugRole, drug: { id: string, label: string, drugKind: DrugKind } }>, trials: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, facets: Array<{ dimension: Dimension, missing: number, buckets: Array<{ key: string, count: number }> }>, nodes: Array<{ id: string, nctId: string | null, label: string, status: TrialStatus, phases: Array<Phase>, area: DiseaseArea, startDate: string | null, firstPosted: string | null, enrollment: number | null, countries: Array<string>, sponsor: { name: string } | null, targets: Array<{ role: TargetRole, printed: Array<string>, target: { id: string, label: string } }>, diseases: Array<{ printed: Array<string>, qualifiers: Array<DiseaseQualifier>, disease: { id: string, label: string } }>, drugs: Array<{ role: DrugRole, printed: Array<string>, drug: { id: string, label: string } }>, rows: Array<{ table: string, row: number, source: { id: string } }>, conflicts: Array<{ field: SourceField }>, references: { totalCount: number } }> } } | null };

export type TargetQueryVariables = Exact<{
  id: string;
  lang: Language;
  after?: string | null | undefined;
}>;


export type TargetQuery = { target: { id: string, label: string, symbol: string, targetKind: TargetKind, labels: Array<{ text: string, lang: Language }>, synonyms: Array<{ text: string, lang: Language }>, xrefs: Array<{ curie: string, url: string | null, verified: boolean, verification: Verification, match: XrefMatch }>, genes: Array<{ symbol: string, name: string | null, hgnc: string | null, ensembl: string | null, ncbiGene: string | null, uniprot: string | null, verification: Verification }>, notes: Array<{ id: string, text: string }>, coTargets: Array<{ trialCount: number, target: { id: string, label: string } }>, trials: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, facets: Array<{ dimension: Dimension, missing: number, buckets: Array<{ key: string, count: number }> }>, nodes: Array<{ id: string, nctId: string | null, label: string, status: TrialStatus, phases: Array<Phase>, area: DiseaseArea, startDate: string | null, firstPosted: string | null, enrollment: number | null, countries: Array<string>, sponsor: { name: string } | null, targets: Array<{ role: TargetRole, printed: Array<string>, target: { id: string, label: string } }>, diseases: Array<{ printed: Array<string>, qualifiers: Array<DiseaseQualifier>, disease: { id: string, label: string } }>, drugs: Array<{ role: DrugRole, printed: Array<string>, drug: { id: string, label: string } }>, rows: Array<{ table: string, row: number, source: { id: string } }>, conflicts: Array<{ field: SourceField }>, references: { totalCount: number } }> }, statements: { totalCount: number, nodes: Array<{ id: string, number: string, section: string, statementType: StatementType, text: string, source: { id: string, title: string }, outcomes: Array<{ measure: string, n: number | null, of: number | null, percent: number | null, percentMax: number | null, value: number | null, valueMax: number | null, unit: string | null, comparator: string | null, grade: string | null, timepoint: string | null, note: string | null }>, cites: Array<{ marker: string, cito: CitationIntent, printed: boolean, reference: { id: string, title: string, authors: Array<string>, authorsCut: boolean, year: number | null } }>, about: Array<
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
        >, mentionedTrials: Array<{ registryId: string, knownBy: KnownBy, note: string | null, trial: { id: string } | null }> }> }, references: { totalCount: number, nodes: Array<{ id: string, title: string, authors: Array<string>, authorsCut: boolean, journal: string | null, year: number | null, volume: string | null, issue: string | null, pages: string | null, doi: string | null, pmid: string | null, url: string | null, referenceType: ReferenceType, standing: Standing, markers: Array<{ marker: string, source: { id: string } }> }> } } | null };

export type GraphPartFragment = { truncated: boolean, nodes: Array<
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
  >, links: Array<{ relation: RelationKind, from:
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
    , to:
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
     }>, hidden: Array<{ count: number, node:
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
     }> };

export type GraphQueryVariables = Exact<{
  id: string | number;
  hops?: number | null | undefined;
  limit?: number | null | undefined;
  lang: Language;
  id1: string | number;
  with1: boolean;
  id2: string | number;
  with2: boolean;
  id3: string | number;
  with3: boolean;
  id4: string | number;
  with4: boolean;
}>;


export type GraphQuery = { middle: { truncated: boolean, nodes: Array<
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
    >, links: Array<{ relation: RelationKind, from:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
      , to:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       }>, hidden: Array<{ count: number, node:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       }> }, opened1?: { truncated: boolean, nodes: Array<
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
    >, links: Array<{ relation: RelationKind, from:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
      , to:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       }>, hidden: Array<{ count: number, node:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       }> }, opened2?: { truncated: boolean, nodes: Array<
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
    >, links: Array<{ relation: RelationKind, from:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
      , to:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       }>, hidden: Array<{ count: number, node:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       }> }, opened3?: { truncated: boolean, nodes: Array<
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
    >, links: Array<{ relation: RelationKind, from:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
      , to:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       }>, hidden: Array<{ count: number, node:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       }> }, opened4?: { truncated: boolean, nodes: Array<
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
    >, links: Array<{ relation: RelationKind, from:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
      , to:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       }>, hidden: Array<{ count: number, node:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       }> } };

export type HomeQueryVariables = Exact<{
  lang: Language;
}>;


export type HomeQuery = { meta: { dataTitle: string, dataVersion: string, release: string, conflictCount: number, counts: Array<{ kind: NodeKind, count: number }>, sources: Array<{ id: string, title: string, sourceType: SourceType, asOf: string | null }> }, unmapped: { totalCount: number }, schemaGraph: Array<{ from: NodeKind, relation: RelationKind, to: NodeKind, count: number }>, trials: { totalCount: number, facets: Array<{ dimension: Dimension, buckets: Array<{ key: string, label: string, count: number }> }> }, matrix: { total: number, rows: Array<{ key: string, label: string, count: number }>, columns: Array<{ key: string, count: number }>, cells: Array<{ row: number, column: number, count: number }> } };

export type TargetsQueryVariables = Exact<{
  lang: Language;
  filter?: TargetFilter | null | undefined;
  order?: Array<TargetOrder> | TargetOrder | null | undefined;
  after?: string | null | undefined;
}>;


export type TargetsQuery = { list: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, label: string, group: TargetKind, trials: { totalCount: number } }> } };

export type DiseasesQueryVariables = Exact<{
  lang: Language;
  filter?: DiseaseFilter | null | undefined;
  order?: Array<DiseaseOrder> | DiseaseOrder | null | undefined;
  after?: string | null | undefined;
}>;


export type DiseasesQuery = { list: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, label: string, group: DiseaseArea, trials: { totalCount: number } }> } };

export type DrugsQueryVariables = Exact<{
  lang: Language;
  filter?: DrugFilter | null | undefined;
  order?: Array<DrugOrder> | DrugOrder | null | undefined;
  after?: string | null | undefined;
}>;


export type DrugsQuery = { list: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, label: string, group: DrugKind, trials: { totalCount: number } }> } };

export type RegimensQueryVariables = Exact<{
  lang: Language;
  filter?: RegimenFilter | null | undefined;
  order?: Array<RegimenOrder> | RegimenOrder | null | undefined;
  after?: string | null | undefined;
}>;


export type RegimensQuery = { list: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, label: string, trials: { totalCount: number } }> } };

export type MatrixQueryVariables = Exact<{
  rows: Dimension;
  columns: Dimension;
  filter?: TrialFilter | null | undefined;
  lang: Language;
  tree: boolean;
}>;


export type MatrixQuery = { diseases?: { nodes: Array<{ id: string, ancestors: Array<{ id: string }> }> }, matrix: { total: number, otherRows: number, otherColumns: number, rows: Array<{ key: string, label: string, count: number }>, columns: Array<{ key: string, label: string, count: number }>, cells: Array<{ row: number, column: number, count: number }> } };

export type PathsQueryVariables = Exact<{
  from: string | number;
  to: string | number;
  hops?: number | null | undefined;
  most?: number | null | undefined;
  lang: Language;
}>;


export type PathsQuery = { from:
    | { id: string }
    | { label: string, id: string }
    | { label: string, id: string }
    | { id: string }
    | { label: string, id: string }
    | { label: string, id: string }
    | { id: string }
    | { label: string, id: string }
    | { label: string, id: string }
    | { label: string, id: string }
   | null, to:
    | { id: string }
    | { label: string, id: string }
    | { label: string, id: string }
    | { id: string }
    | { label: string, id: string }
    | { label: string, id: string }
    | { id: string }
    | { label: string, id: string }
    | { label: string, id: string }
    | { label: string, id: string }
   | null, paths: { truncated: boolean, paths: Array<{ length: number, steps: Array<{ relation: RelationKind, forward: boolean, from:
          | { id: string, label: string }
          | { id: string, label: string }
          | { id: string, label: string }
          | { id: string, label: string }
          | { id: string, label: string }
          | { id: string, label: string }
          | { id: string, label: string }
        , to:
          | { id: string, label: string }
          | { id: string, label: string }
          | { id: string, label: string }
          | { id: string, label: string }
          | { id: string, label: string }
          | { id: string, label: string }
          | { id: string, label: string }
        , assertions: Array<{ printed: string, asOf: string | null, source: { id: string, title: string }, row: { table: string, row: number } | null }>, statements: Array<{ id: string, number: string, text: string }> }> }> } };

export type ReferenceQueryVariables = Exact<{
  id: string;
  lang: Language;
}>;


export type ReferenceQuery = { reference: { pmcid: string | null, journalPrinted: string | null, language: string | null, defects: string | null, evidence: string | null, id: string, title: string, authors: Array<string>, authorsCut: boolean, journal: string | null, year: number | null, volume: string | null, issue: string | null, pages: string | null, doi: string | null, pmid: string | null, url: string | null, referenceType: ReferenceType, standing: Standing, xrefs: Array<{ curie: string, url: string | null, verified: boolean, verification: Verification, match: XrefMatch }>, notes: Array<{ id: string, text: string }>, statements: { totalCount: number, nodes: Array<{ id: string, number: string, section: string, statementType: StatementType, text: string, source: { id: string, title: string }, outcomes: Array<{ measure: string, n: number | null, of: number | null, percent: number | null, percentMax: number | null, value: number | null, valueMax: number | null, unit: string | null, comparator: string | null, grade: string | null, timepoint: string | null, note: string | null }>, cites: Array<{ marker: string, cito: CitationIntent, printed: boolean, reference: { id: string, title: string, authors: Array<string>, authorsCut: boolean, year: number | null } }>, about: Array<
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
        >, mentionedTrials: Array<{ registryId: string, knownBy: KnownBy, note: string | null, trial: { id: string } | null }> }> }, trials: { totalCount: number, nodes: Array<{ id: string, nctId: string | null, label: string, phases: Array<Phase>, targets: Array<{ target: { id: string, label: string } }>, diseases: Array<{ disease: { id: string, label: string } }>, drugs: Array<{ drug: { id: string, label: string } }> }> }, citedBy: { totalCount: number, edges: Array<{ marker: string | null, cito: CitationIntent, node: { id: string, title: string }, statement: { id: string, number: string } | null }> }, cites: { totalCount: number, nodes: Array<{ id: string, title: string, authors: Array<string>, authorsCut: boolean, journal: string | null, year: number | null, volume: string | null, issue: string | null, pages: string | null, doi: string | null, pmid: string | null, url: string | null, referenceType: ReferenceType, standing: Standing, markers: Array<{ marker: string, source: { id: string } }> }> }, markers: Array<{ marker: string, source: { id: string } }> } | null };

export type ReferencesQueryVariables = Exact<{
  filter?: ReferenceFilter | null | undefined;
  wider?: ReferenceFilter | null | undefined;
  order?: Array<ReferenceOrder> | ReferenceOrder | null | undefined;
  after?: string | null | undefined;
}>;


export type ReferencesQuery = { found: { totalCount: number, nodes: Array<{ year: number | null, referenceType: ReferenceType }> }, references: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, title: string, authors: Array<string>, authorsCut: boolean, journal: string | null, year: number | null, volume: string | null, issue: string | null, pages: string | null, doi: string | null, pmid: string | null, url: string | null, referenceType: ReferenceType, standing: Standing, statements: { totalCount: number }, trials: { totalCount: number }, markers: Array<{ marker: string, source: { id: string } }> }> } };

export type SearchQueryVariables = Exact<{
  text: string;
  kinds?: Array<NodeKind> | NodeKind | null | undefined;
  after?: string | null | undefined;
  lang: Language;
}>;


export type SearchQuery = { search: { totalCount: number, relaxed: boolean, kindCounts: Array<{ kind: NodeKind, count: number }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ matched: string | null, highlights: Array<string>, node:
        | { id: string, kind: NodeKind, label: string }
        | { id: string, kind: NodeKind, label: string }
        | { id: string, kind: NodeKind, label: string }
        | { id: string, kind: NodeKind, label: string }
        | { id: string, kind: NodeKind, label: string }
        | { id: string, kind: NodeKind, label: string }
        | { id: string, kind: NodeKind, label: string }
       }> } };

export type SourceQueryVariables = Exact<{
  id: string;
  key: string | number;
  lang: Language;
  after?: string | null | undefined;
}>;


export type SourceQuery = { source: { id: string, title: string, sourceType: SourceType, licence: string, asOf: string | null, retrieved: string | null, method: string | null, url: string | null, reference: { id: string, title: string } | null, notes: Array<{ id: string, text: string }>, tables: Array<{ name: string, title: string | null, columns: Array<{ field: SourceField, header: string }> }>, statements: { totalCount: number, nodes: Array<{ id: string, number: string, section: string, statementType: StatementType, text: string, source: { id: string, title: string }, outcomes: Array<{ measure: string, n: number | null, of: number | null, percent: number | null, percentMax: number | null, value: number | null, valueMax: number | null, unit: string | null, comparator: string | null, grade: string | null, timepoint: string | null, note: string | null }>, cites: Array<{ marker: string, cito: CitationIntent, printed: boolean, reference: { id: string, title: string, authors: Array<string>, authorsCut: boolean, year: number | null } }>, about: Array<
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
        >, mentionedTrials: Array<{ registryId: string, knownBy: KnownBy, note: string | null, trial: { id: string } | null }> }> }, trials: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, rows: Array<{ table: string, row: number, cells: Array<{ field: SourceField, printed: string }> }> }> } } | null };

export type StatementQueryVariables = Exact<{
  id: string;
  lang: Language;
}>;


export type StatementQuery = { statement: { curatorNote: string | null, unmappedTerms: Array<string>, id: string, number: string, section: string, statementType: StatementType, text: string, en: string, zh: string, notes: Array<{ id: string, text: string }>, citedWorks: Array<{ marker: string, cito: CitationIntent, printed: boolean, reference: { id: string, title: string, authors: Array<string>, authorsCut: boolean, journal: string | null, year: number | null, volume: string | null, issue: string | null, pages: string | null, doi: string | null, pmid: string | null, url: string | null, referenceType: ReferenceType, standing: Standing, markers: Array<{ marker: string, source: { id: string } }> } }>, source: { id: string, title: string }, outcomes: Array<{ measure: string, n: number | null, of: number | null, percent: number | null, percentMax: number | null, value: number | null, valueMax: number | null, unit: string | null, comparator: string | null, grade: string | null, timepoint: string | null, note: string | null }>, cites: Array<{ marker: string, cito: CitationIntent, printed: boolean, reference: { id: string, title: string, authors: Array<string>, authorsCut: boolean, year: number | null } }>, about: Array<
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
    >, mentionedTrials: Array<{ registryId: string, knownBy: KnownBy, note: string | null, trial: { id: string } | null }> } | null };

export type TrialQueryVariables = Exact<{
  id: string;
  lang: Language;
}>;


export type TrialQuery = { trial: { id: string, nctId: string | null, label: string, title: string | null, status: TrialStatus, phases: Array<Phase>, area: DiseaseArea, startDate: string | null, firstPosted: string | null, primaryCompletionDate: string | null, product: string | null, cellSource: string | null, targetLogic: string | null, whyStopped: string | null, enrollment: number | null, countries: Array<string>, sponsor: { name: string, class: AgencyClass } | null, registryIds: Array<{ id: string, registry: string }>, xrefs: Array<{ curie: string, url: string | null, verified: boolean, verification: Verification, match: XrefMatch }>, targets: Array<{ role: TargetRole, printed: Array<string>, target: { id: string, label: string } }>, diseases: Array<{ printed: Array<string>, qualifiers: Array<DiseaseQualifier>, disease: { id: string, label: string } }>, drugs: Array<{ role: DrugRole, printed: Array<string>, drug: { id: string, label: string } }>, regimen: { id: string, label: string } | null, rows: Array<{ table: string, row: number, source: { id: string, title: string }, cells: Array<{ field: SourceField, printed: string }> }>, assertions: Array<{ id: string, field: SourceField, value: string, printed: string, mapping: Mapping, asOf: string | null, source: { id: string, title: string }, row: { table: string, row: number } | null, entity:
        | { id: string, label: string }
        | { id: string, label: string }
        | { id: string, label: string }
        | { id: string, label: string }
        | { id: string, label: string }
        | { id: string, label: string }
        | { id: string, label: string }
       | null }>, conflicts: Array<{ field: SourceField, resolved: string, rule: string, sides: Array<{ id: string, value: string, printed: string, asOf: string | null, source: { id: string, title: string }, row: { table: string, row: number } | null }> }>, statements: { totalCount: number, nodes: Array<{ id: string, number: string, section: string, statementType: StatementType, text: string, source: { id: string, title: string }, outcomes: Array<{ measure: string, n: number | null, of: number | null, percent: number | null, percentMax: number | null, value: number | null, valueMax: number | null, unit: string | null, comparator: string | null, grade: string | null, timepoint: string | null, note: string | null }>, cites: Array<{ marker: string, cito: CitationIntent, printed: boolean, reference: { id: string, title: string, authors: Array<string>, authorsCut: boolean, year: number | null } }>, about: Array<
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
          | { id: string, kind: NodeKind, label: string }
        >, mentionedTrials: Array<{ registryId: string, knownBy: KnownBy, note: string | null, trial: { id: string } | null }> }> }, references: { totalCount: number, nodes: Array<{ id: string, title: string, authors: Array<string>, authorsCut: boolean, journal: string | null, year: number | null, volume: string | null, issue: string | null, pages: string | null, doi: string | null, pmid: string | null, url: string | null, referenceType: ReferenceType, standing: Standing, markers: Array<{ marker: string, source: { id: string } }> }> }, similar: Array<{ trial: { id: string, nctId: string | null, label: string, status: TrialStatus, phases: Array<Phase> }, sharedTargets: Array<{ id: string, label: string }>, sharedDiseases: Array<{ id: string, label: string }> }>, notes: Array<{ id: string, text: string }> } | null };

export type TrialsQueryVariables = Exact<{
  filter?: TrialFilter | null | undefined;
  order?: Array<TrialOrder> | TrialOrder | null | undefined;
  dimensions: Array<Dimension> | Dimension;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  chosen: Array<string | number> | string | number;
  lang: Language;
}>;


export type TrialsQuery = { chosen: Array<
    | { id: string }
    | { label: string, id: string }
    | { label: string, id: string }
    | { id: string }
    | { label: string, id: string }
    | { label: string, id: string }
    | { id: string }
    | { label: string, id: string }
    | { label: string, id: string }
    | { label: string, id: string }
   | null>, trials: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, facets: Array<{ dimension: Dimension, missing: number, otherBuckets: number, buckets: Array<{ key: string, label: string, count: number }> }>, nodes: Array<{ id: string, nctId: string | null, label: string, status: TrialStatus, phases: Array<Phase>, area: DiseaseArea, startDate: string | null, firstPosted: string | null, enrollment: number | null, countries: Array<string>, sponsor: { name: string } | null, targets: Array<{ role: TargetRole, printed: Array<string>, target: { id: string, label: string } }>, diseases: Array<{ printed: Array<string>, qualifiers: Array<DiseaseQualifier>, disease: { id: string, label: string } }>, drugs: Array<{ role: DrugRole, printed: Array<string>, drug: { id: string, label: string } }>, rows: Array<{ table: string, row: number, source: { id: string } }>, conflicts: Array<{ field: SourceField }>, references: { totalCount: number } }> } };

export type TrialsExportQueryVariables = Exact<{
  filter?: TrialFilter | null | undefined;
  order?: Array<TrialOrder> | TrialOrder | null | undefined;
  after?: string | null | undefined;
  lang: Language;
}>;


export type TrialsExportQuery = { trials: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, nctId: string | null, label: string, status: TrialStatus, phases: Array<Phase>, area: DiseaseArea, startDate: string | null, firstPosted: string | null, enrollment: number | null, countries: Array<string>, sponsor: { name: string } | null, targets: Array<{ role: TargetRole, printed: Array<string>, target: { id: string, label: string } }>, diseases: Array<{ printed: Array<string>, qualifiers: Array<DiseaseQualifier>, disease: { id: string, label: string } }>, drugs: Array<{ role: DrugRole, printed: Array<string>, drug: { id: string, label: string } }>, rows: Array<{ table: string, row: number, source: { id: string } }>, conflicts: Array<{ field: SourceField }>, references: { totalCount: number } }> } };

export type UnmappedQueryVariables = Exact<{
  field?: SourceField | null | undefined;
  after?: string | null | undefined;
  lang: Language;
}>;


export type UnmappedQuery = { unmapped: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ field: SourceField | null, printed: string, count: number, source: { id: string, title: string }, assertions: Array<{ id: string, subject:
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
        , row: { table: string, row: number } | null }>, statements: Array<{ id: string, number: string }> }> } };

export type CitationsQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
  style: CitationStyle;
}>;


export type CitationsQuery = { nodes: Array<
    | { id: string, citation: string }
    | Record<PropertyKey, never>
   | null> };

export type StatementPartsFragment = { id: string, number: string, section: string, statementType: StatementType, text: string, source: { id: string, title: string }, outcomes: Array<{ measure: string, n: number | null, of: number | null, percent: number | null, percentMax: number | null, value: number | null, valueMax: number | null, unit: string | null, comparator: string | null, grade: string | null, timepoint: string | null, note: string | null }>, cites: Array<{ marker: string, cito: CitationIntent, printed: boolean, reference: { id: string, title: string, authors: Array<string>, authorsCut: boolean, year: number | null } }>, about: Array<
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
    | { id: string, kind: NodeKind, label: string }
  >, mentionedTrials: Array<{ registryId: string, knownBy: KnownBy, note: string | null, trial: { id: string } | null }> };

export type ReferencePartsFragment = { id: string, title: string, authors: Array<string>, authorsCut: boolean, journal: string | null, year: number | null, volume: string | null, issue: string | null, pages: string | null, doi: string | null, pmid: string | null, url: string | null, referenceType: ReferenceType, standing: Standing, markers: Array<{ marker: string, source: { id: string } }> };

export type SuggestQueryVariables = Exact<{
  prefix: string;
  kinds?: Array<NodeKind> | NodeKind | null | undefined;
  lang: Language;
}>;


export type SuggestQuery = { suggest: Array<{ text: string, node:
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
      | { id: string, kind: NodeKind, label: string }
     }> };

export type TrialRowFragment = { id: string, nctId: string | null, label: string, status: TrialStatus, phases: Array<Phase>, area: DiseaseArea, startDate: string | null, firstPosted: string | null, enrollment: number | null, countries: Array<string>, sponsor: { name: string } | null, targets: Array<{ role: TargetRole, printed: Array<string>, target: { id: string, label: string } }>, diseases: Array<{ printed: Array<string>, qualifiers: Array<DiseaseQualifier>, disease: { id: string, label: string } }>, drugs: Array<{ role: DrugRole, printed: Array<string>, drug: { id: string, label: string } }>, rows: Array<{ table: string, row: number, source: { id: string } }>, conflicts: Array<{ field: SourceField }>, references: { totalCount: number } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const TrialRowFragmentDoc = new TypedDocumentString(`
    fragment TrialRow on Trial {
  id
  nctId
  label(lang: $lang)
  status
  phases
  area
  startDate
  firstPosted
  enrollment
  countries
  sponsor {
    name
  }
  targets {
    role
    printed
    target {
      id
      label(lang: EN)
    }
  }
  diseases {
    printed
    qualifiers
    disease {
      id
      label(lang: $lang)
    }
  }
  drugs {
    role
    printed
    drug {
      id
      label(lang: $lang)
    }
  }
  rows {
    table
    row
    source {
      id
    }
  }
  conflicts {
    field
  }
  references(first: 1) {
    totalCount
  }
}
    `, {"fragmentName":"TrialRow"}) as unknown as TypedDocumentString<TrialRowFragment, unknown>;
export const TrialPageFragmentDoc = new TypedDocumentString(`
    fragment TrialPage on TrialConnection {
  totalCount
  pageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
  facets(dimensions: [STATUS, PHASE], limit: 20) {
    dimension
    missing
    buckets {
      key
      count
    }
  }
  nodes {
    ...TrialRow
  }
}
    fragment TrialRow on Trial {
  id
  nctId
  label(lang: $lang)
  status
  phases
  area
  startDate
  firstPosted
  enrollment
  countries
  sponsor {
    name
  }
  targets {
    role
    printed
    target {
      id
      label(lang: EN)
    }
  }
  diseases {
    printed
    qualifiers
    disease {
      id
      label(lang: $lang)
    }
  }
  drugs {
    role
    printed
    drug {
      id
      label(lang: $lang)
    }
  }
  rows {
    table
    row
    source {
      id
    }
  }
  conflicts {
    field
  }
  references(first: 1) {
    totalCount
  }
}`, {"fragmentName":"TrialPage"}) as unknown as TypedDocumentString<TrialPageFragment, unknown>;
export const GraphPartFragmentDoc = new TypedDocumentString(`
    fragment GraphPart on Subgraph {
  truncated
  nodes {
    id
    kind
    label(lang: $lang)
  }
  links {
    relation
    from {
      id
    }
    to {
      id
    }
  }
  hidden {
    count
    node {
      id
    }
  }
}
    `, {"fragmentName":"GraphPart"}) as unknown as TypedDocumentString<GraphPartFragment, unknown>;
export const StatementPartsFragmentDoc = new TypedDocumentString(`
    fragment StatementParts on Statement {
  id
  number
  section
  statementType
  text(lang: $lang)
  source {
    id
    title(lang: $lang)
  }
  outcomes {
    measure
    n
    of
    percent
    percentMax
    value
    valueMax
    unit
    comparator
    grade
    timepoint
    note
  }
  cites {
    marker
    cito
    printed
    reference {
      id
      title
      authors
      authorsCut
      year
    }
  }
  about {
    id
    kind
    label(lang: $lang)
  }
  mentionedTrials {
    registryId
    knownBy
    note
    trial {
      id
    }
  }
}
    `, {"fragmentName":"StatementParts"}) as unknown as TypedDocumentString<StatementPartsFragment, unknown>;
export const ReferencePartsFragmentDoc = new TypedDocumentString(`
    fragment ReferenceParts on Reference {
  id
  title
  authors
  authorsCut
  journal
  year
  volume
  issue
  pages
  doi
  pmid
  url
  referenceType
  standing
  markers {
    marker
    source {
      id
    }
  }
}
    `, {"fragmentName":"ReferenceParts"}) as unknown as TypedDocumentString<ReferencePartsFragment, unknown>;
export const AboutDocument = new TypedDocumentString(`
    query About($lang: Language!) {
  unmapped(first: 1) {
    totalCount
  }
  meta {
    service
    serviceVersion
    schemaVersion
    dataTitle
    dataVersion
    release
    conflictCount
    counts {
      kind
      count
    }
    limits {
      name
      value
      description
    }
    rules {
      field
      precedence
      text(lang: $lang)
    }
    sources {
      id
      title(lang: $lang)
      sourceType
      licence
      asOf
      url
      method(lang: $lang)
    }
  }
}
    `) as unknown as TypedDocumentString<AboutQuery, AboutQueryVariables>;
export const QuickStartDocument = new TypedDocumentString(`
    query QuickStart($target: ID!) {
  meta {
    release
  }
  trials(
    filter: {target: {some: {id: {eq: $target}}}, status: {eq: RECRUITING}}
    first: 5
  ) {
    totalCount
    nodes {
      nctId
      title
      phases
      diseases {
        printed
        disease {
          label
        }
      }
      rows {
        source {
          title
        }
        table
        row
      }
    }
  }
}
    `) as unknown as TypedDocumentString<QuickStartQuery, QuickStartQueryVariables>;
export const ConflictsDocument = new TypedDocumentString(`
    query Conflicts($filter: ConflictFilter, $after: String, $lang: Language!) {
  conflicts(filter: $filter, first: 50, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      field
      resolved
      rule(lang: $lang)
      subject {
        id
        label(lang: $lang)
      }
      sides {
        id
        value
        printed
        asOf
        source {
          id
          title(lang: $lang)
        }
        row {
          table
          row
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ConflictsQuery, ConflictsQueryVariables>;
export const DiseaseDocument = new TypedDocumentString(`
    query Disease($id: String!, $lang: Language!, $after: String) {
  disease(id: $id) {
    id
    label(lang: $lang)
    area
    labels {
      text
      lang
    }
    synonyms {
      text
      lang
    }
    xrefs {
      curie
      url
      verified
      verification
      match
    }
    notes {
      id
      text(lang: $lang)
    }
    ancestors {
      id
      label(lang: $lang)
      parents {
        id
      }
    }
    parents {
      id
      label(lang: $lang)
    }
    children {
      id
      label(lang: $lang)
      trials(first: 1) {
        totalCount
      }
    }
    direct: trials(expand: SELF, first: 1) {
      totalCount
    }
    trials(first: 50, after: $after) {
      ...TrialPage
    }
    statements(first: 100) {
      totalCount
      nodes {
        ...StatementParts
      }
    }
    references(first: 100) {
      totalCount
      nodes {
        ...ReferenceParts
      }
    }
  }
}
    fragment TrialPage on TrialConnection {
  totalCount
  pageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
  facets(dimensions: [STATUS, PHASE], limit: 20) {
    dimension
    missing
    buckets {
      key
      count
    }
  }
  nodes {
    ...TrialRow
  }
}
fragment StatementParts on Statement {
  id
  number
  section
  statementType
  text(lang: $lang)
  source {
    id
    title(lang: $lang)
  }
  outcomes {
    measure
    n
    of
    percent
    percentMax
    value
    valueMax
    unit
    comparator
    grade
    timepoint
    note
  }
  cites {
    marker
    cito
    printed
    reference {
      id
      title
      authors
      authorsCut
      year
    }
  }
  about {
    id
    kind
    label(lang: $lang)
  }
  mentionedTrials {
    registryId
    knownBy
    note
    trial {
      id
    }
  }
}
fragment ReferenceParts on Reference {
  id
  title
  authors
  authorsCut
  journal
  year
  volume
  issue
  pages
  doi
  pmid
  url
  referenceType
  standing
  markers {
    marker
    source {
      id
    }
  }
}
fragment TrialRow on Trial {
  id
  nctId
  label(lang: $lang)
  status
  phases
  area
  startDate
  firstPosted
  enrollment
  countries
  sponsor {
    name
  }
  targets {
    role
    printed
    target {
      id
      label(lang: EN)
    }
  }
  diseases {
    printed
    qualifiers
    disease {
      id
      label(lang: $lang)
    }
  }
  drugs {
    role
    printed
    drug {
      id
      label(lang: $lang)
    }
  }
  rows {
    table
    row
    source {
      id
    }
  }
  conflicts {
    field
  }
  references(first: 1) {
    totalCount
  }
}`) as unknown as TypedDocumentString<DiseaseQuery, DiseaseQueryVariables>;
export const DrugDocument = new TypedDocumentString(`
    query Drug($id: String!, $lang: Language!, $after: String) {
  drug(id: $id) {
    id
    label(lang: $lang)
    drugKind
    defaultRole
    labels {
      text
      lang
    }
    synonyms {
      text
      lang
    }
    xrefs {
      curie
      url
      verified
      verification
      match
    }
    notes {
      id
      text(lang: $lang)
    }
    regimens(first: 50) {
      totalCount
      nodes {
        id
        label(lang: $lang)
        trials(first: 1) {
          totalCount
        }
      }
    }
    trials(first: 50, after: $after) {
      ...TrialPage
    }
    statements(first: 100) {
      totalCount
      nodes {
        ...StatementParts
      }
    }
    references(first: 100) {
      totalCount
      nodes {
        ...ReferenceParts
      }
    }
  }
}
    fragment TrialPage on TrialConnection {
  totalCount
  pageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
  facets(dimensions: [STATUS, PHASE], limit: 20) {
    dimension
    missing
    buckets {
      key
      count
    }
  }
  nodes {
    ...TrialRow
  }
}
fragment StatementParts on Statement {
  id
  number
  section
  statementType
  text(lang: $lang)
  source {
    id
    title(lang: $lang)
  }
  outcomes {
    measure
    n
    of
    percent
    percentMax
    value
    valueMax
    unit
    comparator
    grade
    timepoint
    note
  }
  cites {
    marker
    cito
    printed
    reference {
      id
      title
      authors
      authorsCut
      year
    }
  }
  about {
    id
    kind
    label(lang: $lang)
  }
  mentionedTrials {
    registryId
    knownBy
    note
    trial {
      id
    }
  }
}
fragment ReferenceParts on Reference {
  id
  title
  authors
  authorsCut
  journal
  year
  volume
  issue
  pages
  doi
  pmid
  url
  referenceType
  standing
  markers {
    marker
    source {
      id
    }
  }
}
fragment TrialRow on Trial {
  id
  nctId
  label(lang: $lang)
  status
  phases
  area
  startDate
  firstPosted
  enrollment
  countries
  sponsor {
    name
  }
  targets {
    role
    printed
    target {
      id
      label(lang: EN)
    }
  }
  diseases {
    printed
    qualifiers
    disease {
      id
      label(lang: $lang)
    }
  }
  drugs {
    role
    printed
    drug {
      id
      label(lang: $lang)
    }
  }
  rows {
    table
    row
    source {
      id
    }
  }
  conflicts {
    field
  }
  references(first: 1) {
    totalCount
  }
}`) as unknown as TypedDocumentString<DrugQuery, DrugQueryVariables>;
export const RegimenDocument = new TypedDocumentString(`
    query Regimen($id: String!, $lang: Language!, $after: String) {
  regimen(id: $id) {
    id
    label(lang: $lang)
    labels {
      text
      lang
    }
    synonyms {
      text
      lang
    }
    xrefs {
      curie
      url
      verified
      verification
      match
    }
    notes {
      id
      text(lang: $lang)
    }
    drugs {
      role
      drug {
        id
        label(lang: $lang)
        drugKind
      }
    }
    trials(first: 50, after: $after) {
      ...TrialPage
    }
  }
}
    fragment TrialPage on TrialConnection {
  totalCount
  pageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
  facets(dimensions: [STATUS, PHASE], limit: 20) {
    dimension
    missing
    buckets {
      key
      count
    }
  }
  nodes {
    ...TrialRow
  }
}
fragment TrialRow on Trial {
  id
  nctId
  label(lang: $lang)
  status
  phases
  area
  startDate
  firstPosted
  enrollment
  countries
  sponsor {
    name
  }
  targets {
    role
    printed
    target {
      id
      label(lang: EN)
    }
  }
  diseases {
    printed
    qualifiers
    disease {
      id
      label(lang: $lang)
    }
  }
  drugs {
    role
    printed
    drug {
      id
      label(lang: $lang)
    }
  }
  rows {
    table
    row
    source {
      id
    }
  }
  conflicts {
    field
  }
  references(first: 1) {
    totalCount
  }
}`) as unknown as TypedDocumentString<RegimenQuery, RegimenQueryVariables>;
export const TargetDocument = new TypedDocumentString(`
    query Target($id: String!, $lang: Language!, $after: String) {
  target(id: $id) {
    id
    label(lang: $lang)
    symbol
    targetKind
    labels {
      text
      lang
    }
    synonyms {
      text
      lang
    }
    xrefs {
      curie
      url
      verified
      verification
      match
    }
    genes {
      symbol
      name
      hgnc
      ensembl
      ncbiGene
      uniprot
      verification
    }
    notes {
      id
      text(lang: $lang)
    }
    coTargets(first: 20) {
      trialCount
      target {
        id
        label(lang: EN)
      }
    }
    trials(first: 50, after: $after) {
      ...TrialPage
    }
    statements(first: 100) {
      totalCount
      nodes {
        ...StatementParts
      }
    }
    references(first: 100) {
      totalCount
      nodes {
        ...ReferenceParts
      }
    }
  }
}
    fragment TrialPage on TrialConnection {
  totalCount
  pageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
  facets(dimensions: [STATUS, PHASE], limit: 20) {
    dimension
    missing
    buckets {
      key
      count
    }
  }
  nodes {
    ...TrialRow
  }
}
fragment StatementParts on Statement {
  id
  number
  section
  statementType
  text(lang: $lang)
  source {
    id
    title(lang: $lang)
  }
  outcomes {
    measure
    n
    of
    percent
    percentMax
    value
    valueMax
    unit
    comparator
    grade
    timepoint
    note
  }
  cites {
    marker
    cito
    printed
    reference {
      id
      title
      authors
      authorsCut
      year
    }
  }
  about {
    id
    kind
    label(lang: $lang)
  }
  mentionedTrials {
    registryId
    knownBy
    note
    trial {
      id
    }
  }
}
fragment ReferenceParts on Reference {
  id
  title
  authors
  authorsCut
  journal
  year
  volume
  issue
  pages
  doi
  pmid
  url
  referenceType
  standing
  markers {
    marker
    source {
      id
    }
  }
}
fragment TrialRow on Trial {
  id
  nctId
  label(lang: $lang)
  status
  phases
  area
  startDate
  firstPosted
  enrollment
  countries
  sponsor {
    name
  }
  targets {
    role
    printed
    target {
      id
      label(lang: EN)
    }
  }
  diseases {
    printed
    qualifiers
    disease {
      id
      label(lang: $lang)
    }
  }
  drugs {
    role
    printed
    drug {
      id
      label(lang: $lang)
    }
  }
  rows {
    table
    row
    source {
      id
    }
  }
  conflicts {
    field
  }
  references(first: 1) {
    totalCount
  }
}`) as unknown as TypedDocumentString<TargetQuery, TargetQueryVariables>;
export const GraphDocument = new TypedDocumentString(`
    query Graph($id: ID!, $hops: Int, $limit: Int, $lang: Language!, $id1: ID!, $with1: Boolean!, $id2: ID!, $with2: Boolean!, $id3: ID!, $with3: Boolean!, $id4: ID!, $with4: Boolean!) {
  middle: neighborhood(id: $id, hops: $hops, limit: $limit) {
    ...GraphPart
  }
  opened1: neighborhood(id: $id1, hops: 1, limit: 21) @include(if: $with1) {
    ...GraphPart
  }
  opened2: neighborhood(id: $id2, hops: 1, limit: 21) @include(if: $with2) {
    ...GraphPart
  }
  opened3: neighborhood(id: $id3, hops: 1, limit: 21) @include(if: $with3) {
    ...GraphPart
  }
  opened4: neighborhood(id: $id4, hops: 1, limit: 21) @include(if: $with4) {
    ...GraphPart
  }
}
    fragment GraphPart on Subgraph {
  truncated
  nodes {
    id
    kind
    label(lang: $lang)
  }
  links {
    relation
    from {
      id
    }
    to {
      id
    }
  }
  hidden {
    count
    node {
      id
    }
  }
}`) as unknown as TypedDocumentString<GraphQuery, GraphQueryVariables>;
export const HomeDocument = new TypedDocumentString(`
    query Home($lang: Language!) {
  meta {
    dataTitle
    dataVersion
    release
    conflictCount
    counts {
      kind
      count
    }
    sources {
      id
      title(lang: $lang)
      sourceType
      asOf
    }
  }
  unmapped(first: 1) {
    totalCount
  }
  schemaGraph {
    from
    relation
    to
    count
  }
  trials(first: 1) {
    totalCount
    facets(dimensions: [TARGET, DISEASE, STATUS, PHASE], limit: 8) {
      dimension
      buckets {
        key
        label(lang: $lang)
        count
      }
    }
  }
  matrix(rows: TARGET, columns: AREA, rowLimit: 8) {
    total
    rows {
      key
      label(lang: $lang)
      count
    }
    columns {
      key
      count
    }
    cells {
      row
      column
      count
    }
  }
}
    `) as unknown as TypedDocumentString<HomeQuery, HomeQueryVariables>;
export const TargetsDocument = new TypedDocumentString(`
    query Targets($lang: Language!, $filter: TargetFilter, $order: [TargetOrder!], $after: String) {
  list: targets(first: 200, after: $after, filter: $filter, orderBy: $order) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      label(lang: $lang)
      group: targetKind
      trials(first: 1) {
        totalCount
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TargetsQuery, TargetsQueryVariables>;
export const DiseasesDocument = new TypedDocumentString(`
    query Diseases($lang: Language!, $filter: DiseaseFilter, $order: [DiseaseOrder!], $after: String) {
  list: diseases(first: 200, after: $after, filter: $filter, orderBy: $order) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      label(lang: $lang)
      group: area
      trials(first: 1) {
        totalCount
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DiseasesQuery, DiseasesQueryVariables>;
export const DrugsDocument = new TypedDocumentString(`
    query Drugs($lang: Language!, $filter: DrugFilter, $order: [DrugOrder!], $after: String) {
  list: drugs(first: 200, after: $after, filter: $filter, orderBy: $order) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      label(lang: $lang)
      group: drugKind
      trials(first: 1) {
        totalCount
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DrugsQuery, DrugsQueryVariables>;
export const RegimensDocument = new TypedDocumentString(`
    query Regimens($lang: Language!, $filter: RegimenFilter, $order: [RegimenOrder!], $after: String) {
  list: regimens(first: 200, after: $after, filter: $filter, orderBy: $order) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      label(lang: $lang)
      trials(first: 1) {
        totalCount
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RegimensQuery, RegimensQueryVariables>;
export const MatrixDocument = new TypedDocumentString(`
    query Matrix($rows: Dimension!, $columns: Dimension!, $filter: TrialFilter, $lang: Language!, $tree: Boolean!) {
  diseases(first: 1000, orderBy: [{field: TRIAL_COUNT, direction: DESC}]) @include(if: $tree) {
    nodes {
      id
      ancestors {
        id
      }
    }
  }
  matrix(
    rows: $rows
    columns: $columns
    filter: $filter
    rowLimit: 100
    columnLimit: 100
    includeEmpty: false
  ) {
    total
    otherRows
    otherColumns
    rows {
      key
      label(lang: $lang)
      count
    }
    columns {
      key
      label(lang: $lang)
      count
    }
    cells {
      row
      column
      count
    }
  }
}
    `) as unknown as TypedDocumentString<MatrixQuery, MatrixQueryVariables>;
export const PathsDocument = new TypedDocumentString(`
    query Paths($from: ID!, $to: ID!, $hops: Int, $most: Int, $lang: Language!) {
  from: node(id: $from) {
    id
    ... on Entity {
      label(lang: $lang)
    }
  }
  to: node(id: $to) {
    id
    ... on Entity {
      label(lang: $lang)
    }
  }
  paths(from: $from, to: $to, maxHops: $hops, maxPaths: $most) {
    truncated
    paths {
      length
      steps {
        relation
        forward
        from {
          id
          label(lang: $lang)
        }
        to {
          id
          label(lang: $lang)
        }
        assertions {
          printed
          asOf
          source {
            id
            title(lang: $lang)
          }
          row {
            table
            row
          }
        }
        statements {
          id
          number
          text(lang: $lang)
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PathsQuery, PathsQueryVariables>;
export const ReferenceDocument = new TypedDocumentString(`
    query Reference($id: String!, $lang: Language!) {
  reference(id: $id) {
    ...ReferenceParts
    pmcid
    journalPrinted
    language
    defects
    evidence
    xrefs {
      curie
      url
      verified
      verification
      match
    }
    notes {
      id
      text(lang: $lang)
    }
    statements(first: 100) {
      totalCount
      nodes {
        ...StatementParts
      }
    }
    trials(first: 40) {
      totalCount
      nodes {
        id
        nctId
        label(lang: $lang)
        phases
        targets {
          target {
            id
            label(lang: EN)
          }
        }
        diseases {
          disease {
            id
            label(lang: $lang)
          }
        }
        drugs {
          drug {
            id
            label(lang: $lang)
          }
        }
      }
    }
    citedBy(first: 50) {
      totalCount
      edges {
        marker
        cito
        node {
          id
          title
        }
        statement {
          id
          number
        }
      }
    }
    cites(first: 100) {
      totalCount
      nodes {
        ...ReferenceParts
      }
    }
  }
}
    fragment StatementParts on Statement {
  id
  number
  section
  statementType
  text(lang: $lang)
  source {
    id
    title(lang: $lang)
  }
  outcomes {
    measure
    n
    of
    percent
    percentMax
    value
    valueMax
    unit
    comparator
    grade
    timepoint
    note
  }
  cites {
    marker
    cito
    printed
    reference {
      id
      title
      authors
      authorsCut
      year
    }
  }
  about {
    id
    kind
    label(lang: $lang)
  }
  mentionedTrials {
    registryId
    knownBy
    note
    trial {
      id
    }
  }
}
fragment ReferenceParts on Reference {
  id
  title
  authors
  authorsCut
  journal
  year
  volume
  issue
  pages
  doi
  pmid
  url
  referenceType
  standing
  markers {
    marker
    source {
      id
    }
  }
}`) as unknown as TypedDocumentString<ReferenceQuery, ReferenceQueryVariables>;
export const ReferencesDocument = new TypedDocumentString(`
    query References($filter: ReferenceFilter, $wider: ReferenceFilter, $order: [ReferenceOrder!], $after: String) {
  found: references(first: 1000, filter: $wider) {
    totalCount
    nodes {
      year
      referenceType
    }
  }
  references(first: 100, after: $after, filter: $filter, orderBy: $order) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...ReferenceParts
      statements(first: 1) {
        totalCount
      }
      trials(first: 1) {
        totalCount
      }
    }
  }
}
    fragment ReferenceParts on Reference {
  id
  title
  authors
  authorsCut
  journal
  year
  volume
  issue
  pages
  doi
  pmid
  url
  referenceType
  standing
  markers {
    marker
    source {
      id
    }
  }
}`) as unknown as TypedDocumentString<ReferencesQuery, ReferencesQueryVariables>;
export const SearchDocument = new TypedDocumentString(`
    query Search($text: String!, $kinds: [NodeKind!], $after: String, $lang: Language!) {
  search(text: $text, kinds: $kinds, first: 30, after: $after) {
    totalCount
    relaxed
    kindCounts {
      kind
      count
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      matched
      highlights
      node {
        id
        kind
        label(lang: $lang)
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const SourceDocument = new TypedDocumentString(`
    query Source($id: String!, $key: ID!, $lang: Language!, $after: String) {
  source(id: $id) {
    id
    title(lang: $lang)
    sourceType
    licence
    asOf
    retrieved
    method(lang: $lang)
    url
    reference {
      id
      title
    }
    notes {
      id
      text(lang: $lang)
    }
    tables {
      name
      title(lang: $lang)
      columns {
        field
        header
      }
    }
    statements(first: 200) {
      totalCount
      nodes {
        ...StatementParts
      }
    }
    trials(first: 200, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        rows(source: $key) {
          table
          row
          cells {
            field
            printed
          }
        }
      }
    }
  }
}
    fragment StatementParts on Statement {
  id
  number
  section
  statementType
  text(lang: $lang)
  source {
    id
    title(lang: $lang)
  }
  outcomes {
    measure
    n
    of
    percent
    percentMax
    value
    valueMax
    unit
    comparator
    grade
    timepoint
    note
  }
  cites {
    marker
    cito
    printed
    reference {
      id
      title
      authors
      authorsCut
      year
    }
  }
  about {
    id
    kind
    label(lang: $lang)
  }
  mentionedTrials {
    registryId
    knownBy
    note
    trial {
      id
    }
  }
}`) as unknown as TypedDocumentString<SourceQuery, SourceQueryVariables>;
export const StatementDocument = new TypedDocumentString(`
    query Statement($id: String!, $lang: Language!) {
  statement(id: $id) {
    ...StatementParts
    en: text(lang: EN)
    zh: text(lang: ZH)
    curatorNote(lang: $lang)
    unmappedTerms
    notes {
      id
      text(lang: $lang)
    }
    citedWorks: cites {
      marker
      cito
      printed
      reference {
        ...ReferenceParts
      }
    }
  }
}
    fragment StatementParts on Statement {
  id
  number
  section
  statementType
  text(lang: $lang)
  source {
    id
    title(lang: $lang)
  }
  outcomes {
    measure
    n
    of
    percent
    percentMax
    value
    valueMax
    unit
    comparator
    grade
    timepoint
    note
  }
  cites {
    marker
    cito
    printed
    reference {
      id
      title
      authors
      authorsCut
      year
    }
  }
  about {
    id
    kind
    label(lang: $lang)
  }
  mentionedTrials {
    registryId
    knownBy
    note
    trial {
      id
    }
  }
}
fragment ReferenceParts on Reference {
  id
  title
  authors
  authorsCut
  journal
  year
  volume
  issue
  pages
  doi
  pmid
  url
  referenceType
  standing
  markers {
    marker
    source {
      id
    }
  }
}`) as unknown as TypedDocumentString<StatementQuery, StatementQueryVariables>;
export const TrialDocument = new TypedDocumentString(`
    query Trial($id: String!, $lang: Language!) {
  trial(id: $id) {
    id
    nctId
    label(lang: $lang)
    title
    status
    phases
    area
    startDate
    firstPosted
    primaryCompletionDate
    product
    cellSource
    targetLogic
    whyStopped
    enrollment
    countries
    sponsor {
      name
      class
    }
    registryIds {
      id
      registry
    }
    xrefs {
      curie
      url
      verified
      verification
      match
    }
    targets {
      role
      printed
      target {
        id
        label(lang: $lang)
      }
    }
    diseases {
      printed
      qualifiers
      disease {
        id
        label(lang: $lang)
      }
    }
    drugs {
      role
      printed
      drug {
        id
        label(lang: $lang)
      }
    }
    regimen {
      id
      label(lang: $lang)
    }
    rows {
      table
      row
      source {
        id
        title(lang: $lang)
      }
      cells {
        field
        printed
      }
    }
    assertions {
      id
      field
      value
      printed
      mapping
      asOf
      source {
        id
        title(lang: $lang)
      }
      row {
        table
        row
      }
      entity {
        id
        label(lang: $lang)
      }
    }
    conflicts {
      field
      resolved
      rule(lang: $lang)
      sides {
        id
        value
        printed
        asOf
        source {
          id
          title(lang: $lang)
        }
        row {
          table
          row
        }
      }
    }
    statements(first: 100) {
      totalCount
      nodes {
        ...StatementParts
      }
    }
    references(first: 100) {
      totalCount
      nodes {
        ...ReferenceParts
      }
    }
    similar(first: 8) {
      trial {
        id
        nctId
        label(lang: $lang)
        status
        phases
      }
      sharedTargets {
        id
        label(lang: EN)
      }
      sharedDiseases {
        id
        label(lang: $lang)
      }
    }
    notes {
      id
      text(lang: $lang)
    }
  }
}
    fragment StatementParts on Statement {
  id
  number
  section
  statementType
  text(lang: $lang)
  source {
    id
    title(lang: $lang)
  }
  outcomes {
    measure
    n
    of
    percent
    percentMax
    value
    valueMax
    unit
    comparator
    grade
    timepoint
    note
  }
  cites {
    marker
    cito
    printed
    reference {
      id
      title
      authors
      authorsCut
      year
    }
  }
  about {
    id
    kind
    label(lang: $lang)
  }
  mentionedTrials {
    registryId
    knownBy
    note
    trial {
      id
    }
  }
}
fragment ReferenceParts on Reference {
  id
  title
  authors
  authorsCut
  journal
  year
  volume
  issue
  pages
  doi
  pmid
  url
  referenceType
  standing
  markers {
    marker
    source {
      id
    }
  }
}`) as unknown as TypedDocumentString<TrialQuery, TrialQueryVariables>;
export const TrialsDocument = new TypedDocumentString(`
    query Trials($filter: TrialFilter, $order: [TrialOrder!], $dimensions: [Dimension!]!, $first: Int, $after: String, $last: Int, $before: String, $chosen: [ID!]!, $lang: Language!) {
  chosen: nodes(ids: $chosen) {
    id
    ... on Entity {
      label(lang: $lang)
    }
  }
  trials(
    filter: $filter
    orderBy: $order
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    totalCount
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    facets(dimensions: $dimensions, limit: 100) {
      dimension
      missing
      otherBuckets
      buckets {
        key
        label(lang: $lang)
        count
      }
    }
    nodes {
      ...TrialRow
    }
  }
}
    fragment TrialRow on Trial {
  id
  nctId
  label(lang: $lang)
  status
  phases
  area
  startDate
  firstPosted
  enrollment
  countries
  sponsor {
    name
  }
  targets {
    role
    printed
    target {
      id
      label(lang: EN)
    }
  }
  diseases {
    printed
    qualifiers
    disease {
      id
      label(lang: $lang)
    }
  }
  drugs {
    role
    printed
    drug {
      id
      label(lang: $lang)
    }
  }
  rows {
    table
    row
    source {
      id
    }
  }
  conflicts {
    field
  }
  references(first: 1) {
    totalCount
  }
}`) as unknown as TypedDocumentString<TrialsQuery, TrialsQueryVariables>;
export const TrialsExportDocument = new TypedDocumentString(`
    query TrialsExport($filter: TrialFilter, $order: [TrialOrder!], $after: String, $lang: Language!) {
  trials(filter: $filter, orderBy: $order, first: 200, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...TrialRow
    }
  }
}
    fragment TrialRow on Trial {
  id
  nctId
  label(lang: $lang)
  status
  phases
  area
  startDate
  firstPosted
  enrollment
  countries
  sponsor {
    name
  }
  targets {
    role
    printed
    target {
      id
      label(lang: EN)
    }
  }
  diseases {
    printed
    qualifiers
    disease {
      id
      label(lang: $lang)
    }
  }
  drugs {
    role
    printed
    drug {
      id
      label(lang: $lang)
    }
  }
  rows {
    table
    row
    source {
      id
    }
  }
  conflicts {
    field
  }
  references(first: 1) {
    totalCount
  }
}`) as unknown as TypedDocumentString<TrialsExportQuery, TrialsExportQueryVariables>;
export const UnmappedDocument = new TypedDocumentString(`
    query Unmapped($field: SourceField, $after: String, $lang: Language!) {
  unmapped(field: $field, first: 100, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      field
      printed
      count
      source {
        id
        title(lang: $lang)
      }
      assertions {
        id
        subject {
          id
        }
        row {
          table
          row
        }
      }
      statements {
        id
        number
      }
    }
  }
}
    `) as unknown as TypedDocumentString<UnmappedQuery, UnmappedQueryVariables>;
export const CitationsDocument = new TypedDocumentString(`
    query Citations($ids: [ID!]!, $style: CitationStyle!) {
  nodes(ids: $ids) {
    ... on Reference {
      id
      citation(style: $style)
    }
  }
}
    `) as unknown as TypedDocumentString<CitationsQuery, CitationsQueryVariables>;
export const SuggestDocument = new TypedDocumentString(`
    query Suggest($prefix: String!, $kinds: [NodeKind!], $lang: Language!) {
  suggest(prefix: $prefix, kinds: $kinds, limit: 12) {
    text
    node {
      id
      kind
      label(lang: $lang)
    }
  }
}
    `) as unknown as TypedDocumentString<SuggestQuery, SuggestQueryVariables>;