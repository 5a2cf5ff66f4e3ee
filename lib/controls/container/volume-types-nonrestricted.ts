import type { Severity } from "../../model/severity";
import { restrictedVolumes } from "../../pod-security/checks/restricted-volumes";
import { judgeCheck } from "../../pod-security/judge-check";
import { record, text } from "../../model/json";
import { readPath } from "../../model/field-path";
import { defineControl } from "../define";
import { remove, set } from "../remedies/ops";

export default defineControl({
  id: "volume-types-nonrestricted",
  layer: "container",
  severity: "low",
  maxSeverity: "high",
  title: "Pods use only the volume types of the restricted level",
  failure: "uses a volume type outside the restricted list",
  why: "Other types let the author of a pod name storage servers, devices or drivers directly, past what the storage administrator offers. gitRepo has let a repository run code as root on the node.",
  action: "Replace volume types outside the restricted list",
  fix: "Put the storage behind a PersistentVolumeClaim. In place of gitRepo clone into an emptyDir with an init container.",
  verify:
    'kubectl get pods -A -o json | jq -r \'.items[] | [.metadata.namespace, .metadata.name, ([.spec.volumes[]? | keys[] | select(IN("name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret") | not)] | unique | join(","))] | select(.[2] != "") | @tsv\'',
  lookFor: "Namespace, pod, and its types outside the restricted list. No output: none uses any.",
  tips: ["S4"],
  frameworks: { pss: ["restricted/restrictedVolumes"], nsa: ["PE"], mitre: ["T1611"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/", "https://kubernetes.io/docs/concepts/storage/persistent-volumes/"],
  subject: "workload",
  reads: [],
  subsumedBy: ["runtime-socket-mount", "hostpath-sensitive", "hostpath-volume"],
  check: ({ pod }, context) => {
    const outcome = judgeCheck(restrictedVolumes, pod, context.kubeVersion);
    if ("state" in outcome) return outcome;
    return outcome.map((violation) => ({ ...violation, severity: (violation.path.endsWith(".gitRepo") ? "high" : "low") satisfies Severity }));
  },
  remedy: ({ pod }, weaknesses) => ({
    ops: weaknesses.flatMap(({ path }) => {
      const volume = path.slice(0, path.lastIndexOf("."));
      const name = text(record(readPath(pod.spec, volume.slice(pod.path.length + 1))).name) ?? "data";
      const isScratch = path.endsWith(".gitRepo") || path.endsWith(".hostPath");
      return [remove(path), isScratch ? set(`${volume}.emptyDir`, { sizeLimit: "1Gi" }) : set(`${volume}.persistentVolumeClaim`, { claimName: name })];
    }),
    risk: "may-break",
    note: "Create the claim over the same storage first; an emptyDir starts empty.",
  }),
});
