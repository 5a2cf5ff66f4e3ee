import { isVirtualNode, platformName, platformView } from "../../inventory/cloud/cloud-provider";
import { findCloudIdentity } from "../../inventory/cloud/cloud-identity";
import { findStaticCredentials } from "../../inventory/secrets/static-credentials";
import type { KubeObject } from "../../inventory/kube-object";
import type { Context } from "../../inventory/view";
import type { Workload } from "../../inventory/workloads/workload";
import { defineWorkloadFact } from "../../inventory/workloads/workload-fact";
import { dig, records } from "../../model/json";
import { defineControl, notApplicable, type Outcome, unknown, weakness } from "../define";

const METADATA_SERVER = "iam.gke.io/gke-metadata-server-enabled";

function onGke(nodes: readonly KubeObject[]): Outcome {
  const linux = nodes.filter((node) => !isVirtualNode(node) && dig(node.body, "status", "nodeInfo", "operatingSystem") !== "windows");
  if (linux.length === 0) return unknown("No Linux node was read.");
  return linux
    .filter((node) => node.labels[METADATA_SERVER] !== "true")
    .map((node) =>
      weakness(`metadata.labels["${METADATA_SERVER}"]`, node.labels[METADATA_SERVER], `Pods on node ${node.ref.name} can take the identity of the node.`, {
        object: node.ref,
      }),
    );
}

type Cloud = "aws" | "azure";
const ANNOTATIONS: Readonly<Record<Cloud, string>> = { aws: "eks.amazonaws.com/role-arn", azure: "azure.workload.identity/client-id" };

/** How pods prove who they are to AWS or Azure: by EKS Pod Identity, or by a key that lives long. */
const cloudLoginsView = defineWorkloadFact({
  start: (): { identified: Workload | null; readonly keyed: Record<Cloud, Workload[]> } => ({ identified: null, keyed: { aws: [], azure: [] } }),
  add: (logins, workload, pods) => {
    const containers = pods.flatMap((pod) => pod.containers.map((container) => ({ pod, container })));
    const names = (name: string) => containers.some(({ container }) => records(container.spec.env).some((entry) => entry.name === name));
    if (workload.scope !== "platform" && names("AWS_CONTAINER_CREDENTIALS_FULL_URI")) logins.identified ??= workload;
    const clouds = new Set(containers.flatMap(({ pod, container }) => findStaticCredentials(pod, container).map((item) => item.cloud)));
    for (const cloud of ["aws", "azure"] as const) if (clouds.has(cloud)) logins.keyed[cloud].push(workload);
  },
});

function onOthers(cloud: Cloud, { slices, view }: Context<"serviceAccounts" | "workloads">): Outcome {
  const logins = view(cloudLoginsView);
  const pod = cloud === "aws" ? logins.identified : null;
  const keyed = logins.keyed[cloud];
  // What drivers and controllers of the platform are bound to says nothing of the workloads.
  const bound = slices.serviceAccounts.flatMap((account) => {
    const identity = account.scope === "platform" ? null : findCloudIdentity(account);
    return identity?.annotation === ANNOTATIONS[cloud]
      ? [
          weakness(identity.path, identity.value, `Service account ${account.ref.namespace}/${account.ref.name} is bound to a cloud identity.`, {
            object: account.ref,
          }),
        ]
      : [];
  });
  if (bound.length > 0 || pod)
    return { state: "pass", notes: pod ? [...bound, weakness("", undefined, `${pod.ref.name} uses EKS Pod Identity.`, { object: pod.ref })] : bound };
  if (keyed.length === 0)
    return unknown(
      `No service account outside of the platform is bound to a cloud identity. The workloads may need none${cloud === "aws" ? ", or use EKS Pod Identity associations, which the cluster does not show" : ""}.`,
    );
  return keyed.map((workload) =>
    weakness("", undefined, `${workload.ref.name} uses a long-lived key, and no service account outside of the platform is bound to a cloud identity.`, {
      object: workload.ref,
    }),
  );
}

export default defineControl({
  id: "cloud-workload-identity",
  layer: "cloud",
  severity: "medium",
  title: "Workloads use cloud identities of their own",
  failure: "does not give workloads cloud identities of their own",
  why: "Without an identity per workload, pods either share the rights of their node or carry long-lived keys. Both give the weakest pod the rights of all.",
  action: "Give workloads cloud identities of their own",
  fix: "Turn on Workload Identity (GKE, AKS), EKS Pod Identity or IRSA, and bind one service account per workload to the one cloud role that it needs. On GKE, pods lose the identity of their node as soon as its pool has the metadata server: first bind the accounts of those that use it.",
  verify:
    'kubectl get nodes -L iam.gke.io/gke-metadata-server-enabled; kubectl get serviceaccounts -A -o json | jq -r \'.items[] | select(.metadata.annotations // {} | keys | any(test("eks.amazonaws.com/role-arn|iam.gke.io/gcp-service-account|azure.workload.identity/client-id"))) | .metadata.namespace + "/" + .metadata.name\'',
  lookFor:
    "GKE: a node without `true` in the last column. EKS and AKS: the second command lists the service accounts with a cloud identity; none of an application is there.",
  tips: ["S3"],
  frameworks: { nsa: ["CL", "AU"], mitre: ["T1552.005", "T1078.004"], owasp: ["K08"] },
  references: [
    "https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html",
    "https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity",
    "https://azure.github.io/azure-workload-identity/docs/",
  ],
  subject: "cluster",
  reads: ["nodes", "serviceAccounts", "workloads"],
  wholeCluster: "always",
  check: (_cluster, context) => {
    const { provider, distribution, isLocal, isAutopilot } = context.view(platformView);
    if (isAutopilot) return { state: "pass", notes: [weakness("", undefined, "GKE Autopilot always uses Workload Identity.")] };
    if (distribution === "gke") return onGke(context.slices.nodes);
    if (provider === "aws" || provider === "azure") return onOthers(provider, context);
    if (provider) return notApplicable(`${platformName(provider)} is none of the clouds whose workload identities we know.`);
    return isLocal
      ? notApplicable("The cluster runs on one machine, not in a cloud.")
      : unknown("Nothing in the nodes tells which cloud, if any, runs this cluster.");
  },
  remedy: null,
});
