import { manifest, type Manifest } from "./manifest";

interface NodeCase {
  readonly name: string;
  readonly osImage: string;
  readonly kubelet: string;
  readonly runtime: string;
  readonly providerID?: string;
  readonly os?: "linux" | "windows";
  readonly externalIP?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const CASES: readonly NodeCase[] = [
  {
    name: "bottlerocket-1",
    osImage: "Bottlerocket OS 1.44.0 (aws-k8s-1.36)",
    kubelet: "v1.36.2",
    runtime: "containerd://2.1.5+bottlerocket",
    providerID: "aws:///eu-west-1a/i-0aaaaaaaaaaaaaaa1",
  },
  {
    name: "amazon-2",
    osImage: "Amazon Linux 2",
    kubelet: "v1.34.1-eks-113cf36",
    runtime: "containerd://1.7.27",
    providerID: "aws:///eu-west-1b/i-0aaaaaaaaaaaaaaa2",
    externalIP: "52.30.10.11",
  },
  { name: "cos-1", osImage: "Container-Optimized OS from Google", kubelet: "v1.37.1-gke.1000", runtime: "containerd://2.1.4" },
  { name: "ubuntu-1", osImage: "Ubuntu 24.04.3 LTS", kubelet: "v1.37.2", runtime: "containerd://2.2.0" },
  { name: "ubuntu-old", osImage: "Ubuntu 20.04.6 LTS", kubelet: "v1.33.0", runtime: "docker://20.10.24" },
  { name: "talos-1", osImage: "Talos (v1.12.0)", kubelet: "v1.37.0", runtime: "containerd://2.1.5" },
  { name: "windows-1", osImage: "Windows Server 2022 Datacenter", kubelet: "v1.36.2", runtime: "containerd://1.7.27", os: "windows" },
];

/** Nodes of several systems and ages; KWOK keeps what `status` says and makes them ready. */
export function nodeManifests(): readonly Manifest[] {
  return CASES.map((node, index) => {
    const os = node.os ?? "linux";
    const labels = { "kubernetes.io/os": os, "kubernetes.io/arch": "amd64", "kubernetes.io/hostname": node.name, ...node.labels };
    const internal = { type: "InternalIP", address: `10.0.1.${10 + index}` };
    const external = node.externalIP === undefined ? [] : [{ type: "ExternalIP", address: node.externalIP }];
    const room = { cpu: "32", memory: "256Gi", pods: "250" };
    const spec = {
      ...(node.providerID === undefined ? {} : { providerID: node.providerID }),
      ...(os === "windows" ? { taints: [{ key: "os", value: "windows", effect: "NoSchedule" }] } : {}),
    };
    const nodeInfo = {
      architecture: "amd64",
      operatingSystem: os,
      osImage: node.osImage,
      kubeletVersion: node.kubelet,
      kubeProxyVersion: "",
      containerRuntimeVersion: node.runtime,
      kernelVersion: "6.12.0",
      machineID: "",
      systemUUID: "",
      bootID: "",
    };
    const status = { addresses: [internal, ...external, { type: "Hostname", address: node.name }], allocatable: room, capacity: room, nodeInfo };
    return manifest("v1", "Node", null, node.name, { spec, status }, { labels });
  });
}
