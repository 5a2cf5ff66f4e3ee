import type { Framework } from "../framework";
import { CIS_CONTROL_PLANE } from "./cis-control-plane";
import { CIS_NODES_AND_POLICIES } from "./cis-nodes-and-policies";

export const cis: Framework = {
  key: "cis",
  name: "CIS Kubernetes 2.0",
  version: "2.0.1",
  about:
    "Controls map to recommendations; none of them is the benchmark's own audit, and CIS marks all of section 5 as manual. A result is evidence for an assessor.",
  asOf: "2026-11",
  source:
    "CIS Kubernetes Benchmark 2.0.1, by the ids that kube-bench uses for it: its recommendations and numbers are those of 1.12. The same number means something else in benchmarks of EKS, GKE and AKS.",
  leftOut: null,
  platform: null,
  columns: [],
  clauses: [...CIS_CONTROL_PLANE, ...CIS_NODES_AND_POLICIES],
};
