import { clusterRole, clusterRoleBinding, deployment, namespace, pod, role, roleBinding, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./sa-token-automounted";

const open = { automountServiceAccountToken: undefined };
const account = serviceAccount(open);
const everything = [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }];
const secrets = [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }];

function tokenVolume(audience?: string) {
  const serviceAccountToken = { path: "token", ...(audience && { audience }) };
  return { volumes: [{ name: "token", projected: { sources: [{ serviceAccountToken }] } }] };
}
const injected = {
  volumes: [{ name: "kube-api-access-x2x2x", projected: { sources: [{ serviceAccountToken: { path: "token", expirationSeconds: 3607 } }] } }],
};
const mirror = pod({
  name: "kube-proxy-node-1",
  namespace: "kube-system",
  podSpec: { ...open, nodeName: "node-1" },
  metadata: { ownerReferences: [{ apiVersion: "v1", kind: "Node", name: "node-1", controller: true }] },
});
const ownMount = { mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", name: "none" };
const mounts = { volumeMounts: [{ name: "token", mountPath: "/var/run/token" }] };

describeControl(control, {
  fails: [
    {
      name: "nothing is set, and no binding names the account",
      objects: [deployment({ podSpec: open }), account],
      severity: "low",
      evidence: [{ path: "spec.template.spec.automountServiceAccountToken", value: null }],
    },
    {
      name: "the account can take the cluster",
      objects: [deployment({ podSpec: open }), account, clusterRole({ rules: everything }), clusterRoleBinding()],
      severity: "high",
    },
    {
      name: "the account reaches other workloads",
      objects: [deployment({ podSpec: open }), account, role({ rules: secrets }), roleBinding()],
      severity: "medium",
    },
    {
      name: "the account has a shipped role that no manifest lists, and nobody claims to show the whole cluster",
      objects: [deployment({ podSpec: open }), account, roleBinding({ roleRef: { kind: "ClusterRole", name: "edit" } })],
      complete: false,
      severity: "medium",
    },
    {
      name: "the account makes pods in its namespace, which lets privileged ones in",
      objects: [
        deployment({ podSpec: open }),
        account,
        role({ rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["patch"] }] }),
        roleBinding(),
        namespace({ labels: { "pod-security.kubernetes.io/enforce": "privileged" } }),
      ],
      severity: "high",
    },
    {
      name: "the account makes pods in its namespace, which holds privileged ones back",
      objects: [
        deployment({ podSpec: open }),
        account,
        role({ rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["create"] }] }),
        roleBinding(),
        namespace(),
      ],
      severity: "medium",
    },
    {
      name: "the account changes the image of pods, which lets none of them out",
      objects: [
        deployment({ podSpec: open }),
        account,
        role({ rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["patch"] }] }),
        roleBinding(),
        namespace({ labels: { "pod-security.kubernetes.io/enforce": "privileged" } }),
      ],
      severity: "medium",
    },
    {
      name: "the account makes pods in its namespace",
      objects: [
        deployment({ podSpec: open }),
        account,
        role({ rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["create"] }] }),
        roleBinding(),
      ],
      severity: "medium",
    },
    {
      name: "the default account has weak rights, which all share",
      objects: [
        deployment({ podSpec: { ...open, serviceAccountName: "default" } }),
        role(),
        roleBinding({ subjects: [{ kind: "ServiceAccount", name: "default" }] }),
      ],
      severity: "low",
    },
    {
      name: "the pod asks for it against its account",
      objects: [deployment({ podSpec: { automountServiceAccountToken: true } }), serviceAccount()],
      severity: "low",
    },
    {
      name: "a token is mounted by hand",
      objects: [pod({ podSpec: tokenVolume(), container: mounts }), serviceAccount()],
      evidence: [{ path: "spec.volumes[0]" }],
      remedy: false,
    },
    {
      name: "a token for the API server by the name of its Service",
      objects: [pod({ podSpec: tokenVolume("https://kubernetes.default.svc.cluster.local"), container: mounts }), serviceAccount()],
      evidence: [{ path: "spec.volumes[0]" }],
      remedy: false,
    },
    {
      name: "the Secret that older releases made for the account is mounted in the token's place",
      objects: [
        deployment({ podSpec: { ...open, volumes: [{ name: "none", secret: { secretName: "app-token-x2x2x" } }] }, container: { volumeMounts: [ownMount] } }),
        account,
      ],
      severity: "low",
      evidence: [{ path: "spec.template.spec.volumes[0]", value: "none" }],
      remedy: false,
    },
    {
      name: "only one of two containers has something else in the token's place",
      objects: [
        deployment({
          podSpec: { ...open, volumes: [{ name: "none", emptyDir: { sizeLimit: "1Mi" } }], initContainers: [{ name: "init", image: "busybox:1.37" }] },
          container: { volumeMounts: [ownMount] },
        }),
        account,
      ],
      severity: "low",
    },
    {
      name: "a pod that runs shows the volume that admission put in",
      objects: [
        pod({
          podSpec: { ...open, ...injected },
          container: { volumeMounts: [{ name: "kube-api-access-x2x2x", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }] },
        }),
        account,
      ],
      severity: "low",
      evidence: [{ path: "spec.automountServiceAccountToken" }],
    },
    {
      name: "the deprecated field names the account",
      objects: [
        deployment({ podSpec: { ...open, serviceAccountName: undefined, serviceAccount: "app" } }),
        account,
        clusterRole({ rules: everything }),
        clusterRoleBinding(),
      ],
      severity: "high",
    },
  ],
  passes: [
    { name: "the pod turns it off", objects: [deployment(), account] },
    { name: "the account turns it off", objects: [deployment({ podSpec: open }), serviceAccount()] },
    { name: "an account of its own uses a weak right", objects: [deployment({ podSpec: open }), account, role(), roleBinding()] },
    { name: "the need is acknowledged", objects: [deployment({ podSpec: open, annotations: { "concentric.dev/needs-api-token": "true" } }), account] },
    { name: "the token is for somebody else", objects: [pod({ podSpec: tokenVolume("vault"), container: mounts }), account] },
    { name: "a static pod, which the kubelet runs from a file of its node", objects: [mirror], target: { kind: "StaticPod", name: "kube-proxy" } },
    {
      name: "every container has something else in the token's place",
      objects: [
        deployment({ podSpec: { ...open, volumes: [{ name: "none", emptyDir: { sizeLimit: "1Mi" } }] }, container: { volumeMounts: [ownMount] } }),
        account,
      ],
    },
    {
      name: "a Secret of another name is mounted in the token's place",
      objects: [
        deployment({ podSpec: { ...open, volumes: [{ name: "none", secret: { secretName: "app-token" } }] }, container: { volumeMounts: [ownMount] } }),
        account,
      ],
    },
    { name: "the volume is mounted nowhere", objects: [pod({ podSpec: tokenVolume() }), account] },
  ],
  unknown: [
    { name: "the switch is a text", objects: [deployment({ podSpec: { automountServiceAccountToken: "false" } }), account] },
    { name: "bindings could not be read", objects: [deployment({ podSpec: open }), account], missing: ["bindings"] },
    { name: "a part of a cluster does not show the account", objects: [deployment({ podSpec: open })], complete: false },
  ],
});
