/** A question in CEL about what an expression in CEL comes to. */
export type Test = (of: string) => string;

/** Whether any of what a path leads to passes a test, in CEL; what is not there does not. */
type Some = (test: Test) => string;

/** What stands between `{{` and `}}`, as far as it can be put into CEL. */
export interface KyvernoValue {
  readonly some: Some;
  /** Each item of a list is asked about. */
  readonly isList: boolean;
  /** The value itself, which fails where it is not there; null = it is one of many. */
  readonly whole: string | null;
  /** The constant, in CEL, that stands for what is empty or not there; null = there is none. */
  readonly otherwise: string | null;
  /** How many there are is asked, and not what they are. */
  readonly isCount: boolean;
  /** Kyverno finds something in any pod, or in any item: what it does not find fails the rule. */
  readonly isSure: boolean;
}

const FIELD = /^(?!(?:in|true|false|null)$)[A-Za-z_]\w*$/;

/** Whether a field is there, and the field, in CEL. */
export function fieldIn(of: string, key: string): readonly [isThere: string, value: string] {
  const quoted = JSON.stringify(key);
  return FIELD.test(key) ? [`has(${of}.${key})`, `${of}.${key}`] : [`(${quoted} in ${of})`, `${of}[${quoted}]`];
}

/** Whether JMESPath takes a value for something. */
export const isSomething: Test = (of) => `!(${of} in [null, false, "", [], {}])`;

/** One step of a path; `item` is what the items of a list are called. */
type Step = (of: string, next: Test, item: string) => string;

const toField =
  (key: string): Step =>
  (of, next) => {
    const [isThere, value] = fieldIn(of, key);
    return `(${isThere} && ${next(value)})`;
  };
const toEach: Step = (of, next, item) => `${of}.exists(${item}, ${next(item)})`;
const toUpper: Step = (of, next) => next(`${of}.upperAscii()`);

function leadTo([step, ...rest]: readonly Step[], of: string, test: Test): string {
  return step ? step(of, (value) => leadTo(rest, value, test), `i${rest.length}`) : test(of);
}

/** Those of a list that have a field. */
const toHaving =
  (path: string): Step =>
  (of, next, item) =>
    `${of}.exists(${item}, ${leadTo(path.split(".").map(toField), item, isSomething)} && ${next(item)})`;
/** All items of several lists. */
const toLists =
  (names: string): Step =>
  (of, next, item) =>
    `(${names
      .split(",")
      .map((name) => toField(name.trim())(of, (value) => toEach(value, next, item), item))
      .join(" || ")})`;

/** Lists of a pod, also where no brackets say so. */
export const LISTS: ReadonlySet<string> = new Set([
  ...["containers", "initContainers", "ephemeralContainers", "volumes", "volumeMounts", "volumeDevices", "ports", "env", "envFrom", "command", "args"],
  ...["add", "drop", "sysctls", "supplementalGroups", "tolerations", "imagePullSecrets", "hostAliases", "topologySpreadConstraints"],
]);

const STEPS: readonly { readonly written: RegExp; readonly toStep: (found: string) => Step; readonly isList?: true }[] = [
  { written: /^\.\[(\w+(?:\s*,\s*\w+)*)\]\[\]/, toStep: toLists, isList: true },
  { written: /^\.keys\(@\)(?:\[\])?/, toStep: () => toEach, isList: true },
  { written: /^\.to_upper\(@\)/, toStep: () => toUpper },
  { written: /^\.(\w+)(?![\w(])/, toStep: toField },
  { written: /^\."([^"\\]+)"/, toStep: toField },
  { written: /^\[\*?\]/, toStep: () => toEach, isList: true },
  { written: /^\[\?(\w+(?:\.\w+)*)\](?:\[\])?/, toStep: toHaving, isList: true },
];

