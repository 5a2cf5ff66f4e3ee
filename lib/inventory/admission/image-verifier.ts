import { dig } from "../../model/json";
import type { KubeObject } from "../kube-object";
import type { Answer } from "./match-condition";
import type { PolicyNamespace } from "./policy-namespace";
import { choosesObjects, seesNamespace, seesNewPods, type Webhook } from "./security-webhook";

/** Whether a verifier stands between an image and a namespace; null = nobody can tell, and `because` says why. */
export interface ImageCover {
  readonly covers: boolean | null;
  readonly because: string | null;
  /** It is left out as a program of the verifier itself, which could not start if it had to be asked first. */
  readonly isOwn?: true;
}

/** One thing in the cluster that checks image signatures. */
export interface ImageVerifier {
  readonly object: KubeObject;
  readonly path: string;
  /** null = it enforces; else why it does not. */
  readonly laxBecause: string | null;
  /** Why nobody can tell whether its engine is asked at all, or heard, as part of a sentence; null or left out = it is told. */
  readonly untoldBecause?: string | null;
  /** Nothing has it look at containers that are added to a running pod. */
  readonly missesAdded?: boolean;
  /** It speaks only for images that no policy of its engine names. */
  readonly isFallback?: true;
  readonly coverOf: (namespace: PolicyNamespace, image: string) => ImageCover;
}

/** Why what looks at pods as they are made alone keeps no image out, as part of a sentence. */
export const NEW_ALONE = "it sees what is made alone: the image of a running pod may be changed to any";

export const COVERED: ImageCover = { covers: true, because: null };
export const OPEN: ImageCover = { covers: false, because: null };
export const FOR_SOME: ImageCover = { covers: null, because: "it is for chosen objects only" };

const NEW_ALONE_HERE: ImageCover = { covers: false, because: `here ${NEW_ALONE}` };
const SOME_CHANGES: ImageCover = { covers: null, because: "conditions, labels or names choose which changes of pods it sees" };

/** What is left of a cover where not all changes of pods are seen. */
export function whereChanges(cover: ImageCover, areSeen: Answer): ImageCover {
  if (cover.covers === false || areSeen === true) return cover;
  return areSeen === false ? NEW_ALONE_HERE : cover.covers === null ? cover : SOME_CHANGES;
}

export function toCover(covers: boolean): ImageCover {
  return covers ? COVERED : OPEN;
}

/** The last word of the engine's name: it is in the images of all its programs. */
const wordOf = (engine: string): string => engine.toLowerCase().split(" ").at(-1) ?? engine;

/** Of an image in a namespace that a webhook is not asked about. */
export function leftOut({ engine, spec }: Webhook, { name }: PolicyNamespace, image: string): ImageCover {
  const isHome = dig(spec, "clientConfig", "service", "namespace") === name;
  return engine !== null && isHome && image.includes(wordOf(engine)) ? { covers: false, because: `${engine} leaves the namespace out`, isOwn: true } : OPEN;
}

/** Whether the API server asks a webhook about the new pods of a namespace. */
export function toWebhookCover(hook: Webhook, namespace: PolicyNamespace, image: string): ImageCover {
  if (!seesNewPods(hook)) return OPEN;
  if (!seesNamespace(hook, namespace)) return leftOut(hook, namespace, image);
  return choosesObjects(hook, namespace) ? FOR_SOME : COVERED;
}
