import type { Answer, Reason } from "../reason";
import { apiGroup } from "../../model/resource-ref";
import { decideOn } from "./decide-direction";
import type { Endpoint, Target } from "./endpoint";
import { OUTSIDE } from "./endpoints";
import { matchPeer } from "./match-peer";
import { matchesPort } from "./match-port";
import type { PolicyIndex } from "./policy-index";
import { toSide, type Side } from "./side";

/** Every rule of a NetworkPolicy, or of one of EKS beside it, that lets a pod connect to what is outside. */
function listAllowing({ isolating }: Side, outside: Endpoint, target: Target): readonly Reason[] {
  return isolating.flatMap((policy) =>
    policy.rules.egress.flatMap(({ peers, ports }, i): readonly Reason[] => {
      const isPort = ports === null || ports.some((item) => matchesPort(item, target, outside) === true);
      const isPeer = peers === null || peers.some((peer) => matchPeer(peer, policy.namespace, outside) === "yes");
      if (!isPort || !isPeer) return [];
      return [{ message: `${policy.object.ref.kind} ${policy.object.ref.name} allows it.`, object: policy.object.ref, path: `spec.egress[${i}]` }];
    }),
  );
}

/** Whether declared policies let a pod connect to an address that no pod has. */
export function decideEgressToAddress(index: PolicyIndex, self: Endpoint, address: string, target: Target): Answer {
  return decideSideToAddress(toSide(index, self, "egress"), address, target);
}

/** The same of what decides for the pod, gathered once for several addresses; `because` names every rule of a NetworkPolicy that allows it. */
export function decideSideToAddress(side: Side, address: string, target: Target): Answer {
  const outside: Endpoint = { ...OUTSIDE, address };
  const answer = decideOn(side, outside, target);
  const object = answer.because[0]?.object;
  const isByRule = answer.allowed === true && object?.kind === "NetworkPolicy" && apiGroup(object) === "networking.k8s.io";
  return isByRule ? { allowed: true, because: listAllowing(side, outside, target) } : answer;
}
