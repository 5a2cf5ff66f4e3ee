import { dig, flag, text } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-client-ca",
  layer: "cluster",
  severity: "high",
  title: "Kubelets verify client certificates against a CA",
  failure: "has no CA for client certificates at its kubelet",
  why: "Without it the kubelet cannot verify the API server by its certificate, and relies on tokens or on nothing.",
  action: "Give kubelets a CA for client certificates",
  fix: kubeletFix("Set `authentication.x509.clientCAFile` to the CA of the cluster"),
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
