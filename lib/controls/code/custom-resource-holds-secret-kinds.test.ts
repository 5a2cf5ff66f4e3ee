import type { JsonRecord } from "../../model/json";
import { describeControl } from "../testing";
import control from "./custom-resource-holds-secret";

const PASSWORD = "Sup3rS3cret!x9";
const BASIC = `Basic ${btoa("ada:Sup3rS3cret!x9")}`;
const URL = "https://ada:Sup3rS3cret!x9@metrics.example.com/write";

const object = (apiVersion: string, kind: string, part: object): JsonRecord => ({ apiVersion, kind, metadata: { name: "app", namespace: "shop" }, ...part });
const of = (apiVersion: string, kind: string, spec: object): JsonRecord => object(apiVersion, kind, { spec });

const machine = (cloudInitNoCloud: object): JsonRecord =>
  of("kubevirt.io/v1", "VirtualMachine", { template: { spec: { volumes: [{ name: "init", cloudInitNoCloud }] } } });

/** By what holds it: an object with a credential, where that is, and the same that names a Secret instead, or says nothing secret. */
const KINDS: Readonly<Record<string, readonly [held: JsonRecord, path: string, named: JsonRecord]>> = {
  "values of K3s that are set": [
    of("helm.cattle.io/v1", "HelmChart", { chart: "app", set: { "auth.password": PASSWORD, replicas: 2 } }),
    'spec.set["auth.password"]',
    of("helm.cattle.io/v1", "HelmChart", { chart: "app", set: { "auth.existingSecret": "app-auth-1" }, authSecret: { name: "repo-1" } }),
  ],
  "the text of values of K3s": [
    of("helm.cattle.io/v1", "HelmChart", { valuesContent: `auth:\n  password: ${PASSWORD}\n` }),
    "spec.valuesContent",
    of("helm.cattle.io/v1", "HelmChart", { valuesSecrets: [{ name: "app-values-1", keys: ["values.yaml"] }] }),
  ],
  "values of a Release of Crossplane": [
    of("helm.m.crossplane.io/v1beta1", "Release", { forProvider: { set: [{ name: "auth.password", value: PASSWORD }] } }),
    "spec.forProvider.set[0].value",
    of("helm.crossplane.io/v1beta1", "Release", { forProvider: { set: [{ name: "auth.password", valueFrom: { secretKeyRef: { name: "a-1" } } }] } }),
  ],
  "a Secret that Crossplane makes": [
    of("kubernetes.crossplane.io/v1alpha2", "Object", { forProvider: { manifest: { apiVersion: "v1", kind: "Secret", stringData: { entry: PASSWORD } } } }),
    "spec.forProvider.manifest.stringData.entry",
    of("kubernetes.crossplane.io/v1alpha2", "Object", { forProvider: { manifest: { apiVersion: "v1", kind: "ConfigMap", data: { entry: "Some1Setting2" } } } }),
  ],
  "a parameter of a plugin of Argo CD": [
    of("argoproj.io/v1alpha1", "Application", { sources: [{ plugin: { parameters: [{ name: "db-password", string: PASSWORD }] } }] }),
    "spec.sources[0].plugin.parameters[0].string",
    of("argoproj.io/v1alpha1", "Application", { source: { plugin: { parameters: [{ name: "existing-secret", string: "pg-auth-1" }] } } }),
  ],
  "parameters of one in lists and maps": [
    of("argoproj.io/v1alpha1", "Application", { source: { plugin: { parameters: [{ name: "api-tokens", array: [PASSWORD] }] } } }),
    "spec.source.plugin.parameters[0].array[0]",
    of("argoproj.io/v1alpha1", "Application", { source: { plugin: { parameters: [{ name: "values", map: { "image.tag": "1.2.3-rc4" } }] } } }),
  ],
  "a variable of one": [
    of("argoproj.io/v1alpha1", "Application", { source: { plugin: { env: [{ name: "DB_PASSWORD", value: PASSWORD }] } } }),
    "spec.source.plugin.env[0].value",
    of("argoproj.io/v1alpha1", "Application", { source: { plugin: { env: [{ name: "DB_PASSWORD", value: "$ARGOCD_ENV_DB_PASSWORD" }] } } }),
  ],
  "what a generator lists": [
    of("argoproj.io/v1alpha1", "ApplicationSet", { generators: [{ list: { elements: [{ cluster: "a", password: PASSWORD }] } }] }),
    "spec.generators[0].list.elements[0].password",
    of("argoproj.io/v1alpha1", "ApplicationSet", { generators: [{ scmProvider: { github: { tokenRef: { secretName: "gh-1", key: "token" } } } }] }),
  ],
  "a header that an HTTPRoute sets": [
    of("gateway.networking.k8s.io/v1", "HTTPRoute", {
      rules: [{ filters: [{ type: "RequestHeaderModifier", requestHeaderModifier: { set: [{ name: "Authorization", value: BASIC }] } }] }],
    }),
    "spec.rules[0].filters[0].requestHeaderModifier.set[0].value",
    of("gateway.networking.k8s.io/v1", "HTTPRoute", {
      rules: [{ filters: [{ type: "RequestHeaderModifier", requestHeaderModifier: { set: [{ name: "X-Forwarded-Prefix", value: "/v1" }] } }] }],
    }),
  ],
  "a header that a GRPCRoute asks for": [
    of("gateway.networking.k8s.io/v1", "GRPCRoute", { rules: [{ matches: [{ headers: [{ name: "x-api-key", value: PASSWORD }] }] }] }),
    "spec.rules[0].matches[0].headers[0].value",
    of("gateway.networking.k8s.io/v1", "GRPCRoute", { rules: [{ matches: [{ method: { service: "shop.v1.Cart1" } }] }] }),
  ],
  "a header that a policy of Istio asks for": [
    of("security.istio.io/v1", "AuthorizationPolicy", { rules: [{ when: [{ key: "request.headers[x-api-key]", values: [PASSWORD] }] }] }),
    "spec.rules[0].when[0].values[0]",
    of("security.istio.io/v1", "AuthorizationPolicy", { rules: [{ when: [{ key: "request.headers[x-version]", values: ["v1-2"] }] }] }),
  ],
  "a header that Envoy adds": [
    of("networking.istio.io/v1alpha3", "EnvoyFilter", {
      configPatches: [{ patch: { value: { request_headers_to_add: [{ header: { key: "authorization", value: BASIC } }] } } }],
    }),
    "spec.configPatches[0].patch.value.request_headers_to_add[0].header.value",
    of("networking.istio.io/v1alpha3", "EnvoyFilter", { configPatches: [{ patch: { value: { name: "envoy.filters.http.lua1" } } }] }),
  ],
  "the client of a plugin of Kong": [
    object("configuration.konghq.com/v1", "KongPlugin", { plugin: "openid-connect", config: { client_secret: [PASSWORD] } }),
    "config.client_secret[0]",
    object("configuration.konghq.com/v1", "KongPlugin", { plugin: "openid-connect", configFrom: { secretKeyRef: { name: "oidc-1", key: "config" } } }),
  ],
  "a header that one adds": [
    object("configuration.konghq.com/v1", "KongClusterPlugin", { plugin: "request-transformer", config: { add: { headers: [`x-api-key:${PASSWORD}`] } } }),
    "config.add.headers[0]",
    object("configuration.konghq.com/v1", "KongClusterPlugin", {
      plugin: "request-transformer",
      config: { add: { headers: ["x-api-key:{vault://env/key1}", "x-version:v1-2"] } },
    }),
  ],
  "a plugin of a Middleware": [
    of("traefik.io/v1alpha1", "Middleware", { plugin: { bouncer: { crowdsecLapiKey: PASSWORD } } }),
    "spec.plugin.bouncer.crowdsecLapiKey",
    of("traefik.io/v1alpha1", "Middleware", { plugin: { bouncer: { crowdsecLapiKeyFile: "/run/secrets/lapi-1" } } }),
  ],
  "somebody who may pass APISIX": [
    of("apisix.apache.org/v2", "ApisixConsumer", { authParameter: { basicAuth: { value: { username: "ada", password: PASSWORD } } } }),
    "spec.authParameter.basicAuth.value.password",
    of("apisix.apache.org/v2", "ApisixConsumer", { authParameter: { basicAuth: { secretRef: { name: "ada-1" } } } }),
  ],
  "a template of Argo Workflows": [
    of("argoproj.io/v1alpha1", "WorkflowTemplate", { arguments: { parameters: [{ name: "db-password", value: PASSWORD }] } }),
    "spec.arguments.parameters[0].value",
    of("argoproj.io/v1alpha1", "WorkflowTemplate", { arguments: { parameters: [{ name: "db-password", value: "{{inputs.parameters.password}}" }] } }),
  ],
  "a variable of a step that is scheduled": [
    of("argoproj.io/v1alpha1", "CronWorkflow", {
      workflowSpec: { templates: [{ container: { image: "a", env: [{ name: "DB_PASSWORD", value: PASSWORD }] } }] },
    }),
    "spec.workflowSpec.templates[0].container.env[0].value",
    of("argoproj.io/v1alpha1", "CronWorkflow", {
      workflowSpec: { templates: [{ container: { env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db-1" } } }] } }] },
    }),
  ],
  "a script of Tekton": [
    of("tekton.dev/v1", "Task", { steps: [{ name: "push", image: "a", script: `#!/bin/sh\ncurl -u ada:${PASSWORD} https://example.com\n` }] }),
    "spec.steps[0].script",
    of("tekton.dev/v1", "Task", { steps: [{ name: "push", image: "a", script: '#!/bin/sh\ncurl -u "ada:$(cat /run/secrets/db)" https://example.com\n' }] }),
  ],
  "what a parameter of one has that nobody sets": [
    of("tekton.dev/v1", "Pipeline", { params: [{ name: "registry-password", type: "string", default: PASSWORD }] }),
    "spec.params[0].default",
    of("tekton.dev/v1", "Pipeline", { params: [{ name: "registry-secret", type: "string", default: "registry-auth-1" }] }),
  ],
  "an account of ACME by a webhook": [
    of("cert-manager.io/v1", "ClusterIssuer", { acme: { solvers: [{ dns01: { webhook: { config: { apiKey: PASSWORD } } } }] } }),
    "spec.acme.solvers[0].dns01.webhook.config.apiKey",
    of("cert-manager.io/v1", "ClusterIssuer", { acme: { solvers: [{ dns01: { webhook: { config: { apiKeySecretRef: { name: "dns-1", key: "k1" } } } } }] } }),
  ],
  "where Prometheus writes to": [
    of("monitoring.coreos.com/v1", "Prometheus", { remoteWrite: [{ url: URL }] }),
    "spec.remoteWrite[0].url",
    of("monitoring.coreos.com/v1", "Prometheus", { remoteWrite: [{ basicAuth: { password: { name: "remote-1", key: "password" } } }] }),
  ],
  "where alerts go": [
    of("monitoring.coreos.com/v1alpha1", "AlertmanagerConfig", { receivers: [{ webhookConfigs: [{ url: URL }] }] }),
    "spec.receivers[0].webhookConfigs[0].url",
    of("monitoring.coreos.com/v1alpha1", "AlertmanagerConfig", { receivers: [{ slackConfigs: [{ apiURL: { name: "slack-1", key: "url" } }] }] }),
  ],
  "where events of Flux go": [
    of("notification.toolkit.fluxcd.io/v1beta3", "Provider", { type: "generic", address: URL }),
    "spec.address",
    of("notification.toolkit.fluxcd.io/v1beta3", "Provider", { type: "slack", secretRef: { name: "slack-1" } }),
  ],
  "a user of VictoriaMetrics": [
    of("operator.victoriametrics.com/v1beta1", "VMUser", { username: "ada", password: PASSWORD }),
    "spec.password",
    of("operator.victoriametrics.com/v1beta1", "VMUser", { username: "ada", passwordRef: { name: "ada-1", key: "password" } }),
  ],
  "settings of Grafana": [
    of("grafana.integreatly.org/v1beta1", "Grafana", { config: { security: { admin_password: PASSWORD } } }),
    "spec.config.security.admin_password",
    of("grafana.integreatly.org/v1beta1", "Grafana", { config: { security: { admin_password: "${GF_ADMIN_PASSWORD}" } } }),
  ],
  "a source of data of Grafana": [
    of("grafana.integreatly.org/v1beta1", "GrafanaDatasource", { datasource: { secureJsonData: { httpHeaderValue1: `Bearer ${PASSWORD}` } } }),
    "spec.datasource.secureJsonData.httpHeaderValue1",
    of("grafana.integreatly.org/v1beta1", "GrafanaDatasource", { datasource: { secureJsonData: { httpHeaderValue1: "Bearer ${TOKEN}" } } }),
  ],
  "an exporter of OpenTelemetry": [
    of("opentelemetry.io/v1beta1", "OpenTelemetryCollector", { config: { exporters: { otlp: { headers: { "api-key": PASSWORD } } } } }),
    "spec.config.exporters.otlp.headers.api-key",
    of("opentelemetry.io/v1beta1", "OpenTelemetryCollector", { config: { exporters: { otlp: { headers: { "api-key": "${env:API_KEY}" } } } } }),
  ],
  "the same in a text": [
    of("opentelemetry.io/v1alpha1", "OpenTelemetryCollector", { config: `exporters:\n  otlp:\n    headers:\n      api-key: ${PASSWORD}\n` }),
    "spec.config",
    of("opentelemetry.io/v1alpha1", "OpenTelemetryCollector", { config: "exporters:\n  otlp:\n    headers:\n      api-key: ${env:API_KEY1}\n" }),
  ],
  "an output of logs": [
    of("logging.banzaicloud.io/v1beta1", "Output", { elasticsearch: { user: "ada", password: { value: PASSWORD } } }),
    "spec.elasticsearch.password.value",
    of("logging.banzaicloud.io/v1beta1", "ClusterOutput", { elasticsearch: { password: { valueFrom: { secretKeyRef: { name: "es-1", key: "p1" } } } } }),
  ],
  "a connector of Kafka": [
    of("kafka.strimzi.io/v1beta2", "KafkaConnector", { config: { "database.password": PASSWORD } }),
    'spec.config["database.password"]',
    of("kafka.strimzi.io/v1beta2", "KafkaConnector", { config: { "database.password": "${file:/opt/kafka/db.properties:password1}" } }),
  ],
  "who a cluster of Kafka Connect signs in as": [
    of("kafka.strimzi.io/v1beta2", "KafkaConnect", { config: { "sasl.jaas.config": `PlainLoginModule required username="ada" password="${PASSWORD}";` } }),
    'spec.config["sasl.jaas.config"]',
    of("kafka.strimzi.io/v1beta2", "KafkaConnect", { authentication: { username: "ada", passwordSecret: { secretName: "ada-1", password: "password" } } }),
  ],
  "a user of ClickHouse": [
    of("clickhouse.altinity.com/v1", "ClickHouseInstallation", { configuration: { users: { "ada/password": PASSWORD } } }),
    'spec.configuration.users["ada/password"]',
    of("clickhouse.altinity.com/v1", "ClickHouseInstallation", {
      configuration: { users: { "ada/password": { valueFrom: { secretKeyRef: { name: "ch-1", key: "ada" } } }, "ada/k8s_secret_password": "shop/ch-1/ada" } },
    }),
  ],
  "settings of RabbitMQ": [
    of("rabbitmq.com/v1beta1", "RabbitmqCluster", { rabbitmq: { additionalConfig: `default_user = ada\ndefault_pass = ${PASSWORD}\n` } }),
    "spec.rabbitmq.additionalConfig",
    of("rabbitmq.com/v1beta1", "RabbitmqCluster", { rabbitmq: { additionalConfig: "log.console.level = info\n" } }),
  ],
  "a realm of Keycloak": [
    of("k8s.keycloak.org/v2alpha1", "KeycloakRealmImport", { realm: { users: [{ username: "ada", credentials: [{ type: "password", value: PASSWORD }] }] } }),
    "spec.realm.users[0].credentials[0].value",
    of("k8s.keycloak.org/v2alpha1", "KeycloakRealmImport", { realm: { clients: [{ clientId: "app1", secret: "${APP_SECRET}" }] } }),
  ],
  "settings of Kibana": [
    of("kibana.k8s.elastic.co/v1", "Kibana", { config: { "xpack.security.encryptionKey": "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6" } }),
    'spec.config["xpack.security.encryptionKey"]',
    of("kibana.k8s.elastic.co/v1", "Kibana", { config: { "xpack.security.authc.providers": { basic1: { order: 0 } } } }),
  ],
  "a pipeline of Logstash": [
    of("logstash.k8s.elastic.co/v1alpha1", "Logstash", { pipelines: [{ "config.string": `output { elasticsearch { password => "${PASSWORD}" } }` }] }),
    'spec.pipelines[0]["config.string"]',
    of("logstash.k8s.elastic.co/v1alpha1", "Logstash", { pipelines: [{ "config.string": 'output { elasticsearch { password => "${ES_PASSWORD}" } }' }] }),
  ],
  "the output of a Beat": [
    of("beat.k8s.elastic.co/v1beta1", "Beat", { config: { "output.elasticsearch": { username: "ada", password: PASSWORD } } }),
    'spec.config["output.elasticsearch"].password',
    of("beat.k8s.elastic.co/v1beta1", "Beat", { elasticsearchRef: { name: "logs-1" } }),
  ],
  "a component of Dapr": [
    of("dapr.io/v1alpha1", "Component", { type: "state.redis", version: "v1", metadata: [{ name: "redisPassword", value: PASSWORD }] }),
    "spec.metadata[0].value",
    of("dapr.io/v1alpha1", "Component", {
      metadata: [
        { name: "redisHost", value: "redis-1:6379" },
        { name: "redisPassword", secretKeyRef: { name: "redis-1", key: "password1" } },
      ],
    }),
  ],
  "a header that Dapr sends": [
    of("dapr.io/v1alpha1", "HTTPEndpoint", { headers: [{ name: "Authorization", value: BASIC }] }),
    "spec.headers[0].value",
    of("dapr.io/v1alpha1", "HTTPEndpoint", { headers: [{ name: "Authorization", secretKeyRef: { name: "api-1", key: "header1" } }] }),
  ],
  "how KEDA signs in": [
    of("keda.sh/v1alpha1", "ClusterTriggerAuthentication", { hashiCorpVault: { authentication: "token", credential: { token: PASSWORD } } }),
    "spec.hashiCorpVault.credential.token",
    of("keda.sh/v1alpha1", "TriggerAuthentication", {
      secretTargetRef: [{ parameter: "password", name: "db-1", key: "db-password-1" }],
      hashiCorpVault: { credential: { serviceAccount: "/var/run/secrets/kubernetes.io/serviceaccount/token" } },
    }),
  ],
  "what KEDA asks of a database": [
    of("keda.sh/v1alpha1", "ScaledObject", { triggers: [{ type: "postgresql", metadata: { password: PASSWORD } }] }),
    "spec.triggers[0].metadata.password",
    of("keda.sh/v1alpha1", "ScaledObject", { triggers: [{ type: "postgresql", metadata: { passwordFromEnv: "PG_PASSWORD_1", userName: "keda1" } }] }),
  ],
  "a hook of a build": [
    of("build.openshift.io/v1", "BuildConfig", { triggers: [{ type: "GitHub", github: { secret: PASSWORD } }] }),
    "spec.triggers[0].github.secret",
    of("build.openshift.io/v1", "BuildConfig", { triggers: [{ type: "GitHub", github: { secretReference: { name: "hook-1" } } }] }),
  ],
  "an argument of a build": [
    of("build.openshift.io/v1", "BuildConfig", { strategy: { dockerStrategy: { buildArgs: [{ name: "NPM_PASSWORD", value: PASSWORD }] } } }),
    "spec.strategy.dockerStrategy.buildArgs[0].value",
    of("build.openshift.io/v1", "BuildConfig", {
      strategy: { dockerStrategy: { env: [{ name: "TOKEN_TTL", value: "3600s" }], pullSecret: { name: "pull-1" } } },
    }),
  ],
  "what a parameter of a template has that nobody sets": [
    object("template.openshift.io/v1", "Template", { objects: [], parameters: [{ name: "DB_PASSWORD", value: PASSWORD }] }),
    "parameters[0].value",
    object("template.openshift.io/v1", "Template", {
      objects: [{ apiVersion: "v1", kind: "Secret", stringData: { user: "${DB_USER}", "db-password": "${DB_PASSWORD}" } }],
      parameters: [{ name: "DB_PASSWORD", generate: "expression", from: "[a-zA-Z0-9]{16}" }],
    }),
  ],
  "a file in a Secret of one": [
    object("template.openshift.io/v1", "Template", {
      objects: [{ apiVersion: "v1", kind: "Secret", stringData: { "app.properties": `user=\u0024{USER}\npassword=${PASSWORD}\n` } }],
    }),
    'objects[0].stringData["app.properties"]',
    object("template.openshift.io/v1", "Template", {
      objects: [
        { apiVersion: "v1", kind: "Secret", data: { "ca.crt": "" }, stringData: { url: "postgres://\u0024{USER}:\u0024{PASSWORD}@\u0024{HOST}:5432/cart" } },
      ],
    }),
  ],
  "a Secret that one makes": [
    object("template.openshift.io/v1", "Template", { objects: [{ apiVersion: "v1", kind: "Secret", stringData: { entry: PASSWORD } }] }),
    "objects[0].stringData.entry",
    object("template.openshift.io/v1", "Template", { objects: [{ apiVersion: "v1", kind: "ConfigMap", data: { entry: "Some1Setting2" } }] }),
  ],
  "a run of Tekton": [
    of("tekton.dev/v1", "PipelineRun", { params: [{ name: "registry-password", value: PASSWORD }] }),
    "spec.params[0].value",
    of("tekton.dev/v1", "PipelineRun", { workspaces: [{ name: "dockerconfig", secret: { secretName: "registry-1" } }] }),
  ],
  "a list that a run passes on": [
    of("tekton.dev/v1", "PipelineRun", { params: [{ name: "flags", value: ["--password", PASSWORD] }] }),
    "spec.params[0].value[1]",
    of("tekton.dev/v1", "PipelineRun", { params: [{ name: "flags", value: ["--password", "$(params.password)"] }] }),
  ],
  "a key in base64": [
    of("kubevirt.io/v1", "VirtualMachine", { encryptionKeyBase64: btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => (i * 29 + 3) % 256))) }),
    "spec.encryptionKeyBase64",
    of("kubevirt.io/v1", "VirtualMachine", { publicKeyBase64: btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => (i * 29 + 3) % 256))) }),
  ],
  "settings of Flink": [
    of("flink.apache.org/v1beta1", "FlinkDeployment", { flinkConfiguration: { "s3.secret-key": PASSWORD } }),
    'spec.flinkConfiguration["s3.secret-key"]',
    of("flink.apache.org/v1beta1", "FlinkDeployment", { flinkConfiguration: { "state.savepoints.dir": "s3://shop/savepoints1" } }),
  ],
  "settings of Kafka": [
    of("kafka.strimzi.io/v1beta2", "Kafka", { kafka: { config: { "delegation.token.secret.key": PASSWORD } } }),
    'spec.kafka.config["delegation.token.secret.key"]',
    of("kafka.strimzi.io/v1beta2", "Kafka", { kafka: { listeners: [{ authentication: { clientSecret: { secretName: "broker-1", key: "secret1" } } }] } }),
  ],
  "what an ExternalSecret adds by itself": [
    of("external-secrets.io/v1", "ExternalSecret", { target: { template: { data: { password: PASSWORD } } } }),
    "spec.target.template.data.password",
    of("external-secrets.io/v1", "ExternalSecret", {
      target: { template: { data: { password: "{{ .password }}" } } },
      data: [{ secretKey: "AdminPassword2024", remoteRef: { key: "kv/data/cart-1", property: "password1" } }],
    }),
  ],
  "a file that an ExternalSecret makes": [
    of("external-secrets.io/v1", "ClusterExternalSecret", {
      externalSecretSpec: { target: { template: { data: { "app.yaml": `user: "{{ .user }}"\npassword: ${PASSWORD}\n` } } } },
    }),
    'spec.externalSecretSpec.target.template.data["app.yaml"]',
    of("external-secrets.io/v1", "ClusterExternalSecret", {
      externalSecretSpec: {
        target: { template: { data: { "app.yaml": '{{- $password := .password1 }}\npassword: "{{ $password }}"\ntoken: {{ index . "t-1" }}\n' } } },
      },
    }),
  ],
  "a neighbour of MetalLB": [
    of("metallb.io/v1beta2", "BGPPeer", { peerASN: 64501, password: PASSWORD }),
    "spec.password",
    of("metallb.io/v1beta2", "BGPPeer", { peerASN: 64501, passwordSecret: { name: "bgp-1", namespace: "shop" } }),
  ],
  "settings of Spark": [
    of("sparkoperator.k8s.io/v1beta2", "SparkApplication", { sparkConf: { "spark.hadoop.fs.s3a.secret.key": PASSWORD } }),
    'spec.sparkConf["spark.hadoop.fs.s3a.secret.key"]',
    of("sparkoperator.k8s.io/v1beta2", "SparkApplication", {
      sparkConf: {
        "spark.kubernetes.driver.secretKeyRef.DB_PASS": "db-auth1:password1",
        "spark.hadoop.fs.s3a.aws.credentials.provider": "com.example.auth1.TokenProvider",
        "spark.authenticate.secret.driver.file": "/etc/spark/token1",
      },
    }),
  ],
  "an argument of what Spark runs by a schedule": [
    of("sparkoperator.k8s.io/v1beta2", "ScheduledSparkApplication", { template: { arguments: ["--db-password", PASSWORD] } }),
    "spec.template.arguments[1]",
    of("sparkoperator.k8s.io/v1beta2", "ScheduledSparkApplication", { template: { arguments: ["--db-password-file", "/run/secrets/db1"] } }),
  ],
  "the user of a machine": [
    machine({ userData: `#cloud-config\npassword: ${PASSWORD}\nchpasswd: { expire: False }\n` }),
    "spec.template.spec.volumes[0].cloudInitNoCloud.userData",
    machine({ userData: "#cloud-config\nssh_pwauth: true\nchpasswd: { expire: False }\npackages:\n  - nginx:1.25\n" }),
  ],
  "the same in base64": [
    machine({ userDataBase64: btoa(`#cloud-config\nusers:\n- name: ada\n  plain_text_passwd: ${PASSWORD}\n`) }),
    "spec.template.spec.volumes[0].cloudInitNoCloud.userDataBase64",
    machine({ userDataBase64: btoa("#cloud-config\nssh_pwauth: true\n"), secretRef: { name: "machine-1" } }),
  ],
};

describeControl(control, {
  fails: [
    {
      name: "a header with a bearer's token, which has no other name",
      objects: [of("dapr.io/v1alpha1", "HTTPEndpoint", { headers: [{ name: "Authorization", value: "Bearer xK9pumprail77xK9" }] })],
      evidence: [{ path: "spec.headers[0].value", message: "Field spec.headers[0].value holds a credential (named as one)." }],
    },
    {
      name: "an address with a token, whose scheme is no name",
      objects: [of("build.openshift.io/v1", "BuildConfig", { source: { git: { uri: "https://ada:Sup3rS3cret-x9@git.example.com/cart" } } })],
      evidence: [{ path: "spec.source.git.uri", message: "Field spec.source.git.uri holds a credential (url credentials)." }],
    },
  ],
});

describeControl(control, {
  fails: Object.entries(KINDS).map(([name, [held, path]]) => ({ name, objects: [held], evidence: [{ path }] })),
  passes: Object.entries(KINDS).map(([name, [, , named]]) => ({ name: `${name}: none`, objects: [named] })),
});
