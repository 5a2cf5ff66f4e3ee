import { componentPod, controlPlaneNode, controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import { pod } from "../../inventory/testing";
import control from "./etcd-tls";

const server = controlPlaneOf("etcd");

/** In a set of manifests. */
const ofImage = (command: readonly string[], args: readonly string[] = []) => [
  pod({
    name: "etcd-tool",
    namespace: "kube-system",
    container: { name: "etcd", image: "registry.k8s.io/etcd:3.6.1-0", command: [...command], args: [...args] },
  }),
];
const SERVING = ["--client-cert-auth=true", "--cert-file=/c", "--key-file=/k", "--trusted-ca-file=/ca"];

describeComponentControl(control, {
  fails: [
    { name: "clients need no certificate", objects: server("--cert-file=/c", "--key-file=/k", "--trusted-ca-file=/ca"), severity: "critical" },
    {
      name: "clients are served in plain text on an address behind a blank",
      objects: server(...SERVING, "--listen-client-urls=https://127.0.0.1:2379, http://10.0.0.1:2379"),
      evidence: [{ path: "spec.containers[0].command[5]", message: "Clients are served in plain text on http://10.0.0.1:2379.", severity: "critical" }],
    },
    {
      name: "peers are served in plain text on an address in capital letters",
      objects: server(...SERVING, "--listen-peer-urls=HTTP://10.0.0.1:2380"),
      severity: "high",
    },
    {
      name: "plain text beyond loopback",
      objects: server(...SERVING, "--listen-client-urls=https://127.0.0.1:2379,http://10.0.0.1:2379"),
      evidence: [{ path: "spec.containers[0].command[5]", severity: "critical" }],
    },
    { name: "no certificate", objects: server("--client-cert-auth"), severity: "high" },
    { name: "started by a program that keeps its log", objects: ofImage(["/go-runner", "--log-file=/l", "/usr/local/bin/etcd", "--cert-file=/c"]) },
    { name: "started by its image", objects: ofImage([], ["--cert-file=/c"]) },
    {
      name: "plain text, by a flag with a word behind it",
      objects: server(...SERVING, "--listen-client-urls", "http://10.0.0.1:2379"),
      evidence: [{ path: "spec.containers[0].command[5]", value: "--listen-client-urls http://10.0.0.1:2379" }],
    },
    {
      name: "several members without peer certificates",
      objects: server(...SERVING, "--initial-cluster=a=https://10.0.0.1:2380,b=https://10.0.0.2:2380"),
      severity: "high",
    },
    {
      name: "a first member, started before the others joined",
      objects: [
        controlPlaneNode(),
        controlPlaneNode("cp-2"),
        componentPod("etcd", [...SERVING, "--initial-cluster=a=https://10.0.0.1:2380"]),
        componentPod(
          "etcd",
          [
            ...SERVING,
            "--peer-client-cert-auth=true",
            "--peer-cert-file=/c",
            "--peer-key-file=/k",
            "--initial-cluster=a=https://10.0.0.1:2380,b=https://10.0.0.2:2380",
          ],
          { node: "cp-2" },
        ),
      ],
      severity: "high",
    },
    {
      name: "a certificate that etcd makes for itself, and then demands none of clients",
      objects: server("--client-cert-auth=true", "--trusted-ca-file=/ca", "--auto-tls=true"),
      evidence: [
        { path: "spec.containers[0].command[3]", severity: "critical" },
        { path: "spec.containers[0].command[1]", check: "etcd client-cert-auth", severity: "critical" },
      ],
    },
    {
      name: "a certificate that etcd makes for itself, and then demands none of peers",
      objects: server(...SERVING, "--peer-client-cert-auth=true", "--peer-auto-tls"),
      evidence: [{ path: "spec.containers[0].command[6]" }, { path: "spec.containers[0].command[5]", check: "etcd peer-client-cert-auth" }],
      severity: "high",
    },
    { name: "certificates of its own that etcd does not make, since files are given", objects: server(...SERVING, "--auto-tls=true"), severity: "low" },
    {
      name: "plain text between peers, whatever certificates they have",
      objects: server(...SERVING, "--peer-client-cert-auth=true", "--peer-cert-file=/c", "--peer-key-file=/k", "--listen-peer-urls=http://10.0.0.1:2380"),
      evidence: [{ path: "spec.containers[0].command[8]", severity: "high" }],
    },
    {
      name: "plain text to clients without gRPC",
      objects: server(...SERVING, "--listen-client-urls=https://10.0.0.1:2379", "--listen-client-http-urls=http://[::]:2378"),
      evidence: [{ path: "spec.containers[0].command[6]", severity: "critical" }],
    },
    {
      name: "metrics for whoever asks",
      objects: server(...SERVING, "--listen-metrics-urls=http://127.0.0.1:2381,http://0.0.0.0:2381"),
      evidence: [
        { path: "spec.containers[0].command[5]", message: "Readers of its metrics are served in plain text on http://0.0.0.0:2381.", severity: "low" },
      ],
    },
    {
      name: "the CA of the whole cluster",
      objects: server("--client-cert-auth=true", "--cert-file=/c", "--key-file=/k", "--trusted-ca-file=/etc/kubernetes/pki/ca.crt"),
      severity: "low",
    },
    {
      name: "no CA of its own",
      objects: server("--client-cert-auth=true", "--cert-file=/c", "--key-file=/k"),
      evidence: [{ path: "spec.containers[0].command", check: "etcd trusted-ca-file" }],
      severity: "medium",
    },
    {
      name: "the CA of the whole cluster, at a place of its own",
      objects: [
        ...server("--client-cert-auth=true", "--cert-file=/c", "--key-file=/k", "--trusted-ca-file=/etc/kubernetes/ssl/kube-ca.pem"),
        componentPod("kube-apiserver", ["--client-ca-file=/etc/kubernetes/ssl/kube-ca.pem"]),
      ],
      severity: "low",
    },
  ],
  passes: [
    {
      name: "switches in other spellings",
      objects: server("--client-cert-auth=True", "--cert-file=/c", "--key-file=/k", "--trusted-ca-file=/ca", "--auto-tls=F"),
    },
    {
      name: "one member",
      objects: server(
        ...SERVING,
        "--listen-client-urls=https://10.0.0.1:2379",
        "--listen-metrics-urls=HTTP://LOCALHOST:2381, http://127.0.0.1:2381,https://10.0.0.1:2381",
      ),
    },
    {
      name: "several members",
      objects: server(
        ...SERVING,
        "--peer-client-cert-auth=true",
        "--peer-cert-file=/c",
        "--peer-key-file=/k",
        "--initial-cluster=a=https://10.0.0.1:2380,b=https://10.0.0.2:2380",
      ),
    },
    {
      name: "named after its pod",
      objects: [
        controlPlaneNode(),
        componentPod("etcd", [...SERVING, "--name=$(ETCD_NAME)", "--listen-client-urls=https://$(IP):2379"], {
          container: { env: ["ETCD_NAME", "IP"].map((name) => ({ name, valueFrom: { fieldRef: { fieldPath: "status.podIP" } } })) },
        }),
      ],
    },
    {
      name: "set by environment variables",
      objects: [
        controlPlaneNode(),
        componentPod("etcd", [], {
          container: {
            env: [
              { name: "ETCD_CLIENT_CERT_AUTH", value: "true" },
              { name: "ETCD_CERT_FILE", value: "/c" },
              { name: "ETCD_KEY_FILE", value: "/k" },
              { name: "ETCD_TRUSTED_CA_FILE", value: "/ca" },
            ],
          },
        }),
      ],
    },
  ],
  notApplicable: [
    { name: "a backup of it, in its image", objects: ofImage(["/usr/local/bin/etcdctl", "snapshot", "restore", "/backup", "--data-dir", "/var/lib/etcd"]) },
    { name: "a backup of it, by a script", objects: ofImage(["/bin/sh", "-c"], ["etcdctl snapshot save /backup"]) },
    { name: "nothing, in its image", objects: ofImage(["sleep", "infinity"]) },
  ],
  unknown: [
    {
      name: "its settings are in a ConfigMap",
      objects: [controlPlaneNode(), componentPod("etcd", ["--cert-file=/c"], { container: { envFrom: [{ configMapRef: { name: "etcd" } }] } })],
      reason: "Settings of etcd are in a ConfigMap or Secret, which is not read for them.",
    },
    {
      name: "a switch is in a ConfigMap",
      objects: [
        controlPlaneNode(),
        componentPod("etcd", ["--cert-file=/c", "--key-file=/k", "--trusted-ca-file=/ca"], {
          container: { env: [{ name: "ETCD_CLIENT_CERT_AUTH", valueFrom: { configMapKeyRef: { name: "etcd", key: "auth" } } }] },
        }),
      ],
    },
    { name: "a script starts it", objects: ofImage(["/bin/sh", "-c"], ["exec etcd --cert-file=/c"]) },
    { name: "its settings are in a file", objects: server("--config-file=/etc/etcd.yaml", "--client-cert-auth=false") },
    { name: "etcd runs elsewhere", objects: [controlPlaneNode(), componentPod("kube-apiserver", [])] },
  ],
});