/** The steps of a path, and the fields that they are where it leads to one value; null = it has others. */
function readSteps(path: string): { readonly steps: readonly Step[]; readonly fields: readonly string[] | null } | null {
  const steps: Step[] = [];
  const fields: string[] = [];
  let isList = false;
  let rest = path;
  while (rest !== "") {
    const known = STEPS.find(({ written }) => written.test(rest));
    const [whole = "", found = ""] = known?.written.exec(rest) ?? [];
    // Without brackets that put them in one, the lists of several stay lists, which are compared as a whole.
    if (!known || (isList && known.isList && !whole.endsWith("[]"))) return null;
    const isField = known.toStep === toField;
    rest = rest.slice(whole.length);
    steps.push(known.toStep(found));
    if (isField) fields.push(found);
    if (isField && LISTS.has(found) && !rest.startsWith("[")) {
      // Of many that are lists themselves, each is meant as a whole.
      if (isList || rest !== "") return null;
      steps.push(toEach);
      isList = true;
    }
    isList ||= known.isList === true;
  }
  return { steps, fields: isList || steps.includes(toUpper) ? null : fields };
}

/** Kyverno takes images apart: `images.containers.*.registry`, or of several lists, which only brackets put into one. */
const REGISTRIES = /^images\.(?:\[([\w, ]+)\]\[\]\.\*\.registry\[\]|(\w+)\.\*\.registry(?:\[\])?)(\s*\|\|\s*`\[\]`)?$/;
/** Characters of what is looked up. What a query is put into grows with the square of its length, and whoever may make a Policy in a namespace writes it. */
const MOST_CHARACTERS = 1_000;
const WITH_CONSTANT = /^(.*?)\s*\|\|\s*(?:'([^'\\]*)'|`(""|\[\]|true|false|\d+)`)$/s;

function between(written: unknown): string | null {
  return typeof written === "string" && written.length <= MOST_CHARACTERS ? (/^\s*\{\{\s*([^{}]+?)\s*\}\}\s*$/.exec(written)?.[1] ?? null) : null;
}

/** What is in every pod, also in lists of which none need be there, and what is in any item that is asked for it. */
const IN_POD = /^(?:\.spec\.(?:\[|containers(?!\w))|\.metadata\.(?:name|namespace)$)/;
const IN_ITEM = /^(?:$|\.\[|\.keys\(|\.(?:image|name|mountPath|containerPort)$)/;

/** Reads what Kyverno looks up, in a new pod or in an item that is called `element`; null = it cannot be put into CEL here. */
export function readQuery(query: string, element: string | null): KyvernoValue | null {
  if (query.length > MOST_CHARACTERS) return null;
  const counted = /^(.*?)\s*\|\s*length\(@\)$/s.exec(query)?.[1];
  const [, plain, quoted, literal] = WITH_CONSTANT.exec(counted ?? query) ?? [];
  const [, name, path = ""] = /^(element|request\.object)(?!\w)(.*)$/s.exec(plain ?? counted ?? query) ?? [];
  const root = name === "element" ? element : name === undefined ? null : "object";
  const read = readSteps(path);
  if (root === null || !read) return null;
  const { steps, fields } = read;
  return {
    some: (test) => leadTo(steps, root, test),
    isList: fields === null,
    whole: fields?.reduce((of, key) => fieldIn(of, key)[1], root) ?? null,
    otherwise: quoted === undefined ? (literal ?? null) : JSON.stringify(quoted),
    isCount: counted !== undefined,
    isSure: plain !== undefined || (name === "element" ? IN_ITEM : IN_POD).test(path),
  };
}

/** The same of what stands between braces. */
export function readValue(written: unknown, element: string | null): KyvernoValue | null {
  const query = between(written);
  return query === null ? null : readQuery(query, element);
}

/** Whether any image of a pod, by name, passes a test where the registries of images are looked up; null = something else is. */
export function readRegistries(written: unknown): Pick<KyvernoValue, "some" | "isSure"> | null {
  const [, several, one, otherwise] = REGISTRIES.exec(between(written) ?? "") ?? [];
  const names = several ?? one;
  if (names === undefined) return null;
  return {
    some: (test) => leadTo([toField("spec"), toLists(names), toField("image")], "object", test),
    isSure: one === undefined || one === "containers" || otherwise !== undefined,
  };
}
