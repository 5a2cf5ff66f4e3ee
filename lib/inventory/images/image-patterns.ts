import { remembered } from "../../model/remembered";
import { parseImageReference } from "./image-reference";
import { matchesGlob } from "../values/matches-glob";

const LIMITS = { limit: 10_000, holds: (text: string) => text.length <= 1_024 };

/** The ways to write one image: with Docker Hub and its tag written out or left out. */
const spellingsOf = remembered((image: string): readonly string[] => {
  const parsed = parseImageReference(image);
  if (!parsed) return [image];
  const { registry, path, tag, digest } = parsed;
  const written = `${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${digest}`}`;
  const suffixes = written === "" ? ["", ":latest"] : [written];
  const paths = [path, path.replace(/^library\//, "")];
  const names = registry === "docker.io" ? paths.flatMap((item) => [item, `docker.io/${item}`, `index.docker.io/${item}`]) : [`${registry}/${path}`];
  return [...new Set([image, ...names.flatMap((name) => suffixes.map((suffix) => `${name}${suffix}`))])];
}, LIMITS);

/** What a text must hold to match a pattern at all: its longest part without wildcards. */
function longestPart(pattern: string, wildcards: RegExp): string {
  return pattern.split(wildcards).reduce((longest, part) => (part.length > longest.length ? part : longest), "");
}

/** Whether patterns of Kyverno, whose `*` goes over slashes, name an image. */
export function namingImages(patterns: readonly string[]): (image: string) => boolean {
  const tests = patterns.map((pattern) => ({ pattern, part: longestPart(pattern, /[*?]+/) }));
  return (image) => tests.some(({ pattern, part }) => spellingsOf(image).some((spelling) => spelling.includes(part) && matchesGlob(pattern, spelling)));
}

const ANY = "**";

/** Every place of the pattern that the text so far may have come to, so that no pattern takes longer than the product of both lengths. */
function matchesTokens(tokens: readonly string[], value: string): boolean {
  const skip = (places: ReadonlySet<number>): Set<number> => {
    const all = new Set(places);
    for (const place of all) if (tokens[place] === "*" || tokens[place] === ANY) all.add(place + 1);
    return all;
  };
  let places = skip(new Set([0]));
  for (const character of value) {
    const next = new Set<number>();
    for (const place of places) {
      const token = tokens[place];
      if (token === ANY || (token === "*" && character !== "/")) next.add(place);
      else if (token === character) next.add(place + 1);
    }
    places = skip(next);
    if (places.size === 0) return false;
  }
  return places.has(tokens.length);
}

/** The names that policy-controller compares: Docker Hub is `index.docker.io`, a digest stands in place of the tag; or else as it is written. */
const comparedNames = remembered((image: string): readonly string[] => {
  const parsed = parseImageReference(image);
  if (!parsed) return [image];
  const registry = parsed.registry === "docker.io" ? "index.docker.io" : parsed.registry;
  return [`${registry}/${parsed.path}${parsed.digest === null ? `:${parsed.tag ?? "latest"}` : `@${parsed.digest}`}`, image];
}, LIMITS);

const SHORT: Readonly<Record<string, string>> = { "*": "index.docker.io/library/*", "*/*": "index.docker.io/*/*" };

/** Whether globs of a ClusterImagePolicy, whose `*` stops at slashes and whose `**` does not, name an image. */
export function coveringImages(globs: readonly string[]): (image: string) => boolean {
  if (globs.includes(ANY)) return () => true;
  const tests = globs.map((glob) => {
    const pattern = SHORT[glob] ?? glob;
    return {
      part: longestPart(pattern, /\*+/),
      tokens: pattern.match(/\*\*|[\s\S]/g) ?? [],
    };
  });
  return (image) => comparedNames(image).some((name) => tests.some(({ part, tokens }) => name.includes(part) && matchesTokens(tokens, name)));
}
