import { expect, test } from "vitest";
import type { KindCoverage } from "@/lib/model/coverage";
import { toFindLost } from "./find-unread";

const entry = (group: string, kind: string, status: KindCoverage["status"]): KindCoverage => {
  return { group, version: "v1", resource: kind.toLowerCase(), kind, status, objects: 0, ...(status !== "read" && { reason: `${group} was refused.` }) };
};

test("a kind that is refused loses none of the same name of another group", () => {
  for (const group of ["projectcalico.org", "crd.antrea.io"]) {
    const findLost = toFindLost([entry("networking.k8s.io", "NetworkPolicy", "read"), entry(group, "NetworkPolicy", "forbidden")]);
    expect(findLost("networking.k8s.io/NetworkPolicy"), group).toBe(null);
    expect(findLost(`${group}/NetworkPolicy`)?.group).toBe(group);
  }
});

test("of policies that stand for themselves only the refused kind is lost, in each group that serves it", () => {
  const findLost = toFindLost([
    entry("cilium.io", "CiliumNetworkPolicy", "read"),
    entry("projectcalico.org", "NetworkPolicy", "read"),
    entry("crd.projectcalico.org", "NetworkPolicy", "forbidden"),
  ]);
  expect(findLost("cilium.io/CiliumNetworkPolicy")).toBe(null);
  expect(findLost("projectcalico.org/NetworkPolicy")?.group).toBe("crd.projectcalico.org");
});

test("a slice that is missing with one of its kinds loses them all", () => {
  const rights = ["Role", "ClusterRole"].map((kind) => entry("rbac.authorization.k8s.io", kind, kind === "Role" ? "forbidden" : "read"));
  expect(toFindLost(rights)("rbac.authorization.k8s.io/ClusterRole")?.kind).toBe("Role");
});

test("what rights tell of an account is lost with them, not with the account", () => {
  const findLost = toFindLost([entry("", "ServiceAccount", "forbidden"), entry("rbac.authorization.k8s.io", "Role", "read")]);
  expect(findLost("/ServiceAccount default-sa-automount")?.kind).toBe("ServiceAccount");
  expect(findLost("/ServiceAccount rbac-secrets-read")).toBe(null);
  const withoutRights = toFindLost([entry("", "ServiceAccount", "forbidden"), entry("rbac.authorization.k8s.io", "Role", "forbidden")]);
  expect(withoutRights("/ServiceAccount rbac-secrets-read")?.kind).toBe("Role");
});

test("roots of custom kinds are lost with pods alone, whatever else has their name", () => {
  const roots = ["kubevirt.io/VirtualMachineInstance", "acme.io/Policy"];
  const findLost = toFindLost([entry("kyverno.io", "Policy", "forbidden"), entry("", "Pod", "read")]);
  expect([...roots, "kyverno.io/Policy"].map((key) => findLost(key)?.kind ?? null)).toEqual([null, null, "Policy"]);
  expect(roots.map((key) => toFindLost([entry("", "Pod", "forbidden")])(key)?.kind)).toEqual(["Pod", "Pod"]);
});

test("says of kinds that a later release asks for that nobody asked, and nothing else of what is read with them", () => {
  const constraints = "constraints.gatekeeper.sh";
  const then = [entry("traefik.io", "Middleware", "read"), entry(constraints, "Constraint", "absent")];
  const later = [entry("traefik.io", "Middleware", "read"), entry("traefik.io", "TLSOption", "read"), entry(constraints, "K8sAllowedRepos", "read")];
  const findLost = toFindLost(then, later);
  expect(["TLSOption", "Middleware"].map((kind) => findLost(`traefik.io/${kind}`)?.status)).toEqual(["not-requested", undefined]);
  expect([findLost(`${constraints}/K8sAllowedRepos`), toFindLost(then)("traefik.io/TLSOption")]).toEqual([null, null]);
});

test("takes what is never listed for no kind that nobody asked for: objects of it are roots of pods, which were told before", () => {
  const key = "kubevirt.io/VirtualMachineInstance";
  const later = [entry("", "Pod", "read"), entry("kubevirt.io", "VirtualMachineInstance", "left-out"), entry("kubevirt.io", "VirtualMachine", "read")];
  const findLost = toFindLost([entry("", "Pod", "read")], later);
  expect([findLost(key), toFindLost(later)(key), findLost("kubevirt.io/VirtualMachine")?.status]).toEqual([null, null, "not-requested"]);
});
