import { amount, dig, text } from "../../model/json";
import { apiServerAnswer } from "../api-server-answer";
import { defineControl, unknown, weakness } from "../define";

export default defineControl({
  id: "apiserver-anonymous-access",
  layer: "cluster",
  severity: "critical",
  title: "The API server gives nothing to requests without credentials",
  failure: "answers requests without credentials",
  why: "Everybody who can reach the address may read what an anonymous request may read: for many clusters that is the whole internet.",
  action: "Take rights from requests without credentials",
  fix: "Remove bindings to system:anonymous and system:unauthenticated, and set --anonymous-auth=false, or in its place, from Kubernetes 1.32 on, an authentication configuration that admits anonymous requests to health paths only. Probes of the API server that send no credentials, as with kubeadm, need the latter.",
  verify: "curl -sk -o /dev/null -w '%{http_code}\\n' \"$(kubectl config view --minify -o jsonpath='{.clusters[0].cluster.server}')/api/v1/namespaces\"",
  lookFor: "401: such requests are refused. 403: they are admitted as system:anonymous, which has no right to this. 200: anybody may list the namespaces.",
  tips: ["S1"],
  frameworks: { cis: ["1.2.1"], nsa: ["AU", "CP"], mitre: ["T1190", "T1613"], mstm: ["MS-TA9029"], owasp: ["K06", "K09"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests"],
  subject: "cluster",
  reads: ["apiServerProbes"],
  check: (_cluster, context) =>
    apiServerAnswer(context.slices.apiServerProbes, ({ body, ref: object }) => {
      const problem = text(dig(body, "anonymous", "problem"));
      if (problem) return unknown(problem);
      const status = amount(dig(body, "anonymous", "namespaces"));
      if (status === 401) return [];
      if (status === 200) return [weakness("anonymous.namespaces", status, "It lists the namespaces for whoever asks.", { object })];
      if (status === 403 && dig(body, "anonymous", "user") === "system:anonymous") {
        const message = "It lets such requests in as system:anonymous and then refuses them: one careless binding opens it.";
        return [weakness("anonymous.namespaces", status, message, { object, severity: "low" })];
      }
      return unknown(`A request without credentials was answered with status ${status ?? "unknown"}, which says neither yes nor no.`);
    }),
  remedy: null,
});
