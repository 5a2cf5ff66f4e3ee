import { engineWebhook, namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import { kyverno } from "../testing-pod-security-guards";
import { askedOfKyverno, ENFORCE, needsBaseline, open, TARGET } from "../testing-tried-guards";
import control from "./psa-enforce-missing";

const PLACE = { [ENFORCE]: undefined, "pod-security.kubernetes.io/enforce-version": undefined, team: "payments" };
const matching = (resources: object) => kyverno({}, { match: { any: [{ resources }] } });
const sparing = (item: object) => kyverno({}, { exclude: { any: [item] } });
const ofKinds = (...kinds: string[]) => matching({ kinds });
const askedOfTeam = [namespace({ labels: PLACE }), needsBaseline, engineWebhook("kyverno")];

/** What rules of Kyverno say of the pods that they are about, as Kyverno reads it. */
describeControl(control, {
  fails: [
    ...["apps/v1/*", "batch/*/*", "apps/v1/Pod", "v2/Pod", "apps/*", "Pod/exec", "v1/Pod.exec", "*/exec", "*/*/Pod"].map((kind) => ({
      name: `a rule about ${kind}`,
      objects: [...askedOfKyverno, ofKinds(kind)],
    })),
    ...[{ team: "*" }, { team: "pay*" }, { "te?m": "payments" }].map((matchLabels) => ({
      name: `a rule that leaves out namespaces with labels like ${JSON.stringify(matchLabels)}`,
      objects: [...askedOfTeam, sparing({ resources: { namespaceSelector: { matchLabels } } })],
    })),
    ...[{ team: "?" }, { "*": "shop-*" }].map((matchLabels) => ({
      name: `a rule about namespaces with labels like ${JSON.stringify(matchLabels)}`,
      objects: [...askedOfTeam, matching({ kinds: ["Pod"], namespaceSelector: { matchLabels } })],
    })),
  ],
  passes: [
    ...["v1/Pod", "/v1/Pod", "*/Pod", "P*", "v1/*", "*/*", "*/*/*/*", "Pod/*"].map((kind) => ({
      name: `a rule about ${kind}`,
      objects: [...askedOfKyverno, ofKinds(kind)],
    })),
    ...["apps/v1/*", "Pod/exec"].map((kind) => ({
      name: `a rule that leaves out ${kind}`,
      objects: [open, engineWebhook("kyverno"), sparing({ resources: { kinds: [kind] } })],
      target: TARGET,
    })),
    ...[{ team: "?*" }, { "*": "payments" }].map((matchLabels) => ({
      name: `a rule about namespaces with labels like ${JSON.stringify(matchLabels)}`,
      objects: [...askedOfTeam, matching({ kinds: ["Pod"], namespaceSelector: { matchLabels } })],
    })),
    { name: "a rule that leaves out administrators of the cluster", objects: [...askedOfKyverno, sparing({ clusterRoles: ["cluster-admin", "admin"] })] },
    {
      name: "a rule that leaves out who is somebody and has a role",
      objects: [...askedOfKyverno, sparing({ clusterRoles: ["edit"], subjects: [{ kind: "User", name: "a" }] })],
    },
  ],
  unknown: ["edit", "system:basic-user"].map((role) => ({
    name: `a rule that leaves out whoever has the role ${role}`,
    objects: [...askedOfKyverno, sparing({ clusterRoles: ["other", role] })],
    reason: "ClusterPolicy pod-security may refuse pods here that take over a node, but conditions, labels, names or people choose what it sees.",
  })),
});
