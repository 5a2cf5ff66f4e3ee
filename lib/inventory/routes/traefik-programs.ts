import { text, texts } from "../../model/json";
import { resourceKey } from "../../model/resource-ref";
import { splitImageReference } from "../images/image-reference";
import { readLabelQuery } from "../labels/label-query";
import { matchesSelector } from "../labels/label-selector";
import { readSwitch } from "../values/read-switch";
import { templateContainers } from "../workloads/template-containers";
import { defineView } from "../view";
import type { Container, Workload } from "../workloads/workload";
import { defineWorkloadFact } from "../workloads/workload-fact";

/** A port that Traefik listens on, as far as its arguments say. */
export interface TraefikEntryPoint {
  readonly port: number | null;
  /** Names of the Middlewares that all of its requests pass. */
  readonly middlewares: readonly string[];
  /** Routes that say nothing of TLS have it there. */
  readonly hasTls: boolean;
  /** All of its requests are sent to another one. */
  readonly isRedirected: boolean;
  /** For routes that name none; where no entry point is, all of them are. */
  readonly isDefault: boolean;
}

export interface TraefikProgram {
  readonly workload: Workload;
  /** Of the objects that it serves; "" = those that name none. */
  readonly className: string;
  /** Whether it looks for objects of its own kinds in a namespace, with labels; true where its arguments do not say. */
  readonly watches: (namespace: string | null, labels: Readonly<Record<string, string>>) => boolean;
  /** By name, in small letters; those that a file or the environment sets up do not show. */
  readonly entryPoints: ReadonlyMap<string, TraefikEntryPoint>;
  readonly mayCrossNamespaces: boolean;
  /** Whether it has the API, which the dashboard is a part of; null = its arguments do not tell. */
  readonly hasApi: boolean | null;
  /** Why something that is not read may open the API; null = nothing does. */
  readonly untold: string | null;
  readonly servesGateways: boolean;
  /** TLS options that its entry points give to routes which name none, as `namespace-name@kubernetescrd`. */
  readonly tlsOptions: readonly string[];
  readonly image: string;
  /** The argument that opens the API to everybody at the internal entry point; null = none does. */
  readonly insecure: { readonly path: string; readonly value: string } | null;
}

/** What Traefik itself serves, by names that are no Services: its dashboard, and the API under that. */
export const OWN_PAGES = /^(?:api|dashboard)@internal$/;
/** The key of these. */
export const TRAEFIK_API = "api@internal";

/** The entry point of its own pages: it is there without a word on it, and routes that name no entry points are not served at it. */
export const INTERNAL = "traefik";
const INTERNAL_PORT = 8080;

const UNTOLD_SETTINGS = "Whether Traefik opens its dashboard is not among its arguments.";
/** What gives Traefik routes and options that are no objects of the cluster: files, stores and other programs. */
const OTHER_PROVIDER = /^providers\.(?!kubernetes|providersthrottleduration|precedence)(\w+)(\.|$)/;
const sayUntold = (provider: string): string =>
  `Whether ${provider === "file" ? "a file" : `its provider ${provider}`} leads to the dashboard of Traefik is not read.`;

const UNTOLD: TraefikEntryPoint = { port: null, middlewares: [], hasTls: false, isRedirected: false, isDefault: false };

const IMAGE = /(?:^|[/-])traefik(?:-?(?:ee|enterprise|hub|hub-gateway))?$/;

/** What no other program is told: an image may be called anything. */
const OWN_FLAG = /^--?providers\.kubernetescrd(?:[.=]|$)/i;

function isTraefik({ spec }: Pick<Container, "spec">): boolean {
  const image = text(spec.image);
  if (image?.includes("traefik") === true && IMAGE.test(splitImageReference(image)?.path ?? "")) return true;
  return [...texts(spec.command), ...texts(spec.args)].some((word) => OWN_FLAG.test(word));
}

const keysView = defineWorkloadFact({
  start: (): Set<string> => new Set(),
  add: (found, { ref, isFinished }, pods) => {
    if (!isFinished && pods.some((pod) => pod.source === "template" && pod.containers.some(isTraefik))) found.add(resourceKey(ref));
  },
});

/** Names of flags are written in capitals and small letters as people like. */
const FLAG = /^--?([a-z][^=]*)(?:=([\s\S]*))?$/i;
const OF_ENTRY_POINT = /^entrypoints\.([^.]+)\.(.+)$/;
const TLS_OPTIONS = /^entrypoints\.[^.]+\.http\.tls\.options$/;
const isOn = (value: string): boolean => value === "" || readSwitch(value) === true;

