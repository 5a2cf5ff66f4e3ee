import { flag } from "../../model/json";
import { apiServerAnswer } from "../api-server-answer";
import { defineControl, unknown, weakness } from "../define";

export default defineControl({
  id: "apiserver-client-certs-expiring",
  layer: "cluster",
  severity: "medium",
  title: "No client uses a certificate that expires within a week",
  failure: "is used with client certificates that expire within a week",
  why: "A node or a controller whose certificate expires drops out of the cluster, and with it what it was watching over.",
  action: "Renew client certificates before they expire",
  fix: "Find the client (a node whose kubelet does not rotate its certificate, the kubeconfig of a controller or a person) and renew its certificate.",
  verify: "kubectl get --raw /metrics | grep 'apiserver_client_certificate_expiration_seconds_bucket{le=\"604800\"}'",
  lookFor:
    "A number above 0: since the API server started, a client used a certificate that expires within a week, whether nobody renews it or it is meant to live for days only. No output: the API server takes no certificates of clients.",
  tips: ["S1"],
  frameworks: { nsa: ["AU"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/"],
  subject: "cluster",
  reads: ["apiServerMetrics"],
  check: (_cluster, context) =>
    apiServerAnswer(context.slices.apiServerMetrics, ({ body, ref: object }) => {
      const isExpiring = flag(body.hasExpiringClientCertificates);
      if (isExpiring === undefined) return unknown("This API server has seen no client certificate.");
      const message = "Since it started, a client has used a certificate that expires within a week.";
      return isExpiring ? [weakness("hasExpiringClientCertificates", true, message, { object })] : [];
    }),
  remedy: null,
});
