import { toPart } from "../../model/clause-part";
import { clauseGroup, type Framework } from "../framework";
import { GKE_SERVICE } from "./cis-gke-service";
import { BOUNDS_REST, LEVEL_REST, MASTERS_REST, NODE_FILES } from "./gaps";
import { NAMESPACES_HAVE_POLICIES } from "./network-policies";

export const gke: Framework = {
  key: "gke",
  name: "CIS Google GKE 1.9",
  version: "1.9.0",
  about:
    "For clusters that Google GKE runs. Controls map to recommendations; none of them is the benchmark's own audit. What only the account of the provider shows is not assessed. A result is evidence for an assessor.",
  asOf: "2026-11",
  source: "CIS Google Kubernetes Engine Benchmark 1.9.0, by the ids that kube-bench uses for it. The same number means something else in CIS Kubernetes.",
  leftOut: "Sections 1 and 2 have no recommendation: the provider runs the control plane. Edition 2.0.0 is out; this list is still that of 1.9.0.",
  platform: "gke",
  columns: [],
  clauses: [
    ...clauseGroup(
      "3.1 Files of worker nodes",
      {
        "3.1.1": "kube-proxy kubeconfig: mode 644 or stricter",
        "3.1.2": "kube-proxy kubeconfig: owned by root",
        "3.1.3": "Kubelet configuration: mode 644 or stricter",
        "3.1.4": "Kubelet configuration: owned by root",
      },
      NODE_FILES,
    ),
    ...clauseGroup("4.1 RBAC and service accounts", {
      "4.1.1": { title: "cluster-admin only where it is needed", follows: ["5.1.1"] },
      "4.1.2": { title: "Few can read Secrets", follows: ["5.1.2"] },
      "4.1.3": { title: "Few wildcards in roles", follows: ["5.1.3"] },
      "4.1.4": { title: "Default service accounts are not used", follows: ["5.1.5"] },
      "4.1.5": { title: "Service account tokens only where they are needed", follows: ["5.1.6"] },
      "4.1.6": { title: "Nobody in system:masters", follows: ["5.1.7"], rest: MASTERS_REST },
      "4.1.7": { title: "Few can bind, impersonate or escalate", follows: ["5.1.8"] },
      "4.1.8": { title: "Nothing is bound to anonymous requests", controls: ["rbac-anonymous-binding"], parts: [toPart("subject", "system:anonymous")] },
      "4.1.9": {
        title: "Nothing of your own is bound to unauthenticated requests",
        controls: ["rbac-anonymous-binding"],
        parts: [toPart("subject", "system:unauthenticated")],
      },
      "4.1.10": { title: "Nothing of your own is bound to everybody who signs in", controls: ["rbac-authenticated-binding"] },
    }),
    ...clauseGroup("4.2 Pod security", {
      "4.2.1": { title: "Every namespace enforces baseline or stricter", controls: ["psa-enforce-missing"], rest: LEVEL_REST },
    }),
    ...clauseGroup("4.3 Network policies", {
      "4.3.1": { title: "The network plugin enforces policies", follows: ["5.3.1"] },
      "4.3.2": NAMESPACES_HAVE_POLICIES,
    }),
    ...clauseGroup("4.4 Secrets", {
      "4.4.1": { title: "Secrets as files, not as environment variables", follows: ["5.4.1"] },
      "4.4.2": { title: "Secrets in an external store", follows: ["5.4.2"] },
    }),
    ...clauseGroup("4.5 Admission", { "4.5.1": { title: "Where images come from is verified on admission", follows: ["5.5.1"] } }),
    ...clauseGroup("4.6 General", {
      "4.6.1": { title: "Namespaces draw administrative bounds", follows: ["5.6.1"], rest: BOUNDS_REST },
      "4.6.2": { title: "A seccomp profile in pod definitions, such as the runtime's", follows: ["5.6.2"] },
      "4.6.3": { title: "Security contexts in pods and containers", follows: ["5.6.3"] },
      "4.6.4": { title: "The default namespace is not used", follows: ["5.6.4"] },
    }),
    ...GKE_SERVICE,
  ],
};
