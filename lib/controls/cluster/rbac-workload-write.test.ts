import { everywhere, inShop } from "../../graph/rbac/testing";
import { describeControl } from "../testing";
import control from "./rbac-workload-write";

describeControl(control, {
  fails: [
    {
      name: "creating pods everywhere",
      objects: everywhere("", ["pods"], ["create"]),
      severity: "high",
      evidence: [{ path: "rules[0]" }],
    },
    { name: "changing Deployments in a namespace", objects: inShop("apps", ["deployments"], ["patch"]), severity: "medium" },
    { name: "changing one named Deployment", objects: inShop("apps", ["deployments"], ["update"], ["cart"]) },
    { name: "creating CronJobs", objects: inShop("batch", ["cronjobs"], ["create", "get"]) },
    { name: "creating Argo Rollouts", objects: inShop("argoproj.io", ["rollouts"], ["create"]) },
    {
      name: "Services of Knative, which a rule for every API group allows with the others",
      objects: everywhere("*", ["services"], ["create"]),
      evidence: [
        {
          path: "rules[0]",
          message: "ClusterRoleBinding app binds it to ClusterRole app, whose rule 0 allows create on services.serving.knative.dev in the whole cluster.",
        },
      ],
    },
    { name: "everything of apps", objects: everywhere("apps", ["*"], ["*"]) },
  ],
  passes: [
    { name: "create with names grants nothing", objects: inShop("", ["pods"], ["create"], ["a"]) },
    { name: "Services of Kubernetes", objects: everywhere("", ["services"], ["create"]) },
    { name: "scaling alone", objects: inShop("apps", ["deployments/scale"], ["update"]) },
    { name: "reading and deleting", objects: inShop("", ["pods"], ["get", "delete"]) },
  ],
});
