import { configMap } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./kube-proxy-metrics";

const proxy = (address: string) =>
  configMap({
    name: "kube-proxy",
    namespace: "kube-system",
    data: { "config.conf": `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmetricsBindAddress: ${address}\n` },
  });
const target = { kind: "ConfigMap", name: "kube-proxy" };

describeControl(control, {
  fails: [
    { name: "every address", objects: [proxy("0.0.0.0:10249")], target, evidence: [{ path: 'data["config.conf"]' }] },
    {
      name: "every address, where EKS keeps it",
      objects: [configMap({ name: "kube-proxy-config", namespace: "kube-system", data: { config: "metricsBindAddress: 0.0.0.0:10249\n" } })],
      target: { kind: "ConfigMap", name: "kube-proxy-config" },
      evidence: [{ path: 'data["config"]' }],
    },
  ],
  passes: [
    { name: "the default", objects: [proxy('""')], target },
    { name: "left empty", objects: [proxy("null")], target },
    { name: "loopback", objects: [proxy("127.0.0.1:10249")], target },
  ],
  unknown: [": : :", "", "[]"].map((config) => ({
    name: `settings that cannot be read: "${config}"`,
    objects: [configMap({ name: "kube-proxy", namespace: "kube-system", data: { "config.conf": config } })],
    target,
  })),
  notApplicable: [
    {
      name: "another ConfigMap",
      objects: [configMap({ name: "app", namespace: "kube-system", data: { "config.conf": "metricsBindAddress: 0.0.0.0:10249\n" } })],
      target: { kind: "ConfigMap", name: "app" },
    },
    {
      name: "the same name in another namespace",
      objects: [configMap({ name: "kube-proxy", data: { "config.conf": "metricsBindAddress: 0.0.0.0:10249\n" } })],
      target,
    },
  ],
});
