import { createdAtOf } from "../../inventory/nodes/node-pools";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { DAY_MS } from "../../model/day-ms";

export default defineControl({
  id: "bootstrap-token-active",
  layer: "cluster",
  severity: "medium",
  title: "Bootstrap tokens are deleted after use",
  failure: "is a bootstrap token that may still be valid",
  why: "Whoever holds a bootstrap token can join a machine of their own to the cluster as a node, and then receives the Secrets of pods that are scheduled there.",
  action: "Delete bootstrap tokens that were used",
  fix: "Delete the token once the node has joined; make a new one for each join.",
  verify:
    "kubectl -n kube-system get secrets --field-selector type=bootstrap.kubernetes.io/token -o go-template='{{range .items}}{{.metadata.name}} made {{.metadata.creationTimestamp}} ends {{with .data.expiration}}{{. | base64decode}}{{else}}never{{end}}{{\"\\n\"}}{{end}}'",
  lookFor: "A token that was made more than a day ago, above all one that never ends. No output: there is no bootstrap token.",
  tips: ["S1"],
  frameworks: { cis: ["3.1.3"], nsa: ["AU"], mitre: ["T1078"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/"],
  subject: "secret",
  reads: [],
  check: (secret, { observedAt }) => {
    if (secret.body.type !== "bootstrap.kubernetes.io/token" || secret.ref.namespace !== "kube-system") return notApplicable("It is no bootstrap token.");
    const createdAt = createdAtOf(secret);
    const ageMs = createdAt ? Date.parse(observedAt) - Date.parse(createdAt) : Number.NaN;
    if (Number.isNaN(ageMs)) return unknown("The token does not say when it was made.");
    return ageMs > DAY_MS
      ? [
          weakness(
            "metadata.creationTimestamp",
            createdAt,
            "It is older than a day, the usual life of a token. When it expires is in its data, which is not read.",
          ),
        ]
      : [];
  },
  remedy: (secret) => ({ ops: [], remove: [secret.ref], risk: "may-break", note: "A node that is just joining needs a new token." }),
});
