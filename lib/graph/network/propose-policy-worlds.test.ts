import { fc } from "../../model/testing-properties";
import { expect, test } from "vitest";
import { record } from "../../model/json";
import { decideConnection } from "./answer-connection";
import { decideDirection } from "./decide-direction";
import type { Endpoint } from "./endpoint";
import { endpointsView, toUnseenEndpoint } from "./endpoints";
import { listEgressNeeds } from "./list-egress-needs";
import { CALLERS, listIngressNeeds } from "./list-ingress-needs";
import { matchPeer } from "./match-peer";
import { policyIndexView } from "./policy-index";
import { type PolicyNeed, toPeerList } from "./policy-need";
import { proposeForWorkload } from "./propose-policy";
import { toSide } from "./side";
import { contextOf, proofOf, worlds } from "./testing-worlds";

test("in any world, what objects ask for stays allowed, nothing opens, and the rest of what was open closes", async () => {
  await fc.assert(
    fc.asyncProperty(worlds("every"), fc.constantFrom(...CALLERS), async (objects, callers) => {
      const context = contextOf(objects);
      const before = context.view(policyIndexView);
      const outside = toUnseenEndpoint("external", new Map());
      const pods = [...context.view(endpointsView).values()].flat();
      for (const workload of context.slices.workloads) {
        const proposal = proposeForWorkload(context, workload, callers);
        const [policy] = proposal.policies;
        const own = context.view(endpointsView).get(`${workload.ref.namespace}/${workload.ref.kind}/${workload.ref.name}`)?.[0];
        if (!policy || !own || !outside) continue;
        const proof = await proofOf(context, proposal);
        expect(proof.cut).toEqual([]);
        expect(proof.opened).toBe(0);
        const after = contextOf([...objects, policy.body]).view(policyIndexView);
        const needs = policy.targets.flatMap((ref) => {
          const target = context.slices.workloads.find((one) => one.ref === ref);
          return target ? [...listIngressNeeds(context, target, callers), ...listEgressNeeds(context, target, callers)] : [];
        });
        const types = new Set(record(policy.body.spec).policyTypes as string[]);
        for (const other of [...pods, outside])
          for (const direction of ["ingress", "egress"] as const)
            for (const port of [1, 53, 80, 5432, 8080, 8081, 9100])
              for (const protocol of ["TCP", "UDP"]) {
                const [from, to] = direction === "ingress" ? [other, own] : [own, other];
                const was = decideConnection(before, from, to, { port, protocol }).allowed;
                // The other end may be selected too: only this end's say is the policy's promise.
                const is = decideDirection(after, own, other, direction, { port, protocol }).allowed;
                const isNeeded = needs.some((need) => asks(need, direction, own.namespace, other, to, port, protocol));
                if (was === true && isNeeded) expect(is).not.toBe(false);
                if (was === false) expect(decideConnection(after, from, to, { port, protocol }).allowed).toBe(false);
                // An Admin tier that accepts has the last word.
                const isOurs = types.has(direction === "ingress" ? "Ingress" : "Egress") && toSide(after, own, direction).admin.Admin.length === 0;
                if (is === true && !isNeeded && isOurs)
                  throw new Error(`${from.ref.name} to ${to.ref.name} on ${protocol} ${port} stays open, and nothing asks for it`);
              }
      }
    }),
    { numRuns: 60 },
  );
}, 300_000);

function asks(need: PolicyNeed, direction: string, namespaceName: string, other: Endpoint, receiver: Endpoint, port: number, protocol: string): boolean {
  if (need.direction !== direction) return false;
  const isPort =
    need.ports === null ||
    need.ports.some((item) =>
      item.protocol === protocol && typeof item.port === "number"
        ? item.port === port
        : receiver.namedPorts.some((named) => named.name === item.port && named.port === port && named.protocol === protocol),
    );
  const peers = toPeerList(need.peers, namespaceName, false);
  return isPort && (peers === null || peers.some((peer) => matchPeer(peer, namespaceName, other) === "yes"));
}
