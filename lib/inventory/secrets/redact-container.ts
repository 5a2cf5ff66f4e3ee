import { isRecord, type JsonRecord, list, text } from "../../model/json";
import { redactField } from "./redact-field";
import { findSecretInEntry, findSecretsInArguments, findSecretsInSource } from "./secret-detector";
import { redactionMarker } from "./secret-match";
import { hideUrlCredentials } from "./url-credentials";

/** The very same list when the mapper changes no item, so that what holds nothing is not copied. */
export function mapChanged(value: unknown, map: (item: unknown, index: number) => unknown): unknown {
  if (!Array.isArray(value)) return value;
  const mapped = value.map(map);
  return mapped.some((item, index) => item !== value[index]) ? mapped : value;
}

/** The very same object when none of its new values differs; else a copy with those that do. */
export function withChanged(body: JsonRecord, values: JsonRecord): JsonRecord {
  let isChanged = false;
  for (const key in values) isChanged ||= values[key] !== body[key];
  return isChanged ? { ...body, ...Object.fromEntries(Object.entries(values).filter(([key, value]) => value !== body[key])) } : body;
}

function redactEntry(item: unknown): unknown {
  if (!isRecord(item) || typeof item.value !== "string" || item.value === "") return item;
  const match = findSecretInEntry(text(item.name) ?? "", item.value);
  return match ? withChanged(item, { value: redactionMarker(match) }) : item;
}

/** `--password=x` keeps its name, `-px` its flag; any other item that holds a credential goes as a whole. */
export function redactArguments(value: unknown, command?: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const found = findSecretsInArguments(value, list(command));
  if (found.length === 0) return value;
  const markers = new Map(found.map(({ index, match, before }) => [index, before + redactionMarker(match)]));
  return mapChanged(value, (item, index) => markers.get(index) ?? item);
}

function redactSource(source: unknown, command: unknown): unknown {
  const [found] = findSecretsInSource(source, list(command));
  return found ? redactionMarker(found.match) : source;
}

/** Where it leads stays. */
function redactPath(value: unknown): unknown {
  return typeof value === "string" ? hideUrlCredentials(value) : value;
}

function redactHandler(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { exec, httpGet } = value;
  return withChanged(value, {
    exec: isRecord(exec) ? withChanged(exec, { command: redactArguments(exec.command) }) : exec,
    httpGet: isRecord(httpGet) ? withChanged(httpGet, { path: redactPath(httpGet.path), httpHeaders: mapChanged(httpGet.httpHeaders, redactEntry) }) : httpGet,
  });
}

function redactLifecycle(value: unknown): unknown {
  return isRecord(value) ? withChanged(value, { postStart: redactHandler(value.postStart), preStop: redactHandler(value.preStop) }) : value;
}

const redactName = (key: string, value: unknown): unknown => (typeof value === "string" ? redactField(key, value) : value);

/** Names that no volume has, but whoever writes the spec may give. */
function redactMount(mount: unknown): unknown {
  if (!isRecord(mount)) return mount;
  return withChanged(mount, Object.fromEntries(["mountPath", "subPath", "subPathExpr"].map((name) => [name, redactName(name, mount[name])])));
}

const OWN_FIELDS = ["image", "env", "command", "args", "arguments", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"];

/** Whether it is a list that `redactContainer` reads: the same names are those of other things elsewhere, as `env` is of a map. */
export function isListOfContainer(name: string, value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  return name === "env"
    ? value.every(isRecord)
    : (name === "command" || name === "args" || name === "arguments") && value.every((item) => typeof item === "string");
}

/** A container without credentials in variables, command, arguments, probes and hooks; names of variables and flags stay. */
export function redactContainer(container: unknown): unknown {
  if (!isRecord(container) || !OWN_FIELDS.some((name) => name in container)) return container;
  return withChanged(container, {
    image: redactPath(container.image),
    workingDir: redactName("workingDir", container.workingDir),
    volumeMounts: mapChanged(container.volumeMounts, redactMount),
    env: mapChanged(container.env, redactEntry),
    command: redactArguments(container.command),
    args: redactArguments(container.args, container.command),
    arguments: redactArguments(container.arguments),
    source: redactSource(container.source, container.command),
    livenessProbe: redactHandler(container.livenessProbe),
    readinessProbe: redactHandler(container.readinessProbe),
    startupProbe: redactHandler(container.startupProbe),
    lifecycle: redactLifecycle(container.lifecycle),
  });
}
