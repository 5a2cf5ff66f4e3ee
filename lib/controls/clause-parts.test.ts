import { expect, it } from "vitest";
import { judge } from "../engine/judge";
import { FRAMEWORK_KEYS, FRAMEWORKS } from "../frameworks/frameworks";
import { everywhere } from "../graph/rbac/testing";
import { buildInventory } from "../inventory/build-inventory";
import { WHOLE_CLUSTER } from "../inventory/testing-context";
import { clusterRole, clusterRoleBinding, configMap, deployment, namespace } from "../inventory/testing";
import { componentPod, controlPlaneNode } from "../inventory/nodes/testing-control-plane";
import type { JsonRecord } from "../model/json";
import { listControls } from "./registry";

const observedAt = "2026-11-25T00:00:00Z";

function listChecks(objects: readonly JsonRecord[]): readonly string[] {
  const inventory = buildInventory([controlPlaneNode(), ...objects], { ...WHOLE_CLUSTER, observedAt });
  const failing = [...judge(inventory, listControls())].filter(({ state }) => state === "fail");
  return failing.flatMap(({ evidence }) => evidence.flatMap(({ check }) => check ?? []));
}

const ANONYMOUS = { kind: "User", name: "system:anonymous" };
const UNAUTHENTICATED = { kind: "Group", name: "system:unauthenticated" };

/** All that can be wrong with a cluster, as far as a benchmark asks for a part of it. */
const CLUSTERS = [
  [
    componentPod("kube-apiserver", [
      "--token-auth-file=/t",
      "--authorization-mode=AlwaysAllow",
      "--etcd-servers=http://etcd:2379",
      "--etcd-servers-overrides=/events#http://etcd:2379",
      "--enable-admission-plugins=AlwaysAdmit",
      "--disable-admission-plugins=ServiceAccount,NamespaceLifecycle",
      "--request-timeout=0",
      "--service-account-lookup=false",
      "--tls-min-version=VersionTLS10",
      "--tls-cipher-suites=TLS_RSA_WITH_RC4_128_SHA",
    ]),
    componentPod("kube-controller-manager", ["--feature-gates=RotateKubeletServerCertificate=false"]),
    componentPod("kube-scheduler", []),
    componentPod("etcd", [
      "--listen-client-urls=http://10.0.0.1:2379",
      "--listen-client-http-urls=http://10.0.0.1:2378",
      "--listen-peer-urls=http://10.0.0.1:2380",
      "--initial-cluster=a=https://10.0.0.1:2380,b=https://10.0.0.2:2380",
      "--auto-tls=true",
      "--peer-auto-tls=true",
      "--trusted-ca-file=/etc/kubernetes/pki/ca.crt",
    ]),
  ],
  [componentPod("kube-apiserver", ["--audit-log-path=/l", "--tls-cert-file=/c"])],
  [componentPod("kube-apiserver", ["--audit-log-path=/l", "--audit-policy-file=/p"])],
  [namespace(), deployment({ container: { securityContext: { procMount: "Unmasked", runAsUser: 0 } } })],
  [namespace(), deployment(), clusterRole(), clusterRoleBinding({ subjects: [ANONYMOUS, UNAUTHENTICATED] })],
  everywhere("admissionregistration.k8s.io", ["validatingwebhookconfigurations"], ["update"]),
  [configMap({ name: "aws-auth", namespace: "kube-system", data: { mapRoles: "- rolearn: arn:aws:iam::1:role/a\n  groups: [system:masters]\n" } })],
];

it("knows each part that a clause asks for as one that a control can say fails: another would never fail", () => {
  const said = new Set(CLUSTERS.flatMap(listChecks));
  const asked = FRAMEWORK_KEYS.flatMap((key) => FRAMEWORKS[key].clauses.flatMap(({ id, parts }) => parts.map((part) => ({ id, part }))));
  expect(asked.length).toBeGreaterThan(40);
  expect(asked.filter(({ part }) => !said.has(part))).toEqual([]);
});
