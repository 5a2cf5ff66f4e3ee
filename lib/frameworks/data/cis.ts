import type { Framework } from "../framework";
import { CIS_CONTROL_PLANE } from "./cis-control-plane";
import { CIS_NODES_AND_POLICIES } from "./cis-nodes-and-policies";

export const cis: Framework = {
  key: "cis",
  name: "CIS Kubernetes 1.12",
  version: "1.12",
  about:
    "Controls map to recommendations; none of them is the benchmark's own audit, and CIS marks all of section 5 as manual. A result is evidence for an assessor.",
  asOf: "2026-11",
  source:
    "CIS Kubernetes Benchmark 1.12, by the ids that kube-bench uses for it; 2.0.1, which is for Kubernetes 1.34 and 1.35, has the same recommendations under the same numbers. The same number means something else in benchmarks of EKS, GKE and AKS.",
  leftOut: null,
  platform: null,
  columns: [],
  clauses: [...CIS_CONTROL_PLANE, ...CIS_NODES_AND_POLICIES],
};
