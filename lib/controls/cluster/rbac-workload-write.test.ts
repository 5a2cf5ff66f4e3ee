import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-workload-write";

const allow = (apiGroups: string[], resources: string[], verbs: string[], part: object = {}) => ({ rules: [{ apiGroups, resources, verbs, ...part }] });

describeControl(control, {
  fails: [
    {
      name: "creating pods everywhere",
      objects: [clusterRole(allow([""], ["pods"], ["create"])), clusterRoleBinding()],
      severity: "high",
      evidence: [{ path: "rules[0]" }],
    },
    { name: "changing Deployments in a namespace", objects: [role(allow(["apps"], ["deployments"], ["patch"])), roleBinding()], severity: "medium" },
    { name: "changing one named Deployment", objects: [role(allow(["apps"], ["deployments"], ["update"], { resourceNames: ["cart"] })), roleBinding()] },
    { name: "creating CronJobs", objects: [role(allow(["batch"], ["cronjobs"], ["create", "get"])), roleBinding()] },
    { name: "creating Argo Rollouts", objects: [role(allow(["argoproj.io"], ["rollouts"], ["create"])), roleBinding()] },
    {
      name: "Services of Knative, which a rule for every API group allows with the others",
      objects: [clusterRole(allow(["*"], ["services"], ["create"])), clusterRoleBinding()],
      evidence: [
        {
          path: "rules[0]",
          message: "ClusterRoleBinding app binds it to ClusterRole app, whose rule 0 allows create on services.serving.knative.dev in the whole cluster.",
        },
      ],
    },
    { name: "everything of apps", objects: [clusterRole(allow(["apps"], ["*"], ["*"])), clusterRoleBinding()] },
  ],
  passes: [
    { name: "create with names grants nothing", objects: [role(allow([""], ["pods"], ["create"], { resourceNames: ["a"] })), roleBinding()] },
    { name: "Services of Kubernetes", objects: [clusterRole(allow([""], ["services"], ["create"])), clusterRoleBinding()] },
    { name: "scaling alone", objects: [role(allow(["apps"], ["deployments/scale"], ["update"])), roleBinding()] },
    { name: "reading and deleting", objects: [role(allow([""], ["pods"], ["get", "delete"])), roleBinding()] },
  ],
});
