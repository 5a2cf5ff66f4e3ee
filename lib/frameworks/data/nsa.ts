import { type ClauseText, clauseGroup, type Framework } from "../framework";
import { DISKS_REST, FIXES_REST, PROVIDER_REST, REACH_REST, SIGN_IN_REST, SUPPLY_REST, WATCH_REST } from "./gaps";

/** Sections of the guidance by the keys that controls use. */
export const NSA_SECTIONS: Readonly<Record<string, string>> = {
  NR: "Non-root containers and rootless engines",
  IM: "Immutable container file systems",
  BI: "Building secure container images",
  PE: "Pod security enforcement",
  SA: "Protecting pod service account tokens",
  HC: "Hardening container environments",
  NS: "Namespaces",
  NP: "Network policies",
  RP: "Resource policies",
  CP: "Control plane hardening",
  WN: "Worker node segmentation",
  EN: "Encryption",
  SE: "Secrets",
  CL: "Protecting sensitive cloud infrastructure",
  AU: "Authentication",
  RB: "Role-based access control",
  LO: "Logging",
  TD: "Threat detection",
  UP: "Upgrading and application security practices",
};

/** What a section asks for that no API of a cluster shows. */
const RESTS: Readonly<Record<string, string>> = {
  BI: SUPPLY_REST,
  CP: REACH_REST,
  WN: REACH_REST,
  EN: DISKS_REST,
  CL: PROVIDER_REST,
  AU: SIGN_IN_REST,
  LO: WATCH_REST,
  TD: WATCH_REST,
  UP: FIXES_REST,
};

const CLAUSES = Object.fromEntries(Object.entries(NSA_SECTIONS).map(([id, title]): [string, ClauseText] => [id, { title, rest: RESTS[id] ?? null }]));

export const nsa: Framework = {
  key: "nsa",
  name: "NSA/CISA 1.2",
  version: "1.2",
  about:
    "Guidance by section, without numbered requirements. A section in which nothing fails has no failing subject among what was judged; what it asks for that the API of a cluster does not show is not assessed.",
  asOf: "2026-11",
  source: "Kubernetes Hardening Guidance, version 1.2, August 2022. The two-letter keys are ours; the guidance has titles only.",
  leftOut: null,
  platform: null,
  columns: [],
  clauses: clauseGroup(null, CLAUSES),
};
