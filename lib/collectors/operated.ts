import "server-only";
import { defineCollector, kindsOf } from "./define-collector";
import { withoutStatus } from "./without-status";

const optional = { optional: true };

/** What operators are told of what they run or scale, and what templates make, where people write credentials into it. Templates say it beside a spec. */
export const operatedCollector = defineCollector({
  id: "operated",
  kinds: [
    ...kindsOf("keda.sh", ["v1alpha1"], [["scaledobjects", "ScaledObject"]], optional),
    ...kindsOf("kubevirt.io", ["v1", "v1alpha3"], [["virtualmachines", "VirtualMachine"]], optional),
    ...kindsOf("template.openshift.io", ["v1"], [["templates", "Template"]], optional),
    ...kindsOf("flink.apache.org", ["v1beta1"], [["flinkdeployments", "FlinkDeployment"]], optional),
    ...kindsOf(
      "kafka.strimzi.io",
      ["v1", "v1beta2"],
      [
        ["kafkas", "Kafka"],
        ["kafkamirrormaker2s", "KafkaMirrorMaker2"],
      ],
      optional,
    ),
  ],
  project: withoutStatus,
});

/** What comes and goes by the thousand: that a cluster serves it is said, and no list is asked for. */
export const runsCollector = defineCollector({
  id: "runs",
  kinds: [
    ...kindsOf("kubevirt.io", ["v1", "v1alpha3"], [["virtualmachineinstances", "VirtualMachineInstance"]], optional),
    ...kindsOf("sparkoperator.k8s.io", ["v1beta2"], [["sparkapplications", "SparkApplication"]], optional),
    ...kindsOf("argoproj.io", ["v1alpha1"], [["workflows", "Workflow"]], optional),
    ...kindsOf(
      "tekton.dev",
      ["v1", "v1beta1"],
      [
        ["taskruns", "TaskRun"],
        ["pipelineruns", "PipelineRun"],
      ],
      optional,
    ),
  ],
});
