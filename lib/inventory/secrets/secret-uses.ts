import { isRecord, type JsonRecord, record, records, text, texts } from "../../model/json";
import { apiGroup } from "../../model/resource-ref";
import { istioProxiesView } from "../routes/istio-proxies";
import type { KubeObject } from "../kube-object";
import { listNamedSecrets } from "./named-secrets";
import { defineView } from "../view";
import type { PodView } from "../workloads/workload";
import { defineWorkloadFact } from "../workloads/workload-fact";

function inPod(pod: PodView): string[] {
  const names: unknown[] = [];
  const add = (reference: unknown) => names.push(record(reference).secretName ?? record(reference).name);
  for (const volume of records(pod.spec.volumes)) {
    if (isRecord(volume.secret)) add(volume.secret);
    for (const source of records(record(volume.projected).sources)) if (isRecord(source.secret)) add(source.secret);
    for (const key of Object.keys(volume)) {
      const driver = record(volume[key]);
      for (const reference of [driver.secretRef, driver.nodePublishSecretRef]) if (isRecord(reference)) add(reference);
      if (key === "azureFile" && text(driver.secretName)) names.push(driver.secretName);
    }
  }
  for (const reference of records(pod.spec.imagePullSecrets)) add(reference);
  for (const container of pod.containers) {
    for (const entry of records(container.spec.env)) if (isRecord(record(entry.valueFrom).secretKeyRef)) add(record(entry.valueFrom).secretKeyRef);
    for (const entry of records(container.spec.envFrom)) if (isRecord(entry.secretRef)) add(entry.secretRef);
  }
  return names.filter((name): name is string => typeof name === "string" && name !== "");
}

const SECRET_NAME = /^[a-z0-9][a-z0-9.-]*$/;
const FLAG = /^--?([\w.-]+)=(.+)$/;

/** What a flag that says secret names: `--tls-secret-name=db`. */
function namedByFlag(item: string): string | undefined {
  const [, flag = "", name] = FLAG.exec(item) ?? [];
  return /secret/i.test(flag) ? name : undefined;
}

/** Names in plain text, for programs that read their Secret over the API: a variable or a flag that says secret. */
function inTexts(pod: PodView): string[] {
  return pod.containers.flatMap(({ spec }) => {
    const variables = records(spec.env).filter(({ name }) => /secret/i.test(text(name) ?? ""));
    const flags = [...texts(spec.command), ...texts(spec.args)].map(namedByFlag);
    return [...variables.map(({ value }) => text(value)), ...flags].filter((name): name is string => name !== undefined && SECRET_NAME.test(name));
  });
}

/** Credentials of a volume's driver: `csi.nodeStageSecretRef`, `rbd.secretRef`, `azureFile.secretName`. One that names no namespace is read in that of the claim. */
function inVolume(body: JsonRecord): string[] {
  const ofClaim = text(record(record(body.spec).claimRef).namespace);
  return Object.values(record(body.spec)).flatMap((source) => {
    if (!isRecord(source)) return [];
    const references = Object.entries(source).flatMap(([key, value]) => (/secretRef$/i.test(key) && isRecord(value) ? [value] : []));
    const named = text(source.secretName) === undefined ? [] : [{ name: source.secretName, namespace: source.secretNamespace }];
    return [...references, ...named].map(({ name, namespace }) => `${text(namespace) ?? ofClaim ?? "default"}/${text(name) ?? ""}`);
  });
}

/** Credentials that a driver is given for each volume that it makes: `csi.storage.k8s.io/provisioner-secret-name`. */
function inStorageClass(body: JsonRecord): string[] {
  const parameters = record(body.parameters);
  return Object.entries(parameters).flatMap(([key, value]) => {
    const namespace = parameters[key.replace(/name$/i, (word) => (word === "Name" ? "Namespace" : "namespace"))];
    return /secret-?name$/i.test(key) && typeof value === "string" && typeof namespace === "string" ? [`${namespace}/${value}`] : [];
  });
}

const SAYS_SECRET = /secret|cert|crt|(?:^|[-/])ca$/i;
/** `name`, `namespace/name` */
const WORD = /[A-Za-z0-9][A-Za-z0-9.-]*(?:\/[A-Za-z0-9][A-Za-z0-9.-]*)?/g;

/** What an annotation of an Ingress may name, as a word of it: controllers take names, lists of these, and objects in JSON. */
function inAnnotation(name: string, value: string): readonly string[] {
  return SAYS_SECRET.test(name) || SAYS_SECRET.test(value) ? (value.match(WORD) ?? []) : [];
}

