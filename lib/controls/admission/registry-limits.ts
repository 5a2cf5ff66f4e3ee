import { type ImageReference, parseImageReference } from "../../inventory/images/image-reference";
import type { KubeObject } from "../../inventory/kube-object";
import { listPodImages } from "../../inventory/images/pod-images";
import { guardedNamespacesView } from "../../inventory/admission/policy-reach";
import { defineView } from "../../inventory/view";
import { defineWorkloadFact } from "../../inventory/workloads/workload-fact";
import { record, texts } from "../../model/json";
import { type Danger, inContainers, toChange, toMounted, toStranger } from "../../pod-security/exemplary-pods";
import { boundPoliciesView } from "./bound-policies";
import { ADDED, podGuardsView, policyWordsView, READ_FOR_TRIALS, speaksOf } from "./pod-guards";
import { allOf, anyOf, type Refusal } from "./refusal";
import { NOT_EVALUATED } from "./not-evaluated";

/** Images that registries are tried with. */
const MOST_IMAGES = 20;

/** What a policy does about images from a registry that nobody knows. */
export interface RegistryLimit {
  /** Whether it refuses new pods with them, and lets an image in that is in use. */
  readonly ofNew: Refusal;
  /** The same of pods whose images are changed. */
  readonly ofChanged: Refusal;
  /** Whether it refuses them in containers, and lets them into init containers. */
  readonly missesInit: boolean;
  /** Whether it may look at containers that are added to a running pod. */
  readonly seesAdded: boolean;
  /** Whether it may refuse them where pods mount them as volumes. */
  readonly seesVolumes: boolean;
  /** An image of another registry that it takes for one that it trusts. */
  readonly letsIn: string | null;
}

const STRANGER = "stranger.example.net";

/** Anybody may have a registry whose name begins as another's does, as long as nothing ends that. */
const beginningAs = (start: string, path: string): string => `${start}${start === "" ? "" : "."}${STRANGER}/${path}`;

/** An image that is in use, one of a registry that nobody knows, and those by which they may be taken for each other. */
interface Tried {
  readonly image: string;
  readonly stranger: Danger;
  readonly mounted: Danger;
  /** How its name begins, up to what ends the registry. */
  readonly start: string;
  readonly lookalikes: readonly string[];
}

const startOf = (image: string): string => image.split(/[/:@]/, 1)[0] ?? "";

function toTried(image: string, { path, tag, digest }: ImageReference): Tried {
  const rest = `${path}${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${digest}`}`;
  const start = startOf(image);
  const lookalikes = [beginningAs(start, rest), `${STRANGER}/${image}`].filter((name) => parseImageReference(name) !== null);
  const strange = `${STRANGER}/${rest}`;
  return { image, stranger: toStranger(image, strange), mounted: toMounted(image, strange), start, lookalikes };
}

/** How the names of images begin that constraints of Gatekeeper's library let in: its list of what is forbidden lets in all else. */
function startsOf({ ref, body }: Pick<KubeObject, "ref" | "body">): readonly string[] {
  const { repos, allowedImages } = record(record(body.spec).parameters);
  if (ref.kind === "K8sAllowedRepos") return texts(repos);
  if (ref.kind === "K8sAllowedReposv2") return texts(allowedImages).flatMap((item) => /^(.*)\*$/.exec(item)?.[1] ?? []);
  return ref.kind === "K8sDisallowedRepos" ? [""] : [];
}

/** What Gatekeeper's list of repositories lets in beside those that it trusts: images whose name begins as an item does, which need not end the registry. */
export function findLetIn(constraint: Pick<KubeObject, "ref" | "body">): string | null {
  const open = startsOf(constraint).find((item) => !/[/:@]/.test(item));
  return open === undefined ? null : beginningAs(open, "app");
}

const imagesInUseView = defineWorkloadFact({
  start: () => new Set<string>(),
  add: (images, _workload, pods) => {
    for (const { value } of pods.flatMap(listPodImages)) if (typeof value === "string" && value !== "") images.add(value);
  },
});

/** First one of each registry, as their names begin: most images come from a few. */
function listTried(images: Iterable<string>): readonly Tried[] {
  const firsts = new Map<string, { readonly image: string; readonly reference: ImageReference }>();
  const others: { readonly image: string; readonly reference: ImageReference }[] = [];
  for (const image of images) {
    const reference = parseImageReference(image);
    if (!reference) continue;
    const start = startOf(image);
    if (!firsts.has(start)) firsts.set(start, { image, reference });
    else if (others.length < MOST_IMAGES) others.push({ image, reference });
  }
  return [...firsts.values(), ...others].slice(0, MOST_IMAGES).map(({ image, reference }) => toTried(image, reference));
}

/** Whether policies limit the registries of images; null = one cannot be tried. */
export const registryLimitsView = defineView({
  reads: READ_FOR_TRIALS,
  compute: (context): ((policy: KubeObject) => RegistryLimit | null) => {
    const bindings = context.view(boundPoliciesView);
    const wordsOf = context.view(policyWordsView);
    const findGuard = context.view(podGuardsView);
    const { namespaces } = context.view(guardedNamespacesView);
    const tried = listTried(context.view(imagesInUseView));
    const changed = tried.map(({ stranger }) => toChange(stranger));
    return (policy) => {
      if (!bindings.has(policy)) return null;
      const words = wordsOf(policy);
      const refuses = findGuard(policy, namespaces);
      const askOf = (dangers: readonly Danger[]) => dangers.filter((danger, index) => index === 0 || speaksOf(words, danger));
      const strangers = namespaces.length > 0 ? askOf(tried.map(({ stranger }) => stranger)) : [];
      // Without anything to try it on, nothing shows that it lets them in.
      const told = strangers.length > 0 ? anyOf(strangers.values().map(refuses)) : NOT_EVALUATED;
      // One that is let in shows it, whatever is asked of others that the image in use does not meet either.
      const ofStrangers = typeof told === "string" && strangers.some((stranger) => refuses(stranger) === false) ? false : told;
      // Of those that begin alike, one shows it that is let in.
      const limited = ofStrangers === true ? tried.filter(({ stranger }) => refuses(stranger) === true) : [];
      const starts = [...new Map(limited.map((item) => [item.start, item])).values()];
      const ofLookalikes = starts.flatMap(({ image, lookalikes }) => lookalikes.map((name) => ({ name, refusal: refuses(toStranger(image, name)) })));
      const ofNew = allOf([ofStrangers, ...ofLookalikes.map(({ refusal }) => refusal)]);
      return {
        ofNew,
        ofChanged: ofNew === true && anyOf(askOf(changed).values().map(refuses)),
        missesInit: ofStrangers !== true && tried.some(({ stranger }) => refuses(stranger) === false && refuses(inContainers(stranger)) === true),
        seesAdded: refuses(ADDED) === true,
        seesVolumes: [...limited, ...tried].slice(0, 1).some(({ mounted }) => refuses(mounted) !== false),
        letsIn: ofLookalikes.find(({ refusal }) => refusal === false)?.name ?? null,
      };
    };
  },
});
