import { dig, flag, text } from "../../model/json";
import { defineControl } from "../define";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-client-ca",
  layer: "cluster",
  severity: "high",
  title: "Kubelets know the authority of client certificates",
  failure: "has no authority for client certificates at its kubelet",
  why: "Without it the kubelet cannot tell the API server from somebody else by its certificate, and is left with tokens or with nothing.",
  action: "Give kubelets the authority of client certificates",
  fix: "Set `authentication.x509.clientCAFile` in the KubeletConfiguration of the node to the authority of the cluster.",
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.authentication'",
  lookFor: "No `clientCAFile` under `x509`.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.3"], nsa: ["AU", "CP"], mitre: ["T1557"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      if (text(dig(settings, "authentication", "x509", "clientCAFile"))) return [];
      const hasTokens = flag(dig(settings, "authentication", "webhook", "enabled")) === true;
      const message = hasTokens ? "Client certificates are not accepted; tokens are." : "Neither client certificates nor tokens are checked.";
      return [at("authentication.x509.clientCAFile", message, { severity: hasTokens ? "low" : "high" })];
    }),
  remedy: null,
});
