import { platformView } from "../../inventory/cloud/cloud-provider";
import { flag } from "../../model/json";
import { defineControl, notApplicable } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-rotate-client-cert",
  layer: "cluster",
  severity: "medium",
  title: "Client certificates of kubelets rotate",
  failure: "does not rotate its kubelet's client certificate",
  why: "A stolen client certificate speaks for the node until it expires, usually for a year. Without rotation the node also drops out of the cluster on that day.",
  action: "Rotate client certificates of kubelets",
  fix: kubeletFix("Set `rotateCertificates: true`"),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.rotateCertificates'",
  lookFor: "`false` or `null`: the certificate is not renewed.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.10"], nsa: ["AU"], mitre: ["T1649"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs", "nodes"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      if (context.view(platformView).distribution === "gke") return notApplicable("Google GKE issues the certificates of its kubelets in its own way.");
      return flag(settings.rotateCertificates) === true ? [] : [at("rotateCertificates", "The certificate is used until it expires.")];
    }),
  remedy: null,
});
