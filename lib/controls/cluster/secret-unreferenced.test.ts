import { daemonSet, deployment, ingress, pod, role, roleBinding, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./secret-unreferenced";

const secret = (part: object = {}, metadata: object = {}) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "db", namespace: "shop", creationTimestamp: "2026-01-01T00:00:00Z", ...metadata },
  type: "Opaque",
  data: { password: "aHVudGVyMg==" },
  ...part,
});
const readsSecrets = (part: object = {}) => role({ rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"], ...part }] });
const asApp = deployment({ podSpec: { serviceAccountName: "app" } });
const gateway = (namespace: string, reference: object) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "public", namespace },
  spec: { listeners: [{ name: "https", port: 443, protocol: "HTTPS", tls: { certificateRefs: [reference] } }] },
});
const ownedPod = (apiVersion: string, kind: string) =>
  pod({
    name: "app-x7k2p",
    metadata: { ownerReferences: [{ apiVersion, kind, name: "app", controller: true }] },
    podSpec: { imagePullSecrets: [{ name: "db" }] },
  });
const target = { kind: "Secret", name: "db" };

describeControl(control, {
  fails: [
    { name: "a variable about something else", objects: [secret(), deployment({ container: { env: [{ name: "DATABASE", value: "db" }] } })], target },
    { name: "nothing names it", objects: [secret(), deployment()], target },
    {
      name: "an account may read it, and nothing runs as that",
      objects: [secret(), deployment({ podSpec: { serviceAccountName: "other" } }), readsSecrets(), roleBinding()],
      target,
    },
    { name: "a program may read another one", objects: [secret(), asApp, readsSecrets({ resourceNames: ["other"] }), roleBinding()], target },
    {
      name: "a program may read another one, and anything else of another kind",
      objects: [
        secret(),
        asApp,
        role({
          rules: [
            { apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["other"] },
            { apiGroups: [""], resources: ["configmaps"], verbs: ["get"] },
          ],
        }),
        roleBinding(),
      ],
      target,
    },
    { name: "a listener of a Gateway in another namespace, which means its own", objects: [secret(), gateway("edge", { name: "db" })], target },
    {
      name: "only a pod of another namespace",
      objects: [secret(), deployment({ namespace: "other", podSpec: { volumes: [{ name: "db", secret: { secretName: "db" } }] } })],
      target,
    },
  ],
  passes: [
    {
      name: "a Role names it for the account of a program",
      objects: [secret(), asApp, readsSecrets({ resourceNames: ["db"] }), roleBinding()],
      target,
    },
    {
      name: "a pod of a custom owner pulls its image with it",
      objects: [secret({ type: "kubernetes.io/dockerconfigjson" }), ownedPod("core.strimzi.io/v1beta2", "StrimziPodSet")],
      target,
    },
    {
      name: "admission gave it to the pods of a workload that does not name it",
      objects: [secret({ type: "kubernetes.io/dockerconfigjson" }), daemonSet(), ownedPod("apps/v1", "DaemonSet")],
      target,
    },
    { name: "a volume", objects: [secret(), deployment({ podSpec: { volumes: [{ name: "db", secret: { secretName: "db" } }] } })], target },
    {
      name: "a projected volume",
      objects: [secret(), deployment({ podSpec: { volumes: [{ name: "db", projected: { sources: [{ secret: { name: "db" } }] } }] } })],
      target,
    },
    {
      name: "a variable of an init container",
      objects: [
        secret(),
        deployment({
          podSpec: {
            initContainers: [{ name: "i", image: "registry.example.com/i:1.0.0", env: [{ name: "A", valueFrom: { secretKeyRef: { name: "db", key: "a" } } }] }],
          },
        }),
      ],
      target,
    },
    {
      name: "a variable that names it for the program",
      objects: [secret(), deployment({ container: { env: [{ name: "WEBHOOK_SECRET_NAME", value: "db" }] } })],
      target,
    },
    { name: "a flag that names it for the program", objects: [secret(), deployment({ container: { args: ["--tls-secret-name=db"] } })], target },
    { name: "a pull secret of an account", objects: [secret(), serviceAccount({ imagePullSecrets: [{ name: "db" }] })], target },
    {
      name: "an Ingress",
      objects: [secret({ type: "kubernetes.io/tls" }), ingress({ spec: { tls: [{ hosts: ["app.example.com"], secretName: "db" }] } })],
      target,
    },
    {
      name: "the driver of a volume",
      objects: [
        secret(),
        {
          apiVersion: "v1",
          kind: "PersistentVolume",
          metadata: { name: "data" },
          spec: { csi: { driver: "rbd.csi.ceph.com", nodeStageSecretRef: { name: "db", namespace: "shop" } } },
        },
      ],
      target,
    },
    {
      name: "the driver of volumes to come",
      objects: [
        secret(),
        {
          apiVersion: "storage.k8s.io/v1",
          kind: "StorageClass",
          metadata: { name: "fast" },
          provisioner: "rbd.csi.ceph.com",
          parameters: { "csi.storage.k8s.io/provisioner-secret-name": "db", "csi.storage.k8s.io/provisioner-secret-namespace": "shop" },
        },
      ],
      target,
    },
    {
      name: "a listener of a Gateway in its namespace",
      objects: [secret(), gateway("shop", { name: "db" })],
      target,
    },
    { name: "a listener of a Gateway in another namespace", objects: [secret(), gateway("edge", { name: "db", namespace: "shop" })], target },
    {
      name: "an annotation of an Ingress",
      objects: [secret(), ingress({ metadata: { annotations: { "nginx.ingress.kubernetes.io/auth-secret": "db" } } })],
      target,
    },
    {
      name: "an annotation of an Ingress in another namespace",
      objects: [secret(), ingress({ namespace: "edge", metadata: { annotations: { "nginx.ingress.kubernetes.io/auth-tls-secret": "shop/db" } } })],
      target,
    },
    { name: "it is new", objects: [secret({}, { creationTimestamp: "2026-11-20T00:00:00Z" })], target },
  ],
  notApplicable: [
    { name: "a type of a tool", objects: [secret({ type: "helm.sh/release.v1" })], target },
    { name: "a Secret of the platform", objects: [secret({}, { namespace: "kube-system" })], target },
  ],
  unknown: [
    { name: "volumes, which may name it, cannot be read", objects: [secret()], target, missing: ["persistentVolumes"] },
    {
      name: "a program may read every Secret of the namespace, and one by its name",
      objects: [
        secret(),
        asApp,
        role({ rules: [["other"], []].map((resourceNames) => ({ apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames })) }),
        roleBinding(),
      ],
      target,
    },
    { name: "a program may read every Secret of the namespace", objects: [secret(), asApp, readsSecrets(), roleBinding()], target },
    { name: "Secrets are not read", objects: [deployment()], missing: ["secrets"] },
    { name: "a set of manifests", objects: [secret()], target, complete: false },
  ],
});
