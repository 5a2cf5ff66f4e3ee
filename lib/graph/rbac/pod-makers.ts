interface Kinds {
  readonly group: string;
  readonly resources: readonly string[];
}

/** Kinds that a controller makes pods of, or by which it applies whatever objects the writer names: as service accounts that the writer chooses, or its own. */
export const POD_MAKERS: {
  /**
   * Making one and changing one are enough. So it is with runs whose controller makes each pod of what they say by then: those of Argo step by step, those of
   * Ray and Kubeflow anew after a pause.
   */
  readonly written: readonly Kinds[];
  /** Runs whose pods are fixed when they are made. */
  readonly made: readonly Kinds[];
  /** What others point at: a new one runs nothing, but who changes one that is in use has what uses it. */
  readonly pointedAt: readonly Kinds[];
} = {
  written: [
    { group: "", resources: ["replicationcontrollers"] },
    { group: "apps", resources: ["deployments", "daemonsets", "statefulsets", "replicasets"] },
    { group: "batch", resources: ["cronjobs"] },
    { group: "apps.openshift.io", resources: ["deploymentconfigs"] },
    { group: "build.openshift.io", resources: ["buildconfigs"] },
    { group: "argoproj.io", resources: ["rollouts", "workflows", "cronworkflows", "applications", "applicationsets", "sensors", "argocds"] },
    { group: "kustomize.toolkit.fluxcd.io", resources: ["kustomizations"] },
    { group: "helm.toolkit.fluxcd.io", resources: ["helmreleases"] },
    { group: "fluxcd.controlplane.io", resources: ["resourcesets", "fluxinstances"] },
    { group: "helm.cattle.io", resources: ["helmcharts", "helmchartconfigs"] },
    { group: "fleet.cattle.io", resources: ["gitrepos", "bundles"] },
    { group: "upgrade.cattle.io", resources: ["plans"] },
    { group: "kappctrl.k14s.io", resources: ["apps"] },
    { group: "packaging.carvel.dev", resources: ["packageinstalls"] },
    { group: "pkg.crossplane.io", resources: ["providers", "functions", "configurations", "deploymentruntimeconfigs"] },
    { group: "kubernetes.crossplane.io", resources: ["objects"] },
    { group: "kubernetes.m.crossplane.io", resources: ["objects"] },
    { group: "helm.crossplane.io", resources: ["releases"] },
    { group: "helm.m.crossplane.io", resources: ["releases"] },
    { group: "operators.coreos.com", resources: ["subscriptions", "clusterserviceversions", "catalogsources"] },
    { group: "olm.operatorframework.io", resources: ["clusterextensions"] },
    { group: "policy.open-cluster-management.io", resources: ["policies", "configurationpolicies"] },
    { group: "work.open-cluster-management.io", resources: ["manifestworks"] },
    { group: "velero.io", resources: ["restores"] },
    { group: "apps.kruise.io", resources: ["clonesets", "statefulsets", "daemonsets", "advancedcronjobs", "uniteddeployments", "ephemeraljobs"] },
    { group: "serving.knative.dev", resources: ["services", "configurations"] },
    { group: "sources.knative.dev", resources: ["containersources"] },
    { group: "serving.kserve.io", resources: ["inferenceservices"] },
    { group: "kubevirt.io", resources: ["virtualmachineinstances", "virtualmachines", "virtualmachineinstancereplicasets"] },
    { group: "keda.sh", resources: ["scaledjobs"] },
    { group: "triggers.tekton.dev", resources: ["eventlisteners"] },
    { group: "monitoring.coreos.com", resources: ["prometheuses", "prometheusagents", "alertmanagers", "thanosrulers"] },
    { group: "grafana.integreatly.org", resources: ["grafanas"] },
    { group: "opentelemetry.io", resources: ["opentelemetrycollectors"] },
    { group: "elasticsearch.k8s.elastic.co", resources: ["elasticsearches"] },
    { group: "kibana.k8s.elastic.co", resources: ["kibanas"] },
    { group: "beat.k8s.elastic.co", resources: ["beats"] },
    { group: "agent.k8s.elastic.co", resources: ["agents"] },
    { group: "postgresql.cnpg.io", resources: ["clusters"] },
    { group: "kafka.strimzi.io", resources: ["kafkas", "kafkaconnects"] },
    { group: "rabbitmq.com", resources: ["rabbitmqclusters"] },
    { group: "mongodbcommunity.mongodb.com", resources: ["mongodbcommunity"] },
    { group: "sparkoperator.k8s.io", resources: ["sparkapplications", "scheduledsparkapplications"] },
    { group: "flink.apache.org", resources: ["flinkdeployments"] },
    { group: "ray.io", resources: ["rayclusters", "rayservices", "rayjobs"] },
    { group: "leaderworkerset.x-k8s.io", resources: ["leaderworkersets"] },
    { group: "kubeflow.org", resources: ["notebooks", "mpijobs", "pytorchjobs", "tfjobs", "xgboostjobs", "paddlejobs", "jaxjobs"] },
    { group: "actions.github.com", resources: ["autoscalingrunnersets", "ephemeralrunnersets", "ephemeralrunners"] },
    { group: "actions.summerwind.dev", resources: ["runnerdeployments", "runnerreplicasets", "runnersets", "runners"] },
  ],
  made: [
    { group: "batch", resources: ["jobs"] },
    { group: "build.openshift.io", resources: ["builds"] },
    { group: "argoproj.io", resources: ["analysisruns", "experiments"] },
    { group: "tekton.dev", resources: ["taskruns", "pipelineruns"] },
    { group: "shipwright.io", resources: ["buildruns"] },
    { group: "batch.volcano.sh", resources: ["jobs"] },
    { group: "jobset.x-k8s.io", resources: ["jobsets"] },
    { group: "trainer.kubeflow.org", resources: ["trainjobs"] },
    { group: "apps.kruise.io", resources: ["broadcastjobs"] },
  ],
  pointedAt: [
    { group: "source.toolkit.fluxcd.io", resources: ["gitrepositories", "ocirepositories", "buckets", "helmrepositories", "helmcharts"] },
    { group: "argoproj.io", resources: ["workflowtemplates", "clusterworkflowtemplates", "analysistemplates", "clusteranalysistemplates"] },
    { group: "tekton.dev", resources: ["tasks", "pipelines"] },
    { group: "triggers.tekton.dev", resources: ["triggertemplates"] },
    { group: "serving.kserve.io", resources: ["servingruntimes", "clusterservingruntimes"] },
    { group: "apiextensions.crossplane.io", resources: ["compositions"] },
    { group: "opentelemetry.io", resources: ["instrumentations"] },
  ],
};
