import { daysBetween } from "../../inventory/values/days";
import { dig, text } from "../../model/json";
import { API_SERVER_ADDRESS, apiServerAnswer } from "../api-server-answer";
import { defineControl, unknown, weakness } from "../define";

const SOON_DAYS = 30;
const AT_ONCE_DAYS = 14;

export default defineControl({
  id: "apiserver-cert-expiry",
  layer: "cluster",
  severity: "high",
  title: "The API server's certificate is valid for at least another month",
  failure: "has a certificate that expires soon",
  why: "On the day it expires, no client that verifies it gets through, and people learn to switch verification off.",
  action: "Renew the API server's certificate",
  fix: "Renew the certificate (kubeadm certs renew apiserver) and restart the API server; then let something renew it on its own.",
  verify: `openssl s_client -connect "${API_SERVER_ADDRESS}" </dev/null 2>/dev/null | openssl x509 -noout -enddate`,
  lookFor:
    "The certificate expires at the time behind `notAfter=`. The address is that of your kubeconfig: a proxy in front of the API server shows its own certificate.",
  tips: ["S1"],
  frameworks: { nsa: ["EN"], mitre: ["T1557"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/"],
  subject: "cluster",
  reads: ["apiServerProbes"],
  check: (_cluster, context) =>
    apiServerAnswer(context.slices.apiServerProbes, ({ body, ref: object }) => {
      const end = text(dig(body, "tls", "certificateNotAfter"));
      if (!end) return unknown(text(dig(body, "tls", "problem")) ?? "The certificate does not say when it expires.");
      const left = daysBetween(context.observedAt, end);
      if (left >= SOON_DAYS) return [];
      const severity = left < AT_ONCE_DAYS ? "high" : "medium";
      return [
        weakness(
          "tls.certificateNotAfter",
          end,
          left < 0 ? "It has expired." : `It expires in less than ${severity === "high" ? AT_ONCE_DAYS : SOON_DAYS} days.`,
          {
            object,
            severity,
          },
        ),
      ];
    }),
  remedy: null,
});
