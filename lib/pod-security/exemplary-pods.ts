import { isRecord, type JsonRecord, list, record } from "../model/json";
import { rememberedOf } from "../model/remembered";

/** What one check of Pod Security forbids, with pods that do that and nothing else that they need not: what refuses all of them refuses it. */
export interface Danger {
  /** The check, as the API server calls it. */
  readonly check: string;
  /** Part of a sentence. */
  readonly what: string;
  /** The fields by which the pods differ from a harmless one, by their names alone: who asks of none of them does not ask of it. */
  readonly fields: readonly string[];
  /** What is asked of these. */
  readonly parts?: readonly string[];
  /** Specs of pods, as the API server completes them. */
  readonly pods: readonly JsonRecord[];
  /** More of them, with values that a text names: what a policy speaks of may be what it lets through. */
  readonly podsNamedIn?: (text: string) => readonly JsonRecord[] | null;
  /** Pods that were made harmless are changed to be such ones. */
  readonly isChange?: boolean;
  /** What they are compared with, which lacks the danger alone; left out = `HARMLESS_POD`. */
  readonly harmless?: JsonRecord;
}

type Change = JsonRecord & { readonly securityContext?: JsonRecord };

const CONTEXT = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: "RuntimeDefault" },
};

function container(name: string, { securityContext, ...change }: Change): JsonRecord {
  return {
    name,
    image: `registry.example.com/team/${name}:1.0.0@sha256:${"a".repeat(64)}`,
    imagePullPolicy: "IfNotPresent",
    resources: { limits: { cpu: "100m", memory: "64Mi" }, requests: { cpu: "100m", memory: "64Mi" } },
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    ...change,
    securityContext: { ...CONTEXT, ...securityContext },
  };
}

interface Changes {
  readonly app?: Change;
  readonly init?: Change;
  /** Of the containers beside these two: what is content with one good container lets the others in. */
  readonly beside?: Change;
  readonly spec?: Change;
}

function pod({ app = {}, init = {}, beside = {}, spec: { securityContext, ...spec } = {} }: Changes): JsonRecord {
  return {
    automountServiceAccountToken: false,
    dnsPolicy: "ClusterFirst",
    enableServiceLinks: true,
    preemptionPolicy: "PreemptLowerPriority",
    priority: 0,
    restartPolicy: "Always",
    schedulerName: "default-scheduler",
    serviceAccount: "default",
    serviceAccountName: "default",
    terminationGracePeriodSeconds: 30,
    ...spec,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" }, ...securityContext },
    initContainers: [container("init", init), container("prepare", beside)],
    containers: [container("app", app), container("proxy", beside)],
  };
}

/** The same in the container that stays, and in the one before it. */
function inEach(change: Change): readonly JsonRecord[] {
  return [pod({ app: change }), pod({ init: change })];
}

/** It meets every level. */
export const HARMLESS_POD: JsonRecord = pod({});

const VOLUME = { name: "data" };

/**
 * Folders and files that lead to the rest of a node, by each kind of them, and a folder that no list of what is forbidden names: who writes a pod finds another
 * way to write those that are on one.
 */
const HOST_PATHS: readonly { readonly path: string; readonly type: string }[] = [
  { path: "/", type: "" },
  { path: "/etc", type: "Directory" },
  { path: "/var/lib/kubelet", type: "DirectoryOrCreate" },
  { path: "/var/run/docker.sock", type: "Socket" },
  { path: "/run/containerd/containerd.sock", type: "" },
  { path: "/etc/shadow", type: "File" },
  { path: "/root/.ssh/authorized_keys", type: "FileOrCreate" },
  { path: "/dev/sda", type: "BlockDevice" },
  { path: "/dev/mem", type: "CharDevice" },
  // Who may write there has the kernel run a program, or the kubelet read any file as a log.
  { path: "/proc", type: "Directory" },
  { path: "/sys", type: "Directory" },
  { path: "/var/log", type: "" },
  { path: "/srv/anything", type: "" },
];

function withHostPath(hostPath: JsonRecord): JsonRecord {
  return pod({ spec: { volumes: [{ ...VOLUME, hostPath }] } });
}

