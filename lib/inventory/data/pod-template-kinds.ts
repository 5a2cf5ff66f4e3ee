interface PodTemplateKind {
  /** "" = also without one. */
  readonly groups: readonly string[];
  /** Of pod specs: `name[*]` = each item of a list, `*` = each entry of a map. */
  readonly paths: readonly string[];
}

const trainingJob = (field: string): PodTemplateKind => ({ groups: ["kubeflow.org"], paths: [`spec.${field}.*.template.spec`] });
const ray = (below: string, ...more: readonly string[]): PodTemplateKind => ({
  groups: ["ray.io"],
  paths: [`${below}.headGroupSpec.template.spec`, `${below}.workerGroupSpecs[*].template.spec`, ...more],
});

/**
 * Custom kinds whose objects hold whole PodTemplateSpecs of which their controller makes pods: as they stand, or with more put in. Not here:
 * kinds whose operator lays a template over its own (Elastic, Flink, Spark, Strimzi), since what it does not say is not what its pods lack; and
 * kinds whose steps are no containers of a pod spec (Tekton, Argo Workflows).
 */
export const POD_TEMPLATE_KINDS: Readonly<Record<string, readonly PodTemplateKind[]>> = {
  DeploymentConfig: [{ groups: ["", "apps.openshift.io"], paths: ["spec.template.spec"] }],
  Rollout: [{ groups: ["", "argoproj.io"], paths: ["spec.template.spec"] }],
  CloneSet: [{ groups: ["", "apps.kruise.io"], paths: ["spec.template.spec"] }],
  AdvancedCronJob: [{ groups: ["apps.kruise.io"], paths: ["spec.template.jobTemplate.spec.template.spec"] }],
  UnitedDeployment: [
    {
      groups: ["apps.kruise.io"],
      paths: ["statefulSetTemplate", "advancedStatefulSetTemplate", "cloneSetTemplate", "deploymentTemplate"].map(
        (name) => `spec.template.${name}.spec.template.spec`,
      ),
    },
  ],
  ScaledJob: [{ groups: ["keda.sh"], paths: ["spec.jobTargetRef.template.spec"] }],
  JobSink: [{ groups: ["sinks.knative.dev"], paths: ["spec.job.spec.template.spec"] }],
  JobSet: [{ groups: ["jobset.x-k8s.io"], paths: ["spec.replicatedJobs[*].template.spec.template.spec"] }],
  LeaderWorkerSet: [
    { groups: ["leaderworkerset.x-k8s.io"], paths: ["spec.leaderWorkerTemplate.leaderTemplate.spec", "spec.leaderWorkerTemplate.workerTemplate.spec"] },
  ],
  Job: [{ groups: ["batch.volcano.sh"], paths: ["spec.tasks[*].template.spec"] }],
  Fleet: [{ groups: ["agones.dev"], paths: ["spec.template.spec.template.spec"] }],
  RayCluster: [ray("spec")],
  RayJob: [ray("spec.rayClusterSpec", "spec.submitterPodTemplate.spec")],
  RayService: [ray("spec.rayClusterConfig")],
  PyTorchJob: [trainingJob("pytorchReplicaSpecs")],
  TFJob: [trainingJob("tfReplicaSpecs")],
  MPIJob: [trainingJob("mpiReplicaSpecs")],
  XGBoostJob: [trainingJob("xgbReplicaSpecs")],
  PaddleJob: [trainingJob("paddleReplicaSpecs")],
  MXJob: [trainingJob("mxReplicaSpecs")],
  JAXJob: [trainingJob("jaxReplicaSpecs")],
};
