/** Programs that watch a cluster, by the end of their image repository. */
export interface Agent {
  readonly name: string;
  readonly image: RegExp;
  /** It watches only when one of its containers has this name or argument. */
  readonly needs?: RegExp;
}

export const AGENTS_AS_OF = "2026-11-27";

/** Its registries are many, and in its own the image stands alone; what it does is in its variables, and it ships logs only when told to. */
const DATADOG = /(?:^|\/)agent$/;

/** OpenShift and OKD have one repository for all that they are made of, and name images by their digests. */
const OPENSHIFT = /(?:^|\/)(?:openshift-release-dev\/ocp-v4\.\d+-art-dev|okd\/scos-content|openshift\/okd-content)$/;

export const RUNTIME_DETECTORS: readonly Agent[] = [
  { name: "Falco", image: /(?:^|\/)falco(?:-no-driver)?$/ },
  { name: "Tetragon", image: /(?:^|\/)tetragon$/ },
  { name: "Sysdig", image: /(?:^|\/)sysdig\/(?:agent(?:-slim)?|host-shield)$|(?:^|\/)sysdig-agent$/ },
  { name: "Tracee", image: /(?:^|\/)tracee$/ },
  { name: "KubeArmor", image: /(?:^|\/)kubearmor$/ },
  { name: "Kubescape node agent", image: /(?:^|\/)kubescape\/node-agent$/ },
  { name: "NeuVector", image: /(?:^|\/)neuvector\/enforcer(?:\.\w+)?$|(?:^|\/)neuvector-enforcer$/ },
  { name: "StackRox collector", image: /(?:^|\/)(?:rhacs-)?collector(?:-slim)?(?:-rhel\d+)?$/, needs: /stackrox|rhacs|^ROX_|^COLLECTION_METHOD$/ },
  { name: "CrowdStrike Falcon", image: /(?:^|\/)falcon-(?:node-)?sensor$/ },
  { name: "Microsoft Defender", image: /(?:^|\/)(?:security-publisher|low-level-collector|defender[\w-]*)$/ },
  { name: "Amazon GuardDuty", image: /(?:^|\/)aws-guardduty-agent$|(?:^|\/)guardduty-agent$/ },
  { name: "Prisma Cloud", image: /(?:^|\/)(?:twistlock\/)?defender(?:_\w+)?$/ },
  { name: "Aqua Enforcer", image: /(?:^|\/)(?:enforcer|aquasec\/enforcer)$/ },
  { name: "Wazuh", image: /(?:^|\/)wazuh-agent$/ },
  { name: "Datadog", image: DATADOG, needs: /^security-agent$|DD_RUNTIME_SECURITY_CONFIG_ENABLED/ },
  { name: "Wiz sensor", image: /(?:^|\/)(?:wiz-)?sensor$/, needs: /wiz/i },
  { name: "Lacework", image: /(?:^|\/)lacework\/datacollector$/ },
  { name: "SentinelOne", image: /(?:^|\/)s1agent$/ },
];

export const LOG_SHIPPERS: readonly Agent[] = [
  { name: "Fluent Bit", image: /(?:^|\/)(?:[\w-]*fluent-?bit[\w-]*)$/ },
  { name: "Fluentd", image: /(?:^|\/)(?:[\w-]*fluentd[\w-]*)$/ },
  { name: "Vector", image: /(?:^|\/)vector(?:-rhel\d+)?$/ },
  { name: "Promtail", image: /(?:^|\/)promtail$/ },
  { name: "Grafana Alloy", image: /(?:^|\/)alloy$/ },
  { name: "OpenTelemetry Collector", image: /(?:^|\/)opentelemetry-collector[\w-]*$/, needs: /filelog|\/var\/log/ },
  { name: "Filebeat", image: /(?:^|\/)filebeat$/ },
  { name: "Elastic Agent", image: /(?:^|\/)elastic-agent(?:-complete)?$/ },
  { name: "Splunk", image: /(?:^|\/)(?:splunk-otel-collector|fluentd-hec|splunk-fluentd[\w-]*)$/ },
  { name: "Datadog", image: DATADOG, needs: /^DD_LOGS_ENABLED$/ },
  { name: "CloudWatch agent", image: /(?:^|\/)cloudwatch-agent$|(?:^|\/)aws-for-fluent-bit$/ },
  { name: "Azure Monitor", image: /(?:^|\/)(?:ciprod|azuremonitor\/containerinsights[\w/-]*)$/ },
  { name: "Logging operator", image: /(?:^|\/)(?:logging-operator|node-agent-fluentbit)$/ },
];

export const METRIC_STORES: readonly Agent[] = [
  { name: "Prometheus", image: /(?:^|\/)prometheus$/ },
  { name: "Prometheus of OpenShift", image: OPENSHIFT, needs: /^prometheus$/ },
  { name: "Prometheus agent of Google", image: /(?:^|\/)prometheus-engine\/prometheus$/ },
  { name: "VictoriaMetrics", image: /(?:^|\/)(?:vmagent|victoria-metrics|vmsingle|vmstorage)$/ },
  { name: "Mimir", image: /(?:^|\/)mimir$/ },
  { name: "Datadog", image: DATADOG, needs: /^DD_/ },
  { name: "New Relic", image: /(?:^|\/)newrelic\/[\w-]+$/ },
  { name: "Dynatrace", image: /(?:^|\/)dynatrace[\w-]*(?:\/[\w-]+)?$/ },
  { name: "Azure Monitor", image: /(?:^|\/)prometheus-collector[\w/-]*$|(?:^|\/)ciprod$/ },
  { name: "CloudWatch agent", image: /(?:^|\/)cloudwatch-agent$/ },
];

export const ALERTERS: readonly Agent[] = [
  { name: "Alertmanager", image: /(?:^|\/)alertmanager$/ },
  { name: "Alertmanager of OpenShift", image: OPENSHIFT, needs: /^alertmanager$/ },
  { name: "vmalert", image: /(?:^|\/)vmalert$/ },
  { name: "Datadog", image: DATADOG, needs: /^DD_/ },
  { name: "New Relic", image: /(?:^|\/)newrelic\/[\w-]+$/ },
  { name: "Dynatrace", image: /(?:^|\/)dynatrace[\w-]*(?:\/[\w-]+)?$/ },
  { name: "Grafana", image: /(?:^|\/)grafana(?:-enterprise|-oss)?$/ },
];
