import { platformView } from "../../inventory/cloud/cloud-provider";
import { findStaticCredentials, type StaticCredential, usesLocalEndpoint } from "../../inventory/secrets/static-credentials";
import { list, record, text } from "../../model/json";
import type { Severity } from "../../model/severity";
import { judgeContainers } from "../../pod-security/judge-check";
import { cloudAnswer } from "../cloud-answer";
import { defineControl, type Weakness, weakness } from "../define";
import { remove } from "../remedies/ops";

const SOURCE: Readonly<Record<StaticCredential["source"], string>> = {
  literal: "is written into the spec",
  secret: "comes from a Secret",
  "config-map": "comes from a ConfigMap",
  file: "points at a key file in a Secret",
};
const PARTNERS = new Set(["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN"]);

function severityOf(found: StaticCredential): Severity {
  if (usesLocalEndpoint(found.container)) return "low";
  return found.source === "literal" ? "critical" : "high";
}

export default defineControl({
  id: "cloud-static-credentials",
  layer: "cloud",
  severity: "high",
  maxSeverity: "critical",
  title: "Workloads hold no long-lived cloud keys",
  failure: "holds a long-lived cloud key",
  why: "A cloud key works from anywhere until somebody revokes it. Anyone who reads it in a pod, a Secret or a manifest can use it outside the cluster.",
  action: "Replace cloud keys with bound cloud identities",
  fix: "Bind the service account to a cloud identity (EKS Pod Identity or IRSA, Workload Identity on GKE and AKS), then remove the variable and revoke the key.",
  verify:
    'kubectl get pods -A -o json | jq -r \'.items[] | .metadata as $m | .spec | .containers[], .initContainers[]?, .ephemeralContainers[]? | .name as $c | .env[]? | select(.name | IN("AWS_SECRET_ACCESS_KEY", "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH", "ARM_CLIENT_SECRET", "GOOGLE_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS")) | [$m.namespace, $m.name, $c, .name, ((.valueFrom // {"literal": 1}) | keys[0])] | @tsv\'',
  lookFor:
    "Namespace, pod, container, variable, and where its value comes from. A variable that holds a path counts when the path lies in a mounted Secret. No output: no container has such a variable.",
  tips: ["S3", "S5"],
  frameworks: { nsa: ["CL", "AU"], mitre: ["T1552.001", "T1078.004"], owasp: ["K03", "K08"] },
  references: [
    "https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html",
    "https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
    "https://learn.microsoft.com/azure/aks/workload-identity-overview",
  ],
  subject: "workload",
  reads: ["nodes"],
  check: ({ pod, containers }, context) => {
    const found = containers.flatMap((container) => findStaticCredentials(pod, container));
    const weaknesses = found.map((item): Weakness => {
      const path = item.container.at(`env[${item.env}]`);
      const extra = { container: item.container.name, on: item.container.name, severity: severityOf(item), hint: item };
      return weakness(path, item.name, `${item.name} of container ${item.container.name} ${SOURCE[item.source]}.`, extra);
    });
    return cloudAnswer(context.view(platformView), weaknesses.length > 0 ? weaknesses : judgeContainers(pod));
  },
  remedy: (_subject, weaknesses) => {
    const found = weaknesses.map((item) => item.hint as StaticCredential); // safe: every weakness of this control carries one
    if (found.some((item) => item.container.list === "ephemeralContainers")) return null;
    const partners = found.flatMap(({ cloud, container }) =>
      cloud === "aws" ? list(container.spec.env).flatMap((entry, i) => (PARTNERS.has(text(record(entry).name) ?? "") ? [container.at(`env[${i}]`)] : [])) : [],
    );
    const paths = new Set([...weaknesses.map((item) => item.path), ...partners]);
    return {
      ops: [...paths].map(remove),
      risk: "may-break",
      note: "Bind the service account to a cloud identity first: the SDKs of all three clouds find it without configuration. Revoke the old key afterwards.",
    };
  },
});
