import { everywhere, inShop, rule, throughBinding } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-workload-write";

/** The shipped role edit in the namespace shop, with a rule that an operator adds. */
const shippedEdit = (...added: Parameters<typeof rule>) => {
  const label = { "rbac.authorization.k8s.io/aggregate-to-edit": "true" };
  return [
    clusterRole({ name: "edit", aggregationRule: { clusterRoleSelectors: [{ matchLabels: label }] }, rules: [] }),
    clusterRole({ name: "system:aggregate-to-edit", labels: label, rules: [rule("apps", ["deployments"], ["create", "patch"])] }),
    clusterRole({ name: "operator-edit", labels: label, rules: [rule(...added)] }),
    roleBinding({ roleRef: { kind: "ClusterRole", name: "edit" } }),
  ];
};

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
    {
      name: "runs of Tekton, whose steps run as any account of the namespace",
      objects: inShop("tekton.dev", ["taskruns"], ["create"]),
      severity: "medium",
      evidence: [{ path: "rules[0]", message: "RoleBinding shop/app binds it to Role shop/app, whose rule 0 allows create on taskruns in namespace shop." }],
    },
    { name: "workflows of Argo", objects: inShop("argoproj.io", ["workflows"], ["create"]), severity: "medium" },
    { name: "changing workflows of Argo, whose next steps follow", objects: inShop("argoproj.io", ["workflows"], ["patch"]), severity: "medium" },
    { name: "changing jobs of Ray, which pause and begin anew", objects: inShop("ray.io", ["rayjobs"], ["update"]), severity: "medium" },
    { name: "changing jobs of Kubeflow", objects: inShop("kubeflow.org", ["pytorchjobs"], ["patch"]), severity: "medium" },
    {
      name: "what Argo CD applies, where its own account can take the cluster",
      objects: [
        ...inShop("argoproj.io", ["applications"], ["patch"]),
        clusterRole({ name: "argo", rules: [rule("*", ["*"], ["*"])] }),
        clusterRoleBinding({
          name: "argo",
          roleRef: { kind: "ClusterRole", name: "argo" },
          subjects: [{ kind: "Group", name: "system:serviceaccounts:shop" }],
        }),
      ],
      severity: "high",
    },
    { name: "what Flux applies, with its own rights", objects: inShop("kustomize.toolkit.fluxcd.io", ["*"], ["create"]), severity: "high" },
    {
      name: "from where Flux takes what it applies",
      objects: inShop("source.toolkit.fluxcd.io", ["gitrepositories"], ["patch"], ["platform"]),
      severity: "high",
    },
    {
      name: "objects that Crossplane applies, in the namespace that its second version puts them in",
      objects: inShop("kubernetes.m.crossplane.io", ["objects"], ["create"]),
      severity: "high",
    },
    { name: "operators that OLM installs", objects: inShop("operators.coreos.com", ["subscriptions"], ["create"]), severity: "medium" },
    { name: "steps of Tekton that others run", objects: inShop("tekton.dev", ["tasks"], ["patch"]), severity: "medium" },
    { name: "what Argo CD's rollouts run to see how they go", objects: inShop("argoproj.io", ["analysisruns"], ["create"]), severity: "medium" },
    { name: "everything of a namespace, where no rule names Flux", objects: inShop("*", ["*"], ["create"]), severity: "medium" },
    {
      name: "what Flux applies, by a role that Kubernetes ships and Flux adds to",
      objects: shippedEdit("helm.toolkit.fluxcd.io", ["helmreleases"], ["create"]),
      severity: "high",
    },
    { name: "programs that Crossplane runs", objects: everywhere("pkg.crossplane.io", ["providers"], ["create"]), severity: "high" },
    { name: "making Jobs", objects: inShop("batch", ["jobs"], ["create"]) },
    { name: "everything of apps", objects: everywhere("apps", ["*"], ["*"]) },
  ],
  passes: [
    { name: "create with names grants nothing", objects: inShop("", ["pods"], ["create"], ["a"]) },
    { name: "Services of Kubernetes", objects: everywhere("", ["services"], ["create"]) },
    { name: "changing Jobs, whose pods are fixed", objects: everywhere("batch", ["jobs"], ["update", "patch"]) },
    { name: "changing runs of Tekton", objects: inShop("tekton.dev", ["taskruns", "pipelineruns"], ["patch"]) },
    { name: "programs that Crossplane runs, which are in no namespace", objects: throughBinding("pkg.crossplane.io", ["providers"], ["create"]) },
    {
      name: "objects that Crossplane applies, which its first version has in no namespace",
      objects: throughBinding("kubernetes.crossplane.io", ["objects"], ["create"]),
    },
    { name: "making what others would have to point at", objects: everywhere("source.toolkit.fluxcd.io", ["gitrepositories", "ocirepositories"], ["create"]) },
    { name: "making steps of Tekton that nobody runs", objects: inShop("tekton.dev", ["tasks", "pipelines"], ["create"]) },
    { name: "scaling alone", objects: inShop("apps", ["deployments/scale"], ["update"]) },
    { name: "reading and deleting", objects: inShop("", ["pods"], ["get", "delete"]) },
  ],
  notApplicable: [
    {
      name: "runs of Tekton, by a role that Kubernetes ships for those who make workloads there",
      objects: shippedEdit("tekton.dev", ["taskruns"], ["create"]),
    },
  ],
});
