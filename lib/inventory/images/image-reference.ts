import { normalizeRegistry } from "../../model/registry-name";
import { remembered } from "../../model/remembered";

/** An image reference, taken apart as container runtimes do. */
export interface ImageReference {
  /** `docker.io` when none is written. */
  readonly registry: string;
  /** Without registry and tag: `library/nginx`. */
  readonly path: string;
  /** `docker.io/library/nginx`. */
  readonly repository: string;
  readonly tag: string | null;
  /** `sha256:...` */
  readonly digest: string | null;
}

const HEX_LENGTH: ReadonlyMap<string, number> = new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
  ["blake3", 64],
]);
const DIGEST = /^([a-z0-9]+(?:[+._-][a-z0-9]+)*):([A-Za-z0-9=_-]+)$/;

/**
 * By the grammar of the OCI image specification: registered algorithms have a length, others only a form. A node that does not know the algorithm refuses
 * the image; none starts what a tag has moved to instead.
 */
export function isDigest(digest: string): boolean {
  const [, algorithm = "", encoded = ""] = DIGEST.exec(digest) ?? [];
  const length = HEX_LENGTH.get(algorithm);
  return length === undefined ? encoded !== "" : encoded.length === length && /^[0-9a-f]+$/.test(encoded);
}

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

const TAG = /^\w[\w.-]{0,127}$/;

const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[a-f0-9:]+\])(?::\d+)?$/;

/** Far above what a registry or a runtime takes: 255 characters of a name, 128 of a tag. */
const MAX_LENGTH = 1_024;

function split(text: string): ImageReference | null {
  const trimmed = text.trim().replace(/^docker(?:-pullable)?:\/\//, "");
  if (trimmed === "" || trimmed.length > MAX_LENGTH || /\s/.test(trimmed)) return null;
  const at = trimmed.indexOf("@");
  const digest = at < 0 ? null : trimmed.slice(at + 1);
  if (digest !== null && !isDigest(digest)) return null;
  const named = at < 0 ? trimmed : trimmed.slice(0, at);
  const colon = named.lastIndexOf(":");
  const hasTag = colon > named.lastIndexOf("/");
  const name = hasTag ? named.slice(0, colon) : named;
  const tag = hasTag ? named.slice(colon + 1) : null;
  if (name === "" || tag === "") return null;
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const hasRegistry = first.includes(".") || first.includes(":") || first === "localhost" || /[A-Z]/.test(first);
  const registry = !hasRegistry || first === "index.docker.io" ? "docker.io" : first.toLowerCase();
  const rest = hasRegistry ? name.slice(slash + 1) : name;
  // `ko://...` and the like: a tool puts the image there when the manifest is applied.
  if (!rest.split("/").every((component) => COMPONENT.test(component))) return null;
  const path = registry === "docker.io" && !rest.includes("/") ? `library/${rest}` : rest;
  return { registry, path, repository: `${registry}/${path}`, tag, digest };
}

/** 10,000 workloads name 13,000 images: with room for fewer, each was taken apart again by whichever control asked first. */
const LIMITS = { limit: 40_000, holds: (text: string) => text.length <= MAX_LENGTH };

/** Registry and tag may still be to be filled in (`$REGISTRY/nginx:<tag>`): enough to tell which program an image is, and no more. Null where its path cannot be read. */
export const splitImageReference = remembered(split, LIMITS);

function parse(text: string): ImageReference | null {
  const parts = splitImageReference(text);
  return parts && HOST.test(parts.registry) && (parts.tag === null || TAG.test(parts.tag)) ? parts : null;
}

/** Null for an empty text, or one that no runtime would accept. A dozen controls ask for each image. */
export const parseImageReference = remembered(parse, LIMITS);

const normalized = remembered(normalizeRegistry, { limit: 1_000 });

/** Whether a repository lies under a prefix, by whole path segments: `ghcr.io/acme` holds `ghcr.io/acme/x`, not `ghcr.io/acme-evil/x`. `docker.io/nginx` is the official image too. */
export function isUnder(repository: string, prefix: string): boolean {
  const wanted = normalized(prefix);
  if (wanted === "") return false;
  return repository === wanted || repository.startsWith(`${wanted}/`) || repository.replace(/^docker\.io\/library\//, "docker.io/") === wanted;
}
