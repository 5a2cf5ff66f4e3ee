import { isRecord, text, texts } from "../model/json";

/** What was read, in parts: of a path that is too long for its place, the last step and the value are what people need. */
export interface ReadLine {
  /** The path without its last step; may be empty. */
  readonly head: string;
  /** The last step, with the dot or the brackets before it, and with the list in which it is a place. */
  readonly step: string;
  readonly value: string;
}

const READ = /^((?:\.?[A-Za-z_$][\w$-]*|\["(?:[^"\\]|\\.)*"\]|\[[^\]"]*\])+): (.*)$/s;
/** A place in a list says nothing without the list: they are one step. */
const LAST_STEP = /(?:\.[A-Za-z_$][\w$-]*(?:\[[^\]"]*\])?|\["(?:[^"\\]|\\.)*"\]|\[[^\]"]*\])$/;

/** `containers[app].securityContext.runAsNonRoot: not set` in its parts; null for a sentence. */
export function toReadLine(read: string): ReadLine | null {
  const [, path, value] = READ.exec(read) ?? [];
  if (path === undefined || value === undefined) return null;
  const step = LAST_STEP.exec(path)?.[0] ?? path;
  return { head: path.slice(0, path.length - step.length), step, value: toWords(value) };
}

/** Two shapes of RBAC as people say them: a subject as "ServiceAccount checkout/cart", a rule as "get, list on secrets"; all else as it is. */
function toWords(value: string): string {
  if (!value.startsWith("{")) return value;
  try {
    const object: unknown = JSON.parse(value);
    if (!isRecord(object)) return value;
    const [kind, name, namespace] = [text(object.kind), text(object.name), text(object.namespace)];
    if (kind !== undefined && name !== undefined) return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
    const [verbs, on] = [texts(object.verbs), [...texts(object.resources), ...texts(object.nonResourceURLs)]];
    return verbs.length > 0 && on.length > 0 ? `${verbs.join(", ")} on ${on.join(", ")}` : value;
  } catch {
    // Cut where it was too long: shown as it was read.
    return value;
  }
}
