import { clauseGroup, type Framework } from "../framework";

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

export const nsa: Framework = {
  key: "nsa",
  name: "NSA/CISA 1.2",
  version: "1.2",
  about:
    "Guidance by section, without numbered requirements. A section in which nothing fails has no failing subject among what was judged; the guidance asks for more than an API can show.",
  asOf: "2026-11",
  source: "Kubernetes Hardening Guidance, version 1.2, August 2022. The two-letter keys are ours; the guidance has titles only.",
  leftOut: null,
  platform: null,
  columns: [],
  clauses: clauseGroup(null, NSA_SECTIONS),
};
