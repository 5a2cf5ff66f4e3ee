import { describe, expect, test } from "vitest";
import { buildInventory } from "../build-inventory";
import { type Platform, platformView } from "./cloud-provider";
import { createContext } from "../context";
import { parseKubeVersion } from "../values/kube-version";
import { outsideCloud } from "./outside-cloud";
import { WHOLE_CLUSTER } from "../testing-context";
import { node } from "../testing";

function platformOf(nodes: readonly object[], version?: string): Platform {
  const inventory = buildInventory(nodes, { ...WHOLE_CLUSTER, kubeVersion: version ? parseKubeVersion(version) : null });
  return createContext(inventory).view(platformView);
}

const at = (providerID: string, part: object = {}) => node({ ...part, spec: { providerID } });
const runs = (kubeletVersion: string) => ({ nodeInfo: { kubeletVersion } });
const CONTROL_PLANE = { labels: { "node-role.kubernetes.io/control-plane": "" } };

describe("platformView", () => {
  test.each([
    [
      "EKS by its label",
      [at("aws:///a/i-1", { labels: { "eks.amazonaws.com/nodegroup": "a" } })],
      undefined,
      { provider: "aws", distribution: "eks", isManaged: true },
    ],
    ["EKS by the version of the server", [at("aws:///a/i-1")], "v1.36.1-eks-3d4f", { provider: "aws", distribution: "eks", isManaged: true }],
    ["EKS with machines of one's own", [at("eks-hybrid:///a/b/mi-1")], "v1.36.1-eks-3d4f", { provider: "aws", distribution: "eks", isManaged: true }],
    ["EKS Anywhere on vSphere", [at("vsphere://42", CONTROL_PLANE)], "v1.36.1-eks-3d4f", { provider: "vsphere", distribution: null, isManaged: false }],
    [
      "EKS Anywhere on vSphere, of which workers are known",
      [at("vsphere://42")],
      "v1.36.1-eks-3d4f",
      { provider: "vsphere", distribution: null, isManaged: null },
    ],
    ["EKS Anywhere on bare metal", [at("tinkerbell://a/b", CONTROL_PLANE)], "v1.36.1-eks-3d4f", { provider: null, distribution: null, isManaged: false }],
    [
      "vCluster on machines of EKS",
      [at("aws:///a/i-1", { labels: { "eks.amazonaws.com/nodegroup": "a" }, status: runs("v1.35.2-eks-3d4f") })],
      "v1.36.1",
      { provider: "aws", distribution: null, isManaged: null },
    ],
    [
      "K3s in a vCluster on machines of GKE",
      [at("gce://p/z/n", { labels: { "cloud.google.com/gke-nodepool": "a" }, status: runs("v1.35.2-gke.100") })],
      "v1.36.1+k3s1",
      { provider: "gcp", distribution: "k3s", isManaged: false },
    ],
    [
      "EKS of which the minor version alone is told",
      [at("aws:///a/i-1", { labels: { "eks.amazonaws.com/nodegroup": "a" }, status: runs("v1.36.2-eks-3d4f") })],
      "1.36",
      { provider: "aws", distribution: "eks", isManaged: true },
    ],
    ["GKE", [at("gce://p/z/n")], "v1.36.1-gke.100", { provider: "gcp", distribution: "gke", isManaged: true }],
    ["LKE", [at("linode://1", { labels: { "lke.linode.com/pool-id": "1" } })], "v1.36.1", { provider: "akamai", distribution: "lke", isManaged: true }],
    [
      "OKE",
      [at("ocid1.instance.oc1.a", { labels: { "oke.oraclecloud.com/node.info.private_subnet": "true" } })],
      "v1.36.1",
      { provider: "oracle", distribution: "oke", isManaged: true },
    ],
    [
      "Kapsule with machines of another cloud",
      [at("aws:///a/i-1", { labels: { "k8s.scaleway.com/managed": "true" } })],
      "v1.36.1",
      { provider: "aws", distribution: "kapsule", isManaged: true },
    ],
    ["IKS by the version of the server", [at("ibm://a///b/c/d")], "v1.36.1+IKS", { provider: "ibm", distribution: "iks", isManaged: true }],
    ["ACK by the version of the server", [at("cn-hangzhou.i-1")], "v1.36.1-aliyun.1", { provider: "alibaba", distribution: "ack", isManaged: true }],
    [
      "a control plane of one's own in ACK",
      [at("cn-hangzhou.i-1", CONTROL_PLANE)],
      "v1.36.1-aliyun.1",
      { provider: null, distribution: null, isManaged: false },
    ],
    ["TKE by the version of the server", [at("qcloud:///100003/ins-1")], "v1.36.1-tke.3", { provider: null, distribution: "tke", isManaged: true }],
    ["a control plane of one's own in TKE", [at("qcloud:///100003/ins-1", CONTROL_PLANE)], "v1.36.1-tke.3", { distribution: null, isManaged: false }],
    ["K3s on a node of the control plane", [node(CONTROL_PLANE)], "v1.36.1+k3s1", { distribution: "k3s", isManaged: false }],
    ["OVHcloud", [at("openstack:///1", { labels: { "node.k8s.ovh/type": "standard" } })], "v1.36.1-2", { provider: "openstack", distribution: "mks" }],
    ["Vultr", [at("vultr://1", { labels: { "vke.vultr.com/node-pool": "a" } })], "v1.36.1", { distribution: "vke", isManaged: true }],
    ["Exoscale", [at("exoscale://1", { labels: { "node.exoscale.net/nodepool-id": "1" } })], "v1.36.1", { distribution: "sks", isManaged: true }],
    ["Huawei", [at("1a2b", { labels: { "cce.cloud.com/cce-nodepool": "a" } })], "v1.33.5-r0", { distribution: "cce", isManaged: true }],
    [
      "a shoot of Gardener",
      [at("aws:///a/i-1", { labels: { "worker.gardener.cloud/pool": "a" } })],
      "v1.36.1",
      { provider: "aws", distribution: "gardener", isManaged: true },
    ],
    [
      "a shoot of Gardener that hosts itself",
      [node({ labels: { ...CONTROL_PLANE.labels, "worker.gardener.cloud/pool": "control-plane" } })],
      "v1.36.1",
      { distribution: "gardener", isManaged: false },
    ],
    [
      "GKE in a data centre",
      [node(CONTROL_PLANE), node({ name: "b", labels: { "cloud.google.com/gke-nodepool": "a" } })],
      "v1.33.5-gke.100",
      { distribution: "gke", isManaged: false },
    ],
    ["OpenShift on IBM Cloud", [at("ibm://a///b/c/d", { labels: { "node.openshift.io/os_id": "rhcos" } })], "v1.33.5", { distribution: "openshift" }],
    [
      "AKS by its resource group",
      [at("azure:///subscriptions/1/resourceGroups/MC_a_b_c/x")],
      undefined,
      { provider: "azure", distribution: "aks", isManaged: true },
    ],
    [
      "machines of one's own on Azure",
      [at("azure:///subscriptions/1/resourceGroups/shop/x", CONTROL_PLANE)],
      undefined,
      { provider: "azure", distribution: null, isManaged: false },
    ],
    ["a control plane of one's own on AWS", [at("aws:///a/i-1", CONTROL_PLANE)], "v1.36.1", { provider: "aws", distribution: null, isManaged: false }],
    ["workers on AWS, of which nothing more is known", [at("aws:///a/i-1")], "v1.36.1", { provider: "aws", distribution: null, isManaged: null }],
    ["kind", [at("kind://docker/kind/kind-control-plane")], "v1.36.1", { provider: null, distribution: "kind", isManaged: false, isLocal: true }],
    ["minikube", [node({ labels: { "minikube.k8s.io/name": "minikube" } })], undefined, { distribution: "minikube", isLocal: true }],
    ["K3s", [node()], "v1.36.1+k3s1", { provider: null, distribution: "k3s", isManaged: false, isLocal: false }],
    ["K3s on AWS", [at("aws:///a/i-1", { annotations: { "k3s.io/node-args": "[]" } })], undefined, { provider: "aws", distribution: "k3s", isManaged: false }],
    ["Talos", [node({ status: { nodeInfo: { osImage: "Talos (v1.11.2)" } } })], undefined, { distribution: "talos" }],
    ["vCluster", [node({ labels: { "vcluster.loft.sh/fake-node": "true" } })], "v1.36.1", { provider: null, distribution: "vcluster", isManaged: false }],
    ["bare metal", [node(CONTROL_PLANE)], "v1.36.1", { provider: null, distribution: null, isManaged: false }],
    ["nothing", [], undefined, { provider: null, distribution: null, isManaged: null, isLocal: false }],
  ])("recognises %s", (_, nodes, version, expected) => {
    expect(platformOf(nodes, version)).toMatchObject(expected);
  });

  test.each([
    ["digitalocean", "digitalocean://1"],
    ["hetzner", "hcloud://1"],
    ["hetzner", "hrobot://1"],
    ["akamai", "linode://1"],
    ["openstack", "openstack:///1"],
    ["oracle", "ocid1.instance.oc1.eu-frankfurt-1.a"],
    ["oracle", "oci://ocid1.instance.oc1.eu-frankfurt-1.a"],
    ["ibm", "ibm://a///b/c/d"],
    ["alibaba", "alicloud://cn-hangzhou.i-1"],
    ["scaleway", "scaleway://instance/fr-par-1/a"],
  ])("knows a machine of %s by its id", (provider, id) => {
    expect(platformOf([at(id)])).toMatchObject({ provider, distribution: null });
  });

  test("keeps each clue once, with the field that it was read from", () => {
    const { evidence } = platformOf([at("gce://p/z/a", { name: "a" }), at("gce://p/z/b", { name: "b" })]);
    expect(evidence).toEqual([expect.objectContaining({ path: "spec.providerID", value: "gce://p/z/a" })]);
  });

  test("knows Autopilot by the names of its nodes", () => {
    expect(platformOf([at("gce://p/z/n", { name: "gk3-shop-pool-1" })]).isAutopilot).toBe(true);
  });
});

describe("outsideCloud", () => {
  test("says why cloud controls have nothing to say", () => {
    expect(outsideCloud(platformOf([at("aws:///a/i-1")]))).toBeNull();
    expect(outsideCloud(platformOf([at("kind://a")]))).toMatchObject({ state: "not-applicable" });
    expect(outsideCloud(platformOf([node()], "v1.36.1+k3s1"))).toMatchObject({ state: "unknown", reason: expect.stringContaining("K3s") });
    expect(outsideCloud(platformOf([node()], "v1.36.1-tke.3"))).toMatchObject({
      state: "unknown",
      reason: expect.stringContaining("The cloud behind Tencent"),
    });
    expect(outsideCloud(platformOf([node()]))).toMatchObject({ state: "unknown" });
  });
});
