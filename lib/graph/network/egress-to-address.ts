import { isInCidr } from "../../inventory/ip-address";
import { isRecord, text, texts } from "../../model/json";
import type { Answer } from "../reason";
import type { AdminTier } from "./admin-policy";
import { decide } from "./decision";
import { askFirewallsOf } from "./egress-firewall";
import type { Endpoint, Target } from "./endpoint";
import { foreignIsolation } from "./foreign-policies";
import { decideHost } from "./decide-direction";
import { OUTSIDE } from "./endpoints";
import { toSide } from "./side";
import { matchesPort } from "./match-port";
import type { PolicyRule } from "./policy";
import { askGap } from "./policy-gaps";
import { listAdmin, listIsolating, type PolicyIndex } from "./policy-index";

/**
 * Selectors name pods, and no pod has an address of the link: only ranges and rules without peers let it through. A name of a port
 * is looked up on the pod that receives, and there is none.
 */
function allowsAddress(rule: PolicyRule, address: string, target: Target, self: Endpoint): boolean {
  const nobody = { ...self, namedPorts: [] };
  if (rule.ports !== null && !rule.ports.some((item) => matchesPort(item, target, nobody) === true)) return false;
  if (rule.peers === null) return true;
  return rule.peers.some((peer) => {
    if (!isRecord(peer.ipBlock)) return false;
    return isInCidr(address, text(peer.ipBlock.cidr) ?? "") && !texts(peer.ipBlock.except).some((cidr) => isInCidr(address, cidr));
  });
}

function decideTier(index: PolicyIndex, tier: AdminTier, self: Endpoint, address: string): Answer | null {
  for (const policy of listAdmin(index, tier, self, "egress")) {
    for (const rule of policy.rules.egress) {
      if (!rule.peers.some((peer) => texts(peer.networks).some((cidr) => isInCidr(address, cidr)))) continue;
      if (rule.action === "Pass") return null;
      const path = `spec.egress[${rule.index}]`;
      if (rule.ports !== null || rule.action === "unknown")
        return decide(
          null,
          `A rule of ${policy.object.ref.kind} ${policy.object.ref.name} for this address could not be interpreted.`,
          policy.object.ref,
          path,
        );
      return decide(rule.action === "Accept", `${policy.object.ref.kind} ${policy.object.ref.name} decides it.`, policy.object.ref, path);
    }
  }
  return null;
}

/** Whether declared policies let a pod connect to an address outside the pod network; `because` names every rule that allows it. */
export function decideEgressToAddress(index: PolicyIndex, self: Endpoint, address: string, target: Target): Answer {
  const answer = decideByPolicies(index, self, address, target);
  return answer.allowed === true ? (askFirewallsOf(address, index.foreign.firewalls, index.gaps, self) ?? answer) : answer;
}

function decideByPolicies(index: PolicyIndex, self: Endpoint, address: string, target: Target): Answer {
  if (self.isHostNetwork) return decideHost(toSide(index, self, "egress"), OUTSIDE, target);
  const { gaps } = index;
  const early = askGap(gaps.admin ?? gaps.antrea ?? gaps.calico ?? gaps.cilium);
  if (early) return early;
  const foreign = foreignIsolation(index.foreign, gaps, self, "egress");
  if (foreign) return decide(null, `${foreign.reason} Its ranges of addresses are not compared.`, foreign.by[0]);
  const admin = decideTier(index, "Admin", self, address);
  if (admin) return admin;
  const isolating = listIsolating(index, self, "egress");
  if (isolating.length === 0)
    return askGap(gaps.baseline) ?? decideTier(index, "Baseline", self, address) ?? decide(true, "No policy isolates the pod for egress.", self.ref);
  const open = isolating.flatMap((policy) =>
    policy.rules.egress.flatMap((rule, i) =>
      allowsAddress(rule, address, target, self)
        ? [{ message: `NetworkPolicy ${policy.object.ref.name} allows it.`, object: policy.object.ref, path: `spec.egress[${i}]` }]
        : [],
    ),
  );
  if (open.length > 0) return { allowed: true, because: open };
  return decide(false, `NetworkPolicy ${isolating.map((policy) => policy.object.ref.name).join(", ")} keeps the pod from it.`, isolating[0]?.object.ref);
}