/** What one flag says of its entry point; null = nothing that is asked here. */
function readSetting(setting: string, value: string): Partial<TraefikEntryPoint> | null {
  if (setting === "address") return { port: Number(/:(\d+)(?:\/\w+)?$/.exec(value)?.[1]) || null };
  if (setting === "http.middlewares") return { middlewares: value.split(",").flatMap((name) => name.trim() || []) };
  if (setting === "http.redirections.entrypoint.to") return { isRedirected: value !== "" };
  if (setting === "asdefault") return { isDefault: isOn(value) };
  if (setting === "http.tls") return { hasTls: isOn(value) };
  return setting.startsWith("http.tls.") ? { hasTls: true } : null;
}

const NAMESPACES = /^providers\.kubernetescrd\.namespaces(?:\[\d+\])?$/;
/** A variable stands for what is not seen. */
const IS_HIDDEN = /\$\(/;

/** By the namespaces that flags name, all of which count, and a query of labels. */
function toWatch(namespaces: readonly string[], query: string): TraefikProgram["watches"] {
  const named = new Set(namespaces.flatMap((value) => value.split(",")).flatMap((name) => name.trim() || []));
  const isOpen = named.size === 0 || namespaces.some((value) => IS_HIDDEN.test(value));
  const selector = readLabelQuery(query) ?? {};
  return (namespace, labels) => (isOpen || named.has(namespace ?? "default")) && matchesSelector(selector, labels);
}

function toProgram(workload: Workload): TraefikProgram {
  const entryPoints = new Map<string, TraefikEntryPoint>();
  const flags = new Map<string, { readonly value: string; readonly path: string; readonly word: string }>();
  const namespaces: string[] = [];
  const containers = templateContainers(workload);
  const words = containers.flatMap(({ spec, at }) =>
    (["command", "args"] as const).flatMap((field) => texts(spec[field]).map((word, index) => ({ word, path: at(`${field}[${index}]`) }))),
  );
  for (const [index, { word, path }] of words.entries()) {
    const next = words[index + 1]?.word ?? "";
    const [, written = "", value = next.startsWith("-") ? "" : next] = FLAG.exec(word) ?? [];
    const flag = written.toLowerCase();
    flags.set(flag, { value, path, word });
    if (NAMESPACES.test(flag)) namespaces.push(value);
    const [, name = "", setting = ""] = OF_ENTRY_POINT.exec(flag) ?? [];
    const told = readSetting(setting, value);
    if (told !== null) entryPoints.set(name, { ...(entryPoints.get(name) ?? UNTOLD), ...told });
  }
  const isSet = (flag: string): boolean => isOn(flags.get(flag)?.value ?? "false");
  const opening = isSet("api.insecure") ? flags.get("api.insecure") : undefined;
  const hasFlag = (start: string): boolean => [...flags.keys()].some((flag) => flag.startsWith(start));
  const [other] = [...flags].flatMap(([flag, { value }]) => {
    const [, name, part] = OTHER_PROVIDER.exec(flag) ?? [];
    return name === undefined || (part === "" && readSwitch(value) === false) ? [] : name;
  });
  const hasApi = isSet("api") || hasFlag("api.");
  // It takes all of its settings from one place: arguments that set up entry points or the API are that, unless they name a file.
  const isInFile = flags.has("configfile");
  const isTold = (entryPoints.size > 0 || hasApi) && !isInFile;
  if ((isTold || opening) && !entryPoints.has(INTERNAL)) entryPoints.set(INTERNAL, { ...UNTOLD, port: INTERNAL_PORT });
  return {
    workload,
    className: flags.get("providers.kubernetescrd.ingressclass")?.value ?? "",
    watches: isInFile ? () => true : toWatch(namespaces, flags.get("providers.kubernetescrd.labelselector")?.value ?? ""),
    entryPoints,
    mayCrossNamespaces: isSet("providers.kubernetescrd.allowcrossnamespace"),
    hasApi: hasApi || (isTold ? false : null),
    untold: !isTold ? UNTOLD_SETTINGS : other !== undefined ? sayUntold(other) : null,
    servesGateways: isSet("providers.kubernetesgateway") || hasFlag("providers.kubernetesgateway."),
    tlsOptions: [...flags].flatMap(([flag, { value }]) => (TLS_OPTIONS.test(flag) ? value : [])),
    image: text(containers.find(isTraefik)?.spec.image) ?? "",
    insecure: opening ? { path: opening.path, value: opening.word } : null,
  };
}

/** What runs Traefik. */
export const traefikProgramsView = defineView({
  reads: ["workloads"],
  compute: ({ slices, view }): readonly TraefikProgram[] => {
    const keys = view(keysView);
    return keys.size === 0 ? [] : slices.workloads.filter(({ ref }) => keys.has(resourceKey(ref))).map(toProgram);
  },
});
