/**
 * Custom kinds whose objects hold a whole PodTemplateSpec, once, of which their controller makes pods as it stands. `groups`: "" = also without
 * one. Not here: kinds whose operator lays a template over its own (Elastic, Flink, Spark, Strimzi), since what it does not say is not what
 * its pods lack; kinds whose steps are no containers of a pod spec (Tekton, Argo Workflows); and kinds with several templates (JobSet, Ray).
 */
export const POD_TEMPLATE_KINDS: Readonly<Record<string, { readonly groups: readonly string[]; readonly path: string }>> = {
  DeploymentConfig: { groups: ["", "apps.openshift.io"], path: "spec.template.spec" },
  Rollout: { groups: ["", "argoproj.io"], path: "spec.template.spec" },
  CloneSet: { groups: ["", "apps.kruise.io"], path: "spec.template.spec" },
  AdvancedCronJob: { groups: ["apps.kruise.io"], path: "spec.template.jobTemplate.spec.template.spec" },
  ScaledJob: { groups: ["keda.sh"], path: "spec.jobTargetRef.template.spec" },
  JobSink: { groups: ["sinks.knative.dev"], path: "spec.job.spec.template.spec" },
};
