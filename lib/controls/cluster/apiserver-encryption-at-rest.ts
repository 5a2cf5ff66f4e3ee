import { controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl, weakness } from "../define";

const FLAG = "encryption-provider-config";

export default defineControl({
  id: "apiserver-encryption-at-rest",
  layer: "cluster",
  severity: "high",
  title: "The API server is configured to encrypt Secrets at rest",
  failure: "does not configure its API server to encrypt Secrets at rest",
  why: "Without encryption every Secret can be read in the files of etcd, in its snapshots and in every backup of a control plane disk.",
  action: "Encrypt Secrets at rest",
  fix: flagsFix(
    "Give the API server an EncryptionConfiguration (--encryption-provider-config) whose first provider for secrets is KMS v2 or secretbox, and whose last is identity, without which Secrets that are stored already cannot be read. Restart it, and write all Secrets once more: `kubectl get secrets -A -o json | kubectl replace -f -`. Of several API servers, one without the key cannot read what another has encrypted: give it to all before new Secrets are made. K3s does this by itself on servers that are started with --secrets-encryption.",
    "kube-apiserver",
  ),
  verify: flagsCommand("kube-apiserver", "--encryption-provider-config"),
  lookFor: flagsLookFor("No `--encryption-provider-config`, or on K3s no `--secrets-encryption`: Secrets are stored as they are."),
  tips: ["S1"],
  frameworks: { cis: ["1.2.27"], nsa: ["EN", "SE"], mitre: ["T1552"], owasp: ["K03"] },
  references: ["https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/"],
  aliases: ["apiserver-encryption-config"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => {
    const plane = context.view(controlPlaneView);
    const outcome = componentAnswer(plane, "kube-apiserver", (instance) =>
      instance.flags.get(FLAG) ? [] : [flagWeakness(instance, FLAG, "No encryption configuration is set.")],
    );
    if ("state" in outcome || outcome.length > 0) return outcome;
    const [instance] = [...plane.of("kube-apiserver"), ...plane.given.of("kube-apiserver")];
    const written = instance?.flags.get(FLAG);
    return {
      state: "pass",
      notes: written ? [weakness(written.path, `--${FLAG}=${written.value}`, "Which provider comes first is in a file that the API does not show.")] : [],
    };
  },
  remedy: null,
});
