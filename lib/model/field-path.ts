import { isRecord } from "./json";

export type PathStep = string | number;

const PLAIN = /^[A-Za-z_$][\w$-]*$/;

/** `["metadata","labels","a/b"]` -> `metadata.labels["a/b"]`; indexes become `[0]`. */
export function formatPath(steps: readonly PathStep[]): string {
  let path = "";
  for (const step of steps) {
    if (typeof step === "number") path += `[${step}]`;
    else if (PLAIN.test(step)) path += path === "" ? step : `.${step}`;
    else path += `[${JSON.stringify(step)}]`;
  }
  return path;
}

const STEP = /\.?([A-Za-z_$][\w$-]*)|\[(\d+|-)\]|\["((?:[^"\\]|\\.)*)"\]/gy;

/** Inverse of formatPath; `[-]` means "after the last item". Throws SyntaxError on anything else. */
export function parsePath(path: string): PathStep[] {
  const steps: PathStep[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (!match) throw new SyntaxError(`not a field path: ${path}`);
    if (match[1] !== undefined) steps.push(match[1]);
    else if (match[2] !== undefined) steps.push(match[2] === "-" ? "-" : Number(match[2]));
    else steps.push(JSON.parse(`"${match[3] ?? ""}"`) as string);
  }
  return steps;
}

/** The value at a path, undefined when absent. */
export function readPath(root: unknown, path: string): unknown {
  let current: unknown = root;
  for (const step of parsePath(path)) {
    if (typeof step === "number" && Array.isArray(current)) current = current[step];
    else if (isRecord(current) && Object.hasOwn(current, step)) current = current[String(step)];
    else return undefined;
  }
  return current;
}
