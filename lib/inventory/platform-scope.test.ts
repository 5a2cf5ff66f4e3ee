import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "./inventory";
import { createScopeOf, isPlatformNamespace } from "./platform-scope";
import { clusterRole } from "./testing";
import { toResourceRef } from "../model/resource-ref";

describe("platform namespaces", () => {
  test.each([
    ["kube-system", true],
    ["kube-system-tools", false],
    ["gke-managed-cim", true],
    ["amazon-cloudwatch", true],
    ["cilium", true],
    ["cilium-secrets", true],
    ["calico-system", true],
    ["calico-system-2", false],
    ["openshift-monitoring", true],
    ["openshift", true],
    ["openshifter", false],
    ["cattle-fleet-system", true],
    ["cattle", false],
    ["cnrm-system", true],
    ["aks-istio-ingress", true],
    ["aks-shop", false],
    ["ibm-observe", true],
    ["ibm-mq", false],
    ["vmware-system-csi", true],
    ["k0s-autopilot", true],
    ["harvester-system", true],
    ["shop", false],
    ["", false],
  ])("%s: %s", (namespace, expected) => {
    expect(isPlatformNamespace(namespace, DEFAULT_SETTINGS)).toBe(expected);
  });

  test("are those of the settings as well, by name or by prefix; a lone star is none", () => {
    const settings = { platformNamespaces: ["monitoring", "infra-*", "*"] };
    expect(["monitoring", "monitoring-2", "infra-dns", "shop"].map((name) => isPlatformNamespace(name, settings))).toEqual([true, false, true, false]);
  });
});

describe("the scope of an object", () => {
  const scopeOf = createScopeOf(DEFAULT_SETTINGS, null);
  const of = (body: Parameters<typeof toResourceRef>[0] & object) => scopeOf(toResourceRef(body), body as never);

  test("is that of its namespace, also for the namespace itself", () => {
    expect(of({ kind: "Namespace", metadata: { name: "kube-system" } })).toBe("platform");
    expect(of({ kind: "Service", metadata: { name: "dns", namespace: "kube-system" } })).toBe("platform");
    expect(of({ kind: "Service", metadata: { name: "dns" } })).toBe("workload");
    expect(of({ kind: "Node", metadata: { name: "kube-system" } })).toBe("workload");
  });

  test("of an RBAC object is not platform by a name and a label alone", () => {
    expect(
      of(
        clusterRole({
          name: "system:basic-user",
          labels: { "kubernetes.io/bootstrapping": "rbac-defaults" },
          rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
        }),
      ),
    ).toBe("workload");
  });
});
