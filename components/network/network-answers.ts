import type { NetworkFrame, NetworkMatrixResponse, NetworkPairResponse, NetworkPolicyResponse, NetworkWorkloadResponse } from "@/lib/contracts/network";
import { endWords, networkMatrixTitle, networkPairTitle, networkPolicyTitle, networkWorkloadTitle } from "@/lib/format/network-titles";

/** The titles of the views of the network. */
function answer({ notAssessed }: NetworkFrame, title: string): string {
  return notAssessed ? "Who reaches whom was not assessed" : title;
}

export function networkMatrixAnswer(matrix: NetworkMatrixResponse): string {
  return answer(matrix, networkMatrixTitle(matrix.namespaces, matrix.counts));
}

export function networkPairAnswer(pair: NetworkPairResponse): string {
  const [from, to] = [endWords(pair.from), endWords(pair.to)];
  return answer(pair, networkPairTitle(from, from === to ? "itself" : to, pair.cell));
}

export function networkWorkloadAnswer(view: NetworkWorkloadResponse): string {
  const { workload } = view;
  const name = workload ? `${workload.ref.namespace}/${workload.ref.name}` : "";
  return answer(
    view,
    workload ? networkWorkloadTitle(name, workload.ingress, workload.egress, workload.isHostNetwork) : "Who reaches a workload, and what it reaches",
  );
}

export function networkPolicyAnswer(view: NetworkPolicyResponse): string {
  const { asked, proposal, policies } = view;
  const [namespace, , own] = asked.workload?.split("/") ?? [];
  const name = own === undefined ? (asked.namespace ?? "") : `${namespace}/${own}`;
  return answer(
    view,
    proposal ? networkPolicyTitle(name, proposal.policyCount, proposal.proof, policies.gaps.length === 0) : "A policy that closes unneeded connections",
  );
}
