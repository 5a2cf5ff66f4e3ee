import { isRecord, list, record, records } from "../../model/json";
import { hostPathVolumes } from "../../pod-security/checks/host-path-volumes";
import { judgeRule } from "../../pod-security/judge-check";
import { findRule } from "../../pod-security/check";
import { defineControl } from "../define";
import { remove, set } from "../remedies/ops";

export default defineControl({
  id: "hostpath-volume",
  layer: "container",
  severity: "medium",
  maxSeverity: "high",
  title: "Pods do not mount directories of their node",
  failure: "has a hostPath volume",
  why: "A hostPath volume exposes files that the node and other pods use: with write access the pod can change them, with read access it learns from them.",
  action: "Replace hostPath volumes",
  fix: "Replace `hostPath` with `emptyDir` for scratch data, a claim for data that must stay, or a `configMap` or `projected` volume for configuration.",
  verify:
    "kubectl get pods -A -o custom-columns='NAMESPACE:.metadata.namespace,POD:.metadata.name,HOSTPATHS:.spec.volumes[*].hostPath.path' | grep -v '<none>$'",
  lookFor: "Each pod listed, with the directories of its node under HOSTPATHS. No output but the heads of the columns: none mounts any.",
  tips: ["S4"],
  frameworks: { pss: ["baseline/hostPathVolumes"], cis: ["5.2.11"], nsa: ["PE"], mitre: ["T1611"], mstm: ["MS-TA9013"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#hostpath", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  subject: "workload",
  reads: [],
  subsumedBy: ["runtime-socket-mount", "hostpath-sensitive"],
  check: ({ pod, containers }) => {
    const writable = new Set(
      containers.flatMap((container) =>
        records(container.spec.volumeMounts)
          .filter((mount) => mount.readOnly !== true)
          .map((mount) => mount.name),
      ),
    );
    return judgeRule(pod, (admitted) =>
      (findRule(hostPathVolumes, 0)?.(admitted) ?? []).map((violation) => ({
        ...violation,
        severity: writable.has(violation.on) ? ("high" as const) : ("medium" as const),
      })),
    );
  },
  remedy: ({ pod }) => ({
    ops: list(pod.spec.volumes).flatMap((volume, i) =>
      !isRecord(record(volume).hostPath) ? [] : [remove(pod.at(`volumes[${i}].hostPath`)), set(pod.at(`volumes[${i}].emptyDir`), { sizeLimit: "1Gi" })],
    ),
    risk: "may-break",
    note: "An emptyDir starts empty and goes with the pod: use a claim for data that must stay.",
  }),
});
