import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { clusterRoleBinding } from "../inventory/testing";
import { componentPod } from "../inventory/nodes/testing-control-plane";
import { flagsCommand } from "./flags-command";
import { findControl } from "./registry";

const HAS_JQ = spawnSync("jq", ["--version"]).status === 0;

/** What the program of a command prints of such objects. */
function run(command: string, items: readonly object[]): string {
  const [, program = ""] = /jq -r '([^']*)'/.exec(command) ?? [];
  const { stdout, stderr } = spawnSync("jq", ["-r", program], { input: JSON.stringify({ items }), encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout;
}

test.skipIf(!HAS_JQ)("the flags of each pod of a component stand under its name, whatever its labels", () => {
  const items = [
    componentPod("kube-apiserver", ["--profiling=false", "--v=2"]),
    componentPod("kube-apiserver", [], { node: "cp-2", container: { command: ["/go-runner"], args: ["--profiling=true"] } }),
    { ...componentPod("kube-apiserver", []), metadata: { name: "kube-apiserver-cp-3", labels: { "k8s-app": "kube-apiserver" } } },
    componentPod("kube-scheduler", ["--profiling=false"]),
  ];
  expect(run(flagsCommand("kube-apiserver", "--profiling"), items)).toBe(
    "kube-apiserver-cp-1\n--profiling=false\nkube-apiserver-cp-2\n--profiling=true\nkube-apiserver-cp-3\n",
  );
});

test.skipIf(!HAS_JQ)("bindings of default accounts are listed by whichever name they are bound", () => {
  const binding = (name: string, subject: object) => clusterRoleBinding({ name, subjects: [subject] });
  const items = [
    binding("account", { kind: "ServiceAccount", namespace: "shop", name: "default" }),
    binding("user", { kind: "User", name: "system:serviceaccount:shop:default" }),
    binding("group", { kind: "Group", name: "system:serviceaccounts:shop" }),
    binding("other", { kind: "User", name: "system:serviceaccount:shop:app" }),
    binding("all", { kind: "Group", name: "system:serviceaccounts" }),
  ];
  const lines = run(findControl("default-sa-privileged")?.verify ?? "", items)
    .trim()
    .split("\n");
  expect(lines.map((line) => line.split(" ")[1])).toEqual(["-/account", "-/user", "-/group"]);
});

test.skipIf(!HAS_JQ)("pods that stay off the control plane's nodes are left out of those that may run there", () => {
  const node = (name: string, labels?: object, spec: object = {}) => ({ kind: "Node", metadata: { name, labels }, spec });
  const pod = (name: string, spec: object) => ({ kind: "Pod", metadata: { namespace: "shop", name }, spec });
  const items = [
    node("cp-1", { "node-role.kubernetes.io/control-plane": "" }),
    node("old-cp", { "node-role.kubernetes.io/master": "" }),
    node("tainted", undefined, { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] }),
    node("worker-1", {}),
    pod("tolerates", { nodeName: "worker-1", tolerations: [{ key: "node-role.kubernetes.io/control-plane", operator: "Exists" }] }),
    pod("tolerates-all", { tolerations: [{ operator: "Exists" }] }),
    pod("runs-there", { nodeName: "cp-1" }),
    pod("runs-on-old", { nodeName: "old-cp" }),
    pod("runs-on-tainted", { nodeName: "tainted" }),
    pod("stays-off", { nodeName: "worker-1", tolerations: [{ key: "node.kubernetes.io/not-ready", operator: "Exists" }] }),
    pod("waits", {}),
  ];
  const lines = run(findControl("control-plane-scheduling")?.verify ?? "", items)
    .trim()
    .split("\n");
  expect(lines.map((line) => line.split("\t")[1])).toEqual(["tolerates", "tolerates-all", "runs-there", "runs-on-old", "runs-on-tainted"]);
});

test.skipIf(!HAS_JQ)("Ingresses that name all of their hosts are left out, whatever their default backend", () => {
  const ingress = (name: string, spec: object) => ({ metadata: { namespace: "shop", name }, spec });
  const defaultBackend = { service: { name: "app" } };
  const items = [
    ingress("all", { defaultBackend }),
    ingress("open", { rules: [{ host: "a.example.com" }, {}] }),
    ingress("star", { rules: [{ host: "*.example.com" }] }),
    ingress("named", { defaultBackend, rules: [{ host: "a.example.com" }] }),
  ];
  const lines = run(findControl("ingress-wildcard-host")?.verify ?? "", items)
    .trim()
    .split("\n");
  expect(lines.map((line) => line.split("\t")[1])).toEqual(["all", "open", "star"]);
});

test.skipIf(!HAS_JQ)("ports of shells are those of their protocol", () => {
  const pod = (name: string, containerPort: number, protocol: string) => ({
    metadata: { namespace: "shop", name },
    spec: { containers: [{ name: "app", ports: [{ containerPort, protocol }] }] },
  });
  const items = [pod("ssh", 22, "TCP"), pod("other", 22, "UDP"), pod("desktop", 3389, "UDP")];
  const lines = run(findControl("container-port-sensitive")?.verify ?? "", items)
    .trim()
    .split("\n");
  expect(lines.map((line) => line.split("\t")[1])).toEqual(["ssh", "desktop"]);
});

test.skipIf(!HAS_JQ)("what kube-proxy is told of its metrics is shown, however its flags and its file are written", () => {
  const pod = (name: string, image: string, command: readonly string[], args?: readonly string[]) => ({
    metadata: { name },
    spec: { containers: [{ image, command, args }] },
  });
  const items = [
    pod("aks", "example.com/kube-proxy:v1", ["kube-proxy", "--metrics-bind-address=0.0.0.0:10249", "--v=3"]),
    pod("apart", "example.com/hardened-kubernetes:v1", ["kube-proxy"], ["--metrics-bind-address", "0.0.0.0"]),
    pod("gke", "example.com/kube-proxy-amd64:v1", ["/bin/sh", "-c", "exec kube-proxy --metrics-bind-address=0.0.0.0 1>>/var/log/kube-proxy.log 2>&1"]),
    pod("file", "example.com/kube-proxy:v1", [], ["--config=/etc/settings.yaml"]),
    pod("scheduler", "example.com/kube-scheduler:v1", ["kube-scheduler", "--config=/etc/settings.yaml"]),
    { metadata: { name: "yaml" }, data: { config: 'kind: KubeProxyConfiguration\nmetricsBindAddress: ""\nmode: iptables\n' } },
    { metadata: { name: "json" }, data: { config: '{"kind":"KubeProxyConfiguration","metricsBindAddress":"0.0.0.0","mode":"iptables"}' } },
    { metadata: { name: "k3s", annotations: { "k3s.io/node-args": '["server","--kube-proxy-arg","metrics-bind-address=0.0.0.0","--debug"]' } } },
    { metadata: { name: "node" } },
  ];
  const lines = run(findControl("kube-proxy-metrics")?.verify ?? "", items)
    .trim()
    .split("\n");
  expect(lines).toEqual([
    "aks metrics-bind-address=0.0.0.0:10249",
    "apart metrics-bind-address 0.0.0.0",
    "gke metrics-bind-address=0.0.0.0",
    "file --config=/etc/settings.yaml",
    'yaml metricsBindAddress: ""',
    'json metricsBindAddress":"0.0.0.0',
    "k3s metrics-bind-address=0.0.0.0",
  ]);
});
