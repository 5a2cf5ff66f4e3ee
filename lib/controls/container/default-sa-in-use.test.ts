import { cronJob, deployment, pod, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./default-sa-in-use";

const bare = { serviceAccountName: undefined, automountServiceAccountToken: undefined };
const silent = serviceAccount({ name: "default" });

describeControl(control, {
  fails: [
    {
      name: "no account is named",
      objects: [deployment({ podSpec: bare })],
      severity: "low",
      evidence: [{ path: "spec.template.spec.serviceAccountName", value: null }],
    },
    {
      name: "default is named",
      objects: [
        deployment({ podSpec: { ...bare, serviceAccountName: "default" } }),
        serviceAccount({ name: "default", automountServiceAccountToken: undefined }),
      ],
      evidence: [{ path: "spec.template.spec.serviceAccountName", value: "default" }],
    },
    { name: "in a CronJob", objects: [cronJob({ podSpec: bare })], evidence: [{ path: "spec.jobTemplate.spec.template.spec.serviceAccountName" }] },
    {
      name: "the pod asks for the token that the account refuses",
      objects: [deployment({ podSpec: { ...bare, automountServiceAccountToken: true } }), silent],
    },
  ],
  passes: [
    { name: "an account of its own", objects: [deployment()] },
    {
      name: "a static pod, which gets no token at all",
      objects: [
        pod({
          name: "etcd-node-1",
          namespace: "kube-system",
          podSpec: { ...bare, nodeName: "node-1" },
          metadata: { ownerReferences: [{ apiVersion: "v1", kind: "Node", name: "node-1", controller: true }] },
        }),
      ],
      target: { kind: "StaticPod", name: "etcd" },
    },
    { name: "default without a token, by the pod", objects: [deployment({ podSpec: { ...bare, automountServiceAccountToken: false } })] },
    { name: "default without a token, by the account", objects: [deployment({ podSpec: bare }), silent] },
  ],
  unknown: [
    { name: "a part of a cluster does not show the account", objects: [deployment({ podSpec: bare })], complete: false },
    { name: "the switch is a text", objects: [deployment({ podSpec: { ...bare, automountServiceAccountToken: "false" } })] },
    { name: "accounts could not be read", objects: [deployment({ podSpec: bare })], missing: ["serviceAccounts"] },
  ],
});
