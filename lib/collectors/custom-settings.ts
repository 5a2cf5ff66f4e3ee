import "server-only";
import { defineCollector, kindsOf } from "./define-collector";
import { onlyTold } from "./only-told";

const optional = { optional: true };

/** What operators and proxies are told, where people write credentials into it. */
export const customSettingsCollector = defineCollector({
  id: "custom-settings",
  kinds: [
    ...kindsOf(
      "argoproj.io",
      ["v1alpha1"],
      [
        ["workflowtemplates", "WorkflowTemplate"],
        ["clusterworkflowtemplates", "ClusterWorkflowTemplate"],
        ["cronworkflows", "CronWorkflow"],
        ["eventsources", "EventSource"],
        ["sensors", "Sensor"],
      ],
      optional,
    ),
    ...kindsOf(
      "tekton.dev",
      ["v1", "v1beta1"],
      [
        ["tasks", "Task", "TektonTask"],
        ["pipelines", "Pipeline", "TektonPipeline"],
      ],
      optional,
    ),
    ...kindsOf("networking.istio.io", ["v1alpha3"], [["envoyfilters", "EnvoyFilter"]], optional),
    ...kindsOf(
      "apisix.apache.org",
      ["v2"],
      [
        ["apisixconsumers", "ApisixConsumer"],
        ["apisixroutes", "ApisixRoute"],
      ],
      optional,
    ),
    ...kindsOf("notification.toolkit.fluxcd.io", ["v1", "v1beta3", "v1beta2"], [["providers", "Provider", "FluxProvider"]], optional),
    ...kindsOf(
      "cert-manager.io",
      ["v1"],
      [
        ["issuers", "Issuer"],
        ["clusterissuers", "ClusterIssuer"],
      ],
      optional,
    ),
    ...kindsOf("monitoring.coreos.com", ["v1"], [["prometheuses", "Prometheus"]], optional),
    ...kindsOf(
      "monitoring.coreos.com",
      ["v1beta1", "v1alpha1"],
      [
        ["prometheusagents", "PrometheusAgent"],
        ["alertmanagerconfigs", "AlertmanagerConfig"],
      ],
      optional,
    ),
    ...kindsOf("operator.victoriametrics.com", ["v1beta1"], [["vmusers", "VMUser"]], optional),
    ...kindsOf(
      "grafana.integreatly.org",
      ["v1beta1"],
      [
        ["grafanas", "Grafana"],
        ["grafanadatasources", "GrafanaDatasource"],
        ["grafanacontactpoints", "GrafanaContactPoint"],
      ],
      optional,
    ),
    ...kindsOf(
      "opentelemetry.io",
      ["v1beta1", "v1alpha1"],
      [
        ["opentelemetrycollectors", "OpenTelemetryCollector"],
        ["instrumentations", "Instrumentation"],
      ],
      optional,
    ),
    ...kindsOf(
      "logging.banzaicloud.io",
      ["v1beta1"],
      [
        ["outputs", "Output", "LoggingOutput"],
        ["clusteroutputs", "ClusterOutput", "LoggingClusterOutput"],
      ],
      optional,
    ),
    ...kindsOf(
      "kafka.strimzi.io",
      ["v1", "v1beta2"],
      [
        ["kafkaconnects", "KafkaConnect"],
        ["kafkaconnectors", "KafkaConnector"],
      ],
      optional,
    ),
    ...kindsOf("clickhouse.altinity.com", ["v1"], [["clickhouseinstallations", "ClickHouseInstallation"]], optional),
    ...kindsOf("rabbitmq.com", ["v1beta1"], [["rabbitmqclusters", "RabbitmqCluster"]], optional),
    ...kindsOf("k8s.keycloak.org", ["v2beta1", "v2alpha1"], [["keycloakrealmimports", "KeycloakRealmImport"]], optional),
    ...kindsOf("kibana.k8s.elastic.co", ["v1"], [["kibanas", "Kibana"]], optional),
    ...kindsOf("logstash.k8s.elastic.co", ["v1alpha1"], [["logstashes", "Logstash"]], optional),
    ...kindsOf("beat.k8s.elastic.co", ["v1beta1"], [["beats", "Beat"]], optional),
    ...kindsOf(
      "dapr.io",
      ["v1alpha1"],
      [
        ["components", "Component", "DaprComponent"],
        ["httpendpoints", "HTTPEndpoint", "DaprHTTPEndpoint"],
      ],
      optional,
    ),
    ...kindsOf(
      "keda.sh",
      ["v1alpha1"],
      [
        ["triggerauthentications", "TriggerAuthentication"],
        ["clustertriggerauthentications", "ClusterTriggerAuthentication"],
      ],
      optional,
    ),
    ...kindsOf("build.openshift.io", ["v1"], [["buildconfigs", "BuildConfig"]], optional),
    ...kindsOf("sparkoperator.k8s.io", ["v1beta2"], [["scheduledsparkapplications", "ScheduledSparkApplication"]], optional),
    ...kindsOf("metallb.io", ["v1beta2", "v1beta1"], [["bgppeers", "BGPPeer", "MetalLBBGPPeer"]], optional),
  ],
  project: onlyTold,
});
