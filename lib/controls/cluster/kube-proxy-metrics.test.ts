import { nodeStartedWith } from "../../inventory/nodes/testing-control-plane";
import { configMap, daemonSet, node, pod } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { describeControl } from "../testing";
import control from "./kube-proxy-metrics";

const IMAGE = "registry.k8s.io/kube-proxy:v1.36.1";
const PATH = "/var/lib/kube-proxy/config.conf";
const KEY = { path: 'data["config.conf"]' };

const settings = (address: string, name = "kube-proxy", key = "config.conf") =>
  configMap({
    name,
    namespace: "kube-system",
    data: { [key]: `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmetricsBindAddress: ${address}\n` },
  });
const daemon = (container: JsonRecord, podSpec: JsonRecord = {}) =>
  daemonSet({ name: "kube-proxy", namespace: "kube-system", container: { name: "kube-proxy", image: IMAGE, ...container }, podSpec });
const started = (...flags: string[]) => daemon({ command: ["kube-proxy", ...flags] });
const mounted = (volume: JsonRecord, mount: JsonRecord = { mountPath: "/var/lib/kube-proxy" }, ...flags: string[]) =>
  daemon(
    { command: ["/usr/local/bin/kube-proxy", `--config=${PATH}`, ...flags], volumeMounts: [{ name: "config", ...mount }] },
    { volumes: [{ name: "config", ...volume }] },
  );
const fromMap = (name = "kube-proxy", ...flags: string[]) => mounted({ configMap: { name } }, undefined, ...flags);
const mirror = (container: JsonRecord, nodeName = "worker-1") =>
  pod({
    name: `kube-proxy-${nodeName}`,
    namespace: "kube-system",
    annotations: { "kubernetes.io/config.mirror": "1a2b" },
    ownerReferences: [{ apiVersion: "v1", kind: "Node", name: nodeName, controller: true, uid: "1" }],
    podSpec: { nodeName },
    container: { name: "kube-proxy", image: IMAGE, ...container },
  });
const script = (...flags: string[]) => ({
  command: ["/bin/sh", "-c", `exec kube-proxy --v=2 ${flags.join(" ")} --cluster-cidr=10.8.0.0/14 1>>/var/log/kube-proxy.log 2>&1`],
});
const cilium = (value: string) => [
  daemonSet({ name: "cilium", namespace: "kube-system", container: { image: "quay.io/cilium/cilium:v1.18.2" } }),
  configMap({ name: "cilium-config", namespace: "kube-system", data: { "kube-proxy-replacement": value } }),
];
const router = (...args: string[]) =>
  daemonSet({ name: "kube-router", namespace: "kube-system", container: { image: "docker.io/cloudnativelabs/kube-router:v2.5.0", args } });
const unseenOn = (place: string) => `No pod shows kube-proxy on ${place}: it may run outside of pods there, or something else may take its place.`;