const toKey = (written: string, namespace: string | null): string => (written.includes("/") ? written : `${namespace ?? "default"}/${written}`);

/** `namespace/name` of the Secrets that pods name. */
const inPodsView = defineWorkloadFact({
  start: () => ({ all: new Set<string>(), ofWorkloads: new Set<string>() }),
  add: ({ all, ofWorkloads }, workload, pods) => {
    for (const name of [...workload.pullSecretNames, ...pods.flatMap(inPod)]) {
      const key = `${workload.ref.namespace ?? "default"}/${name}`;
      all.add(key);
      if (workload.scope === "workload") ofWorkloads.add(key);
    }
    for (const name of pods.flatMap(inTexts)) all.add(`${workload.ref.namespace ?? "default"}/${name}`);
  },
});

const isIstioGateway = ({ ref }: KubeObject): boolean => ref.kind === "Gateway" && apiGroup(ref) === "networking.istio.io";

const CUSTOM_READS = [
  "gateways",
  "certificates",
  "customRoutes",
  "routeGuards",
  "policyEngineObjects",
  "otherNetworkPolicies",
  "releases",
  "customSettings",
  "operated",
] as const;

interface CustomUses {
  readonly keys: readonly string[];
  /** By the name of a Secret, what names it in a namespace that is not told. */
  readonly untold: ReadonlyMap<string, KubeObject>;
}

/** What objects of custom kinds name. Pods that serve a Gateway of Istio look for it in their own namespace, and beside it for what clients are checked by. */
const ofCustomView = defineView({
  reads: ["workloads", ...CUSTOM_READS],
  compute: ({ slices, view }): CustomUses => {
    const placesOf = (object: KubeObject, namespace: string | null): readonly string[] => {
      if (namespace === null && isIstioGateway(object)) return [...new Set(view(istioProxiesView)(object).map(({ ref }) => ref.namespace ?? "default"))];
      return [namespace ?? object.ref.namespace ?? []].flat();
    };
    const found = CUSTOM_READS.flatMap((slice) => slices[slice]).flatMap((object) =>
      listNamedSecrets(object.body).flatMap(({ namespace, name }) => {
        const places = placesOf(object, namespace);
        return (isIstioGateway(object) ? [name, `${name}-cacert`] : [name]).map((secret) => ({ object, secret, places }));
      }),
    );
    return {
      keys: found.flatMap(({ secret, places }) => places.map((place) => `${place}/${secret}`)),
      untold: new Map(found.flatMap(({ object, secret, places }) => (places.length === 0 ? [[secret, object] as const] : []))),
    };
  },
});

/** `namespace/name` of every Secret that some object names: pods, service accounts, Ingresses, volumes and their classes, and each custom kind that is read. */
export const secretUsesView = defineView({
  reads: ["workloads", "serviceAccounts", "ingresses", "persistentVolumes", "storageClasses", ...CUSTOM_READS],
  compute: ({ slices, view }): ReadonlySet<string> => {
    const used = new Set(view(inPodsView).all);
    const add = (namespace: string | null, name: string | undefined) => name && used.add(`${namespace ?? "default"}/${name}`);
    for (const account of slices.serviceAccounts) {
      for (const item of [...records(account.body.secrets), ...records(account.body.imagePullSecrets)]) add(account.ref.namespace, text(item.name));
    }
    for (const ingress of slices.ingresses) {
      for (const item of records(record(ingress.body.spec).tls)) add(ingress.ref.namespace, text(item.secretName));
      for (const [name, value] of Object.entries(ingress.annotations)) for (const key of inAnnotation(name, value)) used.add(toKey(key, ingress.ref.namespace));
    }
    for (const key of view(ofCustomView).keys) used.add(key);
    for (const { body } of slices.persistentVolumes) for (const name of inVolume(body)) used.add(name);
    for (const { body } of slices.storageClasses) for (const name of inStorageClass(body)) used.add(name);
    return used;
  },
});

/** By the names of Secrets, what names one in a namespace that is not told: a Gateway of Istio that no pod is seen to serve, or an object of the cluster. */
export const untoldSecretsView = defineView({
  reads: ofCustomView.reads,
  compute: ({ view }): ReadonlyMap<string, KubeObject> => view(ofCustomView).untold,
});

/** The Secrets that pods of workloads use. */
export const podSecretsView = defineView({ reads: ["workloads"], compute: ({ view }): ReadonlySet<string> => view(inPodsView).ofWorkloads });
