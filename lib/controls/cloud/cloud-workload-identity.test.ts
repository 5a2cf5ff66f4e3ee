import { deployment, node, pod, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-workload-identity";

const aws = node({ spec: { providerID: "aws:///eu-west-1a/i-1" } });
const gke = (name: string, labels: object = {}) =>
  node({ name, spec: { providerID: "gce://p/z/n" }, labels: { "cloud.google.com/gke-nodepool": "a", ...labels } });
const served = { "iam.gke.io/gke-metadata-server-enabled": "true" };
const keyed = deployment({ container: { env: [{ name: "AWS_SECRET_ACCESS_KEY", valueFrom: { secretKeyRef: { name: "a", key: "b" } } }] } });
const podIdentity = (namespace: string) =>
  pod({ name: "identified", namespace, container: { env: [{ name: "AWS_CONTAINER_CREDENTIALS_FULL_URI", value: "http://169.254.170.23/v1/credentials" }] } });

describeControl(control, {
  fails: [
    {
      name: "a GKE node without the metadata server",
      objects: [gke("a", served), gke("b")],
      evidence: [{ path: 'metadata.labels["iam.gke.io/gke-metadata-server-enabled"]', value: null }],
    },
    { name: "long-lived keys and no bound account", objects: [aws, serviceAccount(), keyed] },
    {
      name: "long-lived keys, and a driver of the platform that is bound to a role",
      objects: [
        aws,
        keyed,
        serviceAccount({ name: "ebs-csi", namespace: "kube-system", annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/a" } }),
      ],
    },
    { name: "long-lived keys, and a pod of the platform that uses EKS Pod Identity", objects: [aws, keyed, podIdentity("kube-system")] },
    {
      name: "long-lived keys, and an account that is bound in another cloud",
      objects: [aws, keyed, serviceAccount({ annotations: { "iam.gke.io/gcp-service-account": "a@b.iam.gserviceaccount.com" } })],
    },
  ],
  passes: [
    {
      name: "a pod that EKS Pod Identity gave its credentials",
      objects: [aws, keyed, podIdentity("shop")],
      evidence: [{ path: "", message: "identified uses EKS Pod Identity." }],
    },
    { name: "every GKE node has the metadata server", objects: [gke("a", served), gke("b", served)] },
    {
      name: "an account is bound to a role",
      objects: [aws, keyed, serviceAccount({ annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/a" } })],
    },
    { name: "GKE Autopilot", objects: [gke("gk3-a")] },
  ],
  notApplicable: [
    { name: "kind", objects: [node({ spec: { providerID: "kind://a" } })] },
    { name: "another cloud", objects: [node({ spec: { providerID: "hcloud://1" } })] },
  ],
  unknown: [
    { name: "a key of another cloud", objects: [node({ spec: { providerID: "azure:///subscriptions/1" } }), serviceAccount(), keyed] },
    {
      name: "nothing is bound in Azure, which has no EKS Pod Identity",
      objects: [node({ spec: { providerID: "azure:///subscriptions/1" } }), serviceAccount(), deployment()],
      reason: "No service account outside of the platform is bound to a cloud identity. The workloads may need none.",
    },
    { name: "nothing is bound and nothing needs it", objects: [aws, serviceAccount(), deployment()] },
    {
      name: "only a driver of the platform is bound to a role",
      objects: [
        aws,
        deployment(),
        serviceAccount({ name: "ebs-csi", namespace: "kube-system", annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/a" } }),
      ],
    },
    { name: "no known cloud", objects: [node()] },
    { name: "accounts cannot be listed", objects: [aws], missing: ["serviceAccounts"] },
    { name: "a set of manifests", objects: [serviceAccount()], complete: false },
  ],
});
