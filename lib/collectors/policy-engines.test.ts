import { expect, it } from "vitest";
import { policyEnginesCollector } from "./policy-engines";

const kept = (object: object) => policyEnginesCollector.project?.({ ...object });

it("keeps of a constraint's status who enforces it, not what an audit finds and dates anew each minute", () => {
  const constraint = { apiVersion: "constraints.gatekeeper.sh/v1beta1", kind: "K8sAllowedRepos", metadata: { name: "repos" }, spec: { match: {} } };
  const byPod = [{ id: "gatekeeper-0", enforced: true, observedGeneration: 1 }];
  const audit = { auditTimestamp: "2026-11-26T10:00:00Z", totalViolations: 1, violations: [{ kind: "Pod", name: "web", message: "No." }] };
  expect(kept({ ...constraint, status: { ...audit, byPod } })).toEqual({ ...constraint, status: { byPod } });
  expect(kept({ ...constraint, status: audit })).toEqual(constraint);
  const policy = { apiVersion: "kyverno.io/v1", kind: "ClusterPolicy", metadata: { name: "repos" }, status: { ready: false } };
  expect(kept(policy)).toEqual(policy);
});