describeControl(control, {
  fails: [
    { name: "every address, in a ConfigMap of a set of manifests", objects: [settings("0.0.0.0:10249")], evidence: [KEY] },
    { name: "every address, where EKS keeps it", objects: [settings("0.0.0.0:10249", "kube-proxy-config", "config")], evidence: [{ path: 'data["config"]' }] },
    {
      name: "every address, in the line below",
      objects: [settings("\n  0.0.0.0:10249")],
      evidence: [{ ...KEY, value: "metricsBindAddress: 0.0.0.0:10249" }],
    },
    { name: "every address, with a tag and an anchor", objects: [settings("!!str &all 0.0.0.0:10249")] },
    {
      name: "every address, in braces",
      objects: [
        configMap({ name: "kube-proxy", namespace: "kube-system", data: { "config.conf": "{kind: KubeProxyConfiguration, metricsBindAddress: '0.0.0.0'}" } }),
      ],
    },
    {
      name: "every address by a flag, as AKS sets it",
      objects: [node(), started("--conntrack-max-per-core=0", "--metrics-bind-address=0.0.0.0:10249", "--v=3")],
      evidence: [{ path: "spec.template.spec.containers[0].command[2]", value: "--metrics-bind-address=0.0.0.0:10249" }],
    },
    { name: "an address of the node", objects: [node(), started("--metrics-bind-address", "10.0.0.4")] },
    { name: "every address of IPv6", objects: [node(), started("--metrics-bind-address=[::]:10249")] },
    {
      name: "the address that the pod says of itself",
      objects: [
        node(),
        daemon({
          command: ["kube-proxy", "--metrics-bind-address=$(HOST_IP):10249"],
          env: [{ name: "HOST_IP", valueFrom: { fieldRef: { fieldPath: "status.hostIP" } } }],
        }),
      ],
    },
    {
      name: "a ConfigMap that its file is made of, whatever flags say",
      objects: [node(), settings("0.0.0.0"), fromMap("kube-proxy", "--metrics-bind-address=127.0.0.1")],
      evidence: [KEY],
    },
    { name: "a ConfigMap of another name", objects: [node(), settings("0.0.0.0", "kube-proxy-worker"), fromMap("kube-proxy-worker")], evidence: [KEY] },
    {
      name: "a key under another name in its volume",
      objects: [node(), settings("0.0.0.0", "a", "config.yaml"), mounted({ configMap: { name: "a", items: [{ key: "config.yaml", path: "config.conf" }] } })],
    },
    {
      name: "a ConfigMap among others in a volume",
      objects: [node(), settings("0.0.0.0", "a"), mounted({ projected: { sources: [{ secret: { name: "s" } }, { configMap: { name: "a" } }] } })],
    },
    {
      name: "a key that is mounted alone",
      objects: [node(), settings("0.0.0.0", "a", "c.yaml"), mounted({ configMap: { name: "a" } }, { mountPath: PATH, subPath: "c.yaml" })],
    },
    {
      name: "a script as on GKE",
      objects: [node(), mirror(script("--metrics-bind-address=0.0.0.0:10249"))],
      evidence: [{ path: "spec.containers[0].command[2]" }],
    },
    {
      name: "RKE2, whose image has another name",
      objects: [node(), mirror({ image: "rancher/hardened-kubernetes:v1.36.1-rke2r1", command: ["kube-proxy"], args: ["--metrics-bind-address=0.0.0.0"] })],
      evidence: [{ path: "spec.containers[0].args[0]" }],
    },
    {
      name: "a flag that an agent of K3s was given",
      objects: [nodeStartedWith(["server"]), nodeStartedWith(["agent", "--kube-proxy-arg", "metrics-bind-address=0.0.0.0"], { name: "a1" })],
      evidence: [{ path: 'metadata.annotations["k3s.io/node-args"]', value: "--metrics-bind-address=0.0.0.0" }],
    },
    {
      name: "one node, while another does not show it",
      objects: [node({ name: "b" }), node(), mirror({ command: ["kube-proxy", "--metrics-bind-address=0.0.0.0"] })],
    },
  ],
  passes: [
    { name: "the default", objects: [settings('""')] },
    { name: "left empty", objects: [settings("null")] },
    { name: "loopback", objects: [settings("127.0.0.1:10249")] },
    { name: "no flag for it", objects: [node(), started("--v=2")] },
    { name: "loopback by a flag", objects: [node(), started("--metrics-bind-address=[::1]:10249")] },
    { name: "no port for it", objects: [node(), started("--metrics-bind-address=0.0.0.0", "--metrics-port=0")] },
    { name: "a flag that its file overrides", objects: [node(), settings('""'), fromMap("kube-proxy", "--metrics-bind-address=0.0.0.0")] },
    { name: "a ConfigMap that is left of another", objects: [node(), settings("0.0.0.0"), started("--v=2")] },
    { name: "a script as on GKE", objects: [node(), mirror(script())] },
    { name: "flags for what its image starts", objects: [node(), daemon({ args: ["--v=2"] })] },
    { name: "K3s, which runs it itself", objects: [nodeStartedWith(["server"]), nodeStartedWith(["agent"], { name: "a1" })] },
    { name: "a virtual node beside it", objects: [node({ name: "f", labels: { type: "virtual-kubelet" } }), node(), mirror({ command: ["kube-proxy"] })] },
  ],
  unknown: [
    ...[": : :", "", "[]", "kind: Config", "kind: KubeProxyConfiguration\nmetricsBindAddress: [127.0.0.1]"].map((config) => ({
      name: `settings that cannot be read: "${config}"`,
      objects: [configMap({ name: "kube-proxy", namespace: "kube-system", data: { "config.conf": config } })],
    })),
    { name: "an address that is none", objects: [settings("{{ .Values.address }}")] },
    {
      name: "a file of the node",
      objects: [node(), mounted({ hostPath: { path: "/etc/kubernetes" } })],
      reason: `DaemonSet kube-proxy reads the settings of kube-proxy from ${PATH}, a file that the API does not show.`,
    },
    { name: "a ConfigMap that is not there", objects: [node(), fromMap()] },
    { name: "a ConfigMap that could not be read", objects: [node(), settings('""'), fromMap()], missing: ["configMaps"] },
    { name: "a shell that does more", objects: [node(), mirror({ command: ["/bin/sh", "-c", "exec kube-proxy --metrics-bind-address=$ADDRESS"] })] },
    { name: "what its image starts it with", objects: [node(), daemon({})] },
    {
      name: "a value in a ConfigMap",
      objects: [
        node(),
        daemon({ command: ["kube-proxy", "--metrics-bind-address=$(A)"], env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "a", key: "a" } } }] }),
      ],
    },
    { name: "a file that K3s was given for it", objects: [nodeStartedWith(["server", "--kube-proxy-arg=config=/etc/p.yaml"])] },
    { name: "nodes of which no pod shows it", objects: [node({ name: "a" })], reason: unseenOn("node a") },
    { name: "one node of two that does not show it", objects: [node({ name: "b" }), node(), mirror({ command: ["kube-proxy"] })], reason: unseenOn("node b") },
    { name: "a ConfigMap that nothing is seen to read", objects: [node({ name: "a" }), settings('""')], reason: unseenOn("node a") },
    { name: "Cilium, which leaves it to kube-proxy", objects: [node(), ...cilium("false")] },
    { name: "kube-router, which leaves it to kube-proxy", objects: [node(), router("--run-service-proxy=false")] },
    { name: "loopback, in manifests that need not show every one", objects: [settings('""')], complete: false },
  ],
  notApplicable: [
    { name: "Cilium in its place", objects: [node(), ...cilium("true")], reason: "Cilium takes the place of kube-proxy." },
    { name: "kube-router in its place", objects: [node(), router()] },
    { name: "K3s without it", objects: [nodeStartedWith(["server", "--disable-kube-proxy"]), nodeStartedWith(["agent"], { name: "a1" })] },
    {
      name: "another ConfigMap",
      objects: [configMap({ name: "app", namespace: "kube-system", data: { "config.conf": "metricsBindAddress: 0.0.0.0:10249\n" } })],
    },
    {
      name: "the same name in another namespace",
      objects: [configMap({ name: "kube-proxy", data: { "config.conf": "metricsBindAddress: 0.0.0.0:10249\n" } })],
    },
    { name: "virtual nodes alone", objects: [node({ labels: { type: "virtual-kubelet" } })] },
  ],
});
