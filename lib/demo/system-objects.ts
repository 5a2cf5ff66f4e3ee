import "server-only";
import type { JsonRecord } from "@/lib/model/json";
import { toObject } from "./kubernetes-object";
import { STORY } from "./story";
import type { DemoMoment } from "./workload-objects";

/** Where Amazon keeps the images of its add-ons in this region. */
const ADD_ONS = "602401143452.dkr.ecr.eu-central-1.amazonaws.com";

const PROXY_CONFIG = "kube-proxy-config";

interface AddOn {
  readonly name: string;
  readonly spec: JsonRecord;
  readonly changedOn: number;
}

function networkPlugin(day: number): AddOn {
  const isOn = day >= STORY.policyAgent;
  const limits = { requests: { cpu: "25m", memory: "64Mi" }, limits: { memory: "256Mi" } };
  const containers = [
    {
      name: "aws-node",
      image: `${ADD_ONS}/amazon-k8s-cni:v1.20.4-eksbuild.2`,
      resources: limits,
      securityContext: { capabilities: { add: ["NET_ADMIN", "NET_RAW"] } },
    },
    {
      name: "aws-eks-nodeagent",
      image: `${ADD_ONS}/amazon/aws-network-policy-agent:v1.2.7-eksbuild.1`,
      args: [`--enable-network-policy=${isOn}`],
      resources: limits,
      securityContext: { privileged: true },
    },
  ];
  return { name: "aws-node", changedOn: isOn ? STORY.policyAgent : 0, spec: { hostNetwork: true, serviceAccountName: "aws-node", containers } };
}

function kubeProxy(day: number): AddOn {
  const minor = day >= STORY.upgrade ? "35" : "34";
  const container = {
    name: "kube-proxy",
    image: `${ADD_ONS}/eks/kube-proxy:v1.${minor}.2-eksbuild.2`,
    command: ["kube-proxy", "--v=2", "--config=/var/lib/kube-proxy-config/config"],
    volumeMounts: [{ name: "config", mountPath: "/var/lib/kube-proxy-config" }],
    resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    securityContext: { privileged: true },
  };
  const volumes = [{ name: "config", configMap: { name: PROXY_CONFIG } }];
  const spec = { hostNetwork: true, serviceAccountName: "kube-proxy", containers: [container], volumes };
  return { name: "kube-proxy", changedOn: day >= STORY.upgrade ? STORY.upgrade : 0, spec };
}

/** What kube-proxy is told by its file; its metrics were taken off the network of the nodes, where the add-on has them. */
function toProxyConfig({ instantOf }: DemoMoment): JsonRecord {
  const named = { name: PROXY_CONFIG, namespace: "kube-system", createdAt: instantOf(-60), manager: { name: "eks", at: instantOf(-60) } };
  const lines = ["apiVersion: kubeproxy.config.k8s.io/v1alpha1", "kind: KubeProxyConfiguration", "metricsBindAddress: 127.0.0.1:10249", "mode: iptables"];
  return toObject("v1", "ConfigMap", named, { data: { config: `${lines.join("\n")}\n` } });
}

/** Whether the controller of the provider makes anything of policies for the agents of the plugin: its add-on switches both. */
function toPolicySwitch({ day, instantOf }: DemoMoment): JsonRecord {
  const isOn = day >= STORY.policyAgent;
  const manager = { name: "eks", at: instantOf(isOn ? STORY.policyAgent : 0) };
  const named = { name: "amazon-vpc-cni", namespace: "kube-system", createdAt: instantOf(-60), manager };
  return toObject("v1", "ConfigMap", named, { data: { "enable-network-policy-controller": `${isOn}` } });
}

/** What the provider runs on every node: the network plugin, whose policy agent somebody has to switch on, and kube-proxy. */
export function toSystemObjects(moment: DemoMoment): readonly JsonRecord[] {
  const { day, instantOf } = moment;
  const addOns = [networkPlugin(day), kubeProxy(day)].flatMap(({ name, spec, changedOn }) => {
    const labels = { "k8s-app": name };
    const named = { name, namespace: "kube-system", createdAt: instantOf(-60) };
    const template = { metadata: { labels }, spec: { ...spec, tolerations: [{ operator: "Exists" }] } };
    return [
      toObject("v1", "ServiceAccount", named, {}),
      toObject(
        "apps/v1",
        "DaemonSet",
        { ...named, labels, manager: { name: "eks", at: instantOf(changedOn) } },
        { spec: { selector: { matchLabels: labels }, template } },
      ),
    ];
  });
  return [...addOns, toProxyConfig(moment), toPolicySwitch(moment)];
}
