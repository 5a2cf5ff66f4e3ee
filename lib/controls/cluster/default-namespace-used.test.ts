import { configMap, deployment, ingress, namespace, node, role, roleBinding, service, serviceAccount } from "../../inventory/testing";
import { type JsonRecord, record } from "../../model/json";
import { describeControl } from "../testing";
import control from "./default-namespace-used";

const home = namespace({ name: "default" });
const inDefault = { namespace: "default" };

function object(apiVersion: string, kind: string, name: string, more: JsonRecord = {}): JsonRecord {
  const { metadata, ...rest } = more;
  return { apiVersion, kind, metadata: { name, namespace: "default", ...record(metadata) }, ...rest };
}

const kept = { metadata: { labels: { "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io" } } };
const token = { type: "kubernetes.io/service-account-token", metadata: { annotations: { "kubernetes.io/service-account.name": "default" } } };
const shipped = [
  ...["kube-root-ca.crt", "istio-ca-root-cert", "openshift-service-ca.crt"].map((name) => configMap({ ...inDefault, name })),
  object("v1", "Endpoints", "kubernetes"),
  object("discovery.k8s.io/v1", "EndpointSlice", "kubernetes"),
  object("v1", "Secret", "default-token-x7k2p", token),
];

describeControl(control, {
  fails: [
    { name: "a workload", objects: [home, deployment(inDefault)], severity: "low", evidence: [{ path: "metadata.namespace", value: "default" }] },
    { name: "an account of one's own", objects: [home, serviceAccount(inDefault)] },
    { name: "a role", objects: [home, role(inDefault)] },
    { name: "a service", objects: [home, service(inDefault)] },
    { name: "a binding", objects: [home, roleBinding(inDefault)] },
    {
      name: "a service, and Secrets were asked for in vain",
      objects: [home, service(inDefault)],
      missing: ["secrets"],
      settings: { optInSources: ["secret-metadata"] },
    },
    { name: "a Secret, where Secrets are among the objects", objects: [home, object("v1", "Secret", "database")] },
    { name: "an account that only OpenShift puts there", objects: [home, serviceAccount({ ...inDefault, name: "builder" }), node()] },
    { name: "a ConfigMap", objects: [home, configMap(inDefault)] },
    { name: "an Ingress", objects: [home, ingress(inDefault)] },
    { name: "a volume claim", objects: [home, object("v1", "PersistentVolumeClaim", "data")] },
    { name: "a disruption budget", objects: [home, object("policy/v1", "PodDisruptionBudget", "cart")] },
    { name: "an autoscaler", objects: [home, object("autoscaling/v2", "HorizontalPodAutoscaler", "cart")] },
    { name: "a lease", objects: [home, object("coordination.k8s.io/v1", "Lease", "leader")] },
    { name: "a lease called like the API server's Service", objects: [home, object("coordination.k8s.io/v1", "Lease", "kubernetes")] },
    { name: "Endpoints that no Service has", objects: [home, object("v1", "Endpoints", "legacy")] },
    { name: "a slice that somebody wrote for the API server's Service", objects: [home, object("discovery.k8s.io/v1", "EndpointSlice", "kubernetes-2")] },
    { name: "a workload that names no namespace", objects: [home, deployment({ metadata: { namespace: undefined } })] },
  ],
  passes: [
    {
      name: "only what Kubernetes puts there",
      objects: [home, serviceAccount({ ...inDefault, name: "default" }), service({ ...inDefault, name: "kubernetes" }), ...shipped],
      target: { kind: "Namespace", name: "default" },
    },
    {
      name: "only what OpenShift puts there",
      objects: [
        home,
        service({ ...inDefault, name: "openshift" }),
        ...["builder", "deployer"].flatMap((name) => [
          serviceAccount({ ...inDefault, name }),
          object("v1", "Secret", `${name}-dockercfg-x7k2p`, {
            type: "kubernetes.io/dockercfg",
            metadata: { annotations: { "openshift.io/internal-registry-auth-token.service-account": name } },
          }),
        ]),
        ...["system:deployers", "system:image-builders", "system:image-pullers"].map((name) => roleBinding({ ...inDefault, name })),
        node({ labels: { "node.openshift.io/os_id": "rhel" } }),
      ],
      target: { kind: "Namespace", name: "default" },
    },
    {
      name: "what the cluster writes for a Service that is gone from the set",
      objects: [home, object("discovery.k8s.io/v1", "EndpointSlice", "cart-abcde", kept)],
      target: { kind: "Namespace", name: "default" },
    },
    { name: "no leases and Secrets were read", objects: [home], missing: ["secrets", "companions"], target: { kind: "Namespace", name: "default" } },
  ],
  notApplicable: [{ name: "another namespace", objects: [namespace(), deployment()] }],
  unknown: [
    { name: "workloads could not be read", objects: [home], missing: ["workloads"] },
    {
      name: "Secrets were asked for in vain",
      objects: [home],
      missing: ["secrets"],
      settings: { optInSources: ["secret-metadata"] },
      target: { kind: "Namespace", name: "default" },
      reason: "Secrets, of which some may lie there, could not be read.",
    },
  ],
});