/** An absolute path, also one of several in a text, or that a pattern begins with, and what may come next by that pattern; and what may be part of one. */
const PATH = /(?<![\w.\-/])(\/[\w.\-/@+]*)(?:\((?:\?:)?([^()]*)\))?|(?<=["'`])[\w.-]+(?=["'`])/g;

/** Linux opens none that is longer. */
const LONGEST_PATH = 4_096;
/** No policy names as many. */
const MOST_PATHS = 1_000;

/** Pods with the paths that a text names, and with something below each; null where it names too many. Whoever has a namespace may write the text. */
function withPathsOf(text: string): readonly JsonRecord[] | null {
  const lines = text.replace(/(?<!\\)\\+[nrt]/g, "\n");
  const paths = new Set<string>();
  for (const [part, path = `/${part}`, next] of lines.matchAll(PATH)) {
    for (const end of new Set(["", ...(next?.split("|") ?? [])])) {
      const named = path.length + end.length > LONGEST_PATH ? "" : `${path}${end}`.replace(/(?<!\/)\/+$/, "");
      if (named !== "") paths.add(named);
      if (paths.size > MOST_PATHS) return null;
    }
  }
  const all = new Set([...paths].flatMap((path) => [path, `${path}/data`]));
  return [...all].filter((path) => HOST_PATHS.every((known) => known.path !== path)).map((path) => withHostPath({ path, type: "" }));
}

const HOST_NAMESPACES = "hostNamespaces";

/** What takes over a node. */
const TAKING_OVER: readonly Danger[] = [
  {
    check: "privileged",
    what: "privileged containers",
    fields: ["privileged", "allowPrivilegeEscalation"],
    // That it may become more than it is, said and left unsaid: the API server takes neither together with `false`.
    pods: [true, undefined].flatMap((allowPrivilegeEscalation) => inEach({ securityContext: { privileged: true, allowPrivilegeEscalation } })),
  },
  {
    check: HOST_NAMESPACES,
    what: "the host's namespaces",
    fields: ["hostNetwork", "hostPID", "hostIPC"],
    pods: [pod({ spec: { hostNetwork: true } }), pod({ spec: { hostPID: true } }), pod({ spec: { hostIPC: true } })],
  },
  {
    check: "hostPathVolumes",
    what: "files of the host",
    fields: ["hostPath", "volumes"],
    parts: ["path"],
    pods: HOST_PATHS.map(withHostPath),
    podsNamedIn: withPathsOf,
  },
];

/** Those that lead to the node, by one of each kind: who forbids one of them by its name lets the others in. */
const CAPABILITIES = ["SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "ALL"];

/** One for each check that a pod of Linux can violate by one field alone. */
export const DANGERS: readonly Danger[] = [
  ...TAKING_OVER,
  {
    check: "capabilities_baseline",
    what: "added capabilities",
    fields: ["capabilities"],
    parts: ["add"],
    pods: CAPABILITIES.flatMap((name) => inEach({ securityContext: { capabilities: { drop: ["ALL"], add: [name] } } })),
  },
  {
    check: "hostPorts",
    what: "ports of the host",
    fields: ["hostPort"],
    parts: ["ports"],
    pods: [pod({ app: { ports: [{ containerPort: 80, hostPort: 80, protocol: "TCP" }] } })],
  },
  {
    check: "hostProbesAndHostLifecycle",
    what: "probes of other hosts",
    fields: ["livenessProbe"],
    parts: ["tcpSocket", "host"],
    pods: [
      pod({
        app: { livenessProbe: { tcpSocket: { host: "192.0.2.1", port: 80 }, failureThreshold: 3, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 1 } },
      }),
    ],
  },
  {
    check: "appArmorProfile",
    what: "containers without AppArmor",
    fields: ["appArmorProfile"],
    parts: ["type"],
    pods: inEach({ securityContext: { appArmorProfile: { type: "Unconfined" } } }),
  },
  {
    check: "seLinuxOptions",
    what: "other SELinux types",
    fields: ["seLinuxOptions"],
    parts: ["type"],
    pods: inEach({ securityContext: { seLinuxOptions: { type: "spc_t" } } }),
  },
  {
    check: "sysctls",
    what: "unsafe sysctls",
    fields: ["sysctls"],
    parts: ["name"],
    pods: [pod({ spec: { securityContext: { sysctls: [{ name: "kernel.msgmax", value: "65536" }] } } })],
  },
  {
    check: "seccompProfile_baseline",
    what: "containers without seccomp",
    fields: ["seccompProfile"],
    parts: ["type"],
    pods: inEach({ securityContext: { seccompProfile: { type: "Unconfined" } } }),
  },
  {
    check: "allowPrivilegeEscalation",
    what: "privilege escalation",
    fields: ["allowPrivilegeEscalation"],
    pods: inEach({ securityContext: { allowPrivilegeEscalation: true } }),
  },
  {
    check: "capabilities_restricted",
    what: "capabilities that are not dropped",
    fields: ["capabilities"],
    parts: ["drop"],
    pods: inEach({ securityContext: { capabilities: {} } }),
  },
  { check: "runAsNonRoot", what: "containers that may run as root", fields: ["runAsNonRoot"], pods: inEach({ securityContext: { runAsNonRoot: false } }) },
  {
    check: "runAsUser",
    what: "containers that run as root",
    fields: ["runAsUser", "runAsNonRoot"],
    pods: inEach({ securityContext: { runAsUser: 0, runAsNonRoot: false } }),
  },
  {
    check: "restrictedVolumes",
    what: "volumes of other kinds",
    fields: ["volumes"],
    parts: ["nfs"],
    pods: [pod({ spec: { volumes: [{ ...VOLUME, nfs: { server: "nfs.example.com", path: "/" } }] } })],
  },
];

/** Each of the host's namespaces by itself: one policy may refuse its network, another its processes. */
function apart(danger: Danger): readonly Danger[] {
  if (danger.check !== HOST_NAMESPACES) return [danger];
  return danger.fields.map((field) => ({ ...danger, check: field, fields: [field], pods: danger.pods.filter((spec) => spec[field] === true) }));
}

export const TAKEOVERS: readonly Danger[] = TAKING_OVER.flatMap(apart);

/** All that several policies may refuse together, each a part of it. */
export const DANGERS_APART: readonly Danger[] = DANGERS.flatMap(apart);

/** An image in place of one that is in use: what limits registries refuses that of another, and lets the one in use in. */
export function toStranger(image: string, strange: string): Danger {
  const beside = { image };
  return {
    check: `${strange} for ${image}`,
    what: "images of other registries",
    // Kyverno has all of them by the second name.
    fields: ["image", "images"],
    pods: [pod({ app: { image: strange }, init: { image }, beside }), pod({ app: { image }, init: { image: strange }, beside })],
    harmless: pod({ app: { image }, init: { image }, beside }),
  };
}

/** An image of another registry that is mounted as a volume, by containers of one that is in use. */
export function toMounted(image: string, strange: string): Danger {
  const change = { app: { image }, init: { image }, beside: { image } };
  return {
    check: `${strange} mounted by ${image}`,
    what: "images of other registries as volumes",
    fields: ["volumes"],
    pods: [pod({ ...change, spec: { volumes: [{ ...VOLUME, image: { reference: strange, pullPolicy: "IfNotPresent" } }] } })],
    harmless: pod(change),
  };
}

/** The same in the containers that stay alone. */
export function inContainers(danger: Danger): Danger {
  return { ...danger, check: `${danger.check} in containers`, pods: danger.pods.slice(0, 1) };
}

/** The same done to a pod that was made without it. */
export function toChange(danger: Danger): Danger {
  return { ...danger, check: `change of ${danger.check}`, isChange: true };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function join(one: unknown, other: unknown, harmless: unknown): unknown {
  if (isSame(other, harmless)) return one;
  if (isSame(one, harmless)) return other;
  if (Array.isArray(one) && Array.isArray(other))
    return Array.isArray(harmless) ? one.map((item, index) => join(item, other[index], harmless[index])) : [...one, ...other];
  if (!isRecord(one) || !isRecord(other)) return one;
  return Object.fromEntries([...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [key, join(one[key], other[key], record(harmless)[key])]));
}

const besideOf = rememberedOf((one: JsonRecord) => rememberedOf((other: JsonRecord) => record(join(one, other, HARMLESS_POD))));

/** A pod that does what one does, and what another does beside that. Made once: it is tried in every namespace. */
export const bothOf = (one: JsonRecord, other: JsonRecord): JsonRecord => besideOf(one)(other);

/** The same pod, with containers and a volume beside its own that say no more of themselves than they have to; the same one each time. */
export const withBareParts = rememberedOf(({ initContainers, containers, volumes, ...spec }: JsonRecord): JsonRecord => {
  const { image } = record(list(containers).at(-1));
  const bare = { name: "bare", image, imagePullPolicy: "IfNotPresent", resources: {} };
  return {
    ...spec,
    initContainers: [...list(initContainers), { ...bare, name: "bare-init" }],
    containers: [...list(containers), bare],
    volumes: [...list(volumes), { name: "bare", emptyDir: {} }],
  };
});

/** What a part of a pod says that a harmless one does not. */
function differing(part: JsonRecord, harmless: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(part).filter(([key, value]) => !isSame(value, harmless[key])));
}

/** A container that says no more of itself than it has to, and what makes it dangerous. */
function toBareContainer(container: JsonRecord, harmless: JsonRecord): JsonRecord {
  const { name, image, imagePullPolicy } = container;
  const { securityContext: _, ...own } = differing(container, harmless);
  const context = differing(record(container.securityContext), record(harmless.securityContext));
  return { name, image, imagePullPolicy, resources: {}, ...own, ...(Object.keys(context).length > 0 && { securityContext: context }) };
}

const barestOf = rememberedOf((harmless: JsonRecord) =>
  rememberedOf((spec: JsonRecord): JsonRecord => {
    const { initContainers, containers, securityContext, ...rest } = spec;
    const bareOf = (own: unknown, others: unknown): readonly JsonRecord[] =>
      list(own).flatMap((item, index) => {
        const other = list(others)[index];
        return isSame(item, other) ? [] : [toBareContainer(record(item), record(other))];
      });
    const [before, staying] = [bareOf(initContainers, harmless.initContainers), bareOf(containers, harmless.containers)];
    const only = record(list(containers)[0]);
    return {
      ...rest,
      securityContext: differing(record(securityContext), record(harmless.securityContext)),
      ...(before.length > 0 && { initContainers: before }),
      containers: staying.length > 0 ? staying : [toBareContainer(only, only)],
    };
  }),
);

/** The same pod with nothing in it that its danger does without: what else is asked of it is not there. `harmless` = what it is compared with. */
export const toBarest = (spec: JsonRecord, { harmless = HARMLESS_POD }: Pick<Danger, "harmless">): JsonRecord => barestOf(harmless)(spec);
