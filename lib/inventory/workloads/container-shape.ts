import { type JsonRecord, isRecord, record, text } from "../../model/json";

/** Drops null, {} and [] (for the API server all the same as absent), and one default where there is one. */
export function present(value: unknown, byDefault?: unknown): unknown {
  if (value === null || value === byDefault) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  return isRecord(value) && Object.keys(value).length === 0 ? undefined : value;
}

/** The items of a list through a mapper; anything that is no list stays as it is. */
export function mapped(value: unknown, map: (item: JsonRecord) => JsonRecord): unknown {
  if (!Array.isArray(value)) return present(value);
  return value.length === 0 ? undefined : value.map((item) => (isRecord(item) ? map(item) : item));
}

/** The handler of a probe or hook, without its timing. */
function toHandler(value: unknown): unknown {
  if (!isRecord(value)) return present(value);
  const { httpGet, tcpSocket, exec, grpc } = value;
  const get = isRecord(httpGet) ? { host: present(httpGet.host), port: httpGet.port, path: httpGet.path, scheme: present(httpGet.scheme, "HTTP") } : httpGet;
  return { httpGet: get, tcpSocket, exec, grpc };
}

function toLifecycle(value: unknown): unknown {
  if (!isRecord(value)) return present(value);
  return { postStart: toHandler(value.postStart), preStop: toHandler(value.preStop) };
}

/** The server fills in requests from limits, on pods only. */
function toResources(value: unknown): unknown {
  if (!isRecord(value)) return present(value);
  const limits = record(value.limits);
  const requests = { ...limits, ...record(value.requests) };
  const sorted = Object.fromEntries(Object.entries(requests).sort(([left], [right]) => (left < right ? -1 : 1)));
  return present({ limits: present(value.limits) ?? undefined, requests: present(sorted), claims: present(value.claims) });
}

function defaultPullPolicy(image: string): string {
  const name = image.slice(image.lastIndexOf("/") + 1);
  return !image.includes("@") && (!name.includes(":") || name.endsWith(":latest")) ? "Always" : "IfNotPresent";
}

function toPort(port: JsonRecord, isHostNetwork: boolean): JsonRecord {
  const hostPort = present(port.hostPort, 0) ?? (isHostNetwork ? port.containerPort : undefined);
  return {
    name: present(port.name, ""),
    containerPort: port.containerPort,
    hostPort,
    hostIP: present(port.hostIP, ""),
    protocol: present(port.protocol, "TCP"),
  };
}

function toEnv(env: JsonRecord): JsonRecord {
  const from = env.valueFrom;
  if (!isRecord(from) || !isRecord(from.fieldRef)) return { name: env.name, value: present(env.value, ""), valueFrom: present(from) };
  return { name: env.name, valueFrom: { fieldRef: { fieldPath: from.fieldRef.fieldPath } } };
}

function toMount(mount: JsonRecord): JsonRecord {
  const { name, mountPath, subPath, subPathExpr, mountPropagation, recursiveReadOnly } = mount;
  return {
    name,
    mountPath,
    readOnly: present(mount.readOnly, false),
    subPath,
    subPathExpr,
    mountPropagation: present(mountPropagation, "None"),
    recursiveReadOnly,
  };
}

/** What controls read of a container, in one order, without what the API server fills in by itself. */
export function toContainerShape(container: JsonRecord, isHostNetwork: boolean): JsonRecord {
  return {
    name: container.name,
    image: container.image,
    // In full: another image has another default.
    imagePullPolicy: present(container.imagePullPolicy) ?? defaultPullPolicy(text(container.image) ?? ""),
    restartPolicy: container.restartPolicy,
    command: present(container.command),
    args: present(container.args),
    env: mapped(container.env, toEnv),
    envFrom: present(container.envFrom),
    ports: mapped(container.ports, (port) => toPort(port, isHostNetwork)),
    resources: toResources(container.resources),
    securityContext: present(container.securityContext),
    volumeMounts: mapped(container.volumeMounts, toMount),
    volumeDevices: present(container.volumeDevices),
    livenessProbe: toHandler(container.livenessProbe),
    readinessProbe: toHandler(container.readinessProbe),
    startupProbe: toHandler(container.startupProbe),
    lifecycle: toLifecycle(container.lifecycle),
    stdin: present(container.stdin, false),
    tty: present(container.tty, false),
    targetContainerName: container.targetContainerName,
    endedRun: container.endedRun,
  };
}
