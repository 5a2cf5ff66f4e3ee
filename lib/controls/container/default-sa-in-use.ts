import { accountNameOf, findToken, serviceAccountsView } from "../../inventory/workloads/service-account-token";
import { judgeAutomount } from "../../pod-security/judge-check";
import { defineControl, unknown, weakness } from "../define";
import { dropToken } from "../remedies/drop-token";

export default defineControl({
  id: "default-sa-in-use",
  layer: "container",
  severity: "low",
  title: "Workloads have a service account of their own, or no token",
  failure: "runs as the default service account with its token",
  why: "Every pod that names no service account shares `default`: a right given to one of these pods is given to all, and the audit log cannot tell them apart.",
  action: "Give workloads service accounts of their own",
  fix: "Create a service account for the workload and name it in `serviceAccountName`, or set `automountServiceAccountToken: false` where the program does not call the API.",
  verify:
    'kubectl get pods -A -o jsonpath=\'{range .items[?(@.spec.serviceAccountName=="default")]}{.metadata.namespace}/{.metadata.name} token={.spec.volumes[*].projected.sources[*].serviceAccountToken.path}{"\\n"}{end}\' | grep -v "token=$"',
  lookFor: "Each pod listed runs as `default` and holds its token. No output: none does.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.5"], nsa: ["SA"], mitre: ["T1528", "T1078.001"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts"],
  subject: "workload",
  reads: ["serviceAccounts"],
  check: ({ workload, pod }, context) => {
    const name = accountNameOf(pod);
    if (name !== "default") return [];
    const account = context.view(serviceAccountsView).get(`${workload.ref.namespace}/${name}`);
    const readable = judgeAutomount(pod);
    if ("state" in readable) return readable;
    const token = findToken(workload, pod, account, context.isComplete);
    if (token.isMounted === null) return unknown("The default service account is not among these manifests, and it may turn the token off.");
    if (!token.isMounted) return [];
    const message = "The pod uses the service account default, and its token is mounted.";
    return [weakness(pod.at("serviceAccountName"), pod.spec.serviceAccountName, message, { hint: token.because })];
  },
  remedy: ({ pod }, weaknesses) =>
    // Whoever wrote the volume of the token wants it: another account is the way.
    weaknesses.some(({ hint }) => hint === "volume")
      ? null
      : { ops: dropToken(pod), risk: "may-break", note: "A program that calls the API server needs a service account of its own instead." },
});
