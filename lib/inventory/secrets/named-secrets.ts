import { isRecord, type JsonRecord, text } from "../../model/json";

/** A Secret as an object names it. */
export interface NamedSecret {
  /** Null = the object does not say. */
  readonly namespace: string | null;
  readonly name: string;
}

/** As kinds of every project call what names a Secret; `users` are those of a basic sign-in, `clientIDRef` is what a client of OpenID Connect is called. */
export const NAMES_SECRET = /secret|credential|certificate|^users$|^clientIDRef$/i;

/** `name`, `namespace/name`; Istio may write `kubernetes://` before it. */
const WRITTEN = /^(?:[a-z-]{1,40}:\/\/)?(?:([a-z0-9][a-z0-9.-]{0,252})\/)?([a-z0-9][a-z0-9.-]{0,252})$/;
/** How settings of plugins of Traefik name a key of one. */
const SECRET_URN = /^urn:k8s:secret:([a-z0-9][a-z0-9.-]{0,252}):/;
/** How tools that check signatures write where a key is. */
const KEY_ADDRESS = /^k8s:\/\/([a-z0-9][a-z0-9-]{0,62})\/([a-z0-9][a-z0-9.-]{0,252})$/;

export const isSecretUrn = (written: string): boolean => SECRET_URN.test(written);

function readName(written: string, field: string): readonly NamedSecret[] {
  const ofUrn = SECRET_URN.exec(written)?.[1];
  if (ofUrn !== undefined) return [{ namespace: null, name: ofUrn }];
  const [, namespace = null, name] = KEY_ADDRESS.exec(written.trim()) ?? ((NAMES_SECRET.test(field) && WRITTEN.exec(written)) || []);
  return name === undefined ? [] : [{ namespace, name }];
}

/** What a policy copies is of the kind that it makes. */
function listOwn(value: JsonRecord, field: string): readonly NamedSecret[] {
  const isSecret = value.kind === undefined ? NAMES_SECRET.test(field) : value.kind === "Secret";
  const named = !isSecret ? [] : value.kind === "Secret" && isRecord(value.clone) ? [value, value.clone] : [value];
  return named.flatMap((reference) => {
    const name = text(reference.name);
    return name ? [{ namespace: text(reference.namespace) ?? null, name }] : [];
  });
}

function listIn(value: unknown, field: string): readonly NamedSecret[] {
  if (typeof value === "string") return readName(value, field);
  if (Array.isArray(value)) return value.flatMap((item) => listIn(item, field));
  if (!isRecord(value)) return [];
  return [...listOwn(value, field), ...Object.entries(value).flatMap(([name, item]) => listIn(item, name))];
}

const ABOUT: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata", "status"]);

/** The Secrets that an object of a custom kind names, by what its fields are called: rather one too many than one too few. */
export function listNamedSecrets(body: JsonRecord): readonly NamedSecret[] {
  return Object.entries(body).flatMap(([name, item]) => (ABOUT.has(name) ? [] : listIn(item, name)));
}
