import type { Direction } from "../../graph/network/endpoint";
import { isEveryPort, type PolicyRule, toPolicy } from "../../graph/network/policy";
import { isEmptySelector } from "../../inventory/labels/label-selector";
import { isRecord } from "../../model/json";
import type { Severity } from "../../model/severity";
import { defineControl, type Weakness, weakness } from "../define";
import { set } from "../remedies/ops";

const PEERS = { ingress: "from", egress: "to" } as const;

function rateRule(rule: PolicyRule, isForAllPods: boolean): { readonly severity: Severity; readonly what: string } | null {
  if (!isEveryPort(rule)) return null;
  if (rule.peers === null) return { severity: isForAllPods ? "high" : "medium", what: "any peer on any port" };
  const isEveryNamespace = rule.peers.some(
    (peer) => isRecord(peer.namespaceSelector) && isEmptySelector(peer.namespaceSelector) && isEmptySelector(peer.podSelector) && !isRecord(peer.ipBlock),
  );
  return isEveryNamespace ? { severity: "low", what: "every pod of every namespace on any port" } : null;
}

export default defineControl({
  id: "netpol-allow-all",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "Network policies name the peers or the ports that they allow",
  failure: "allows everything",
  why: "Policies only add up. One rule without peers and ports opens its pods whatever other policies leave out; for all pods of a namespace it cancels the default deny.",
  action: "Name peers and ports in policies that allow all",
  fix: "Give the rule `from` or `to`, and `ports`: only the peers that really connect.",
  verify: "kubectl get networkpolicy NAME -n NAMESPACE -o yaml",
  lookFor: "`- {}` under `ingress` or `egress`: any peer, any port. `namespaceSelector: {}` alone, in a rule without `ports`: every pod, any port.",
  tips: ["S2"],
  frameworks: { nsa: ["NP"], mitre: ["T1210"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-ingress-traffic"],
  subject: "network-policy",
  reads: [],
  check: (object) => {
    const policy = toPolicy(object);
    const isForAllPods = isEmptySelector(policy.podSelector);
    return (["ingress", "egress"] as const).flatMap((direction: Direction) =>
      (policy.isolates[direction] ? policy.rules[direction] : []).flatMap((rule, index): readonly Weakness[] => {
        const rated = rateRule(rule, isForAllPods);
        if (!rated) return [];
        const message = `Rule ${index} of ${direction} allows ${rated.what}${isForAllPods ? ", for every pod of the namespace" : ""}.`;
        return [
          weakness(
            `spec.${direction}[${index}]`,
            { ...(rule.peers && { [PEERS[direction]]: rule.peers }), ...(rule.ports && { ports: rule.ports }) },
            message,
            {
              severity: rated.severity,
              hint: direction,
            },
          ),
        ];
      }),
    );
  },
  remedy: (_object, weaknesses) => {
    const ops = weaknesses.map((w) => set(`${w.path}.${PEERS[w.hint as Direction]}`, [{ podSelector: {} }])); // safe: the hint of this control is the direction
    return { ops, risk: "may-break", note: "A start: only pods of the same namespace stay allowed. Name the other peers that connect." };
  },
});
